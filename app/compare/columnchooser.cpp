// SPDX-License-Identifier: Apache-2.0
#include "compare/columnchooser.h"

#include "chat/servedversions.h"
#include "chat/workspace.h"
#include "core/serverprotocol.h"
#include "core/whendone.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "window/qualifierpopup.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString shownName(const QString &qualifier)
{
    return qualifier.isEmpty() ? defaultQualifierName() : qualifier;
}

} // namespace

ColumnChooser::ColumnChooser(const Theme *theme, Workspace *workspace, int number, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_agent(new QComboBox(this))
    , m_endpoint(new QComboBox(this))
{
    m_agent->setObjectName(u"agentOfColumn%1"_s.arg(number));
    m_agent->setAccessibleName(tr("Agent of column %1").arg(number));
    m_agent->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_endpoint->setObjectName(u"endpointOfColumn%1"_s.arg(number));
    m_endpoint->setAccessibleName(tr("Endpoint of column %1").arg(number));
    m_endpoint->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_endpoint->setEditable(true);
    m_endpoint->setInsertPolicy(QComboBox::NoInsert);
    for (const Agent &agent : workspace->agents()->agents()) {
        // A tool is not asked in words.
        if (protocolOf(agent) != ServerProtocol::Mcp)
            m_agent->addItem(agent.name, agent.id.value());
    }
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(theme->px(Metric::within));
    row->addWidget(m_agent, 1);
    row->addWidget(m_endpoint, 1);
    setFocusProxy(m_endpoint);
    connect(m_agent, &QComboBox::currentIndexChanged, this, &ColumnChooser::showAgent);
    showAgent();
}

QStringList ColumnChooser::knownQualifiers(const Workspace &workspace, const AgentId &id)
{
    QStringList known;
    const auto learn = [&known](const QString &name) {
        if (!known.contains(name))
            known.append(name);
    };
    if (const Agent *agent = workspace.agents()->find(id))
        learn(agent->qualifier);
    for (const Conversation &conversation : workspace.conversations(id))
        learn(conversation.qualifier);
    learn({});
    return known;
}

void ColumnChooser::showAgent()
{
    const QString before = m_endpoint->currentText();
    m_endpoint->clear();
    const AgentId id(m_agent->currentData().toString());
    for (const QString &qualifier : knownQualifiers(*m_workspace, id))
        m_endpoint->addItem(shownName(qualifier));
    if (!before.isEmpty())
        m_endpoint->setCurrentText(before);
    const Agent *agent = m_workspace->agents()->find(id);
    if (!agent || !std::holds_alternative<RuntimeTarget>(agent->target))
        return;
    whenDone(m_workspace->servedVersions()->endpoints(*agent), this,
             [this, id](const Result<std::vector<RuntimeEndpoint>> &endpoints) {
                 if (!endpoints || m_agent->currentData().toString() != id.value())
                     return;
                 const QString typed = m_endpoint->currentText();
                 for (const RuntimeEndpoint &endpoint : *endpoints) {
                     if (m_endpoint->findText(endpoint.name) < 0)
                         m_endpoint->addItem(endpoint.name);
                 }
                 m_endpoint->setCurrentText(typed);
             });
}

void ColumnChooser::choose(const ColumnChoice &choice)
{
    m_agent->setCurrentIndex(std::max(0, m_agent->findData(choice.agent.value())));
    m_endpoint->setCurrentText(shownName(choice.qualifier));
}

ColumnChoice ColumnChooser::choice() const
{
    const QString typed = m_endpoint->currentText().trimmed();
    return {.agent = AgentId(m_agent->currentData().toString()),
            .qualifier = typed == defaultQualifierName() ? QString() : typed};
}

} // namespace Parlance
