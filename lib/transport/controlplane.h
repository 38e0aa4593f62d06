// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/httpcaller.h"
#include "core/requestdraft.h"
#include "core/result.h"
#include "core/runtime.h"

namespace Parlance {

//! The requests that read what an account has deployed, and their answers. All are signed for the
//! service "bedrock-agentcore" and change nothing. base: of controlPlaneUrl(). An id is the last part of
//! a runtime's ARN. nextToken: of the page before, empty for the first one.
RequestDraft listRuntimesDraft(const QUrl &base, const QString &nextToken);
RequestDraft listVersionsDraft(const QUrl &base, const QString &runtimeId, const QString &nextToken);
RequestDraft listEndpointsDraft(const QUrl &base, const QString &runtimeId, const QString &nextToken);
//! Without a version: the latest one, which need not be what an endpoint serves.
RequestDraft getRuntimeDraft(const QUrl &base, const QString &runtimeId, const QString &version);
RequestDraft getEndpointDraft(const QUrl &base, const QString &runtimeId, const QString &endpoint);

//! Part of a list, in the service's order.
template <typename T> struct Page
{
    std::vector<T> items = {};
    QString nextToken = {}; //!< empty: this was the last one
    friend bool operator==(const Page &, const Page &) = default;
};

//! A reply that is a 2xx and no web page, or the error that httpError() says.
Result<HttpReply> goodReply(const Result<HttpReply> &reply);

//! The answers. An answer that is no 2xx is the error that httpError() says; one that cannot be read is
//! ProxyPage or ServerError.
Result<Page<RuntimeSummary>> readRuntimes(const Result<HttpReply> &reply); //!< of versions, too
Result<Page<RuntimeEndpoint>> readEndpoints(const Result<HttpReply> &reply);
Result<RuntimeDetails> readRuntime(const Result<HttpReply> &reply);
Result<RuntimeEndpoint> readEndpoint(const Result<HttpReply> &reply);

} // namespace Parlance
