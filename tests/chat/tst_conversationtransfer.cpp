// SPDX-License-Identifier: Apache-2.0
// Conversations out to files and in again, over a real store.
#include "chat/conversationtransfer.h"
#include "chat/fakesecrets.h"
#include "chat/said.h"
#include "chat/scriptedrequest.h"
#include "chat/workspace.h"
#include "core/attachment.h"
#include "core/requestbody.h"
#include "store/store.h"
#include "support/files.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

constexpr int patience = 20'000;

//! Somebody's profile, whose agents answer as the test writes.
struct Place
{
    explicit Place(const QString &folder)
        : store(folder + u"/parlance.sqlite"_s)
        , workspace({.store = &store, .secrets = &secrets, .makeRequest = agent.factory()})
    {
        QSignalSpy ready(&workspace, &Workspace::ready);
        workspace.start();
        isReady = ready.wait(patience);
    }

    ScriptedAgent agent;
    FakeSecrets secrets;
    Store store;
    Workspace workspace;
    bool isReady = false;
};

// What a file says, without when and by whose agent, and with each id replaced by when it first comes: two
// files that say the same of other ids are equal.
QByteArray withoutIds(const QByteArray &bytes)
{
    QJsonObject whole = QJsonDocument::fromJson(bytes).object();
    whole.remove(u"exported"_s);
    QJsonArray conversations = whole[u"conversations"_s].toArray();
    for (auto &&value : conversations) {
        QJsonObject conversation = value.toObject();
        conversation.remove(u"session"_s); // the next one that is asked in
        QJsonObject agent = conversation[u"agent"_s].toObject();
        agent.remove(u"id"_s);
        conversation[u"agent"_s] = agent;
        value = conversation;
    }
    whole[u"conversations"_s] = conversations;
    const QString text = QString::fromUtf8(QJsonDocument(whole).toJson());
    static const QRegularExpression id(u"\"(id|parent|answerTo|askedInSession)\": \"([^\"]+)\""_s);
    QStringList known;
    QString result;
    qsizetype from = 0;
    for (auto found = id.globalMatch(text); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        if (!known.contains(match.captured(2)))
            known.append(match.captured(2));
        result += text.sliced(from, match.capturedStart(2) - from)
            + QString::number(known.indexOf(match.captured(2)));
        from = match.capturedEnd(2);
    }
    return (result + text.sliced(from)).toUtf8();
}

} // namespace

class TestConversationTransfer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_here = place();
        m_there = place();
        QVERIFY(m_here->isReady && m_there->isReady);
        branch();
    }
    void cleanup()
    {
        m_here.reset();
        m_there.reset();
    }

    void carriesEveryAttemptThereAndBack();
    void carriesFilesThereAndBack();
    void takesInWhatIsThereAlreadyAsAnother();
    void goesOnInASessionOfItsOwn();
    void goesOnWithAnotherAgent();
    void tellsOfOtherAttemptsWhereItLeavesThemOut();
    void refusesWhole_data();
    void refusesWhole();
    void cancelledInTimeTakesNothingIn();

private:
    std::unique_ptr<Place> place()
    {
        const QString folder = m_folder->filePath(QString::number(++m_places));
        return QDir().mkpath(folder) ? std::make_unique<Place>(folder) : nullptr;
    }
    static void answer(Place *place, const QByteArray &text)
    {
        place->agent.last()->answerHead();
        place->agent.last()->answer({'"' + text + '"'});
        place->agent.last()->finish();
    }
    MessageId idAt(int index) const { return MessageId(m_chat->messages()->at(index).id); }

    // Two questions, the first of them asked in two ways, each way answered more than once.
    void branch()
    {
        Agent agent;
        agent.id = AgentId::create();
        agent.name = u"Orders"_s;
        agent.target = UrlTarget{.url = u"http://localhost:8080"_s};
        QVERIFY(m_here->workspace.agents()->save(agent).has_value());
        m_chat = m_here->workspace.newConversation(agent.id);
        m_chat->send(u"one"_s);
        answer(m_here.get(), "first");
        m_chat->setQualifier(u"canary"_s);
        m_chat->retry(idAt(1), AttemptSession::New);
        answer(m_here.get(), "again");
        m_chat->send(u"two"_s);
        answer(m_here.get(), "on");
        m_chat->sendEdited(idAt(0), u"uno"_s, {}, AttemptSession::New);
        m_here->agent.last()->answerHead();
        m_here->agent.last()->answer({"\"half\""});
        m_chat->stop();
        QTRY_VERIFY(!m_chat->isStreaming());
        m_chat->retry(idAt(1), AttemptSession::Current);
        answer(m_here.get(), "whole");
        m_chat->stepAttempt(idAt(1), -1);
        QCOMPARE(saidIn(m_chat), u"uno(2/2) half(1/2)"_s);
    }

    //! The files' bytes; empty if it failed.
    QByteArray exported(Place *place, const ConversationId &id, FileFormat format = FileFormat::Json)
    {
        const QString path = m_folder->filePath(u"out%1"_s.arg(++m_files));
        ConversationTransfer run(&place->workspace, nullptr);
        QSignalSpy done(&run, &ConversationTransfer::exported);
        run.exportTo({.conversations = {id},
                      .format = format,
                      .path = path,
                      .withFrames = format == FileFormat::Json});
        return done.wait(patience) ? contents(path) : QByteArray();
    }
    //! Nothing if it failed; see m_refusal.
    Chat *imported(Place *place, const QByteArray &bytes)
    {
        const QString path = m_folder->filePath(u"in%1"_s.arg(++m_files));
        put(path, bytes);
        return importedFile(place, path);
    }
    Chat *importedFile(Place *place, const QString &path)
    {
        ConversationTransfer run(&place->workspace, nullptr);
        QSignalSpy done(&run, &ConversationTransfer::imported);
        QSignalSpy failed(&run, &ConversationTransfer::failed);
        run.importFrom(path);
        if (!QTest::qWaitFor([&] { return done.count() + failed.count() > 0; }, patience))
            return nullptr;
        if (!failed.isEmpty()) {
            m_refusal = failed[0][0].value<Error>().message;
            return nullptr;
        }
        m_taken = done[0][0].value<TakenIn>();
        Chat *chat = place->workspace.chat(done[0][0].value<TakenIn>().conversations.constFirst());
        return QTest::qWaitFor([&] { return chat->isLoaded(); }, patience) ? chat : nullptr;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Place> m_here;
    std::unique_ptr<Place> m_there;
    Chat *m_chat = nullptr;
    QString m_refusal;
    TakenIn m_taken;
    int m_places = 0;
    int m_files = 0;
};

void TestConversationTransfer::carriesEveryAttemptThereAndBack()
{
    const QByteArray file = exported(m_here.get(), m_chat->conversation().id);
    Chat *chat = imported(m_there.get(), file);
    QVERIFY2(chat, qPrintable(m_refusal));
    // The same one is shown, and the arrows lead to all the others.
    QCOMPARE(saidIn(chat), u"uno(2/2) half(1/2)"_s);
    QCOMPARE(chat->messages()->at(1).state, MessageState::Stopped);
    chat->stepAttempt(MessageId(chat->messages()->at(1).id), 1);
    QCOMPARE(saidIn(chat), u"uno(2/2) whole(2/2)"_s);
    chat->stepAttempt(MessageId(chat->messages()->at(0).id), -1);
    QCOMPARE(saidIn(chat), u"one(1/2) again(2/2) two on"_s);
    const Message &again = chat->messages()->at(1);
    QCOMPARE(again.qualifier, u"canary"_s);
    QVERIFY(chat->messages()->attempt(1).saysSession);
    const RuntimeSessionId session = again.session;
    chat->stepAttempt(MessageId(again.id), -1);
    QCOMPARE(saidIn(chat), u"one(1/2) first(1/2)"_s);
    QCOMPARE(chat->messages()->at(1).qualifier, QString());
    QVERIFY(!chat->messages()->at(1).session.isEmpty() && chat->messages()->at(1).session != session);
    // Shown again as it was exported, it is exported the same.
    chat->stepAttempt(MessageId(chat->messages()->at(1).id), 1);
    chat->stepAttempt(MessageId(chat->messages()->at(0).id), 1);
    chat->stepAttempt(MessageId(chat->messages()->at(1).id), -1);
    const ConversationId id = chat->conversation().id;
    const QByteArray back = exported(m_there.get(), id);
    QCOMPARE(QJsonDocument::fromJson(back)[u"conversations"_s][0][u"messages"_s],
             QJsonDocument::fromJson(file)[u"conversations"_s][0][u"messages"_s]);
    QCOMPARE(withoutIds(back), withoutIds(file));
}

void TestConversationTransfer::carriesFilesThereAndBack()
{
    const QByteArray bytes = QByteArray("\0\xff notes\r\n", 10).repeated(20'000);
    const Result<Attachment> kept =
        m_here->workspace.attachments().keptBytes(bytes, u"notes \"of\" <us>.bin"_s);
    QVERIFY(kept);
    m_chat->send(u"read this"_s, {*kept});
    answer(m_here.get(), "read");
    const QByteArray file = exported(m_here.get(), m_chat->conversation().id);
    // What is attached here is not needed for it any more.
    m_here.reset();
    QVERIFY(QDir(m_folder->filePath(QString::number(m_places - 1))).removeRecursively());

    Chat *chat = imported(m_there.get(), file);
    QVERIFY2(chat, qPrintable(m_refusal));
    const MessageId answered(chat->messages()->at(chat->messages()->count() - 1).id);
    const std::vector<Attachment> there = attachmentsOf(chat->messages()->at(chat->messages()->count() - 2));
    QCOMPARE(there.size(), size_t(1));
    QCOMPARE(there[0].name, kept->name);
    QCOMPARE(there[0].mimeType, kept->mimeType);
    QVERIFY(there[0].data.isEmpty());
    QCOMPARE(contents(m_there->workspace.attachments().pathOf(there[0])), bytes);
    const ConversationId id = chat->conversation().id;
    QCOMPARE(withoutIds(exported(m_there.get(), id)), withoutIds(file));
    // They are named where one reads, and go to the agent again.
    for (const FileFormat format : {FileFormat::Markdown, FileFormat::Html})
        QVERIFY(exported(m_there.get(), id, format).contains("notes"));
    chat->retry(answered);
    const Result<QByteArray> sent = wholeBody(m_there->agent.questions.back().body);
    QVERIFY(sent && sent->contains(bytes.toBase64()));
    answer(m_there.get(), "again");
}

void TestConversationTransfer::takesInWhatIsThereAlreadyAsAnother()
{
    const QByteArray file = exported(m_here.get(), m_chat->conversation().id);
    QVERIFY(imported(m_there.get(), file));
    Chat *second = imported(m_there.get(), file);
    QVERIFY2(second, qPrintable(m_refusal));
    QVERIFY(second->conversation().id != m_chat->conversation().id);
    QCOMPARE(saidIn(second), u"uno(2/2) half(1/2)"_s);
    QCOMPARE(withoutIds(exported(m_there.get(), second->conversation().id)), withoutIds(file));
    QCOMPARE_EQ(m_there->workspace.agents()->agents().size(), size_t(2));
    // A file that says the same thing twice holds two of it.
    QByteArray twice = file;
    const qsizetype begin = file.indexOf("[\n") + 2;
    const QByteArray one = file.sliced(begin, file.lastIndexOf("\n]}") - begin);
    twice.insert(begin, one + ",\n");
    const size_t before = m_there->workspace.allConversations().size();
    QVERIFY2(imported(m_there.get(), twice), qPrintable(m_refusal));
    QCOMPARE_EQ(m_there->workspace.allConversations().size(), before + 2);
}

void TestConversationTransfer::goesOnInASessionOfItsOwn()
{
    const QByteArray file = exported(m_here.get(), m_chat->conversation().id);
    Chat *chat = imported(m_there.get(), file);
    QVERIFY2(chat, qPrintable(m_refusal));
    chat->send(u"more"_s);
    answer(m_there.get(), "yes");
    chat->stepAttempt(MessageId(chat->messages()->at(0).id), -1);
    QCOMPARE(saidIn(chat), u"one(1/2) again(2/2) two on"_s);
    chat->send(u"here too"_s);
    answer(m_there.get(), "yes");
    QCOMPARE_EQ(m_there->agent.questions.size(), size_t(2));
    for (const AgentQuestion &question : m_there->agent.questions)
        QVERIFY(!file.contains(question.session.value().toUtf8()));
    QVERIFY(m_there->agent.questions[0].session != m_there->agent.questions[1].session);
    QCOMPARE(m_there->agent.questions[1].qualifier, u"canary"_s);
    // What was said here goes on where it was said.
    const RuntimeSessionId own = chat->conversation().session;
    chat->stepAttempt(MessageId(chat->messages()->at(0).id), 1);
    QCOMPARE(chat->conversation().session, m_there->agent.questions[0].session);
    chat->stepAttempt(MessageId(chat->messages()->at(0).id), -1);
    QCOMPARE(chat->conversation().session, own);
}

void TestConversationTransfer::goesOnWithAnotherAgent()
{
    // The agent's place is not told, so nobody can be added for it.
    QByteArray file = exported(m_here.get(), m_chat->conversation().id);
    file.replace("\"url\":", "\"was\":");
    Chat *chat = imported(m_there.get(), file);
    QVERIFY2(chat, qPrintable(m_refusal));
    QCOMPARE(m_taken.unknownAgents, QStringList{u"Orders"_s});
    QVERIFY(m_taken.addedAgents.isEmpty());
    QVERIFY(chat->agent().isBuiltIn());
    QCOMPARE(saidIn(chat), u"uno(2/2) half(1/2)"_s);

    Agent other;
    other.id = AgentId::create();
    other.name = u"Stand-in"_s;
    other.qualifier = u"test"_s;
    other.target = UrlTarget{.url = u"http://localhost:8081"_s};
    QVERIFY(m_there->workspace.agents()->save(other).has_value());
    const ConversationId id = chat->conversation().id;
    m_there->workspace.moveTo(id, other.id);
    QCOMPARE(chat->agent().name, u"Stand-in"_s);
    QCOMPARE(saidIn(chat), u"uno(2/2) half(1/2)"_s);
    chat->send(u"more"_s);
    QCOMPARE_EQ(m_there->agent.questions.size(), size_t(1));
    QCOMPARE(m_there->agent.questions[0].agent.id, other.id);
    QCOMPARE(m_there->agent.questions[0].qualifier, u"test"_s);
    // While it answers it stays with whom it is.
    m_there->workspace.moveTo(id, AgentBook::builtInId());
    QCOMPARE(chat->agent().name, u"Stand-in"_s);
    answer(m_there.get(), "yes");
    const RuntimeSessionId before = chat->conversation().session;
    m_there->workspace.moveTo(id, AgentBook::builtInId());
    QVERIFY(chat->agent().isBuiltIn());
    QVERIFY(chat->conversation().session != before);
    // Nor does any other attempt go on in a session of the agent it was said to.
    chat->stepAttempt(MessageId(chat->messages()->at(1).id), 1);
    chat->stepAttempt(MessageId(chat->messages()->at(1).id), -1);
    QVERIFY(chat->conversation().session != before);
    QCOMPARE_EQ(m_there->workspace.conversations(AgentBook::builtInId()).size(), size_t(1));
}

void TestConversationTransfer::tellsOfOtherAttemptsWhereItLeavesThemOut()
{
    for (const FileFormat format : {FileFormat::Markdown, FileFormat::Html}) {
        const QString page = QString::fromUtf8(exported(m_here.get(), m_chat->conversation().id, format));
        QVERIFY(page.contains(u"attempt 2 of 2"_s) && page.contains(u"attempt 1 of 2"_s));
        QVERIFY(page.contains(u"6 messages of other attempts are not in this file"_s));
        QVERIFY(page.contains(u"half"_s) && !page.contains(u"again"_s));
        QVERIFY(page.contains(m_chat->messages()->at(1).session.value()));
    }
}

void TestConversationTransfer::refusesWhole_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("words");
    QTest::newRow("cut") << u"cut"_s
                         << u"This file of conversations is broken. Nothing of it was taken in."_s;
    QTest::newRow("the second is broken")
        << u"second"_s << u"This file of conversations is broken. Nothing of it was taken in."_s;
    QTest::newRow("newer")
        << u"newer"_s
        << u"A newer Parlance has written this file. Import it with that version or a later one."_s;
    QTest::newRow("foreign") << u"foreign"_s
                             << u"This is no file of conversations that Parlance has exported."_s;
    QTest::newRow("huge") << u"huge"_s
                          << u"The file is larger than 512 MB, which is more than can be taken in."_s;
    QTest::newRow("empty") << u"empty"_s << u"There is no conversation in this file."_s;
    QTest::newRow("nested") << u"nested"_s
                            << u"This file of conversations is broken. Nothing of it was taken in."_s;
}

void TestConversationTransfer::refusesWhole()
{
    QFETCH(QString, how);
    QFETCH(QString, words);
    QByteArray file = exported(m_here.get(), m_chat->conversation().id);
    QVERIFY(file.contains("Orders"));
    if (how == u"cut"_s)
        file.chop(file.size() / 3);
    else if (how == u"second"_s)
        file.replace("\n]}", ",\n{\"id\":\"x\",\"messages\":[{\"role\":\"user\"}]}\n]}");
    else if (how == u"newer"_s)
        file.replace("\"version\":1", "\"version\":2");
    else if (how == u"foreign"_s)
        file = "PK\x03\x04 and so on";
    else if (how == u"empty"_s)
        file = jsonHead({}, {}) + jsonTail();
    else if (how == u"nested"_s)
        file.replace("\"messages\":[", QByteArray("\"messages\":" + QByteArray(100'000, '[')));
    const QString path = m_folder->filePath(u"in.json"_s);
    put(path, file);
    if (how == u"huge"_s)
        QVERIFY(QFile::resize(path, ConversationTransfer::maximumBytes + 1));
    const size_t before = m_there->workspace.allConversations().size();
    QVERIFY(!importedFile(m_there.get(), path));
    QCOMPARE(m_refusal, words);
    QCOMPARE_EQ(m_there->workspace.allConversations().size(), before);
    QCOMPARE_EQ(m_there->workspace.agents()->agents().size(), size_t(1));
}

void TestConversationTransfer::cancelledInTimeTakesNothingIn()
{
    const QByteArray file = exported(m_here.get(), m_chat->conversation().id);
    const Result<std::vector<ConversationFile>> read = readConversations(file);
    QVERIFY(read.has_value());
    const size_t before = m_there->workspace.allConversations().size();
    QFuture<Result<TakenIn>> taking = m_there->workspace.takeIn(*read);
    taking.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(taking.isFinished(), patience);
    QCOMPARE_EQ(m_there->workspace.allConversations().size(), before);
    QCOMPARE_EQ(m_there->workspace.agents()->agents().size(), size_t(1));
}

QTEST_GUILESS_MAIN(TestConversationTransfer)
#include "tst_conversationtransfer.moc"
