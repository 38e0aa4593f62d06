// SPDX-License-Identifier: Apache-2.0
#include "headless/arguments.h"

#include "core/serverprotocol.h"

#include <QCommandLineParser>

using namespace Qt::StringLiterals;

namespace Parlance {

Result<Arguments> parseArguments(const QStringList &arguments, const QStringList &values,
                                 const QStringList &flags)
{
    QCommandLineParser parser;
    for (const QString &name : values)
        parser.addOption(QCommandLineOption(name, QString(), u"value"_s));
    for (const QString &name : flags)
        parser.addOption(QCommandLineOption(name));
    parser.addOption(QCommandLineOption(QStringList{u"h"_s, u"help"_s}));
    if (!parser.parse(QStringList{u"parlance-cli"_s} + arguments))
        return failure(ErrorKind::InvalidTarget, parser.errorText());
    Arguments parsed{.words = parser.positionalArguments()};
    for (const QString &name : values) {
        if (parser.isSet(name))
            parsed.values.insert(name, parser.value(name));
        if (const QStringList given = parser.values(name); given.size() > 1)
            parsed.every.insert(name, given);
    }
    for (const QString &name : flags + QStringList{u"help"_s}) {
        if (parser.isSet(name))
            parsed.flags.insert(name);
    }
    return parsed;
}

Result<std::optional<AgentTransport>> transportFrom(const Arguments &arguments)
{
    const QString word = arguments.values.value(u"transport"_s);
    if (word.isEmpty() && !arguments.has(u"transport"_s))
        return std::optional<AgentTransport>();
    if (word == u"http"_s)
        return AgentTransport::Http;
    if (word == u"websocket"_s)
        return AgentTransport::WebSocket;
    return failure(ErrorKind::InvalidTarget, Arguments::tr("--transport takes http or websocket."));
}

Result<std::optional<ServerProtocol>> protocolFrom(const Arguments &arguments)
{
    const QString word = arguments.values.value(u"protocol"_s);
    const std::optional<ServerProtocol> protocol = serverProtocolFromName(word);
    const bool isLeftOpen = word == u"auto"_s || !arguments.has(u"protocol"_s);
    if (isLeftOpen || (protocol && *protocol != ServerProtocol::Other))
        return protocol;
    return failure(ErrorKind::InvalidTarget, Arguments::tr("--protocol takes auto, http, agui, a2a or mcp."));
}

} // namespace Parlance
