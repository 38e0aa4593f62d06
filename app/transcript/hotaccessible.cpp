// SPDX-License-Identifier: Apache-2.0
#include "transcript/hotaccessible.h"

#include "transcript/transcriptview.h"

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::TranscriptView)
};

} // namespace

QRect onScreen(const TranscriptView *view, const QRectF &rect)
{
    return {view->viewport()->mapToGlobal(rect.topLeft().toPoint()), rect.size().toSize()};
}

HotAccessible::HotAccessible(TranscriptView *view, QAccessibleInterface *parent, HotAddress address)
    : m_view(view)
    , m_parent(parent)
    , m_address(address)
{
}

bool HotAccessible::isValid() const
{
    return m_view->hotAt(m_address) != nullptr;
}

QWindow *HotAccessible::window() const
{
    return m_view->window()->windowHandle();
}

// More than what stands on it: a person who hears "Copy" does not see beside what it stands.
QString HotAccessible::name() const
{
    const Hot *hot = m_view->hotAt(m_address);
    const LaidBlock *laid = m_view->blockAt({m_address.row, m_address.section, m_address.block, 0, 0});
    if (!hot || !laid)
        return {};
    if (hot->action == Hot::Action::CopyMessage)
        return Words::tr("Copy message");
    if (hot->action == Hot::Action::WrapCode)
        return laid->side.range() > 0 ? Words::tr("Wrap lines of code") : Words::tr("Unwrap lines of code");
    if (hot->action == Hot::Action::NoteBack)
        return Words::tr("Back from footnote %1").arg(hot->url);
    if (hot->action == Hot::Action::CopyCode && laid->block.isFormula())
        return Words::tr("Copy formula");
    if (hot->action == Hot::Action::CopyCode)
        return laid->block.label.isEmpty() ? Words::tr("Copy code")
                                           : Words::tr("Copy code: %1").arg(laid->block.label);
    if (hot->action != Hot::Action::Fold || laid->block.kind != BlockKind::Tool)
        return hot->label;
    QStringList facts{Words::tr("Tool call %1").arg(hot->label)};
    for (const QString &fact : {laid->block.label, laid->block.detail}) {
        if (!fact.isEmpty())
            facts.append(fact);
    }
    return facts.join(u", "_s);
}

QString HotAccessible::text(QAccessible::Text kind) const
{
    if (kind == QAccessible::Name)
        return name();
    const LaidBlock *laid = m_view->blockAt({m_address.row, m_address.section, m_address.block, 0, 0});
    const Hot *hot = m_view->hotAt(m_address);
    if (kind != QAccessible::Description || !laid || !hot)
        return {};
    if (hot->action == Hot::Action::Link)
        return hot->url;
    if (laid->block.kind == BlockKind::ErrorCard || laid->block.kind == BlockKind::Tool)
        return laid->block.texts[laid->block.kind == BlockKind::Tool ? 1 : 0].text;
    return {};
}

QRect HotAccessible::rect() const
{
    return onScreen(m_view, m_view->hotRect(m_address));
}

QAccessible::Role HotAccessible::role() const
{
    const Hot *hot = m_view->hotAt(m_address);
    const bool isLink = hot
        && (hot->action == Hot::Action::Link || hot->action == Hot::Action::Note
            || hot->action == Hot::Action::NoteBack);
    return isLink ? QAccessible::Link : QAccessible::Button;
}

QAccessible::State HotAccessible::state() const
{
    QAccessible::State state;
    state.focusable = true;
    state.focused = m_view->hasFocus() && m_view->focusedHot() == m_address;
    const Hot *hot = m_view->hotAt(m_address);
    const LaidBlock *laid = m_view->blockAt({m_address.row, m_address.section, m_address.block, 0, 0});
    if (hot && laid && (hot->action == Hot::Action::Fold || hot->action == Hot::Action::Details)) {
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
    if (name == pressAction())
        m_view->activate(m_address);
}

} // namespace Parlance
