// SPDX-License-Identifier: Apache-2.0
#include "auth/credentialfetcher.h"

#include "auth/awskeys.h"
#include "auth/credentialprogram.h"
#include "auth/sigv4.h"
#include "auth/ssotoken.h"
#include "auth/sts.h"
#include "core/whendone.h"

#include <QCryptographicHash>
#include <QDir>
#include <QPromise>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Parlance {

CredentialFetcher::CredentialFetcher(HttpCaller *http, AwsPlaces places, AskMfaCode askMfaCode,
                                     std::shared_ptr<ServiceClock> clock, QObject *parent)
    : QObject(parent)
    , m_http(http)
    , m_places(std::move(places))
    , m_askMfaCode(std::move(askMfaCode))
    , m_clock(std::move(clock))
{
}

QFuture<Result<AwsCredentials>> CredentialFetcher::fetch(const CredentialPlan &plan)
{
    auto promise = std::make_shared<QPromise<Result<AwsCredentials>>>();
    promise->start();
    carryOut(plan, [promise](const Result<AwsCredentials> &keys) {
        promise->addResult(keys);
        promise->finish();
    });
    return promise->future();
}

void CredentialFetcher::carryOut(const CredentialPlan &plan, const Done &done)
{
    std::visit([&](const auto &way) { carryOut(way, plan, done); }, plan.way);
}

void CredentialFetcher::carryOut(const StaticKeys &keys, const CredentialPlan &, const Done &done)
{
    done(keys.credentials);
}

void CredentialFetcher::carryOut(const AssumeRole &role, const CredentialPlan &plan, const Done &done)
{
    const QString profile = plan.profile;
    carryOut(*role.source, [this, role, profile, done](const Result<AwsCredentials> &source) {
        if (!source) {
            done(source);
            return;
        }
        if (role.mfaSerial.isEmpty()) {
            askForRole(role, *source, {}, done);
            return;
        }
        const MfaQuestion question{.profile = profile, .serial = QString::fromUtf8(role.mfaSerial)};
        whenDone(m_askMfaCode(question), this,
                 [this, role, keys = *source, done](const std::optional<QByteArray> &code) {
                     if (code && !code->isEmpty())
                         askForRole(role, keys, *code, done);
                     else
                         done(failure(ErrorKind::Cancelled, tr("No MFA code was given.")));
                 });
    });
}

void CredentialFetcher::askForRole(const AssumeRole &role, const AwsCredentials &source,
                                   const QByteArray &code, const Done &done, bool canLearn)
{
    const QByteArray url = m_places.serviceUrl(u"STS"_s, "sts", awsRegionOr(role.region));
    whenDone(m_http->call(assumeRoleDraft(role, url, code, source, m_clock->now())), this,
             [this, role, source, code, done, canLearn](const Result<HttpReply> &answer) {
                 // A signature of another time was refused before anything else was looked at.
                 if (canLearn && answer && !answer->isGood() && m_clock->learn(answer->header("date"))) {
                     Q_EMIT clockCorrected();
                     askForRole(role, source, code, done, false);
                 } else {
                     done(stsResult(answer, role.roleArn));
                 }
             });
}

void CredentialFetcher::carryOut(const WebIdentity &identity, const CredentialPlan &, const Done &done)
{
    whenDone(
        readFileAside(identity.tokenFile), this,
        [this, identity, done](const std::optional<QByteArray> &token) {
            if (!token || token->trimmed().isEmpty()) {
                done(failure(ErrorKind::SecretMissing,
                             tr("The web identity token file %1 cannot be read.").arg(identity.tokenFile)));
                return;
            }
            const QByteArray url = m_places.serviceUrl(u"STS"_s, "sts", awsRegionOr(identity.region));
            whenDone(m_http->call(webIdentityDraft(identity, url, Secret(token->trimmed()))), this,
                     [done, arn = identity.roleArn](const Result<HttpReply> &answer) {
                         done(stsResult(answer, arn));
                     });
        });
}

void CredentialFetcher::carryOut(const SsoRole &role, const CredentialPlan &plan, const Done &done)
{
    const QString path = ssoCacheFile(m_places, role);
    const QString profile = plan.profile;
    const Error signInAgain{.kind = ErrorKind::SecretMissing,
                            .message =
                                tr("The SSO sign-in of the AWS profile “%1” has run out. Run “aws sso login "
                                   "--profile %1” in a terminal, then try again.")
                                    .arg(profile)};
    const auto renewed = [this, role, profile, path, signInAgain, done](const SsoToken &old,
                                                                        const Result<HttpReply> &answer) {
        const Result<QByteArray> cache = answer && answer->isGood()
            ? renewedSsoCache(old, answer->body, m_clock->now())
            : Result<QByteArray>(failure(answer ? signInAgain : answer.error()));
        if (!cache && old.expires > m_clock->now()) {
            // What could not be renewed is still good.
            askPortal(role, old.accessToken, profile, done);
            return;
        }
        if (!cache) {
            done(failure(cache.error()));
            return;
        }
        // Saved before it is used: the old refresh token may be good for nothing now.
        whenDone(writeSsoCacheAside(path, *cache), this, [this, role, profile, cache, done](bool) {
            askPortal(role, readSsoToken(*cache).value_or(SsoToken()).accessToken, profile, done);
        });
    };
    whenDone(readFileAside(path), this,
             [this, role, profile, signInAgain, renewed, done](const std::optional<QByteArray> &file) {
                 const Result<SsoToken> token = readSsoToken(file.value_or(QByteArray()));
                 if (!token) {
                     done(failure(signInAgain));
                     return;
                 }
                 constexpr qint64 margin = 15 * 60;
                 const qint64 left = m_clock->now().secsTo(token->expires);
                 if (left <= margin && role.canRenew && token->canRenew(m_clock->now())) {
                     const QByteArray url = m_places.serviceUrl(u"SSO_OIDC"_s, "oidc", role.region);
                     whenDone(
                         m_http->call(ssoRenewalDraft(*token, url)), this,
                         [renewed, old = *token](const Result<HttpReply> &answer) { renewed(old, answer); });
                 } else if (left > 0) {
                     askPortal(role, token->accessToken, profile, done);
                 } else {
                     done(failure(signInAgain));
                 }
             });
}

void CredentialFetcher::askPortal(const SsoRole &role, const Secret &token, const QString &profile,
                                  const Done &done)
{
    const QByteArray url = m_places.serviceUrl(u"SSO"_s, "portal.sso", role.region)
        + "/federation/credentials?role_name=" + uriEncoded(role.roleName)
        + "&account_id=" + uriEncoded(role.accountId);
    RequestDraft draft{.method = "GET", .url = QUrl::fromEncoded(url, QUrl::StrictMode)};
    draft.headers.append(HttpHeader{.name = "Accept", .value = "application/json"});
    draft.secretHeaders.append(SecretHeader{.name = "x-amz-sso_bearer_token", .value = token});
    whenDone(m_http->call(std::move(draft)), this, [role, profile, done](const Result<HttpReply> &answer) {
        if (!answer)
            done(failure(answer.error()));
        else if (answer->isGood())
            done(keysOfPortal(answer->body));
        else if (answer->status == 401)
            done(failure(
                ErrorKind::SecretMissing,
                tr("The SSO sign-in of the AWS profile “%1” is no longer accepted. Run “aws sso login "
                   "--profile %1” in a terminal, then try again.")
                    .arg(profile)));
        else
            done(failure(Error{
                .kind = ErrorKind::AccessDenied,
                .message = tr("IAM Identity Center gave no keys for the role %1 in account %2.")
                               .arg(QString::fromUtf8(role.roleName), QString::fromUtf8(role.accountId)),
                .httpStatus = answer->status}));
    });
}

void CredentialFetcher::carryOut(const LoginSession &login, const CredentialPlan &plan, const Done &done)
{
    const QByteArray name = QCryptographicHash::hash(login.session, QCryptographicHash::Sha256).toHex();
    const QString path = m_places.loginCache + u'/' + QString::fromLatin1(name) + u".json"_s;
    whenDone(readFileAside(path), this, [this, plan, done](const std::optional<QByteArray> &file) {
        const Result<AwsCredentials> keys = keysOfLoginCache(file.value_or(QByteArray()));
        if (keys && m_clock->now().secsTo(keys->expires) > 5 * 60)
            done(keys);
        else
            carryOut(AskAwsCli{}, plan, done);
    });
}

void CredentialFetcher::carryOut(const CredentialProcess &process, const CredentialPlan &plan,
                                 const Done &done)
{
    const std::optional<QStringList> command = splitCommand(process.command);
    if (!command) {
        done(failure(ErrorKind::SecretMissing,
                     tr("The credential process of the AWS profile “%1” has a quote that is not closed.")
                         .arg(plan.profile)));
        return;
    }
    runProgram(*command, done);
}

void CredentialFetcher::carryOut(const AskAwsCli &, const CredentialPlan &plan, const Done &done)
{
    const QString aws = QStandardPaths::findExecutable(
        u"aws"_s, m_places.environment.value(u"PATH"_s).split(QDir::listSeparator()));
    if (aws.isEmpty()) {
        done(
            failure(ErrorKind::SecretMissing,
                    tr("The AWS profile “%1” needs the AWS command line, version 2, and it is not installed.")
                        .arg(plan.profile)));
        return;
    }
    const auto told = [profile = plan.profile, done](const Result<AwsCredentials> &keys) {
        // It does not know what it was asked: the older one, which programs of that name may be, too.
        if (keys || !keys.error().serverMessage.contains("usage:"_L1, Qt::CaseInsensitive)) {
            done(keys);
            return;
        }
        Error error = keys.error();
        error.message =
            tr("The AWS profile “%1” needs the AWS command line, version 2.9 or newer, and the one "
               "that is installed is older.")
                .arg(profile);
        done(failure(std::move(error)));
    };
    runProgram({aws, u"configure"_s, u"export-credentials"_s, u"--profile"_s, plan.profile, u"--format"_s,
                u"process"_s},
               told);
}

void CredentialFetcher::runProgram(const QStringList &command, const Done &done)
{
    whenDone(runCredentialProgram(command, m_places.environment, programLimit, this), this,
             [done](const Result<QByteArray> &output) {
                 done(output ? keysOfProcess(*output) : failure(output.error()));
             });
}

} // namespace Parlance
