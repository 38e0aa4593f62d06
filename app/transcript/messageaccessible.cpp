// SPDX-License-Identifier: Apache-2.0
#include "transcript/messageaccessible.h"

#include "transcript/hotaccessible.h"
#include "transcript/transcriptview.h"

#include "core/agent.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::TranscriptView)
};

// A list is walked through by names: a long answer is read by its text.
constexpr qsizetype longestName = 1000;

QString stateWord(MessageState state)
{
    switch (state) {
    case MessageState::Queued:
        return Words::tr("waiting");
    case MessageState::Streaming:
        return Words::tr("streaming");
    case MessageState::Stopped:
        return Words::tr("stopped");
    case MessageState::Interrupted:
        return Words::tr("interrupted");
    case MessageState::Failed:
        return Words::tr("failed");
    case MessageState::Complete:
        break;
    }
    return {};
}

QString timeOf(const Message &message)
{
    if (!message.created.isValid())
        return {};
    const QDateTime local = message.created.toLocalTime();
    return local.date() == QDate::currentDate() ? QLocale().toString(local.time(), QLocale::ShortFormat)
                                                : QLocale().toString(local, QLocale::ShortFormat);
}

QString heading(const Message &message, const Agent *agent)
{
    QStringList facts;
    if (message.role == Role::User)
        facts.append(Words::tr("You"));
    else
        facts.append(Words::tr("Agent"));
    if (message.role == Role::Agent && agent && !agent->name.isEmpty())
        facts.append(agent->name);
    for (const QString &fact : {timeOf(message), stateWord(message.state)}) {
        if (!fact.isEmpty())
            facts.append(fact);
    }
    return facts.join(u", "_s);
}

} // namespace

MessageAccessible::MessageAccessible(TranscriptView *view, int row)
    : m_view(view)
    , m_row(row)
{
}

MessageAccessible::~MessageAccessible()
{
    for (const auto &[address, id] : m_hots)
        QAccessible::deleteAccessibleInterface(id);
}

QAccessibleInterface *MessageAccessible::childFor(const HotAddress &address)
{
    const auto found = m_hots.find(address);
    if (found != m_hots.end())
        return QAccessible::accessibleInterface(found->second);
    auto *made = new HotAccessible(m_view, this, address);
    m_hots[address] = QAccessible::registerAccessibleInterface(made);
    return made;
}

bool MessageAccessible::isValid() const
{
    return m_row < m_view->rows().count();
}

QWindow *MessageAccessible::window() const
{
    return m_view->window()->windowHandle();
}

QAccessibleInterface *MessageAccessible::parent() const
{
    return QAccessible::queryAccessibleInterface(m_view);
}

QAccessibleInterface *MessageAccessible::child(int index) const
{
    const std::vector<HotAddress> hots = isValid() ? m_view->hotsOf(m_row) : std::vector<HotAddress>();
    if (index < 0 || index >= int(hots.size()))
        return nullptr;
    return const_cast<MessageAccessible *>(this)->childFor(hots[size_t(index)]);
}

QAccessibleInterface *MessageAccessible::childAt(int x, int y) const
{
    for (int i = 0; i < childCount(); ++i) {
        if (QAccessibleInterface *one = child(i); one && one->rect().contains(x, y))
            return one;
    }
    return nullptr;
}

int MessageAccessible::childCount() const
{
    return isValid() ? int(m_view->hotsOf(m_row).size()) : 0;
}

int MessageAccessible::indexOfChild(const QAccessibleInterface *wanted) const
{
    for (int i = 0; i < childCount(); ++i) {
        if (child(i) == wanted)
            return i;
    }
    return -1;
}

QString MessageAccessible::text(QAccessible::Text kind) const
{
    if (!isValid() || (kind != QAccessible::Name && kind != QAccessible::Value))
        return {};
    QString words = m_view->rowText(m_row);
    if (kind == QAccessible::Value)
        return words;
    const QString name = heading(m_view->rows().messages()->at(m_row), m_view->agent()) + u": "_s;
    return words.size() <= longestName ? QString(name + words)
                                       : QString(name + words.left(longestName) + u'…');
}

QRect MessageAccessible::rect() const
{
    if (!isValid())
        return {};
    return onScreen(
        m_view,
        QRectF(m_view->rowOrigin(m_row), QSizeF(m_view->rows().width(), m_view->rows().height(m_row))));
}

QAccessible::State MessageAccessible::state() const
{
    QAccessible::State state;
    state.readOnly = true;
    state.multiLine = true;
    state.selectableText = true;
    if (!rect().intersects(QRect(m_view->viewport()->mapToGlobal(QPoint()), m_view->viewport()->size())))
        state.offscreen = true;
    return state;
}

void *MessageAccessible::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::TextInterface ? static_cast<QAccessibleTextInterface *>(this) : nullptr;
}

void MessageAccessible::selection(int index, int *start, int *end) const
{
    *start = *end = 0;
    const TextRange range = m_view->selection();
    if (index != 0 || !isValid() || range.isEmpty() || range.begin.row > m_row || range.end.row < m_row)
        return;
    const RowText &map = m_view->rowMap(m_row);
    *start = range.begin.row < m_row ? 0 : std::max(0, map.offsetOf(range.begin));
    const int last = range.end.row > m_row ? -1 : map.offsetOf(range.end);
    *end = last < 0 ? characterCount() : last;
}

int MessageAccessible::selectionCount() const
{
    int start = 0;
    int end = 0;
    selection(0, &start, &end);
    return end > start ? 1 : 0;
}

void MessageAccessible::removeSelection(int index)
{
    if (index == 0 && selectionCount() > 0)
        m_view->select(m_view->selection().end, m_view->selection().end);
}

void MessageAccessible::setSelection(int index, int start, int end)
{
    if (index != 0 || !isValid())
        return;
    const RowText &map = m_view->rowMap(m_row);
    const auto from = map.positionAt(start);
    const auto to = map.positionAt(end);
    if (from && to)
        m_view->select(*from, *to);
}

int MessageAccessible::cursorPosition() const
{
    const std::optional<TextPosition> caret = m_view->caret();
    return isValid() && caret && caret->row == m_row ? m_view->rowMap(m_row).offsetOf(*caret) : -1;
}

void MessageAccessible::setCursorPosition(int position)
{
    if (const auto place = isValid() ? m_view->rowMap(m_row).positionAt(position) : std::nullopt)
        m_view->placeCaret(*place, false);
}

QString MessageAccessible::text(int start, int end) const
{
    return isValid() ? m_view->rowText(m_row).mid(start, std::max(0, end - start)) : QString();
}

std::pair<int, int> MessageAccessible::lineAround(int offset) const
{
    const RowText &map = m_view->rowMap(m_row);
    const QString &all = map.text();
    const int size = int(all.size());
    const int at = std::clamp(offset, 0, size);
    int start = at == 0 ? 0 : int(all.lastIndexOf(u'\n', at - 1)) + 1;
    const auto newline = all.indexOf(u'\n', at);
    int end = newline < 0 ? size : int(newline) + 1;
    const auto place = map.positionAt(at);
    const LaidBlock *laid = place ? m_view->blockAt(*place) : nullptr;
    // A row of a table, or of several labels, is one line.
    if (!laid || laid->block.texts.size() != 1 || size_t(place->box) >= laid->boxes.size()
        || !isSelectable(laid->block.kind))
        return {start, end};
    const TextFlow &flow = laid->boxes[size_t(place->box)].flow;
    const auto [from, to] = flow.lineAt(place->offset);
    TextPosition edge = *place;
    edge.offset = from;
    if (from > 0)
        start = std::max(start, map.offsetOf(edge));
    edge.offset = to;
    if (to < flow.text().text.size())
        end = std::min(end, map.offsetOf(edge));
    return {start, end};
}

QString MessageAccessible::line(std::pair<int, int> range, int *start, int *end) const
{
    *start = range.first;
    *end = range.second;
    return text(range.first, range.second);
}

QString MessageAccessible::textAtOffset(int offset, QAccessible::TextBoundaryType type, int *start,
                                        int *end) const
{
    if (type != QAccessible::LineBoundary || !isValid())
        return QAccessibleTextInterface::textAtOffset(offset, type, start, end);
    return line(lineAround(offset), start, end);
}

QString MessageAccessible::textBeforeOffset(int offset, QAccessible::TextBoundaryType type, int *start,
                                            int *end) const
{
    if (type != QAccessible::LineBoundary || !isValid())
        return QAccessibleTextInterface::textBeforeOffset(offset, type, start, end);
    const int here = lineAround(offset).first;
    return here == 0 ? line({0, 0}, start, end) : line(lineAround(here - 1), start, end);
}

QString MessageAccessible::textAfterOffset(int offset, QAccessible::TextBoundaryType type, int *start,
                                           int *end) const
{
    if (type != QAccessible::LineBoundary || !isValid())
        return QAccessibleTextInterface::textAfterOffset(offset, type, start, end);
    const int next = lineAround(offset).second;
    return next >= characterCount() ? line({next, next}, start, end) : line(lineAround(next), start, end);
}

int MessageAccessible::characterCount() const
{
    return isValid() ? int(m_view->rowText(m_row).size()) : 0;
}

QRect MessageAccessible::characterRect(int offset) const
{
    const auto place = isValid() ? m_view->rowMap(m_row).positionAt(offset) : std::nullopt;
    if (!place)
        return {};
    TextPosition next = *place;
    ++next.offset;
    const QRectF here = m_view->caretRect(*place);
    const QRectF after = m_view->caretRect(next);
    const bool isSameLine = qFuzzyCompare(here.top() + 1, after.top() + 1) && after.left() > here.left();
    return onScreen(
        m_view, QRectF(here.topLeft(), QSizeF(isSameLine ? after.left() - here.left() : 1, here.height())));
}

int MessageAccessible::offsetAtPoint(const QPoint &point) const
{
    const auto place = m_view->positionAt(m_view->viewport()->mapFromGlobal(point));
    return isValid() && place && place->row == m_row ? m_view->rowMap(m_row).offsetOf(*place) : -1;
}

void MessageAccessible::scrollToSubstring(int start, int /*end*/)
{
    if (const auto place = isValid() ? m_view->rowMap(m_row).positionAt(start) : std::nullopt)
        m_view->reveal(*place);
}

QString MessageAccessible::attributes(int offset, int *start, int *end) const
{
    *start = *end = offset;
    const auto place = isValid() ? m_view->rowMap(m_row).positionAt(offset) : std::nullopt;
    const LaidBlock *laid = place ? m_view->blockAt(*place) : nullptr;
    if (!laid || size_t(place->box) >= laid->block.texts.size())
        return {};
    const RichText &rich = laid->block.texts[size_t(place->box)];
    const int first = offset - place->offset;
    *start = first;
    *end = first + int(rich.text.size());
    quint16 style = PlainRun;
    for (const TextRun &run : rich.runs) {
        if (run.start > place->offset) {
            *end = first + run.start;
            break;
        }
        *start = first + run.start + (run.start + run.length <= place->offset ? run.length : 0);
        if (run.start + run.length > place->offset) {
            style = run.style;
            *end = first + run.start + run.length;
            break;
        }
    }
    QString result;
    if (style & BoldRun || laid->block.kind == BlockKind::Heading)
        result += u"font-weight:bold;"_s;
    if (style & ItalicRun)
        result += u"font-style:italic;"_s;
    if (style & StrikeRun)
        result += u"text-line-through-type:single;"_s;
    if (style & CodeRun || laid->block.kind == BlockKind::Code)
        result += u"font-family:monospace;"_s;
    return result;
}

} // namespace Parlance
