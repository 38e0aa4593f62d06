// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

class QTreeView;

namespace Parlance {

class JsonTreeModel;
class Theme;

//! JSON as a tree that folds. A value and the path to it can be copied.
class JsonTreeDialog : public QDialog
{
    Q_OBJECT
public:
    JsonTreeDialog(const Theme *theme, const QString &json, QWidget *parent);

private:
    void addActions();
    void copyValue();
    void copyPath();

    JsonTreeModel *m_model;
    QTreeView *m_tree;
};

} // namespace Parlance
