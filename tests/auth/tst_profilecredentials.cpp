// SPDX-License-Identifier: Apache-2.0
#include "auth/credentialprogram.h"
#include "auth/profilecredentials.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int longWait = 60'000;

// No way to keys in these tests goes over the network.
class NoNetwork : public HttpCaller
{
public:
    QFuture<Result<HttpReply>> call(RequestDraft) override
    {
        return QtFuture::makeReadyFuture(
            Result<HttpReply>(failure(ErrorKind::NetworkFailed, u"no network"_s)));
    }
};

} // namespace

class TestProfileCredentials : public QObject
{
    Q_OBJECT
private:
    void write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    // A program that counts how often it was run, and gives keys that run out after some seconds.
    QByteArray countingProfile(int secondsLeft)
    {
        const QString path = m_folder->filePath(u"tool"_s);
        write(path,
              "#!/bin/sh\necho run >> '" + m_folder->filePath(u"runs"_s).toUtf8()
                  + "'\nsleep 0.2\nset -- $(wc -l < '" + m_folder->filePath(u"runs"_s).toUtf8()
                  + "')\necho '{\"Version\":1,\"AccessKeyId\":\"AKID'$1'\",\"SecretAccessKey\":\"s\","
                    "\"SessionToken\":\"t\",\"Expiration\":\"'$(date -u -d '+"
                  + QByteArray::number(secondsLeft) + " seconds' +%Y-%m-%dT%H:%M:%SZ)'\"}'\n");
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return "[profile me]\ncredential_process = " + path.toUtf8() + '\n';
    }

    QByteArray idFrom(CredentialSource &source)
    {
        const QFuture<Result<AwsCredentials>> future = source.credentials();
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, longWait)
            || future.resultCount() == 0)
            return "nothing";
        const Result<AwsCredentials> keys = future.result();
        return keys ? keys->accessKeyId : keys.error().message.toUtf8();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    AwsPlaces m_places;
    NoNetwork m_http;
    AskMfaCode m_noMfa = [](const MfaQuestion &) {
        return QtFuture::makeReadyFuture(std::optional<QByteArray>());
    };

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_places = AwsPlaces{.credentialsFile = m_folder->filePath(u"credentials"_s),
                             .configFile = m_folder->filePath(u"config"_s),
                             .environment = QProcessEnvironment::systemEnvironment()};
    }

    void keepsKeysWhileTheyAreFresh()
    {
        write(m_places.configFile, countingProfile(3600));
        ProfileCredentials source(u"me"_s, &m_http, m_places, m_noMfa);
        QCOMPARE(idFrom(source), "AKID1");
        QCOMPARE(idFrom(source), "AKID1");
    }

    void searchesAnewBeforeTheyRunOut()
    {
        auto clock = std::make_shared<ServiceClock>();
        write(m_places.configFile, countingProfile(3600));
        ProfileCredentials source(u"me"_s, &m_http, m_places, m_noMfa, clock);
        QCOMPARE(idFrom(source), "AKID1");
        const auto passTo = [&clock](int seconds) {
            const QDateTime then = QDateTime::currentDateTimeUtc().addSecs(seconds);
            clock->learn(QLocale::c().toString(then, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s).toLatin1());
        };
        passTo(40 * 60);
        QCOMPARE(idFrom(source), "AKID1");
        passTo(50 * 60);
        QCOMPARE(idFrom(source), "AKID2");
    }

    void asksOnceForKeysThatLiveForFifteenMinutes()
    {
        write(m_places.configFile, countingProfile(900));
        ProfileCredentials source(u"me"_s, &m_http, m_places, m_noMfa);
        QCOMPARE(idFrom(source), "AKID1");
        QCOMPARE(idFrom(source), "AKID1");
    }

    void usesKeysToTheirEndWhereNoneAreFoundAnew()
    {
        auto clock = std::make_shared<ServiceClock>();
        write(m_places.configFile, countingProfile(3600));
        ProfileCredentials source(u"me"_s, &m_http, m_places, m_noMfa, clock);
        QCOMPARE(idFrom(source), "AKID1");
        const QDateTime then = QDateTime::currentDateTimeUtc().addSecs(50 * 60);
        clock->learn(QLocale::c().toString(then, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s).toLatin1());
        QVERIFY(QFile::remove(m_folder->filePath(u"tool"_s)));
        QCOMPARE(idFrom(source), "AKID1");
        source.forget();
        QVERIFY(idFrom(source).contains("could not be started"));
    }

    void searchesAnewWhenAServiceSaysTheyRanOut()
    {
        write(m_places.configFile, countingProfile(3600));
        ProfileCredentials source(u"me"_s, &m_http, m_places, m_noMfa);
        QCOMPARE(idFrom(source), "AKID1");
        source.forget();
        QCOMPARE(idFrom(source), "AKID2");
    }

    void searchesOnceForAllWhoAskAtOnce()
    {
        write(m_places.configFile, countingProfile(3600));
        ProfileCredentials source(u"me"_s, &m_http, m_places, m_noMfa);
        QList<QFuture<Result<AwsCredentials>>> futures;
        for (int i = 0; i < 20; ++i)
            futures.append(source.credentials());
        for (const auto &future : futures) {
            QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), longWait);
            QCOMPARE(future.result()->accessKeyId, "AKID1");
        }
    }

    void readsTheFilesAgainWhenTheyChange()
    {
        ProfileCredentials source(u"me"_s, &m_http, m_places, m_noMfa);
        QCOMPARE(idFrom(source), QByteArray("There is no AWS profile “me” in the AWS files."));
        write(m_places.credentialsFile, "[me]\naws_access_key_id=AKIDONE\naws_secret_access_key=s\n");
        QCOMPARE(idFrom(source), "AKIDONE");
        write(m_places.credentialsFile, "[me]\naws_access_key_id=AKIDTWO\naws_secret_access_key=s\n");
        QCOMPARE(idFrom(source), "AKIDTWO");
    }

    void readsTheEnvironmentWithoutAProfile()
    {
        m_places.environment.insert(u"AWS_ACCESS_KEY_ID"_s, u"AKIDENV"_s);
        m_places.environment.insert(u"AWS_SECRET_ACCESS_KEY"_s, u"s"_s);
        ProfileCredentials source({}, &m_http, m_places, m_noMfa);
        QCOMPARE(idFrom(source), "AKIDENV");
    }

    void listsTheProfilesOfBothFiles()
    {
        write(m_places.configFile, "[default]\n[profile zeta]\n[sso-session s]\n");
        write(m_places.credentialsFile, "[alpha]\nx=1\n");
        const QFuture<QStringList> names = awsProfileNames(m_places);
        QTRY_VERIFY_WITH_TIMEOUT(names.isFinished(), longWait);
        QCOMPARE(names.result(), QStringList({u"alpha"_s, u"default"_s, u"zeta"_s}));
    }

    void endsWithItsOwner()
    {
        const QString started = m_folder->filePath(u"started"_s);
        const QByteArray script = "touch '" + started.toUtf8() + "'; exec sleep 600";
        write(m_places.configFile, "[profile me]\ncredential_process = sh -c \"" + script + "\"\n");
        QFuture<Result<AwsCredentials>> future;
        {
            ProfileCredentials source(u"me"_s, &m_http, m_places, m_noMfa);
            future = source.credentials();
            QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(started), longWait);
            QVERIFY(!future.isFinished());
        }
        QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), longWait);
        QVERIFY(future.isCanceled());
    }

    void endsAProgramThatTakesTooLong()
    {
        QObject owner;
        const auto future = runCredentialProgram({u"sleep"_s, u"600"_s}, m_places.environment,
                                                 std::chrono::milliseconds(200), &owner);
        QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), longWait);
        QVERIFY(!future.result());
        QVERIFY(future.result().error().message.contains("in the time it has"_L1));
    }
};

QTEST_GUILESS_MAIN(TestProfileCredentials)
#include "tst_profilecredentials.moc"
