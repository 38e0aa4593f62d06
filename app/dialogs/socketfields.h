// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"

#include <QWidget>

class QComboBox;
class QPlainTextEdit;
class QSpinBox;

namespace Parlance {

class ProtocolChoice;
class Theme;
class ThemedLabel;

//! How an agent is talked to: in which protocol, over HTTP, or over a WebSocket and then how.
class SocketFields : public QWidget
{
    Q_OBJECT
public:
    explicit SocketFields(const Theme *theme, QWidget *parent = nullptr);

    void load(const Agent &agent);
    void store(Agent &agent) const;
    bool isSocket() const;
    //! Whether questions have the shape of a template, and a transport to choose.
    bool usesTemplate() const;
    //! What is chosen, or what that comes to.
    ServerProtocol protocol() const;

Q_SIGNALS:
    //! Also when it needs more or less room.
    void changed();

private:
    QString protocolWords() const;
    void show();
    void checkOpening();

    ProtocolChoice *m_protocol;
    ThemedLabel *m_protocolHelp = nullptr;
    QWidget *m_transportSection;
    QComboBox *m_transport;
    QWidget *m_section;
    QComboBox *m_whileAnswering;
    QComboBox *m_proof;
    QSpinBox *m_handshake;
    QPlainTextEdit *m_opening;
    ThemedLabel *m_openingHelp = nullptr;
};

} // namespace Parlance
