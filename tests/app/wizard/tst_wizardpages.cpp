// SPDX-License-Identifier: Apache-2.0
#include "app/wizard/wizardfixture.h"

#include <QScrollArea>
#include <QScrollBar>

using namespace Qt::StringLiterals;
using namespace Parlance;

//! What the pages find out, offer and show.
class TestWizardPages : public WizardFixture
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(startServers()); }
    void init() { begin(); }
    void cleanup() { end(); }

    void prefersWhoTheAgentKnows()
    {
        const auto robot = waited(m_workspace->identities()->saveWithSecret(
            {.name = u"Robot"_s,
             .kind = MachineClient{.issuer = m_provider.url().toString(),
                                   .clientId = u"machine"_s,
                                   .scopes = {u"agents/invoke"_s}}},
            Secret("machine-secret")));
        const auto keys = m_workspace->identities()->save({.kind = AwsKeys{}});
        QVERIFY(robot && keys);
        openAt(u"jwt_agent"_s);
        QTRY_VERIFY_WITH_TIMEOUT(text("finding").contains(m_provider.url().toString()), longWait);
        QVERIFY(child<QComboBox>("signIn")->currentText().startsWith("Robot"_L1));
        goToTest();
        type("testPrompt", u"objects"_s);
        next();
        QTRY_COMPARE_WITH_TIMEOUT(text("testOutcome"), u"The agent answers."_s, longWait);
        next();
        QCOMPARE(child<QLineEdit>("name")->text(), u"jwt_agent"_s);
        next();
        QCOMPARE(added().front().identity, robot->id);
        openAt(u"iam_agent"_s);
        QTRY_COMPARE_WITH_TIMEOUT(text("finding"), u"This agent wants requests signed with AWS keys."_s,
                                  longWait);
        QVERIFY(child<QComboBox>("signIn")->currentText().startsWith("AWS keys"_L1));
    }

    void offersAnIdentityForWhatTheAgentWants()
    {
        openAt(u"jwt_agent"_s);
        QTRY_VERIFY_WITH_TIMEOUT(button("suggestion")->isVisible(), longWait);
        QCOMPARE(child<QComboBox>("signIn")->currentIndex(), 0);
        button("suggestion")->click();
        auto *dialog = m_wizard->findChild<QDialog *>(u"identityDialog"_s);
        QVERIFY(dialog);
        QCOMPARE(dialog->windowTitle(), u"New identity"_s);
        QCOMPARE(dialog->findChild<QLineEdit *>(u"issuer"_s)->text(), m_provider.url().toString());
        QVERIFY(dialog->findChild<QComboBox *>(u"identityKind"_s)->isEnabled());
        dialog->findChild<QLineEdit *>(u"browserClient"_s)->insert(u"desktop"_s);
        dialog->findChild<QPushButton *>(u"saveIdentity"_s)->click();
        QCOMPARE_EQ(m_workspace->identities()->identities().size(), size_t(1));
        QVERIFY(!button("suggestion")->isVisible());
        QCOMPARE_GE(child<QComboBox>("signIn")->currentIndex(), 2);
        // And there it can be signed in, in a dialog over this one.
        QTRY_VERIFY_WITH_TIMEOUT(button("signInNow")->isVisible(), longWait);
        button("signInNow")->click();
        QVERIFY(m_wizard->findChild<QWidget *>(u"signInDialog"_s));
        QVERIFY(added().empty());
    }

    void offersAwsKeys()
    {
        openAt(u"iam_agent"_s);
        QTRY_VERIFY_WITH_TIMEOUT(button("suggestion")->isVisible(), longWait);
        QCOMPARE(button("suggestion")->text(), u"Use AWS keys of the environment"_s);
        QVERIFY(m_workspace->identities()->identities().empty());
        button("suggestion")->setFocus();
        QTest::keyClick(button("suggestion"), Qt::Key_Return);
        QCOMPARE_EQ(m_workspace->identities()->identities().size(), size_t(1));
        QVERIFY(child<QComboBox>("signIn")->currentText().startsWith("AWS keys"_L1));
        goToTest();
        type("testPrompt", u"objects"_s);
        next();
        QTRY_COMPARE_WITH_TIMEOUT(text("testOutcome"), u"The agent answers."_s, longWait);
    }

    void leavesWhatThePersonChose()
    {
        const auto keys = m_workspace->identities()->save({.kind = AwsKeys{}});
        QVERIFY(keys);
        openAt(u"iam_agent"_s);
        child<QComboBox>("signIn")->setCurrentIndex(1);
        QTRY_COMPARE_WITH_TIMEOUT(text("finding"), u"This agent wants requests signed with AWS keys."_s,
                                  longWait);
        QCOMPARE(child<QComboBox>("signIn")->currentIndex(), 1);
        next();
        QCOMPARE(m_wizard->failureText(), u"Paste the token, or choose another way to sign in."_s);
    }

    void showsTheStepAtFaultWithItsCure()
    {
        auto closed = std::make_unique<DemoServer>();
        const QString nowhere = closed->start()->toString();
        closed.reset();
        open();
        type("target", nowhere);
        next();
        goToTest();
        QCOMPARE(button("next")->text(), u"Test"_s);
        next();
        QTRY_COMPARE_WITH_TIMEOUT(button("next")->text(), u"Test again"_s, longWait);
        QVERIFY(child<QLabel>("faultTitle")->isVisible());
        QCOMPARE(text("faultTitle"), u"Nothing answers at this address."_s);
        QVERIFY(!text("faultAdvice").isEmpty());
        QVERIFY(child<QLabel>("checkStep2")->accessibleName().startsWith("Failed: Connect"_L1));
        QVERIFY(child<QLabel>("checkStep3")->accessibleName().startsWith("To do: "_L1));
        button("cure")->click();
        QVERIFY(step().contains(u"Where it runs"_s));
        type("target", m_url.toString());
        goToTest();
        QVERIFY(!child<QLabel>("faultTitle")->isVisible());
        next();
        QTRY_COMPARE_WITH_TIMEOUT(text("testOutcome"), u"The agent answers."_s, longWait);
    }

    void choosesTheSourceByTheArrows()
    {
        open();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backtab);
        QCOMPARE_EQ(QApplication::focusWidget()->objectName(), u"sourceUrl"_s);
        for (const QString &name :
             {u"sourceArn"_s, u"sourceAccount"_s, u"sourceImport"_s, u"sourceBuiltIn"_s}) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
            QCOMPARE_EQ(QApplication::focusWidget()->objectName(), name);
            QVERIFY(m_wizard->findChild<QRadioButton *>(name)->isChecked());
        }
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(step().contains(u"Step 2 of 2"_s));
    }

    void showsTheAccountWhole()
    {
        open();
        child<QRadioButton>("sourceAccount")->click();
        auto *combo = child<QComboBox>("awsIdentity");
        QTRY_VERIFY(combo->height() >= combo->minimumSizeHint().height());
        QCOMPARE_GE(child<QWidget>("runtimes")->visibleRegion().boundingRect().height(), m_theme->px(170));
    }

    void showsPagesWhole()
    {
        DemoServer closed;
        const QString nowhere = closed.start()->toString();
        open();
        const QScrollBar *bar = m_wizard->findChild<QScrollArea *>()->verticalScrollBar();
        type("target", nowhere);
        for (const char *choice : {"sourceArn", "sourceUrl"}) {
            child<QRadioButton>(choice)->click();
            QCOMPARE_EQ(bar->maximum(), 0);
        }
        next();
        // Words that come later make the page longer, and the dialog with it.
        QTRY_VERIFY_WITH_TIMEOUT(!text("finding").startsWith(u"Asking"_s), longWait);
        child<QLabel>("finding")->setText(text("finding").repeated(12));
        child<QComboBox>("signIn")->setCurrentIndex(1);
        QCOMPARE_EQ(bar->maximum(), 0);
        child<QComboBox>("signIn")->setCurrentIndex(0);
        goToTest();
        QCOMPARE_EQ(bar->maximum(), 0);
    }

    void bringsTheFaultIntoView()
    {
        auto closed = std::make_unique<DemoServer>();
        const QString nowhere = closed->start()->toString();
        closed.reset();
        m_theme->setTextSize(300);
        open();
        type("target", nowhere);
        next();
        goToTest();
        next();
        QTRY_COMPARE_WITH_TIMEOUT(button("next")->text(), u"Test again"_s, longWait);
        QVERIFY(m_wizard->findChild<QScrollArea *>()->verticalScrollBar()->maximum() > 0);
        QTRY_VERIFY(!child<QLabel>("faultTitle")->visibleRegion().isEmpty());
        QVERIFY(child<QLineEdit>("testPrompt")->visibleRegion().isEmpty());
    }

    void leadsToTheIdentityThatIsWanted()
    {
        const auto keys = m_workspace->identities()->save({.kind = AwsKeys{}});
        openAt(u"jwt_agent"_s);
        auto *choice = child<QComboBox>("signIn");
        choice->setCurrentIndex(2);
        goToTest();
        next();
        QTRY_VERIFY_WITH_TIMEOUT(child<QLabel>("faultTitle")->isVisible(), longWait);
        QCOMPARE(text("faultTitle"), u"This agent wants another way of signing in."_s);
        button("cure")->click();
        QVERIFY(step().contains(u"Who you are"_s));
        QVERIFY(choice->hasFocus());
    }

    void testsWithATokenThatIsNotKept()
    {
        openAt(u"jwt_agent"_s);
        child<QComboBox>("signIn")->setCurrentIndex(1);
        type("token", u"not-a-jwt"_s);
        goToTest();
        next();
        QTRY_VERIFY_WITH_TIMEOUT(child<QLabel>("faultTitle")->isVisible(), longWait);
        QCOMPARE(text("faultTitle"), u"The token is not one the service can read."_s);
        QVERIFY(child<QLabel>("checkStep2")->text().contains(u"pasted"_s));
        QVERIFY(m_secrets->kept.empty());
        QVERIFY(added().empty());
        button("cure")->click();
        QVERIFY(step().contains(u"Who you are"_s));
    }

    void skipsAndStopsTheTest()
    {
        DemoServer silent(
            [](const DemoRequest &) { return DemoScript{.sendsHead = false, .end = DemoEnd::Stall}; });
        open();
        type("target", silent.start()->toString());
        next();
        goToTest();
        QVERIFY(button("skip")->isVisible());
        next();
        QTRY_COMPARE_WITH_TIMEOUT(button("next")->text(), u"Stop"_s, longWait);
        QVERIFY(!button("skip")->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(child<QLabel>("checkStep4")->accessibleName().startsWith("Under way"_L1),
                                 longWait);
        next();
        QCOMPARE(text("testOutcome"), u"Stopped."_s);
        QVERIFY(child<QLabel>("checkStep4")->accessibleName().startsWith("Stopped"_L1));
        QCOMPARE(button("next")->text(), u"Test again"_s);
        button("skip")->click();
        QVERIFY(step().endsWith(u"Name and colour"_s));
    }

    void showsWhatWouldBeSent()
    {
        open();
        type("target", m_url.toString());
        next();
        next();
        auto *shape = child<QComboBox>("shape");
        const auto sent = [this] {
            return QString(child<QPlainTextEdit>("preview")->toPlainText())
                .remove(QRegularExpression(u"\\s"_s));
        };
        QCOMPARE(sent(), u"{\"prompt\":\"Hello\"}"_s);
        shape->setFocus();
        QTest::keyClick(shape, Qt::Key_Down);
        QCOMPARE(sent(), u"{\"input\":{\"prompt\":\"Hello\"}}"_s);
        QTest::keyClick(shape, Qt::Key_Down);
        QTest::keyClick(shape, Qt::Key_Down);
        QCOMPARE(sent(), u"{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"_s);
        QTest::keyClick(shape, Qt::Key_Down);
        QVERIFY(sent().contains(u"\"forwardedProps\":{}"_s));
        auto *payload = child<QPlainTextEdit>("template");
        payload->setPlainText(u"{\"mine\": ${prompt}}"_s);
        QCOMPARE(shape->currentText(), u"Its own"_s);
        QCOMPARE(sent(), u"{\"mine\":\"Hello\"}"_s);
        payload->setPlainText(u"{oops"_s);
        next();
        QVERIFY(!m_wizard->failureText().isEmpty());
        QVERIFY(step().endsWith(u"Request shape"_s));
    }

    void sendsAnAgUiAgentWhatItsProtocolWants()
    {
        open();
        type("target", m_url.toString());
        next();
        next();
        const auto labels = QAccessible::queryAccessibleInterface(child<QComboBox>("protocol"))
                                ->relations(QAccessible::Label);
        QVERIFY(!labels.isEmpty());
        QCOMPARE(labels.constFirst().first->text(QAccessible::Name), u"Protocol"_s);
        auto *shape = child<QComboBox>("shape");
        choose("protocol", u"AG-UI"_s);
        QCOMPARE(shape->currentText(), u"AG-UI (RunAgentInput)"_s);
        QVERIFY(!text("protocolHelp").isEmpty());
        next();
        button("skip")->click();
        next();
        QCOMPARE(added().front().protocol, ServerProtocol::AgUi);
        // With a template of its own it would be told nothing of what was said before.
        QCOMPARE(added().front().payloadTemplate, QString());
    }

    void leavesATemplateOfOnesOwnAlone()
    {
        open();
        type("target", m_url.toString());
        next();
        next();
        child<QPlainTextEdit>("template")->setPlainText(u"{\"mine\": ${prompt}}"_s);
        choose("protocol", u"AG-UI"_s);
        next();
        button("skip")->click();
        next();
        QCOMPARE(added().front().payloadTemplate, u"{\"mine\": ${prompt}}"_s);
    }

    void hasNoShapeToChooseForA2a()
    {
        open();
        type("target", m_url.toString());
        next();
        next();
        QVERIFY(child<QComboBox>("shape")->isVisible() && child<QComboBox>("transport")->isVisible());
        choose("protocol", u"A2A"_s);
        QVERIFY(!child<QComboBox>("shape")->isVisible() && !child<QComboBox>("transport")->isVisible());
        QVERIFY(text("protocolHelp").contains(u"card"_s));
        next();
        button("skip")->click();
        next();
        QCOMPARE(added().front().protocol, ServerProtocol::A2a);
    }

    void testsAServerByItsTools()
    {
        NodeServer tools(u"mcp.mjs"_s);
        const QString problem = tools.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        open();
        type("target", tools.url().toString());
        next();
        next();
        choose("protocol", u"MCP"_s);
        next();
        QVERIFY(!child<QLineEdit>("testPrompt")->isVisible());
        QVERIFY(child<QLabel>("toolsNote")->isVisible());
        next();
        QTRY_COMPARE_WITH_TIMEOUT(text("testOutcome"), u"The agent answers."_s, longWait);
    }

    void keepsWhatTheAgentIsTalkedToOver()
    {
        open();
        type("target", m_url.toString());
        next();
        next();
        auto *transport = child<QComboBox>("transport");
        auto *whileAnswering = child<QComboBox>("whileAnswering");
        QCOMPARE(transport->currentIndex(), 0);
        QVERIFY(!whileAnswering->isVisible());
        transport->setCurrentIndex(1);
        QVERIFY(whileAnswering->isVisible());
        whileAnswering->setCurrentIndex(1);
        next();
        button("skip")->click();
        next();
        QCOMPARE(added().front().transport, AgentTransport::WebSocket);
        QCOMPARE(added().front().socket.whileAnswering, WhileAnswering::Add);
    }

    void splitsAnEndpointsArn()
    {
        openAt(u"iam_agent"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!text("finding").startsWith(u"Asking"_s), longWait);
        button("back")->click();
        type("target",
             u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/iam_agent-AbCdEf1234/"
             u"runtime-endpoint/canary"_s);
        next();
        next();
        QVERIFY(step().contains(u"Step 3 of 6: Endpoint"_s));
        QCOMPARE(child<QLineEdit>("qualifier")->text(), u"canary"_s);
        QTRY_VERIFY_WITH_TIMEOUT(text("endpointNote").contains(u"could not be found out"_s), longWait);
        next();
        button("next")->click();
        button("skip")->click();
        QCOMPARE(child<QLineEdit>("name")->text(), u"iam_agent"_s);
        next();
        QCOMPARE(added().front().qualifier, u"canary"_s);
        QVERIFY(std::get<RuntimeTarget>(added().front().target).arn.endsWith(u"iam_agent-AbCdEf1234"_s));
    }
};

QTEST_MAIN(TestWizardPages)
#include "tst_wizardpages.moc"
