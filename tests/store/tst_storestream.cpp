// SPDX-License-Identifier: Apache-2.0
#include "store/anyvalues.h"
#include "store/storefolder.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QRandomGenerator>

using namespace Parlance;
using namespace Qt::StringLiterals;

//! What is written often: messages that stream, and their frames.
class StoreStreamTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_store = std::make_unique<StoreFolder>(); }

    void keepsTheLastOfManySaves();
    void keepsTextThatGrewWhileItStreamed();
    void readsAMessageThatStreamsAsItIsNow();
    void returnsFramesAsTheyCame();
    void dropsOldFramesFirstWhenTheyGrowTooLarge();
    void writesInTheMiddleOfAStreamThatNeverPauses();
    void writesWhatCameDuringTheLastWriteBeforeItCloses();

private:
    QString file() const { return m_store->file(); }
    std::unique_ptr<Store> opened(const StoreOptions &options = {}) const { return m_store->opened(options); }

    std::unique_ptr<StoreFolder> m_store;
};

void StoreStreamTest::keepsTheLastOfManySaves()
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

void StoreStreamTest::keepsTextThatGrewWhileItStreamed()
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

void StoreStreamTest::readsAMessageThatStreamsAsItIsNow()
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

void StoreStreamTest::returnsFramesAsTheyCame()
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
                               .kind = anyOf(random, FrameKind::SocketSent),
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

void StoreStreamTest::dropsOldFramesFirstWhenTheyGrowTooLarge()
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

// The file is read by nobody else while it is open, so its log's growth tells of commits.
void StoreStreamTest::writesInTheMiddleOfAStreamThatNeverPauses()
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

void StoreStreamTest::writesWhatCameDuringTheLastWriteBeforeItCloses()
{
    const Conversation conversation = sampleConversation();
    Message message = sampleAnswer(MessageState::Streaming, u"half"_s);
    {
        auto store = opened({.batchTime = std::chrono::milliseconds(0)});
        store->saveConversation(conversation);
        store->saveMessage(conversation.id, 0, message);
        QVERIFY(awaited(store->flush()).has_value());
        const qint64 before = QFileInfo(file() % u"-wal").size();
        // Large enough to be still on its way when the store is told to close.
        store->saveMessage(conversation.id, 1, userMessage(u"words "_s.repeated(1'000'000)));
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(file() % u"-wal").size() > before, 20'000);
        answerText(message) = u"whole"_s;
        message.state = MessageState::Complete;
        store->saveMessage(conversation.id, 0, message);
    }
    auto store = opened();
    const auto stored = awaited(store->messages(conversation.id));
    QVERIFY(stored && stored->size() == 2);
    QCOMPARE(stored->front().text(), u"whole"_s);
    QVERIFY(stored->front().state == MessageState::Complete);
}

QTEST_GUILESS_MAIN(StoreStreamTest)
#include "tst_storestream.moc"
