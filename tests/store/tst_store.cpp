// SPDX-License-Identifier: Apache-2.0
#include "store/store.h"
#include "store/samples.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTemporaryDir>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

// Everything a text may hold: NUL, quotes, marks beyond the first plane, direction marks, nothing.
QString anyText(QRandomGenerator &random)
{
    static const QStringList pieces{
        u"plain"_s,    u"O'Brien \"quoted\" %1 ?1 :x"_s, u"naïve ñ ß"_s, u"日本語"_s,
        u"🦜🧵"_s, u"\u202Eright to left\u202C"_s,   u"\r\n\t"_s,    QString(QChar(0)),
        u"\u2028"_s,   u"\\ud83d {\"a\":[1,null]}"_s,    u"\uFEFF"_s,    u"\uFFFD"_s};
    QString text;
    for (int i = random.bounded(6); i > 0; --i)
        text += pieces.at(random.bounded(int(pieces.size())));
    return text;
}

QByteArray anyBytes(QRandomGenerator &random)
{
    QByteArray bytes;
    for (int i = random.bounded(40); i > 0; --i)
        bytes.append(char(random.bounded(256)));
    return bytes;
}

template <typename T> std::optional<T> maybe(QRandomGenerator &random, qint64 bound)
{
    return random.bounded(2) ? std::optional<T>(T(random.bounded(bound))) : std::nullopt;
}

template <typename Enum> Enum anyOf(QRandomGenerator &random, Enum last)
{
    return Enum(random.bounded(int(last) + 1));
}

Part anyPart(QRandomGenerator &random, size_t kind)
{
    const auto text = [&] { return anyText(random); };
    switch (kind) {
    case 0:
        return Text{.markdown = text()};
    case 1:
        return Reasoning{.text = text(), .isRedacted = random.bounded(2) == 1};
    case 2:
        return ToolCall{.callId = text(),
                        .name = text(),
                        .arguments = text(),
                        .state = anyOf(random, ToolState::Cancelled)};
    case 3:
        return ToolResult{
            .callId = text(), .name = text(), .content = text(), .isError = random.bounded(2) == 1};
    case 4:
        return Citation{.title = text(), .url = text(), .quote = text()};
    case 5:
        return ErrorPart{.error = {.kind = anyOf(random, ErrorKind::Internal),
                                   .message = text(),
                                   .httpStatus = random.bounded(600),
                                   .exceptionType = text(),
                                   .serverMessage = text(),
                                   .requestId = text(),
                                   .rawBody = anyBytes(random)}};
    case 6:
        return Attachment{.name = text(), .mimeType = text(), .data = anyBytes(random), .url = text()};
    default:
        return RawEvent{.label = text(), .json = text()};
    }
}

Message anyMessage(QRandomGenerator &random)
{
    using std::chrono::microseconds;
    Message message;
    message.id = MessageId::create();
    message.role = anyOf(random, Role::Agent);
    message.state = anyOf(random, MessageState::Failed);
    for (size_t kind = 0; kind < std::variant_size_v<Part>; ++kind) {
        message.parts.push_back(
            MessagePart{.content = anyPart(random, kind),
                        .frames = {.first = random.bounded(-1, 5), .last = random.bounded(-1, 900)},
                        .begin = microseconds(random.bounded(1000000)),
                        .end = microseconds(random.bounded(qint64(5'000'000'000)))});
    }
    message.timings = {.headers = maybe<microseconds>(random, 90'000'000'000),
                       .firstByte = maybe<microseconds>(random, 1000),
                       .firstText = maybe<microseconds>(random, 1000),
                       .total = maybe<microseconds>(random, 1000)};
    message.usage = {.inputTokens = maybe<qint64>(random, qint64(1) << 53),
                     .outputTokens = maybe<qint64>(random, 10),
                     .totalTokens = maybe<qint64>(random, 10),
                     .reasoningTokens = maybe<qint64>(random, 10),
                     .cachedInputTokens = maybe<qint64>(random, 10),
                     .modelLatency = maybe<std::chrono::milliseconds>(random, 10000)};
    message.responseIds = {
        .sessionId = anyText(random), .requestId = anyText(random), .traceId = anyText(random)};
    message.qualifier = anyText(random);
    message.servedVersion = anyText(random);
    message.stopReason = anyText(random);
    message.httpStatus = random.bounded(600);
    message.created = random.bounded(2) ? sampleTime(random.bounded(1000)) : QDateTime();
    message.answerTo = MessageId(anyText(random));
    message.attempt = random.bounded(1, 9);
    return message;
}

Agent sampleAgent(AgentTarget target)
{
    return Agent{
        .id = AgentId::create(),
        .name = u"Orders “bot”"_s,
        .colour = 5,
        .target = std::move(target),
        .qualifier = u"PROD"_s,
        .auth = AuthMethod::Bearer,
        .payloadTemplate = u"{\"input\": {{prompt}}}"_s,
        .extraHeaders = {{.name = "X-Team", .value = "a=b, \xe9\xff"}, {.name = "X-Empty", .value = ""}},
        .connectTimeout = std::chrono::seconds(7),
        .idleTimeout = std::chrono::seconds(61),
        .isProduction = true,
        .allowsPlainHttp = true,
        .created = sampleTime()};
}

} // namespace

class StoreTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void tellsTheFirstStartFromLaterOnes();
    void returnsAgentsWithEveryField();
    void returnsConversationsNewestActivityFirst();
    void returnsEveryKindOfPartWithEveryField();
    void keepsMessagesInTheirPositions();
    void keepsTheLastOfManySaves();
    void keepsTextThatGrewWhileItStreamed();
    void readsAMessageThatStreamsAsItIsNow();
    void returnsFramesAsTheyCame();
    void dropsOldFramesFirstWhenTheyGrowTooLarge();
    void forgetsRemovedThingsAtTheNextStart();
    void takesARemovalBack();
    void writesInTheMiddleOfAStreamThatNeverPauses();
    void doesNotLetABadRowHoldUpTheOthers();
    void reads10000MessagesQuickly();
    void makesFilesForTheOwnerAlone();
    void answersReadsThatCameBeforeOpening();

private:
    QString file() const { return m_folder->filePath(u"data/parlance.sqlite"_s); }
    std::unique_ptr<Store> opened(const StoreOptions &options = {}, StoredState *state = nullptr) const
    {
        auto store = std::make_unique<Store>(file(), options);
        const Result<StoredState> result = awaited(store->open());
        if (!result)
            qWarning() << result.error().message << result.error().serverMessage;
        if (state && result)
            *state = *result;
        return result ? std::move(store) : nullptr;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
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

void StoreTest::keepsTheLastOfManySaves()
{
    auto store = opened();
    const Conversation conversation = sampleConversation();
    store->saveConversation(conversation);
    Message message = sampleAnswer(MessageState::Streaming);
    for (int i = 0; i < 500; ++i) {
        answerText(message) = QString::number(i);
        store->saveMessage(conversation.id, 0, message);
    }
    store->removeMessage(message.id);
    answerText(message) = u"after all"_s;
    store->saveMessage(conversation.id, 0, message);
    const auto stored = awaited(store->messages(conversation.id));
    QVERIFY(stored.has_value());
    QCOMPARE_EQ(stored->size(), size_t(1));
    QCOMPARE(stored->front().text(), u"after all"_s);
}

void StoreTest::keepsTextThatGrewWhileItStreamed()
{
    auto store = opened();
    const Conversation conversation = sampleConversation();
    store->saveConversation(conversation);
    Message message = sampleAnswer(MessageState::Streaming, {});
    message.parts.push_back(MessagePart{.content = ToolCall{.callId = u"1"_s, .name = u"find"_s}});
    // Cut between the halves of each parrot, shortened once, and every step on disk by itself.
    const QString wanted = u"🦜 says: 🦜🦜 ünd 日本"_s;
    for (qsizetype length = 1; length <= wanted.size(); ++length) {
        answerText(message) = wanted.first(length);
        auto &call = std::get<ToolCall>(message.parts[1].content);
        call.arguments = wanted.first(length);
        call.state = length % 5 == 0 ? ToolState::Running : ToolState::Streaming;
        message.parts[1].frames.last = int(length);
        message.parts[1].end = std::chrono::microseconds(length);
        if (length == 7)
            answerText(message) = u"else"_s;
        store->saveMessage(conversation.id, 0, message);
        QVERIFY(awaited(store->flush()).has_value());
    }
    QVERIFY(awaited(store->messages(conversation.id))->front() == message);
    message.state = MessageState::Complete;
    store->saveMessage(conversation.id, 0, message);
    QVERIFY(awaited(store->messages(conversation.id))->front() == message);
    store.reset();
    store = opened();
    QVERIFY(awaited(store->messages(conversation.id))->front() == message);
}

void StoreTest::readsAMessageThatStreamsAsItIsNow()
{
    auto store = opened();
    const Conversation conversation = sampleConversation();
    store->saveConversation(conversation);
    Message message = sampleAnswer(MessageState::Streaming);
    for (const QString &more : {u" there"_s, u", how"_s, u" are you"_s}) {
        answerText(message) += more;
        message.parts[0].frames.last += 4;
        message.parts[0].end += std::chrono::milliseconds(9);
        store->saveMessage(conversation.id, 0, message);
        const auto stored = awaited(store->messages(conversation.id));
        QVERIFY(stored.has_value());
        QVERIFY(stored->front() == message);
    }
}

void StoreTest::returnsFramesAsTheyCame()
{
    auto store = opened();
    const Conversation conversation = sampleConversation();
    store->saveConversation(conversation);
    const Message message = sampleAnswer(MessageState::Streaming);
    store->saveMessage(conversation.id, 0, message);
    QRandomGenerator random(7);
    std::vector<Frame> frames;
    for (int i = 0; i < 300; ++i) {
        frames.push_back(Frame{.sequence = i,
                               .sinceSend = std::chrono::microseconds(i * 1700),
                               .kind = anyOf(random, FrameKind::EventStream),
                               .payload = anyBytes(random),
                               .event = i % 3 ? QByteArray() : QByteArray("messageStart"),
                               .id = i % 4 ? QByteArray() : QByteArray::number(i)});
    }
    for (size_t i = 0; i < frames.size(); i += 30)
        store->appendFrames(message.id,
                            std::vector<Frame>(frames.begin() + int(i), frames.begin() + int(i) + 30));
    store->appendFrames(message.id, {frames[0], frames[299]});
    const auto stored = awaited(store->frames(message.id));
    QVERIFY(stored.has_value());
    QVERIFY(*stored == frames);
    QVERIFY(awaited(store->frames(MessageId(u"none"_s)))->empty());
}

void StoreTest::dropsOldFramesFirstWhenTheyGrowTooLarge()
{
    auto store = opened({.maximumFrameBytes = 100'000});
    const Conversation conversation = sampleConversation();
    store->saveConversation(conversation);
    std::vector<Message> messages;
    for (int i = 0; i < 4; ++i) {
        messages.push_back(sampleAnswer(MessageState::Complete, QString::number(i)));
        store->saveMessage(conversation.id, i, messages.back());
        std::vector<Frame> frames;
        for (int sequence = 0; sequence < 30; ++sequence)
            frames.push_back(Frame{.sequence = sequence, .payload = QByteArray(1000, 'x')});
        store->appendFrames(messages.back().id, frames);
        QVERIFY(awaited(store->flush()).has_value());
    }
    QCOMPARE_EQ(awaited(store->frames(messages[0].id))->size(), size_t(0));
    QCOMPARE_EQ(awaited(store->frames(messages[1].id))->size(), size_t(30));
    QCOMPARE_EQ(awaited(store->frames(messages[3].id))->size(), size_t(30));

    std::vector<Frame> flood;
    for (int sequence = 30; sequence < 400; ++sequence)
        flood.push_back(Frame{.sequence = sequence, .payload = QByteArray(1000, 'y')});
    store->appendFrames(messages[3].id, flood);
    const auto left = awaited(store->frames(messages[3].id));
    QVERIFY(left.has_value());
    QCOMPARE_LE(left->size(), size_t(100));
    QCOMPARE_GE(left->size(), size_t(80));
    QCOMPARE(left->back().sequence, 399);
    QCOMPARE_EQ(awaited(store->messages(conversation.id))->size(), size_t(4));
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

// The file is read by nobody else while it is open, so its log's growth tells of commits.
void StoreTest::writesInTheMiddleOfAStreamThatNeverPauses()
{
    auto store = opened();
    const Conversation conversation = sampleConversation();
    store->saveConversation(conversation);
    QVERIFY(awaited(store->flush()).has_value());
    const QString log = file() % u"-wal";
    Message message = sampleAnswer(MessageState::Streaming);
    QElapsedTimer sinceStart;
    sinceStart.start();
    int commits = 0;
    QDateTime lastTouched = QFileInfo(log).lastModified();
    const bool hasCommitted = QTest::qWaitFor(
        [&] {
            answerText(message) += u"word "_s;
            store->saveMessage(conversation.id, 0, message);
            const QDateTime touched = QFileInfo(log).lastModified();
            if (touched != lastTouched)
                ++commits;
            lastTouched = touched;
            return commits >= 5;
        },
        20000);
    QVERIFY(hasCommitted);
    // Five batches of 200 ms. A debounce would never have got here; the bound leaves room for a slow disk.
    QCOMPARE_LT(sinceStart.elapsed(), 10000);
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
