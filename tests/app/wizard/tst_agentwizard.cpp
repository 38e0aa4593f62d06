// SPDX-License-Identifier: Apache-2.0
#include "app/wizard/wizardfixture.h"

using namespace Qt::StringLiterals;
using namespace Parlance;

//! Adding an agent page by page: the way through, what is kept and when.
class TestAgentWizard : public WizardFixture
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(startServers()); }
    void init() { begin(); }
    void cleanup() { end(); }

    void addsAServerByKeyboardAlone()
    {
        open();
        QSignalSpy spy(m_wizard.get(), &AgentWizard::added);
        const auto press = [](Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); };
        QCOMPARE(step(), u"New agent, Step 1 of 6: Where it runs"_s);
        QTest::keyClicks(QApplication::focusWidget(), m_url.toString());
        press(Qt::Key_Return);
        QCOMPARE(step(), u"New agent, Step 2 of 5: Who you are"_s);
        QTRY_COMPARE_WITH_TIMEOUT(text("finding"), u"This agent asks for no sign-in."_s, longWait);
        press(Qt::Key_Return);
        QCOMPARE(step(), u"New agent, Step 3 of 5: Request shape"_s);
        press(Qt::Key_Return);
        QCOMPARE(step(), u"New agent, Step 4 of 5: Test the connection"_s);
        press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(text("testOutcome"), u"The agent answers."_s, longWait);
        press(Qt::Key_Return);
        QCOMPARE(step(), u"New agent, Step 5 of 5: Name and colour"_s);
        QTest::keyClicks(QApplication::focusWidget(), u"Mine"_s);
        QVERIFY(added().empty());
        press(Qt::Key_Return);
        QCOMPARE_EQ(spy.count(), 1);
        QVERIFY(!m_wizard->isVisible());
        QCOMPARE_EQ(added().size(), size_t(1));
        QCOMPARE(added().front().name, u"Mine"_s);
        QCOMPARE_EQ(std::get<UrlTarget>(added().front().target).url, m_url.toString());
        QCOMPARE(spy.first().first().value<AgentId>(), added().front().id);
    }

    void namesEveryControl()
    {
        open();
        int controls = 0;
        for (const QWidget *widget : m_wizard->findChildren<QWidget *>()) {
            const bool takesKeys = widget->focusPolicy() & Qt::TabFocus;
            const bool isPart = widget->inherits("QComboBoxListView");
            if (!takesKeys || isPart || widget->objectName().startsWith("qt_"_L1))
                continue;
            const QAccessibleInterface *face =
                QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
            // The texts of these come with the page.
            if (widget->objectName() == u"suggestion"_s || widget->objectName() == u"skip"_s)
                continue;
            QVERIFY2(face && !face->text(QAccessible::Name).isEmpty(),
                     qPrintable(QString(widget->objectName() % u' '
                                        % QLatin1StringView(widget->metaObject()->className()))));
            ++controls;
        }
        QCOMPARE_GE(controls, 25);
    }

    void keepsWhatWasFilledInBackAndForth()
    {
        open();
        type("target", m_url.toString());
        next();
        child<QComboBox>("signIn")->setCurrentIndex(1);
        type("token", u"canary-token"_s);
        next();
        child<QPlainTextEdit>("template")->setPlainText(u"{\"q\": ${prompt}}"_s);
        next();
        type("testPrompt", u"What is the time?"_s);
        button("skip")->click();
        type("name", u"Mine"_s);
        child<QCheckBox>("isProduction")->setChecked(true);
        for (int i = 0; i < 4; ++i)
            button("back")->click();
        QVERIFY(step().contains(u"Where it runs"_s));
        QVERIFY(!button("back")->isVisible());
        QCOMPARE(child<QLineEdit>("target")->text(), m_url.toString());
        next();
        QCOMPARE(child<QComboBox>("signIn")->currentIndex(), 1);
        next();
        QCOMPARE(child<QPlainTextEdit>("template")->toPlainText(), u"{\"q\": ${prompt}}"_s);
        next();
        QCOMPARE(child<QLineEdit>("testPrompt")->text(), u"What is the time?"_s);
        button("skip")->click();
        QCOMPARE(child<QLineEdit>("name")->text(), u"Mine"_s);
        next();
        QTRY_COMPARE_EQ(added().size(), size_t(1));
        QCOMPARE(added().front().payloadTemplate, u"{\"q\": ${prompt}}"_s);
        QVERIFY(added().front().isProduction);
        QTRY_COMPARE_EQ(m_secrets->kept.begin()->second.reveal(), "canary-token"_ba);
    }

    void keepsTheTokenAtTheEnd()
    {
        m_secrets->written = SecretDurability::SessionOnly;
        openAt(u"jwt_agent"_s);
        child<QComboBox>("signIn")->setCurrentIndex(1);
        type("token", u"  Bearer canary-token "_s);
        goToTest();
        button("skip")->click();
        QVERIFY(m_secrets->kept.empty());
        next();
        QTRY_VERIFY(!m_wizard->isVisible());
        QCOMPARE_EQ(m_secrets->kept.at(AgentBook::tokenKey(added().front().id)).reveal(), "canary-token"_ba);
        QVERIFY(m_notices->find(u"tokenForSession"_s));
    }

    void staysOpenWhileTheKeychainRefuses()
    {
        m_secrets->writeError =
            Error{.kind = ErrorKind::KeychainLocked, .message = u"The keychain is locked."_s};
        open();
        QSignalSpy spy(m_wizard.get(), &AgentWizard::added);
        type("target", m_url.toString());
        next();
        child<QComboBox>("signIn")->setCurrentIndex(1);
        type("token", u"canary-token"_s);
        goToTest();
        button("skip")->click();
        next();
        QTRY_COMPARE_EQ(m_wizard->failureText(), u"The keychain is locked."_s);
        QVERIFY(m_wizard->isVisible());
        m_secrets->writeError.reset();
        next();
        QTRY_VERIFY(!m_wizard->isVisible());
        QCOMPARE_EQ(added().size(), size_t(1));
        QCOMPARE_EQ(m_secrets->kept.size(), size_t(1));
        QCOMPARE_EQ(spy.count(), 1);
    }

    void asksBeforeItForgets()
    {
        open();
        QTest::keyClick(m_wizard.get(), Qt::Key_Escape);
        QVERIFY(!m_wizard->isVisible());
        QVERIFY(m_notices->asked.isEmpty());
        open();
        next();
        QCOMPARE(m_wizard->failureText(), u"Give the server’s URL."_s);
        type("target", u"http://localhost:1"_s);
        QTest::keyClick(m_wizard.get(), Qt::Key_Escape);
        QCOMPARE_EQ(m_notices->asked.size(), 1);
        QVERIFY(m_wizard->isVisible());
        m_notices->saysYes = true;
        QTest::keyClick(m_wizard.get(), Qt::Key_Escape);
        QVERIFY(!m_wizard->isVisible());
        QVERIFY(added().empty());
    }

    void opensTheBuiltInAgent()
    {
        open();
        QSignalSpy spy(m_wizard.get(), &AgentWizard::added);
        child<QRadioButton>("sourceBuiltIn")->click();
        next();
        QCOMPARE(step(), u"New agent, Step 2 of 2: Test the connection"_s);
        next();
        QTRY_COMPARE_WITH_TIMEOUT(button("next")->text(), u"Open"_s, longWait);
        next();
        QCOMPARE(spy.first().first().value<AgentId>(), AgentBook::builtInId());
        QVERIFY(added().empty());
    }

    void addsSeveralOfAProject()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(u".bedrock_agentcore.yaml"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (const char *name : {"one", "two"}) {
            if (file.pos() == 0)
                file.write("agents:\n");
            file.write(QByteArray("  ") + name + ":\n    name: " + name
                       + "\n    bedrock_agentcore: {agent_arn: "
                         "'arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/"
                       + name + "-AbCdEf1234'}\n");
        }
        file.close();
        open();
        QSignalSpy spy(m_wizard.get(), &AgentWizard::added);
        child<QRadioButton>("sourceImport")->click();
        next();
        QVERIFY(!m_wizard->failureText().isEmpty());
        auto *panel = m_wizard->findChild<ImportPanel *>();
        QVERIFY(panel->isVisible());
        panel->read(file.fileName());
        QTRY_COMPARE_WITH_TIMEOUT(panel->findChildren<QCheckBox *>().size(), 2, longWait);
        for (QCheckBox *tick : panel->findChildren<QCheckBox *>())
            tick->setChecked(true);
        QCOMPARE(button("next")->text(), u"Add 2 agents"_s);
        next();
        QCOMPARE_EQ(added().size(), size_t(2));
        QCOMPARE(spy.first().first().value<AgentId>(), added().front().id);
    }

    void goesOnWithOneOfAProject()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(u".bedrock_agentcore.yaml"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("agents:\n  mine:\n    name: mine\n    bedrock_agentcore: {agent_arn: "
                   "'arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/mine-AbCdEf1234'}\n");
        file.close();
        // What the probe would meet is not under test.
        qputenv("AWS_ENDPOINT_URL_BEDROCK_AGENTCORE", m_gate.url().toEncoded());
        open();
        child<QRadioButton>("sourceImport")->click();
        auto *panel = m_wizard->findChild<ImportPanel *>();
        panel->read(file.fileName());
        QTRY_COMPARE_WITH_TIMEOUT(panel->findChildren<QCheckBox *>().size(), 1, longWait);
        panel->findChildren<QCheckBox *>().front()->setChecked(true);
        QCOMPARE(button("next")->text(), u"Next"_s);
        next();
        QVERIFY(step().endsWith(u"Step 2 of 6: Who you are"_s));
        goToTest();
        button("skip")->click();
        QCOMPARE(child<QLineEdit>("name")->text(), u"mine"_s);
        QVERIFY(added().empty());
        next();
        QCOMPARE(std::get<RuntimeTarget>(added().front().target).arn,
                 u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/mine-AbCdEf1234"_s);
        qunsetenv("AWS_ENDPOINT_URL_BEDROCK_AGENTCORE");
    }

    void fitsLargeText()
    {
        m_theme->setTextSize(200);
        open();
        type("target", m_url.toString());
        const QRect screen = m_wizard->screen()->availableGeometry();
        for (int page = 0; page < 5; ++page) {
            QVERIFY2(m_wizard->height() <= screen.height(), qPrintable(step()));
            QVERIFY2(m_wizard->width() <= screen.width(), qPrintable(step()));
            const QRect buttons(button("next")->mapTo(m_wizard.get(), QPoint()), button("next")->size());
            QVERIFY2(m_wizard->rect().contains(buttons), qPrintable(step()));
            if (button("skip")->isVisible())
                button("skip")->click();
            else if (page < 4)
                next();
        }
        QVERIFY(step().endsWith(u"Name and colour"_s));
    }
};

QTEST_MAIN(TestAgentWizard)
#include "tst_agentwizard.moc"
