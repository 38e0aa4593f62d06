// SPDX-License-Identifier: Apache-2.0
#include "dialogs/socketfields.h"

#include "chat/agentbook.h"
#include "chat/questionwords.h"
#include "dialogs/formfields.h"
#include "dialogs/protocolchoice.h"
#include "dialogs/themedlabel.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

SocketFields::SocketFields(const Theme *theme, QWidget *parent)
    : QWidget(parent)
    , m_protocol(new ProtocolChoice)
    , m_transportSection(new QWidget)
    , m_transport(new QComboBox)
    , m_section(new QWidget)
    , m_whileAnswering(new QComboBox)
    , m_proof(new QComboBox)
    , m_handshake(new QSpinBox)
    , m_opening(new QPlainTextEdit)
{
    const FormFields fields = FormFields::on(theme, this);
    m_protocolHelp = fields.addField(tr("Protocol"), m_protocol);
    m_protocolHelp->setObjectName(u"protocolHelp"_s);
    m_transport->setObjectName(u"transport"_s);
    m_transport->addItems({tr("HTTP, a request for each message"), tr("WebSocket, a connection that stays")});
    FormFields::on(theme, m_transportSection).addField(tr("Transport"), m_transport);
    fields.column()->addWidget(m_transportSection);

    const FormFields more = FormFields::on(theme, m_section);
    m_whileAnswering->setObjectName(u"whileAnswering"_s);
    m_whileAnswering->addItems({tr("Interrupts the answer"), tr("Is added, and answered after it")});
    more.addField(tr("Sending while it answers"), m_whileAnswering);
    m_proof->setObjectName(u"socketProof"_s);
    m_proof->addItems({tr("In headers"), tr("In a presigned address, good for 300 seconds")});
    FormFields::setHelp(more.addField(tr("AWS signature"), m_proof),
                        tr("Only where it is asked with AWS keys."));
    m_handshake->setObjectName(u"handshakeTimeout"_s);
    m_handshake->setRange(1, 900);
    FormFields::setHelp(more.addField(tr("Time to open the connection, in seconds"), m_handshake),
                        tr("A cold agent may take 120 seconds to start."));
    m_opening->setObjectName(u"openingMessages"_s);
    m_opening->setTabChangesFocus(true);
    m_openingHelp = more.addField(tr("Sent as soon as it is open"), m_opening);
    m_openingHelp->setObjectName(u"openingHelp"_s);
    fields.column()->addWidget(m_section);
    const auto useCodeFont = [this, theme] {
        m_opening->setFont(theme->font(FontRole::Code));
        m_opening->setFixedHeight(theme->px(Metric::templateHeight));
    };
    useCodeFont();
    connect(theme, &Theme::changed, m_opening, useCodeFont);
    connect(m_transport, &QComboBox::currentIndexChanged, this, [this] { show(); });
    connect(m_protocol, &QComboBox::currentIndexChanged, this, [this] { show(); });
    connect(m_opening, &QPlainTextEdit::textChanged, this, &SocketFields::checkOpening);
    checkOpening();
    show();
}

void SocketFields::load(const Agent &agent)
{
    m_protocol->load(agent);
    m_transport->setCurrentIndex(agent.transport == AgentTransport::WebSocket ? 1 : 0);
    m_whileAnswering->setCurrentIndex(agent.socket.whileAnswering == WhileAnswering::Add ? 1 : 0);
    m_proof->setCurrentIndex(agent.socket.proof == SocketProof::Address ? 1 : 0);
    m_handshake->setValue(int(agent.socket.handshakeTimeout.count()));
    m_opening->setPlainText(agent.socket.opening);
}

void SocketFields::store(Agent &agent) const
{
    agent.protocol = m_protocol->chosen();
    agent.transport = isSocket() ? AgentTransport::WebSocket : AgentTransport::Http;
    agent.socket = {.proof = m_proof->currentIndex() == 1 ? SocketProof::Address : SocketProof::Headers,
                    .whileAnswering = m_whileAnswering->currentIndex() == 1 ? WhileAnswering::Add
                                                                            : WhileAnswering::Interrupt,
                    .handshakeTimeout = std::chrono::seconds(m_handshake->value()),
                    .opening = m_opening->toPlainText().trimmed()};
}

bool SocketFields::isSocket() const
{
    return m_transport->currentIndex() == 1 && usesTemplate();
}

bool SocketFields::usesTemplate() const
{
    return Parlance::usesTemplate(m_protocol->comesTo());
}

ServerProtocol SocketFields::protocol() const
{
    return m_protocol->comesTo();
}

QString SocketFields::protocolWords() const
{
    switch (protocol()) {
    case ServerProtocol::A2a:
        return tr("Questions have A2A’s own shape: 1.0 or 0.3, as the agent’s card says.");
    case ServerProtocol::AgUi:
        return tr(
            "Questions have AG-UI’s own shape, with what was said and the shared state, unless a template "
            "says otherwise.");
    case ServerProtocol::Mcp:
        return tr("It has tools to call by a form, and takes no messages.");
    case ServerProtocol::Http:
    case ServerProtocol::Other:
        break;
    }
    return {};
}

void SocketFields::show()
{
    FormFields::setHelp(m_protocolHelp, protocolWords());
    m_transportSection->setVisible(usesTemplate());
    m_section->setVisible(isSocket());
    Q_EMIT changed();
}

void SocketFields::checkOpening()
{
    const Result<Agent> result =
        AgentBook::checked({.name = u"-"_s, .socket = {.opening = m_opening->toPlainText().trimmed()}});
    m_openingHelp->setInk(result ? ColourRole::InkFaint : ColourRole::Caution);
    FormFields::setHelp(m_openingHelp,
                        result ? tr("JSON as in the payload template, or empty. Each item of an array is a "
                                    "message of its own, also in the payload template.")
                               : result.error().message);
    Q_EMIT changed();
}

} // namespace Parlance
