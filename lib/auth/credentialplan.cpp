// SPDX-License-Identifier: Apache-2.0
#include "auth/credentialplan.h"

#include <QCoreApplication>

namespace Parlance {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("AwsProfiles", text);
}

Result<CredentialPlan> missing(const QString &message)
{
    return failure(ErrorKind::SecretMissing, message);
}

StaticKeys staticKeys(const AwsSettings &settings)
{
    QByteArray token = settings.value("aws_session_token");
    if (token.isEmpty())
        token = settings.value("aws_security_token");
    return StaticKeys{AwsCredentials{.accessKeyId = settings.value("aws_access_key_id"),
                                     .secretAccessKey = Secret(settings.value("aws_secret_access_key")),
                                     .sessionToken = Secret(token),
                                     .accountId = settings.value("aws_account_id")}};
}

QByteArray sessionNameOr(const QByteArray &name)
{
    return name.isEmpty() ? QByteArray("parlance") : name;
}

// Follows one profile to its keys. Remembers where it has been, since profiles may name each other.
class Planner
{
public:
    Planner(const AwsFiles &files, const QProcessEnvironment &environment)
        : m_files(files)
        , m_environment(environment)
    {
    }

    Result<CredentialPlan> plan(const QString &name)
    {
        const auto found = m_files.profiles.constFind(name);
        if (found == m_files.profiles.cend())
            return missing(tr("There is no AWS profile “%1” in the AWS files.").arg(name));
        if (m_visited.contains(name))
            return missing(
                tr("The AWS profile “%1” leads back to itself through its source profiles.").arg(name));
        m_visited.append(name);
        Result<CredentialPlan> plan = planOf(name, *found);
        if (plan) {
            plan->profile = name;
            plan->region = found->settings.value("region");
        }
        return plan;
    }

private:
    Result<CredentialPlan> planOf(const QString &name, const AwsProfile &profile)
    {
        const AwsSettings &settings = profile.settings;
        if (settings.contains("role_arn") && !settings.contains("web_identity_token_file"))
            return assumeRole(name, settings);
        if (settings.contains("role_arn"))
            return CredentialPlan{.way = webIdentity(settings)};
        if (settings.contains("sso_session") || settings.contains("sso_start_url"))
            return sso(name, settings);
        if (profile.credentialsSection.contains("aws_access_key_id"))
            return keysIn(name, profile.credentialsSection);
        if (settings.contains("login_session"))
            return CredentialPlan{.way = LoginSession{settings.value("login_session")}};
        if (settings.contains("credential_process"))
            return CredentialPlan{
                .way = CredentialProcess{QString::fromUtf8(settings.value("credential_process"))}};
        if (settings.contains("aws_access_key_id"))
            return keysIn(name, settings);
        return missing(tr("The AWS profile “%1” says no way to get keys.").arg(name));
    }

    static Result<CredentialPlan> keysIn(const QString &name, const AwsSettings &settings)
    {
        const StaticKeys keys = staticKeys(settings);
        if (keys.credentials.accessKeyId.isEmpty() || keys.credentials.secretAccessKey.isEmpty())
            return missing(
                tr("The AWS profile “%1” has half a key: the access key id or the secret access key is "
                   "missing.")
                    .arg(name));
        return CredentialPlan{.way = keys};
    }

    Result<CredentialPlan> assumeRole(const QString &name, const AwsSettings &settings)
    {
        const bool hasSource = settings.contains("source_profile");
        const bool hasPlace = settings.contains("credential_source");
        if (hasSource == hasPlace)
            return missing(
                tr("The AWS profile “%1” names a role, and needs exactly one of source_profile and "
                   "credential_source.")
                    .arg(name));
        if (hasPlace && settings.value("credential_source") != "Environment")
            return CredentialPlan{.way = AskAwsCli{}};
        Result<CredentialPlan> source = hasPlace
            ? environmentPlan(m_environment)
            : sourceOf(name, QString::fromUtf8(settings.value("source_profile")));
        if (!source)
            return source;
        bool hasDuration = false;
        const int duration = settings.value("duration_seconds").toInt(&hasDuration);
        return CredentialPlan{
            .way = AssumeRole{.roleArn = settings.value("role_arn"),
                              .externalId = settings.value("external_id"),
                              .mfaSerial = settings.value("mfa_serial"),
                              .sessionName = sessionNameOr(settings.value("role_session_name")),
                              .duration = std::chrono::seconds(hasDuration ? duration : 3600),
                              .region = settings.value("region"),
                              .source = std::make_shared<const CredentialPlan>(std::move(*source))}};
    }

    // A profile may be its own source if it has keys beside the role.
    Result<CredentialPlan> sourceOf(const QString &name, const QString &source)
    {
        if (source != name)
            return plan(source);
        const AwsSettings &own = m_files.profiles.constFind(name)->settings;
        if (!own.contains("aws_access_key_id"))
            return missing(
                tr("The AWS profile “%1” leads back to itself through its source profiles.").arg(name));
        return keysIn(name, own);
    }

    static WebIdentity webIdentity(const AwsSettings &settings)
    {
        return WebIdentity{.roleArn = settings.value("role_arn"),
                           .sessionName = sessionNameOr(settings.value("role_session_name")),
                           .tokenFile = QString::fromUtf8(settings.value("web_identity_token_file")),
                           .region = settings.value("region")};
    }

    Result<CredentialPlan> sso(const QString &name, const AwsSettings &settings) const
    {
        SsoRole role{.accountId = settings.value("sso_account_id"),
                     .roleName = settings.value("sso_role_name")};
        if (settings.contains("sso_session")) {
            const QString sessionName = QString::fromUtf8(settings.value("sso_session"));
            const auto session = m_files.ssoSessions.constFind(sessionName);
            if (session == m_files.ssoSessions.cend())
                return missing(
                    tr("The AWS profile “%1” uses the SSO session “%2”, which the config file lacks.")
                        .arg(name, sessionName));
            role.cacheName = settings.value("sso_session");
            role.region = session->value("sso_region");
            role.canRenew = true;
        } else {
            role.cacheName = settings.value("sso_start_url");
            role.region = settings.value("sso_region");
        }
        if (role.accountId.isEmpty() || role.roleName.isEmpty() || role.region.isEmpty())
            return missing(
                tr("The AWS profile “%1” signs in by SSO, and needs sso_account_id, sso_role_name and "
                   "sso_region.")
                    .arg(name));
        return CredentialPlan{.way = role};
    }

    const AwsFiles &m_files;
    const QProcessEnvironment &m_environment;
    QStringList m_visited;
};

QByteArray variable(const QProcessEnvironment &environment, const QString &name)
{
    return environment.value(name).toUtf8();
}

} // namespace

Result<CredentialPlan> profilePlan(const AwsFiles &files, const QString &profile,
                                   const QProcessEnvironment &environment)
{
    return Planner(files, environment).plan(profile);
}

Result<CredentialPlan> environmentPlan(const QProcessEnvironment &environment)
{
    const QByteArray region =
        variable(environment,
                 environment.contains(QStringLiteral("AWS_REGION")) ? QStringLiteral("AWS_REGION")
                                                                    : QStringLiteral("AWS_DEFAULT_REGION"));
    // The old name goes first, as in botocore.
    QByteArray token = variable(environment, QStringLiteral("AWS_SECURITY_TOKEN"));
    if (token.isEmpty())
        token = variable(environment, QStringLiteral("AWS_SESSION_TOKEN"));
    const AwsCredentials keys{
        .accessKeyId = variable(environment, QStringLiteral("AWS_ACCESS_KEY_ID")),
        .secretAccessKey = Secret(variable(environment, QStringLiteral("AWS_SECRET_ACCESS_KEY"))),
        .sessionToken = Secret(token),
        .expires =
            QDateTime::fromString(environment.value(QStringLiteral("AWS_CREDENTIAL_EXPIRATION")), Qt::ISODate)
                .toUTC(),
        .accountId = variable(environment, QStringLiteral("AWS_ACCOUNT_ID"))};
    if (!keys.accessKeyId.isEmpty() && !keys.secretAccessKey.isEmpty())
        return CredentialPlan{.way = StaticKeys{keys}, .region = region};
    const QByteArray role = variable(environment, QStringLiteral("AWS_ROLE_ARN"));
    const QString tokenFile = environment.value(QStringLiteral("AWS_WEB_IDENTITY_TOKEN_FILE"));
    if (!role.isEmpty() && !tokenFile.isEmpty())
        return CredentialPlan{.way = WebIdentity{.roleArn = role,
                                                 .sessionName = sessionNameOr(variable(
                                                     environment, QStringLiteral("AWS_ROLE_SESSION_NAME"))),
                                                 .tokenFile = tokenFile,
                                                 .region = region},
                              .region = region};
    return missing(
        tr("The environment holds no AWS keys. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY before "
           "starting Parlance, or choose a profile."));
}

} // namespace Parlance
