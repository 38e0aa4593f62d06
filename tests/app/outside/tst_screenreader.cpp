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

    void onEvent(const QDBusMessage &message)
    {
        const QList<QVariant> arguments = message.arguments();
        const QString detail = arguments.value(0).toString();
        const QVariant value = arguments.value(3).value<QDBusVariant>().variant();
        if (message.member() == u"Announcement"_s)
            m_announced.append(value.toString());
        else if (message.member() == u"TextChanged"_s && detail == u"insert"_s)
            m_inserted += value.toString();
        else if (message.member() == u"TextCaretMoved"_s)
            m_carets.append({message.path(), arguments.value(1).toInt()});
        else if (message.member() == u"StateChanged"_s)
            m_states.append({message.path(), detail, arguments.value(1).toInt()});
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_tree = std::make_unique<AccessibleTree>();
        QVERIFY(m_tree->isConnected());
        QVERIFY(m_tree->listenTo(u"object:property-change"_s));
        QVERIFY(m_tree->bus().connect({}, {}, u"org.a11y.atspi.Event.Object"_s, u"PropertyChange"_s, this,
                                      SLOT(onPropertyChange(QDBusMessage))));
        for (const QString &event :
             {u"Announcement"_s, u"TextChanged"_s, u"TextCaretMoved"_s, u"StateChanged"_s})
            QVERIFY(m_tree->bus().connect({}, {}, u"org.a11y.atspi.Event.Object"_s, event, this,
                                          SLOT(onEvent(QDBusMessage))));
        for (const QString &event : {u"object:announcement"_s, u"object:text-changed"_s,
                                     u"object:text-caret-moved"_s, u"object:state-changed"_s})
            QVERIFY(m_tree->listenTo(event));
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

    void hearsAnAnswerSentenceBySentence()
    {
        QVERIFY(start());
        QVERIFY(send(u"show me a table and code"_s));
        QTRY_VERIFY_WITH_TIMEOUT(m_announced.contains(u"The answer is complete."_s), 30'000);
        // Each once, none in part, in their order; what cannot be heard letter by letter in one line.
        const QStringList expected{u"A table that streams in"_s,
                                   u"Table, 3 rows, 3 columns"_s,
                                   u"1. The first column stands left, the numbers right."_s,
                                   u"2. Lists keep their numbers:"_s,
                                   u"and can hold others,"_s,
                                   u"to any depth."_s,
                                   u"A quote stands a little apart, with a line beside it."_s,
                                   u"A small agent"_s};
        QCOMPARE(m_announced.first(expected.size()), expected);
        QCOMPARE(QSet<QString>(m_announced.begin(), m_announced.end()).size(), m_announced.size());
        QVERIFY(m_announced.contains(u"Code, python, 10 lines"_s));
        QCOMPARE(m_announced.last(), u"The answer is complete."_s);
        // Nobody who takes announcements gets notifications too.
        const auto isNotified = [this](const auto &state) {
            return state.name == u"showing"_s
                && m_tree->role({m_root.service, state.path}) == u"notification"_s;
        };
        QVERIFY(std::ranges::none_of(m_states, isNotified));
        QTRY_VERIFY(std::ranges::any_of(
            m_states, [](const auto &state) { return state.name == u"busy"_s && state.isOn == 0; }));
        QVERIFY(m_inserted.contains(u"A table that streams in"_s));
    }

    void readsTheBlocksOfAnAnswer()
    {
        QVERIFY(start());
        QVERIFY(send(u"show me a table and code"_s));
        QTRY_VERIFY_WITH_TIMEOUT(m_announced.contains(u"The answer is complete."_s), 30'000);
        const std::optional<Node> transcript = m_tree->find(m_root, u"Transcript"_s);
        QVERIFY(transcript);
        const Node reply = m_tree->children(*transcript).value(1);
        QCOMPARE(m_tree->role(reply), u"list item"_s);
        QVERIFY(m_tree->text(reply).contains(u"from bedrock_agentcore import"_s));
        QHash<QString, Node> first;
        for (const auto &[depth, node] : m_tree->all(reply)) {
            const QString role = m_tree->role(node);
            if (!first.contains(role))
                first.insert(role, node);
        }
        for (const QString &role : {u"heading"_s, u"table"_s, u"table cell"_s, u"list"_s, u"list item"_s,
                                    u"section"_s, u"paragraph"_s, u"text"_s, u"push button"_s})
            QVERIFY2(first.contains(role), qPrintable(role));
        QCOMPARE(m_tree->text(first[u"heading"_s]), u"A table that streams in"_s);
        const Node table = first[u"table"_s];
        QCOMPARE(m_tree->property(table, "org.a11y.atspi.Table", "NRows").toInt(), 4);
        QCOMPARE(m_tree->property(table, "org.a11y.atspi.Table", "NColumns").toInt(), 3);
        QCOMPARE(m_tree->call(table, "org.a11y.atspi.Table", "GetColumnDescription", {1}).value(0).toString(),
                 u"Paid"_s);
        QVERIFY(m_tree->name(first[u"text"_s]).startsWith(u"Code, python"_s));
        // The caret goes where a reader puts it, and tells so.
        const Node heading = first[u"heading"_s];
        constexpr auto text = "org.a11y.atspi.Text";
        QVERIFY(m_tree->call(heading, text, "SetCaretOffset", {2}).value(0).toBool());
        QCOMPARE(m_tree->property(heading, text, "CaretOffset").toInt(), 2);
        QTRY_VERIFY(std::ranges::any_of(
            m_carets, [&](const auto &caret) { return caret.path == heading.path && caret.offset == 2; }));
        QVERIFY(m_tree->call(heading, text, "AddSelection", {2, 7}).value(0).toBool());
        QCOMPARE(m_tree->call(heading, text, "GetNSelections").value(0).toInt(), 1);
        const QVariantList selection = m_tree->call(heading, text, "GetSelection", {0});
        QCOMPARE(selection.value(0).toInt(), 2);
        QCOMPARE(selection.value(1).toInt(), 7);
    }

private:
    struct Caret
    {
        QString path = {};
        int offset = 0;
    };
    struct State
    {
        QString path = {};
        QString name = {};
        int isOn = 0;
    };

    //! Waits until the window with its conversation is in the tree.
    bool start()
    {
        m_said.clear();
        m_announced.clear();
        m_inserted.clear();
        m_carets.clear();
        m_states.clear();
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
        // A press before there is an agent to send to goes nowhere: until the field is empty it was none.
        const auto isSent = [&] { return m_tree->text(*field).isEmpty(); };
        for (int press = 0; button && press < 30; ++press) {
            if (m_tree->act(*button) && QTest::qWaitFor(isSent, 700))
                return true;
        }
        return false;
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
    QStringList m_announced;
    QString m_inserted;
    QList<Caret> m_carets;
    QList<State> m_states;
};

QTEST_GUILESS_MAIN(TestScreenReader)
#include "tst_screenreader.moc"
