// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/apart.h"
#include "core/command.h"
#include "core/error.h"
#include "core/failedtry.h"
#include "core/ids.h"
#include "core/inputrequest.h"
#include "core/packedtext.h"

#include <QDateTime>
#include <QString>

#include <chrono>
#include <optional>
#include <variant>
#include <vector>

namespace Parlance {

enum class Role : quint8 { User, Agent };

//! The last three keep their parts.
enum class MessageState : quint8 { Queued, Streaming, Complete, Stopped, Interrupted, Failed };

//! Words of the agent or the person, as Markdown.
struct Text
{
    PackedText markdown = {};
    friend bool operator==(const Text &, const Text &) = default;
};

struct Reasoning
{
    PackedText text = {};
    bool isRedacted = false; //!< the model hid (part of) it
    friend bool operator==(const Reasoning &, const Reasoning &) = default;
};

enum class ToolState { Streaming, Running, Done, Failed, Cancelled };

struct ToolCall
{
    QString callId = {};
    QString name = {};
    PackedText arguments = {}; //!< JSON text, possibly unfinished while it streams
    ToolState state = ToolState::Streaming;
    friend bool operator==(const ToolCall &, const ToolCall &) = default;
};

//! Belongs to the ToolCall with the same callId, which stands before it if the agent told of it.
struct ToolResult
{
    QString callId = {};
    QString name = {}; //!< if the agent said so
    PackedText content = {}; //!< text, or JSON text
    bool isError = false;
    friend bool operator==(const ToolResult &, const ToolResult &) = default;
};

struct Citation
{
    QString title = {};
    QString url = {}; //!< shown as text; opened only if http or https
    QString quote = {};
    friend bool operator==(const Citation &, const Citation &) = default;
};

struct ErrorPart
{
    Apart<Error> error = {};
    friend bool operator==(const ErrorPart &, const ErrorPart &) = default;
};

struct Attachment
{
    QString name = {};
    QString mimeType = {};
    QByteArray data = {}; //!< empty if only a URL was given, or the bytes are kept in a file
    QString url = {}; //!< never loaded by itself
    QString keptAs = {}; //!< the file with the bytes, by its name among the kept attachments; empty: none
    qint64 keptSize = 0; //!< bytes of that file
    friend bool operator==(const Attachment &, const Attachment &) = default;
};

//! Something the agent sent that no interpreter knows. Shown folded, never dropped.
struct RawEvent
{
    QString label = {}; //!< short: the type or the first key
    PackedText json = {}; //!< the payload as text
    friend bool operator==(const RawEvent &, const RawEvent &) = default;
};

//! A new kind of part is a new member here: the compiler then lists every place that must learn it.
using Part = std::variant<Text, Reasoning, ToolCall, ToolResult, Citation, ErrorPart, Attachment, RawEvent,
                          Command, CommandOutput, InputRequest, InputAnswer, TaskStatus, LiveValue>;

//! Inclusive range of Frame::sequence that made a part; first < 0: no frame did.
struct FrameSpan
{
    int first = -1;
    int last = -1;
    friend bool operator==(const FrameSpan &, const FrameSpan &) = default;
};

struct MessagePart
{
    Part content = {};
    FrameSpan frames = {};
    std::chrono::microseconds begin{0}; //!< arrival of the first frame that made it, from the send
    std::chrono::microseconds end{0}; //!< arrival of the last
    //! Which block of the answer's text this is, while the answer streams. Empty in a finished message.
    Apart<QString> blockKey = {};
    //! What the agent calls that which this is of: an AG-UI message, an artifact of an A2A task. Empty: it
    //! gave no name.
    Apart<QString> givenId = {};
    friend bool operator==(const MessagePart &, const MessagePart &) = default;
};

//! All from the moment the request was sent.
struct Timings
{
    std::optional<std::chrono::microseconds> headers = std::nullopt;
    std::optional<std::chrono::microseconds> firstByte = std::nullopt; //!< first byte of the body
    std::optional<std::chrono::microseconds> firstText = std::nullopt;
    std::optional<std::chrono::microseconds> total = std::nullopt;
    friend bool operator==(const Timings &, const Timings &) = default;
};

//! As told by the agent; absent where it did not say.
struct Usage
{
    std::optional<qint64> inputTokens = std::nullopt;
    std::optional<qint64> outputTokens = std::nullopt;
    std::optional<qint64> totalTokens = std::nullopt;
    std::optional<qint64> reasoningTokens = std::nullopt;
    std::optional<qint64> cachedInputTokens = std::nullopt;
    std::optional<std::chrono::milliseconds> modelLatency = std::nullopt;
    friend bool operator==(const Usage &, const Usage &) = default;
};

//! Ids the service answered with, for a support case.
struct ResponseIds
{
    QString sessionId = {};
    QString requestId = {};
    QString traceId = {};
    friend bool operator==(const ResponseIds &, const ResponseIds &) = default;
};

struct Message
{
    MessageId id = {};
    Role role = Role::User;
    MessageState state = MessageState::Complete;
    std::vector<MessagePart> parts = {};
    Apart<Timings> timings = {};
    Apart<Usage> usage = {};
    Apart<ResponseIds> responseIds = {};
    Apart<std::vector<FailedTry>> failedTries = {}; //!< in order, before the one that was the last
    QString qualifier = {}; //!< the endpoint that was asked; empty: the default one
    QString servedVersion = {};
    QString stopReason = {}; //!< the agent's word, for example "end_turn"
    int httpStatus = 0;
    //! Of an answer: also of the frames that made no part of it, and of those that we sent.
    int frameCount = 0;
    QDateTime created = {}; //!< UTC
    MessageId answerTo = {}; //!< for an agent's message: the person's message it answers
    int attempt = 1; //!< 1, 2 … among the answers to one message
    //! The message it follows. Several may follow one: these are attempts. rootMessage() before the first of
    //! a conversation; empty: not known, it follows the one that is kept before it.
    MessageId parent = {};
    RuntimeSessionId session = {}; //!< it was asked in; empty: not known, or not asked yet
    bool isChosen = false; //!< among those that follow one message, the one that is shown
    bool isImported = false; //!< came in with a file: its session is told of, but is not ours to go on in

    friend bool operator==(const Message &, const Message &) = default;

    //! All Text parts, joined by a blank line. Markdown.
    QString text() const;
    bool isLive() const { return state == MessageState::Streaming || state == MessageState::Queued; }
};

//! Stands for what is before the first message of a conversation.
MessageId rootMessage();

//! A person's message with one Text part, Complete, created now.
Message userMessage(QString markdown);

QString roleName(Role role); //!< "user" or "agent"
QString messageStateName(MessageState state); //!< "queued", "streaming" …
std::optional<MessageState> messageStateFromName(const QString &name);
QString toolStateName(ToolState state);
std::optional<ToolState> toolStateFromName(const QString &name);

} // namespace Parlance
