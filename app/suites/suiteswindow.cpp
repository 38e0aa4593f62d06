// SPDX-License-Identifier: Apache-2.0
#include "suites/suiteswindow.h"

#include "attachments/droppedfiles.h"
#include "chat/runshelf.h"
#include "chat/workspace.h"
#include "core/runaside.h"
#include "core/whendone.h"
#include "dialogs/themedlabel.h"
#include "suites/gridmodel.h"
#include "suites/runcharts.h"
#include "suites/rundesk.h"
#include "suites/rundialog.h"
#include "suites/runexport.h"
#include "suites/runhead.h"
#include "suites/runpage.h"
#include "suites/runsmodel.h"
#include "suites/suiteactions.h"
#include "theme/metrics.h"
#include "theme/panel.h"
#include "theme/style.h"
#include "window/notices.h"
#include "window/noticestack.h"
#include "window/relativetime.h"
#include "window/rowlist.h"
#include "window/settings.h"

#include <QAction>
#include <QClipboard>
#include <QCloseEvent>
#include <QComboBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {
namespace {

constexpr int textStep = 10; //!< percent
constexpr std::size_t mostBaselines = 12;

} // namespace

SuitesWindow::SuitesWindow(const MainWindow::Collaborators &with)
    : m_with(with)
    , m_actions(new SuiteActions(this))
    , m_notices(new Notices(this))
    , m_desk(new RunDesk(with.workspace, this))
    , m_grid(new GridModel(m_desk, this))
    , m_filter(new GridFilter(m_grid, this))
    , m_runs(new RunsModel(with.workspace, this))
    , m_export(new RunExport(m_desk, with.workspace->runs(), this))
{
    setObjectName(u"suitesWindow"_s);
    setWindowTitle(tr("Suites · Parlance"));
    setAcceptDrops(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(makeSide());
    row->addWidget(makePage(), 1);
    connectActions();
    connectDesk();
    connect(with.theme, &Theme::changed, this, &SuitesWindow::restyle);
    restyle();
    refreshEmpty();
    setMinimumSize(int(Metric::narrowestWindow), int(Metric::lowestWindow));
    resize(QSize(with.theme->px(Metric::windowWidth), with.theme->px(Metric::windowHeight))
               .boundedTo(screen()->availableSize()));
    m_runs->reload();
}

SuitesWindow::~SuitesWindow() = default;

GridView *SuitesWindow::view() const
{
    return m_page->view();
}

QWidget *SuitesWindow::makeSide()
{
    m_side = new Panel(m_with.theme, ColourRole::Pane, Qt::RightEdge, this);
    m_side->setObjectName(u"runsSide"_s);
    m_open = new QPushButton(tr("Open suite…"), m_side);
    m_open->setObjectName(u"openSuiteButton"_s);
    m_recent = new QPushButton(tr("Recent"), m_side);
    m_recent->setObjectName(u"recentSuites"_s);
    m_recent->setAccessibleName(tr("Suites that were opened before"));
    for (QPushButton *button : {m_open, m_recent})
        setButtonKind(button, ButtonKind::Plain);
    connect(m_open, &QPushButton::clicked, m_actions->open, &QAction::trigger);
    connect(m_recent, &QPushButton::clicked, this, &SuitesWindow::offerRecent);
    auto *heading = new ThemedLabel(m_with.theme, FontRole::Label, ColourRole::InkFaint, tr("RUNS"), m_side);
    heading->setAccessibleName(tr("Runs, heading"));
    m_list = new RowList(m_with.theme, m_runs, m_side);
    m_list->setObjectName(u"runs"_s);
    m_list->setAccessibleName(tr("Runs"));
    m_list->addActions({m_actions->resume, m_actions->retryFailed, m_actions->again, m_actions->removeRun});
    connect(m_list, &RowList::rowChosen, this, &SuitesWindow::openRun);
    connect(m_runs, &QAbstractItemModel::rowsInserted, m_list, [this] {
        if (!m_desk->isEmpty())
            m_list->choose(m_desk->run().id.value());
    });
    auto *column = new QVBoxLayout(m_side);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_open, 1);
    buttons->addWidget(m_recent);
    column->addLayout(buttons);
    column->addWidget(heading);
    column->addWidget(m_list, 1);
    return m_side;
}

QWidget *SuitesWindow::makePage()
{
    auto *page = new Panel(m_with.theme, ColourRole::Page, {}, this);
    auto *parts = new QVBoxLayout(page);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(0);
    m_head = new RunHead(m_with.theme, m_desk, m_grid, m_actions, page);
    connect(m_head, &RunHead::baselineAsked, this, &SuitesWindow::offerBaselines);
    m_tools = new QWidget(page);
    auto *tools = new QHBoxLayout(m_tools);
    m_search = new QLineEdit(m_tools);
    m_search->setObjectName(u"searchField"_s);
    m_search->setAccessibleName(tr("Search cases"));
    m_search->setPlaceholderText(tr("Search cases"));
    m_search->setClearButtonEnabled(true);
    m_show = new QComboBox(m_tools);
    m_show->setObjectName(u"showCases"_s);
    m_show->setAccessibleName(tr("Show"));
    for (const auto &[show, name] : std::initializer_list<std::pair<GridShow, QString>>{
             {GridShow::All, tr("All cases")},
             {GridShow::Failed, tr("Failed")},
             {GridShow::Regressions, tr("Regressions")},
             {GridShow::Fixed, tr("Fixed")},
             {GridShow::New, tr("New")},
             {GridShow::Flaky, tr("Flaky")},
             {GridShow::NotJudged, tr("Not judged")},
             {GridShow::Different, tr("Differs from the baseline")}})
        m_show->addItem(name, int(show));
    m_showRuns = new QPushButton(tr("Runs"), m_tools);
    m_showRuns->setObjectName(u"showRunsButton"_s);
    m_showRuns->setToolTip(
        tr("Show the list of runs (%1)").arg(m_actions->runs->shortcut().toString(QKeySequence::NativeText)));
    setButtonKind(m_showRuns, ButtonKind::Plain);
    connect(m_showRuns, &QPushButton::clicked, m_actions->runs, &QAction::trigger);
    tools->addWidget(m_showRuns);
    tools->addWidget(m_search, 1);
    tools->addWidget(m_show);
    connect(m_actions->runs, &QAction::triggered, this, [this] {
        m_wantsRuns = !m_wantsRuns;
        arrange();
        if (m_wantsRuns)
            m_list->setFocus(Qt::ShortcutFocusReason);
    });
    connect(m_search, &QLineEdit::textChanged, m_filter, &GridFilter::setWords);
    connect(m_show, &QComboBox::currentIndexChanged, this,
            [this] { m_filter->setShow(GridShow(m_show->currentData().toInt())); });
    m_page = new RunPage({.theme = m_with.theme,
                          .workspace = m_with.workspace,
                          .desk = m_desk,
                          .rows = m_filter,
                          .actions = m_actions},
                         page);
    m_stack = new QStackedWidget(page);
    m_stack->addWidget(makeEmpty());
    m_stack->addWidget(m_page);
    m_stack->addWidget(new RunCharts(m_with.theme, m_desk, m_runs, m_stack));
    parts->addWidget(m_head);
    parts->addWidget(new NoticeStack(m_with.theme, m_notices, page));
    parts->addWidget(m_tools);
    parts->addWidget(m_stack, 1);
    return page;
}

QWidget *SuitesWindow::makeEmpty()
{
    auto *empty = new QWidget(this);
    auto *column = new QVBoxLayout(empty);
    auto *sentence =
        new ThemedLabel(m_with.theme, FontRole::Heading3, ColourRole::Ink, tr("No run is open."), empty);
    auto *quiet = new ThemedLabel(
        m_with.theme, FontRole::Body, ColourRole::InkQuiet,
        tr("Open a suite, or drop its file here: promptfoo's YAML, or a dataset of AgentCore."), empty);
    quiet->setWordWrap(true);
    quiet->setAlignment(Qt::AlignHCenter);
    auto *open = new QPushButton(tr("Open suite…"), empty);
    open->setObjectName(u"openFirstSuite"_s);
    setButtonKind(open, ButtonKind::Accent);
    connect(open, &QPushButton::clicked, m_actions->open, &QAction::trigger);
    column->addStretch(1);
    column->addWidget(sentence, 0, Qt::AlignHCenter);
    column->addWidget(quiet);
    column->addSpacing(m_with.theme->px(Metric::within));
    column->addWidget(open, 0, Qt::AlignHCenter);
    column->addStretch(2);
    return empty;
}

void SuitesWindow::connectActions()
{
    connect(m_actions->open, &QAction::triggered, this, &SuitesWindow::chooseFile);
    connect(m_actions->again, &QAction::triggered, this, [this] {
        if (m_desk->isEmpty())
            chooseFile();
        else
            openSuite(m_desk->run().suiteFile);
    });
    connect(m_actions->pause, &QAction::triggered, m_desk, &RunDesk::pause);
    connect(m_actions->cancel, &QAction::triggered, m_desk, &RunDesk::cancel);
    connect(m_actions->resume, &QAction::triggered, this, [this] { goOn(false); });
    connect(m_actions->retryFailed, &QAction::triggered, this, [this] { goOn(true); });
    connect(m_actions->removeRun, &QAction::triggered, this, &SuitesWindow::removeRun);
    connect(m_actions->charts, &QAction::toggled, this, &SuitesWindow::refreshEmpty);
    connect(m_actions->report, &QAction::triggered, this, &SuitesWindow::offerReports);
    connect(m_actions->close, &QAction::triggered, this, &QWidget::close);
    connect(m_actions->search, &QAction::triggered, this, [this] {
        m_search->setFocus();
        m_search->selectAll();
    });
    const auto stepText = [this](int by) {
        m_with.settings->setTextSize(m_with.settings->textSize() + by * textStep);
        m_with.theme->setTextSize(m_with.settings->textSize());
    };
    connect(m_actions->largerText, &QAction::triggered, this, [stepText] { stepText(1); });
    connect(m_actions->smallerText, &QAction::triggered, this, [stepText] { stepText(-1); });
}

void SuitesWindow::connectDesk()
{
    connect(m_desk, &RunDesk::opened, this, &SuitesWindow::onOpened);
    connect(m_desk, &RunDesk::stateChanged, this, &SuitesWindow::onStateChanged);
    connect(m_desk, &RunDesk::failed, this, &SuitesWindow::complain);
    connect(m_export, &RunExport::ended, this, [this](const Result<QString> &path) {
        if (path)
            m_notices->show({.key = u"report"_s,
                             .text = tr("Saved as %1.").arg(QDir::toNativeSeparators(*path)),
                             .lifetime = 8s});
        else
            complain(path.error().message);
    });
    connect(m_export, &RunExport::evidenceWritten, this, [this](const QString &path, const QString &hash) {
        m_notices->show(
            {.key = u"report"_s,
             .text = tr("The evidence is in %1. Hand over the manifest’s SHA-256 by another way: %2")
                         .arg(QDir::toNativeSeparators(path), hash),
             .actionText = tr("Copy"),
             .action = [hash] { QGuiApplication::clipboard()->setText(hash); }});
    });
    connect(m_desk, &RunDesk::drifted, this, [this](const RunTarget &target) {
        m_notices->show({.key = u"drift"_s,
                         .tone = NoticeTone::Caution,
                         .text = tr("The version behind %1 is now %2; it was %3. What it answers tells of no "
                                    "one version.")
                                     .arg(target.label, target.versionAtEnd(), target.versionAtStart())});
    });
}

void SuitesWindow::restyle()
{
    const Theme &theme = *m_with.theme;
    const int side = theme.px(Metric::inset);
    m_side->setFixedWidth(theme.px(Metric::sidebarWidth));
    m_side->layout()->setContentsMargins(0, side, theme.px(Metric::hairline), theme.px(Metric::within));
    m_side->layout()->setSpacing(theme.px(Metric::within));
    m_side->layout()->itemAt(0)->layout()->setContentsMargins(side, 0, side, 0);
    m_side->layout()->itemAt(1)->widget()->setContentsMargins(theme.px(Metric::apart), side, 0, 0);
    m_tools->layout()->setContentsMargins(theme.px(Metric::between), theme.px(Metric::within),
                                          theme.px(Metric::between), theme.px(Metric::within));
    m_tools->layout()->setSpacing(theme.px(Metric::within));
    arrange();
}

// In a narrow window a run has the room; the list stays where nothing is open, and comes when it is asked
// for.
void SuitesWindow::arrange()
{
    const int least = m_with.theme->px(Metric::sidebarWidth + Metric::leastTitle + Metric::leastPage);
    const bool hasRoom = m_desk->isEmpty() || width() >= least;
    m_side->setVisible(hasRoom || m_wantsRuns);
    m_showRuns->setVisible(!hasRoom && !m_wantsRuns);
    m_actions->runs->setEnabled(!hasRoom);
}

void SuitesWindow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void SuitesWindow::refreshEmpty()
{
    const bool isEmpty = m_desk->isEmpty();
    const bool hasCharts = m_actions->charts->isChecked();
    m_stack->setCurrentIndex(isEmpty ? 0 : hasCharts ? 2 : 1);
    m_tools->setVisible(!isEmpty && !hasCharts);
    if (isEmpty)
        m_actions->charts->setEnabled(false);
    m_recent->setEnabled(!m_with.settings->recentSuites().isEmpty());
    for (QAction *action : {m_actions->pause, m_actions->cancel, m_actions->resume, m_actions->retryFailed,
                            m_actions->report}) {
        if (isEmpty)
            action->setEnabled(false);
    }
    m_actions->removeRun->setEnabled(!m_desk->isRunning() && !m_list->currentId().isEmpty());
    arrange();
}

void SuitesWindow::complain(const QString &sentence)
{
    m_notices->show({.key = u"suites"_s, .tone = NoticeTone::Caution, .text = sentence, .lifetime = 20s});
}

void SuitesWindow::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Open suite"));
    dialog->setObjectName(u"suiteDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Suites (*.yaml *.yml *.json *.jsonl)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &SuitesWindow::openSuite);
    dialog->open();
}

void SuitesWindow::offerRecent()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"recentMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const QString &path : m_with.settings->recentSuites())
        menu->addAction(QDir::toNativeSeparators(path).replace(u'&', u"&&"_s), this,
                        [this, path] { openSuite(path); });
    menu->popup(m_recent->mapToGlobal(QPoint(0, m_recent->height())));
}

void SuitesWindow::openSuite(const QString &path)
{
    if (m_desk->isRunning()) {
        complain(tr("A run is going on. Pause it before another one begins."));
        return;
    }
    m_notices->dismiss(u"suites"_s);
    whenDone(runAside([path] { return readHashedSuite(path); }), this,
             [this, path](const HashedSuite &suite) { askHowToRun(path, suite); });
}

void SuitesWindow::askHowToRun(const QString &path, const HashedSuite &suite)
{
    m_with.settings->addRecentSuite(QFileInfo(path).absoluteFilePath());
    refreshEmpty();
    std::vector<RunDialog::Earlier> earlier;
    const QDateTime now = QDateTime::currentDateTime();
    for (const RunsModel::Entry &entry : m_runs->entries()) {
        if (entry.suiteFile == QFileInfo(path).absoluteFilePath() && earlier.size() < mostBaselines)
            earlier.push_back(
                {.id = entry.kept.id,
                 .name =
                     tr("Run of %1").arg(relativeTime(entry.kept.started.toLocalTime(), now, QLocale()))});
    }
    auto *dialog = new RunDialog(m_with.theme, m_with.workspace, path, suite, earlier, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (!m_desk->isEmpty() && m_desk->run().suiteFile == QFileInfo(path).absoluteFilePath())
        dialog->choose(m_desk->run());
    else
        dialog->chooseAgent(m_agent);
    connect(dialog, &RunDialog::chosen, this, &SuitesWindow::begin);
    dialog->open();
}

void SuitesWindow::allow(const RunAgent &agent, const QString &title, int cells, std::function<void()> run)
{
    if (!agent.isProduction) {
        run();
        return;
    }
    m_with.notices->ask(
        {.title = tr("Run this on a production agent?"),
         .text = tr("%1 is marked production. It is asked %n question(s) of “%2”.", nullptr, cells)
                     .arg(agent.name, title),
         .yes = tr("Run")},
        this, std::move(run));
}

void SuitesWindow::begin(const Agent &agent, const Suite &suite, const Run &run)
{
    allow(run.agent, run.title, int(run.cellCount()), [this, agent, suite, run] {
        m_notices->dismiss(u"drift"_s);
        m_desk->begin(agent, suite, run);
    });
}

void SuitesWindow::goOn(bool retriesFailed)
{
    if (m_desk->isEmpty() || m_desk->isRunning())
        return;
    const Agent *agent = m_with.workspace->agents()->find(m_desk->run().agent.id);
    RunAgent asked = m_desk->run().agent;
    asked.isProduction = agent ? agent->isProduction : asked.isProduction;
    const std::size_t cells =
        m_desk->left() + (retriesFailed ? std::size_t(countsOf(m_desk->run(), m_desk->records()).failed) : 0);
    allow(asked, m_desk->run().title, int(cells), [this, retriesFailed] { m_desk->goOn(retriesFailed); });
}

void SuitesWindow::openRun(const QString &id)
{
    if (m_desk->run().id.value() == id)
        return;
    if (m_desk->isRunning()) {
        complain(tr("A run is going on. Pause it before another one is opened."));
        m_list->choose(m_desk->run().id.value());
        return;
    }
    m_wantsRuns = false;
    m_chosenRun = id;
    m_desk->open(RunId(id));
}

void SuitesWindow::removeRun()
{
    // The one that is chosen: what cannot be read does not lie on the desk.
    const RunId id(m_list->currentId());
    if (id.isEmpty() || m_desk->isRunning())
        return;
    const QString title = m_list->currentIndex().data(Qt::DisplayRole).toString();
    m_with.notices->ask({.title = tr("Delete this run?"),
                         .text = tr("“%1”: its answers, verdicts and notes are deleted with it. The suite's "
                                    "file stays as it is.")
                                     .arg(title),
                         .yes = tr("Delete")},
                        this, [this, id] {
                            m_chosenRun.clear();
                            if (m_desk->run().id == id)
                                m_desk->clear();
                            m_runs->remove(id);
                        });
}

void SuitesWindow::offerBaselines(QWidget *below)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"baselineMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const Run &run = m_desk->run();
    const auto add = [&](const QString &words, const QString &label, const RunId &other) {
        QAction *choice = menu->addAction(QString(words).replace(u'&', u"&&"_s), m_desk,
                                          [this, label, other] { m_desk->setBaseline(label, other); });
        choice->setCheckable(true);
        choice->setChecked(label == run.baseline && other == run.baselineRun);
    };
    add(tr("Nothing"), {}, {});
    for (const RunTarget &target : run.targets)
        add(tr("%1 of this run").arg(target.label), target.label, {});
    menu->addSeparator();
    const QDateTime now = QDateTime::currentDateTime();
    std::size_t offered = 0;
    for (const RunsModel::Entry &entry : m_runs->entries()) {
        if (entry.kept.id == run.id || entry.suiteFile != run.suiteFile || ++offered > mostBaselines)
            continue;
        QString words = tr("Run of %1").arg(relativeTime(entry.kept.started.toLocalTime(), now, QLocale()));
        if (entry.counts)
            words += tr(" · %1 passed, %2 failed").arg(entry.counts->passed).arg(entry.counts->failed);
        add(words, {}, entry.kept.id);
    }
    menu->popup(below->mapToGlobal(QPoint(0, below->height())));
}

void SuitesWindow::offerReports()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"reportMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_export->fill(menu);
    menu->popup(m_head->menuPlace());
}

void SuitesWindow::onOpened()
{
    const Run &run = m_desk->run();
    setWindowTitle(run.title.isEmpty() ? tr("Suites · Parlance")
                                       : tr("Suites: %1 · Parlance").arg(run.title));
    m_list->choose(m_desk->isEmpty() ? m_chosenRun : run.id.value());
    refreshEmpty();
    if (run.hasDrifted()) {
        for (const RunTarget &target : run.targets) {
            if (target.hasDrifted())
                Q_EMIT m_desk->drifted(target);
        }
    } else {
        m_notices->dismiss(u"drift"_s);
    }
}

void SuitesWindow::onStateChanged()
{
    m_runs->setRunning(m_desk->isRunning() ? m_desk->run().id : RunId());
    m_runs->reload();
    if (!m_desk->isRunning() && m_closesWhenPaused)
        close();
}

void SuitesWindow::closeEvent(QCloseEvent *event)
{
    if (!m_desk->isRunning()) {
        QWidget::closeEvent(event);
        return;
    }
    event->ignore();
    m_with.notices->ask({.title = tr("Pause the run?"),
                         .text = tr("What is under way comes to its end, then the window closes. The run can "
                                    "be resumed from the list of runs."),
                         .yes = tr("Pause and close")},
                        this, [this] {
                            m_closesWhenPaused = true;
                            if (m_desk->isRunning())
                                m_desk->pause();
                            else
                                close();
                        });
}

void SuitesWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (filesIn(event->mimeData()).size() == 1)
        event->acceptProposedAction();
}

void SuitesWindow::dropEvent(QDropEvent *event)
{
    const QStringList files = filesIn(event->mimeData());
    if (files.size() != 1)
        return;
    event->acceptProposedAction();
    openSuite(files.front());
}

} // namespace Parlance
