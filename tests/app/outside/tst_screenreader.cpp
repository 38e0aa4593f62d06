// SPDX-License-Identifier: Apache-2.0
#include "app/outside/accessibletree.h"

#include <QDBusMessage>
#include <QDBusVariant>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

//! The program itself, started as a process and used through AT-SPI alone, as a screen reader does.
class TestScreenReader : public QObject
{
    Q_OBJECT
public Q_SLOTS:
    void onPropertyChange(const QDBusMessage &message)
    {
        // Qt tells that a name is another one, not which: a screen reader asks.
        if (message.arguments().value(0).toString() != u"accessible-name"_s)
            return;
        const QString name = m_tree->name({message.service(), message.path()});
        if (!name.isEmpty())
            m_said.append(name);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_tree = std::make_unique<AccessibleTree>();
        QVERIFY(m_tree->isConnected());
        QVERIFY(m_tree->listenTo(u"object:property-change"_s));
        QVERIFY(m_tree->bus().connect({}, {}, u"org.a11y.atspi.Event.Object"_s, u"PropertyChange"_s, this,
                                      SLOT(onPropertyChange(QDBusMessage))));
    }

    void init() { m_profile = std::make_unique<QTemporaryDir>(); }

    void cleanup()
    {
        m_program.kill();
        m_program.waitForFinished();
    }

    void sendsAMessageAndHearsTheAnswerEnd()
    {
        QVERIFY(start());
        for (const QString &name :
             {u"Agents"_s, u"Conversations"_s, u"New conversation"_s, u"Agent"_s, u"Qualifier"_s,
              u"Session"_s, u"Transcript"_s, u"Message"_s, u"Send"_s, u"Inspector"_s, u"Search"_s})
            QVERIFY2(m_tree->find(m_root, name), qPrintable(name));
        QVERIFY(send(u"call a tool"_s));
        QTRY_VERIFY_WITH_TIMEOUT(m_said.contains(u"The answer is complete."_s), 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(answer().startsWith(u"Agent"_s) && answer().contains(u"on this machine"_s),
                                 10'000);
        QCOMPARE_EQ(m_said.count(u"The answer is complete."_s), 1);
        QVERIFY(message(u"You"_s).contains(u"call a tool"_s));
    }

    void stopsAndFindsTheConversationAfterARestart()
    {
        QVERIFY(start());
        QVERIFY(send(u"a long answer"_s));
        QTRY_VERIFY_WITH_TIMEOUT(answer().contains(u"Part 1"_s), 20'000);
        const std::optional<Node> stop = m_tree->find(m_root, u"Stop"_s);
        QVERIFY(stop && m_tree->act(*stop));
        QTRY_VERIFY_WITH_TIMEOUT(m_said.contains(u"The answer was stopped."_s), 10'000);
        const QString words = answer();
        QVERIFY(words.contains(u"Part 1"_s));
        const std::optional<Node> quit = m_tree->find(m_root, u"Quit"_s);
        QVERIFY(quit);
        m_tree->act(*quit);
        QVERIFY(m_program.waitForFinished(10'000));
        QCOMPARE_EQ(m_program.exitCode(), 0);

        QVERIFY(start());
        QTRY_VERIFY_WITH_TIMEOUT(answer().contains(u"Part 1"_s), 10'000);
        QVERIFY(message(u"You"_s).contains(u"a long answer"_s));
        const std::optional<Node> list = m_tree->find(m_root, u"Conversations"_s);
        QVERIFY(list);
        const QList<Node> rows = m_tree->children(*list);
        QCOMPARE_EQ(rows.size(), 1);
        QVERIFY(m_tree->name(rows.first()).startsWith(u"a long answer"_s));
    }

private:
    //! Waits until the window with its conversation is in the tree.
    bool start()
    {
        m_said.clear();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PARLANCE_PROFILE_DIR"_s, m_profile->path());
        environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
        environment.insert(u"QT_LINUX_ACCESSIBILITY_ALWAYS_ON"_s, u"1"_s);
        m_program.setProcessEnvironment(environment);
        m_program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_program.start(QStringLiteral(PARLANCE_PROGRAM), QStringList());
        return QTest::qWaitFor(
            [this] {
                for (const Node &program : m_tree->programs()) {
                    m_root = program;
                    const std::optional<Node> session = m_tree->find(program, u"Session"_s);
                    if (m_tree->name(program).compare(u"parlance"_s, Qt::CaseInsensitive) == 0 && session
                        && m_tree->isShown(*session))
                        return true;
                }
                return false;
            },
            20'000);
    }

    bool send(const QString &words)
    {
        const std::optional<Node> field = m_tree->find(m_root, u"Message"_s);
        if (!field || !m_tree->setText(*field, words) || m_tree->text(*field) != words)
            return false;
        const std::optional<Node> button = m_tree->find(m_root, u"Send"_s);
        return button && m_tree->act(*button);
    }

    //! Name of the last message in the transcript that begins so.
    QString message(const QString &role) const
    {
        const std::optional<Node> transcript = m_tree->find(m_root, u"Transcript"_s);
        QString last;
        for (const Node &child : transcript ? m_tree->children(*transcript) : QList<Node>()) {
            const QString name = m_tree->name(child);
            if (name.startsWith(role))
                last = name;
        }
        return last;
    }
    QString answer() const { return message(u"Agent"_s); }

    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<AccessibleTree> m_tree;
    QProcess m_program;
    Node m_root;
    QStringList m_said;
};

QTEST_GUILESS_MAIN(TestScreenReader)
#include "tst_screenreader.moc"
