// SPDX-License-Identifier: Apache-2.0
#include "transport/commandrequest.h"

#include "transport/errorsentence.h"
#include "wire/commandinterpreter.h"

#include <algorithm>

namespace Parlance {

CommandRequest::CommandRequest(RequestDraft draft, std::shared_ptr<Authorizer> authorizer,
                               NetworkPolicy *network, std::chrono::milliseconds connectTimeout,
                               std::chrono::milliseconds idleTimeout, std::chrono::seconds commandTimeout,
                               QObject *parent)
    : InvokeRequest(std::move(draft), std::move(authorizer), network, connectTimeout,
                    std::max<std::chrono::milliseconds>(idleTimeout, commandTimeout + grace), parent)
{
}

bool CommandRequest::isAnswer(QByteArrayView contentType) const
{
    const qsizetype end = contentType.indexOf(';');
    const QByteArrayView type = (end < 0 ? contentType : contentType.first(end)).trimmed();
    return type.compare("application/vnd.amazon.eventstream", Qt::CaseInsensitive) == 0;
}

// A server that does not know the path says so in one way or another, and a container that takes every path
// answers with something else than an event stream.
Error CommandRequest::refusal(const HttpAnswer &answer) const
{
    Error error = httpError(answer);
    const bool isGood = answer.status >= 200 && answer.status <= 299;
    const bool isUnknownPath = answer.status == 404 || answer.status == 405 || answer.status == 501;
    const bool isOfService = !error.exceptionType.isEmpty();
    if (error.kind != ErrorKind::ProxyPage && (isGood || (isUnknownPath && !isOfService))) {
        error.kind = ErrorKind::CommandsUnavailable;
        error.message = errorSentence(error.kind);
    }
    return error;
}

void CommandRequest::onFramesRead(const std::vector<Frame> &frames)
{
    m_hasEnded = m_hasEnded || std::ranges::any_of(frames, endsCommand);
}

std::optional<ErrorKind> CommandRequest::missingAtEnd() const
{
    return m_hasEnded ? std::nullopt : std::optional(ErrorKind::StreamCut);
}

} // namespace Parlance
