// SPDX-License-Identifier: Apache-2.0
#include "chat/runtimefacts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// Headers of the call itself, which need no leave.
bool isOfTheService(const QString &name)
{
    static const QStringList own{u"accept"_s,     u"content-type"_s, u"traceparent"_s,
                                 u"tracestate"_s, u"baggage"_s,      u"x-amzn-trace-id"_s};
    static const QStringList families{u"mcp-"_s, u"x-amzn-bedrock-agentcore-"_s};
    if (name.startsWith("x-amzn-bedrock-agentcore-runtime-custom-"_L1, Qt::CaseInsensitive))
        return false;
    return own.contains(name, Qt::CaseInsensitive)
        || std::ranges::any_of(families, [&name](const QString &family) {
               return name.startsWith(family, Qt::CaseInsensitive);
           });
}

} // namespace

RuntimeFacts factsOf(const RuntimeDetails &details, const QDateTime &read)
{
    return RuntimeFacts{.version = details.summary.version,
                        .protocol = details.protocol,
                        .authorizer = details.authorizer,
                        .idleSessionTimeout = details.idleSessionTimeout,
                        .maximumLifetime = details.maximumLifetime,
                        .headerAllowlist = details.headerAllowlist,
                        .read = read};
}

QStringList droppedHeaders(const std::optional<RuntimeFacts> &facts, const QList<HttpHeader> &headers)
{
    // A project's files may tell the rest and not this.
    if (!facts || (facts->headerAllowlist.isEmpty() && facts->version.isEmpty()))
        return {};
    QStringList dropped;
    for (const HttpHeader &header : headers) {
        const QString name = QString::fromLatin1(header.name);
        if (!name.isEmpty() && !isOfTheService(name)
            && !facts->headerAllowlist.contains(name, Qt::CaseInsensitive))
            dropped.append(name);
    }
    return dropped;
}

} // namespace Parlance
