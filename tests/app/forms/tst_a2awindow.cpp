// SPDX-License-Identifier: Apache-2.0
#include "app/window/program.h"
#include "support/nodeserver.h"

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int longWait = 20'000;

} // namespace

//! An A2A agent in the window, on the SDK's own server.
class TestA2aWindow : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    NodeServer m_server{u"a2a.mjs"_s};
    std::unique_ptr<Program> m_program;

    void say(const QString &words)
    {
        m_program->say(words);
        QTRY_VERIFY_WITH_TIMEOUT(!m_program->chat()->isStreaming(), longWait);
        m_program->window.transcript()->showChanges();
    }
    //! What a screen reader has of a message.
    QString read(int row) const
    {
        QAccessibleInterface *list = QAccessible::queryAccessibleInterface(m_program->window.transcript());
        return namesBelow(list->child(row)).join(u'\n');
    }
    static QStringList namesBelow(QAccessibleInterface *parent)
    {
        QStringList names;
        for (int i = 0; parent && i < parent->childCount(); ++i) {
            QAccessibleInterface *one = parent->child(i);
            names.append(one->text(QAccessible::Name));
            names.append(one->text(QAccessible::Value));
            names += namesBelow(one);
        }
        return names;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_server.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }
    void init()
    {
        m_program = std::make_unique<Program>(m_folder.path(), QUrl());
        QTRY_VERIFY_WITH_TIMEOUT(m_program->chat() && m_program->chat()->isLoaded(), longWait);
        const Agent agent{.name = u"Rates"_s,
                          .target = UrlTarget{.url = m_server.url().toString() + u"/whole"_s},
                          .protocol = ServerProtocol::A2a};
        const AgentId id = m_program->workspace.agents()->save(agent)->id;
        m_program->window.navigation()->openAgent(id);
        QTRY_VERIFY_WITH_TIMEOUT(m_program->chat() && m_program->chat()->agent().id == id, longWait);
    }
    void cleanup() { m_program.reset(); }

    void tellsHowTheTaskStands()
    {
        say(u"ask"_s);
        QVERIFY2(read(1).contains(u"Task waits for your answer"_s), qPrintable(read(1)));
        say(u"euro"_s);
        // It is answered, and what came of it stands below.
        QVERIFY2(!read(1).contains(u"Task waits"_s), qPrintable(read(1)));
        QVERIFY2(read(3).contains(u"Task completed"_s), qPrintable(read(3)));
    }

    void tellsThatATaskGoesOnUntilItEnds()
    {
        m_program->say(u"later"_s);
        QTRY_VERIFY_WITH_TIMEOUT(read(1).contains(u"Task at work"_s), longWait);
        QTRY_VERIFY_WITH_TIMEOUT(!m_program->chat()->isStreaming(), longWait);
        m_program->window.transcript()->showChanges();
        QVERIFY2(read(1).contains(u"Task completed"_s), qPrintable(read(1)));
    }
};

QTEST_MAIN(TestA2aWindow)
#include "tst_a2awindow.moc"
