// SPDX-License-Identifier: Apache-2.0
#include "demo/demoagent.h"

#include "demo/demopages.h"
#include "demo/scriptbuilder.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr QByteArrayView sessionHeader = "X-Amzn-Bedrock-AgentCore-Runtime-Session-Id";

bool asksFor(const QString &prompt, std::initializer_list<QLatin1StringView> words)
{
    return std::ranges::any_of(words, [&](QLatin1StringView word) {
        const QRegularExpression whole(u"\\b%1\\b"_s.arg(word), QRegularExpression::CaseInsensitiveOption);
        return whole.match(prompt).hasMatch();
    });
}

DemoScript jsonAnswer(const DemoScript &streamed)
{
    // The same words in one body: what a client that does not take streams would get.
    QString text;
    for (const DemoStep &step : streamed.steps) {
        const QByteArray payload = step.bytes.mid(6).trimmed();
        const QJsonObject event = QJsonDocument::fromJson(payload).object().value("event"_L1).toObject();
        text += event.value("contentBlockDelta"_L1)
                    .toObject()
                    .value("delta"_L1)
                    .toObject()
                    .value("text"_L1)
                    .toString();
    }
    return ScriptBuilder::json({{u"result"_s, text}});
}

QString clock()
{
    return QDateTime::currentDateTime().toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

} // namespace

DemoAgent::DemoAgent(std::chrono::milliseconds pace)
    : m_pace(pace)
{
}

DemoScript DemoAgent::answer(const DemoRequest &request)
{
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(request.body, &error);
    if (error.error != QJsonParseError::NoError) {
        DemoScript script =
            ScriptBuilder::json({{u"error"_s, u"Invalid JSON"_s}, {u"details"_s, error.errorString()}});
        script.status = 400;
        return script;
    }
    const QString prompt = document.object().value("prompt"_L1).toString().trimmed();
    Session &session = m_sessions[request.header(sessionHeader)];
    ++session.turns;
    if (session.firstWords.isEmpty())
        session.firstWords = prompt.left(80);
    const DemoScript script = reply(prompt, session);
    const bool takesStreams = request.header("Accept").contains("text/event-stream");
    const bool wantsJson = asksFor(prompt, {"json"_L1}) || !takesStreams;
    return wantsJson && script.status == 200 ? jsonAnswer(script) : script;
}

DemoScript DemoAgent::endSession(const DemoRequest &request)
{
    const QByteArray session = request.header(sessionHeader);
    if (session.isEmpty())
        return ScriptBuilder::refusal(400, "ValidationException", u"The request names no session."_s);
    if (m_sessions.remove(session) == 0)
        return ScriptBuilder::refusal(404, "ResourceNotFoundException", u"There is no such session."_s);
    return ScriptBuilder::json({});
}

DemoScript DemoAgent::reply(const QString &prompt, Session &session) const
{
    static const QRegularExpression introduction(u"\\bmy name is (\\w+)"_s,
                                                 QRegularExpression::CaseInsensitiveOption
                                                     | QRegularExpression::UseUnicodePropertiesOption);
    if (const auto match = introduction.match(prompt); match.hasMatch())
        session.name = match.captured(1);
    if (asksFor(prompt, {"error"_L1, "errors"_L1, "fail"_L1, "cut"_L1}))
        return simulatedError(prompt);

    const bool isSlow = asksFor(prompt, {"slow"_L1, "slowly"_L1});
    ScriptBuilder script(isSlow ? m_pace * 8 : m_pace);
    script.messageStart();
    if (asksFor(prompt, {"tool"_L1, "time"_L1, "clock"_L1})) {
        script.reasoning(u"The clock of this machine can answer that. One call is enough."_s);
        script.text(u"Let me look at the clock.\n\n"_s);
        script.toolCall(u"call-1"_s, u"get_time"_s, {{u"zone"_s, u"local"_s}, {u"format"_s, u"ISO 8601"_s}},
                        clock());
        script.text(
            u"It is **%1** on this machine. Unfold the row above to see what I asked and what came back."_s
                .arg(clock()));
    } else if (asksFor(prompt, {"remember"_L1, "memory"_L1, "session"_L1, "who am i"_L1, "my name"_L1})) {
        script.text(memory(session));
    } else if (asksFor(prompt, {"long"_L1})) {
        script.text(DemoPages::longText());
    } else if (asksFor(prompt, {"table"_L1}) && asksFor(prompt, {"code"_L1})) {
        script.text(DemoPages::markdownSample());
    } else if (asksFor(prompt, {"table"_L1, "list"_L1, "markdown"_L1})) {
        script.text(DemoPages::tableSample());
    } else if (asksFor(prompt, {"code"_L1, "python"_L1})) {
        script.text(DemoPages::codeSample());
    } else {
        if (session.turns == 1 || asksFor(prompt, {"think"_L1, "reason"_L1}))
            script.reasoning(
                u"Somebody new, or somebody who wonders what this is. A short tour with things to try will "
                "serve them best."_s);
        script.text(DemoPages::tour());
        if (session.turns > 1)
            script.text(memory(session));
    }
    script.messageEnd(prompt);
    return script.take();
}

DemoScript DemoAgent::simulatedError(const QString &prompt) const
{
    static const QRegularExpression digits(u"\\b(4\\d\\d|5\\d\\d)\\b"_s);
    const int status = digits.match(prompt).captured(1).toInt();
    switch (status) {
    case 401:
        return ScriptBuilder::refusal(401, "UnauthorizedException", u"The token has expired."_s);
    case 403:
        return ScriptBuilder::refusal(
            403, "AccessDeniedException",
            u"User is not authorized to perform: bedrock-agentcore:InvokeAgentRuntime"_s);
    case 404:
        return ScriptBuilder::refusal(404, "ResourceNotFoundException",
                                      u"No endpoint with this qualifier was found."_s);
    case 429:
        return ScriptBuilder::refusal(429, "ThrottlingException", u"Rate exceeded"_s);
    case 500:
        return ScriptBuilder::refusal(500, "InternalServerException", u"An internal error occurred."_s);
    default:
        break;
    }
    if (asksFor(prompt, {"middle"_L1, "cut"_L1})) {
        ScriptBuilder script(m_pace);
        script.messageStart();
        script.text(u"This answer will not reach its end. What has arrived stays, and below it "_s);
        if (asksFor(prompt, {"cut"_L1}))
            script.cut();
        else
            script.errorEvent(u"The demo was asked to fail in the middle."_s);
        return script.take();
    }
    if (asksFor(prompt, {"errors"_L1, "which"_L1, "how"_L1})) {
        ScriptBuilder script(m_pace);
        script.messageStart();
        script.text(DemoPages::errorHelp());
        script.messageEnd(prompt);
        return script.take();
    }
    return ScriptBuilder::refusal(
        424, "RuntimeClientError",
        u"Received error (500) from runtime. Please check your CloudWatch logs for more information"_s);
}

QString DemoAgent::memory(const Session &session) const
{
    QString text =
        u"This is turn %1 of this session. It began with “%2”."_s.arg(session.turns).arg(session.firstWords);
    text += session.name.isEmpty()
        ? u" Tell me “my name is …” and I will know it for as long as the session lasts."_s
        : u" Your name is %1."_s.arg(session.name);
    return text % u" A new session forgets both."_s;
}

} // namespace Parlance
