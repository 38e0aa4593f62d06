// SPDX-License-Identifier: Apache-2.0
#include "transport/agenturl.h"

#include "transport/endpoint.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct AgentUrl
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::AgentUrl)
};

constexpr QLatin1StringView invocations("/invocations");
constexpr QLatin1StringView sockets("/ws");
constexpr QLatin1StringView shells("/ws/shells");
constexpr QLatin1StringView endings("/stopruntimesession");
constexpr QLatin1StringView pings("/ping");
constexpr QLatin1StringView commands("/commands");
constexpr QLatin1StringView cards("/.well-known/agent-card.json");
constexpr QLatin1StringView olderCards("/.well-known/agent.json");

QUrl withPath(const QUrl &base, const QByteArray &path, const QByteArray &query = {})
{
    QByteArray encoded = base.toEncoded(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
    encoded += path;
    if (!query.isEmpty())
        encoded += '?' + query;
    return QUrl::fromEncoded(encoded, QUrl::StrictMode);
}

//! Adds /invocations unless the address has a path of its own.
QUrl withInvocations(const QUrl &base)
{
    const QByteArray path = base.path(QUrl::FullyEncoded).toLatin1();
    if (!path.isEmpty() && path != "/")
        return base;
    return withPath(base, QByteArray(invocations.data(), invocations.size()),
                    base.query(QUrl::FullyEncoded).toLatin1());
}

//! Puts another place where /invocations would be.
QUrl withPlace(const QUrl &invocation, QLatin1StringView place)
{
    QString path = invocation.path(QUrl::FullyEncoded);
    if (!path.endsWith(invocations))
        return invocation;
    path.chop(invocations.size());
    return withPath(invocation, QString(path + place).toLatin1(),
                    invocation.query(QUrl::FullyEncoded).toLatin1());
}

Result<QUrl> runtimeUrl(const RuntimeTarget &target, const QString &qualifier)
{
    const Result<ParsedArn> arn = parseArn(target.arn);
    if (!arn)
        return failure(arn.error());
    Result<QUrl> base = dataPlaneUrl(*arn, target.endpointOverride);
    if (!base)
        return base;
    QString path = base->path(QUrl::FullyEncoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    // A gateway's address may already lead to the agent.
    if (!path.endsWith(invocations))
        path +=
            u"/runtimes/"_s + QString::fromLatin1(QUrl::toPercentEncoding(arn->runtimeArn())) + invocations;
    const QString endpoint = qualifier.isEmpty() ? arn->endpoint : qualifier;
    QByteArray query;
    if (!endpoint.isEmpty())
        query = "qualifier=" + QUrl::toPercentEncoding(endpoint);
    return withPath(*base, path.toLatin1(), query);
}

Result<QUrl> developmentUrl(const UrlTarget &target)
{
    // What is copied from a WebSocket client names the same server.
    QString typed = target.url.trimmed();
    if (typed.startsWith("ws://"_L1, Qt::CaseInsensitive)
        || typed.startsWith("wss://"_L1, Qt::CaseInsensitive))
        typed.replace(0, 2, u"http"_s);
    return parseHttpUrl(typed).map(withInvocations);
}

bool hasPath(const UrlTarget &target)
{
    const QString path = QUrl(target.url.trimmed()).path(QUrl::FullyEncoded);
    return !path.isEmpty() && path != "/"_L1;
}

} // namespace

QString ParsedArn::runtimeArn() const
{
    return u"arn:%1:bedrock-agentcore:%2:%3:runtime/%4"_s.arg(partition, region, account, runtimeId);
}

Result<ParsedArn> parseArn(QStringView arn)
{
    static const QRegularExpression shape(
        uR"(\Aarn:(aws(?:-[a-z-]+)?):bedrock-agentcore:([^:]*):([0-9]{12}):runtime/([^/:\s%?#]+)(?:/runtime-endpoint/([A-Za-z0-9_-]+))?\z)"_s);
    const QString trimmed = arn.trimmed().toString();
    const QRegularExpressionMatch match = shape.match(trimmed);
    if (!match.hasMatch()) {
        return failure(
            ErrorKind::InvalidTarget,
            AgentUrl::tr("This is not the ARN of an agent runtime. It looks like "
                         "arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/my_agent-AbCdEf1234."));
    }
    if (!isRegion(match.captured(2))) {
        return failure(ErrorKind::InvalidTarget,
                       AgentUrl::tr("The ARN does not name a region such as us-west-2."));
    }
    return ParsedArn{.partition = match.captured(1),
                     .region = match.captured(2),
                     .account = match.captured(3),
                     .runtimeId = match.captured(4),
                     .endpoint = match.captured(5)};
}

std::pair<RuntimeTarget, QString> splitEndpointArn(const RuntimeTarget &target)
{
    const Result<ParsedArn> arn = parseArn(target.arn);
    if (!arn || arn->endpoint.isEmpty())
        return {target, QString()};
    RuntimeTarget runtime = target;
    runtime.arn = arn->runtimeArn();
    return {runtime, arn->endpoint};
}

Result<void> checkTarget(const AgentTarget &target, bool allowsPlainHttp)
{
    if (std::holds_alternative<BuiltInTarget>(target))
        return {};
    if (const auto *runtime = std::get_if<RuntimeTarget>(&target))
        return runtimeUrl(*runtime, {}).map([](const QUrl &) {});
    const Result<QUrl> url = developmentUrl(std::get<UrlTarget>(target));
    if (!url)
        return failure(url.error());
    if (url->scheme() == "http"_L1 && !allowsPlainHttp && !isLoopback(*url)) {
        return failure(ErrorKind::InsecureHttp,
                       AgentUrl::tr("Plain http to another machine can be read by others on the way. Use "
                                    "https, or allow plain http for this agent."));
    }
    return {};
}

Result<QUrl> invocationUrl(const AgentTarget &target, const QString &qualifier, const QUrl &builtInAgent)
{
    if (const auto *runtime = std::get_if<RuntimeTarget>(&target))
        return runtimeUrl(*runtime, qualifier);
    if (const auto *server = std::get_if<UrlTarget>(&target))
        return developmentUrl(*server);
    if (!builtInAgent.isValid() || builtInAgent.isEmpty())
        return failure(ErrorKind::InvalidTarget, AgentUrl::tr("The built-in agent is not running."));
    return withInvocations(builtInAgent);
}

Result<QUrl> questionUrl(const Agent &agent, const QString &qualifier, const QUrl &builtInAgent)
{
    const ServerProtocol protocol = protocolOf(agent);
    const bool hasOwnPlace = protocol == ServerProtocol::A2a || protocol == ServerProtocol::Mcp;
    Result<QUrl> url = invocationUrl(agent.target, qualifier, builtInAgent);
    const auto *server = std::get_if<UrlTarget>(&agent.target);
    if (!url || !server || !hasOwnPlace || hasPath(*server))
        return url;
    return withPlace(*url, QLatin1StringView(protocol == ServerProtocol::A2a ? "/" : "/mcp"));
}

Result<QList<QUrl>> cardUrls(const Agent &agent, const QString &qualifier, const QUrl &builtInAgent)
{
    return questionUrl(agent, qualifier, builtInAgent).map([&agent](const QUrl &url) {
        QString path = url.path(QUrl::FullyEncoded);
        while (path.endsWith(u'/'))
            path.chop(1);
        const auto at = [&url](const QString &place) {
            return withPath(url, place.toLatin1(), url.query(QUrl::FullyEncoded).toLatin1());
        };
        QList<QUrl> urls{at(path + cards)};
        if (!std::holds_alternative<UrlTarget>(agent.target))
            return urls;
        // Many have it at their root, whatever their path.
        for (const QString &place : {QString(cards), QString(path + olderCards)}) {
            if (!urls.contains(at(place)))
                urls.append(at(place));
        }
        return urls;
    });
}

Result<QUrl> socketUrl(const AgentTarget &target, const QString &qualifier, const QUrl &builtInAgent)
{
    return invocationUrl(target, qualifier, builtInAgent).map([](const QUrl &url) {
        return withPlace(url, sockets);
    });
}

Result<QUrl> shellUrl(const AgentTarget &target, const QString &qualifier, const QString &shellId)
{
    const auto *runtime = std::get_if<RuntimeTarget>(&target);
    if (!runtime) {
        return failure(ErrorKind::InvalidTarget,
                       AgentUrl::tr("Only a deployed runtime has a machine to open a shell on."));
    }
    return runtimeUrl(*runtime, qualifier).map([&shellId](const QUrl &url) {
        const QUrl place = withPlace(url, shells);
        QByteArray query = place.query(QUrl::FullyEncoded).toLatin1();
        query += (query.isEmpty() ? "shellId=" : "&shellId=") + QUrl::toPercentEncoding(shellId);
        return withPath(place, place.path(QUrl::FullyEncoded).toLatin1(), query);
    });
}

Result<QUrl> sessionEndUrl(const AgentTarget &target, const QString &qualifier, const QUrl &builtInAgent)
{
    if (std::holds_alternative<UrlTarget>(target)) {
        return failure(ErrorKind::InvalidTarget,
                       AgentUrl::tr("A server for development keeps its sessions to itself: there is no call "
                                    "that ends one."));
    }
    return invocationUrl(target, qualifier, builtInAgent).map([](const QUrl &url) {
        return withPlace(url, endings);
    });
}

Result<QUrl> pingUrl(const AgentTarget &target)
{
    const auto *server = std::get_if<UrlTarget>(&target);
    if (!server)
        return failure(ErrorKind::InvalidTarget, AgentUrl::tr("Only a server for development is pinged."));
    return developmentUrl(*server).map([](const QUrl &url) {
        // What is not asked at /invocations, such as an A2A server, has it at its root.
        const bool isUsual = url.path(QUrl::FullyEncoded).endsWith(invocations);
        return isUsual ? withPlace(url, pings) : withPath(url, QByteArray(pings.data(), pings.size()));
    });
}

Result<QUrl> commandUrl(const AgentTarget &target, const QString &qualifier, const QUrl &builtInAgent)
{
    Result<QUrl> url = invocationUrl(target, qualifier, builtInAgent);
    if (!url)
        return url;
    // Whatever answers at a path of its own takes questions and would take a command for one.
    if (!url->path(QUrl::FullyEncoded).endsWith(invocations)) {
        return failure(ErrorKind::CommandsUnavailable,
                       AgentUrl::tr("The agent's address has a path of its own, so it is not known where it "
                                    "would run commands."));
    }
    return withPlace(*url, commands);
}

QByteArray signingRegion(const AgentTarget &target)
{
    const auto *runtime = std::get_if<RuntimeTarget>(&target);
    const Result<ParsedArn> arn = runtime ? parseArn(runtime->arn) : Result<ParsedArn>(ParsedArn{});
    return arn ? arn->region.toLatin1() : QByteArray();
}

} // namespace Parlance
