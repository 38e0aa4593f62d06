// SPDX-License-Identifier: Apache-2.0
#include "terminal/shellpane.h"

#include "chat/shell.h"
#include "dialogs/elidinglabel.h"
#include "terminal/liveterminal.h"
#include "terminal/terminalview.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/style.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {
namespace {

//! From then on the pane tells how long the shell may still last.
constexpr auto lastMinutes = 10min;

QString stateWords(const Shell &shell)
{
    const ShellStatus &status = shell.status();
    switch (status.state) {
    case ShellState::New:
        return ShellPane::tr("Not open");
    case ShellState::Connecting:
    case ShellState::Reconnecting:
        return ShellPane::tr("%1…").arg(status.words);
    case ShellState::Open: {
        const auto left = std::chrono::ceil<std::chrono::minutes>(shell.timeLeft().value_or(0min));
        return left > lastMinutes
            ? ShellPane::tr("Open")
            : ShellPane::tr("The service ends it in %n minute(s)", nullptr, int(left.count()));
    }
    case ShellState::TakenOver:
    case ShellState::Lost:
    case ShellState::Ended:
        return status.words;
    }
    return {};
}

//! What the one button does; empty: there is none.
QString openWords(ShellState state)
{
    switch (state) {
    case ShellState::New:
        return ShellPane::tr("Open shell");
    case ShellState::Ended:
        return ShellPane::tr("New shell");
    case ShellState::TakenOver:
        return ShellPane::tr("Take it back");
    case ShellState::Lost:
    case ShellState::Reconnecting:
        return ShellPane::tr("Reconnect");
    case ShellState::Connecting:
    case ShellState::Open:
        return {};
    }
    return {};
}

} // namespace

ShellPane::ShellPane(const Theme *theme, QWidget *parent)
    : Panel(theme, ColourRole::Page, Qt::TopEdge, parent)
    , m_view(new TerminalView(theme, this))
{
    setObjectName(u"shellPane"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, m_theme->px(Metric::hairline), 0, 0);
    column->setSpacing(0);
    auto *header = new Panel(m_theme, ColourRole::Pane, Qt::BottomEdge, this);
    auto *row = new QHBoxLayout(header);
    m_title = new ElidingLabel(tr("Shell"), header);
    m_state = new ElidingLabel(header);
    m_state->setObjectName(u"shellState"_s);
    m_state->setAccessibleName(tr("State of the shell"));
    m_state->setTextFormat(Qt::PlainText);
    m_open = new QPushButton(header);
    m_open->setObjectName(u"openShellButton"_s);
    setButtonKind(m_open, ButtonKind::Link);
    m_end = new QPushButton(tr("End shell"), header);
    m_end->setObjectName(u"endShellButton"_s);
    m_end->setToolTip(tr("Ends what runs in it"));
    setButtonKind(m_end, ButtonKind::Link);
    row->addWidget(m_title);
    row->addWidget(m_state, 1);
    row->addWidget(m_open);
    row->addWidget(m_end);
    m_large = addTool("enlargeShell", tr("Fill the page with the shell"));
    m_hide = addTool("hideShell", tr("Hide the shell; it goes on"));
    row->addWidget(m_large);
    row->addWidget(m_hide);
    column->addWidget(header);
    column->addWidget(m_view, 1);
    setFocusProxy(m_view);
    connect(m_open, &QPushButton::clicked, this, &ShellPane::openAsked);
    connect(m_end, &QPushButton::clicked, this, &ShellPane::closeAsked);
    connect(m_large, &QToolButton::clicked, this, [this] { Q_EMIT largeAsked(!m_isLarge); });
    connect(m_hide, &QToolButton::clicked, this, &ShellPane::hideAsked);
    connect(m_theme, &Theme::changed, this, &ShellPane::applyTheme);
    connect(&m_minute, &QTimer::timeout, this, &ShellPane::refresh);
    m_minute.start(30s);
    applyTheme();
    refresh();
}

QToolButton *ShellPane::addTool(const char *name, const QString &words)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QLatin1StringView(name));
    button->setAccessibleName(words);
    button->setToolTip(words);
    button->setAutoRaise(true);
    return button;
}

void ShellPane::applyTheme()
{
    QWidget *header = m_title->parentWidget();
    header->layout()->setContentsMargins(m_theme->px(Metric::inset), 0, m_theme->px(Metric::within), 0);
    header->layout()->setSpacing(m_theme->px(Metric::within));
    m_title->setFont(m_theme->font(FontRole::SmallStrong));
    for (QWidget *small :
         {static_cast<QWidget *>(m_state), static_cast<QWidget *>(m_open), static_cast<QWidget *>(m_end)})
        small->setFont(m_theme->font(FontRole::Small));
    header->setFixedHeight(std::max(m_theme->px(Metric::compactHeader), m_open->sizeHint().height()));
    m_hide->setIcon(icon(IconName::Close, *m_theme, ColourRole::InkQuiet));
    setLarge(m_isLarge);
    refresh();
}

void ShellPane::setTerminal(LiveTerminal *terminal, const QString &words)
{
    LiveTerminal *before = m_view->terminal();
    m_words = words;
    if (before != terminal) {
        if (before) {
            before->disconnect(this);
            before->shell()->disconnect(this);
        }
        m_note.clear();
        m_view->setTerminal(terminal);
        if (terminal) {
            connect(terminal, &LiveTerminal::titleChanged, this, &ShellPane::refresh);
            connect(terminal->shell(), &Shell::noted, this, &ShellPane::note);
            connect(terminal->shell(), &Shell::statusChanged, this, [this] {
                // What was told on the way to being open is still worth knowing then.
                if (m_view->terminal()->shell()->status().state != ShellState::Open)
                    m_note.clear();
                refresh();
            });
        }
    }
    refresh();
}

void ShellPane::setLarge(bool isLarge)
{
    m_isLarge = isLarge;
    const QString words = isLarge ? tr("Show the conversation again") : tr("Fill the page with the shell");
    m_large->setAccessibleName(words);
    m_large->setToolTip(words);
    m_large->setIcon(
        icon(isLarge ? IconName::ChevronDown : IconName::ChevronUp, *m_theme, ColourRole::InkQuiet));
}

void ShellPane::note(const QString &words)
{
    m_note = words;
    refresh();
}

void ShellPane::refresh()
{
    const LiveTerminal *terminal = m_view->terminal();
    const ShellState state = terminal ? terminal->shell()->status().state : ShellState::New;
    QString words = terminal ? stateWords(*terminal->shell()) : m_words;
    if (terminal && !terminal->screen().title().isEmpty() && state == ShellState::Open)
        words = tr("%1 · %2").arg(words, terminal->screen().title());
    if (!m_note.isEmpty())
        words = tr("%1 · %2").arg(words, m_note);
    m_state->setText(words);
    const bool isBad = terminal && terminal->shell()->status().error.has_value();
    QPalette palette = m_state->palette();
    palette.setColor(QPalette::WindowText, m_theme->colour(isBad ? ColourRole::Bad : ColourRole::InkQuiet));
    m_state->setPalette(palette);
    const QString open = terminal ? openWords(state) : QString();
    m_open->setText(open);
    m_open->setVisible(!open.isEmpty());
    m_end->setVisible(terminal && terminal->shell()->isLive());
}

} // namespace Parlance
