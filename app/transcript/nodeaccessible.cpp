// SPDX-License-Identifier: Apache-2.0
#include "transcript/nodeaccessible.h"

#include "transcript/accessiblewords.h"
#include "transcript/hotaccessible.h"
#include "transcript/messageaccessible.h"
#include "transcript/tableaccessible.h"
#include "transcript/transcriptview.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::TranscriptView)
};

const RowText nothing;

RowPart partOf(const TreeNode &node)
{
    RowPart part{.section = node.key.section, .firstBlock = node.key.block, .lastBlock = node.lastBlock};
    part.hasMarker = node.key.kind != NodeKind::Paragraph && node.key.kind != NodeKind::Code;
    if (node.key.kind == NodeKind::Cell)
        part.box = node.key.index;
    return part;
}

} // namespace

QAccessibleInterface *makeNode(TranscriptView *view, const MessageAccessible *message, const NodeKey &key)
{
    auto *owner = const_cast<MessageAccessible *>(message);
    switch (key.kind) {
    case NodeKind::Hot:
        return new HotAccessible(view, owner, key);
    case NodeKind::Table:
        return new TableAccessible(view, owner, key);
    case NodeKind::Cell:
        return new CellAccessible(view, owner, key);
    default:
        return new NodeAccessible(view, owner, key);
    }
}

NodeAccessible::NodeAccessible(TranscriptView *view, MessageAccessible *message, NodeKey key)
    : TextAccessible(view)
    , m_message(message)
    , m_key(key)
{
}

bool NodeAccessible::isValid() const
{
    return m_message->find(m_key) != nullptr;
}

QWindow *NodeAccessible::window() const
{
    return view()->window()->windowHandle();
}

QAccessibleInterface *NodeAccessible::parent() const
{
    return m_message->parentOf(m_key);
}

QAccessibleInterface *NodeAccessible::child(int index) const
{
    const TreeNode *node = m_message->find(m_key);
    return !node || index < 0 || index >= int(node->children.size())
        ? nullptr
        : m_message->nodeAt(node->children[size_t(index)]);
}

QAccessibleInterface *NodeAccessible::childAt(int x, int y) const
{
    for (int i = 0; i < childCount(); ++i) {
        if (QAccessibleInterface *one = child(i); one && one->rect().contains(x, y))
            return one;
    }
    return nullptr;
}

int NodeAccessible::childCount() const
{
    const TreeNode *node = m_message->find(m_key);
    return node ? int(node->children.size()) : 0;
}

int NodeAccessible::indexOfChild(const QAccessibleInterface *wanted) const
{
    for (int i = 0; i < childCount(); ++i) {
        if (child(i) == wanted)
            return i;
    }
    return -1;
}

const LaidBlock *NodeAccessible::laid() const
{
    return m_message->laid(m_key);
}

QString NodeAccessible::text(QAccessible::Text kind) const
{
    const LaidBlock *first = laid();
    if (!first)
        return {};
    if (kind == QAccessible::Value)
        return map().text();
    if (kind != QAccessible::Name && kind != QAccessible::Description)
        return {};
    const bool isName = kind == QAccessible::Name;
    switch (m_key.kind) {
    case NodeKind::List:
        return {};
    case NodeKind::Quote:
        return isName ? Words::tr("Quote") : QString();
    case NodeKind::Item:
    case NodeKind::Cell:
        return isName ? firstWords(map().text()) : QString();
    default:
        return isName ? blockName(first->block) : blockDescription(first->block);
    }
}

QRectF NodeAccessible::rectInMessage() const
{
    const TreeNode *node = m_message->find(m_key);
    const LaidBlock *first = laid();
    if (!node || !first)
        return {};
    if (m_key.kind == NodeKind::Cell && size_t(m_key.index) < first->boxes.size()) {
        const TextBox &box = first->boxes[size_t(m_key.index)];
        return QRectF(first->rect.topLeft() + first->cornerOf(box),
                      QSizeF(box.flow.naturalWidth(), box.flow.height()));
    }
    QRectF all;
    for (int block = m_key.block; block <= node->lastBlock; ++block) {
        const LaidBlock *laid = view()->blockAt({m_message->row(), m_key.section, block, 0, 0});
        if (laid && !laid->isHidden)
            all |= QRectF(laid->rect.topLeft(),
                          QSizeF(std::min(laid->rect.width(), laid->contentWidth), laid->rect.height()));
    }
    return all;
}

QRect NodeAccessible::rect() const
{
    const QRectF inside = rectInMessage();
    return inside.isNull() ? QRect()
                           : onScreen(view(), inside.translated(view()->rowOrigin(m_message->row())));
}

QAccessible::Role NodeAccessible::role() const
{
    switch (m_key.kind) {
    case NodeKind::Paragraph:
        return QAccessible::Paragraph;
    case NodeKind::Heading:
        return QAccessible::Heading;
    case NodeKind::Code:
        // There is no role for code; this one is read line by line, and said to be for reading only.
        return QAccessible::EditableText;
    case NodeKind::List:
        return QAccessible::List;
    case NodeKind::Item:
        return QAccessible::ListItem;
    case NodeKind::Quote:
        return QAccessible::Section;
    case NodeKind::Table:
        return QAccessible::Table;
    case NodeKind::Cell:
        return QAccessible::Cell;
    case NodeKind::Words:
        return QAccessible::StaticText;
    case NodeKind::Group:
        return QAccessible::Grouping;
    case NodeKind::Rule:
        return QAccessible::Separator;
    case NodeKind::Picture:
        return QAccessible::Graphic;
    case NodeKind::Hot:
        return QAccessible::Button;
    }
    return QAccessible::NoRole;
}

QAccessible::State NodeAccessible::state() const
{
    QAccessible::State state;
    const LaidBlock *first = laid();
    if (!first) {
        state.invalid = true;
        return state;
    }
    state.readOnly = true;
    const QRect seen(view()->viewport()->mapToGlobal(QPoint()), view()->viewport()->size());
    state.offscreen = !rect().intersects(seen);
    if (isSelectable(first->block.kind)) {
        state.multiLine = true;
        state.selectableText = true;
    }
    // What can have the caret is a text of its own, not what holds such texts.
    if (isSelectable(first->block.kind) && m_key.kind != NodeKind::List && m_key.kind != NodeKind::Item
        && m_key.kind != NodeKind::Quote && m_key.kind != NodeKind::Table) {
        state.focusable = true;
        state.focused = view()->hasFocus() && cursorPosition() >= 0 && view()->focusedHot().isNull();
    }
    if (m_key.kind == NodeKind::Item && first->block.task != TaskMark::None) {
        state.checkable = true;
        state.checked = first->block.task == TaskMark::Done;
    }
    return state;
}

void *NodeAccessible::interface_cast(QAccessible::InterfaceType type)
{
    const bool hasText = m_key.kind != NodeKind::Rule;
    return type == QAccessible::TextInterface && hasText ? static_cast<QAccessibleTextInterface *>(this)
                                                         : nullptr;
}

const RowText &NodeAccessible::map() const
{
    const TreeNode *node = m_message->find(m_key);
    if (!node)
        return nothing;
    const int row = m_message->row();
    const int revision = view()->rows().revision(row);
    if (m_textRow != row || m_textRevision != revision) {
        m_text = RowText(view()->layoutOf(row), row, partOf(*node));
        m_textRow = row;
        m_textRevision = revision;
    }
    return m_text;
}

} // namespace Parlance
