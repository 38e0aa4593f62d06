// SPDX-License-Identifier: Apache-2.0
#include "jsontree/jsontreemodel.h"

#include "inspector/jsonprinter.h"

#include <QRegularExpression>

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

struct JsonTreeModel::Node
{
    const JsonItem *value = nullptr;
    Node *parent = nullptr;
    int row = 0;
    std::vector<std::unique_ptr<Node>> children = {}; //!< none until somebody looks
};

JsonTreeModel::JsonTreeModel(JsonItem root, QObject *parent)
    : QAbstractItemModel(parent)
    , m_json(std::move(root))
    , m_root(std::make_unique<Node>())
{
    m_root->value = &m_json;
}

JsonTreeModel::~JsonTreeModel() = default;

JsonTreeModel::Node *JsonTreeModel::nodeAt(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

void JsonTreeModel::fill(Node &node)
{
    if (!node.children.empty())
        return;
    for (const JsonItem &item : node.value->items) {
        auto child = std::make_unique<Node>();
        child->value = &item;
        child->parent = &node;
        child->row = int(node.children.size());
        node.children.push_back(std::move(child));
    }
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    Node *node = nodeAt(parent);
    fill(*node);
    return createIndex(row, column, node->children[size_t(row)].get());
}

QModelIndex JsonTreeModel::parent(const QModelIndex &child) const
{
    Node *parent = child.isValid() ? nodeAt(child)->parent : nullptr;
    return !parent || parent == m_root.get() ? QModelIndex() : createIndex(parent->row, 0, parent);
}

int JsonTreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(nodeAt(parent)->value->items.size());
}

int JsonTreeModel::columnCount(const QModelIndex & /*parent*/) const
{
    return 2;
}

bool JsonTreeModel::hasChildren(const QModelIndex &parent) const
{
    return rowCount(parent) > 0;
}

QString JsonTreeModel::shown(const JsonItem &value)
{
    const int count = int(value.items.size());
    return value.kind == JsonItem::Kind::Object ? tr("%n member(s)", nullptr, count)
        : value.kind == JsonItem::Kind::Array   ? tr("%n item(s)", nullptr, count)
                                                : value.text;
}

QVariant JsonTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeAt(index);
    const bool isName = index.column() == 0;
    if (role == Qt::DisplayRole)
        return !isName                                          ? shown(*node.value)
            : node.parent->value->kind == JsonItem::Kind::Array ? QString::number(node.row)
                                                                : node.value->name;
    if (role == Qt::ToolTipRole)
        return path(index);
    return {};
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == 0 ? tr("Name") : tr("Value");
}

QString JsonTreeModel::path(const QModelIndex &index) const
{
    static const QRegularExpression plain(u"\\A[A-Za-z_][A-Za-z0-9_]*\\z"_s);
    QString path;
    for (const Node *node = nodeAt(index); node->parent; node = node->parent) {
        if (node->parent->value->kind == JsonItem::Kind::Array)
            path.prepend(u'[' % QString::number(node->row) % u']');
        else if (plain.match(node->value->name).hasMatch())
            path.prepend(u'.' % node->value->name);
        else
            path.prepend(u'[' % quotedJson(node->value->name) % u']');
    }
    return u'$' % path;
}

QString JsonTreeModel::value(const QModelIndex &index) const
{
    const JsonItem &value = *nodeAt(index)->value;
    return value.isList() ? prettyJson(value.json()).value_or(value.json()) : value.words();
}

} // namespace Parlance
