// SPDX-License-Identifier: Apache-2.0
#include "jsontree/jsontreemodel.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Parlance {

struct JsonTreeModel::Node
{
    QString name = {}; //!< of a member; empty in a list
    QJsonValue value = {};
    Node *parent = nullptr;
    int row = 0;
    bool isFilled = false;
    std::vector<std::unique_ptr<Node>> children = {};
};

namespace {

qsizetype countIn(const QJsonValue &value)
{
    return value.isObject() ? value.toObject().size() : value.isArray() ? value.toArray().size() : 0;
}

QString jsonText(const QJsonValue &value)
{
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Indented)).trimmed();
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Indented)).trimmed();
    const QString list = QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
    return list.sliced(1, list.size() - 2);
}

} // namespace

JsonTreeModel::JsonTreeModel(const QJsonValue &root, QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
    m_root->value = root;
}

JsonTreeModel::~JsonTreeModel() = default;

JsonTreeModel::Node *JsonTreeModel::nodeAt(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

void JsonTreeModel::fill(Node &node)
{
    if (std::exchange(node.isFilled, true))
        return;
    const auto add = [&node](const QString &name, const QJsonValue &value) {
        auto child = std::make_unique<Node>();
        child->name = name;
        child->value = value;
        child->parent = &node;
        child->row = int(node.children.size());
        node.children.push_back(std::move(child));
    };
    if (node.value.isObject()) {
        const QJsonObject object = node.value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member)
            add(member.key(), member.value());
    } else if (node.value.isArray()) {
        const QJsonArray array = node.value.toArray();
        for (const auto &item : array)
            add({}, item);
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
    return parent.column() > 0 ? 0 : int(countIn(nodeAt(parent)->value));
}

int JsonTreeModel::columnCount(const QModelIndex & /*parent*/) const
{
    return 2;
}

bool JsonTreeModel::hasChildren(const QModelIndex &parent) const
{
    return rowCount(parent) > 0;
}

QString JsonTreeModel::shown(const QJsonValue &value) const
{
    if (value.isObject())
        return tr("%n member(s)", nullptr, int(countIn(value)));
    if (value.isArray())
        return tr("%n item(s)", nullptr, int(countIn(value)));
    return jsonText(value);
}

QVariant JsonTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeAt(index);
    const bool isName = index.column() == 0;
    if (role == Qt::DisplayRole)
        return !isName                     ? shown(node.value)
            : node.parent->value.isArray() ? QString::number(node.row)
                                           : node.name;
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
        if (node->parent->value.isArray())
            path.prepend(u'[' % QString::number(node->row) % u']');
        else if (plain.match(node->name).hasMatch())
            path.prepend(u'.' % node->name);
        else
            path.prepend(u'[' % jsonText(node->name) % u']');
    }
    return u'$' % path;
}

QString JsonTreeModel::value(const QModelIndex &index) const
{
    const QJsonValue &value = nodeAt(index)->value;
    return value.isString() ? value.toString() : jsonText(value);
}

} // namespace Parlance
