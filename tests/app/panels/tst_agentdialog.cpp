// SPDX-License-Identifier: Apache-2.0
#include "dialogs/agentdialog.h"

#include "chat/agui.h"
#include "chat/workspace.h"
#include "dialogs/tokendialog.h"
#include "app/panels/tunedsecrets.h"

#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

class AgentDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void everyFieldIsNamedLikeItsLabel();
    void saysThatTheUsualShapeOfAgUiIsNoTemplate();
    void addsAnAgentWithEverythingThatWasTyped();
    void changesAnAgentAndKeepsItsId();
    void asksForAName();
    void followsWhatIsPastedToItsKind();
    void colourIsChosenWithTheKeyboard();
    void keepsTheTokenInTheKeychainAndNowhereElse();
    void neverShowsAKeptToken();
    void forgetsAToken();
    void saysWhenTheTokenLivesForThisSessionOnly();
    void saysWhyATokenCouldNotBeKept();
    void offersOnlyLooksOfTheBuiltInAgent();
    void keepsHowAnAgentIsTalkedToOverAWebSocket();
    void choosesWhatTheAgentSpeaks();
    void tellsHowLongAPresignedAddressIsGood();
    void tokenDialogKeepsAndReplaces();
    void tokenDialogRefusesAnEmptyToken();

private:
    template <typename T> static T *child(QWidget &dialog, const char *name)
    {
        return dialog.findChild<T *>(QLatin1StringView(name));
    }
    Agent storedAgent(AuthMethod auth)
    {
        return *m_workspace->agents()->save(
            {.name = u"Orders"_s, .target = UrlTarget{u"http://localhost:8080"_s}, .auth = auth});
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<TunedSecrets> m_secrets;
    std::unique_ptr<Workspace> m_workspace;
};

void AgentDialogTest::init()
{
    m_theme = std::make_unique<Theme>();
    m_secrets = std::make_unique<TunedSecrets>();
    m_workspace = std::make_unique<Workspace>(Workspace::Collaborators{.secrets = m_secrets.get()});
}

void AgentDialogTest::cleanup()
{
    m_workspace.reset();
    m_secrets.reset();
    m_theme.reset();
}

void AgentDialogTest::everyFieldIsNamedLikeItsLabel()
{
    AgentDialog dialog(m_theme.get(), m_workspace.get(), std::nullopt);
    int named = 0;
    for (const QLabel *label : dialog.findChildren<QLabel *>()) {
        if (!label->buddy())
            continue;
        QCOMPARE(label->buddy()->accessibleName(), label->text());
        ++named;
    }
    QCOMPARE_GE(named, 11);
}

// Earlier versions wrote it into agents, where it says less than the protocol does.
void AgentDialogTest::saysThatTheUsualShapeOfAgUiIsNoTemplate()
{
    Agent agent{.name = u"Orders"_s,
                .target = UrlTarget{.url = u"http://localhost:8080"_s},
                .payloadTemplate = agUiTemplate().replace(u"${content:ag-ui}"_s, u"${prompt}"_s),
                .protocol = ServerProtocol::AgUi};
    AgentDialog dialog(m_theme.get(), m_workspace.get(), agent);
    dialog.open();
    const auto *help = child<QLabel>(dialog, "templateHelp");
    QVERIFY2(help->text().startsWith(u"The usual shape of AG-UI."_s), qPrintable(help->text()));
    auto *protocol = child<QComboBox>(dialog, "protocol");
    protocol->setCurrentIndex(protocol->findData(int(ServerProtocol::Http)));
    QVERIFY(help->text().startsWith(u"JSON."_s));
}

void AgentDialogTest::addsAnAgentWithEverythingThatWasTyped()
{
    AgentDialog dialog(m_theme.get(), m_workspace.get(), std::nullopt);
    QSignalSpy saved(&dialog, &AgentDialog::saved);
    dialog.open();
    child<QLineEdit>(dialog, "name")->setText(u"  Orders "_s);
    child<QLineEdit>(dialog, "target")->setText(u"http://localhost:8080"_s);
    child<QLineEdit>(dialog, "qualifier")->setText(u"canary"_s);
    child<QPushButton>(dialog, "more")->click();
    child<QPlainTextEdit>(dialog, "template")->setPlainText(u"{\"input\": ${prompt}}"_s);
    child<QPushButton>(dialog, "addHeader")->click();
    child<QWidget>(dialog, "headers")->findChildren<QLineEdit *>().at(0)->setText(u"x-team"_s);
    child<QWidget>(dialog, "headers")->findChildren<QLineEdit *>().at(1)->setText(u"blue"_s);
    child<QSpinBox>(dialog, "connectTimeout")->setValue(7);
    child<QSpinBox>(dialog, "idleTimeout")->setValue(3);
    child<QCheckBox>(dialog, "isProduction")->setChecked(true);
    child<QPushButton>(dialog, "save")->click();
    QCOMPARE_EQ(saved.count(), 1);
    QVERIFY(!dialog.isVisible());
    const Agent *agent = m_workspace->agents()->find(saved.first().first().value<AgentId>());
    QVERIFY(agent);
    QCOMPARE(agent->name, u"Orders"_s);
    QCOMPARE_EQ(std::get<UrlTarget>(agent->target).url, u"http://localhost:8080"_s);
    QCOMPARE(agent->qualifier, u"canary"_s);
    QCOMPARE(agent->payloadTemplate, u"{\"input\": ${prompt}}"_s);
    QCOMPARE_EQ(agent->extraHeaders, (QList<HttpHeader>{{"x-team"_ba, "blue"_ba}}));
    QCOMPARE_EQ(agent->connectTimeout.count(), 7);
    QCOMPARE_EQ(agent->idleTimeout.count(), 180);
    QVERIFY(agent->isProduction);
    QVERIFY(agent->auth == AuthMethod::None);
}

void AgentDialogTest::changesAnAgentAndKeepsItsId()
{
    const Agent agent = storedAgent(AuthMethod::None);
    AgentDialog dialog(m_theme.get(), m_workspace.get(), agent);
    dialog.open();
    QCOMPARE(child<QLineEdit>(dialog, "name")->text(), u"Orders"_s);
    child<QLineEdit>(dialog, "name")->setText(u"Refunds"_s);
    child<QPushButton>(dialog, "save")->click();
    Agent expected = agent;
    expected.name = u"Refunds"_s;
    QCOMPARE_EQ(*m_workspace->agents()->find(agent.id), expected);
}

void AgentDialogTest::keepsHowAnAgentIsTalkedToOverAWebSocket()
{
    AgentDialog dialog(m_theme.get(), m_workspace.get(), storedAgent(AuthMethod::None));
    QVERIFY(child<QComboBox>(dialog, "whileAnswering")->isHidden()
            || !child<QComboBox>(dialog, "whileAnswering")->isVisibleTo(&dialog));
    child<QComboBox>(dialog, "transport")->setCurrentIndex(1);
    QVERIFY(child<QComboBox>(dialog, "whileAnswering")->isVisibleTo(&dialog));
    QCOMPARE(child<QSpinBox>(dialog, "handshakeTimeout")->value(), 130);
    child<QComboBox>(dialog, "whileAnswering")->setCurrentIndex(1);
    child<QComboBox>(dialog, "socketProof")->setCurrentIndex(1);
    child<QSpinBox>(dialog, "handshakeTimeout")->setValue(77);
    child<QPlainTextEdit>(dialog, "openingMessages")->setPlainText(u"[{\"a\": ${session}}]"_s);
    QSignalSpy saved(&dialog, &AgentDialog::saved);
    child<QPushButton>(dialog, "save")->click();
    QCOMPARE(saved.size(), 1);
    const Agent kept = *m_workspace->agents()->find(saved.front().front().value<AgentId>());
    QCOMPARE(kept.transport, AgentTransport::WebSocket);
    QVERIFY(kept.socket
            == (SocketSettings{.proof = SocketProof::Address,
                               .whileAnswering = WhileAnswering::Add,
                               .handshakeTimeout = std::chrono::seconds(77),
                               .opening = u"[{\"a\": ${session}}]"_s}));
    AgentDialog again(m_theme.get(), m_workspace.get(), kept);
    QCOMPARE(child<QComboBox>(again, "transport")->currentIndex(), 1);
    QCOMPARE(child<QSpinBox>(again, "handshakeTimeout")->value(), 77);
}

void AgentDialogTest::choosesWhatTheAgentSpeaks()
{
    const Agent agent = storedAgent(AuthMethod::None);
    AgentDialog dialog(m_theme.get(), m_workspace.get(), agent);
    dialog.show();
    auto *protocol = child<QComboBox>(dialog, "protocol");
    const auto labels = QAccessible::queryAccessibleInterface(protocol)->relations(QAccessible::Label);
    QVERIFY(!labels.isEmpty());
    QCOMPARE(labels.constFirst().first->text(QAccessible::Name), u"Protocol"_s);
    QCOMPARE(protocol->currentText(), u"Automatic (HTTP)"_s);
    QVERIFY(child<QComboBox>(dialog, "transport")->isVisibleTo(&dialog));
    protocol->setFocus();
    while (protocol->currentText() != u"A2A"_s && protocol->currentIndex() + 1 < protocol->count())
        QTest::keyClick(protocol, Qt::Key_Down);
    QCOMPARE(protocol->currentText(), u"A2A"_s);
    QVERIFY(!child<QPlainTextEdit>(dialog, "template")->isVisibleTo(&dialog));
    QVERIFY(!child<QComboBox>(dialog, "transport")->isVisibleTo(&dialog));
    child<QPushButton>(dialog, "save")->click();
    QCOMPARE(m_workspace->agents()->find(agent.id)->protocol, ServerProtocol::A2a);
}

void AgentDialogTest::tellsHowLongAPresignedAddressIsGood()
{
    AgentDialog dialog(m_theme.get(), m_workspace.get(), storedAgent(AuthMethod::Bearer));
    child<QComboBox>(dialog, "transport")->setCurrentIndex(1);
    auto *help = child<QLabel>(dialog, "tokenHelp");
    QVERIFY(help->text().contains(u"wss://"_s));
    auto *token = child<QLineEdit>(dialog, "token");
    QVERIFY(token);
    const auto pasted = [](const QDateTime &made) {
        return u"wss://host.example/ws?X-Amz-Date=%1&X-Amz-Expires=300&X-Amz-Signature=0123456789abcdef"_s
            .arg(made.toString(u"yyyyMMdd'T'HHmmss'Z'"_s));
    };
    const auto type = [token](const QString &text) {
        token->selectAll();
        QTest::keyClicks(token, text);
    };
    type(pasted(QDateTime::currentDateTimeUtc()));
    QVERIFY2(help->text().contains(u"good for connecting until"_s), qPrintable(help->text()));
    type(pasted(QDateTime::currentDateTimeUtc().addSecs(-400)));
    QVERIFY2(help->text().contains(u"expired"_s), qPrintable(help->text()));
    type(u"wss://host.example/ws"_s);
    QVERIFY2(help->text().contains(u"not signed"_s), qPrintable(help->text()));
}

void AgentDialogTest::asksForAName()
{
    AgentDialog dialog(m_theme.get(), m_workspace.get(), std::nullopt);
    dialog.open();
    child<QLineEdit>(dialog, "target")->setText(u"http://localhost:8080"_s);
    child<QPushButton>(dialog, "save")->click();
    QVERIFY(dialog.isVisible());
    QCOMPARE(dialog.failureText(), u"Give the agent a name."_s);
    QCOMPARE_EQ(m_workspace->agents()->agents().size(), size_t(1));
    child<QLineEdit>(dialog, "name")->setText(u"Orders"_s);
    child<QPushButton>(dialog, "save")->click();
    QCOMPARE(dialog.failureText(), QString());
    QCOMPARE_EQ(m_workspace->agents()->agents().size(), size_t(2));
}

void AgentDialogTest::followsWhatIsPastedToItsKind()
{
    AgentDialog dialog(m_theme.get(), m_workspace.get(), std::nullopt);
    dialog.open();
    auto *target = child<QLineEdit>(dialog, "target");
    target->setText(u"arn:aws:bedrock-agentcore:eu-west-1:123456789012:runtime/orders-Ab12Cd34Ef"_s);
    QVERIFY(child<QRadioButton>(dialog, "kindArn")->isChecked());
    QCOMPARE(target->accessibleName(), u"Runtime ARN"_s);
    target->setText(u"https://example.com"_s);
    QVERIFY(child<QRadioButton>(dialog, "kindUrl")->isChecked());
    QCOMPARE(target->accessibleName(), u"URL"_s);
}

void AgentDialogTest::colourIsChosenWithTheKeyboard()
{
    AgentDialog dialog(m_theme.get(), m_workspace.get(), std::nullopt);
    dialog.open();
    child<QLineEdit>(dialog, "name")->setText(u"Orders"_s);
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    child<QWidget>(dialog, "colour0")->setFocus();
    QTest::keyClick(child<QWidget>(dialog, "colour0"), Qt::Key_Right);
    QTest::keyClick(child<QWidget>(dialog, "colour1"), Qt::Key_Right);
    child<QLineEdit>(dialog, "target")->setText(u"http://localhost:8080"_s);
    child<QPushButton>(dialog, "save")->click();
    QCOMPARE_EQ(m_workspace->agents()->agents().back().colour, 2);
}

void AgentDialogTest::keepsTheTokenInTheKeychainAndNowhereElse()
{
    AgentDialog dialog(m_theme.get(), m_workspace.get(), std::nullopt);
    QSignalSpy saved(&dialog, &AgentDialog::saved);
    dialog.open();
    child<QLineEdit>(dialog, "name")->setText(u"Orders"_s);
    child<QLineEdit>(dialog, "target")->setText(u"http://localhost:8080"_s);
    child<QComboBox>(dialog, "signIn")->setCurrentIndex(1);
    auto *token = child<QLineEdit>(dialog, "token");
    QCOMPARE_EQ(token->echoMode(), QLineEdit::Password);
    token->setText(u"  Bearer canary-token "_s);
    child<QPushButton>(dialog, "save")->click();
    QTRY_COMPARE_EQ(saved.count(), 1);
    QVERIFY(!dialog.isVisible());
    QVERIFY(token->text().isEmpty());
    QCOMPARE_EQ(m_secrets->kept.size(), size_t(1));
    QCOMPARE_EQ(m_secrets->kept.begin()->second.reveal(), "canary-token"_ba);
    QVERIFY(m_workspace->agents()->agents().back().auth == AuthMethod::Bearer);
}

void AgentDialogTest::neverShowsAKeptToken()
{
    const Agent agent = storedAgent(AuthMethod::Bearer);
    m_workspace->agents()->setToken(agent.id, Secret("canary-token"_ba));
    AgentDialog dialog(m_theme.get(), m_workspace.get(), agent);
    dialog.open();
    QTRY_VERIFY(child<QLabel>(dialog, "tokenKept")->isVisible());
    QVERIFY(!child<QLineEdit>(dialog, "token")->isVisible());
    for (const QLineEdit *field : dialog.findChildren<QLineEdit *>())
        QVERIFY(!field->text().contains(u"canary"_s));
    child<QPushButton>(dialog, "tokenReplace")->click();
    QVERIFY(child<QLineEdit>(dialog, "token")->isVisible());
    QVERIFY(child<QLineEdit>(dialog, "token")->text().isEmpty());
    // Nothing typed: saving leaves the kept one as it was.
    child<QPushButton>(dialog, "save")->click();
    QCOMPARE_EQ(m_secrets->kept.begin()->second.reveal(), "canary-token"_ba);
}

void AgentDialogTest::forgetsAToken()
{
    const Agent agent = storedAgent(AuthMethod::Bearer);
    m_workspace->agents()->setToken(agent.id, Secret("canary-token"_ba));
    AgentDialog dialog(m_theme.get(), m_workspace.get(), agent);
    dialog.open();
    QTRY_VERIFY(child<QPushButton>(dialog, "tokenForget")->isVisible());
    child<QPushButton>(dialog, "tokenForget")->click();
    QTRY_VERIFY(child<QLineEdit>(dialog, "token")->isVisible());
    QVERIFY(m_secrets->kept.empty());
}

void AgentDialogTest::saysWhenTheTokenLivesForThisSessionOnly()
{
    m_secrets->written = SecretDurability::SessionOnly;
    AgentDialog dialog(m_theme.get(), m_workspace.get(), storedAgent(AuthMethod::Bearer));
    QSignalSpy saved(&dialog, &AgentDialog::saved);
    dialog.open();
    child<QLineEdit>(dialog, "token")->setText(u"canary-token"_s);
    child<QPushButton>(dialog, "save")->click();
    QTRY_COMPARE_EQ(saved.count(), 1);
    QVERIFY(dialog.isVisible());
    QVERIFY(child<QLabel>(dialog, "tokenHelp")->text().contains(u"for this session only"_s));
    QCOMPARE(child<QPushButton>(dialog, "save")->text(), u"Done"_s);
    child<QPushButton>(dialog, "save")->click();
    QVERIFY(!dialog.isVisible());
    QCOMPARE_EQ(saved.count(), 1);
}

void AgentDialogTest::saysWhyATokenCouldNotBeKept()
{
    m_secrets->writeError = Error{.kind = ErrorKind::KeychainLocked, .message = u"The keychain is locked."_s};
    AgentDialog dialog(m_theme.get(), m_workspace.get(), storedAgent(AuthMethod::Bearer));
    dialog.open();
    child<QLineEdit>(dialog, "token")->setText(u"canary-token"_s);
    child<QPushButton>(dialog, "save")->click();
    QTRY_COMPARE_EQ(dialog.failureText(), u"The keychain is locked."_s);
    QVERIFY(dialog.isVisible());
    QVERIFY(child<QPushButton>(dialog, "save")->isEnabled());
    m_secrets->writeError.reset();
    child<QPushButton>(dialog, "save")->click();
    QTRY_VERIFY(!dialog.isVisible());
    QCOMPARE_EQ(m_secrets->kept.size(), size_t(1));
    QCOMPARE_EQ(m_workspace->agents()->agents().size(), size_t(2));
}

void AgentDialogTest::offersOnlyLooksOfTheBuiltInAgent()
{
    AgentDialog dialog(m_theme.get(), m_workspace.get(), m_workspace->agents()->agents().front());
    dialog.open();
    QVERIFY(!child<QLineEdit>(dialog, "target")->isVisible());
    QVERIFY(!child<QComboBox>(dialog, "signIn")->isVisible());
    QVERIFY(child<QPlainTextEdit>(dialog, "template")->isVisible());
    child<QLineEdit>(dialog, "name")->setText(u"Demo"_s);
    child<QPushButton>(dialog, "save")->click();
    QCOMPARE(m_workspace->agents()->agents().front().name, u"Demo"_s);
    QVERIFY(m_workspace->agents()->agents().front().isBuiltIn());
}

void AgentDialogTest::tokenDialogKeepsAndReplaces()
{
    const Agent agent = storedAgent(AuthMethod::Bearer);
    m_workspace->agents()->setToken(agent.id, Secret("old"_ba));
    TokenDialog dialog(m_theme.get(), m_workspace->agents(), agent.id);
    QSignalSpy saved(&dialog, &TokenDialog::saved);
    dialog.open();
    QTRY_VERIFY(child<QPushButton>(dialog, "tokenReplace")->isVisible());
    child<QPushButton>(dialog, "tokenReplace")->click();
    child<QLineEdit>(dialog, "token")->setText(u"new"_s);
    child<QPushButton>(dialog, "save")->click();
    QTRY_COMPARE_EQ(saved.count(), 1);
    QVERIFY(!dialog.isVisible());
    QCOMPARE_EQ(m_secrets->kept.begin()->second.reveal(), "new"_ba);
}

void AgentDialogTest::tokenDialogRefusesAnEmptyToken()
{
    TokenDialog dialog(m_theme.get(), m_workspace->agents(), storedAgent(AuthMethod::Bearer).id);
    dialog.open();
    child<QLineEdit>(dialog, "token")->setText(u"  Bearer  "_s);
    child<QPushButton>(dialog, "save")->click();
    QVERIFY(dialog.isVisible());
    QCOMPARE(dialog.failureText(), u"Paste the token first."_s);
}

QTEST_MAIN(AgentDialogTest)
#include "tst_agentdialog.moc"
