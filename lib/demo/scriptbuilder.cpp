// SPDX-License-Identifier: Apache-2.0
#include "demo/scriptbuilder.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

//! Words with the white space behind them, as a model's tokens come.
QStringList pieces(const QString &text)
{
    QStringList found;
    qsizetype start = 0;
    for (qsizetype i = 1; i <= text.size(); ++i) {
        if (i == text.size() || (!text.at(i).isSpace() && text.at(i - 1).isSpace())) {
            found.append(text.mid(start, i - start));
            start = i;
        }
    }
    return found;
}

} // namespace

ScriptBuilder::ScriptBuilder(std::chrono::milliseconds pace)
    : m_pace(pace)
{
    m_script.headers.append(HttpHeader{"Content-Type", "text/event-stream; charset=utf-8"});
}

void ScriptBuilder::event(const QJsonObject &object, int beats)
{
    m_script.steps.push_back(
        {.bytes = QByteArray("data: " + compact(object) + "\n\n"), .delay = m_pace * beats});
}

void ScriptBuilder::blockDelta(const QJsonObject &delta, int beats)
{
    const QJsonObject body{{u"delta"_s, delta}, {u"contentBlockIndex"_s, m_block}};
    event({{u"event"_s, QJsonObject{{u"contentBlockDelta"_s, body}}}}, beats);
}

void ScriptBuilder::blockStop()
{
    event(
        {{u"event"_s, QJsonObject{{u"contentBlockStop"_s, QJsonObject{{u"contentBlockIndex"_s, m_block}}}}}});
    ++m_block;
}

void ScriptBuilder::messageStart()
{
    m_block = 0;
    event({{u"event"_s, QJsonObject{{u"messageStart"_s, QJsonObject{{u"role"_s, u"assistant"_s}}}}}}, 4);
}

void ScriptBuilder::reasoning(const QString &text)
{
    for (const QString &piece : pieces(text))
        blockDelta({{u"reasoningContent"_s, QJsonObject{{u"text"_s, piece}}}});
    blockStop();
}

void ScriptBuilder::text(const QString &markdown)
{
    for (const QString &piece : pieces(markdown)) {
        blockDelta({{u"text"_s, piece}});
        ++m_words;
    }
    blockStop();
}

void ScriptBuilder::toolCall(const QString &callId, const QString &name, const QJsonObject &arguments,
                             const QString &result)
{
    const QJsonObject tool{{u"toolUseId"_s, callId}, {u"name"_s, name}};
    const QJsonObject start{{u"start"_s, QJsonObject{{u"toolUse"_s, tool}}},
                            {u"contentBlockIndex"_s, m_block}};
    event({{u"event"_s, QJsonObject{{u"contentBlockStart"_s, start}}}}, 4);
    const QString text = QString::fromUtf8(compact(arguments));
    constexpr qsizetype fragment = 7;
    for (qsizetype at = 0; at < text.size(); at += fragment)
        blockDelta({{u"toolUse"_s, QJsonObject{{u"input"_s, text.mid(at, fragment)}}}}, 2);
    blockStop();
    event({{u"event"_s, QJsonObject{{u"messageStop"_s, QJsonObject{{u"stopReason"_s, u"tool_use"_s}}}}}});
    const QJsonObject outcome{{u"toolUseId"_s, callId},
                              {u"status"_s, u"success"_s},
                              {u"content"_s, QJsonArray{QJsonObject{{u"text"_s, result}}}}};
    const QJsonArray content{QJsonObject{{u"toolResult"_s, outcome}}};
    event({{u"message"_s, QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, content}}}}, 20);
    messageStart();
}

void ScriptBuilder::errorEvent(const QString &message)
{
    event({{u"error"_s, message},
           {u"error_type"_s, u"SimulatedError"_s},
           {u"message"_s, u"An error occurred during streaming"_s}});
}

void ScriptBuilder::cut()
{
    m_script.end = DemoEnd::Cut;
}

void ScriptBuilder::messageEnd(const QString &question)
{
    event({{u"event"_s, QJsonObject{{u"messageStop"_s, QJsonObject{{u"stopReason"_s, u"end_turn"_s}}}}}});
    // About four characters to a token in the question, four tokens to three words in the answer.
    const int input = 40 + int(question.size() / 4);
    const int output = m_words * 4 / 3;
    const QJsonObject usage{
        {u"inputTokens"_s, input}, {u"outputTokens"_s, output}, {u"totalTokens"_s, input + output}};
    event({{u"event"_s, QJsonObject{{u"metadata"_s, QJsonObject{{u"usage"_s, usage}}}}}});
}

DemoScript ScriptBuilder::take()
{
    return std::exchange(m_script, {});
}

DemoScript ScriptBuilder::refusal(int status, const QByteArray &type, const QString &message)
{
    DemoScript script = json({{u"message"_s, message}});
    script.status = status;
    script.headers.append(HttpHeader{"x-amzn-ErrorType", type});
    return script;
}

DemoScript ScriptBuilder::json(const QJsonObject &body)
{
    DemoScript script;
    script.headers.append(HttpHeader{"Content-Type", "application/json"});
    script.steps.push_back({.bytes = compact(body)});
    return script;
}

} // namespace Parlance
