// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"

#include <QUrl>

namespace Parlance {

struct ParsedArn;

//! Base URL of the data plane for a runtime: an override, if there is one, or the host that partition
//! and region of the ARN give. Overrides in this order: the agent's own, then
//! BEDROCK_AGENTCORE_DP_ENDPOINT, AWS_ENDPOINT_URL_BEDROCK_AGENTCORE, AWS_ENDPOINT_URL (the last two
//! not with AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true). AWS_USE_FIPS_ENDPOINT and
//! AWS_USE_DUALSTACK_ENDPOINT choose among the hosts of a region and contradict an override.
Result<QUrl> dataPlaneUrl(const ParsedArn &arn, const QString &agentOverride);

//! Base URL of the control plane of a region, the same way: BEDROCK_AGENTCORE_CP_ENDPOINT,
//! AWS_ENDPOINT_URL_BEDROCK_AGENTCORE_CONTROL, AWS_ENDPOINT_URL, or the region's host.
Result<QUrl> controlPlaneUrl(const QString &region);

//! Whether this has the shape of a region's name. Nothing else may become part of a host name.
bool isRegion(const QString &region);

//! True for this machine: localhost, 127.0.0.0/8 and ::1.
bool isLoopback(const QUrl &url);

//! https or wss.
bool isSecure(const QUrl &url);

//! The one it names, or the usual one.
quint16 portOf(const QUrl &url);

//! Checks what every address must keep to: http or https, a host, no user name or password in it.
Result<QUrl> parseHttpUrl(const QString &typed);

} // namespace Parlance
