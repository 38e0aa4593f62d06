// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "core/requestbody.h"
#include "core/secret.h"

#include <QList>
#include <QUrl>

#include <optional>

namespace Parlance {

struct SecretHeader
{
    QByteArray name = {};
    Secret value = {};
    friend bool operator==(const SecretHeader &, const SecretHeader &) = default;
};

//! A request before it is sent: transport writes it, auth adds what proves who we are.
struct RequestDraft
{
    QByteArray method = {};
    QUrl url = {}; //!< made with QUrl::fromEncoded, sent byte for byte
    QList<HttpHeader> headers = {};
    QList<SecretHeader> secretHeaders = {}; //!< Authorization and the like
    RequestBody body = {};
    QList<Secret> addressSecrets = {}; //!< parts of the URL that must not be shown, such as a signature
    std::optional<NetworkSettings> network = std::nullopt; //!< absent: as for all agents
};

} // namespace Parlance
