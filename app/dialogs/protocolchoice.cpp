// SPDX-License-Identifier: Apache-2.0
#include "dialogs/protocolchoice.h"

#include "chat/runtimewords.h"

namespace Parlance {

ProtocolChoice::ProtocolChoice(QWidget *parent)
    : QComboBox(parent)
{
    setObjectName(QStringLiteral("protocol"));
    addItem(tr("Automatic"));
    for (const ServerProtocol protocol :
         {ServerProtocol::Http, ServerProtocol::AgUi, ServerProtocol::A2a, ServerProtocol::Mcp})
        addItem(RuntimeWords::protocol(protocol), int(protocol));
}

void ProtocolChoice::load(const Agent &agent)
{
    Agent automatic = agent;
    automatic.protocol.reset();
    m_automatic = protocolOf(automatic);
    const QString comesTo = RuntimeWords::protocol(m_automatic);
    setItemText(0,
                agent.facts ? tr("Automatic (%1, as its runtime says)").arg(comesTo)
                            : tr("Automatic (%1)").arg(comesTo));
    setCurrentIndex(agent.protocol ? std::max(findData(int(*agent.protocol)), 0) : 0);
}

std::optional<ServerProtocol> ProtocolChoice::chosen() const
{
    const QVariant value = currentData();
    return value.isValid() ? std::optional(ServerProtocol(value.toInt())) : std::nullopt;
}

} // namespace Parlance
