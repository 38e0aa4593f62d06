// SPDX-License-Identifier: Apache-2.0
#include "wire/chooseinterpreter.h"

#include "wire/a2avocabulary.h"
#include "wire/aguivocabulary.h"
#include "wire/conversetext.h"
#include "wire/jsonrpcvocabulary.h"
#include "wire/langchainvocabulary.h"
#include "wire/mcpvocabulary.h"
#include "wire/openaivocabulary.h"
#include "wire/ssedecoder.h"
#include "wire/strandsvocabulary.h"
#include "wire/turnreader.h"
#include "wire/voicevocabulary.h"
#include "wire/wrappervocabulary.h"

#include <algorithm>
#include <iterator>
#include <vector>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

class AnswerInterpreter : public Interpreter
{
public:
    AnswerInterpreter(const QByteArray &sharedState, const std::vector<MessagePart> &told)
    {
        m_a2a.setTold(told);
        if (const JsonValue value = m_json.parse(sharedState))
            m_agUi.setSharedState(JsonNode::of(value));
        for (const MessagePart &part : told) {
            const auto *value = std::get_if<LiveValue>(&part.content);
            if (value && value->kind == LiveKind::Activity)
                m_agUi.setActivity(*value);
        }
    }

    void interpret(const Frame &frame, std::vector<Delta> &deltas) override
    {
        m_state.setOutput(&deltas);
        if (frame.kind == FrameKind::EventStream && frame.id != "event" && !frame.id.isEmpty())
            takeException(frame);
        else if (isOfSocket(frame))
            takeSocket(frame);
        else if (frame.event == "error")
            takeErrorEvent(frame);
        else if (frame.kind == FrameKind::Text)
            m_state.text(QString::fromUtf8(frame.payload));
        else
            takePayload(frame);
    }

    void finish(std::vector<Delta> &deltas) override
    {
        m_state.setOutput(&deltas);
        for (Vocabulary *vocabulary : m_vocabularies)
            vocabulary->finish();
        // An agent that sent nothing readable but reprs: better shown raw than an empty answer.
        if (!m_state.hasText() && !m_lastRepr.isEmpty())
            m_state.raw(u"repr"_s, m_lastRepr);
    }

private:
    static bool isOfSocket(const Frame &frame)
    {
        return frame.kind == FrameKind::SocketText || frame.kind == FrameKind::SocketBinary
            || frame.kind == FrameKind::SocketSent;
    }

    void takeSocket(const Frame &frame)
    {
        if (frame.kind == FrameKind::SocketSent || frame.event == "late")
            return;
        if (frame.kind == FrameKind::SocketBinary) {
            // Some send their JSON so.
            if (m_json.parse(frame.payload).isObject())
                takePayload(frame);
            else
                m_voice.takeBinary(frame.payload);
            return;
        }
        if (!frame.payload.startsWith("data:") && !frame.payload.startsWith("event:")) {
            takePayload(frame);
            return;
        }
        // AG-UI's Python server puts its events into messages as it would into a stream.
        SseDecoder decoder;
        std::vector<Frame> events;
        decoder.feed(frame.payload, events);
        decoder.finish(events);
        for (const Frame &event : events) {
            if (event.event == "error")
                takeErrorEvent(event);
            else
                takePayload(event);
        }
    }

    void takePayload(const Frame &frame)
    {
        const QByteArrayView payload = frame.payload;
        if (const std::optional<QString> text = converseText(payload)) {
            m_state.streamedText(AnswerState::Source::Event, *text);
            return;
        }
        if (payload.trimmed() == "[DONE]")
            return;
        const JsonValue value = m_json.parse(payload);
        if (!value || isRawPiece(frame, value)) {
            takeRawText(frame);
        } else if (value.isString()) {
            takeString(value);
        } else {
            takeValue(value, frame);
        }
    }

    //! Whether a payload that reads as JSON by chance is a piece of raw text: " 5", a lone "{}" in code.
    bool isRawPiece(const Frame &frame, const JsonValue &value) const
    {
        if (frame.kind != FrameKind::Sse && frame.kind != FrameKind::Line
            && frame.kind != FrameKind::SocketText)
            return false;
        const bool isScalar = !value.isObject() && !value.isArray();
        return (isScalar && QByteArrayView(" \t").contains(frame.payload.front()))
            || (m_hasRawText && (isScalar || value.members().empty()) && !value.isString());
    }

    void takeRawText(const Frame &frame)
    {
        // A body is a whole text; a line lost its end to the decoder.
        const QString text = QString::fromUtf8(frame.payload);
        if (frame.kind != FrameKind::Line)
            m_state.text(text);
        else if (!text.isEmpty() || m_hasRawText)
            m_state.text(text % u'\n');
        m_hasRawText |= !text.isEmpty();
    }

    void takeString(const JsonValue &value)
    {
        const QByteArray text = value.utf8().toByteArray();
        if (isPythonRepr(text)) {
            m_lastRepr = text;
            return;
        }
        if (text.startsWith('{') || text.startsWith('[')) {
            const JsonValue inner = m_innerJson.parse(text);
            if ((inner.isObject() && dispatch(inner)) || (inner.isArray() && m_langChain.takeTuple(inner)))
                return;
        }
        m_state.text(QString::fromUtf8(text));
    }

    void takeValue(const JsonValue &value, const Frame &frame)
    {
        const bool isWholeBody = frame.kind == FrameKind::Body || isEcho(frame, value);
        // Not read and written again: numbers keep their digits.
        const QByteArray written = frame.kind == FrameKind::Body ? frame.payload.trimmed() : value.compact();
        if (value.isObject()) {
            if (!dispatch(value))
                takeUnknown(value, written, isWholeBody);
        } else if (value.isArray()) {
            takeArray(value, written, isWholeBody);
        } else if (!value.isNull()) {
            m_state.text(QString::fromUtf8(frame.payload)); // as it is spelt: "1.50"
        }
    }

    void takeArray(const JsonValue &array, const QByteArray &written, bool isWholeBody)
    {
        if (m_langChain.takeTuple(array))
            return;
        const auto items = array.items();
        const bool isText = !items.empty() && std::ranges::all_of(items, [](const JsonValue &item) {
            return item.isString() || item.find("text").isString();
        });
        const bool areObjects = !items.empty()
            && std::ranges::all_of(items, [](const JsonValue &item) { return item.isObject(); });
        if (isText) {
            m_state.text(contentText(array));
        } else if (areObjects) {
            std::vector<JsonValue> unknown;
            std::ranges::copy_if(items, std::back_inserter(unknown),
                                 [this](const JsonValue &item) { return !dispatch(item); });
            // Rows of a table are one thing.
            if (isWholeBody && unknown.size() == items.size())
                takeUnknown(array, written, isWholeBody);
            else
                for (const JsonValue &item : unknown)
                    takeUnknown(item, item.compact(), isWholeBody);
        } else {
            takeUnknown(array, written, isWholeBody);
        }
    }

    //! An object over a WebSocket that says nothing of its kind is an answer, not one event of many.
    static bool isEcho(const Frame &frame, const JsonValue &value)
    {
        return frame.kind == FrameKind::SocketText && !value.find("type").isString();
    }

    bool dispatch(const JsonValue &object)
    {
        return std::ranges::any_of(m_vocabularies,
                                   [&](Vocabulary *vocabulary) { return vocabulary->take(object); });
    }

    //! Shown and kept: as code where it is all there is, folded where it is one event of many.
    void takeUnknown(const JsonValue &value, const QByteArray &json, bool isWholeBody)
    {
        if (isWholeBody) {
            m_state.text(u"```json\n"_s % QString::fromUtf8(json) % u"\n```"_s);
            return;
        }
        const JsonValue type = value.find("type");
        const auto members = value.members();
        const QString label = type.isString() ? type.string()
            : members.empty()                 ? u"json"_s
                                              : QString::fromUtf8(members.front().key);
        m_state.raw(label, json);
    }

    void takeErrorEvent(const Frame &frame)
    {
        const JsonValue value = m_json.parse(frame.payload);
        const JsonValue error = value.find("error");
        const JsonValue message = error.isObject() ? error.find("message")
            : error                                ? error
                                                   : value.find("message");
        const QString text = message ? message.text()
            : value.isString()       ? value.string()
                                     : QString::fromUtf8(frame.payload);
        m_state.error(text, value.find("error_type").text(), frame.payload);
    }

    void takeException(const Frame &frame)
    {
        const JsonValue value = m_json.parse(frame.payload);
        const JsonValue message = value.find("message") ? value.find("message") : value.find("Message");
        m_state.error(message ? message.text() : QString::fromUtf8(frame.payload),
                      QString::fromUtf8(frame.event), frame.payload);
    }

    Json m_json;
    Json m_innerJson;
    AnswerState m_state;
    McpVocabulary m_mcp{&m_state};
    A2aVocabulary m_a2a{&m_state};
    JsonRpcVocabulary m_jsonRpc{&m_state};
    AgUiVocabulary m_agUi{&m_state};
    LangChainVocabulary m_langChain{&m_state};
    OpenAiVocabulary m_openAi{&m_state};
    VoiceVocabulary m_voice{&m_state};
    StrandsVocabulary m_strands{&m_state};
    WrapperVocabulary m_wrapper{&m_state};
    // The order of the protocol notes, from what is unmistakable to what is only likely.
    std::array<Vocabulary *, 9> m_vocabularies{&m_a2a,   &m_mcp,     &m_jsonRpc, &m_agUi,   &m_langChain,
                                               &m_voice, &m_strands, &m_openAi,  &m_wrapper};
    QByteArray m_lastRepr;
    bool m_hasRawText = false; //!< a piece of the stream was text and no JSON
};

} // namespace

std::unique_ptr<Interpreter> makeInterpreter(const QByteArray &sharedState,
                                             const std::vector<MessagePart> &told)
{
    return std::make_unique<AnswerInterpreter>(sharedState, told);
}

} // namespace Parlance
