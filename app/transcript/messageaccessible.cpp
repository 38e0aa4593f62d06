// SPDX-License-Identifier: Apache-2.0
#include "transcript/messageaccessible.h"

#include "transcript/accessiblewords.h"
#include "transcript/hotaccessible.h"
#include "transcript/nodeaccessible.h"
#include "transcript/transcriptview.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

const RowText nothing;

} // namespace

MessageAccessible::MessageAccessible(TranscriptView *view, int row)
    : TextAccessible(view)
    , m_row(row)
{
}

MessageAccessible::~MessageAccessible()
{
    forgetAll();
}

const MessageTree &MessageAccessible::tree() const
{
    if (!isValid()) {
        m_tree = {};
        m_treeRevision = -1;
        return m_tree;
    }
    const MessageLayout &layout = view()->layoutOf(m_row);
    if (const int revision = view()->rows().revision(m_row); m_treeRevision != revision) {
        m_tree = MessageTree(layout);
        m_treeRevision = revision;
    }
    return m_tree;
}

const TreeNode *MessageAccessible::find(const NodeKey &key) const
{
    return tree().find(key);
}

const LaidBlock *MessageAccessible::laid(const NodeKey &key) const
{
    return find(key) ? view()->blockAt({m_row, key.section, key.block, 0, 0}) : nullptr;
}

QAccessibleInterface *MessageAccessible::nodeAt(int index) const
{
    if (index < 0 || index >= tree().count())
        return nullptr;
    const NodeKey key = tree().node(index).key;
    if (const auto found = m_nodes.find(key); found != m_nodes.end())
        return QAccessible::accessibleInterface(found->second);
    QAccessibleInterface *made = makeNode(view(), this, key);
    m_nodes[key] = QAccessible::registerAccessibleInterface(made);
    return made;
}

QAccessibleInterface *MessageAccessible::parentOf(const NodeKey &key) const
{
    const TreeNode *node = find(key);
    if (node && node->parent >= 0)
        return nodeAt(node->parent);
    return const_cast<MessageAccessible *>(this);
}

void MessageAccessible::forgetGone()
{
    if (m_nodes.empty())
        return;
    const MessageTree &now = tree();
    std::erase_if(m_nodes, [&now](const auto &node) {
        if (now.indexOf(node.first) >= 0)
            return false;
        QAccessible::deleteAccessibleInterface(node.second);
        return true;
    });
}

void MessageAccessible::forgetAll()
{
    for (const auto &[key, id] : std::exchange(m_nodes, {}))
        QAccessible::deleteAccessibleInterface(id);
    m_tree = {};
    m_treeRevision = -1;
}

bool MessageAccessible::isValid() const
{
    return m_row >= 0 && m_row < view()->rows().count();
}

QWindow *MessageAccessible::window() const
{
    return view()->window()->windowHandle();
}

QAccessibleInterface *MessageAccessible::parent() const
{
    return QAccessible::queryAccessibleInterface(view());
}

QAccessibleInterface *MessageAccessible::child(int index) const
{
    const std::vector<int> &top = tree().top();
    return index < 0 || index >= int(top.size()) ? nullptr : nodeAt(top[size_t(index)]);
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
    return int(tree().top().size());
}

int MessageAccessible::indexOfChild(const QAccessibleInterface *wanted) const
{
    const std::vector<int> &top = tree().top();
    const auto found = std::ranges::find_if(top, [&](int index) {
        const auto node = m_nodes.find(m_tree.node(index).key);
        return node != m_nodes.end() && QAccessible::accessibleInterface(node->second) == wanted;
    });
    return found == top.end() ? -1 : int(found - top.begin());
}

QAccessibleInterface *MessageAccessible::focusChild() const
{
    if (!isValid() || !view()->hasFocus())
        return nullptr;
    if (const HotAddress hot = view()->focusedHot(); hot.row == m_row)
        return nodeFor({NodeKind::Hot, hot.section, hot.block, hot.hot});
    if (const auto caret = view()->caret(); caret && caret->row == m_row)
        return nodeAt(tree().holding(*caret));
    return nullptr;
}

QString MessageAccessible::text(QAccessible::Text kind) const
{
    if (!isValid())
        return {};
    if (kind == QAccessible::Value)
        return map().text();
    return kind == QAccessible::Name ? messageName(view()->rows().messages()->at(m_row), view()->agent())
                                     : QString();
}

QRect MessageAccessible::rect() const
{
    if (!isValid())
        return {};
    return onScreen(
        view(),
        QRectF(view()->rowOrigin(m_row), QSizeF(view()->rows().width(), view()->rows().height(m_row))));
}

QAccessible::State MessageAccessible::state() const
{
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    state.readOnly = true;
    state.multiLine = true;
    state.selectableText = true;
    state.focusable = true;
    state.focused = view()->hasFocus() && view()->currentRow() == m_row && !focusChild();
    state.busy = view()->rows().messages()->at(m_row).state == MessageState::Streaming;
    const QRect seen(view()->viewport()->mapToGlobal(QPoint()), view()->viewport()->size());
    state.offscreen = !rect().intersects(seen);
    return state;
}

void *MessageAccessible::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::TextInterface)
        return static_cast<QAccessibleTextInterface *>(this);
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
}

QStringList MessageAccessible::actionNames() const
{
    return {pressAction(), showMenuAction(), setFocusAction()};
}

void MessageAccessible::doAction(const QString &name)
{
    if (!isValid())
        return;
    view()->setCurrentRow(m_row);
    view()->setFocus(Qt::OtherFocusReason);
    if (name == pressAction())
        view()->enterRow();
    else if (name == showMenuAction())
        view()->openMenu();
}

QStringList MessageAccessible::keyBindingsForAction(const QString &name) const
{
    return name == pressAction() ? QStringList{u"Return"_s} : QStringList();
}

const RowText &MessageAccessible::map() const
{
    return isValid() ? view()->rowMap(m_row) : nothing;
}

} // namespace Parlance
