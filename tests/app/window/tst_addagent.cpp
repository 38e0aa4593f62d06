// SPDX-License-Identifier: Apache-2.0
#include "app/window/program.h"

#include "demo/demoserver.h"
#include "window/actions.h"

#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QDirIterator>
#include <QLineEdit>
#include <QRadioButton>

using namespace Qt::StringLiterals;
using namespace Parlance;

//! From the menu to the first answer: an agent is added in the wizard, and what is sent to it is read on
//! the other side.
class TestAddAgent : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<DemoServer>([](const DemoRequest &) {
            DemoScript script;
            script.headers.append(HttpHeader{"Content-Type", "text/plain"});
            script.steps = {{.bytes = "Here I am."}};
            return script;
        });
        m_url = *m_server->start();
        m_program = std::make_unique<Program>(m_folder->path(), m_url);
        QTRY_VERIFY_WITH_TIMEOUT(m_program->chat(), 10'000);
    }

    void cleanup() { m_program.reset(); }

    void byUrl()
    {
        // By the keyboard alone, as far as a person would go who wants no more than this.
        QDialog *dialog = open();
        dialog->activateWindow();
        QTRY_COMPARE_EQ(QApplication::activeWindow(), dialog);
        QTest::keyClicks(QApplication::focusWidget(), m_url.toString());
        for (const QString &step : {u"Who you are"_s, u"Request shape"_s, u"Test the connection"_s}) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
            QTRY_VERIFY2(dialog->accessibleName().endsWith(step), qPrintable(dialog->accessibleName()));
        }
        auto *next = dialog->findChild<QPushButton *>(u"next"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(next->text(), u"Next"_s, 20'000);
        QCOMPARE_EQ(m_server->requests().back().body, "{\"prompt\": \"Hello\"}"_ba);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTest::keyClicks(QApplication::focusWidget(), u"Local"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_VERIFY(!m_program->window.findChild<QDialog *>(u"agentWizard"_s));
        QCOMPARE(m_program->chat()->agent().name, u"Local"_s);
        // And on to the first question without a hand on the mouse.
        QCOMPARE_EQ(m_program->window.focusWidget(), m_program->message());
        const DemoRequest request = ask();
        QCOMPARE(request.path, "/invocations"_ba);
        QCOMPARE(request.body, "{\"prompt\": \"are you there?\"}"_ba);
        QVERIFY(request.header("Authorization").isEmpty());
        QVERIFY(request.header("X-Amzn-Bedrock-AgentCore-Runtime-Session-Id").size() >= 33);
    }

    void byArn_data()
    {
        QTest::addColumn<QString>("pasted");
        QTest::addColumn<QString>("qualifier");
        QTest::newRow("runtime") << m_arn << QString();
        QTest::newRow("endpoint") << QString(m_arn % u"/runtime-endpoint/canary"_s) << u"canary"_s;
    }

    void byArn()
    {
        QFETCH(QString, pasted);
        QFETCH(QString, qualifier);
        QDialog *dialog = open();
        auto *target = dialog->findChild<QLineEdit *>(u"target"_s);
        target->setFocus();
        target->insert(pasted);
        QVERIFY(dialog->findChild<QRadioButton *>(u"sourceArn"_s)->isChecked());
        type(dialog, u"endpoint"_s, m_url.toString());
        auto *next = dialog->findChild<QPushButton *>(u"next"_s);
        next->click();
        dialog->findChild<QComboBox *>(u"signIn"_s)->setCurrentIndex(1);
        type(dialog, u"token"_s, QString::fromLatin1("Bearer " + m_token));
        next->click();
        QVERIFY(dialog->accessibleName().endsWith(u"Endpoint"_s));
        QCOMPARE(dialog->findChild<QLineEdit *>(u"qualifier"_s)->text(), qualifier);
        next->click();
        next->click();
        dialog->findChild<QPushButton *>(u"skip"_s)->click();
        QCOMPARE(dialog->findChild<QLineEdit *>(u"name"_s)->text(), u"orders"_s);
        next->click();
        QTRY_VERIFY(!m_program->window.findChild<QDialog *>(u"agentWizard"_s));
        // These secrets live for the session only.
        QVERIFY(m_program->notices.find(u"tokenForSession"_s));

        const Agent agent = m_program->chat()->agent();
        QCOMPARE(std::get<RuntimeTarget>(agent.target).arn, m_arn);
        QCOMPARE(agent.qualifier, qualifier);
        const DemoRequest request = ask();
        const QByteArray path = "/runtimes/" + m_arn.toUtf8().toPercentEncoding() + "/invocations";
        QCOMPARE(request.path.split('?').first(), path);
        if (!qualifier.isEmpty())
            QVERIFY(request.path.contains(QByteArray("qualifier=" + qualifier.toUtf8())));
        QCOMPARE(request.header("Authorization"), "Bearer " + m_token);
        QCOMPARE_EQ(m_program->secrets.read(AgentBook::tokenKey(agent.id)).result()->value().reveal(),
                    m_token);

        m_program->window.close();
        m_program.reset();
        QCOMPARE(filesWithToken(), QStringList());
    }

private:
    QDialog *open() const
    {
        m_program->window.actionList()->newAgent->trigger();
        return m_program->window.findChild<QDialog *>(u"agentWizard"_s);
    }

    static void type(QWidget *dialog, const QString &field, const QString &words)
    {
        auto *edit = dialog->findChild<QLineEdit *>(field);
        edit->setFocus();
        QTest::keyClicks(edit, words);
    }

    //! Sends a message to the agent that is open and hands out what arrived there.
    DemoRequest ask() const
    {
        m_program->say(u"are you there?"_s);
        const bool isAnswered = QTest::qWaitFor(
            [this] {
                const MessageList *messages = m_program->chat()->messages();
                return messages->count() == 2 && !messages->at(1).isLive();
            },
            20'000);
        const std::vector<DemoRequest> requests = m_server->requests();
        return isAnswered && !requests.empty() ? requests.back() : DemoRequest();
    }

    QStringList filesWithToken() const
    {
        QStringList names;
        QDirIterator files(m_folder->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(m_token))
                names.append(file.fileName());
        }
        return names;
    }

    const QString m_arn = u"arn:aws:bedrock-agentcore:eu-west-1:123456789012:runtime/orders-Ab12Cd34Ef"_s;
    const QByteArray m_token = "canary-4713.add_parrot"_ba;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DemoServer> m_server;
    QUrl m_url;
    std::unique_ptr<Program> m_program;
};

QTEST_MAIN(TestAddAgent)
#include "tst_addagent.moc"
