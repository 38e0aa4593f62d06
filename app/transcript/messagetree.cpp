// SPDX-License-Identifier: Apache-2.0
#include "transcript/messagetree.h"

#include <algorithm>

namespace Parlance {
namespace {

NodeKind kindOf(const Block &block)
{
    switch (block.kind) {
    case BlockKind::Heading:
        return NodeKind::Heading;
    case BlockKind::Code:
    case BlockKind::Output:
        return NodeKind::Code;
    case BlockKind::Table:
        return NodeKind::Table;
    case BlockKind::Rule:
        return NodeKind::Rule;
    case BlockKind::Image:
        return NodeKind::Picture;
    case BlockKind::AnswerHeader:
    case BlockKind::Note:
    case BlockKind::Meta:
    case BlockKind::SessionBreak:
        return NodeKind::Words;
    case BlockKind::ErrorCard:
        return NodeKind::Group;
    default:
        return NodeKind::Paragraph;
    }
}

// What is done with the message as a whole.
bool isOfMessage(Hot::Action action)
{
    switch (action) {
    case Hot::Action::CopyMessage:
    case Hot::Action::Retry:
    case Hot::Action::EditQueued:
    case Hot::Action::WithdrawQueued:
    case Hot::Action::SendQueued:
    case Hot::Action::Regenerate:
    case Hot::Action::EditSent:
    case Hot::Action::PreviousAttempt:
    case Hot::Action::NextAttempt:
    case Hot::Action::AttemptList:
        return true;
    default:
        return false;
    }
}

bool isNumber(const QString &marker)
{
    return !marker.isEmpty() && marker.front().isDigit();
}

} // namespace

MessageTree::MessageTree(const MessageLayout &layout)
{
    const auto &sections = layout.sections();
    for (size_t s = 0; s < sections.size(); ++s) {
        m_open.clear();
        for (size_t b = 0; b < sections[s].blocks.size(); ++b) {
            if (!sections[s].blocks[b].isHidden)
                addBlock(sections[s].blocks[b], int(s), int(b));
        }
    }
    m_open.clear();
    // What is done with the message comes after all it says.
    for (size_t s = 0; s < sections.size(); ++s) {
        for (size_t b = 0; b < sections[s].blocks.size(); ++b) {
            const LaidBlock &laid = sections[s].blocks[b];
            for (size_t h = 0; h < laid.hots.size() && !laid.isHidden; ++h) {
                if (isOfMessage(laid.hots[h].action))
                    add({NodeKind::Hot, int(s), int(b), int(h)}, -1);
            }
        }
    }
}

int MessageTree::indexOf(const NodeKey &key) const
{
    const auto found = m_indexes.find(key);
    return found == m_indexes.end() ? -1 : found->second;
}

const TreeNode *MessageTree::find(const NodeKey &key) const
{
    const int index = indexOf(key);
    return index < 0 ? nullptr : &m_nodes[size_t(index)];
}

int MessageTree::holding(const TextPosition &place) const
{
    for (const NodeKind kind : {NodeKind::Cell, NodeKind::Paragraph, NodeKind::Heading, NodeKind::Code,
                                NodeKind::Picture, NodeKind::Table, NodeKind::Words, NodeKind::Group}) {
        const int box = kind == NodeKind::Cell ? place.box : 0;
        if (const int found = indexOf({kind, place.section, place.block, box}); found >= 0)
            return found;
    }
    return -1;
}

int MessageTree::add(const NodeKey &key, int parent)
{
    const int index = int(m_nodes.size());
    m_nodes.push_back({.key = key, .lastBlock = key.block, .parent = parent});
    (parent < 0 ? m_top : m_nodes[size_t(parent)].children).push_back(index);
    m_indexes.insert({key, index});
    return index;
}

void MessageTree::addBlock(const LaidBlock &laid, int section, int block)
{
    const int parent = container(laid.block, section, block);
    for (const Open &open : m_open)
        m_nodes[size_t(open.node)].lastBlock = block;
    // A line that unfolds is what one presses to unfold it, and nothing else.
    int node = parent;
    if (laid.block.kind != BlockKind::Fold && laid.block.kind != BlockKind::Tool)
        node = add({kindOf(laid.block), section, block, 0}, parent);
    if (laid.block.kind == BlockKind::Table)
        addTable(laid, node);
    else
        addHots(laid, section, block, node);
}

void MessageTree::addTable(const LaidBlock &laid, int table)
{
    const int section = node(table).key.section;
    const int block = node(table).key.block;
    const int first = int(m_nodes.size());
    for (size_t i = 0; i < laid.block.texts.size(); ++i)
        add({NodeKind::Cell, section, block, int(i)}, table);
    for (size_t h = 0; h < laid.hots.size(); ++h) {
        const int box = laid.hots[h].box;
        if (!isOfMessage(laid.hots[h].action))
            add({NodeKind::Hot, section, block, int(h)}, box >= 0 ? first + box : table);
    }
}

void MessageTree::addHots(const LaidBlock &laid, int section, int block, int parent)
{
    for (size_t h = 0; h < laid.hots.size(); ++h) {
        if (!isOfMessage(laid.hots[h].action))
            add({NodeKind::Hot, section, block, int(h)}, parent);
    }
}

int MessageTree::openCount(NodeKind kind) const
{
    return int(std::ranges::count_if(m_open, [&](const Open &open) { return open.kind == kind; }));
}

// A list and its item go together.
void MessageTree::closeLast()
{
    if (m_open.back().kind == NodeKind::Item)
        m_open.pop_back();
    m_open.pop_back();
}

// A marker begins another item: of the same list, or of a new one where the list before was of another kind.
void MessageTree::closeItem(const Block &block)
{
    while (m_open.back().kind != NodeKind::List)
        m_open.pop_back();
    if (openCount(NodeKind::Quote) < block.quoteDepth || m_open.back().isNumbered != isNumber(block.marker))
        m_open.pop_back();
}

// The flat list of blocks tells only how deep each is; what is around it follows from the block before.
int MessageTree::container(const Block &block, int section, int number)
{
    while (openCount(NodeKind::Quote) > block.quoteDepth || openCount(NodeKind::List) > block.listDepth)
        closeLast();
    if (!block.marker.isEmpty() && block.listDepth > 0 && openCount(NodeKind::List) == block.listDepth)
        closeItem(block);
    const auto parent = [this] { return m_open.empty() ? -1 : m_open.back().node; };
    const auto open = [&](NodeKind kind, int depth) {
        m_open.push_back({add({kind, section, number, depth}, parent()), kind, isNumber(block.marker)});
    };
    while (openCount(NodeKind::Quote) < block.quoteDepth)
        open(NodeKind::Quote, openCount(NodeKind::Quote));
    while (openCount(NodeKind::List) < block.listDepth) {
        open(NodeKind::List, openCount(NodeKind::List));
        open(NodeKind::Item, openCount(NodeKind::List) - 1);
    }
    if (!m_open.empty() && m_open.back().kind == NodeKind::List)
        open(NodeKind::Item, openCount(NodeKind::List) - 1);
    return parent();
}

} // namespace Parlance
