// SPDX-License-Identifier: Apache-2.0
#include "transcript/hotaccessible.h"

#include "transcript/accessiblewords.h"
#include "transcript/messageaccessible.h"
#include "transcript/transcriptview.h"

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

bool isLink(const Hot &hot)
{
    return hot.action == Hot::Action::Link || hot.action == Hot::Action::Note
        || hot.action == Hot::Action::NoteBack;
}

} // namespace

QRect onScreen(const TranscriptView *view, const QRectF &rect)
{
    return {view->viewport()->mapToGlobal(rect.topLeft().toPoint()), rect.size().toSize()};
}

HotAccessible::HotAccessible(TranscriptView *view, MessageAccessible *message, NodeKey key)
    : m_view(view)
    , m_message(message)
    , m_key(key)
{
}

HotAddress HotAccessible::address() const
{
    return {m_message->row(), m_key.section, m_key.block, m_key.index};
}

const Hot *HotAccessible::hot() const
{
    return m_message->find(m_key) ? m_view->hotAt(address()) : nullptr;
}

bool HotAccessible::isValid() const
{
    return hot() != nullptr;
}

QWindow *HotAccessible::window() const
{
    return m_view->window()->windowHandle();
}

QAccessibleInterface *HotAccessible::parent() const
{
    return m_message->parentOf(m_key);
}

QString HotAccessible::text(QAccessible::Text kind) const
{
    const Hot *found = hot();
    const LaidBlock *laid = found ? m_message->laid(m_key) : nullptr;
    if (!laid)
        return {};
    return kind == QAccessible::Name       ? hotName(*found, *laid)
        : kind == QAccessible::Description ? hotDescription(*found, *laid)
                                           : QString();
}

QRect HotAccessible::rect() const
{
    return hot() ? onScreen(m_view, m_view->hotRect(address())) : QRect();
}

QAccessible::Role HotAccessible::role() const
{
    const Hot *found = hot();
    return found && isLink(*found) ? QAccessible::Link : QAccessible::Button;
}

QAccessible::State HotAccessible::state() const
{
    QAccessible::State state;
    const Hot *found = hot();
    const LaidBlock *laid = found ? m_message->laid(m_key) : nullptr;
    if (!laid) {
        state.invalid = true;
        return state;
    }
    state.focusable = true;
    state.focused = m_view->hasFocus() && m_view->focusedHot() == address();
    state.linked = isLink(*found);
    state.disabled = !found->isEnabled;
    const QRect seen(m_view->viewport()->mapToGlobal(QPoint()), m_view->viewport()->size());
    state.offscreen = !rect().intersects(seen);
    if (found->action == Hot::Action::Fold || found->action == Hot::Action::Details) {
        state.expandable = true;
        state.expanded = laid->isOpen;
        state.collapsed = !laid->isOpen;
    }
    return state;
}

void *HotAccessible::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
}

void HotAccessible::doAction(const QString &name)
{
    if (!hot())
        return;
    if (name == pressAction())
        m_view->activate(address());
    else if (name == setFocusAction())
        m_view->focusHot(address());
}

QStringList HotAccessible::keyBindingsForAction(const QString &name) const
{
    return name == pressAction() ? QStringList{u"Return"_s} : QStringList();
}

} // namespace Parlance
