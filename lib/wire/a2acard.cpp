// SPDX-License-Identifier: Apache-2.0
#include "wire/a2acard.h"

#include "wire/json.h"

namespace Parlance {
namespace {

//! Of several interfaces the newest that JSON-RPC reaches counts. Those of cards without a version are
//! of 1.0, which brought them.
A2aVersion versionOf(const JsonValue &interfaces)
{
    bool hasOld = false;
    for (const JsonValue &one : interfaces.items()) {
        if (const QByteArrayView binding = one.find("protocolBinding").utf8();
            !binding.isEmpty() && binding != "JSONRPC")
            continue;
        if (!one.find("protocolVersion").utf8().startsWith("0."))
            return A2aVersion::V10;
        hasOld = true;
    }
    return hasOld ? A2aVersion::V03 : A2aVersion::V10;
}

} // namespace

std::optional<A2aCard> readA2aCard(QByteArrayView json)
{
    Json reader;
    const JsonValue card = reader.parse(json);
    const JsonValue interfaces = card.find("supportedInterfaces");
    const bool isCard = interfaces.isArray() || card.find("protocolVersion").isString()
        || (card.find("url").isString() && card.find("name").isString());
    if (!isCard)
        return std::nullopt;
    return A2aCard{.version = interfaces.isArray()                            ? versionOf(interfaces)
                       : card.find("protocolVersion").utf8().startsWith("1.") ? A2aVersion::V10
                                                                              : A2aVersion::V03,
                   .streams = card.find("capabilities").find("streaming").boolean(),
                   .name = card.find("name").string()};
}

} // namespace Parlance
