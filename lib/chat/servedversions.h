// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "core/result.h"
#include "core/runtime.h"

#include <QDeadlineTimer>
#include <QFuture>
#include <QObject>
#include <QPromise>

#include <chrono>
#include <map>
#include <optional>
#include <vector>

namespace Parlance {

class Discovery;
class IdentityBook;

//! Which version each endpoint of a runtime serves now, as far as the person's AWS identities may know.
//! Each runtime is asked about once at a time, however many wait.
class ServedVersions : public QObject
{
    Q_OBJECT
public:
    using Endpoints = std::vector<RuntimeEndpoint>;

    //! Both must outlive this.
    ServedVersions(Discovery *discovery, const IdentityBook *identities, QObject *parent = nullptr);

    //! For a picker: the endpoints of an agent's runtime, asked for now. Tries every AWS identity that may
    //! know, the agent's own alone if it has one. Error: of the last one tried; SecretMissing if there is
    //! none.
    QFuture<Result<Endpoints>> endpoints(const Agent &agent);

    //! For an answer: the version behind an endpoint; empty if it cannot be known. Asks on its own only
    //! as the agent's own AWS identity, or as one that has listed this runtime's endpoints before, and not
    //! again within freshFor(). An empty qualifier is DEFAULT.
    QFuture<QString> version(const Agent &agent, const QString &qualifier);

    //! As whom an agent's runtime is looked at: its own AWS identity, or one that has listed the endpoints
    //! before. Empty: nobody.
    IdentityId reader(const Agent &agent) const;
    //! Of its runtime; empty: it is none.
    static QString arnOf(const Agent &agent);

    std::chrono::milliseconds freshFor() const { return m_freshFor; }
    void setFreshFor(std::chrono::milliseconds duration) { m_freshFor = duration; }

Q_SIGNALS:
    //! The endpoints of a runtime were listed, after whoever waited has them.
    void endpointsRead(const QString &arn);

private:
    struct Runtime
    {
        Result<Endpoints> endpoints = Endpoints();
        QDeadlineTimer fresh = QDeadlineTimer(0);
        IdentityId reader = {}; //!< could list them
        std::vector<QPromise<Result<Endpoints>>> waiting = {};
    };

    QFuture<Result<Endpoints>> ask(const QString &arn, const std::vector<IdentityId> &identities);
    void tryNext(const QString &arn, std::vector<IdentityId> identities, const Error &before);
    void settle(const QString &arn, const Result<Endpoints> &endpoints);

    Discovery *m_discovery;
    const IdentityBook *m_identities;
    std::chrono::milliseconds m_freshFor = std::chrono::minutes(1);
    std::map<QString, Runtime> m_runtimes; //!< by ARN
};

} // namespace Parlance
