// SPDX-License-Identifier: Apache-2.0
#include "wire/deltaprinter.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

template <typename... Visitors> struct Overloaded : Visitors...
{
    using Visitors::operator()...;
};
template <typename... Visitors> Overloaded(Visitors...) -> Overloaded<Visitors...>;

QString number(const std::optional<qint64> &value)
{
    return value ? QString::number(*value) : u"-"_s;
}

QString printedOne(const Delta &delta)
{
    return std::visit(
        Overloaded{
            [](const TextDelta &d) -> QString { return (d.replaces ? u"text! "_s : u"text "_s) % d.text; },
            [](const ReasoningDelta &d) -> QString {
                return (d.isRedacted ? u"hidden "_s : u"thought "_s) % d.text;
            },
            [](const ToolStartDelta &d) -> QString { return u"tool "_s % d.callId % u' ' % d.name; },
            [](const ToolArgumentsDelta &d) -> QString {
                return (d.replaces ? u"args! "_s : u"args "_s) % d.callId % u' ' % d.fragment;
            },
            [](const ToolStateDelta &d) -> QString { return toolStateName(d.state) % u' ' % d.callId; },
            [](const ToolResultDelta &d) -> QString {
                return (d.isError ? u"failed-result "_s : u"result "_s) % d.callId % u' ' % d.content;
            },
            [](const CitationDelta &d) -> QString {
                return u"cite "_s % d.citation.title % u' ' % d.citation.url;
            },
            [](const AttachmentDelta &d) -> QString { return u"file "_s % d.attachment.mimeType; },
            [](const UsageDelta &d) -> QString {
                return u"usage "_s % number(d.usage.inputTokens) % u' ' % number(d.usage.outputTokens) % u' '
                    % number(d.usage.totalTokens);
            },
            [](const StopReasonDelta &d) -> QString { return u"stop "_s % d.reason; },
            [](const AgentErrorDelta &d) -> QString {
                return u"error "_s % d.error.exceptionType % u' ' % d.error.serverMessage;
            },
            [](const RedactionDelta &d) -> QString { return u"redact "_s % d.replacement; },
            [](const GivenIdDelta &d) -> QString {
                return u"named "_s % (d.callId.isEmpty() ? d.before : d.callId) % u' ' % d.id;
            },
            [](const RawDelta &d) -> QString { return u"raw "_s % d.label; },
            [](const CommandStartDelta &) -> QString { return u"command starts"_s; },
            [](const CommandOutputDelta &d) -> QString {
                return (d.stream == CommandStream::Error ? u"stderr "_s : u"stdout "_s) % d.text;
            },
            [](const CommandStopDelta &d) -> QString {
                return u"command "_s % commandStatusName(d.status) % u' ' % number(d.exitCode);
            },
            [](const InputRequestDelta &d) -> QString {
                return u"asks "_s % d.request.id % u' ' % d.request.message.toString();
            },
            [](const TaskStatusDelta &d) -> QString {
                return u"task "_s % d.status.taskId % u' ' % d.status.state;
            },
            [](const LiveValueDelta &d) -> QString {
                return liveKindName(d.value.kind) % u' ' % d.value.id % u' ' % d.value.json.toString();
            },
        },
        delta);
}

//! Joins the delta to the one before it, if it goes on where that ended.
bool joins(Delta &last, const Delta &next)
{
    if (auto *text = std::get_if<TextDelta>(&last)) {
        const auto *more = std::get_if<TextDelta>(&next);
        if (!more || more->replaces || more->blockKey != text->blockKey)
            return false;
        text->text += more->text;
        return true;
    }
    if (auto *thought = std::get_if<ReasoningDelta>(&last)) {
        const auto *more = std::get_if<ReasoningDelta>(&next);
        if (!more || more->blockKey != thought->blockKey || more->isRedacted != thought->isRedacted)
            return false;
        thought->text += more->text;
        return true;
    }
    if (auto *written = std::get_if<CommandOutputDelta>(&last)) {
        const auto *more = std::get_if<CommandOutputDelta>(&next);
        if (!more || more->stream != written->stream)
            return false;
        written->text += more->text;
        return true;
    }
    if (auto *arguments = std::get_if<ToolArgumentsDelta>(&last)) {
        const auto *more = std::get_if<ToolArgumentsDelta>(&next);
        if (!more || more->replaces || more->callId != arguments->callId)
            return false;
        arguments->fragment += more->fragment;
        return true;
    }
    return false;
}

} // namespace

QString printed(const std::vector<Delta> &deltas)
{
    std::vector<Delta> joined;
    for (const Delta &delta : deltas) {
        if (joined.empty() || !joins(joined.back(), delta))
            joined.push_back(delta);
    }
    QStringList lines;
    for (const Delta &delta : joined)
        lines.append(printedOne(delta));
    return lines.join(u'\n');
}

} // namespace Parlance
