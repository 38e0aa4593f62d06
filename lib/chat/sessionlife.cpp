// SPDX-License-Identifier: Apache-2.0
#include "chat/sessionlife.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace Parlance {
namespace {

QDateTime after(const QDateTime &time, std::chrono::seconds duration)
{
    return time.addSecs(duration.count());
}

// The call did not come as far as the service, or the service never passed it on.
bool isFromBefore(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::IdleTimedOut:
    case ErrorKind::StreamCut:
    case ErrorKind::NetworkFailed:
    case ErrorKind::SocketClosed:
    case ErrorKind::EmptyAnswer:
        return false;
    default:
        return true;
    }
}

} // namespace

std::optional<SessionLimits> sessionLimits(const Agent &agent)
{
    if (!std::holds_alternative<RuntimeTarget>(agent.target))
        return std::nullopt;
    SessionLimits limits;
    if (agent.facts && agent.facts->idleSessionTimeout) {
        limits.idle = *agent.facts->idleSessionTimeout;
        limits.isRead = true;
    }
    if (agent.facts && agent.facts->maximumLifetime) {
        limits.maximum = *agent.facts->maximumLifetime;
        limits.isRead = true;
    }
    return limits;
}

SessionLife sessionLife(const std::optional<SessionLimits> &limits, const SessionUse &use,
                        const QDateTime &now)
{
    SessionLife life{.limits = limits.value_or(SessionLimits()), .use = use};
    if (!limits)
        return life;
    if (!use.began.isValid()) {
        life.stage = SessionStage::Unused;
        return life;
    }
    const QDateTime idleEnd = after(use.isInUse ? now : use.lastUsed, limits->idle);
    const QDateTime agedEnd = after(use.began, limits->maximum);
    life.likelyEnd = std::min(idleEnd, agedEnd);
    if (now < life.likelyEnd)
        life.stage = SessionStage::Alive;
    else
        life.stage = idleEnd <= agedEnd ? SessionStage::LikelyIdled : SessionStage::LikelyAged;
    // Nobody knows the moment while an answer comes.
    if (use.isInUse)
        life.likelyEnd = agedEnd;
    return life;
}

int minutesLeft(const SessionLife &life, const QDateTime &now)
{
    if (life.stage != SessionStage::Alive)
        return 0;
    const qint64 left = std::max<qint64>(0, now.msecsTo(life.likelyEnd));
    return int((left + 59'999) / 60'000);
}

std::optional<std::chrono::milliseconds> untilChange(const SessionLife &life, const QDateTime &now)
{
    if (life.stage != SessionStage::Alive || life.use.isInUse)
        return std::nullopt;
    const qint64 left = std::max<qint64>(1, now.msecsTo(life.likelyEnd));
    return std::chrono::milliseconds((left - 1) % 60'000 + 1);
}

bool hasReachedTheAgent(const Message &answer)
{
    constexpr int containerFailed = 424;
    constexpr int isSocket = 101;
    return answer.httpStatus == isSocket || (answer.httpStatus >= 200 && answer.httpStatus <= 299)
        || answer.httpStatus == containerFailed;
}

bool mayHaveReachedTheAgent(const Message &answer)
{
    if (answer.httpStatus != 0)
        return hasReachedTheAgent(answer) || answer.httpStatus >= 500;
    return std::ranges::none_of(answer.parts, [](const MessagePart &part) {
        const auto *error = std::get_if<ErrorPart>(&part.content);
        return error && isFromBefore(error->error->kind);
    });
}

} // namespace Parlance
