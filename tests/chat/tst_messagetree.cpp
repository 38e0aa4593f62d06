// SPDX-License-Identifier: Apache-2.0
#include "chat/messagetree.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

Message messageOf(const QString &id, const QString &parent = {}, const QString &answerTo = {})
{
    Message message = userMessage(id);
    message.id = MessageId(id);
    message.parent = MessageId(parent);
    if (!answerTo.isEmpty()) {
        message.role = Role::Agent;
        message.answerTo = MessageId(answerTo);
    }
    return message;
}

QString shownIn(const MessageTree &tree)
{
    QStringList words;
    for (const MessageList::Entry &entry : tree.shown()) {
        QString word = entry.message->id.value();
        if (entry.attempt.count > 1)
            word += u"(%1/%2)"_s.arg(entry.attempt.index + 1).arg(entry.attempt.count);
        words.append(word);
    }
    return words.join(u' ');
}

//! What must hold whatever was done. Empty: it does.
QString faultOf(const MessageTree &tree)
{
    QSet<MessageId> seen;
    std::vector<MessageId> waiting{rootMessage()};
    while (!waiting.empty()) {
        const MessageId id = waiting.back();
        waiting.pop_back();
        int before = -1;
        for (const MessageId &follower : tree.followers(id)) {
            if (!tree.find(follower) || tree.find(follower)->parent != id)
                return u"%1 is not below its parent"_s.arg(follower.value());
            if (seen.contains(follower))
                return u"%1 is there twice"_s.arg(follower.value());
            if (tree.indexOf(follower) <= before)
                return u"%1 is not in order"_s.arg(follower.value());
            before = tree.indexOf(follower);
            seen.insert(follower);
            waiting.push_back(follower);
        }
    }
    if (seen.size() != tree.count())
        return u"%1 of %2 can be reached"_s.arg(seen.size()).arg(tree.count());
    const auto shown = tree.shown();
    MessageId above = rootMessage();
    for (const MessageList::Entry &entry : shown) {
        const Message &message = *entry.message;
        const std::vector<MessageId> attempts = tree.attempts(message.id);
        if (message.parent != above || !tree.isShown(message.id))
            return u"%1 is shown in the wrong place"_s.arg(message.id.value());
        if (entry.attempt.count != int(attempts.size())
            || attempts[size_t(entry.attempt.index)] != message.id)
            return u"%1 is counted wrongly"_s.arg(message.id.value());
        above = message.id;
    }
    if (!tree.followers(above).empty() || tree.shownEnd() != above)
        return u"what is shown ends too early"_s;
    // The order they are kept in and what stands in them is all there is to know.
    std::vector<Message> kept;
    for (int i = 0; i < tree.count(); ++i)
        kept.push_back(tree.at(i));
    MessageTree again;
    again.load(kept);
    return shownIn(again) == shownIn(tree) ? QString() : u"kept and read, it shows other messages"_s;
}

} // namespace

class TestMessageTree : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsOldConversationsAsOneBranch();
    void makesAttemptsOfOldAnswersToOneMessage();
    void showsTheNewestAttemptAndRemembersTheChosen();
    void comesBackToWhatWasShownBelow();
    void keepsWhatFollowsARemovedMessage();
    void putsWhatWaitedBehindTheAnswerOfACrash();
    void tellsWhichChoicesChanged();
    void tellsASessionWhereItIsNotTheOneAbove();
    void takesInWhateverWasKept();
    void holdsThroughAnyChanges();
};

void TestMessageTree::showsOldConversationsAsOneBranch()
{
    MessageTree tree;
    tree.load({messageOf(u"u1"_s), messageOf(u"a1"_s, {}, u"u1"_s), messageOf(u"u2"_s),
               messageOf(u"a2"_s, {}, u"u2"_s), messageOf(u"u3"_s)});
    QCOMPARE_EQ(shownIn(tree), u"u1 a1 u2 a2 u3"_s);
    QCOMPARE_EQ(faultOf(tree), QString());
}

void TestMessageTree::makesAttemptsOfOldAnswersToOneMessage()
{
    MessageTree tree;
    tree.load({messageOf(u"u1"_s), messageOf(u"a1"_s, {}, u"u1"_s), messageOf(u"b1"_s, {}, u"u1"_s),
               messageOf(u"u2"_s), messageOf(u"a2"_s, {}, u"u2"_s)});
    QCOMPARE_EQ(shownIn(tree), u"u1 b1(2/2) u2 a2"_s);
    tree.show(MessageId(u"a1"_s));
    QCOMPARE_EQ(shownIn(tree), u"u1 a1(1/2)"_s);
}

void TestMessageTree::showsTheNewestAttemptAndRemembersTheChosen()
{
    MessageTree tree;
    tree.add(messageOf(u"u1"_s, u"root"_s));
    tree.add(messageOf(u"a1"_s, u"u1"_s, u"u1"_s));
    tree.add(messageOf(u"u2"_s, u"a1"_s));
    tree.add(messageOf(u"v1"_s, u"root"_s));
    QCOMPARE_EQ(shownIn(tree), u"v1(2/2)"_s);
    QCOMPARE_EQ(tree.neighbour(MessageId(u"v1"_s), -1), MessageId(u"u1"_s));
    QCOMPARE_EQ(tree.neighbour(MessageId(u"v1"_s), 1), MessageId());
    tree.show(MessageId(u"u1"_s));
    QCOMPARE_EQ(shownIn(tree), u"u1(1/2) a1 u2"_s);
    QCOMPARE_EQ(faultOf(tree), QString());
}

void TestMessageTree::comesBackToWhatWasShownBelow()
{
    MessageTree tree;
    tree.add(messageOf(u"u1"_s, u"root"_s));
    for (const QString &id : {u"a1"_s, u"b1"_s, u"c1"_s})
        tree.add(messageOf(id, u"u1"_s, u"u1"_s));
    tree.show(MessageId(u"b1"_s));
    tree.add(messageOf(u"v1"_s, u"root"_s));
    tree.show(MessageId(u"u1"_s));
    QCOMPARE_EQ(shownIn(tree), u"u1(1/2) b1(2/3)"_s);
}

void TestMessageTree::keepsWhatFollowsARemovedMessage()
{
    MessageTree tree;
    for (const auto &[id, parent] : {std::pair(u"u1"_s, u"root"_s), {u"q1"_s, u"u1"_s}, {u"q2"_s, u"q1"_s}})
        tree.add(messageOf(id, parent));
    tree.remove(MessageId(u"q1"_s));
    QCOMPARE_EQ(shownIn(tree), u"u1 q2"_s);
    QCOMPARE_EQ(tree.indexOf(MessageId(u"q2"_s)), 1);
    QCOMPARE_EQ(faultOf(tree), QString());
}

void TestMessageTree::putsWhatWaitedBehindTheAnswerOfACrash()
{
    Message waiting = messageOf(u"q1"_s, u"u1"_s);
    waiting.state = MessageState::Queued;
    waiting.isChosen = true;
    MessageTree tree;
    tree.load({messageOf(u"u1"_s, u"root"_s), waiting, messageOf(u"a1"_s, u"u1"_s, u"u1"_s)});
    QCOMPARE_EQ(shownIn(tree), u"u1 a1 q1"_s);
}

void TestMessageTree::tellsWhichChoicesChanged()
{
    MessageTree tree;
    tree.add(messageOf(u"u1"_s, u"root"_s));
    tree.add(messageOf(u"v1"_s, u"root"_s));
    (void)tree.takeChosenChanges();
    tree.show(MessageId(u"u1"_s));
    std::vector<MessageId> changed = tree.takeChosenChanges();
    std::sort(changed.begin(), changed.end());
    QCOMPARE_EQ(changed, (std::vector<MessageId>{MessageId(u"u1"_s), MessageId(u"v1"_s)}));
    tree.show(MessageId(u"u1"_s));
    QVERIFY(tree.takeChosenChanges().empty());
}

void TestMessageTree::tellsASessionWhereItIsNotTheOneAbove()
{
    const auto answer = [](const QString &id, const QString &parent, const QString &session) {
        Message message = messageOf(id, parent, parent);
        message.session = RuntimeSessionId(session);
        return message;
    };
    MessageTree tree;
    tree.load({messageOf(u"u1"_s, u"root"_s), answer(u"a1"_s, u"u1"_s, u"s"_s), messageOf(u"u2"_s, u"a1"_s),
               answer(u"a2"_s, u"u2"_s, u"s"_s), messageOf(u"u3"_s, u"a2"_s),
               answer(u"a3"_s, u"u3"_s, u"t"_s), messageOf(u"u4"_s, u"a3"_s),
               answer(u"a4"_s, u"u4"_s, u"t"_s), answer(u"b4"_s, u"u4"_s, u"t"_s)});
    QStringList telling;
    for (const MessageList::Entry &entry : tree.shown()) {
        if (entry.attempt.saysSession)
            telling.append(entry.message->id.value());
    }
    QCOMPARE_EQ(telling, (QStringList{u"a3"_s, u"b4"_s}));
}

// Also what another program, or a fault, left behind: nothing is lost and nothing hangs.
void TestMessageTree::takesInWhateverWasKept()
{
    for (quint32 seed = 1; seed <= 400; ++seed) {
        QRandomGenerator random(seed);
        const int count = random.bounded(14);
        const auto anyId = [&] {
            const int number = random.bounded(-2, count + 2);
            return number == -2 ? QString() : number == -1 ? u"root"_s : QString::number(number);
        };
        std::vector<Message> messages;
        for (int i = 0; i < count; ++i) {
            Message message = messageOf(QString::number(i), anyId(), anyId());
            message.state = MessageState(random.bounded(6));
            message.role = Role(random.bounded(2));
            message.isChosen = random.bounded(3) == 0;
            messages.push_back(std::move(message));
        }
        MessageTree tree;
        tree.load(messages);
        QVERIFY2(tree.count() == count && faultOf(tree).isEmpty(),
                 qPrintable(u"seed %1: %2"_s.arg(seed).arg(faultOf(tree))));
    }
}

void TestMessageTree::holdsThroughAnyChanges()
{
    for (quint32 seed = 1; seed <= 120; ++seed) {
        QRandomGenerator random(seed);
        MessageTree tree;
        for (int step = 0; step < 60; ++step) {
            const auto any = [&] {
                return tree.count() == 0 ? rootMessage()
                                         : MessageId(tree.at(random.bounded(tree.count())).id);
            };
            const MessageId id = any();
            const int before = tree.count();
            switch (tree.count() == 0 ? 0 : random.bounded(6)) {
            case 0:
            case 1: {
                const QString made = u"m%1"_s.arg(step);
                const MessageId parent = random.bounded(4) == 0 ? rootMessage() : id;
                tree.add(messageOf(made, parent.value()));
                QCOMPARE_EQ(tree.count(), before + 1);
                QCOMPARE_EQ(tree.shownEnd() == MessageId(made), tree.isShown(MessageId(made)));
                break;
            }
            case 2:
                tree.show(id);
                QVERIFY(tree.isShown(id));
                break;
            case 3:
                tree.remove(id);
                QCOMPARE_EQ(tree.count(), before - 1);
                QVERIFY(!tree.find(id));
                break;
            case 4: {
                const MessageId parent = any();
                const auto path = tree.pathTo(parent);
                const bool isBelow =
                    std::ranges::any_of(path, [&](const Message *one) { return one->id == id; });
                if (!isBelow)
                    tree.move(id, parent);
                break;
            }
            default:
                if (const MessageId other = tree.neighbour(id, 1); !other.isEmpty())
                    QCOMPARE_EQ(tree.neighbour(other, -1), id);
                break;
            }
            QVERIFY2(faultOf(tree).isEmpty(),
                     qPrintable(u"seed %1, step %2: %3"_s.arg(seed).arg(step).arg(faultOf(tree))));
        }
    }
}

QTEST_APPLESS_MAIN(TestMessageTree)
#include "tst_messagetree.moc"
