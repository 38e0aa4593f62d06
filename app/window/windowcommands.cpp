// SPDX-License-Identifier: Apache-2.0
#include "window/windowcommands.h"

#include "chat/cloudwatch.h"
#include "chat/workspace.h"
#include "compare/comparecommands.h"
#include "compare/evidencecommands.h"
#include "dialogs/agentdialog.h"
#include "dialogs/settingsdialog.h"
#include "dialogs/shortcutsdialog.h"
#include "dialogs/switcherdialog.h"
#include "dialogs/tokendialog.h"
#include "network/networkdialog.h"
#include "signin/identitycommands.h"
#include "signin/proofnotice.h"
#include "sources/sourcecommands.h"
#include "suites/suitecommands.h"
#include "theme/theme.h"
#include "transfer/transfercommands.h"
#include "window/actions.h"
#include "window/commandguard.h"
#include "window/conversationsmodel.h"
#include "window/navigation.h"
#include "window/notices.h"
#include "window/settings.h"
#include "wizard/agentwizard.h"

#include <QAction>
#include <QClipboard>
#include <QCursor>
#include <QDesktopServices>
#include <QDir>
#include <QGuiApplication>
#include <QMenu>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {

WindowCommands::WindowCommands(MainWindow::Collaborators with, Actions *actions, Navigation *navigation,
                               QMainWindow *window)
    : QObject(window)
    , m_with(with)
    , m_actions(actions)
    , m_navigation(navigation)
    , m_window(window)
    , m_identities(new IdentityCommands(with.theme, with.workspace->identities(), with.notices, window))
    , m_proof(new ProofNotice(with.workspace, with.notices, this))
    , m_sources(new SourceCommands(with.theme, with.workspace, with.notices, window))
    , m_transfer(new TransferCommands(with.workspace, with.notices, window))
    , m_evidence(new EvidenceCommands(with.theme, with.workspace, with.notices, window))
    , m_guard(new CommandGuard(with.notices, window))
    , m_compare(new CompareCommands(with, actions, window))
    , m_suites(new SuiteCommands(with, actions, window))
{
    connectConversationActions();
    connectAgentActions();
    connectViewActions();
    connect(m_compare, &CompareCommands::conversationAsked, m_navigation, &Navigation::openConversation);
    connect(m_navigation, &Navigation::comparisonAsked, m_compare,
            [this](const ComparisonId &id) { m_compare->open(id); });
    connect(m_proof, &ProofNotice::cureAsked, this, &WindowCommands::cure);
}

void WindowCommands::connectConversationActions()
{
    connect(m_actions->newConversation, &QAction::triggered, m_navigation, &Navigation::newConversation);
    connect(m_actions->previousConversation, &QAction::triggered, this, [this] { m_navigation->step(-1); });
    connect(m_actions->nextConversation, &QAction::triggered, this, [this] { m_navigation->step(1); });
    connect(m_actions->undoDelete, &QAction::triggered, this, &WindowCommands::undoDelete);
    connect(m_actions->newSession, &QAction::triggered, this, &WindowCommands::newSession);
    connect(m_actions->connection, &QAction::triggered, this, &WindowCommands::toggleConnection);
    connect(m_actions->deleteConversation, &QAction::triggered, this, [this] {
        if (m_chat)
            deleteConversation(m_chat->conversation().id);
    });
    connect(m_actions->markUnread, &QAction::triggered, this, [this] {
        if (m_chat)
            m_with.workspace->markUnread(m_chat->conversation().id);
    });
    connect(m_actions->copySession, &QAction::triggered, this, [this] {
        if (!m_chat)
            return;
        QGuiApplication::clipboard()->setText(m_chat->conversation().session.value());
        m_with.notices->show({.key = u"copied"_s, .text = tr("Session id copied."), .lifetime = 4s});
    });
    connect(m_actions->importConversations, &QAction::triggered, m_transfer,
            [this] { m_transfer->importAsking(); });
    connect(m_actions->exportAllConversations, &QAction::triggered, m_transfer, &TransferCommands::exportAll);
    connect(m_actions->exportConversation, &QAction::triggered, this, [this] {
        if (m_chat)
            m_transfer->exportOne(m_chat->conversation().id);
    });
    connect(m_actions->exportEvidence, &QAction::triggered, this, [this] {
        if (m_chat)
            m_evidence->exportAsking(m_chat->conversation().id);
    });
    connect(m_actions->openEvidence, &QAction::triggered, m_evidence, &EvidenceCommands::openAsking);
    connect(m_actions->copyConversation, &QAction::triggered, this, [this] {
        if (m_chat)
            m_transfer->copy(m_chat->conversation().id);
    });
    connect(m_actions->moveConversation, &QAction::triggered, this, &WindowCommands::moveConversation);
    connect(m_transfer, &TransferCommands::imported, m_navigation, &Navigation::openConversation);
    m_sources->setOtherFiles([this](const QString &path, const std::function<void()> &otherwise) {
        m_transfer->take(path, otherwise);
    });
    m_actions->undoDelete->setEnabled(false);
}

void WindowCommands::connectAgentActions()
{
    connect(m_actions->newAgent, &QAction::triggered, this, &WindowCommands::addAgent);
    connect(m_actions->importAgents, &QAction::triggered, m_sources, [this] { m_sources->importAgents(); });
    connect(m_actions->exportAgents, &QAction::triggered, m_sources, &SourceCommands::exportAgents);
    connect(m_sources, &SourceCommands::filesDropped, this, &WindowCommands::filesDropped);
    connect(m_sources, &SourceCommands::added, m_navigation, &Navigation::openAgent);
    connect(m_actions->editAgent, &QAction::triggered, this, [this] { editAgent(m_navigation->agent()); });
    connect(m_actions->setToken, &QAction::triggered, this, [this] { setToken(m_navigation->agent()); });
    connect(m_actions->signIn, &QAction::triggered, this, &WindowCommands::signIn);
    connect(m_actions->identities, &QAction::triggered, m_identities, &IdentityCommands::openAll);
    connect(m_actions->deleteAgent, &QAction::triggered, this,
            [this] { deleteAgent(m_navigation->agent()); });
}

void WindowCommands::connectViewActions()
{
    connect(m_actions->quit, &QAction::triggered, m_window, &QWidget::close);
    connect(m_actions->settings, &QAction::triggered, this, &WindowCommands::openSettings);
    connect(m_actions->switcher, &QAction::triggered, this, &WindowCommands::openSwitcher);
    connect(m_actions->shortcuts, &QAction::triggered, this, &WindowCommands::openShortcuts);
    connect(m_actions->about, &QAction::triggered, this, &WindowCommands::tellAbout);
    connect(m_actions->largerText, &QAction::triggered, this, [this] { stepTextSize(1); });
    connect(m_actions->smallerText, &QAction::triggered, this, [this] { stepTextSize(-1); });
    connect(m_actions->usualText, &QAction::triggered, this, [this] { setTextSize(100); });
}

void WindowCommands::setChat(Chat *chat)
{
    m_chat = chat;
    m_actions->deleteAgent->setEnabled(chat && !chat->agent().isBuiltIn());
    m_actions->setToken->setEnabled(chat && chat->agent().auth == AuthMethod::Bearer);
    m_actions->signIn->setEnabled(chat && chat->agent().auth == AuthMethod::Identity);
    m_proof->setChat(chat);
    m_compare->setChat(chat);
    m_suites->setChat(chat);
    tellStandIn();
    if (chat)
        connect(chat, &Chat::connectionChanged, this, &WindowCommands::showConnection, Qt::UniqueConnection);
    showConnection();
}

void WindowCommands::showConnection()
{
    const ConnectionState state = m_chat ? m_chat->connection().state : ConnectionState::None;
    m_actions->connection->setEnabled(state != ConnectionState::None);
    m_actions->connection->setText(state == ConnectionState::None || state == ConnectionState::Closed
                                       ? tr("Connect")
                                       : tr("Disconnect"));
}

void WindowCommands::toggleConnection()
{
    if (!m_chat)
        return;
    if (m_chat->connection().state == ConnectionState::Closed)
        m_chat->openConnection();
    else
        m_chat->closeConnection();
}

// Where a file does not tell, or where it was moved to: the words above were said to somebody else.
void WindowCommands::tellStandIn()
{
    const QString from = m_chat ? m_chat->conversation().importedFrom : QString();
    if (from.isEmpty() || !m_chat->agent().isBuiltIn() || from == m_chat->agent().name) {
        m_with.notices->dismiss(u"standIn"_s);
        return;
    }
    m_with.notices->show(
        {.key = u"standIn"_s,
         .tone = NoticeTone::Caution,
         .text = tr("This conversation was with %1, which is not asked here: what you send goes to "
                    "the built-in agent.")
                     .arg(from),
         .actionText = tr("Move to another agent…"),
         .action = [this] { moveConversation(); }});
}

void WindowCommands::cure(ProofMismatch::Cure cure)
{
    if (!m_chat)
        return;
    switch (cure) {
    case ProofMismatch::Cure::None:
        break;
    case ProofMismatch::Cure::ChooseIdentity:
        editAgent(m_chat->agent().id);
        break;
    case ProofMismatch::Cure::SignIn:
        signIn();
        break;
    case ProofMismatch::Cure::SetToken:
        setToken(m_chat->agent().id);
        break;
    }
}

void WindowCommands::tellSaved(const Result<QString> &saved)
{
    m_with.notices->show(
        {.key = u"saved"_s,
         .tone = saved ? NoticeTone::Plain : NoticeTone::Bad,
         .text = saved ? tr("Saved as %1.").arg(QDir::toNativeSeparators(*saved)) : saved.error().message,
         .lifetime = saved ? 8s : 0s});
}

void WindowCommands::stepTextSize(int steps)
{
    setTextSize(m_with.settings->textSize() + 10 * steps);
}

void WindowCommands::setTextSize(int percent)
{
    m_with.settings->setTextSize(percent);
    m_with.theme->setTextSize(m_with.settings->textSize());
}

void WindowCommands::open(QDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void WindowCommands::openSwitcher()
{
    auto *dialog = new SwitcherDialog(m_with.theme, m_with.workspace, m_window);
    connect(dialog, &SwitcherDialog::agentChosen, m_navigation, &Navigation::openAgent);
    connect(dialog, &SwitcherDialog::conversationChosen, m_navigation, &Navigation::openConversation);
    connect(dialog, &SwitcherDialog::searchAsked, this, &WindowCommands::searchAsked);
    open(dialog);
}

void WindowCommands::openSettings()
{
    auto *dialog = new SettingsDialog(m_with.theme, m_with.settings, m_window);
    dialog->setSecretDurability(m_with.workspace->agents()->secretDurability());
    connect(m_with.workspace->agents(), &AgentBook::secretDurabilityChanged, dialog,
            &SettingsDialog::setSecretDurability);
    connect(dialog, &SettingsDialog::identitiesAsked, m_identities, [this, dialog] {
        dialog->accept();
        m_identities->openAll();
    });
    connect(dialog, &SettingsDialog::networkAsked, this, [this, dialog] {
        dialog->accept();
        if (m_with.workspace->network())
            open(new NetworkDialog(m_with.theme, m_with.workspace->network(), m_window));
    });
    open(dialog);
}

void WindowCommands::openShortcuts()
{
    open(new ShortcutsDialog(m_with.theme, m_actions->groups(), m_with.settings->sendKey(), m_window));
}

void WindowCommands::tellAbout()
{
    m_with.notices->tell(tr("Parlance %1").arg(QStringLiteral(PARLANCE_VERSION)),
                         tr("A desktop chat client for agents on Amazon Bedrock AgentCore Runtime. Apache "
                            "License, version 2.0."),
                         m_window);
}

void WindowCommands::addAgent()
{
    auto *wizard = new AgentWizard({.theme = m_with.theme,
                                    .workspace = m_with.workspace,
                                    .settings = m_with.settings,
                                    .notices = m_with.notices,
                                    .identities = m_identities},
                                   m_window);
    connect(wizard, &AgentWizard::added, m_navigation, &Navigation::openAgent);
    connect(wizard, &QDialog::accepted, this, &WindowCommands::messageAwaited);
    open(wizard);
}

void WindowCommands::editAgent(const AgentId &id)
{
    const Agent *agent = m_with.workspace->agents()->find(id);
    auto *dialog = new AgentDialog(m_with.theme, m_with.workspace,
                                   agent ? std::optional<Agent>(*agent) : std::nullopt, m_window);
    connect(dialog, &AgentDialog::saved, m_navigation, &Navigation::openAgent);
    open(dialog);
}

void WindowCommands::setToken(const AgentId &id)
{
    open(new TokenDialog(m_with.theme, m_with.workspace->agents(), id, m_window));
}

void WindowCommands::signIn()
{
    if (!m_chat || m_chat->agent().auth != AuthMethod::Identity)
        return;
    const Agent agent = m_chat->agent();
    if (m_with.workspace->identities()->find(agent.identity))
        m_identities->signIn(agent.identity);
    else
        editAgent(agent.id);
}

void WindowCommands::deleteAgent(const AgentId &id)
{
    const Agent *found = m_with.workspace->agents()->find(id);
    if (!found || found->isBuiltIn())
        return;
    const Agent agent = *found;
    m_with.notices->ask(
        {.title = tr("Delete the agent %1?").arg(agent.name),
         .text = tr("Its conversations go with it when Parlance is closed. Its token is forgotten."),
         .yes = tr("Delete")},
        m_window, [this, agent] {
            m_navigation->removeAgent(agent.id);
            m_with.notices->show({.key = u"agentDeleted"_s,
                                  .text = tr("Agent %1 deleted.").arg(agent.name),
                                  .actionText = tr("Undo"),
                                  .action =
                                      [this, agent] {
                                          m_with.workspace->agents()->restore(agent);
                                          m_navigation->openAgent(agent.id);
                                      },
                                  .lifetime = 10s});
        });
}

void WindowCommands::deleteConversation(const ConversationId &id)
{
    const Conversation *conversation = m_with.workspace->conversation(id);
    if (!conversation)
        return;
    const QString title = ConversationsModel::titleOf(*conversation);
    m_lastDeleted = id;
    m_actions->undoDelete->setEnabled(true);
    m_navigation->removeConversation(id);
    m_with.notices->show({.key = u"deleted"_s,
                          .text = tr("“%1” deleted.").arg(title),
                          .actionText = tr("Undo"),
                          .action = [this] { undoDelete(); },
                          .lifetime = 10s});
}

void WindowCommands::undoDelete()
{
    if (m_lastDeleted.isEmpty())
        return;
    m_with.notices->dismiss(u"deleted"_s);
    m_navigation->restoreConversation(std::exchange(m_lastDeleted, {}));
    m_actions->undoDelete->setEnabled(false);
}

void WindowCommands::moveConversation()
{
    // What could not be read is not moved either; the page says so.
    if (!m_chat || !m_chat->isLoaded())
        return;
    const Conversation conversation = m_chat->conversation();
    if (m_chat->isStreaming()) {
        m_with.notices->show(
            {.key = u"move"_s,
             .text = tr("An answer is still coming. Stop it before you move the conversation."),
             .lifetime = 8s});
        return;
    }
    auto *menu = new QMenu(m_window);
    menu->setObjectName(u"moveMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Agent &agent : m_with.workspace->agents()->agents()) {
        if (agent.id == conversation.agent)
            continue;
        // An ampersand would be a shortcut.
        menu->addAction(QString(agent.name).replace(u'&', u"&&"_s), this,
                        [this, id = conversation.id, to = agent.id, name = agent.name] {
                            m_with.workspace->moveTo(id, to);
                            m_navigation->openAnew(id);
                            m_with.notices->show(
                                {.key = u"move"_s,
                                 .text = tr("The conversation goes on with %1, in a new session.").arg(name),
                                 .lifetime = 8s});
                        });
    }
    if (menu->isEmpty())
        menu->addAction(tr("There is no other agent"))->setEnabled(false);
    menu->addSeparator();
    menu->addAction(m_actions->newAgent);
    menu->popup(QCursor::pos());
}

void WindowCommands::newSession()
{
    if (!m_chat)
        return;
    m_chat->startNewSession();
    m_with.notices->show({.key = u"session"_s,
                          .text = tr("A new session has begun. The agent does not remember what is above."),
                          .lifetime = 8s});
}

void WindowCommands::chooseQualifier(const QString &qualifier)
{
    if (!m_chat || m_chat->conversation().qualifier == qualifier)
        return;
    m_chat->setQualifier(qualifier);
    m_with.notices->show(
        {.key = u"session"_s,
         .text = tr("A session stays on the version it began with, so a new session has begun."),
         .lifetime = 8s});
}

void WindowCommands::act(const MessageId &answer, ErrorAction action)
{
    if (!m_chat)
        return;
    switch (action) {
    case ErrorAction::Retry:
        m_guard->retry(m_chat, answer);
        break;
    case ErrorAction::EditAgent:
        editAgent(m_chat->agent().id);
        break;
    case ErrorAction::SetToken:
        setToken(m_chat->agent().id);
        break;
    case ErrorAction::NewSession:
        newSession();
        break;
    case ErrorAction::SignIn:
        signIn();
        break;
    case ErrorAction::ChooseIdentity:
        editAgent(m_chat->agent().id);
        break;
    case ErrorAction::OpenLogs:
        if (const int row = m_chat->messages()->indexOf(answer); row >= 0)
            QDesktopServices::openUrl(cloudWatchLinks(trailOf(*m_chat, &m_chat->messages()->at(row))).logs);
        break;
    }
}

} // namespace Parlance
