// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/identitybook.h"
#include "core/agent.h"

#include <QJsonObject>
#include <QString>

#include <vector>

namespace Parlance {

//! What is kept, in words or as one JSON object a line. Nothing in them is secret.
QString agentsText(const std::vector<Agent> &agents, const std::vector<Identity> &identities, bool isJson);
QString identitiesText(const std::vector<Identity> &identities, bool isJson);
//! What kind of identity, and where: "cognito us-east-1_AbC".
QString identityWords(const Identity &identity);
//! Who an identity is and until when, never the token itself.
QString stateText(const Identity &identity, const IdentityState &state, const QString &who, bool isJson);

} // namespace Parlance
