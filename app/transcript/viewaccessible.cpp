// SPDX-License-Identifier: Apache-2.0
#include "transcript/viewaccessible.h"

#include "transcript/messageaccessible.h"
#include "transcript/readerbus.h"
#include "transcript/transcriptview.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// A reader that follows a stream word by word says nothing else any more.
constexpr int tellMs = 400;
constexpr int sweepMs = 5000;

void tell(QAccessibleInterface *interface, QAccessible::Event kind)
{
    if (!interface)
        return;
    QAccessibleEvent event(interface, kind);
    QAccessible::updateAccessibility(&event);
}

template <typename Value> std::map<int, Value> shifted(const std::map<int, Value> &rows, int from, int by)
{
    std::map<int, Value> result;
    for (const auto &[row, value] : rows)
        result.insert({row >= from ? row + by : row, value});
    return result;
}

} // namespace

ViewAccessible::ViewAccessible(TranscriptView *view)
    : QAccessibleWidget(view, QAccessible::List)
    , m_view(view)
{
    m_tell.setSingleShot(true);
    m_tell.setInterval(tellMs);
    QObject::connect(&m_tell, &QTimer::timeout, &m_tell, [this] { tellChanges(); });
    m_sweep.setSingleShot(true);
    m_sweep.setInterval(sweepMs);
    QObject::connect(&m_sweep, &QTimer::timeout, &m_sweep, [this] { sweep(); });
    view->setAccessibleHooks({
        .forget =
            [this](bool isFinal) {
                forget();
                if (isFinal)
                    m_view = nullptr;
                else
                    tell(this, QAccessible::ObjectReorder);
            },
        .inserted = [this](int row) { onInserted(row); },
        .removing = [this](int row) { onRemoving(row); },
        .changed = [this](int row) { onChanged(row); },
        .caretMoved = [this](const TextPosition &caret) { onCaretMoved(caret); },
        .selectionMoved = [this] { onSelectionMoved(); },
        .focusMoved = [this] { onFocusMoved(); },
    });
}

ViewAccessible::~ViewAccessible()
{
    if (m_view)
        m_view->setAccessibleHooks({});
    forget();
}

void ViewAccessible::forget()
{
    m_told.clear();
    m_changed.clear();
    m_caretOwner = nullptr;
    for (const auto &[row, id] : std::exchange(m_rows, {}))
        QAccessible::deleteAccessibleInterface(id);
}

MessageAccessible *ViewAccessible::existing(int row) const
{
    const auto found = m_rows.find(row);
    return found == m_rows.end()
        ? nullptr
        : static_cast<MessageAccessible *>(QAccessible::accessibleInterface(found->second));
}

MessageAccessible *ViewAccessible::message(int row) const
{
    if (MessageAccessible *known = existing(row))
        return known;
    auto *made = new MessageAccessible(m_view, row);
    m_rows[row] = QAccessible::registerAccessibleInterface(made);
    return made;
}

void ViewAccessible::onInserted(int row)
{
    m_rows = shifted(m_rows, row, 1);
    m_told = shifted(m_told, row, 1);
    for (const auto &[now, id] : m_rows)
        existing(now)->setRow(now);
    std::set<int> changed;
    for (const int other : m_changed)
        changed.insert(other >= row ? other + 1 : other);
    m_changed = std::move(changed);
    tell(message(row), QAccessible::ObjectCreated);
}

void ViewAccessible::onRemoving(int row)
{
    if (MessageAccessible *known = existing(row)) {
        tell(known, QAccessible::ObjectDestroyed);
        QAccessible::deleteAccessibleInterface(m_rows[row]);
        m_rows.erase(row);
    }
    m_caretOwner = nullptr;
    m_told.erase(row);
    m_rows = shifted(m_rows, row, -1);
    m_told = shifted(m_told, row, -1);
    for (const auto &[now, id] : m_rows)
        existing(now)->setRow(now);
    std::set<int> changed;
    for (const int other : m_changed) {
        if (other != row)
            changed.insert(other > row ? other - 1 : other);
    }
    m_changed = std::move(changed);
}

void ViewAccessible::onChanged(int row)
{
    if (!existing(row))
        return;
    m_changed.insert(row);
    if (!m_tell.isActive())
        m_tell.start();
}

// The block with the caret is where a reader is; it hears of it when it is another one.
void ViewAccessible::onCaretMoved(const TextPosition &caret)
{
    MessageAccessible *at = message(caret.row);
    QAccessibleInterface *block = at->nodeAt(at->tree().holding(caret));
    if (!block || !block->textInterface())
        return;
    if (block != std::exchange(m_caretOwner, block) && m_view->hasFocus())
        tell(block, QAccessible::Focus);
    QAccessibleTextCursorEvent event(block, block->textInterface()->cursorPosition());
    QAccessible::updateAccessibility(&event);
    if (!m_sweep.isActive())
        m_sweep.start();
}

void ViewAccessible::onSelectionMoved()
{
    const std::optional<TextPosition> caret = m_view->caret();
    MessageAccessible *at = caret ? existing(caret->row) : nullptr;
    QAccessibleInterface *block = at ? at->nodeAt(at->tree().holding(*caret)) : nullptr;
    if (!block || !block->textInterface())
        return;
    int start = 0;
    int end = 0;
    block->textInterface()->selection(0, &start, &end);
    QAccessibleTextSelectionEvent event(block, start, end);
    event.setCursorPosition(block->textInterface()->cursorPosition());
    QAccessible::updateAccessibility(&event);
}

void ViewAccessible::onFocusMoved()
{
    m_caretOwner = nullptr;
    if (m_view->hasFocus())
        tell(focusChild(), QAccessible::Focus);
}

void ViewAccessible::tellChanges()
{
    for (const int row : std::exchange(m_changed, {})) {
        if (MessageAccessible *known = m_view ? existing(row) : nullptr)
            tellOf(row, known);
    }
}

void ViewAccessible::tellOf(int row, MessageAccessible *message)
{
    const bool isBusy = message->state().busy;
    const bool isKnown = m_told.contains(row);
    Told &told = m_told[row];
    const QString before = std::exchange(told.text, m_view->rowText(row));
    if (isKnown || isBusy)
        tellText(message, before, told.text);
    if (std::exchange(told.isBusy, isBusy) != isBusy) {
        ReaderBus::tellState(message, u"busy"_s, isBusy);
        // The name says how it went.
        tell(message, QAccessible::NameChanged);
    }
    if (!message->hasNodes())
        return;
    message->forgetGone();
    const auto children = size_t(message->childCount());
    for (size_t i = told.children; isKnown && i < children; ++i)
        tell(message->child(int(i)), QAccessible::ObjectCreated);
    told.children = children;
}

// Text comes at the end, or in the middle where the last words settled.
void ViewAccessible::tellText(MessageAccessible *message, const QString &before, const QString &now)
{
    const auto ends = std::ranges::mismatch(before, now);
    const auto start = ends.in1 - before.begin();
    qsizetype same = 0;
    const qsizetype most = std::min(before.size(), now.size()) - start;
    while (same < most && before[before.size() - 1 - same] == now[now.size() - 1 - same])
        ++same;
    const QString removed = before.mid(start, before.size() - same - start);
    const QString inserted = now.mid(start, now.size() - same - start);
    const int cursor = message->cursorPosition();
    const auto send = [&](QAccessibleTextCursorEvent &&event) {
        event.setCursorPosition(cursor);
        QAccessible::updateAccessibility(&event);
    };
    if (!removed.isEmpty())
        send(QAccessibleTextRemoveEvent(message, int(start), removed));
    if (!inserted.isEmpty())
        send(QAccessibleTextInsertEvent(message, int(start), inserted));
}

// Blocks of messages whose layout is gone are asked for anew if anybody wants them again.
void ViewAccessible::sweep()
{
    if (!m_view)
        return;
    for (const auto &[row, id] : m_rows) {
        if (!m_view->rows().existing(row))
            existing(row)->forgetAll();
    }
}

int ViewAccessible::childCount() const
{
    return !m_view ? 0 : m_view->rows().count() + int(widgets().size());
}

QAccessibleInterface *ViewAccessible::child(int index) const
{
    if (!m_view || index < 0)
        return nullptr;
    const int count = m_view->rows().count();
    if (index < count)
        return message(index);
    const QList<QWidget *> others = widgets();
    return index - count < others.size() ? QAccessible::queryAccessibleInterface(others[index - count])
                                         : nullptr;
}

QAccessibleInterface *ViewAccessible::focusChild() const
{
    if (!m_view || !m_view->hasFocus() || m_view->currentRow() < 0)
        return QAccessibleWidget::focusChild();
    MessageAccessible *at = message(m_view->currentRow());
    QAccessibleInterface *inside = at->focusChild();
    return inside ? inside : at;
}

int ViewAccessible::indexOfChild(const QAccessibleInterface *wanted) const
{
    for (const auto &[row, id] : m_rows) {
        if (QAccessible::accessibleInterface(id) == wanted)
            return row;
    }
    const QList<QWidget *> others = widgets();
    for (int i = 0; i < others.size(); ++i) {
        if (wanted && wanted->object() == others[i])
            return m_view->rows().count() + i;
    }
    return -1;
}

QAccessibleInterface *ViewAccessible::childAt(int x, int y) const
{
    if (!m_view)
        return nullptr;
    for (QWidget *widget : widgets()) {
        if (QRect(widget->mapToGlobal(QPoint()), widget->size()).contains(x, y))
            return QAccessible::queryAccessibleInterface(widget);
    }
    const QPoint point = m_view->viewport()->mapFromGlobal(QPoint(x, y));
    if (m_view->rows().count() == 0 || !m_view->viewport()->rect().contains(point))
        return nullptr;
    const int row = m_view->rows().rowAt(point.y() - int(m_view->rowOrigin(0).y()) + m_view->rows().top(0));
    QAccessibleInterface *found = child(row);
    return found && found->rect().contains(x, y) ? found : nullptr;
}

// The find bar, the button to the newest message and the voice; not the frame's own machinery.
QList<QWidget *> ViewAccessible::widgets() const
{
    QList<QWidget *> result;
    if (!m_view)
        return result;
    for (const QLatin1StringView name : {"findBar"_L1, "jumpToLatest"_L1, "announcer"_L1}) {
        auto *widget = m_view->findChild<QWidget *>(name, Qt::FindDirectChildrenOnly);
        if (widget && !widget->isHidden())
            result.append(widget);
    }
    return result;
}

} // namespace Parlance
