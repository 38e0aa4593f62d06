// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/awscredentials.h"
#include "auth/awsfiles.h"
#include "core/result.h"

#include <QProcessEnvironment>

#include <chrono>
#include <memory>
#include <variant>

namespace Parlance {

struct CredentialPlan;

//! Keys that are there already.
struct StaticKeys
{
    AwsCredentials credentials = {};
};

//! AWS STS AssumeRole with the keys of another plan.
struct AssumeRole
{
    QByteArray roleArn = {};
    QByteArray externalId = {};
    QByteArray mfaSerial = {}; //!< not empty: the person is asked for a code
    QByteArray sessionName = {};
    std::chrono::seconds duration{3600};
    QByteArray region = {};
    std::shared_ptr<const CredentialPlan> source = {};
};

//! AWS STS AssumeRoleWithWebIdentity: the token of a file proves who we are.
struct WebIdentity
{
    QByteArray roleArn = {};
    QByteArray sessionName = {};
    QString tokenFile = {};
    QByteArray region = {};
};

//! The portal of IAM Identity Center, with the token that "aws sso login" left in its cache.
struct SsoRole
{
    QByteArray cacheName = {}; //!< what the cache file's name is the SHA-1 of
    QByteArray region = {};
    QByteArray accountId = {};
    QByteArray roleName = {};
    bool canRenew = false; //!< an sso-session; the older form cannot
};

//! The keys that "aws login" left in its cache.
struct LoginSession
{
    QByteArray session = {}; //!< what the cache file's name is the SHA-256 of
};

//! A program that prints keys.
struct CredentialProcess
{
    QString command = {};
};

//! Whatever else the AWS command line understands, by its "configure export-credentials".
struct AskAwsCli
{
};

//! How the keys of one profile are found.
struct CredentialPlan
{
    std::variant<StaticKeys, AssumeRole, WebIdentity, SsoRole, LoginSession, CredentialProcess, AskAwsCli>
        way = AskAwsCli{};
    QString profile = {}; //!< empty: the environment
    QByteArray region = {}; //!< of the profile; empty: it names none
};

//! How to find the keys of a profile, in botocore's order. Source: botocore's credential resolver.
//! Errors: SecretMissing with a sentence that names the profile and what is wrong with it.
Result<CredentialPlan> profilePlan(const AwsFiles &files, const QString &profile,
                                   const QProcessEnvironment &environment);
//! The keys of the environment: AWS_ACCESS_KEY_ID and so on, or a web identity's. Errors: SecretMissing.
Result<CredentialPlan> environmentPlan(const QProcessEnvironment &environment);

} // namespace Parlance
