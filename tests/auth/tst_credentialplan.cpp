// SPDX-License-Identifier: Apache-2.0
#include "auth/credentialplan.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

Result<CredentialPlan> planOf(const QByteArray &credentials, const QByteArray &config, const QString &profile,
                              const QProcessEnvironment &environment = {})
{
    return profilePlan(readAwsFiles(credentials, config), profile, environment);
}

template <typename Way> const Way *wayOf(const Result<CredentialPlan> &plan)
{
    return plan ? std::get_if<Way>(&plan->way) : nullptr;
}

constexpr auto keys = "aws_access_key_id = AKID\naws_secret_access_key = SECRET\n";

} // namespace

class TestCredentialPlan : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesKeysOfTheCredentialsFile()
    {
        const auto plan =
            planOf("[me]\n" + QByteArray(keys) + "aws_security_token = TOKEN\n",
                   "[profile me]\nregion = eu-west-1\ncredential_process = /bin/false\n", u"me"_s);
        const auto *way = wayOf<StaticKeys>(plan);
        QVERIFY(way);
        QCOMPARE(way->credentials.accessKeyId, "AKID");
        QCOMPARE(way->credentials.secretAccessKey, Secret("SECRET"));
        QCOMPARE(way->credentials.sessionToken, Secret("TOKEN"));
        QCOMPARE(plan->profile, u"me"_s);
        QCOMPARE(plan->region, "eu-west-1");
    }

    void asksTheProcessBeforeKeysOfTheConfigFile()
    {
        const auto plan = planOf(
            {}, "[profile me]\n" + QByteArray(keys) + "credential_process = \"/opt/my tool\" --x\n", u"me"_s);
        const auto *way = wayOf<CredentialProcess>(plan);
        QVERIFY(way);
        QCOMPARE(way->command, u"\"/opt/my tool\" --x"_s);
    }

    void followsSourceProfilesToTheirKeys()
    {
        const auto plan = planOf("[base]\n" + QByteArray(keys),
                                 "[profile outer]\nrole_arn = arn:outer\nsource_profile = inner\n"
                                 "external_id = ext\nregion = us-east-2\nduration_seconds = 900\n"
                                 "[profile inner]\nrole_arn = arn:inner\nsource_profile = base\n"
                                 "mfa_serial = arn:mfa\nrole_session_name = ann\n",
                                 u"outer"_s);
        const auto *outer = wayOf<AssumeRole>(plan);
        QVERIFY(outer);
        QCOMPARE(outer->roleArn, "arn:outer");
        QCOMPARE(outer->externalId, "ext");
        QCOMPARE(outer->sessionName, "parlance");
        QCOMPARE(outer->duration, std::chrono::seconds(900));
        QCOMPARE(outer->region, "us-east-2");
        const auto *inner = std::get_if<AssumeRole>(&outer->source->way);
        QVERIFY(inner);
        QCOMPARE(inner->mfaSerial, "arn:mfa");
        QCOMPARE(inner->sessionName, "ann");
        QVERIFY(std::holds_alternative<StaticKeys>(inner->source->way));
        QCOMPARE(inner->source->profile, u"base"_s);
    }

    void letsAProfileBeItsOwnSourceWithKeys()
    {
        const auto plan = planOf("[me]\n" + QByteArray(keys),
                                 "[profile me]\nrole_arn = arn:r\nsource_profile = me\n", u"me"_s);
        const auto *way = wayOf<AssumeRole>(plan);
        QVERIFY(way);
        QVERIFY(std::holds_alternative<StaticKeys>(way->source->way));
    }

    void saysWhatIsWrongWithAProfile_data()
    {
        QTest::addColumn<QString>("config");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("unknown") << u"[profile other]\n"_s
                                 << u"There is no AWS profile “me” in the AWS files."_s;
        QTest::newRow("circle")
            << u"[profile me]\nrole_arn=a\nsource_profile=b\n"
               "[profile b]\nrole_arn=b\nsource_profile=me\n"_s
            << u"The AWS profile “me” leads back to itself through its source profiles."_s;
        QTest::newRow("itself")
            << u"[profile me]\nrole_arn=a\nsource_profile=me\n"_s
            << u"The AWS profile “me” leads back to itself through its source profiles."_s;
        QTest::newRow("two sources")
            << u"[profile me]\nrole_arn=a\nsource_profile=b\ncredential_source=Environment\n"_s
            << u"The AWS profile “me” names a role, and needs exactly one of source_profile and credential_source."_s;
        QTest::newRow("half a key")
            << u"[profile me]\naws_access_key_id=AKID\n"_s
            << u"The AWS profile “me” has half a key: the access key id or the secret access key is missing."_s;
        QTest::newRow("empty") << u"[profile me]\nregion=eu-west-1\n"_s
                               << u"The AWS profile “me” says no way to get keys."_s;
        QTest::newRow("no such session")
            << u"[profile me]\nsso_session=team\nsso_account_id=1\nsso_role_name=r\n"_s
            << u"The AWS profile “me” uses the SSO session “team”, which the config file lacks."_s;
        QTest::newRow("half an SSO")
            << u"[profile me]\nsso_start_url=https://x\nsso_region=eu-west-1\nsso_role_name=r\n"_s
            << u"The AWS profile “me” signs in by SSO, and needs sso_account_id, sso_role_name and sso_region."_s;
    }
    void saysWhatIsWrongWithAProfile()
    {
        QFETCH(QString, config);
        QFETCH(QString, sentence);
        const auto plan = planOf({}, config.toUtf8(), u"me"_s);
        QVERIFY(!plan);
        QCOMPARE(plan.error().message, sentence);
        QCOMPARE(plan.error().kind, ErrorKind::SecretMissing);
    }

    void readsBothFormsOfSso()
    {
        const auto session = planOf({},
                                    "[sso-session team]\nsso_region=us-west-2\nsso_start_url=https://start\n"
                                    "[profile me]\nsso_session=team\nsso_account_id=123\nsso_role_name=Dev\n",
                                    u"me"_s);
        const auto *way = wayOf<SsoRole>(session);
        QVERIFY(way);
        QCOMPARE(way->cacheName, "team");
        QCOMPARE(way->region, "us-west-2");
        QCOMPARE(way->accountId, "123");
        QCOMPARE(way->roleName, "Dev");
        QVERIFY(way->canRenew);

        const auto legacy = planOf({},
                                   "[profile me]\nsso_start_url=https://start\nsso_region=eu-west-1\n"
                                   "sso_account_id=123\nsso_role_name=Dev\n",
                                   u"me"_s);
        way = wayOf<SsoRole>(legacy);
        QVERIFY(way);
        QCOMPARE(way->cacheName, "https://start");
        QVERIFY(!way->canRenew);
    }

    void knowsTheOtherWays()
    {
        const auto identity =
            planOf({}, "[profile me]\nrole_arn=arn:r\nweb_identity_token_file=/tmp/token\n", u"me"_s);
        QVERIFY(wayOf<WebIdentity>(identity));
        QCOMPARE(wayOf<WebIdentity>(identity)->tokenFile, u"/tmp/token"_s);
        const auto login = planOf({}, "[profile me]\nlogin_session=arn:s\n", u"me"_s);
        QVERIFY(wayOf<LoginSession>(login));
        QCOMPARE(wayOf<LoginSession>(login)->session, "arn:s");
        QVERIFY(wayOf<AskAwsCli>(
            planOf({}, "[profile me]\nrole_arn=arn:r\ncredential_source=Ec2InstanceMetadata\n", u"me"_s)));
    }

    void readsTheEnvironment()
    {
        QProcessEnvironment environment;
        QVERIFY(!environmentPlan(environment));
        environment.insert(u"AWS_ACCESS_KEY_ID"_s, u"AKID"_s);
        environment.insert(u"AWS_SECRET_ACCESS_KEY"_s, u"SECRET"_s);
        environment.insert(u"AWS_SESSION_TOKEN"_s, u"new"_s);
        environment.insert(u"AWS_SECURITY_TOKEN"_s, u"old"_s);
        environment.insert(u"AWS_CREDENTIAL_EXPIRATION"_s, u"2026-01-02T03:04:05Z"_s);
        environment.insert(u"AWS_DEFAULT_REGION"_s, u"eu-west-1"_s);
        const auto plan = environmentPlan(environment);
        const auto *way = wayOf<StaticKeys>(plan);
        QVERIFY(way);
        QCOMPARE(way->credentials.sessionToken, Secret("old"));
        QCOMPARE(way->credentials.expires, QDateTime({2026, 1, 2}, {3, 4, 5}, Qt::UTC));
        QCOMPARE(plan->region, "eu-west-1");

        const auto role =
            planOf({}, "[profile me]\nrole_arn=arn:r\ncredential_source=Environment\n", u"me"_s, environment);
        QVERIFY(wayOf<AssumeRole>(role));
        QVERIFY(std::holds_alternative<StaticKeys>(wayOf<AssumeRole>(role)->source->way));
    }

    void readsAWebIdentityOfTheEnvironment()
    {
        QProcessEnvironment environment;
        environment.insert(u"AWS_ROLE_ARN"_s, u"arn:r"_s);
        environment.insert(u"AWS_WEB_IDENTITY_TOKEN_FILE"_s, u"/tmp/token"_s);
        const auto plan = environmentPlan(environment);
        QVERIFY(wayOf<WebIdentity>(plan));
        QCOMPARE(wayOf<WebIdentity>(plan)->sessionName, "parlance");
    }
};

QTEST_APPLESS_MAIN(TestCredentialPlan)
#include "tst_credentialplan.moc"
