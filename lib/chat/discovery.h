// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "core/identity.h"
#include "core/requestdraft.h"
#include "core/result.h"
#include "core/runtime.h"

#include <QFuture>
#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace Parlance {

class HttpCaller;
class IdentityBook;

//! The runtimes of an account and region, as they come. Destroying it cancels; from its own signals, only
//! by deleteLater().
class RuntimeListing : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

Q_SIGNALS:
    //! Once for each page, in the service's order.
    void found(const std::vector<Parlance::RuntimeSummary> &runtimes);
    //! Exactly once, last of all. A refusal is a sentence that says what is missing.
    void finished(const std::optional<Parlance::Error> &error);
};

//! What an account has deployed, read with one of the person's AWS identities. A person without the
//! permission to list can still paste an ARN and type the name of an endpoint.
class Discovery : public QObject
{
    Q_OBJECT
public:
    //! Both must outlive this; the network may be null, then nothing is found.
    Discovery(IdentityBook *identities, HttpCaller *http, QObject *parent = nullptr);

    //! Begins after this returns. Must not outlive this.
    std::unique_ptr<RuntimeListing> listRuntimes(const IdentityId &identity, const QString &region);
    //! All endpoints of a runtime, with the version each serves now.
    QFuture<Result<std::vector<RuntimeEndpoint>>> endpoints(const IdentityId &identity,
                                                            const QString &runtimeArn);
    QFuture<Result<std::vector<RuntimeSummary>>> versions(const IdentityId &identity,
                                                          const QString &runtimeArn);
    //! One version of a runtime. Ask for the one that the endpoint serves: authorizer and protocol belong
    //! to the version. Empty: the latest.
    QFuture<Result<RuntimeDetails>> details(const IdentityId &identity, const QString &runtimeArn,
                                            const QString &version);

    //! Who may know an agent's endpoints: its own identity if that has AWS keys, else all that have.
    //! Empty: nobody, or the agent is no runtime.
    std::vector<IdentityId> identitiesFor(const Agent &agent) const;

private:
    template <typename T>
    QFuture<Result<std::vector<T>>> listOf(const IdentityId &identity, const QString &runtimeArn,
                                           RequestDraft (*draftPage)(const QUrl &, const QString &,
                                                                     const QString &),
                                           auto readPage, const QString &refused);

    IdentityBook *m_identities;
    HttpCaller *m_http;
};

//! Whether each word of the filter is in the name, the id or the description. Case does not matter.
bool matchesFilter(const RuntimeSummary &runtime, const QString &filter);

} // namespace Parlance
