// SPDX-License-Identifier: Apache-2.0
#include "compare/comparewindow.h"

#include "attachments/attachmentdraft.h"
#include "chat/typedwords.h"
#include "chat/workspace.h"
#include "compare/compareactions.h"
#include "compare/comparedialog.h"
#include "compare/comparehead.h"
#include "compare/comparepage.h"
#include "compare/comparisonoutput.h"
#include "compare/everybody.h"
#include "compare/evidencecommands.h"
#include "compare/repeatdialog.h"
#include "compare/repeatwindow.h"
#include "compare/replaybar.h"
#include "compare/replaying.h"
#include "compare/verdictbar.h"
#include "theme/metrics.h"
#include "theme/panel.h"
#include "theme/theme.h"
#include "transcript/transcriptview.h"
#include "window/commandguard.h"
#include "window/composer.h"
#include "window/notices.h"
#include "window/noticestack.h"
#include "window/settings.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QFileDialog>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {
namespace {

constexpr int textStep = 10; //!< percent

} // namespace

CompareWindow::CompareWindow(const MainWindow::Collaborators &with, const ComparisonId &id)
    : m_with(with)
    , m_actions(new CompareActions(this))
    , m_notices(new Notices(this))
    , m_guard(new CommandGuard(with.notices, this))
    , m_comparison(new SideBySide(with.workspace, id, this))
    , m_evidence(new EvidenceCommands(with.theme, with.workspace, m_notices, this))
    , m_everybody(new Everybody(this))
    , m_replaying(new Replaying(m_comparison, this))
{
    setObjectName(u"compareWindow"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *ground = new Panel(with.theme, ColourRole::Page, {}, this);
    column->addWidget(ground);
    auto *parts = new QVBoxLayout(ground);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(0);
    m_head = new CompareHead(with.theme, m_comparison, m_actions, ground);
    m_page = new ComparePage(with.theme, m_comparison, ground);
    auto *below = new Panel(with.theme, ColourRole::Page, Qt::TopEdge, ground);
    auto *belowParts = new QVBoxLayout(below);
    belowParts->setContentsMargins(0, with.theme->px(Metric::hairline), 0, 0);
    belowParts->setSpacing(0);
    auto *replayBar = new ReplayBar(with.theme, m_replaying, below);
    connect(replayBar, &ReplayBar::goOnAsked, this, &CompareWindow::replay);
    m_verdicts = new VerdictBar(with.theme, m_comparison, m_actions, below);
    m_composer = new Composer(with.theme, with.settings, below);
    m_composer->addHelperAction(m_actions->repeat);
    belowParts->addWidget(replayBar);
    belowParts->addWidget(m_verdicts);
    belowParts->addWidget(m_composer);
    parts->addWidget(m_head);
    parts->addWidget(new NoticeStack(with.theme, m_notices, ground));
    parts->addWidget(m_page, 1);
    parts->addWidget(below);
    connectActions();
    connectPage();
    onColumns();
    setMinimumSize(int(Metric::narrowestWindow), int(Metric::lowestWindow));
    resize(QSize(with.theme->px(Metric::windowWidth), with.theme->px(Metric::windowHeight))
               .boundedTo(screen()->availableSize()));
    m_composer->focusText();
}

CompareWindow::~CompareWindow()
{
    m_composer->setChat(nullptr);
}

void CompareWindow::connectActions()
{
    connect(m_actions->nextChange, &QAction::triggered, this, [this] { m_page->stepChange(1); });
    connect(m_actions->previousChange, &QAction::triggered, this, [this] { m_page->stepChange(-1); });
    connect(m_actions->hideEqual, &QAction::toggled, m_page, &ComparePage::setHidesEqual);
    connect(m_actions->blind, &QAction::triggered, m_comparison, &SideBySide::setBlind);
    connect(m_actions->addColumn, &QAction::triggered, this, &CompareWindow::askForColumn);
    connect(m_actions->attach, &QAction::triggered, this, &CompareWindow::chooseFiles);
    connect(m_actions->copyIssue, &QAction::triggered, this, [this] {
        QGuiApplication::clipboard()->setText(QString::fromUtf8(comparisonMarkdown(reportOf(*m_comparison))));
        m_notices->show({.key = u"export"_s,
                         .text = tr("Copied. What looks like a secret is masked in it; read it all the same "
                                    "before others can."),
                         .lifetime = 8s});
    });
    connect(m_actions->exportEvidence, &QAction::triggered, this, [this] {
        m_evidence->exportAsking(evidenceOf(*m_comparison),
                                 tr("Comparison of %1").arg(m_comparison->comparison().title));
    });
    connect(m_actions->repeat, &QAction::triggered, this, &CompareWindow::askToRepeat);
    connect(m_actions->stop, &QAction::triggered, this, &CompareWindow::leaveOrStop);
    connect(m_actions->close, &QAction::triggered, this, &QWidget::close);
    connect(m_actions->write, &QAction::triggered, m_composer, &Composer::focusText);
    const auto stepText = [this](int by) {
        m_with.settings->setTextSize(m_with.settings->textSize() + by * textStep);
        m_with.theme->setTextSize(m_with.settings->textSize());
    };
    connect(m_actions->largerText, &QAction::triggered, this, [stepText] { stepText(1); });
    connect(m_actions->smallerText, &QAction::triggered, this, [stepText] { stepText(-1); });
}

void CompareWindow::connectPage()
{
    connect(m_comparison, &SideBySide::columnsChanged, this, &CompareWindow::onColumns);
    connect(m_comparison, &SideBySide::comparisonChanged, this, &CompareWindow::refreshTitle);
    connect(m_page, &ComparePage::changesChanged, this, &CompareWindow::showChanges);
    connect(m_page, &ComparePage::menuAsked, this, &CompareWindow::openMenu);
    connect(m_page, &ComparePage::retryAsked, this, &CompareWindow::retry);
    connect(m_page, &ComparePage::actionAsked, this, &CompareWindow::act);
    connect(m_page, &ComparePage::wordsTyped, m_composer, &Composer::type);
    connect(m_replaying, &Replaying::changed, this, &CompareWindow::refreshComposer);
    connect(m_replaying, &Replaying::turnAsked, m_page, &ComparePage::showTurn);
    connect(m_with.theme, &Theme::changed, this, &CompareWindow::fitParts);
    m_composer->attachments()->setShelf(m_with.workspace->attachments());
    connect(m_composer, &Composer::attachAsked, this, &CompareWindow::chooseFiles);
    connect(m_composer->attachments(), &AttachmentDraft::failed, m_notices, [this](const QString &sentence) {
        m_notices->show({.key = u"attach"_s, .tone = NoticeTone::Caution, .text = sentence, .lifetime = 20s});
    });
    m_composer->setCommandGate([this](const QString &line, std::function<void()> run) {
        runWhenAllowed(m_comparison->askedChats(), line, std::move(run));
    });
}

// A command runs on every column's machine: one that is marked production asks for all.
void CompareWindow::runWhenAllowed(const std::vector<Chat *> &chats, const QString &command,
                                   std::function<void()> run)
{
    const auto marked =
        std::ranges::find_if(chats, [](const Chat *chat) { return chat->agent().isProduction; });
    if (marked == chats.end() || command.isEmpty())
        run();
    else
        m_guard->allow(*marked, command, std::move(run));
}

void CompareWindow::onColumns()
{
    m_everybody->setChats(m_comparison->askedChats());
    m_composer->setChat(m_everybody->isEmpty() ? nullptr : m_everybody);
    const int count = int(m_comparison->askedChats().size());
    m_composer->setInvitation(count == 2       ? tr("Ask both")
                                  : count == 3 ? tr("Ask all three")
                                  : count == 4 ? tr("Ask all four")
                                               : tr("Message"));
    refreshComposer();
    refreshTitle();
}

// What is asked in between would not be what was asked then.
void CompareWindow::refreshComposer()
{
    m_composer->setVisible(!m_comparison->isReplay() || m_replaying->state() == Replaying::State::Done);
}

void CompareWindow::replay()
{
    runWhenAllowed(m_comparison->askedChats(), m_replaying->nextCommand(), [this] { m_replaying->goOn(); });
}

void CompareWindow::refreshTitle()
{
    QStringList names;
    for (int column = 0; column < m_comparison->columnCount(); ++column)
        names.append(m_comparison->columnName(column));
    const QString title =
        m_comparison->isReplay() ? tr("Replay: %1 · %2 · Parlance") : tr("Compare: %1 · %2 · Parlance");
    setWindowTitle(title.arg(m_comparison->comparison().title, names.join(u", "_s)));
}

void CompareWindow::showChanges()
{
    m_head->setChanges(m_page->currentChange(), m_page->changeCount());
}

void CompareWindow::retry(int column, const MessageId &answer)
{
    Chat *chat = m_comparison->chat(column);
    if (!chat)
        return;
    const Message *old = chat->find(answer);
    m_guard->retry(chat, answer, old ? chat->suggestedSession(old->answerTo) : AttemptSession::Current);
}

void CompareWindow::act(int column, const MessageId &answer, ErrorAction action)
{
    Chat *chat = m_comparison->chat(column);
    if (!chat)
        return;
    if (action != ErrorAction::Retry && action != ErrorAction::NewSession && refuseWhileBlind())
        return;
    if (action == ErrorAction::Retry)
        retry(column, answer);
    else if (action == ErrorAction::NewSession)
        chat->startNewSession();
    else
        // What else helps is done where the conversation is.
        Q_EMIT conversationAsked(chat->conversation().id);
}

bool CompareWindow::refuseWhileBlind()
{
    if (m_comparison->isBlind())
        m_notices->show({.key = u"blind"_s,
                         .text = tr("That would tell which column it is. Turn Blind off first."),
                         .lifetime = 8s});
    return m_comparison->isBlind();
}

void CompareWindow::openMenu(int column, const QPoint &at)
{
    Chat *chat = m_comparison->chat(column);
    if (!chat)
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(u"columnActions"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    // Which one still answers would tell which it is.
    const bool isVeiled = m_comparison->isBlind() && m_everybody->isStreaming();
    const QPointer<Chat> here(chat);
    menu->addAction(tr("Stop"), this,
                    [here] {
                        if (here)
                            here->stop();
                    })
        ->setEnabled(chat->isStreaming() && !isVeiled);
    const MessageList *messages = chat->messages();
    const bool hasAnswer = messages->count() > 0 && messages->at(messages->count() - 1).role == Role::Agent
        && !chat->isStreaming();
    const MessageId last = hasAnswer ? messages->at(messages->count() - 1).id : MessageId();
    menu->addAction(tr("Try again"), this, [this, column, last] { retry(column, last); })
        ->setEnabled(hasAnswer && !isVeiled);
    if (!m_comparison->isBlind()) {
        menu->addSeparator();
        menu->addAction(tr("Use as baseline"), this, [this, column] { m_comparison->setBaseline(column); })
            ->setEnabled(column != m_comparison->baseline());
        menu->addAction(tr("Open as a conversation"), this, [this, here] {
            if (here)
                Q_EMIT conversationAsked(here->conversation().id);
        });
        menu->addAction(tr("Drop column"), this, [this, column] { m_comparison->dropColumn(column); })
            ->setEnabled(m_comparison->columnCount() > SideBySide::leastColumns);
    }
    menu->popup(at);
}

void CompareWindow::askForColumn()
{
    Chat *chat = m_comparison->chat(m_comparison->baseline());
    if (!chat || m_comparison->columnCount() >= SideBySide::mostColumns)
        return;
    auto *dialog = new CompareDialog(
        m_with.theme, m_with.workspace, CompareDialog::Purpose::Add,
        {{.agent = chat->conversation().agent, .qualifier = chat->conversation().qualifier}}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CompareDialog::chosen, m_comparison, [this](const std::vector<ColumnChoice> &choices) {
        Chat *added = m_comparison->addColumn(choices.front());
        if (!added)
            return;
        runWhenAllowed({added}, m_comparison->commandAsked(), [this, here = QPointer<Chat>(added)] {
            if (here)
                m_comparison->catchUp(here);
        });
    });
    dialog->open();
}

void CompareWindow::chooseFiles()
{
    if (!m_composer->attachments()->mayAdd())
        return;
    auto *dialog = new QFileDialog(this, tr("Attach files"));
    dialog->setObjectName(u"attachFiles"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &paths) {
        m_composer->attachments()->addFiles(paths);
        m_composer->focusText();
    });
    dialog->open();
}

// What stands in the message, else what was asked last.
void CompareWindow::askToRepeat()
{
    if (refuseWhileBlind())
        return;
    QString prompt = m_composer->text().trimmed();
    const int turn = m_comparison->turnCount() - 1;
    const Message *last = prompt.isEmpty() && turn >= 0 ? m_comparison->question(turn) : nullptr;
    if (last && !commandOf(*last))
        prompt = last->text();
    // Columns of one endpoint are one there.
    std::set<std::pair<AgentId, QString>> endpoints;
    for (const Chat *chat : m_comparison->askedChats())
        endpoints.emplace(chat->conversation().agent, chat->conversation().qualifier);
    auto *dialog = new RepeatDialog(m_with.theme, prompt, int(endpoints.size()), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RepeatDialog::chosen, this, &CompareWindow::repeat);
    dialog->open();
}

void CompareWindow::repeat(const QString &prompt, int times)
{
    std::vector<ColumnChoice> choices;
    const Agent *production = nullptr;
    for (const Chat *chat : m_comparison->askedChats()) {
        choices.push_back({.agent = chat->conversation().agent, .qualifier = chat->conversation().qualifier});
        if (chat->agent().isProduction)
            production = &chat->agent();
    }
    const auto begin = [this, prompt, choices, times] {
        auto *window = new RepeatWindow(m_with.theme, m_with.workspace, prompt, choices, times, this);
        window->setAttribute(Qt::WA_QuitOnClose, false);
        window->show();
    };
    if (!production) {
        begin();
        return;
    }
    m_with.notices->ask(
        {.title = tr("Ask a production agent again and again?"),
         .text = tr("%1 is marked production. It is asked the same words %n time(s).", nullptr, times)
                     .arg(production->name),
         .yes = tr("Repeat")},
        this, begin);
}

// Out of the message first stops what comes; then it gives the keys to the verdicts.
void CompareWindow::leaveOrStop()
{
    if (m_verdicts->cancelNote() || m_composer->cancelEdit())
        return;
    if (m_everybody->isStreaming()) {
        m_everybody->stop();
    } else if (m_composer->isAncestorOf(focusWidget())) {
        m_page->setFocus(Qt::OtherFocusReason);
        m_verdicts->focusButtons();
    }
}

void CompareWindow::fitParts()
{
    const bool isCompact = height() < m_with.theme->px(Metric::windowHeight) * 2 / 3;
    m_composer->setCompact(isCompact);
    m_verdicts->setCompact(height() < m_with.theme->px(Metric::compactBelow));
    m_composer->setMaximumLines(int(height() * 0.3 / m_with.theme->lineHeight(FontRole::Body)));
}

void CompareWindow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitParts();
}

void CompareWindow::closeEvent(QCloseEvent *event)
{
    m_composer->keepDraft();
    event->accept();
}

} // namespace Parlance
