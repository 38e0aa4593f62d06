// SPDX-License-Identifier: Apache-2.0
#include "support/realproxy.h"
#include "support/secureagent.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

//! The command line behind a real proxy, to an agent that only an authority of one's own vouches for.
class TestCliNetwork : public QObject
{
    Q_OBJECT
private:
    struct Run
    {
        int code = -1;
        QByteArray out = {};
        QByteArray err = {};
    };
    using Variables = QMap<QString, QString>;

    TestAuthority m_authority;
    QTemporaryDir m_folder;
    RealProxy m_proxy{RealProxy::Kind::Http, u"me"_s, u"pass-word"_s};
    std::unique_ptr<SecureAgent> m_agent;

    QString file(const QString &name, const QByteArray &bytes) const
    {
        QFile written(m_folder.filePath(name));
        if (written.open(QIODevice::WriteOnly))
            written.write(bytes);
        return written.fileName();
    }
    QStringList ask(const QStringList &options) const
    {
        return QStringList{u"ask"_s, u"--url"_s, m_agent->url(u"0.0.0.0"_s).resolved(QUrl(u"/"_s)).toString()}
        + options + QStringList{u"hi"_s};
    }
    Run run(const QStringList &arguments, const Variables &variables = {}) const
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PARLANCE_PROFILE_DIR"_s, m_folder.filePath(u"profile"_s));
        for (const auto &[name, value] : variables.asKeyValueRange())
            environment.insert(name, value);
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(PARLANCE_CLI), arguments);
        // The agent lives in this thread.
        if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 60'000))
            process.kill();
        return {.code = process.exitCode(),
                .out = process.readAllStandardOutput(),
                .err = process.readAllStandardError()};
    }
    QString proxyUrl(const QString &login = u"me@"_s) const
    {
        return QString(u"http://"_s + login + u"127.0.0.1:%1"_s.arg(m_proxy.port()));
    }

private Q_SLOTS:
    void initTestCase() { QCOMPARE(m_proxy.start(), QString()); }
    void init() { m_agent = std::make_unique<SecureAgent>(serverSide(m_authority.issue())); }

    void takesOptionsForOneCommand()
    {
        const QStringList options{u"--proxy"_s, proxyUrl(),
                                  QString(u"--ca-file="_s + file(u"ca.pem"_s, m_authority.pem()))};
        const Run good = run(ask(options), {{u"PARLANCE_PROXY_PASSWORD"_s, u"pass-word"_s}});
        QVERIFY2(good.code == 0, good.err.constData());
        QCOMPARE(good.out.trimmed(), QByteArray("one"));
        const Run wrong = run(ask(options), {{u"PARLANCE_PROXY_PASSWORD"_s, u"guess"_s}});
        QCOMPARE(wrong.code, 1);
        QVERIFY2(wrong.err.contains("The proxy refuses the login."), wrong.err.constData());
        QVERIFY(!wrong.err.contains("guess"));
        QCOMPARE(m_agent->connections, 1);
    }

    void takesWhatTheEnvironmentSays()
    {
        const Variables variables{{u"HTTPS_PROXY"_s, proxyUrl(u"me:pass-word@"_s)},
                                  {u"AWS_CA_BUNDLE"_s, file(u"ca.pem"_s, m_authority.pem())}};
        const Run good = run(ask({}), variables);
        QVERIFY2(good.code == 0, good.err.constData());
        QCOMPARE(good.out.trimmed(), QByteArray("one"));
        QVERIFY(m_proxy.log().contains("CONNECT 0.0.0.0"));
        // Past the proxy, which is not there.
        Variables excepted = variables;
        excepted.insert(u"HTTPS_PROXY"_s, u"http://127.0.0.1:1"_s);
        QCOMPARE(run(ask({}), excepted).code, 1);
        excepted.insert(u"NO_PROXY"_s, u"0.0.0.0/32"_s);
        const Run direct = run(ask({}), excepted);
        QVERIFY2(direct.code == 0, direct.err.constData());
    }

    void followsTheSettingsOfTheWindow()
    {
        const QString settings = m_folder.filePath(u"profile/config/settings.ini"_s);
        QDir().mkpath(m_folder.filePath(u"profile/config"_s));
        const QByteArray json =
            QJsonDocument(QJsonObject{{u"proxy"_s, u"none"_s},
                                      {u"authorities"_s, file(u"ca.pem"_s, m_authority.pem())}})
                .toJson(QJsonDocument::Compact);
        QSettings(settings, QSettings::IniFormat).setValue(u"network/settings"_s, QString::fromUtf8(json));
        const Run good = run(ask({}), {{u"HTTPS_PROXY"_s, u"http://127.0.0.1:1"_s}});
        QVERIFY2(good.code == 0, good.err.constData());
        QFile::remove(settings);
    }

    void refusesWhatDoesNotBelongOnALine()
    {
        const Run password = run(ask({u"--proxy"_s, proxyUrl(u"me:hush-hush@"_s)}));
        QCOMPARE(password.code, 2);
        QVERIFY(password.err.contains("PARLANCE_PROXY_PASSWORD"));
        QVERIFY(!password.err.contains("hush"));
        QCOMPARE(run(ask({u"--proxy"_s, u"ftp://x:1"_s})).code, 2);
        const Run secure = run(ask({u"--proxy"_s, u"https://x:1"_s}));
        QCOMPARE(secure.code, 2);
        QVERIFY2(secure.err.contains("over TLS"), secure.err.constData());
        const Run named = run(ask({}), {{u"HTTPS_PROXY"_s, u"https://x.test:1"_s}});
        QCOMPARE(named.code, 1);
        QVERIFY2(named.err.contains("https://x.test of the environment cannot be used"),
                 named.err.constData());
        const Run missing = run(ask({u"--ca-file"_s, u"/nowhere/ca.pem"_s}));
        QCOMPARE(missing.code, 1);
        QVERIFY2(missing.err.contains("/nowhere/ca.pem"), missing.err.constData());
        QCOMPARE(m_agent->connections, 0);
    }
};

QTEST_GUILESS_MAIN(TestCliNetwork)
#include "tst_clinetwork.moc"
