// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace Parlance {

//! How a runtime or an endpoint stands. Other: a word that this program does not know.
enum class DeploymentStatus { Creating, CreateFailed, Updating, UpdateFailed, Ready, Deleting, Other };

//! What an agent's container speaks.
enum class ServerProtocol { Http, Mcp, A2a, AgUi, Other };

//! An agent runtime as a listing tells it: one version of it.
struct RuntimeSummary
{
    QString arn = {};
    QString id = {};
    QString version = {};
    QString name = {};
    QString description = {};
    DeploymentStatus status = DeploymentStatus::Other;
    QDateTime lastUpdated = {}; //!< UTC
    friend bool operator==(const RuntimeSummary &, const RuntimeSummary &) = default;
};

//! A claim that a token must have beyond the usual ones.
struct RequiredClaim
{
    QString name = {};
    QString comparison = {}; //!< the service's word: EQUALS, CONTAINS, CONTAINS_ANY
    QStringList values = {};
    friend bool operator==(const RequiredClaim &, const RequiredClaim &) = default;
};

//! Whose tokens a runtime takes. What is empty is not checked.
struct JwtAuthorizer
{
    QString discoveryUrl = {};
    QStringList allowedAudience = {};
    QStringList allowedClients = {};
    QStringList allowedScopes = {};
    std::vector<RequiredClaim> requiredClaims = {};
    bool isForWorkloads = false; //!< only named workloads may call, whatever token a person brings
    friend bool operator==(const JwtAuthorizer &, const JwtAuthorizer &) = default;
};

//! One version of a runtime. Authorizer and protocol belong to the version. The environment variables
//! of its container are secrets and never become part of a value.
struct RuntimeDetails
{
    RuntimeSummary summary = {};
    QDateTime created = {}; //!< UTC
    QString failureReason = {};
    ServerProtocol protocol = ServerProtocol::Http;
    std::optional<JwtAuthorizer> authorizer = std::nullopt; //!< absent: requests are signed with AWS keys
    std::optional<std::chrono::seconds> idleSessionTimeout = std::nullopt;
    std::optional<std::chrono::seconds> maximumLifetime = std::nullopt;
    QStringList headerAllowlist = {}; //!< the headers that reach the container
    bool isInVpc = false;
    friend bool operator==(const RuntimeDetails &, const RuntimeDetails &) = default;
};

//! What is known of the version of a runtime that an agent's endpoint serves: who may call it, and what it
//! takes. It may be out of date, so it warns and never forbids.
struct RuntimeFacts
{
    QString version = {}; //!< empty: not known, for example because a project's files told the rest
    ServerProtocol protocol = ServerProtocol::Http;
    std::optional<JwtAuthorizer> authorizer = std::nullopt; //!< absent: requests are signed with AWS keys
    std::optional<std::chrono::seconds> idleSessionTimeout = std::nullopt;
    std::optional<std::chrono::seconds> maximumLifetime = std::nullopt;
    QStringList headerAllowlist = {}; //!< the headers that reach the container
    QDateTime read = {}; //!< UTC
    friend bool operator==(const RuntimeFacts &, const RuntimeFacts &) = default;
};

//! An endpoint of a runtime, which its name as qualifier chooses.
struct RuntimeEndpoint
{
    QString name = {};
    QString arn = {};
    QString runtimeArn = {};
    QString liveVersion = {}; //!< serves now
    QString targetVersion = {}; //!< is being rolled out, or the same
    QString description = {};
    QString failureReason = {};
    DeploymentStatus status = DeploymentStatus::Other;
    QDateTime created = {}; //!< UTC
    QDateTime lastUpdated = {}; //!< UTC
    friend bool operator==(const RuntimeEndpoint &, const RuntimeEndpoint &) = default;
};

} // namespace Parlance
