// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/runtimeproposal.h"
#include "chat/workspace.h"

#include <QObject>

#include <deque>
#include <map>
#include <memory>
#include <vector>

namespace Parlance {

class RuntimeListing;

//! "agents discover": lists what an AWS account has deployed, and adds agents of it in a workspace whose
//! store is open for writing.
class DiscoverCommand : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        std::optional<QString> profile = std::nullopt;
        QString identity = {}; //!< name of a kept one
        QString region = {}; //!< empty: the profile's
        QString filter = {};
        QString qualifier = {}; //!< endpoint of those to add; empty: DEFAULT
        QStringList add = {}; //!< names, ids or ARNs
        bool isJson = false;
    };
    //! Must outlive this.
    explicit DiscoverCommand(Workspace *workspace, QObject *parent = nullptr);
    ~DiscoverCommand() override;

    void start(const Options &options);

Q_SIGNALS:
    //! Exactly once. 0 done, 1 the service refused, 2 it cannot be.
    void done(int exitCode);

private:
    using Endpoints = Result<std::vector<RuntimeEndpoint>>;

    Result<Identity> identity() const;
    void list(const QString &region);
    void onListed(const std::optional<Error> &error);
    void readMore();
    void onEndpoints(size_t place, const Endpoints &endpoints);
    void printInOrder();
    void addNext();
    void addRuntime(const RuntimeSummary &runtime, const std::vector<RuntimeEndpoint> &endpoints);
    void take(const FoundRuntime &found);
    void end(int exitCode, const QString &sentence = {});

    Workspace *m_workspace;
    Options m_options;
    IdentityId m_identity;
    std::unique_ptr<RuntimeListing> m_listing;
    std::vector<RuntimeSummary> m_runtimes; //!< that fit the filter
    std::map<size_t, Endpoints> m_read; //!< not yet printed, by place
    size_t m_asked = 0;
    size_t m_printed = 0;
    bool m_isRefused = false; //!< endpoints may not be listed, so the rest is not asked for
    std::deque<RuntimeSummary> m_toAdd;
    bool m_isDone = false;
};

} // namespace Parlance
