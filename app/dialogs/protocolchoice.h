// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"

#include <QComboBox>

namespace Parlance {

//! What an agent speaks. The automatic choice says what it comes to.
class ProtocolChoice : public QComboBox
{
    Q_OBJECT
public:
    explicit ProtocolChoice(QWidget *parent = nullptr);

    //! Also what is known of its runtime.
    void load(const Agent &agent);
    std::optional<ServerProtocol> chosen() const;
    //! What is chosen, or what that comes to.
    ServerProtocol comesTo() const { return chosen().value_or(m_automatic); }

private:
    ServerProtocol m_automatic = ServerProtocol::Http;
};

} // namespace Parlance
