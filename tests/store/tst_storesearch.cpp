// SPDX-License-Identifier: Apache-2.0
#include "store/earlierversions.h"
#include "store/storefolder.h"

#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>

using namespace Parlance;
using namespace Parlance::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int pageSize = 50;

//! What a page found: each message's id.
QStringList ids(const SearchPage &page)
{
    QStringList list;
    for (const SearchHit &hit : page.hits)
        list.append(hit.message.value());
    return list;
}

QString marked(const SearchHit &hit)
{
    QString text = hit.snippet;
    for (auto mark = hit.marks.rbegin(); mark != hit.marks.rend(); ++mark)
        text.insert(mark->end, u']').insert(mark->begin, u'[');
    return text;
}

} // namespace

class TestStoreSearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<StoreFolder>();
        m_store = m_folder->opened();
        QVERIFY(m_store);
        m_conversation = sampleConversation();
        m_store->saveConversation(m_conversation);
        m_position = 0;
    }
    void cleanup() { m_store.reset(); }

    void findsWhatAPersonTyped_data();
    void findsWhatAPersonTyped();
    void findsEveryKindOfPart();
    void filters();
    void tellsPagesNewestFirst();
    void showsALineAroundTheWords();
    void findsAnAnswerWhileItStreams();
    void followsWhatChangesAndGoes();
    void leavesNoDeletedWordInTheFile();
    void indexesWhatAnEarlierVersionKept();
    void indexesAnewWhenTheRulesChanged();
    void answersTheLatestQuestion();
    void saysWhyItCannotSearch();

private:
    MessageId say(const std::vector<Part> &parts, const std::function<void(Message &)> &change = {})
    {
        Message message;
        message.id = MessageId(u"m%1"_s.arg(m_position));
        message.role = Role::Agent;
        message.created = sampleTime(m_position);
        for (const Part &part : parts)
            message.parts.push_back({.content = part});
        if (change)
            change(message);
        m_store->saveMessage(m_conversation.id, m_position++, message);
        return message.id;
    }
    MessageId say(const QString &text, const std::function<void(Message &)> &change = {})
    {
        return say(std::vector<Part>{Text{.markdown = text}}, change);
    }
    SearchPage found(const QString &typed, const SearchFilter &filter = {}, int offset = 0)
    {
        (void)awaited(m_store->flush());
        const Result<SearchPage> page =
            awaited(m_store->search({.typed = typed, .filter = filter}, offset, pageSize));
        if (!page)
            qWarning() << page.error().message << page.error().serverMessage;
        return page.value_or(SearchPage{.count = -1});
    }
    //! In a connection of its own, while no store is open.
    void execute(const QStringList &statements)
    {
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"test"_s);
            database.setDatabaseName(m_folder->file());
            QVERIFY(database.open());
            for (const QString &statement : statements)
                QVERIFY(QSqlQuery(database).exec(statement));
        }
        QSqlDatabase::removeDatabase(u"test"_s);
    }

    std::unique_ptr<StoreFolder> m_folder;
    std::unique_ptr<Store> m_store;
    Conversation m_conversation;
    int m_position = 0;
};

void TestStoreSearch::findsWhatAPersonTyped_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("messages");
    QTest::newRow("a word") << u"refund "_s << u"m1 m0"_s;
    QTest::newRow("a beginning") << u"ref"_s << u"m2 m1 m0"_s;
    QTest::newRow("a beginning only at the end") << u"ref "_s << QString();
    QTest::newRow("every word") << u"policy order"_s << u"m1"_s;
    QTest::newRow("a phrase") << u"\"the order\""_s << u"m0"_s;
    QTest::newRow("a phrase across markup") << u"\"refund policy\""_s << u"m1"_s;
    QTest::newRow("a word left out") << u"refund -policy"_s << u"m0"_s;
    QTest::newRow("only left out") << u"-refund"_s << u"m3 m2"_s;
    QTest::newRow("accents and case") << u"CAFES"_s << u"m2"_s;
    QTest::newRow("one Han") << u"款"_s << u"m3"_s;
    QTest::newRow("two Han") << u"退款"_s << u"m3"_s;
    QTest::newRow("two Han apart") << u"退政"_s << QString();
    QTest::newRow("Kana") << u"ヒー"_s << u"m3"_s;
    QTest::newRow("Hangul in a word") << u"불정"_s << u"m3"_s;
    QTest::newRow("an emoji") << u"🎉"_s << u"m3"_s;
    QTest::newRow("syntax of the index") << u"NEAR(refund OR x) AND * ^\""_s << QString();
    QTest::newRow("quotes and brackets") << u"'refund\" ) ; drop table"_s << QString();
    QTest::newRow("nothing") << u"\" - *"_s << QString();
}

void TestStoreSearch::findsWhatAPersonTyped()
{
    say(u"A refund for the order"_s);
    say(u"The **refund** policy; an order"_s);
    say(u"Référence: cafés"_s);
    say(u"退款政策 コーヒー 환불정책 🎉"_s);
    QFETCH(QString, typed);
    QFETCH(QString, messages);
    const SearchPage page = found(typed);
    QCOMPARE_EQ(ids(page).join(u' '), messages);
    QCOMPARE_EQ(page.count, int(page.hits.size()));
}

void TestStoreSearch::findsEveryKindOfPart()
{
    say({Text{.markdown = u"apple"_s}, Reasoning{.text = u"banana"_s},
         ToolCall{.name = u"get_cherry"_s, .arguments = uR"({"day":"m\u00e4rz","line":"a\ndate"})"_s},
         ToolResult{.content = u"elderberry"_s},
         Citation{.title = u"fig"_s, .url = u"https://grape.example"_s, .quote = u"hazel"_s},
         ErrorPart{.error = Error{.message = u"It failed: iris"_s, .serverMessage = u"juniper"_s}},
         Attachment{.name = u"kiwi.png"_s, .data = "lemon"},
         RawEvent{.label = u"mango"_s, .json = u"{\"x\":\"nectarine\"}"_s}});
    int part = 0;
    const QList<QStringList> words{{u"apple"_s},
                                   {u"banana"_s},
                                   {u"cherry"_s, u"marz"_s, u"date"_s},
                                   {u"elderberry"_s},
                                   {u"fig"_s, u"grape"_s, u"hazel"_s},
                                   {u"iris"_s, u"juniper"_s},
                                   {u"kiwi"_s},
                                   {u"mango"_s, u"nectarine"_s}};
    for (const QStringList &ofPart : words) {
        for (const QString &word : ofPart) {
            const SearchPage page = found(word);
            QCOMPARE_EQ(page.count, 1);
            QCOMPARE_EQ(page.hits[0].part, part);
            QCOMPARE_EQ(page.hits[0].marks.size(), size_t(1));
        }
        ++part;
    }
    QCOMPARE_EQ(found(u"lemon"_s).count, 0);
    // Words of two parts are no phrase.
    QCOMPARE_EQ(found(u"\"apple banana\""_s).count, 0);
    QCOMPARE_EQ(found(u"apple banana"_s).count, 1);
}

void TestStoreSearch::filters()
{
    say(u"word"_s, [](Message &m) { m.role = Role::User; });
    say(u"word"_s, [](Message &m) { m.qualifier = u"prod"_s; });
    say(u"word"_s, [](Message &m) { m.state = MessageState::Failed; });
    const Conversation other = [this] {
        Conversation made = sampleConversation();
        made.agent = AgentId(u"agent-2"_s);
        m_store->saveConversation(made);
        return made;
    }();
    Message theirs = sampleAnswer(MessageState::Complete, u"word"_s);
    theirs.id = MessageId(u"other"_s);
    theirs.created = sampleTime(-1000);
    m_store->saveMessage(other.id, 0, theirs);

    const auto told = [this](const SearchFilter &filter, const QString &typed = u"word"_s) {
        return ids(found(typed, filter)).join(u' ');
    };
    QCOMPARE_EQ(told({}), u"m2 m1 m0 other"_s);
    QCOMPARE_EQ(told({.agent = other.agent}), u"other"_s);
    QCOMPARE_EQ(told({.qualifier = u"prod"_s}), u"m1"_s);
    QCOMPARE_EQ(told({.qualifier = QString()}), u"m2 m0 other"_s);
    QCOMPARE_EQ(told({.role = Role::User}), u"m0"_s);
    QCOMPARE_EQ(told({.isFailedOnly = true}), u"m2"_s);
    QCOMPARE_EQ(told({.from = sampleTime(1)}), u"m2 m1"_s);
    QCOMPARE_EQ(told({.until = sampleTime(1)}), u"m0 other"_s);
    QCOMPARE_EQ(told({.from = sampleTime(-1), .until = sampleTime(1)}), u"m0"_s);
    // A filter alone is a question, too.
    QCOMPARE_EQ(told({.isFailedOnly = true}, {}), u"m2"_s);
    QCOMPARE_EQ(told({.isFailedOnly = true}, u"-word"_s), QString());
}

void TestStoreSearch::tellsPagesNewestFirst()
{
    for (int i = 0; i < 120; ++i)
        say(u"word %1"_s.arg(i));
    const SearchPage first = found(u"word"_s);
    QCOMPARE_EQ(first.count, 120);
    QCOMPARE_EQ(first.hits.size(), size_t(pageSize));
    QCOMPARE_EQ(first.hits[0].message.value(), u"m119"_s);
    // What comes in between does not move the pages.
    say(u"word"_s);
    const SearchPage second = found(u"word"_s, {}, pageSize);
    QCOMPARE_EQ(second.count, 120);
    QCOMPARE_EQ(second.hits[0].message.value(), u"m69"_s);
    QCOMPARE_EQ(found(u"word"_s, {}, 100).hits.size(), size_t(20));
    QCOMPARE_EQ(found(u"word"_s, {}, 500).hits.size(), size_t(0));
    QCOMPARE_EQ(found(u"word"_s).count, 121);
}

void TestStoreSearch::showsALineAroundTheWords()
{
    say(QString(u"lorem ipsum "_s.repeated(100) + u"the **refund**\n\n# for `them` "_s
                + u"dolor sit "_s.repeated(100)));
    const SearchHit hit = found(u"refund them"_s).hits.at(0);
    QVERIFY2(marked(hit).contains(u"ipsum the [refund] for [them] dolor"_s), qPrintable(marked(hit)));
    QVERIFY(hit.snippet.startsWith(u'…') && hit.snippet.endsWith(u'…'));
    QVERIFY(!hit.snippet.contains(u'\n'));
    QVERIFY(hit.snippet.size() < 300);
    // The part that has both words, not the first that has one; words far apart show the first.
    say({Text{.markdown = u"alpha"_s}, Text{.markdown = u"alpha beta"_s}});
    QCOMPARE_EQ(found(u"alpha beta"_s).hits.at(0).part, 1);
    // Marks are marks inside of others, too, and words where they are words.
    say(u"1. one\n   > an ~~old~~ okapi\n   > > ## said ~5 > 4 #x"_s);
    QCOMPARE_EQ(marked(found(u"okapi"_s).hits.at(0)), u"1. one an old [okapi] said ~5 > 4 #x"_s);
    // Characters of two units stay whole.
    say(QString(u"😀"_s.repeated(400) + u" gamma "_s + u"😀"_s.repeated(400)));
    const QString snippet = found(u"gamma"_s).hits.at(0).snippet;
    QVERIFY(snippet.toUtf8().contains("gamma") && !snippet.toUtf8().contains('?'));
    QCOMPARE_EQ(QString::fromUtf8(snippet.toUtf8()), snippet);
}

void TestStoreSearch::findsAnAnswerWhileItStreams()
{
    Message answer = sampleAnswer(MessageState::Streaming, u"The first wo"_s);
    m_store->saveMessage(m_conversation.id, 0, answer);
    QCOMPARE_EQ(found(u"first"_s).count, 1);
    QCOMPARE_EQ(found(u"words "_s).count, 0);
    answerText(answer) += u"rds of an answer"_s;
    m_store->saveMessage(m_conversation.id, 0, answer);
    const SearchPage live = found(u"words "_s);
    QCOMPARE_EQ(live.count, 1);
    QCOMPARE_EQ(live.hits[0].state, MessageState::Streaming);
    QCOMPARE_EQ(marked(live.hits[0]), u"The first [words] of an answer"_s);
    QCOMPARE_EQ(found(u"first -answer"_s).count, 0);
    answer.state = MessageState::Complete;
    m_store->saveMessage(m_conversation.id, 0, answer);
    QCOMPARE_EQ(found(u"words "_s).count, 1);
    // One that a crash leaves streaming is found at the next start.
    answer.id = MessageId::create();
    answer.state = MessageState::Streaming;
    answerText(answer) = u"half an ans"_s;
    m_store->saveMessage(m_conversation.id, 1, answer);
    (void)awaited(m_store->flush());
    m_store.reset();
    m_store = m_folder->opened();
    QCOMPARE_EQ(found(u"half"_s).hits.at(0).state, MessageState::Interrupted);
}

void TestStoreSearch::followsWhatChangesAndGoes()
{
    Message message = sampleAnswer(MessageState::Complete, u"before"_s);
    m_store->saveMessage(m_conversation.id, 0, message);
    QCOMPARE_EQ(found(u"before"_s).count, 1);
    answerText(message) = u"after"_s;
    m_store->saveMessage(m_conversation.id, 0, message);
    QCOMPARE_EQ(found(u"before"_s).count, 0);
    QCOMPARE_EQ(found(u"after"_s).count, 1);
    m_store->removeConversation(m_conversation.id);
    QCOMPARE_EQ(found(u"after"_s).count, 0);
    m_store->restoreConversation(m_conversation.id);
    QCOMPARE_EQ(found(u"after"_s).count, 1);
    m_store->removeMessage(message.id);
    QCOMPARE_EQ(found(u"after"_s).count, 0);
}

void TestStoreSearch::leavesNoDeletedWordInTheFile()
{
    say(u"xylophone"_s);
    say(u"harp"_s);
    (void)awaited(m_store->flush());
    m_store->removeConversation(m_conversation.id);
    m_store.reset();
    QFile file(m_folder->file());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(!bytes.contains("xylophone") && !bytes.contains("harp"));
    QVERIFY(bytes.contains("search"));
}

void TestStoreSearch::indexesWhatAnEarlierVersionKept()
{
    for (int i = 0; i < 1200; ++i)
        say(u"kept %1"_s.arg(i));
    (void)awaited(m_store->flush());
    m_store.reset();
    execute(withoutSearch);
    m_store = std::make_unique<Store>(m_folder->file());
    QSignalSpy progress(m_store.get(), &Store::searchProgressed);
    QVERIFY(awaited(m_store->open()).has_value());
    // What is written meanwhile is found at once.
    say(u"new"_s);
    QCOMPARE_EQ(found(u"new"_s).count, 1);
    QTRY_COMPARE_EQ_WITH_TIMEOUT(progress.isEmpty() ? 0 : progress.last().at(0).toInt(), 100, 30000);
    QVERIFY(progress.size() >= 2);
    const SearchPage page = found(u"kept"_s);
    QCOMPARE_EQ(page.count, 1200);
    QCOMPARE_EQ(page.readPercent, 100);
    QCOMPARE_EQ(found(u"\"kept 7\" "_s).count, 1);
}

void TestStoreSearch::indexesAnewWhenTheRulesChanged()
{
    say(u"word"_s);
    (void)awaited(m_store->flush());
    m_store.reset();
    execute({u"UPDATE search_state SET rules = 0"_s, u"DELETE FROM search"_s});
    m_store = m_folder->opened();
    QTRY_COMPARE_EQ(found(u"word"_s).count, 1);
}

void TestStoreSearch::answersTheLatestQuestion()
{
    for (int i = 0; i < 300; ++i)
        say(u"word %1"_s.arg(i));
    (void)awaited(m_store->flush());
    QList<QFuture<Result<SearchPage>>> answers;
    for (int i = 0; i < 50; ++i)
        answers.append(m_store->search({.typed = u"word %1 "_s.arg(i)}, 0, pageSize));
    const Result<SearchPage> last = awaited(answers.last());
    QVERIFY(last.has_value());
    QCOMPARE_EQ(last->count, 1);
    int cancelled = 0;
    for (const auto &answer : answers) {
        QVERIFY(QTest::qWaitFor([&] { return answer.isFinished(); }));
        cancelled += answer.resultCount() == 0 ? 1 : 0;
    }
    QVERIFY(cancelled > 0);
}

void TestStoreSearch::saysWhyItCannotSearch()
{
    Store closed(m_folder->folder.filePath(u"nowhere.sqlite"_s));
    const Result<SearchPage> page = awaited(closed.search({.typed = u"word"_s}, 0, pageSize));
    QVERIFY(!page.has_value());
    QVERIFY(!page.error().message.isEmpty());
}

QTEST_GUILESS_MAIN(TestStoreSearch)
#include "tst_storesearch.moc"
