// SPDX-License-Identifier: Apache-2.0
#include "core/serverprotocol.h"

using namespace Qt::StringLiterals;

namespace Parlance {

QString serverProtocolName(ServerProtocol protocol)
{
    switch (protocol) {
    case ServerProtocol::Http:
        return u"http"_s;
    case ServerProtocol::Mcp:
        return u"mcp"_s;
    case ServerProtocol::A2a:
        return u"a2a"_s;
    case ServerProtocol::AgUi:
        return u"agui"_s;
    case ServerProtocol::Other:
        break;
    }
    return u"other"_s;
}

std::optional<ServerProtocol> serverProtocolFromName(const QString &name)
{
    for (const ServerProtocol protocol : {ServerProtocol::Http, ServerProtocol::Mcp, ServerProtocol::A2a,
                                          ServerProtocol::AgUi, ServerProtocol::Other}) {
        if (serverProtocolName(protocol) == name)
            return protocol;
    }
    return std::nullopt;
}

} // namespace Parlance
