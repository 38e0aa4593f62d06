// SPDX-License-Identifier: Apache-2.0
#include "window/mainwindow.h"

#include "attachments/attachcommands.h"
#include "attachments/attachmentdraft.h"
#include "chat/comparisonbook.h"
#include "chat/workspace.h"
#include "desktop/answerwatch.h"
#include "forms/inputcommands.h"
#include "inspector/inspectorpane.h"
#include "search/searchcommands.h"
#include "search/searchview.h"
#include "sessions/sessioncommands.h"
#include "terminal/shellcommands.h"
#include "terminal/shellpane.h"
#include "theme/metrics.h"
#include "theme/panel.h"
#include "transcript/transcriptview.h"
#include "window/actions.h"
#include "window/agentsmodel.h"
#include "window/attemptcommands.h"
#include "window/commandguard.h"
#include "window/composer.h"
#include "window/conversationsmodel.h"
#include "window/header.h"
#include "window/navigation.h"
#include "window/notices.h"
#include "window/noticestack.h"
#include "window/panefocus.h"
#include "window/panes.h"
#include "window/progressline.h"
#include "window/qualifierpopup.h"
#include "window/rowlist.h"
#include "window/settings.h"
#include "window/sidebar.h"
#include "window/suggestions.h"
#include "window/windowcommands.h"

#include <QAction>
#include <QCloseEvent>
#include <QLabel>
#include <QMenuBar>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {

MainWindow::MainWindow(const Collaborators &collaborators, QWidget *parent)
    : QMainWindow(parent)
    , m_with(collaborators)
    , m_actions(new Actions(this))
    , m_navigation(new Navigation(m_with.workspace, m_with.settings, this))
    , m_agentRows(new AgentsModel(m_with.workspace->agents(), this))
    , m_conversationRows(new ConversationsModel(m_with.workspace, {}, this))
    , m_commands(new WindowCommands(m_with, m_actions, m_navigation, this))
    , m_watch(new AnswerWatch(m_with.workspace, m_with.settings, this))
{
    setObjectName(u"window"_s);
    makeParts();
    makeMenus();
    connectWorkspace();
    connectParts();
    connect(m_with.theme, &Theme::changed, this, &MainWindow::restyle);
    restyle();
    restorePlaces();
    onPlaced();
    refreshEmptyState();
    refreshStatus();
    refreshTitle();
    m_inputs->focusInput();
}

MainWindow::~MainWindow()
{
    // The parts hear of the workspace until they are gone, and must not meet half a window then.
    m_with.workspace->disconnect(this);
    m_with.workspace->agents()->disconnect(this);
}

void MainWindow::makeParts()
{
    m_panes = new Panes(m_with.theme, m_actions, this);
    m_sidebar = new Sidebar(m_with.theme, m_actions, m_agentRows, m_conversationRows, m_panes);

    m_stack = new QStackedWidget(m_panes);
    auto *place = new QSplitter(Qt::Vertical, m_stack);
    auto *middle = new Panel(m_with.theme, ColourRole::Page, {}, place);
    m_stack->addWidget(place);
    place->addWidget(middle);
    place->setCollapsible(0, false);
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_header = new Header(m_with.theme, m_with.workspace, m_actions, middle);
    m_noticeStack = new NoticeStack(m_with.theme, m_with.notices, middle);
    m_transcript = new TranscriptView(m_with.theme, middle);
    m_suggestions = new Suggestions(m_with.theme, middle);
    m_progress = new ProgressLine(m_with.theme, middle);
    m_composer = new Composer(m_with.theme, m_with.settings, middle);
    m_inputs = new InputCommands(m_with.theme, m_composer, m_with.notices, this);
    column->addWidget(m_header);
    column->addWidget(m_noticeStack);
    column->addWidget(m_transcript, 1);
    column->addWidget(m_suggestions);
    column->addWidget(m_progress);
    column->addWidget(m_inputs->panel());
    column->addWidget(m_composer);

    m_inspector = new InspectorPane(m_with.theme, m_panes);
    m_panes->setColumns(m_sidebar, m_stack, m_inspector);
    m_search = new SearchCommands({.theme = m_with.theme,
                                   .workspace = m_with.workspace,
                                   .navigation = m_navigation,
                                   .transcript = m_transcript,
                                   .stack = m_stack},
                                  this);
    m_shells = new ShellCommands({.theme = m_with.theme,
                                  .workspace = m_with.workspace,
                                  .actions = m_actions,
                                  .notices = m_with.notices,
                                  .place = place},
                                 this);
    auto *keyboard = new PaneFocus(m_actions, this);
    keyboard->add(m_sidebar, m_sidebar->conversations());
    keyboard->add(m_noticeStack);
    keyboard->add(m_search->view());
    keyboard->add(m_transcript, m_transcript);
    keyboard->add(m_transcript->findBar());
    keyboard->add(m_inputs->panel());
    keyboard->add(m_composer, m_composer->focusProxy());
    keyboard->add(m_shells->pane(), m_shells->pane()->focusProxy());
    keyboard->add(m_inspector);

    auto *page = new QWidget(this);
    auto *rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_panes, 1);
    auto *status = new Panel(m_with.theme, ColourRole::Pane, Qt::TopEdge, page);
    status->setObjectName(u"status"_s);
    auto *line = new QHBoxLayout(status);
    m_statusLeft = new QLabel(status);
    m_statusRight = new QLabel(status);
    line->addWidget(m_statusLeft);
    line->addStretch();
    line->addWidget(m_statusRight);
    rows->addWidget(status);
    setCentralWidget(page);
}

void MainWindow::makeMenus()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    file->addActions({m_actions->newConversation, m_actions->compare, m_actions->replay, m_actions->suites,
                      m_actions->newAgent});
    file->addSeparator();
    file->addActions({m_actions->importAgents, m_actions->exportAgents});
    file->addSeparator();
    file->addActions({m_actions->importConversations, m_actions->exportConversation,
                      m_actions->exportAllConversations, m_actions->exportEvidence, m_actions->openEvidence});
    file->addSeparator();
    file->addActions({m_actions->settings, m_actions->quit});
    QMenu *edit = menuBar()->addMenu(tr("&Edit"));
    edit->addActions({m_actions->undoDelete, m_actions->find, m_actions->findNext, m_actions->findPrevious,
                      m_actions->searchAll, m_actions->switcher});
    QMenu *view = menuBar()->addMenu(tr("&View"));
    view->addActions({m_actions->sidebar, m_actions->inspector});
    view->addSeparator();
    view->addActions({m_actions->nextPane, m_actions->previousPane});
    view->addSeparator();
    view->addActions({m_actions->largerText, m_actions->smallerText, m_actions->usualText});
    QMenu *conversation = menuBar()->addMenu(tr("&Conversation"));
    conversation->addActions({m_actions->attach, m_actions->stop, m_actions->connection, m_actions->shell,
                              m_actions->largeShell, m_actions->newSession, m_actions->endSession,
                              m_actions->copySession, m_actions->copyConversation,
                              m_actions->moveConversation});
    conversation->addSeparator();
    conversation->addActions(
        {m_actions->editMessage, m_actions->regenerate, m_actions->previousAttempt, m_actions->nextAttempt});
    conversation->addSeparator();
    conversation->addActions({m_actions->previousConversation, m_actions->nextConversation,
                              m_actions->markUnread, m_actions->renameConversation,
                              m_actions->deleteConversation});
    QMenu *agent = menuBar()->addMenu(tr("&Agent"));
    agent->addActions({m_actions->editAgent, m_actions->setToken, m_actions->signIn, m_actions->deleteAgent});
    agent->addSeparator();
    agent->addActions({m_actions->openSessions, m_actions->identities});
    QMenu *help = menuBar()->addMenu(tr("&Help"));
    help->addActions({m_actions->shortcuts, m_actions->about});
}

void MainWindow::connectWorkspace()
{
    Workspace *workspace = m_with.workspace;
    connect(workspace, &Workspace::ready, this, [this](bool, const QString &setAsideFile) {
        if (!setAsideFile.isEmpty())
            m_with.notices->show(
                {.key = u"setAside"_s,
                 .tone = NoticeTone::Caution,
                 .text = tr("The file with your conversations was damaged. It was set aside as %1, "
                            "and a new one was begun.")
                             .arg(setAsideFile)});
        m_navigation->restoreLast();
    });
    connect(workspace, &Workspace::openFailed, this, [this](const Error &error) {
        m_with.notices->show({.key = u"storage"_s,
                              .tone = NoticeTone::Bad,
                              .text = tr("%1 Nothing is kept this time.").arg(error.message)});
        m_navigation->restoreLast();
    });
    connect(workspace, &Workspace::storageFailed, this, [this](const Error &error) {
        m_with.notices->show(
            {.key = u"storage"_s,
             .tone = NoticeTone::Bad,
             .text = tr("%1 What you see is kept in memory and saved as soon as that works again.")
                         .arg(error.message)});
    });
    connect(workspace, &Workspace::storageRecovered, this, [this] {
        m_with.notices->show({.key = u"storage"_s, .text = tr("Everything is saved again."), .lifetime = 6s});
    });
    connect(workspace, &Workspace::streamingCountChanged, this, &MainWindow::refreshStatus);
    connect(workspace, &Workspace::streamingCountChanged, this, &MainWindow::refreshMarks);
    for (const auto signal :
         {&Workspace::conversationChanged, &Workspace::conversationAdded, &Workspace::conversationRemoved})
        connect(workspace, signal, this, &MainWindow::refreshMarks);
    connect(m_watch, &AnswerWatch::conversationAsked, this, [this](const ConversationId &conversation) {
        m_navigation->openConversation(conversation);
        setWindowState(windowState() & ~Qt::WindowMinimized);
        show();
        raise();
        activateWindow();
    });
    connect(workspace->agents(), &AgentBook::agentChanged, this, [this] {
        m_commands->setChat(m_chat);
        refreshEmptyState();
        refreshTitle();
    });
    connect(
        workspace->agents(), &AgentBook::secretDurabilityChanged, this, [this](SecretDurability durability) {
            if (durability == SecretDurability::SessionOnly)
                m_with.notices->show(
                    {.key = u"keychain"_s,
                     .tone = NoticeTone::Caution,
                     .text =
                         tr("There is no keychain that Parlance can use. Tokens are kept for this session "
                            "only: until Parlance is closed, and nowhere else.")});
            else
                m_with.notices->dismiss(u"keychain"_s);
            refreshStatus();
        });
}

void MainWindow::connectParts()
{
    connect(m_navigation, &Navigation::agentChanged, this, [this](const AgentId &agent) {
        m_sidebar->agents()->choose(agent.value());
        m_conversationRows->setAgent(agent);
    });
    connect(m_navigation, &Navigation::chatChanged, this, &MainWindow::showChat);
    connect(m_sidebar->agents(), &RowList::rowChosen, this,
            [this](const QString &id) { m_navigation->openAgent(AgentId(id)); });
    connect(m_sidebar->conversations(), &RowList::rowChosen, this,
            [this](const QString &id) { m_navigation->openConversation(ConversationId(id)); });
    // A conversation that was chosen hands the focus on to the message.
    m_composer->addTextAction(m_actions->renameConversation);
    connect(m_actions->renameConversation, &QAction::triggered, this,
            [this] { m_sidebar->conversations()->edit(m_sidebar->conversations()->currentIndex()); });
    for (const RowList *list : {m_sidebar->agents(), m_sidebar->conversations()}) {
        connect(list, &QListView::clicked, this, &MainWindow::goToPage);
        connect(list, &RowList::rowOpened, this, &MainWindow::goToPage);
    }
    connect(m_actions->newConversation, &QAction::triggered, this, &MainWindow::goToPage);
    connect(m_panes, &Panes::placed, this, &MainWindow::onPlaced);
    connect(m_panes, &Panes::wishChanged, this, [this] {
        m_with.settings->setSidebarVisible(m_panes->isWished(Pane::Sidebar));
        m_with.settings->setInspectorVisible(m_panes->isWished(Pane::Inspector));
    });
    connect(m_actions->stop, &QAction::triggered, this, &MainWindow::onStop);
    m_sessions = new SessionCommands({.theme = m_with.theme,
                                      .workspace = m_with.workspace,
                                      .settings = m_with.settings,
                                      .notices = m_with.notices,
                                      .transcript = m_transcript,
                                      .header = m_header,
                                      .agentRows = m_agentRows},
                                     m_actions, this);
    m_inspector->setEndSession(m_actions->endSession);
    m_attempts = new AttemptCommands(m_actions, m_transcript, m_composer, m_commands->commandGuard(), this);
    m_header->setIdentityCommands(m_commands->identities());
    connect(m_header, &Header::qualifierChosen, m_commands, &WindowCommands::chooseQualifier);
    connectSearch();
    connectComposer();
    connectTranscript();
}

void MainWindow::connectSearch()
{
    connect(m_actions->find, &QAction::triggered, this, [this] {
        m_panes->uncover();
        m_search->close();
        m_transcript->openFind();
    });
    connect(m_actions->searchAll, &QAction::triggered, this, [this] {
        m_panes->uncover();
        m_search->open();
    });
    connect(m_commands, &WindowCommands::searchAsked, m_search, &SearchCommands::open);
    connect(m_search, &SearchCommands::closed, m_composer, &Composer::focusText);
    connect(m_shells, &ShellCommands::hidden, m_composer, &Composer::focusText);
    connect(m_shells, &ShellCommands::textSizeStepped, m_commands, &WindowCommands::stepTextSize);
    connect(m_actions->findNext, &QAction::triggered, this, [this] { m_transcript->findOn(1); });
    connect(m_actions->findPrevious, &QAction::triggered, this, [this] { m_transcript->findOn(-1); });
}

void MainWindow::connectComposer()
{
    m_composer->attachments()->setShelf(m_with.workspace->attachments());
    m_transcript->setKeptFolder(m_with.workspace->attachments().folder());
    auto *attach = new AttachCommands(m_actions, m_composer, m_with.notices, this);
    connect(m_commands, &WindowCommands::filesDropped, attach, &AttachCommands::attach);
    connect(m_composer, &Composer::templateAsked, m_actions->editAgent, &QAction::trigger);
    m_composer->setCommandGate([this](const QString &line, std::function<void()> run) {
        m_commands->commandGuard()->allow(m_chat, line, std::move(run));
    });
    connect(m_suggestions, &Suggestions::chosen, this, [this](const QString &prompt) {
        if (m_chat)
            m_chat->send(prompt);
        m_composer->focusText();
    });
    connect(m_commands, &WindowCommands::messageAwaited, m_inputs, &InputCommands::focusInput);
}

void MainWindow::connectTranscript()
{
    const auto readAlong = [this] { m_transcript->setReadsAlong(m_with.settings->readsAnswers()); };
    connect(m_with.settings, &Settings::changed, m_transcript, readAlong);
    readAlong();
    connect(m_progress, &ProgressLine::said, m_transcript, &TranscriptView::announce);
    connect(m_transcript, &TranscriptView::answerChosen, m_inspector, &InspectorPane::showAnswer);
    connect(m_transcript, &TranscriptView::partChosen, m_inspector, &InspectorPane::showPart);
    connect(m_inspector, &InspectorPane::partChosen, m_transcript, &TranscriptView::showPart);
    connect(m_transcript, &TranscriptView::quoteRequested, m_composer, &Composer::quote);
    connect(m_transcript, &TranscriptView::fileSaved, m_commands, &WindowCommands::tellSaved);
    connect(m_transcript, &TranscriptView::textSizeStepped, m_commands, &WindowCommands::stepTextSize);
    connect(m_transcript, &TranscriptView::wordsTyped, m_composer, &Composer::type);
    connect(m_transcript, &TranscriptView::errorActionRequested, m_commands, &WindowCommands::act);
    connect(m_transcript, &TranscriptView::retryRequested, this, [this](const MessageId &answer) {
        if (m_chat)
            m_commands->commandGuard()->retry(m_chat, answer);
    });
    connect(m_transcript, &TranscriptView::queuedEditRequested, m_composer, &Composer::takeBack);
    connect(m_transcript, &TranscriptView::queuedWithdrawRequested, m_composer, &Composer::takeBack);
    connect(m_transcript, &TranscriptView::queuedSendRequested, this, [this](const MessageId &message) {
        if (m_chat)
            m_chat->sendQueued(message);
        m_composer->focusText();
    });
}

void MainWindow::restyle()
{
    const Theme *theme = m_with.theme;
    setMinimumSize(int(Metric::narrowestWindow), int(Metric::lowestWindow));
    for (QLabel *label : {m_statusLeft, m_statusRight}) {
        label->setFont(theme->font(FontRole::Small));
        QPalette palette = label->palette();
        palette.setColor(QPalette::WindowText, theme->colour(ColourRole::InkFaint));
        label->setPalette(palette);
    }
    QWidget *status = m_statusLeft->parentWidget();
    status->setFixedHeight(theme->px(Metric::statusHeight));
    status->layout()->setContentsMargins(theme->px(Metric::between), 0, theme->px(Metric::between), 0);
    fitParts();
}

void MainWindow::fitParts()
{
    const Theme *theme = m_with.theme;
    const bool isCompact = height() < theme->px(Metric::compactBelow);
    m_header->setCompact(isCompact);
    m_suggestions->setVisible(m_offersSuggestions && !isCompact);
    m_composer->setCompact(isCompact);
    m_composer->setMaximumLines(int(height() * 0.35 / theme->lineHeight(FontRole::Body)));
    const bool saysSomething = !m_statusLeft->text().isEmpty() || !m_statusRight->text().isEmpty();
    m_statusLeft->parentWidget()->setVisible(!isCompact || saysSomething);
    // What streams changes, what tokens are kept for does not: where there is room for one, the news has it.
    const int words = m_statusLeft->sizeHint().width() + m_statusRight->sizeHint().width();
    m_statusLeft->setVisible(m_statusRight->text().isEmpty()
                             || words + theme->px(Metric::statusGap) <= width());
}

void MainWindow::onStop()
{
    if (m_panes->uncover() || m_search->goBack() || m_transcript->closeFind() || m_composer->cancelEdit())
        return;
    if (m_chat)
        m_chat->stop();
}

void MainWindow::onPlaced()
{
    m_header->setOffersSidebar(!m_panes->isShown(Pane::Sidebar));
    if (!m_panes->isCovered())
        return;
    // The keyboard goes where the eyes are.
    if (m_panes->isShown(Pane::Sidebar))
        m_sidebar->conversations()->setFocus(Qt::OtherFocusReason);
    else
        m_inspector->setFocus(Qt::OtherFocusReason);
}

void MainWindow::showChat(Chat *chat)
{
    if (m_chat && m_chat != chat) {
        m_chat->disconnect(this);
        m_chat->messages()->disconnect(this);
    }
    if (chat && m_chat != chat) {
        connect(chat, &Chat::loaded, this, &MainWindow::tellUnreadable);
        connect(chat, &Chat::loadFailed, this, &MainWindow::tellUnreadable);
        connect(chat, &Chat::conversationChanged, this, &MainWindow::refreshTitle);
        connect(chat, &Chat::servedVersionChanged, this, &MainWindow::tellVersion);
        connect(chat->messages(), &MessageList::inserted, this, &MainWindow::onMessageInserted);
        connect(chat->messages(), &MessageList::wasReset, this, &MainWindow::refreshEmptyState);
        connect(chat->messages(), &MessageList::replaced, this, &MainWindow::onMessagesReplaced);
    }
    m_chat = chat;
    m_commands->setChat(chat);
    m_attempts->setChat(chat);
    m_header->setChat(chat);
    m_sessions->setChat(chat);
    m_transcript->setChat(chat);
    m_inspector->setChat(chat);
    m_progress->setChat(chat);
    m_composer->setChat(chat);
    m_inputs->setChat(chat);
    m_shells->setChat(chat);
    m_sidebar->conversations()->choose(chat ? chat->conversation().id.value() : QString());
    tellUnreadable();
    refreshTitle();
    // Who goes through a list with the arrow keys stays in it.
    if (!m_sidebar->agents()->hasFocus() && !m_sidebar->conversations()->hasFocus())
        goToPage();
}

void MainWindow::goToPage()
{
    m_panes->uncover();
    m_search->close();
    m_inputs->focusInput();
}

void MainWindow::tellUnreadable()
{
    const std::optional<Error> error = m_chat ? m_chat->loadError() : std::nullopt;
    if (error) {
        const QPointer<Chat> chat(m_chat);
        m_with.notices->show({.key = u"unreadable"_s,
                              .tone = NoticeTone::Bad,
                              .text = tr("%1 Nothing can be sent here for now.").arg(error->message),
                              .actionText = tr("Try again"),
                              .action = [chat] {
                                  if (chat)
                                      chat->reload();
                              }});
    } else {
        m_with.notices->dismiss(u"unreadable"_s);
    }
    refreshEmptyState();
}

void MainWindow::tellVersion(const QString &before, const QString &now)
{
    const QPointer<Chat> chat(m_chat);
    const QString qualifier = m_chat->conversation().qualifier;
    m_with.notices->show(
        {.key = u"version"_s,
         .tone = NoticeTone::Caution,
         .text = tr("The endpoint %1 serves version %2 now. This session began on version %3 and may stay "
                    "on it.")
                     .arg(qualifier.isEmpty() ? defaultQualifierName() : qualifier, now, before),
         .actionText = tr("New session"),
         .action = [chat] {
             if (chat)
                 chat->startNewSession();
         }});
}

void MainWindow::onMessageInserted(int index)
{
    refreshEmptyState();
    if (m_chat->messages()->at(index).role == Role::User)
        m_transcript->jumpToLatest();
}

// A new attempt is read from where it comes; one that was there already stays where the arrows are.
void MainWindow::onMessagesReplaced()
{
    const MessageList *messages = m_chat->messages();
    if (messages->count() > 0 && messages->at(messages->count() - 1).isLive())
        m_transcript->jumpToLatest();
}

void MainWindow::refreshEmptyState()
{
    const bool isEmpty = m_chat && m_chat->isLoaded() && m_chat->messages()->count() == 0;
    const bool isBuiltIn = m_chat && m_chat->agent().isBuiltIn();
    m_offersSuggestions = isEmpty && isBuiltIn;
    fitParts();
    if (m_chat && m_chat->loadError())
        m_transcript->setEmptyState(tr("These messages could not be read."),
                                    tr("They are left as they are on the disk."));
    else if (!m_chat || !isEmpty)
        m_transcript->setEmptyState({}, {});
    else if (isBuiltIn)
        m_transcript->setEmptyState(
            tr("Say something to the built-in agent."),
            tr("It runs inside Parlance, needs no network, and shows what an agent's answer "
               "looks like here."));
    else
        m_transcript->setEmptyState(m_inputs->invitation(),
                                    tr("Each conversation has a runtime session of its own."));
}

void MainWindow::refreshStatus()
{
    const int streaming = m_with.workspace->streamingCount();
    m_statusRight->setText(streaming > 0 ? tr("%n answer(s) streaming", nullptr, streaming) : QString());
    const bool isKept = m_with.workspace->agents()->secretDurability() == SecretDurability::Keychain;
    m_statusLeft->setText(isKept ? QString() : tr("Tokens for this session only"));
    fitParts();
}

void MainWindow::refreshTitle()
{
    if (!m_chat) {
        setWindowTitle(tr("Parlance"));
        return;
    }
    const QString title = tr("%1 · %2 · Parlance")
                              .arg(ConversationsModel::titleOf(m_chat->conversation()), m_chat->agent().name);
    const int unread = m_with.workspace->unreadCount();
    setWindowTitle(unread > 0 ? tr("(%1) %2").arg(unread).arg(title) : title);
}

void MainWindow::refreshMarks()
{
    refreshTitle();
    AgentsModel::Marks marks;
    m_with.workspace->visitConversations([&](const Conversation &conversation) {
        if (m_with.workspace->comparisons()->hides(conversation.id))
            return;
        if (conversation.isUnread)
            marks.unread.insert(conversation.agent);
        if (m_with.workspace->isStreaming(conversation.id))
            marks.streaming.insert(conversation.agent);
    });
    m_agentRows->setMarks(marks);
}

void MainWindow::restorePlaces()
{
    const Theme *theme = m_with.theme;
    if (!restoreGeometry(m_with.settings->windowGeometry()))
        resize(QSize(theme->px(Metric::windowWidth), theme->px(Metric::windowHeight))
                   .boundedTo(screen()->availableSize()));
    if (!m_panes->restoreState(m_with.settings->splitterState()))
        m_panes->useDefaultWidths();
    m_panes->setWished(Pane::Sidebar, m_with.settings->isSidebarVisible());
    m_panes->setWished(Pane::Inspector, m_with.settings->isInspectorVisible());
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    fitParts();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    // What runs in a shell first: its session is nothing without it.
    if (!m_shells->mayEnd([this] { close(); }) || m_sessions->holdsQuit()) {
        event->ignore();
        return;
    }
    m_composer->keepDraft();
    m_with.settings->setWindowGeometry(saveGeometry());
    m_with.settings->setSplitterState(m_panes->saveState());
    event->accept();
}

} // namespace Parlance
