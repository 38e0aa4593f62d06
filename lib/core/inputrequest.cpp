// SPDX-License-Identifier: Apache-2.0
#include "core/inputrequest.h"

using namespace Qt::StringLiterals;

namespace Parlance {

QString inputStateName(InputState state)
{
    switch (state) {
    case InputState::Open:
        return u"open"_s;
    case InputState::Answered:
        return u"answered"_s;
    case InputState::Cancelled:
        return u"cancelled"_s;
    }
    return {};
}

std::optional<InputState> inputStateFromName(const QString &name)
{
    for (const InputState state : {InputState::Open, InputState::Answered, InputState::Cancelled}) {
        if (inputStateName(state) == name)
            return state;
    }
    return std::nullopt;
}

QString liveKindName(LiveKind kind)
{
    return kind == LiveKind::State ? u"state"_s : u"activity"_s;
}

std::optional<LiveKind> liveKindFromName(const QString &name)
{
    for (const LiveKind kind : {LiveKind::State, LiveKind::Activity}) {
        if (liveKindName(kind) == name)
            return kind;
    }
    return std::nullopt;
}

} // namespace Parlance
