// SPDX-License-Identifier: Apache-2.0
#include "app/signin/poolfixture.h"

#include "window/actions.h"

#include <QAction>
#include <QComboBox>

using namespace Qt::StringLiterals;
using namespace Parlance;

//! The whole way in one window: the wizard with a new identity, its sign-in with a code, the test, the first
//! answer, a token that runs out in the middle of the conversation, its renewal, sign-out.
class TestWholeWay : public PoolFixture
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { start(); }
    void cleanupTestCase() { m_program.reset(); }

    void addsAnAgentAndSignsInOnTheWay()
    {
        m_program->window.actionList()->newAgent->trigger();
        m_wizard = m_program->window.findChild<QDialog *>(u"agentWizard"_s);
        QVERIFY(m_wizard);
        fill(m_wizard, u"target"_s, arn);
        fill(m_wizard, u"endpoint"_s, m_gate->url().toString());
        next()->click();

        auto *choice = m_wizard->findChild<QComboBox *>(u"signIn"_s);
        choice->setCurrentIndex(choice->count() - 1);
        auto *editor = m_program->window.findChild<QDialog *>(u"identityDialog"_s);
        QVERIFY(editor);
        fill(editor, u"pool"_s, poolId);
        fill(editor, u"poolClient"_s, u"public"_s);
        fill(editor, u"poolUser"_s, u"choose@example.com"_s);
        fill(editor, u"serviceUrl"_s, m_pool->url().toString());
        editor->findChild<QPushButton *>(u"saveIdentity"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(!book()->identities().empty(), longWait);
        auto *signIn = m_wizard->findChild<QPushButton *>(u"signInNow"_s);
        QTRY_VERIFY(signIn->isVisible());
        signIn->click();
        walkThroughSignIn();
        QTRY_VERIFY(!signIn->isVisible());
    }

    void testsTheAgentAndKeepsIt()
    {
        // Endpoint, shape, test.
        for (int page = 0; page < 3; ++page)
            next()->click();
        QVERIFY2(m_wizard->accessibleName().endsWith(u"Test the connection"_s),
                 qPrintable(m_wizard->accessibleName()));
        fill(m_wizard, u"testPrompt"_s, u"objects"_s);
        next()->click();
        QTRY_COMPARE_WITH_TIMEOUT(next()->text(), u"Next"_s, longWait);
        QCOMPARE(tell(*m_gate, u"/test/invocations"_s), "1"_ba);
        next()->click();
        fill(m_wizard, u"name"_s, u"Orders"_s);
        next()->click();
        QTRY_VERIFY(!m_program->window.findChild<QDialog *>(u"agentWizard"_s));
        QCOMPARE(m_program->chat()->agent().name, u"Orders"_s);
    }

    void answersAlsoOnceTheTokenHasRunOut()
    {
        ask(1);
        QCOMPARE_EQ(calls(u"GetTokensFromRefreshToken"_s), 0);
        tell(*m_gate, u"/test/expire"_s);
        ask(2);
        QCOMPARE_EQ(calls(u"GetTokensFromRefreshToken"_s), 1);
        QCOMPARE(tell(*m_gate, u"/test/refusals"_s), "1"_ba);
        QVERIFY(m_program->notices.current().isEmpty());
    }

    void signsOut()
    {
        auto *chip = m_program->button(u"identity"_s);
        chip->click();
        const auto *menu = chip->findChild<QMenu *>(u"identityMenu"_s);
        const auto actions = menu->actions();
        const auto signOut = std::ranges::find(actions, u"Sign out"_s, &QAction::text);
        QVERIFY(signOut != actions.end());
        (*signOut)->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(book()->state(identity().id).kind, IdentityState::Kind::SignedOut,
                                  longWait);
        QTRY_COMPARE_WITH_TIMEOUT(calls(u"RevokeToken"_s), 1, longWait);
        QVERIFY(!isKept(u"/access"_s) && !isKept(u"/refresh"_s));
    }

private:
    QPushButton *next() const { return m_wizard->findChild<QPushButton *>(u"next"_s); }
    static void fill(QWidget *dialog, const QString &field, const QString &words)
    {
        auto *edit = dialog->findChild<QLineEdit *>(field);
        QVERIFY2(edit, qPrintable(field));
        edit->clear();
        edit->insert(words);
    }

    QPointer<QDialog> m_wizard;
};

QTEST_MAIN(TestWholeWay)
#include "tst_wholeway.moc"
