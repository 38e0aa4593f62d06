// SPDX-License-Identifier: Apache-2.0
#include "sources/importdialog.h"

#include "chat/takeproposal.h"
#include "chat/workspace.h"
#include "sources/importpanel.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

ImportDialog::ImportDialog(const Theme *theme, Workspace *workspace, QWidget *parent)
    : FormDialog(theme, tr("Import agents"),
                 tr("Reads what a project or an export describes. Nothing is added before you say so."),
                 parent)
    , m_workspace(workspace)
    , m_panel(new ImportPanel(theme, workspace))
{
    setObjectName(u"importDialog"_s);
    body()->addWidget(m_panel);
    body()->addStretch();
    QPushButton *cancel = addButton(tr("Cancel"));
    cancel->setObjectName(u"cancelImport"_s);
    m_add = addDefaultButton(tr("Add agents"));
    m_add->setObjectName(u"addImported"_s);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_add, &QPushButton::clicked, this, &ImportDialog::take);
    connect(m_panel, &ImportPanel::changed, this, &ImportDialog::refresh);
    refresh();
}

void ImportDialog::read(const QString &path)
{
    m_panel->read(path);
}

void ImportDialog::refresh()
{
    const int count = int(m_panel->proposals().size());
    m_add->setText(count > 0 ? tr("Add %n agents", nullptr, count) : tr("Add agents"));
    m_add->setEnabled(count > 0);
    setFailure({});
}

void ImportDialog::take()
{
    for (const AgentProposal &proposal : m_panel->proposals()) {
        const Result<Agent> agent = takeProposal(m_workspace->agents(), m_workspace->identities(), proposal);
        if (!agent) {
            setFailure(tr("%1: %2").arg(proposal.agent.name, agent.error().message));
            return;
        }
        m_panel->markTaken(proposal);
        m_added.append(agent->id);
    }
    accept();
}

void ImportDialog::done(int result)
{
    FormDialog::done(result);
    if (!m_added.isEmpty())
        Q_EMIT added(std::exchange(m_added, {}));
}

} // namespace Parlance
