// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/formdialog.h"
#include "window/actions.h"
#include "window/settings.h"

#include <QList>

class QGridLayout;
class QLineEdit;

namespace Parlance {

//! Every shortcut: those of the actions, as they are now, and the keys that are always the same.
class ShortcutsDialog : public FormDialog
{
    Q_OBJECT
public:
    ShortcutsDialog(const Theme *theme, const QList<ActionGroup> &groups, SendKey sendKey,
                    QWidget *parent = nullptr);

private:
    struct Row
    {
        QWidget *heading = nullptr;
        ThemedLabel *keys = nullptr;
        ThemedLabel *name = nullptr;
    };
    void addFixedGroups(QGridLayout *grid, SendKey sendKey);
    void addGroup(QGridLayout *grid, const QString &title, const QList<std::pair<QString, QString>> &rows);
    void filter(const QString &typed);

    QLineEdit *m_filter;
    std::vector<Row> m_rows;
};

} // namespace Parlance
