// SPDX-License-Identifier: Apache-2.0
#include "auth/credentialfetcher.h"
#include "support/networkcalls.h"
#include "support/nodeserver.h"
#include "support/files.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

constexpr int longWait = 60'000;

void writeFile(const QString &path, const QByteArray &bytes)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

QString hashed(const QByteArray &name, QCryptographicHash::Algorithm algorithm)
{
    return QString::fromLatin1(QCryptographicHash::hash(name, algorithm).toHex()) + u".json"_s;
}

QByteArray inSeconds(qint64 seconds)
{
    return QDateTime::currentDateTimeUtc().addSecs(seconds).toString(Qt::ISODate).toLatin1();
}

} // namespace

//! Each way to keys, against services that check what they are sent.
class TestCredentialFetcher : public QObject
{
    Q_OBJECT
private:
    Result<AwsCredentials> keysOf(const QByteArray &config)
    {
        const AwsFiles files = readAwsFiles(
            "[base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = SECRET/BASE+KEY\n", config);
        const Result<CredentialPlan> plan = profilePlan(files, u"me"_s, m_places.environment);
        if (!plan)
            return failure(plan.error());
        CredentialFetcher fetcher(m_http.get(), m_places, [this](const MfaQuestion &question) {
            m_questions.append(question.profile + u' ' + question.serial);
            return QtFuture::makeReadyFuture(m_mfaCode);
        });
        const QFuture<Result<AwsCredentials>> future = fetcher.fetch(*plan);
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, longWait)
            || future.resultCount() == 0)
            return failure(ErrorKind::Internal, u"no result"_s);
        return future.result();
    }

    void writeSsoCache(const QByteArray &session, const QByteArray &expires, const QByteArray &token,
                       const QByteArray &more = {})
    {
        writeFile(m_places.ssoCache + u'/' + hashed(session, QCryptographicHash::Sha1),
                  "{\"startUrl\":\"https://start\",\"region\":\"eu-west-1\",\"accessToken\":\"" + token
                      + "\",\"expiresAt\":\"" + expires + "\"" + more + "}");
    }

    QString writeProgram(const QByteArray &script)
    {
        const QString path = m_folder.filePath(u"bin/tool with space"_s);
        writeFile(path, "#!/bin/sh\n" + script);
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return path;
    }

    NodeServer m_server{u"aws.mjs"_s};
    std::unique_ptr<HttpCaller> m_http = makeNetworkCaller();
    QTemporaryDir m_folder;
    AwsPlaces m_places;
    QStringList m_questions;
    std::optional<QByteArray> m_mfaCode;

    static constexpr auto ssoProfile = "[sso-session team]\nsso_region=eu-west-1\n"
                                       "[profile me]\nsso_session=team\nsso_account_id=123456789012\n"
                                       "sso_role_name=Dev + Test\n";

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_server.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void init()
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"AWS_ENDPOINT_URL"_s, m_server.url().toString());
        m_places = AwsPlaces::fromEnvironment(environment);
        m_places.ssoCache = m_folder.filePath(u"sso"_s);
        m_places.loginCache = m_folder.filePath(u"login"_s);
        QDir(m_places.ssoCache).removeRecursively();
        QDir(m_places.loginCache).removeRecursively();
        m_questions.clear();
        m_mfaCode = "123456";
    }

    void assumesARole()
    {
        const auto keys = keysOf("[profile me]\nrole_arn=arn:aws:iam::1:role/external\nsource_profile=base\n"
                                 "external_id=ext & 1\nregion=eu-west-1\n");
        QVERIFY2(keys, qPrintable(keys ? QString() : keys.error().message));
        QVERIFY(keys->accessKeyId.startsWith("AKIDROLE"));
        QVERIFY(keys->sessionToken.reveal().startsWith("token/role+"));
        const qint64 left = QDateTime::currentDateTimeUtc().secsTo(keys->expires);
        QVERIFY2(left > 3500 && left <= 3600, qPrintable(QString::number(left)));
        QCOMPARE(m_questions, QStringList());
    }

    void assumesOneRoleWithTheKeysOfAnother()
    {
        const auto keys = keysOf("[profile me]\nrole_arn=arn:second\nsource_profile=first\n"
                                 "[profile first]\nrole_arn=arn:first\nsource_profile=base\n");
        QVERIFY2(keys, qPrintable(keys ? QString() : keys.error().message));
    }

    void asksForTheCodeOfAnMfaDevice()
    {
        const QByteArray config = "[profile me]\nrole_arn=arn:mfa\nsource_profile=base\n"
                                  "mfa_serial=arn:aws:iam::1:mfa/ann\n";
        QVERIFY(keysOf(config));
        QCOMPARE(m_questions, QStringList({u"me arn:aws:iam::1:mfa/ann"_s}));

        m_mfaCode = "000000";
        const auto refused = keysOf(config);
        QVERIFY(!refused);
        QVERIFY(refused.error().serverMessage.contains("MultiFactorAuthentication"_L1));

        m_mfaCode.reset();
        const auto givenUp = keysOf(config);
        QVERIFY(!givenUp);
        QCOMPARE(givenUp.error().kind, ErrorKind::Cancelled);
    }

    void asksForARoleByTheServicesClock()
    {
        NodeServer ahead(u"aws.mjs"_s);
        ahead.setEnvironment(u"CLOCK_AHEAD_S"_s, u"7200"_s);
        const QString problem = ahead.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        m_places.environment.insert(u"AWS_ENDPOINT_URL"_s, ahead.url().toString());
        const auto clock = std::make_shared<ServiceClock>();
        CredentialFetcher fetcher(m_http.get(), m_places, {}, clock);
        QSignalSpy corrected(&fetcher, &CredentialFetcher::clockCorrected);
        const AwsFiles files =
            readAwsFiles("[base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = SECRET/BASE+KEY\n",
                         "[profile me]\nrole_arn=arn:role\nsource_profile=base\n");
        const auto plan = profilePlan(files, u"me"_s, m_places.environment);
        QVERIFY(plan);
        const auto future = fetcher.fetch(*plan);
        QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), longWait);
        const auto keys = future.result();
        QVERIFY2(keys, qPrintable(keys ? QString() : keys.error().message));
        QCOMPARE(corrected.count(), 1);
        QVERIFY(clock->correction() > std::chrono::minutes(110));
    }

    void saysWhyARoleWasRefused()
    {
        const auto keys = keysOf("[profile me]\nrole_arn=arn:denied\nsource_profile=base\n");
        QVERIFY(!keys);
        QCOMPARE(keys.error().message, u"AWS did not hand out the role arn:denied."_s);
        QCOMPARE(keys.error().exceptionType, u"AccessDenied"_s);
        QCOMPARE(keys.error().httpStatus, 403);
        QVERIFY(keys.error().serverMessage.contains("not authorized to perform: sts:AssumeRole"_L1));
    }

    void provesAWebIdentity()
    {
        const QString path = m_folder.filePath(u"web-token"_s);
        const QByteArray config =
            "[profile me]\nrole_arn=arn:web\nweb_identity_token_file=" + path.toUtf8() + '\n';
        writeFile(path, "web.identity.token\n");
        QVERIFY(keysOf(config));
        writeFile(path, "another");
        const auto refused = keysOf(config);
        QVERIFY(!refused);
        QCOMPARE(refused.error().exceptionType, u"InvalidIdentityToken"_s);
        QFile::remove(path);
        const auto missing = keysOf(config);
        QVERIFY(!missing);
        QCOMPARE(missing.error().kind, ErrorKind::SecretMissing);
    }

    void usesAnSsoSignIn()
    {
        writeSsoCache("team", inSeconds(3600), "sso-token");
        const auto keys = keysOf(ssoProfile);
        QVERIFY2(keys, qPrintable(keys ? QString() : keys.error().message));
        QVERIFY(keys->expires.isValid());
    }

    void readsTheTimeThatOlderToolsWrite()
    {
        QByteArray time = inSeconds(3600);
        time.chop(1);
        writeSsoCache("team", time + "UTC", "sso-token");
        const auto keys = keysOf(ssoProfile);
        QVERIFY2(keys, qPrintable(keys ? QString() : keys.error().message));
    }

    void renewsAnSsoSignInAndKeepsIt()
    {
        writeSsoCache("team", inSeconds(60), "sso-old",
                      ",\"clientId\":\"c\",\"clientSecret\":\"client-secret\",\"refreshToken\":\"refresh-0\","
                      "\"registrationExpiresAt\":\""
                          + inSeconds(86400) + "\",\"other\":\"stays\"");
        const auto keys = keysOf(ssoProfile);
        QVERIFY2(keys, qPrintable(keys ? QString() : keys.error().message));
        const QString path = m_places.ssoCache + u'/' + hashed("team", QCryptographicHash::Sha1);
        const QJsonObject kept = QJsonDocument::fromJson(contents(path)).object();
        QCOMPARE(kept["accessToken"_L1].toString(), u"sso-renewed-1"_s);
        QCOMPARE(kept["refreshToken"_L1].toString(), u"refresh-1"_s);
        QCOMPARE(kept["other"_L1].toString(), u"stays"_s);
        QCOMPARE(QFile::permissions(path) & QFile::Permissions(0x0077), QFile::Permissions());
        // The renewed one serves the next time, without another renewal.
        QVERIFY(keysOf(ssoProfile));
    }

    void usesAnSsoSignInThatCannotBeRenewedToItsEnd()
    {
        writeSsoCache("team", inSeconds(5 * 60), "sso-token",
                      ",\"clientId\":\"c\",\"clientSecret\":\"client-secret\",\"registrationExpiresAt\":\""
                          + inSeconds(3600) + "\",\"refreshToken\":\"out-of-order\"");
        const auto keys = keysOf(ssoProfile);
        QVERIFY2(keys, qPrintable(keys ? QString() : keys.error().message));
    }

    void tellsHowToSignInToSsoAgain()
    {
        const QString advice = u"aws sso login --profile me"_s;
        const auto none = keysOf(ssoProfile);
        QVERIFY(!none);
        QVERIFY(none.error().message.contains(advice));
        writeSsoCache("team", inSeconds(-5), "sso-token");
        const auto expired = keysOf(ssoProfile);
        QVERIFY(!expired);
        QVERIFY(expired.error().message.contains(advice));
        writeSsoCache("team", inSeconds(3600), "revoked");
        const auto revoked = keysOf(ssoProfile);
        QVERIFY(!revoked);
        QVERIFY(revoked.error().message.contains(advice));
    }

    void readsTheCacheOfAwsLogin()
    {
        writeFile(m_places.loginCache + u'/' + hashed("arn:login", QCryptographicHash::Sha256),
                  "{\"accessToken\":{\"accessKeyId\":\"AKIDLOGIN\",\"secretAccessKey\":\"s\","
                  "\"sessionToken\":\"t\",\"accountId\":\"123\",\"expiresAt\":\""
                      + inSeconds(600) + "\"}}");
        const auto keys = keysOf("[profile me]\nlogin_session=arn:login\n");
        QVERIFY(keys);
        QCOMPARE(keys->accessKeyId, "AKIDLOGIN");
        QCOMPARE(keys->accountId, "123");
    }

    void leavesARunOutLoginToTheAwsCommandLine()
    {
        m_places.environment.insert(u"PATH"_s, m_folder.filePath(u"cli"_s) + u":/bin:/usr/bin"_s);
        writeFile(
            m_folder.filePath(u"cli/aws"_s),
            "#!/bin/sh\n[ \"$*\" = 'configure export-credentials --profile me --format process' ] || exit 9\n"
            "echo '{\"Version\":1,\"AccessKeyId\":\"AKIDCLI\",\"SecretAccessKey\":\"s\"}'\n");
        QFile::setPermissions(m_folder.filePath(u"cli/aws"_s), QFile::ReadOwner | QFile::ExeOwner);
        const auto keys = keysOf("[profile me]\nlogin_session=arn:unknown\n");
        QVERIFY2(keys, qPrintable(keys ? QString() : keys.error().message));
        QCOMPARE(keys->accessKeyId, "AKIDCLI");

        m_places.environment.insert(u"PATH"_s, u"/nowhere"_s);
        const auto missing = keysOf("[profile me]\nlogin_session=arn:unknown\n");
        QVERIFY(!missing);
        QVERIFY(missing.error().message.contains("AWS command line"_L1));
    }

    void namesAnAwsCommandLineThatIsTooOld()
    {
        m_places.environment.insert(u"PATH"_s, m_folder.filePath(u"old"_s) + u":/bin:/usr/bin"_s);
        writeFile(m_folder.filePath(u"old/aws"_s),
                  "#!/bin/sh\n"
                  "echo 'usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]' >&2\n"
                  "echo \"aws: error: argument subcommand: Invalid choice, valid choices are:\" >&2\n"
                  "exit 2\n");
        QFile::setPermissions(m_folder.filePath(u"old/aws"_s), QFile::ReadOwner | QFile::ExeOwner);
        const auto keys = keysOf("[profile me]\nlogin_session=arn:unknown\n");
        QVERIFY(!keys);
        QCOMPARE(keys.error().kind, ErrorKind::SecretMissing);
        QVERIFY2(keys.error().message.contains("version 2"_L1), qPrintable(keys.error().message));
        QVERIFY(keys.error().serverMessage.contains("Invalid choice"_L1));
    }

    void runsACredentialProcess()
    {
        const QString program =
            writeProgram("[ \"$1\" = 'a b' ] || exit 3\n"
                         "echo '{\"Version\":1,\"AccessKeyId\":\"AKIDTOOL\",\"SecretAccessKey\":\"s\","
                         "\"SessionToken\":\"t\",\"Expiration\":\"2030-01-02T03:04:05Z\"}'\n");
        const auto keys = keysOf("[profile me]\ncredential_process=\"" + program.toUtf8() + "\" 'a b'\n");
        QVERIFY2(keys, qPrintable(keys ? QString() : keys.error().message));
        QCOMPARE(keys->accessKeyId, "AKIDTOOL");
        QCOMPARE(keys->expires, QDateTime({2030, 1, 2}, {3, 4, 5}, Qt::UTC));
    }

    void showsWhatAFailingProcessSaid()
    {
        const QString program = writeProgram("echo 'the vault is sealed' >&2\nexit 7\n");
        const auto keys = keysOf("[profile me]\ncredential_process=\"" + program.toUtf8() + "\"\n");
        QVERIFY(!keys);
        QCOMPARE(keys.error().message, u"“tool with space” ended with code 7 and gave no keys."_s);
        QCOMPARE(keys.error().serverMessage, u"the vault is sealed"_s);
    }

    void refusesWhatAProcessShouldNotPrint_data()
    {
        QTest::addColumn<QByteArray>("printed");
        QTest::newRow("not JSON") << QByteArray("AKID SECRET");
        QTest::newRow("another version")
            << QByteArray(R"({"Version":2,"AccessKeyId":"A","SecretAccessKey":"TOPSECRET"})");
        QTest::newRow("half") << QByteArray(R"({"Version":1,"SecretAccessKey":"TOPSECRET"})");
        QTest::newRow("no time") << QByteArray(
            R"({"Version":1,"AccessKeyId":"A","SecretAccessKey":"TOPSECRET","Expiration":"soon"})");
    }
    void refusesWhatAProcessShouldNotPrint()
    {
        QFETCH(QByteArray, printed);
        const QString program = writeProgram("echo '" + printed + "'\n");
        const auto keys = keysOf("[profile me]\ncredential_process=\"" + program.toUtf8() + "\"\n");
        QVERIFY(!keys);
        QCOMPARE(keys.error().kind, ErrorKind::SecretMissing);
        QVERIFY(!keys.error().message.contains("SECRET"_L1));
        QVERIFY(!keys.error().serverMessage.contains("SECRET"_L1));
    }

    void saysThatAProgramIsNotThere()
    {
        const auto keys = keysOf("[profile me]\ncredential_process=/nowhere/tool\n");
        QVERIFY(!keys);
        QVERIFY(keys.error().message.startsWith(u"“tool” could not be started"_s));
    }

    void saysThatAServiceCannotBeReached()
    {
        m_places.environment.insert(u"AWS_ENDPOINT_URL"_s, u"http://127.0.0.1:1"_s);
        const auto keys = keysOf("[profile me]\nrole_arn=arn:r\nsource_profile=base\n");
        QVERIFY(!keys);
        QCOMPARE(keys.error().kind, ErrorKind::ConnectionRefused);
        QVERIFY(!keys.error().message.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCredentialFetcher)
#include "tst_credentialfetcher.moc"
