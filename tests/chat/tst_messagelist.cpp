// SPDX-License-Identifier: Apache-2.0
#include "chat/messagelist.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

//! Does what the signals say, as a view does.
class Follower
{
public:
    explicit Follower(const MessageList *list)
        : m_list(list)
    {
        QObject::connect(list, &MessageList::inserted, list, [this](int index) {
            m_told += u"+%1 "_s.arg(index);
            m_ids.insert(index, m_list->at(index).id.value());
        });
        QObject::connect(list, &MessageList::removed, list, [this](int index) {
            m_told += u"-%1 "_s.arg(index);
            m_ids.removeAt(index);
        });
        QObject::connect(list, &MessageList::replaced, list, [this](int index) {
            m_told += u"=%1 "_s.arg(index);
            m_ids.resize(index);
            for (int i = index; i < m_list->count(); ++i)
                m_ids.append(m_list->at(i).id.value());
        });
    }
    QString takeTold() { return std::exchange(m_told, {}).trimmed(); }
    const QStringList &ids() const { return m_ids; }

private:
    const MessageList *m_list;
    QStringList m_ids;
    QString m_told;
};

} // namespace

class TestMessageList : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsWhatDiffers_data();
    void tellsWhatDiffers();
    void aViewThatListensIsAlwaysRight();

private:
    std::vector<MessageList::Entry> entries(const QString &letters)
    {
        std::vector<MessageList::Entry> list;
        for (const QChar letter : letters) {
            std::shared_ptr<Message> &message = m_messages[letter];
            if (!message) {
                message = std::make_shared<Message>();
                message->id = MessageId(QString(letter));
            }
            list.push_back({.message = message, .attempt = {}});
        }
        return list;
    }

    QHash<QChar, std::shared_ptr<Message>> m_messages;
};

void TestMessageList::tellsWhatDiffers_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("told");
    QTest::newRow("nothing") << u"abc"_s << u"abc"_s << QString();
    QTest::newRow("more at the end") << u"ab"_s << u"abcd"_s << u"+2 +3"_s;
    QTest::newRow("one before what waits") << u"abx"_s << u"abcx"_s << u"+2"_s;
    QTest::newRow("one gone") << u"abcd"_s << u"abd"_s << u"-2"_s;
    QTest::newRow("all gone") << u"ab"_s << QString() << u"-0 -0"_s;
    QTest::newRow("another attempt") << u"abcde"_s << u"abxyz"_s << u"=2"_s;
    QTest::newRow("another attempt before what waits") << u"abq"_s << u"acq"_s << u"=1"_s;
}

void TestMessageList::tellsWhatDiffers()
{
    QFETCH(const QString, before);
    QFETCH(const QString, after);
    QFETCH(const QString, told);
    MessageList list;
    Follower follower(&list);
    list.show(entries(before));
    (void)follower.takeTold();
    list.show(entries(after));
    QCOMPARE_EQ(follower.takeTold(), told);
    QCOMPARE_EQ(follower.ids().join(QString()), after);
}

void TestMessageList::aViewThatListensIsAlwaysRight()
{
    QRandomGenerator random(7);
    MessageList list;
    Follower follower(&list);
    for (int i = 0; i < 2000; ++i) {
        QString letters = u"abcdefgh"_s;
        for (int swaps = random.bounded(4); swaps > 0; --swaps)
            letters.append(letters.at(random.bounded(int(letters.size()))));
        letters = letters.mid(random.bounded(3), random.bounded(9));
        QString once;
        for (const QChar letter : letters) {
            if (!once.contains(letter))
                once.append(letter);
        }
        list.show(entries(once));
        QCOMPARE_EQ(follower.ids().join(QString()), once);
        QCOMPARE_EQ(list.count(), int(once.size()));
    }
}

QTEST_APPLESS_MAIN(TestMessageList)
#include "tst_messagelist.moc"
