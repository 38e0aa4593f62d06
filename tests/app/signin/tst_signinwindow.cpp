// SPDX-License-Identifier: Apache-2.0
#include "app/window/program.h"

#include "demo/demoserver.h"
#include "signin/mfadialog.h"
#include "signin/signindialog.h"
#include "support/nodeserver.h"
#include "transcript/transcriptview.h"
#include "window/actions.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QRadioButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int longWait = 60'000;
const QString poolId = u"us-east-1_AbCdEfGhI"_s;

} // namespace

//! The whole way in the window: an agent with a new identity, sign-in with a code, the first answer through
//! a gate that checks the token, sign-out.
class TestSignInWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        start(m_pool);
        m_forgetfulPool.setEnvironment(u"FORGETS"_s, u"1"_s);
        start(m_forgetfulPool);
        m_gate.setEnvironment(u"ISSUER"_s, u"https://cognito-idp.us-east-1.amazonaws.com/"_s + poolId);
        m_gate.setEnvironment(u"JWKS"_s,
                              m_pool.url().toString() % u'/' % poolId % u"/.well-known/jwks.json"_s);
        // Who is asked for where to sign in is on this machine, too.
        m_gate.setEnvironment(u"SIGN_IN_AT"_s, QString(m_pool.url().toString() % u'/' % poolId));
        m_gate.setEnvironment(u"CLIENT"_s, u"public"_s);
        start(m_gate);
        m_builtIn = *m_demo.start();
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_program = std::make_unique<Program>(m_folder->path(), m_builtIn);
        QTRY_VERIFY_WITH_TIMEOUT(m_program->chat(), 10'000);
    }
    void cleanup() { m_program.reset(); }

    void fromANewIdentityToTheFirstAnswerAndOutAgain()
    {
        addAgentWithNewIdentity(m_pool);
        auto *chip = m_program->button(u"identity"_s);
        QVERIFY(chip->isVisible());
        QCOMPARE(chip->accessibleName(), u"Identity"_s);

        m_program->say(u"objects"_s);
        QTRY_VERIFY_WITH_TIMEOUT(hasFailedAnswer(), longWait);
        QVERIFY(spoken(m_program->window.transcript()).join(u'\n').contains("You are not signed in"_L1)
                || said(u"You are not signed in"_s));
        m_program->message()->setPlainText(u"a draft"_s);

        const MessageId failed = m_program->last().id;
        Q_EMIT m_program->window.transcript()->errorActionRequested(failed, ErrorAction::SignIn);
        walkThroughSignIn();
        QTRY_VERIFY(!m_program->window.findChild<SignInDialog *>());
        QCOMPARE(state().kind, IdentityState::Kind::SignedIn);
        QTRY_VERIFY(chip->accessibleDescription().contains(" min"_L1));

        // Signing in sends nothing by itself and leaves what was being written.
        QCOMPARE_EQ(m_program->chat()->messages()->count(), 2);
        QVERIFY(hasFailedAnswer());
        QCOMPARE(m_program->message()->toPlainText(), u"a draft"_s);
        Q_EMIT m_program->window.transcript()->retryRequested(failed);
        QTRY_VERIFY_WITH_TIMEOUT(m_program->last().state == MessageState::Complete, longWait);
        QCOMPARE(m_program->last().text(), u"The sky is blue."_s);

        chip->click();
        auto *menu = chip->findChild<QMenu *>(u"identityMenu"_s);
        QVERIFY(menu);
        QVERIFY(menuAction(menu, u"Client: public"_s));
        menuAction(menu, u"Sign out"_s)->trigger();
        menu->close();
        QTRY_COMPARE_WITH_TIMEOUT(state().kind, IdentityState::Kind::SignedOut, longWait);
        QTRY_VERIFY(chip->accessibleDescription().endsWith("Signed out"_L1));
    }

    void saysWhenASignInHasEnded()
    {
        addAgentWithNewIdentity(m_forgetfulPool);
        m_program->window.actionList()->signIn->trigger();
        walkThroughSignIn();
        QTRY_COMPARE(state().kind, IdentityState::Kind::SignedIn);
        QVERIFY(book()->learnFrom(m_program->chat()->agent(), Error{.kind = ErrorKind::Unauthorized}));
        const QFuture<Result<QString>> renewed = book()->check(identity().id);
        QTRY_COMPARE_WITH_TIMEOUT(state().kind, IdentityState::Kind::Ended, longWait);
        const QString key = u"identity-"_s + identity().id.value();
        QVERIFY(m_program->notices.find(key));
        QCOMPARE(m_program->notices.find(key)->actionText, u"Sign in…"_s);
        m_program->notices.run(key);
        QVERIFY(m_program->window.findChild<SignInDialog *>());
    }

    void asksForTheCodeOfAnMfaDevice()
    {
        Q_EMIT book()->mfaCodeAsked({.profile = u"admin"_s, .serial = u"arn:aws:iam::1:mfa/ann"_s});
        auto *dialog = m_program->window.findChild<QDialog *>(u"mfaDialog"_s);
        QVERIFY(dialog);
        QSignalSpy answered(qobject_cast<MfaDialog *>(dialog), &MfaDialog::answered);
        type(dialog, u"mfaCode"_s, u"123 456"_s);
        QTest::keyClick(dialog, Qt::Key_Return);
        QVERIFY(!dialog->isVisible());
        QCOMPARE_EQ(answered.count(), 1);
        QCOMPARE_EQ(answered.first().first().value<std::optional<QByteArray>>(), std::optional("123456"_ba));
    }

    void saysThatTheClockIsOff()
    {
        Q_EMIT book()->clockCorrected(std::chrono::minutes(-7));
        QVERIFY(m_program->notices.find(u"clock"_s));
        QVERIFY(m_program->notices.find(u"clock"_s)->text.contains("ahead"_L1));
        Q_EMIT book()->clockCorrected(std::chrono::minutes(7));
        QVERIFY(m_program->notices.find(u"clock"_s)->text.contains("behind"_L1));
    }

    void listsIdentitiesAndRemovesOne()
    {
        QVERIFY(book()->save(Identity{.name = u"Ann"_s, .kind = AwsKeys{.profile = u"dev"_s}}));
        m_program->window.actionList()->identities->trigger();
        auto *dialog = m_program->window.findChild<QDialog *>(u"identitiesDialog"_s);
        QVERIFY(dialog);
        QVERIFY(dialog->findChild<QPushButton *>(u"editIdentity"_s)->isEnabled());
        QVERIFY(!dialog->findChild<QPushButton *>(u"signInIdentity"_s)->isEnabled());
        dialog->findChild<QPushButton *>(u"removeIdentity"_s)->click();
        QTRY_VERIFY(m_program->window.findChild<QPushButton *>(u"yes"_s));
        m_program->window.findChild<QPushButton *>(u"yes"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(book()->identities().empty(), longWait);
        QTRY_VERIFY(!dialog->findChild<QPushButton *>(u"editIdentity"_s)->isEnabled());
    }

private:
    static void start(NodeServer &server)
    {
        const QString problem = server.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }
    IdentityBook *book() const { return m_program->workspace.identities(); }
    Identity identity() const
    {
        return book()->identities().empty() ? Identity() : book()->identities().front();
    }
    IdentityState state() const { return book()->state(identity().id); }
    bool hasFailedAnswer() const
    {
        return m_program->chat()->messages()->count() == 2 && m_program->last().state == MessageState::Failed;
    }
    //! The transcript's text as a screen reader has it.
    bool said(const QString &words) const
    {
        QAccessibleInterface *view = QAccessible::queryAccessibleInterface(m_program->window.transcript());
        for (int i = 0; view && i < view->childCount(); ++i) {
            QAccessibleInterface *child = view->child(i);
            if (child && child->textInterface()
                && child->textInterface()->text(0, child->textInterface()->characterCount()).contains(words))
                return true;
        }
        return false;
    }
    static QAction *menuAction(const QMenu *menu, const QString &text)
    {
        for (QAction *action : menu->actions()) {
            if (action->text() == text)
                return action;
        }
        return nullptr;
    }
    static void type(QWidget *dialog, const QString &field, const QString &words)
    {
        const QList<QLineEdit *> edits = dialog->findChildren<QLineEdit *>(field);
        QVERIFY2(!edits.isEmpty(), qPrintable(field));
        edits.last()->clear();
        edits.last()->insert(words);
    }

    void addAgentWithNewIdentity(const NodeServer &pool)
    {
        m_program->window.actionList()->newAgent->trigger();
        auto *dialog = m_program->window.findChild<QDialog *>(u"agentWizard"_s);
        type(dialog, u"target"_s,
             u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/jwt_agent-AbCdEf1234"_s);
        type(dialog, u"endpoint"_s, m_gate.url().toString());
        auto *next = dialog->findChild<QPushButton *>(u"next"_s);
        next->click();
        auto *choice = dialog->findChild<QComboBox *>(u"signIn"_s);
        choice->setCurrentIndex(choice->count() - 1);
        auto *editor = m_program->window.findChild<QDialog *>(u"identityDialog"_s);
        QVERIFY(editor);
        type(editor, u"pool"_s, poolId);
        type(editor, u"poolClient"_s, u"public"_s);
        type(editor, u"poolUser"_s, u"choose@example.com"_s);
        type(editor, u"serviceUrl"_s, pool.url().toString());
        editor->findChild<QPushButton *>(u"saveIdentity"_s)->click();
        QVERIFY(choice->currentText().startsWith("choose@example.com"_L1));
        // Endpoint, shape, test, name.
        for (int page = 0; page < 3; ++page)
            next->click();
        dialog->findChild<QPushButton *>(u"skip"_s)->click();
        type(dialog, u"name"_s, u"Orders"_s);
        next->click();
        QTRY_VERIFY(!m_program->window.findChild<QDialog *>(u"agentWizard"_s));
        QCOMPARE(m_program->chat()->agent().name, u"Orders"_s);
        QCOMPARE(m_program->chat()->agent().identity, identity().id);
    }

    void walkThroughSignIn()
    {
        QTRY_VERIFY(m_program->window.findChild<SignInDialog *>());
        auto *dialog = m_program->window.findChild<SignInDialog *>();
        type(dialog, u"password"_s, u"Correct-Horse-9 é"_s);
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->findChild<QRadioButton *>(u"choice-SMS_MFA"_s), longWait);
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->findChild<QLineEdit *>(u"answer"_s), longWait);
        type(dialog, u"answer"_s, u"123456"_s);
        QTest::keyClick(dialog, Qt::Key_Return);
        // These secrets live for the session only, which must be read.
        QTRY_COMPARE_WITH_TIMEOUT(dialog->findChild<QPushButton *>(u"submit"_s)->text(), u"Done"_s, longWait);
        QTest::keyClick(dialog, Qt::Key_Return);
    }

    NodeServer m_pool{u"userpool.mjs"_s};
    NodeServer m_forgetfulPool{u"userpool.mjs"_s};
    NodeServer m_gate{u"gate.mjs"_s};
    DemoServer m_demo;
    QUrl m_builtIn;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;
};

QTEST_MAIN(TestSignInWindow)
#include "tst_signinwindow.moc"
