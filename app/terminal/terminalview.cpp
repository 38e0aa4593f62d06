// SPDX-License-Identifier: Apache-2.0
#include "terminal/terminalview.h"

#include "theme/metrics.h"
#include "theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QPainter>
#include <QPaintEvent>
#include <QScrollBar>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int leastColumns = 10;
constexpr int leastRows = 2;

} // namespace

TerminalView::TerminalView(const Theme *theme, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
    , m_painter(theme)
{
    setObjectName(u"terminal"_s);
    setAccessibleName(tr("Shell"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_InputMethodEnabled);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    connect(m_theme, &Theme::changed, this, &TerminalView::onThemeChanged);
}

TerminalView::~TerminalView() = default;

void TerminalView::setTerminal(LiveTerminal *terminal)
{
    if (m_terminal == terminal)
        return;
    if (m_terminal)
        m_terminal->disconnect(this);
    m_terminal = terminal;
    m_selection.clear();
    m_keyHead.reset();
    m_followsEnd = true;
    if (m_terminal) {
        connect(m_terminal, &LiveTerminal::changed, this, &TerminalView::onChanged);
        m_terminal->takeDamage();
        fitScreen();
    }
    refreshScrollBar();
    viewport()->update();
    Q_EMIT screenChanged();
}

void TerminalView::onThemeChanged()
{
    m_painter.refresh();
    fitScreen();
    viewport()->update();
}

// Where there is no room yet, the program keeps the size it has.
void TerminalView::fitScreen()
{
    const QSize room = viewport()->size() - QSize(m_theme->px(Metric::within), 0);
    if (!m_terminal || !isVisible() || room.width() <= 0 || room.height() <= 0)
        return;
    m_terminal->resize(std::max(leastColumns, int(room.width() / m_painter.cell().width())),
                       std::max(leastRows, int(room.height() / m_painter.cell().height())));
    refreshScrollBar();
}

int TerminalView::columns() const
{
    return m_terminal ? m_terminal->screen().columns() : 0;
}

int TerminalView::visibleRows() const
{
    return m_terminal ? m_terminal->screen().rows() : 0;
}

int TerminalView::firstLine() const
{
    return verticalScrollBar()->value();
}

bool TerminalView::isAtEnd() const
{
    return verticalScrollBar()->value() >= verticalScrollBar()->maximum();
}

int TerminalView::lineOfCursor() const
{
    return m_terminal->screen().scrollback() + m_terminal->screen().cursor().row;
}

void TerminalView::refreshScrollBar()
{
    QScrollBar *bar = verticalScrollBar();
    if (!m_terminal) {
        bar->setRange(0, 0);
        return;
    }
    const TerminalScreen &screen = m_terminal->screen();
    const auto gone = int(screen.forgotten() - std::exchange(m_forgotten, screen.forgotten()));
    const int value = m_followsEnd ? screen.scrollback() : std::max(0, bar->value() - gone);
    const bool follows = m_followsEnd;
    bar->setPageStep(screen.rows());
    bar->setSingleStep(1);
    bar->setRange(0, screen.scrollback());
    bar->setValue(value);
    m_followsEnd = follows;
}

void TerminalView::showEnd()
{
    m_followsEnd = true;
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void TerminalView::scrollContentsBy(int /*dx*/, int /*dy*/)
{
    m_followsEnd = isAtEnd();
    viewport()->update();
    Q_EMIT scrolled();
}

void TerminalView::onChanged()
{
    const int before = firstLine();
    const int range = verticalScrollBar()->maximum();
    refreshScrollBar();
    const std::set<int> rows = m_terminal->takeDamage();
    if (firstLine() != before || verticalScrollBar()->maximum() != range) {
        viewport()->update();
    } else {
        const int shift = m_terminal->screen().scrollback() - firstLine();
        for (const int row : rows)
            viewport()->update(cellRect(row + shift, 0).adjusted(0, 0, viewport()->width(), 0));
    }
    restartBlinking();
    updateMicroFocus();
    Q_EMIT screenChanged();
}

QRect TerminalView::cellRect(int row, int column) const
{
    const QSizeF cell = m_painter.cell();
    const int inset = m_theme->px(Metric::within);
    return QRectF(inset + column * cell.width(), row * cell.height(), cell.width(), cell.height()).toRect();
}

void TerminalView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    const QRect rect = event->rect();
    painter.fillRect(rect, m_theme->colour(ColourRole::Page));
    if (!m_terminal)
        return;
    const TerminalScreen &screen = m_terminal->screen();
    const qreal height = m_painter.cell().height();
    const int first = std::max(0, int(rect.top() / height));
    const int last = std::min(int(rect.bottom() / height), screen.rows() - 1);
    for (int row = first; row <= last; ++row) {
        const int line = firstLine() + row;
        painter.save();
        painter.translate(cellRect(row, 0).topLeft());
        m_painter.paintLine(painter, screen, line, m_selection.columnsOf(screen, line));
        if (line == lineOfCursor()) {
            if (!m_unfinished.isEmpty())
                m_painter.paintUnfinished(painter, m_unfinished, screen.cursor().column);
            else if (screen.cursor().isVisible && (m_isCursorShown || !hasFocus()))
                m_painter.paintCursor(painter, screen, line, hasFocus());
        }
        painter.restore();
    }
}

void TerminalView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    fitScreen();
}

void TerminalView::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    fitScreen();
}

void TerminalView::restartBlinking()
{
    m_isCursorShown = true;
    const int time = QApplication::cursorFlashTime() / 2;
    const bool blinks = m_terminal && m_terminal->screen().cursor().blinks && hasFocus() && time > 0;
    if (blinks)
        m_blink.start(time, this);
    else
        m_blink.stop();
}

void TerminalView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_blink.timerId() && m_terminal) {
        m_isCursorShown = !m_isCursorShown;
        viewport()->update(cellRect(lineOfCursor() - firstLine(), 0).adjusted(0, 0, viewport()->width(), 0));
    } else if (event->timerId() == m_tripleClick.timerId()) {
        m_tripleClick.stop();
    } else {
        QAbstractScrollArea::timerEvent(event);
    }
}

QString TerminalView::selectedText() const
{
    return m_terminal ? m_selection.text(m_terminal->screen()) : QString();
}

void TerminalView::copy()
{
    if (const QString words = selectedText(); !words.isEmpty())
        QGuiApplication::clipboard()->setText(words);
}

void TerminalView::paste()
{
    const QString words = QGuiApplication::clipboard()->text();
    if (!m_terminal || words.isEmpty())
        return;
    // A program that is told of a paste decides itself; another would run line by line.
    if (words.trimmed().contains(u'\n') && !m_terminal->screen().knowsPaste())
        Q_EMIT pasteAsked(words);
    else
        m_terminal->paste(words);
    typed();
}

void TerminalView::selectAll()
{
    if (!m_terminal)
        return;
    m_selection.selectAll(m_terminal->screen());
    viewport()->update();
    Q_EMIT selectionChanged();
}

void TerminalView::typed()
{
    showEnd();
    if (m_selection.isEmpty() && !m_keyHead)
        return;
    m_selection.clear();
    m_keyHead.reset();
    viewport()->update();
    Q_EMIT selectionChanged();
}

QString TerminalView::visibleText() const
{
    QStringList lines;
    for (int row = 0; row < visibleRows(); ++row)
        lines.append(m_terminal->screen().text(firstLine() + row));
    return lines.join(u'\n');
}

int TerminalView::caretOffset() const
{
    if (!m_terminal)
        return -1;
    const int row = lineOfCursor() - firstLine();
    if (row < 0 || row >= visibleRows())
        return -1;
    int offset = 0;
    for (int above = 0; above < row; ++above)
        offset += int(m_terminal->screen().text(firstLine() + above).size()) + 1;
    const int length = int(m_terminal->screen().text(firstLine() + row).size());
    return offset + std::min(m_terminal->screen().cursor().column, length);
}

QVariant TerminalView::inputMethodQuery(Qt::InputMethodQuery query) const
{
    if (query == Qt::ImCursorRectangle && m_terminal)
        return cellRect(lineOfCursor() - firstLine(), m_terminal->screen().cursor().column);
    if (query == Qt::ImFont)
        return m_theme->font(FontRole::Code);
    if (query == Qt::ImHints)
        return int(Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    return QAbstractScrollArea::inputMethodQuery(query);
}

} // namespace Parlance
