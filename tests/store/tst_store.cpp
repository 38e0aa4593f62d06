// SPDX-License-Identifier: Apache-2.0
#include "store/agentreader.h"
#include "store/anyvalues.h"
#include "store/storefolder.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QSignalSpy>

#include <algorithm>

using namespace Parlance;
using namespace Qt::StringLiterals;

class StoreTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_store = std::make_unique<StoreFolder>(); }

    void tellsTheFirstStartFromLaterOnes();
    void returnsAgentsWithEveryField();
    void keepsSessionsUntilTheyAreRemoved();
    void keepsComparisonsWithWhatWasJudged();
    void returnsConversationsNewestActivityFirst();
    void returnsEveryKindOfPartWithEveryField();
    void keepsMessagesInTheirPositions();
    void forgetsRemovedThingsAtTheNextStart();
    void takesARemovalBack();
    void doesNotLetABadRowHoldUpTheOthers();
    void reads10000MessagesQuickly();
    void makesFilesForTheOwnerAlone();
    void answersReadsThatCameBeforeOpening();

private:
    QString file() const { return m_store->file(); }
    std::unique_ptr<Store> opened(const StoreOptions &options = {}, StoredState *state = nullptr) const
    {
        return m_store->opened(options, state);
    }

    std::unique_ptr<StoreFolder> m_store;
};

void StoreTest::tellsTheFirstStartFromLaterOnes()
{
    StoredState state;
    QVERIFY(opened({}, &state));
    QVERIFY(state.isNew);
    QVERIFY(state.setAsideFile.isEmpty());
    QVERIFY(opened({}, &state));
    QVERIFY(!state.isNew);
}

void StoreTest::returnsAgentsWithEveryField()
{
    const std::vector<Agent> agents{
        sampleAgent(BuiltInTarget{}), sampleAgent(UrlTarget{.url = u"http://localhost:8080"_s}),
        sampleAgent(RuntimeTarget{.arn = u"arn:aws:bedrock-agentcore:eu-west-1:123456789012:runtime/a-1"_s,
                                  .endpointOverride = u"https://vpce.example"_s})};
    auto store = opened();
    for (const Agent &agent : agents)
        store->saveAgent(agent);
    store.reset();
    StoredState state;
    store = opened({}, &state);
    QVERIFY(state.agents == agents);
}

void StoreTest::keepsComparisonsWithWhatWasJudged()
{
    const ConversationId prod = ConversationId::create();
    const ConversationId canary = ConversationId::create();
    Comparison comparison{.id = ComparisonId::create(),
                          .title = u"Orders “EU”"_s,
                          .columns = {prod, canary},
                          .baseline = prod,
                          .created = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC)};
    auto store = opened();
    store->saveComparison(comparison);
    comparison.baseline = canary;
    comparison.original = prod;
    comparison.blindOrder = {canary, prod};
    comparison.verdicts = {{.turn = 0, .kind = VerdictKind::Better, .better = canary, .isBlind = true},
                           {.turn = 2, .kind = VerdictKind::Tie},
                           {.turn = 3, .kind = VerdictKind::AllBad}};
    comparison.notes = {{.turn = 2, .text = u"shorter\n\"by far\""_s}};
    store->saveComparison(comparison);
    store.reset();
    StoredState state;
    store = opened({}, &state);
    QCOMPARE_EQ(state.comparisons, std::vector<Comparison>{comparison});
    store->removeComparison(comparison.id);
    store.reset();
    store = opened({}, &state);
    QVERIFY(state.comparisons.empty());
}

void StoreTest::keepsSessionsUntilTheyAreRemoved()
{
    RuntimeSession first = sampleSession();
    RuntimeSession second = sampleSession();
    second.id = RuntimeSessionId(u"11111111-2222-4333-8444-555566667777"_s);
    second.ended = {};
    auto store = opened();
    store->saveSession(first);
    store->saveSession(second);
    second.lastUsed = second.lastUsed.addSecs(60);
    store->saveSession(second);
    store.reset();
    StoredState state;
    store = opened({}, &state);
    QCOMPARE_EQ(state.sessions, (std::vector<RuntimeSession>{first, second}));
    store->removeSession(first.id);
    store.reset();
    QCOMPARE_EQ(*readKeptSessions(m_store->file()), std::vector<RuntimeSession>{second});
}

void StoreTest::returnsConversationsNewestActivityFirst()
{
    Conversation older = sampleConversation(u"older"_s);
    Conversation newer = sampleConversation(u"newer"_s);
    newer.lastActive = sampleTime(3600);
    newer.draft.clear();
    auto store = opened();
    store->saveConversation(newer);
    store->saveConversation(older);
    store->saveDraft(older.id, u"typed since"_s);
    older.draft = u"typed since"_s;
    store.reset();
    StoredState state;
    store = opened({}, &state);
    QCOMPARE_EQ(state.conversations.size(), size_t(2));
    QVERIFY(state.conversations[0] == newer);
    QVERIFY(state.conversations[1] == older);
}

void StoreTest::returnsEveryKindOfPartWithEveryField()
{
    QRandomGenerator random(20260314);
    auto store = opened();
    const Conversation conversation = sampleConversation();
    store->saveConversation(conversation);
    std::vector<Message> messages;
    for (int i = 0; i < 200; ++i) {
        messages.push_back(anyMessage(random));
        store->saveMessage(conversation.id, i, messages.back());
    }
    const auto stored = awaited(store->messages(conversation.id));
    QVERIFY(stored.has_value());
    QCOMPARE_EQ(stored->size(), messages.size());
    for (size_t i = 0; i < messages.size(); ++i)
        QVERIFY2(stored->at(i) == messages[i], qPrintable(u"message %1"_s.arg(i)));
}

void StoreTest::keepsMessagesInTheirPositions()
{
    auto store = opened();
    const Conversation conversation = sampleConversation();
    store->saveConversation(conversation);
    const Message first = userMessage(u"first"_s);
    const Message second = userMessage(u"second"_s);
    const Message third = userMessage(u"third"_s);
    store->saveMessage(conversation.id, 2, third);
    store->saveMessage(conversation.id, 0, first);
    store->saveMessage(conversation.id, 5, second);
    store->saveMessage(conversation.id, 1, second);
    store->removeMessage(first.id);
    const auto stored = awaited(store->messages(conversation.id));
    QVERIFY(stored.has_value());
    QCOMPARE_EQ(stored->size(), size_t(2));
    QCOMPARE(stored->at(0).text(), u"second"_s);
    QCOMPARE(stored->at(1).text(), u"third"_s);
}

void StoreTest::forgetsRemovedThingsAtTheNextStart()
{
    auto store = opened();
    const Agent agent = sampleAgent(BuiltInTarget{});
    Conversation ofAgent = sampleConversation(u"of the agent"_s);
    ofAgent.agent = agent.id;
    const Conversation removed = sampleConversation(u"removed"_s);
    const Conversation kept = sampleConversation(u"kept"_s);
    const Message message = sampleAnswer(MessageState::Complete);
    store->saveAgent(agent);
    for (const Conversation &conversation : {ofAgent, removed, kept})
        store->saveConversation(conversation);
    store->saveMessage(removed.id, 0, message);
    store->appendFrames(message.id, {Frame{.payload = "{}"}});
    store->removeConversation(removed.id);
    store->removeAgent(agent.id);
    QCOMPARE_EQ(awaited(store->messages(removed.id))->size(), size_t(1));
    store.reset();
    StoredState state;
    store = opened({}, &state);
    QVERIFY(state.agents.empty());
    QCOMPARE_EQ(state.conversations.size(), size_t(1));
    QCOMPARE(state.conversations[0].title, u"kept"_s);
    QVERIFY(awaited(store->messages(removed.id))->empty());
    QVERIFY(awaited(store->frames(message.id))->empty());
}

void StoreTest::takesARemovalBack()
{
    auto store = opened();
    const Agent agent = sampleAgent(BuiltInTarget{});
    const Conversation conversation = sampleConversation();
    store->saveAgent(agent);
    store->saveConversation(conversation);
    store->removeConversation(conversation.id);
    store->removeAgent(agent.id);
    QVERIFY(awaited(store->flush()).has_value());
    store->restoreConversation(conversation.id);
    store->saveAgent(agent);
    store.reset();
    StoredState state;
    store = opened({}, &state);
    QCOMPARE_EQ(state.agents.size(), size_t(1));
    QCOMPARE_EQ(state.conversations.size(), size_t(1));
}

void StoreTest::doesNotLetABadRowHoldUpTheOthers()
{
    auto store = opened();
    QSignalSpy failures(store.get(), &Store::writeFailed);
    const Conversation conversation = sampleConversation();
    store->saveMessage(ConversationId(u"nobody knows it"_s), 0, userMessage(u"lost"_s));
    store->appendFrames(MessageId(u"unknown"_s), {Frame{.payload = "{}"}});
    store->saveConversation(conversation);
    store->saveMessage(conversation.id, 0, userMessage(u"kept"_s));
    QVERIFY(awaited(store->flush()).has_value());
    QCOMPARE_EQ(awaited(store->messages(conversation.id))->size(), size_t(1));
    QCOMPARE(failures.count(), 0);
}

void StoreTest::reads10000MessagesQuickly()
{
    auto store = opened();
    const Conversation conversation = sampleConversation();
    store->saveConversation(conversation);
    for (int i = 0; i < 10000; ++i)
        store->saveMessage(conversation.id, i,
                           sampleAnswer(MessageState::Complete, u"word "_s.repeated(120)));
    QVERIFY(awaited(store->flush()).has_value());
    QElapsedTimer timer;
    timer.start();
    const auto stored = awaited(store->messages(conversation.id));
    const qint64 elapsed = timer.elapsed();
    QVERIFY(stored.has_value());
    QCOMPARE_EQ(stored->size(), size_t(10000));
    QVERIFY(std::ranges::all_of(*stored, [](const Message &message) {
        return std::get<Text>(message.parts.front().content).markdown.isPacked();
    }));
    qInfo("10,000 messages read in %lld ms", elapsed);
    QCOMPARE_LT(elapsed, 5000);
}

void StoreTest::makesFilesForTheOwnerAlone()
{
    auto store = opened();
    store->saveConversation(sampleConversation());
    QVERIFY(awaited(store->flush()).has_value());
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
        | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    const QString folder = QFileInfo(file()).absolutePath();
    QVERIFY(!(QFileInfo(folder).permissions() & others));
    const QFileInfoList files = QDir(folder).entryInfoList(QDir::Files | QDir::Hidden);
    QVERIFY(!files.isEmpty());
    for (const QFileInfo &info : files)
        QVERIFY2(!(info.permissions() & others), qPrintable(info.fileName()));
}

void StoreTest::answersReadsThatCameBeforeOpening()
{
    Store store(file());
    QVERIFY(!awaited(store.messages(ConversationId(u"any"_s))).has_value());
    QVERIFY(!awaited(store.flush()).has_value());
    const Conversation conversation = sampleConversation();
    store.saveConversation(conversation);
    QVERIFY(awaited(store.open()).has_value());
    QVERIFY(!awaited(store.open()).has_value());
    store.saveMessage(conversation.id, 0, userMessage(u"hello"_s));
    QCOMPARE_EQ(awaited(store.messages(conversation.id))->size(), size_t(1));
}

QTEST_GUILESS_MAIN(StoreTest)
#include "tst_store.moc"
