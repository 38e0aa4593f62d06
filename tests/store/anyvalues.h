// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/samples.h"

#include <QRandomGenerator>

namespace Parlance {

//! Everything a text may hold: NUL, quotes, marks beyond the first plane, direction marks, nothing.
inline QString anyText(QRandomGenerator &random)
{
    using namespace Qt::StringLiterals;
    static const QStringList pieces{
        u"plain"_s,    u"O'Brien \"quoted\" %1 ?1 :x"_s, u"naïve ñ ß"_s, u"日本語"_s,
        u"🦜🧵"_s, u"\u202Eright to left\u202C"_s,   u"\r\n\t"_s,    QString(QChar(0)),
        u"\u2028"_s,   u"\\ud83d {\"a\":[1,null]}"_s,    u"\uFEFF"_s,    u"\uFFFD"_s};
    QString text;
    for (int i = random.bounded(6); i > 0; --i)
        text += pieces.at(random.bounded(int(pieces.size())));
    return text;
}

inline QByteArray anyBytes(QRandomGenerator &random)
{
    QByteArray bytes;
    for (int i = random.bounded(40); i > 0; --i)
        bytes.append(char(random.bounded(256)));
    return bytes;
}

template <typename T> std::optional<T> maybe(QRandomGenerator &random, qint64 bound)
{
    return random.bounded(2) ? std::optional<T>(T(random.bounded(bound))) : std::nullopt;
}

template <typename Enum> Enum anyOf(QRandomGenerator &random, Enum last)
{
    return Enum(random.bounded(int(last) + 1));
}

inline Part anyPart(QRandomGenerator &random, size_t kind)
{
    const auto text = [&] { return anyText(random); };
    switch (kind) {
    case 0:
        return Text{.markdown = text()};
    case 1:
        return Reasoning{.text = text(), .isRedacted = random.bounded(2) == 1};
    case 2:
        return ToolCall{.callId = text(),
                        .name = text(),
                        .arguments = text(),
                        .state = anyOf(random, ToolState::Cancelled)};
    case 3:
        return ToolResult{
            .callId = text(), .name = text(), .content = text(), .isError = random.bounded(2) == 1};
    case 4:
        return Citation{.title = text(), .url = text(), .quote = text()};
    case 5:
        return ErrorPart{.error = Error{.kind = anyOf(random, ErrorKind::Internal),
                                        .message = text(),
                                        .httpStatus = random.bounded(600),
                                        .exceptionType = text(),
                                        .serverMessage = text(),
                                        .requestId = text(),
                                        .rawBody = anyBytes(random)}};
    case 6:
        return Attachment{.name = text(),
                          .mimeType = text(),
                          .data = anyBytes(random),
                          .url = text(),
                          .keptAs = text(),
                          .keptSize = random.bounded(1000000)};
    case 8:
        return Command{.line = text(), .timeout = std::chrono::seconds(random.bounded(1, 3600))};
    case 9: {
        CommandOutput output{.dropped = random.bounded(2000),
                             .status = anyOf(random, CommandStatus::TimedOut)};
        for (int i = 0; i < 3; ++i) {
            output.append(CommandStream::Output, text());
            output.append(CommandStream::Error, text());
        }
        if (random.bounded(2) == 1)
            output.exitCode = random.bounded(-1, 256);
        return output;
    }
    case 10:
        return InputRequest{.id = text(),
                            .reason = text(),
                            .message = text(),
                            .schema = text(),
                            .callId = text(),
                            .expires =
                                QDateTime::fromMSecsSinceEpoch(random.bounded(1u << 31) * 1000LL, Qt::UTC),
                            .state = anyOf(random, InputState::Cancelled),
                            .draft = text()};
    case 11:
        return InputAnswer{.requestId = text(), .isCancelled = random.bounded(2) == 1, .json = text()};
    case 12:
        return TaskStatus{.taskId = text(), .contextId = text(), .state = text()};
    case 13:
        return LiveValue{
            .kind = anyOf(random, LiveKind::Activity), .id = text(), .label = text(), .json = text()};
    default:
        return RawEvent{.label = text(), .json = text()};
    }
}

inline Message anyMessage(QRandomGenerator &random)
{
    using std::chrono::microseconds;
    Message message;
    message.id = MessageId::create();
    message.role = anyOf(random, Role::Agent);
    message.state = anyOf(random, MessageState::Failed);
    for (size_t kind = 0; kind < std::variant_size_v<Part>; ++kind) {
        message.parts.push_back(
            MessagePart{.content = anyPart(random, kind),
                        .frames = {.first = random.bounded(-1, 5), .last = random.bounded(-1, 900)},
                        .begin = microseconds(random.bounded(1000000)),
                        .end = microseconds(random.bounded(qint64(5'000'000'000))),
                        .givenId = random.bounded(2) == 1 ? anyText(random) : QString()});
    }
    message.timings = Timings{.headers = maybe<microseconds>(random, 90'000'000'000),
                              .firstByte = maybe<microseconds>(random, 1000),
                              .firstText = maybe<microseconds>(random, 1000),
                              .total = maybe<microseconds>(random, 1000)};
    message.usage = Usage{.inputTokens = maybe<qint64>(random, qint64(1) << 53),
                          .outputTokens = maybe<qint64>(random, 10),
                          .totalTokens = maybe<qint64>(random, 10),
                          .reasoningTokens = maybe<qint64>(random, 10),
                          .cachedInputTokens = maybe<qint64>(random, 10),
                          .modelLatency = maybe<std::chrono::milliseconds>(random, 10000)};
    message.responseIds =
        ResponseIds{.sessionId = anyText(random), .requestId = anyText(random), .traceId = anyText(random)};
    message.qualifier = anyText(random);
    message.servedVersion = anyText(random);
    message.stopReason = anyText(random);
    message.httpStatus = random.bounded(600);
    message.frameCount = random.bounded(1000);
    message.created = random.bounded(2) ? sampleTime(random.bounded(1000)) : QDateTime();
    message.answerTo = MessageId(anyText(random));
    message.attempt = random.bounded(1, 9);
    message.parent = MessageId(anyText(random));
    message.session = RuntimeSessionId(anyText(random));
    message.isChosen = random.bounded(2) == 1;
    message.isImported = random.bounded(2) == 1;
    // Qt's JSON drops a byte order mark that a text begins with.
    const auto words = [&random] { return QString(u'x' + anyText(random)); };
    for (int i = random.bounded(3); i > 0; --i)
        message.failedTries.change().push_back({.at = sampleTime(random.bounded(1000)),
                                                .error = {.kind = anyOf(random, ErrorKind::Internal),
                                                          .message = words(),
                                                          .httpStatus = random.bounded(600),
                                                          .exceptionType = words(),
                                                          .serverMessage = words(),
                                                          .requestId = words()},
                                                .pause = std::chrono::milliseconds(random.bounded(9000))});
    return message;
}

inline Agent sampleAgent(AgentTarget target)
{
    using namespace Qt::StringLiterals;
    return Agent{
        .id = AgentId::create(),
        .name = u"Orders “bot”"_s,
        .colour = 5,
        .target = std::move(target),
        .qualifier = u"PROD"_s,
        .auth = AuthMethod::Bearer,
        .payloadTemplate = u"{\"input\": {{prompt}}}"_s,
        .extraHeaders = {{.name = "X-Team", .value = "a=b, \xe9\xff"}, {.name = "X-Empty", .value = ""}},
        .protocol = ServerProtocol::A2a,
        .transport = AgentTransport::WebSocket,
        .socket = {.proof = SocketProof::Address,
                   .whileAnswering = WhileAnswering::Add,
                   .handshakeTimeout = std::chrono::seconds(99),
                   .opening = QStringLiteral("{\"begin\": true}")},
        .connectTimeout = std::chrono::seconds(7),
        .idleTimeout = std::chrono::seconds(61),
        .network = NetworkSettings{.proxy = {.kind = ProxyKind::Socks5,
                                             .host = u"proxy.example"_s,
                                             .port = 1080,
                                             .user = u"me"_s},
                                   .authoritiesFile = u"/etc/own “ca”.pem"_s,
                                   .certificateFile = u"/etc/own/me.p12"_s,
                                   .keyFile = u"/etc/own/me.key"_s},
        .isProduction = true,
        .allowsPlainHttp = true,
        .created = sampleTime(),
        .facts = RuntimeFacts{.version = u"7"_s,
                              .protocol = ServerProtocol::AgUi,
                              .authorizer = JwtAuthorizer{.discoveryUrl = u"https://id.example/“x”"_s,
                                                          .allowedAudience = {u"a"_s, u"b c"_s},
                                                          .allowedClients = {u"client"_s},
                                                          .allowedScopes = {u"orders/read"_s},
                                                          .requiredClaims = {{.name = u"cognito:groups"_s,
                                                                              .comparison = u"CONTAINS_ANY"_s,
                                                                              .values = {u"x"_s, u"y"_s}}},
                                                          .isForWorkloads = true},
                              .idleSessionTimeout = std::chrono::minutes(15),
                              .maximumLifetime = std::chrono::hours(8),
                              .headerAllowlist = {u"X-Team"_s},
                              .read = sampleTime(5)}};
}

} // namespace Parlance
