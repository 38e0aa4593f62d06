// SPDX-License-Identifier: Apache-2.0
#include "core/standingpart.h"

using namespace Qt::StringLiterals;

namespace Parlance {

std::optional<Part> standingPart(const QString &kind, const QJsonObject &fields, const PackedText &text)
{
    const auto field = [&fields](QLatin1StringView name) { return fields[name].toString(); };
    if (kind == "inputRequest"_L1)
        return InputRequest{.id = field("id"_L1),
                            .reason = field("reason"_L1),
                            .message = text,
                            .schema = field("schema"_L1),
                            .callId = field("callId"_L1),
                            .expires = QDateTime::fromString(field("expires"_L1), Qt::ISODateWithMs),
                            .state = inputStateFromName(field("state"_L1)).value_or(InputState::Open),
                            .draft = field("draft"_L1)};
    if (kind == "inputAnswer"_L1)
        return InputAnswer{.requestId = field("requestId"_L1),
                           .isCancelled = fields["isCancelled"_L1].toBool(),
                           .json = text};
    if (kind == "taskStatus"_L1)
        return TaskStatus{
            .taskId = field("taskId"_L1), .contextId = field("contextId"_L1), .state = field("state"_L1)};
    if (kind == "liveValue"_L1)
        return LiveValue{.kind = liveKindFromName(field("of"_L1)).value_or(LiveKind::State),
                         .id = field("id"_L1),
                         .label = field("label"_L1),
                         .json = text};
    return std::nullopt;
}

} // namespace Parlance
