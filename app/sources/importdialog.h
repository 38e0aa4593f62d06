// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ids.h"
#include "dialogs/formdialog.h"

namespace Parlance {

class ImportPanel;
class Workspace;

//! Adds agents that files describe.
class ImportDialog : public FormDialog
{
    Q_OBJECT
public:
    ImportDialog(const Theme *theme, Workspace *workspace, QWidget *parent = nullptr);

    void read(const QString &path);

Q_SIGNALS:
    //! Exactly once, when the dialog closes after it added some.
    void added(const QList<Parlance::AgentId> &agents);

protected:
    void done(int result) override;

private:
    void refresh();
    void take();

    Workspace *m_workspace;
    ImportPanel *m_panel;
    QPushButton *m_add;
    QList<AgentId> m_added;
};

} // namespace Parlance
