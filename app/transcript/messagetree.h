// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/messagelayout.h"
#include "transcript/textposition.h"

#include <map>

namespace Parlance {

//! What a node of a message is for a screen reader.
enum class NodeKind {
    Paragraph,
    Heading,
    Code,
    List,
    Item,
    Quote,
    Table,
    Cell,
    Words,
    Group,
    Rule,
    Picture,
    Hot
};

//! Names a node of a message. A node keeps its name while the message grows below it.
struct NodeKey
{
    NodeKind kind = NodeKind::Paragraph;
    int section = 0;
    int block = 0; //!< the first one
    int index = 0; //!< depth of a list or a quote, box of a cell, number of a hot
    friend auto operator<=>(const NodeKey &, const NodeKey &) = default;
    friend bool operator==(const NodeKey &, const NodeKey &) = default;
};

struct TreeNode
{
    NodeKey key = {};
    int lastBlock = 0;
    int parent = -1; //!< -1: the message itself
    std::vector<int> children = {};
};

//! The blocks of a message as the tree they were written as: lists hold their items, quotes what is quoted,
//! tables their cells, and each of them what can be pressed in it. Folded parts are not in it.
class MessageTree
{
public:
    MessageTree() = default;
    explicit MessageTree(const MessageLayout &layout);

    const std::vector<int> &top() const { return m_top; }
    const TreeNode &node(int index) const { return m_nodes[size_t(index)]; }
    int count() const { return int(m_nodes.size()); }
    //! -1 if there is none.
    int indexOf(const NodeKey &key) const;
    const TreeNode *find(const NodeKey &key) const;
    //! The innermost node that holds a place of the text; -1 if none does.
    int holding(const TextPosition &place) const;

private:
    struct Open
    {
        int node = 0;
        NodeKind kind = NodeKind::List;
        bool isNumbered = false;
    };

    int add(const NodeKey &key, int parent);
    void addBlock(const LaidBlock &laid, int section, int block);
    void addTable(const LaidBlock &laid, int table);
    void addHots(const LaidBlock &laid, int section, int block, int parent);
    int container(const Block &block, int section, int number);
    int openCount(NodeKind kind) const;
    void closeLast();
    void closeItem(const Block &block);

    std::vector<TreeNode> m_nodes;
    std::vector<int> m_top;
    std::map<NodeKey, int> m_indexes;
    std::vector<Open> m_open; //!< while it is made: lists, items and quotes around the next block
};

} // namespace Parlance
