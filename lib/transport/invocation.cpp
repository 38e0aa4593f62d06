// SPDX-License-Identifier: Apache-2.0
#include "transport/invocation.h"

#include "transport/agenturl.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QRandomGenerator>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <set>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Invocation
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Invocation)
};

constexpr int maximumExtraHeaders = 20;
constexpr qsizetype maximumHeaderValue = 4096;

//! Set by this program, by the authorizer, or by HTTP itself.
bool isReserved(const QByteArray &lowerCaseName)
{
    static const std::set<QByteArray> names = {
        "accept",
        "accept-encoding",
        "authorization",
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "cookie",
        "expect",
        "host",
        "keep-alive",
        "proxy-authorization",
        "proxy-connection",
        "sec-websocket-extensions",
        "sec-websocket-key",
        "sec-websocket-protocol",
        "sec-websocket-version",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",
        "x-amzn-bedrock-agentcore-runtime-session-id",
        "x-amzn-trace-id",
    };
    return names.contains(lowerCaseName) || lowerCaseName.startsWith("x-amz-");
}

bool isPrintable(const QByteArray &value)
{
    return std::ranges::none_of(value, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && byte != '\t') || byte == 0x7f;
    });
}

QByteArray hexDigits(int count)
{
    QByteArray digits;
    while (digits.size() < count)
        digits += QByteArray::number(QRandomGenerator::system()->generate64(), 16).rightJustified(16, '0');
    return digits.first(count);
}

QByteArray traceId()
{
    const QByteArray epoch =
        QByteArray::number(QDateTime::currentSecsSinceEpoch(), 16).rightJustified(8, '0').right(8);
    return "Root=1-" + epoch + '-' + hexDigits(24) + ";Parent=" + hexDigits(16) + ";Sampled=1";
}

Result<void> checkAgent(const Agent &agent)
{
    const Result<void> target = checkTarget(agent.target, agent.allowsPlainHttp);
    return target ? checkExtraHeaders(agent.extraHeaders) : target;
}

// What every request to an agent carries, whatever its kind.
void addCommon(RequestDraft &draft, const InvocationInput &input)
{
    draft.network = input.agent.network;
    draft.headers.append({"User-Agent"_ba, "Parlance/" PARLANCE_VERSION ""_ba});
    draft.headers.append(
        {"X-Amzn-Bedrock-AgentCore-Runtime-Session-Id"_ba, input.session.value().toLatin1()});
    if (std::holds_alternative<RuntimeTarget>(input.agent.target))
        draft.headers.append({"X-Amzn-Trace-Id"_ba, traceId()});
    draft.headers.append(input.agent.extraHeaders);
    for (const HttpHeader &header : input.headers) {
        const bool isGiven = std::ranges::any_of(input.agent.extraHeaders, [&header](const HttpHeader &own) {
            return own.name.compare(header.name, Qt::CaseInsensitive) == 0;
        });
        if (!isGiven)
            draft.headers.append(header);
    }
}

Result<RequestDraft> handshakeDraft(Result<QUrl> url, const InvocationInput &input)
{
    if (const Result<void> usable = checkAgent(input.agent); !usable)
        return failure(usable.error());
    if (!url)
        return failure(url.error());
    RequestDraft draft;
    draft.method = "GET"_ba;
    draft.url = std::move(*url);
    addCommon(draft, input);
    return draft;
}

} // namespace

Result<void> checkExtraHeaders(const QList<HttpHeader> &headers)
{
    static const QRegularExpression namePattern(uR"(\A[A-Za-z][A-Za-z0-9_-]{0,255}\z)"_s);
    if (headers.size() > maximumExtraHeaders) {
        return failure(
            ErrorKind::InvalidHeader,
            Invocation::tr("At most %n extra header(s) can be sent.", nullptr, maximumExtraHeaders));
    }
    std::set<QByteArray> seen;
    for (const HttpHeader &header : headers) {
        const QString name = QString::fromLatin1(header.name);
        if (!namePattern.match(name).hasMatch()) {
            return failure(ErrorKind::InvalidHeader,
                           Invocation::tr("A header's name is a letter followed by letters, digits, hyphens "
                                          "and underscores."));
        }
        if (isReserved(header.name.toLower())) {
            return failure(ErrorKind::InvalidHeader,
                           Invocation::tr("The header %1 is set by Parlance and cannot be added.").arg(name));
        }
        if (!isPrintable(header.value)) {
            return failure(
                ErrorKind::InvalidHeader,
                Invocation::tr(
                    "The value of the header %1 contains a line break or another control character.")
                    .arg(name));
        }
        if (header.value.size() > maximumHeaderValue) {
            return failure(ErrorKind::InvalidHeader,
                           Invocation::tr("The value of the header %1 is longer than 4 KB.").arg(name));
        }
        if (!seen.insert(header.name.toLower()).second) {
            return failure(ErrorKind::InvalidHeader,
                           Invocation::tr("The header %1 is there twice.").arg(name));
        }
    }
    return {};
}

Result<RequestDraft> socketDraft(const InvocationInput &input)
{
    return handshakeDraft(socketUrl(input.agent.target, input.qualifier, input.builtInAgent), input);
}

Result<RequestDraft> shellDraft(const InvocationInput &input, const QString &shellId)
{
    return handshakeDraft(shellUrl(input.agent.target, input.qualifier, shellId), input);
}

Result<RequestDraft> commandDraft(const InvocationInput &input, const Command &command)
{
    if (const Result<void> usable = checkAgent(input.agent); !usable)
        return failure(usable.error());
    if (const Result<void> usable = checkCommand(command); !usable)
        return failure(usable.error());
    Result<QUrl> url = commandUrl(input.agent.target, input.qualifier, input.builtInAgent);
    if (!url)
        return failure(url.error());
    RequestDraft draft;
    draft.method = "POST"_ba;
    draft.url = std::move(*url);
    draft.headers = {
        {"Content-Type"_ba, "application/json"_ba},
        {"Accept"_ba, "application/vnd.amazon.eventstream"_ba},
        {"Accept-Encoding"_ba, "identity"_ba},
    };
    addCommon(draft, input);
    draft.body = QJsonDocument(QJsonObject{{u"command"_s, command.line.toString()},
                                           {u"timeout"_s, qint64(command.timeout.count())}})
                     .toJson(QJsonDocument::Compact);
    return draft;
}

Result<RequestDraft> invocationDraft(const InvocationInput &input)
{
    if (const Result<void> usable = checkAgent(input.agent); !usable)
        return failure(usable.error());
    if (input.body.size() > maximumBodySize) {
        return failure(ErrorKind::PayloadTooLarge,
                       Invocation::tr("The message is %1 MB as it would be sent, and an agent takes at most "
                                      "100 MB. Files grow by a third on the way.")
                           .arg(QLocale().toString(double(input.body.size()) / 1e6, 'f', 1)));
    }
    Result<QUrl> url = questionUrl(input.agent, input.qualifier, input.builtInAgent);
    if (!url)
        return failure(url.error());

    RequestDraft draft;
    draft.method = "POST"_ba;
    draft.url = std::move(*url);
    draft.headers = {
        {"Content-Type"_ba, "application/json"_ba},
        {"Accept"_ba, "text/event-stream, application/json"_ba},
        // A compressing proxy would hold back what has not filled a block yet.
        {"Accept-Encoding"_ba, "identity"_ba},
    };
    addCommon(draft, input);
    draft.body = input.body;
    return draft;
}

Result<QList<RequestDraft>> cardDrafts(const InvocationInput &input)
{
    if (const Result<void> usable = checkAgent(input.agent); !usable)
        return failure(usable.error());
    return cardUrls(input.agent, input.qualifier, input.builtInAgent).map([&input](const QList<QUrl> &urls) {
        QList<RequestDraft> drafts;
        for (const QUrl &url : urls) {
            RequestDraft draft{
                .method = "GET"_ba, .url = url, .headers = {{"Accept"_ba, "application/json"_ba}}};
            addCommon(draft, input);
            drafts.append(draft);
        }
        return drafts;
    });
}

Result<RequestDraft> sessionEndDraft(const InvocationInput &input, const QString &clientToken)
{
    if (const Result<void> usable = checkAgent(input.agent); !usable)
        return failure(usable.error());
    if (input.session.isEmpty())
        return failure(ErrorKind::Validation, Invocation::tr("There is no session to end."));
    Result<QUrl> url = sessionEndUrl(input.agent.target, input.qualifier, input.builtInAgent);
    if (!url)
        return failure(url.error());
    RequestDraft draft;
    draft.method = "POST"_ba;
    draft.url = std::move(*url);
    draft.headers = {{"Content-Type"_ba, "application/json"_ba}, {"Accept"_ba, "application/json"_ba}};
    addCommon(draft, input);
    draft.body = QJsonDocument(QJsonObject{{u"clientToken"_s, clientToken}}).toJson(QJsonDocument::Compact);
    return draft;
}

Result<RequestDraft> pingDraft(const Agent &agent)
{
    if (const Result<void> target = checkTarget(agent.target, agent.allowsPlainHttp); !target)
        return failure(target.error());
    return pingUrl(agent.target).map([&agent](const QUrl &url) {
        return RequestDraft{.method = "GET"_ba,
                            .url = url,
                            .headers = {{"Accept"_ba, "application/json"_ba},
                                        {"User-Agent"_ba, "Parlance/" PARLANCE_VERSION ""_ba}},
                            .network = agent.network};
    });
}

} // namespace Parlance
