// SPDX-License-Identifier: Apache-2.0
#include "wire/commandinterpreter.h"

#include "wire/json.h"

#include <QCoreApplication>
#include <QHash>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

bool isException(const Frame &frame)
{
    return frame.kind == FrameKind::EventStream && !frame.id.isEmpty() && frame.id != "event";
}

//! The exceptions that the service's model names for this call.
ErrorKind kindOf(const QByteArray &exception)
{
    static const QHash<QByteArray, ErrorKind> kinds{
        {"accessDeniedException"_ba, ErrorKind::AccessDenied},
        {"internalServerException"_ba, ErrorKind::InternalServer},
        {"resourceNotFoundException"_ba, ErrorKind::NotFound},
        {"serviceQuotaExceededException"_ba, ErrorKind::ServiceQuotaExceeded},
        {"throttlingException"_ba, ErrorKind::Throttled},
        {"validationException"_ba, ErrorKind::Validation},
        {"runtimeClientError"_ba, ErrorKind::AgentContainerFailed},
    };
    return kinds.value(exception, ErrorKind::AgentError);
}

class CommandInterpreter : public Interpreter
{
public:
    void interpret(const Frame &frame, std::vector<Delta> &deltas) override
    {
        if (isException(frame)) {
            deltas.push_back(takeException(frame));
            return;
        }
        const JsonValue value = m_json.parse(frame.payload);
        if (!value.isObject()) {
            deltas.push_back(
                RawDelta{.label = QString::fromUtf8(frame.event), .json = QString::fromUtf8(frame.payload)});
            return;
        }
        for (const auto &[key, member] : value.members()) {
            if (key == "contentStart")
                deltas.push_back(CommandStartDelta{});
            else if (key == "contentDelta")
                takeDelta(member, deltas);
            else if (key == "contentStop")
                takeStop(member, deltas);
            else
                deltas.push_back(unknown(key, member));
        }
    }

    void finish(std::vector<Delta> &) override { }

private:
    // In the order they stand in: of one event it is all that is known.
    static void takeDelta(const JsonValue &delta, std::vector<Delta> &deltas)
    {
        for (const auto &[key, value] : delta.members()) {
            const bool isError = key == "stderr";
            if (!isError && key != "stdout")
                deltas.push_back(unknown(key, value));
            else if (const QString text = value.string(); !text.isEmpty())
                deltas.push_back(CommandOutputDelta{
                    .text = text, .stream = isError ? CommandStream::Error : CommandStream::Output});
        }
    }

    static void takeStop(const JsonValue &stop, std::vector<Delta> &deltas)
    {
        CommandStopDelta ended;
        if (const std::optional<qint64> code = stop.find("exitCode").integer())
            ended.exitCode = int(*code);
        const QByteArrayView status = stop.find("status").utf8();
        if (status == "TIMED_OUT")
            ended.status = CommandStatus::TimedOut;
        deltas.push_back(ended);
        if (!status.isEmpty() && status != "TIMED_OUT" && status != "COMPLETED")
            deltas.push_back(StopReasonDelta{.reason = QString::fromUtf8(status)});
    }

    static RawDelta unknown(QByteArrayView key, const JsonValue &value)
    {
        return {.label = QString::fromUtf8(key), .json = QString::fromUtf8(value.compact())};
    }

    AgentErrorDelta takeException(const Frame &frame)
    {
        const JsonValue value = m_json.parse(frame.payload);
        const JsonValue message = value.find("message") ? value.find("message") : value.find("Message");
        return {.error = {.kind = kindOf(frame.event),
                          .message = QCoreApplication::translate(
                              "Wire", "The service gave up while the command ran."),
                          .exceptionType = QString::fromUtf8(frame.event),
                          .serverMessage = message ? message.text() : QString::fromUtf8(frame.payload),
                          .rawBody = frame.payload}};
    }

    Json m_json;
};

} // namespace

std::unique_ptr<Interpreter> makeCommandInterpreter()
{
    return std::make_unique<CommandInterpreter>();
}

bool endsCommand(const Frame &frame)
{
    if (isException(frame))
        return true;
    // A stop has a few bytes; what is written may be long, and hold the word.
    constexpr qsizetype longestStop = 4096;
    if (frame.payload.size() > longestStop || !frame.payload.contains("contentStop"))
        return false;
    Json json;
    return json.parse(frame.payload).has("contentStop");
}

} // namespace Parlance
