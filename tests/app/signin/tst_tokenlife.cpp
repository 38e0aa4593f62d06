// SPDX-License-Identifier: Apache-2.0
#include "app/signin/poolfixture.h"

#include "transcript/transcriptview.h"
#include "window/actions.h"

#include <QAction>

using namespace Qt::StringLiterals;
using namespace Parlance;

//! A token's whole life in the window: got by a sign-in with a code, sent, renewed before it runs out and
//! once it was refused, not renewed any more, got again, revoked.
class TestTokenLife : public PoolFixture
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        start();
        addAgent();
    }
    void cleanup() { m_program.reset(); }

    void goesOnThroughAConversation()
    {
        signIn();
        ask(1);
        QCOMPARE_EQ(calls(u"GetTokensFromRefreshToken"_s), 0);

        // The service says that the token has run out: it is renewed, and the agent is asked once.
        tell(*m_gate, u"/test/expire"_s);
        tell(*m_pool, u"/test/life/290"_s);
        ask(2);
        QCOMPARE(tell(*m_gate, u"/test/refusals"_s), "1"_ba);
        QCOMPARE(tell(*m_gate, u"/test/invocations"_s), "2"_ba);
        QCOMPARE_EQ(calls(u"GetTokensFromRefreshToken"_s), 1);
        QTRY_COMPARE(chipTime(), u"4 min"_s);

        // That one is within five minutes of its end: it is renewed before anybody refuses it.
        tell(*m_pool, u"/test/life/3600"_s);
        ask(3);
        QCOMPARE(tell(*m_gate, u"/test/refusals"_s), "1"_ba);
        QCOMPARE_EQ(calls(u"GetTokensFromRefreshToken"_s), 2);
        QTRY_COMPARE(chipTime(), u"59 min"_s);
        ask(4);
        QCOMPARE_EQ(calls(u"GetTokensFromRefreshToken"_s), 2);
        QVERIFY(m_program->notices.current().isEmpty());
    }

    void endsAndBeginsAgainWhereItWas()
    {
        signIn();
        ask(1);
        tell(*m_pool, u"/test/forget"_s);
        tell(*m_gate, u"/test/expire"_s);
        m_program->say(u"objects"_s);
        m_program->message()->setPlainText(u"a draft"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_program->chat()->messages()->count() == 4
                                     && m_program->last().state == MessageState::Failed,
                                 longWait);
        const QString key = u"identity-"_s + identity().id.value();
        const Notice *banner = m_program->notices.find(key);
        QVERIFY(banner);
        QCOMPARE(banner->actionText, u"Sign in…"_s);
        QVERIFY(banner->text.startsWith("The sign-in of"_L1));
        QCOMPARE_EQ(m_program->notices.current().size(), 1);
        QCOMPARE(m_program->message()->toPlainText(), u"a draft"_s);

        const MessageId failed = m_program->last().id;
        m_program->notices.run(key);
        walkThroughSignIn();
        QVERIFY(m_program->notices.current().isEmpty());
        // Nothing was sent by itself.
        QCOMPARE(tell(*m_gate, u"/test/invocations"_s), "1"_ba);
        QCOMPARE_EQ(m_program->chat()->messages()->count(), 4);
        QCOMPARE(m_program->message()->toPlainText(), u"a draft"_s);
        Q_EMIT m_program->window.transcript()->retryRequested(failed);
        QTRY_VERIFY_WITH_TIMEOUT(m_program->last().state == MessageState::Complete, longWait);
        QCOMPARE(m_program->last().text(), u"The sky is blue."_s);
        QCOMPARE(m_program->chat()->messages()->at(2).text(), u"objects"_s);
        QCOMPARE(tell(*m_gate, u"/test/invocations"_s), "2"_ba);
        QCOMPARE(m_program->message()->toPlainText(), u"a draft"_s);
    }

    void isRevokedAndForgotten()
    {
        signIn();
        ask(1);
        for (const QString &name : {u"/access"_s, u"/id"_s, u"/refresh"_s})
            QVERIFY(isKept(name));
        auto *chip = m_program->button(u"identity"_s);
        chip->click();
        const auto *menu = chip->findChild<QMenu *>(u"identityMenu"_s);
        QVERIFY(menu);
        for (QAction *action : menu->actions()) {
            if (action->text() == u"Sign out"_s)
                action->trigger();
        }
        QTRY_COMPARE_WITH_TIMEOUT(book()->state(identity().id).kind, IdentityState::Kind::SignedOut,
                                  longWait);
        QTRY_COMPARE_WITH_TIMEOUT(calls(u"RevokeToken"_s), 1, longWait);
        for (const QString &name : {u"/access"_s, u"/id"_s, u"/refresh"_s})
            QVERIFY(!isKept(name));
        QTRY_VERIFY(m_program->notices.find(u"identity"_s));
        QCOMPARE(m_program->notices.find(u"identity"_s)->text, u"Signed out."_s);
        m_program->say(u"objects"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_program->last().state, MessageState::Failed, longWait);
        QCOMPARE(tell(*m_gate, u"/test/invocations"_s), "1"_ba);
    }

private:
    void addAgent()
    {
        const auto ann = book()->save(Identity{.name = u"Ann"_s,
                                               .kind = CognitoUser{.poolId = poolId,
                                                                   .clientId = u"public"_s,
                                                                   .userName = u"choose@example.com"_s,
                                                                   .serviceUrl = m_pool->url().toString()}});
        QVERIFY(ann);
        Agent agent;
        agent.name = u"Orders"_s;
        agent.target = RuntimeTarget{.arn = arn, .endpointOverride = m_gate->url().toString()};
        agent.auth = AuthMethod::Identity;
        agent.identity = identity().id;
        agent.facts =
            RuntimeFacts{.version = u"1"_s, .authorizer = JwtAuthorizer{.allowedClients = {u"public"_s}}};
        const auto saved = m_program->workspace.agents()->save(agent);
        QVERIFY(saved);
        m_program->window.navigation()->openAgent(saved->id);
    }

    void signIn()
    {
        m_program->window.actionList()->signIn->trigger();
        walkThroughSignIn();
    }
};

QTEST_MAIN(TestTokenLife)
#include "tst_tokenlife.moc"
