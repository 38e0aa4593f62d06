// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "jsontree/jsonitem.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace Parlance {

//! A JSON value as a tree of two columns: name and value. What is inside a value is worked out when somebody
//! looks there.
class JsonTreeModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    explicit JsonTreeModel(JsonItem root, QObject *parent = nullptr);
    ~JsonTreeModel() override;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    //! JSONPath: $.items[3].name
    QString path(const QModelIndex &index) const;
    //! A string as it is, all else as JSON that can be read.
    QString value(const QModelIndex &index) const;

private:
    struct Node;

    Node *nodeAt(const QModelIndex &index) const;
    static void fill(Node &node);
    static QString shown(const JsonItem &value);

    JsonItem m_json;
    std::unique_ptr<Node> m_root;
};

} // namespace Parlance
