// SPDX-License-Identifier: Apache-2.0
#include "app/window/program.h"

#include "dialogs/agentdialog.h"
#include "signin/senttokenchoice.h"

#include <QLabel>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int longWait = 60'000;

Secret tokenOf(const QByteArray &claims)
{
    return Secret(QByteArray("e30." + claims.toBase64(QByteArray::Base64UrlEncoding) + ".c2ln"));
}

} // namespace

//! What the window says before a call that will be refused.
class TestProofNotice : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_program = std::make_unique<Program>(m_folder->path(), QUrl());
        QTRY_VERIFY_WITH_TIMEOUT(m_program->chat(), 10'000);
    }
    void cleanup() { m_program.reset(); }

    void saysWhatTheAgentWantsAndLeadsThere()
    {
        const Identity keys = *book()->save(Identity{.kind = AwsKeys{.profile = u"dev"_s}});
        Agent agent = runtimeAgent(JwtAuthorizer{.allowedClients = {u"web"_s}});
        agent.identity = keys.id;
        open(agent);
        QVERIFY(notice());
        QCOMPARE(notice()->tone, NoticeTone::Caution);
        QCOMPARE(notice()->text, u"This agent wants a token; you ask it with AWS keys."_s);
        // It stops nobody.
        QVERIFY(m_program->button(u"send"_s));
        m_program->message()->setPlainText(u"still"_s);
        QVERIFY(m_program->button(u"send"_s)->isEnabled());
        m_program->notices.run(u"proof"_s);
        QVERIFY(m_program->window.findChild<AgentDialog *>());
        QVERIFY(!notice());
    }

    void goesOnceItIsMended()
    {
        const Identity keys = *book()->save(Identity{.kind = AwsKeys{.profile = u"dev"_s}});
        Agent agent = runtimeAgent(JwtAuthorizer{});
        agent.identity = keys.id;
        agent = open(agent);
        QVERIFY(notice());
        // The same is not said twice.
        m_program->notices.dismiss(u"proof"_s);
        Q_EMIT book()->stateChanged(keys.id);
        QVERIFY(!notice());
        agent.facts->authorizer.reset();
        QVERIFY(m_program->workspace.agents()->save(agent));
        QVERIFY(!notice());
        m_program->workspace.agents()->setFacts(agent.id, RuntimeFacts{.authorizer = JwtAuthorizer{}});
        QVERIFY(notice());
        // Nothing is known of another endpoint.
        m_program->chat()->setQualifier(u"OTHER"_s);
        QVERIFY(!notice());
        m_program->chat()->setQualifier({});
        QVERIFY(notice());
        m_program->window.navigation()->openAgent(AgentBook::builtInId());
        QVERIFY(!notice());
    }

    void readsWhatAPastedTokenTells()
    {
        Agent agent = runtimeAgent(JwtAuthorizer{.allowedClients = {u"web"_s}});
        agent.auth = AuthMethod::Bearer;
        agent = open(agent);
        QVERIFY(!notice());
        AgentBook *agents = m_program->workspace.agents();
        agents->setToken(agent.id, tokenOf("{\"client_id\":\"app\"}"));
        QTRY_VERIFY_WITH_TIMEOUT(notice(), longWait);
        QCOMPARE(notice()->text, u"This agent takes tokens of client web; you are signed in with app."_s);
        QCOMPARE(notice()->actionText, u"Set the token…"_s);
        agents->setToken(agent.id, tokenOf("{\"client_id\":\"web\",\"exp\":1000}"));
        QTRY_VERIFY_WITH_TIMEOUT(notice() && notice()->text == u"The token for this agent has run out."_s,
                                 longWait);
        agents->setToken(agent.id, tokenOf("{\"client_id\":\"web\"}"));
        QTRY_VERIFY_WITH_TIMEOUT(!notice(), longWait);
        agents->setToken(agent.id, Secret("no JWT"));
        QTRY_VERIFY_WITH_TIMEOUT(!notice(), longWait);
    }

    void tellsWhichTokenIsSentByItself()
    {
        const Identity ann =
            *book()->save(Identity{.kind = CognitoUser{.poolId = u"eu-west-1_x"_s, .clientId = u"app"_s}});
        Agent agent = runtimeAgent(JwtAuthorizer{.allowedAudience = {u"app"_s}});
        agent.identity = ann.id;
        agent.extraHeaders = {HttpHeader{"X-Team", "a"}};
        agent = open(agent);
        AgentDialog dialog(&m_program->theme, &m_program->workspace, agent);
        auto *choice = dialog.findChild<SentTokenChoice *>(u"sentToken"_s);
        QCOMPARE(choice->chosen(), SentToken::Automatic);
        QCOMPARE(choice->currentText(), u"Automatic (ID token)"_s);
        auto *help = dialog.findChild<QLabel *>(u"headersHelp"_s);
        QCOMPARE(help->text(), u"The runtime does not pass this on to the agent: X-Team."_s);
        agent.facts->headerAllowlist = {u"X-Team"_s};
        agent.facts->authorizer->allowedClients = {u"app"_s};
        AgentDialog again(&m_program->theme, &m_program->workspace, agent);
        QCOMPARE(again.findChild<SentTokenChoice *>(u"sentToken"_s)->currentText(),
                 u"Automatic (access token)"_s);
        QVERIFY(!again.findChild<QLabel *>(u"headersHelp"_s)->text().contains("X-Team"_L1));
        choice = again.findChild<SentTokenChoice *>(u"sentToken"_s);
        choice->choose(SentToken::Id);
        again.findChild<QPushButton *>(u"save"_s)->click();
        QCOMPARE(m_program->workspace.agents()->find(agent.id)->sentToken, SentToken::Id);
        QTRY_VERIFY(m_program->button(u"identity"_s)->toolTip().endsWith("gets the ID token"_L1));
    }

private:
    static Agent runtimeAgent(const JwtAuthorizer &rules)
    {
        Agent agent;
        agent.name = u"Orders"_s;
        agent.target = RuntimeTarget{
            .arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/orders-AbCdEf1234"_s};
        agent.auth = AuthMethod::Identity;
        agent.facts = RuntimeFacts{.version = u"1"_s, .authorizer = rules};
        return agent;
    }
    Agent open(const Agent &agent)
    {
        const Agent saved = *m_program->workspace.agents()->save(agent);
        m_program->window.navigation()->openAgent(saved.id);
        return saved;
    }
    IdentityBook *book() const { return m_program->workspace.identities(); }
    const Notice *notice() const { return m_program->notices.find(u"proof"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;
};

QTEST_MAIN(TestProofNotice)
#include "tst_proofnotice.moc"
