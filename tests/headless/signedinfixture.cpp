// SPDX-License-Identifier: Apache-2.0
#include "headless/signedinfixture.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QSignalSpy>
#include <QTcpServer>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int patience = 60'000;

QString freeRedirect()
{
    QTcpServer probe;
    probe.listen(QHostAddress::LocalHost);
    return u"http://127.0.0.1:%1/callback"_s.arg(probe.serverPort());
}

bool writeFile(const QString &path, const QByteArray &bytes, bool isProgram = false)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        return false;
    return !isProgram
        || file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
}

} // namespace

// The session ends with its input, and the keychain and the bus with it.
SignedInFixture::~SignedInFixture()
{
    m_session.closeWriteChannel();
    m_session.waitForFinished(patience);
}

QString SignedInFixture::startSession()
{
    m_session.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_session.start(QStringLiteral(PARLANCE_SOURCE_DIR "/tests/auth/keyring.sh"),
                    {u"unlocked"_s, m_profile.path(), u"sh"_s, u"-c"_s,
                     u"echo \"$DBUS_SESSION_BUS_ADDRESS\"; exec cat"_s});
    if (!m_session.waitForReadyRead(patience))
        return u"the session does not start"_s;
    const QByteArray address = m_session.readLine().trimmed();
    const QMap<QString, QString> variables{{u"HOME"_s, m_profile.path()},
                                           {u"XDG_DATA_HOME"_s, m_profile.filePath(u"data"_s)},
                                           {u"XDG_CONFIG_HOME"_s, m_profile.filePath(u"config"_s)},
                                           {u"XDG_CACHE_HOME"_s, m_profile.filePath(u"cache"_s)},
                                           {u"XDG_RUNTIME_DIR"_s, m_profile.filePath(u"run"_s)},
                                           {u"DBUS_SESSION_BUS_ADDRESS"_s, QString::fromLatin1(address)}};
    m_environment = QProcessEnvironment::systemEnvironment();
    m_environment.remove(u"PARLANCE_PROFILE_DIR"_s);
    for (const auto &[name, value] : variables.asKeyValueRange()) {
        m_environment.insert(name, value);
        qputenv(qPrintable(name), value.toUtf8());
    }
    m_environment.insert(u"QT_LOGGING_RULES"_s, u"parlance.*=true"_s);
    m_environment.insert(u"PATH"_s, m_tools.path() + u':' + m_environment.value(u"PATH"_s));
    return {};
}

QString SignedInFixture::start()
{
    m_redirect = freeRedirect();
    // The person's browser, who signs in at once. What it was handed is kept, for the search for secrets.
    const QByteArray handed = m_tools.filePath(u"handed.log"_s).toUtf8();
    const QByteArray browser = "#!/bin/sh\n{ printf '%s\\n' \"$@\"; tr '\\0' '\\n' </proc/$$/environ; } >>'"
        + handed + "'\nexec node '" PARLANCE_SOURCE_DIR "/tests/servers/oracle/browser.mjs' \"$1\" >'"
        + m_tools.filePath(u"browser.log"_s).toUtf8() + "' 2>&1\n";
    if (!writeFile(m_tools.filePath(u"xdg-open"_s), browser, true))
        return u"no browser"_s;
    QString problem = startSession();
    m_provider.setEnvironment(u"REDIRECTS"_s, m_redirect);
    for (NodeServer *server : {&m_provider, &m_pool}) {
        if (problem.isEmpty())
            problem = server->start();
    }
    m_gate.setEnvironment(u"ISSUER"_s, m_provider.url().toString());
    m_gate.setEnvironment(u"JWKS"_s, m_provider.url().toString() + u"/jwks"_s);
    if (problem.isEmpty())
        problem = m_gate.start();
    QDir().mkpath(dataFolder());
    return problem;
}

std::unique_ptr<ProgramCollaborators> SignedInFixture::openWindow()
{
    auto window = std::make_unique<ProgramCollaborators>(dataFolder(), QUrl());
    QSignalSpy ready(&window->workspace, &Workspace::ready);
    window->workspace.start();
    return ready.wait(patience) ? std::move(window) : nullptr;
}

SignedInFixture::Run SignedInFixture::run(const QStringList &arguments, const QByteArray &input,
                                          const QMap<QString, QString> &environment)
{
    QProcess process;
    QProcessEnvironment all = m_environment;
    for (const auto &[name, value] : environment.asKeyValueRange())
        all.insert(name, value);
    process.setProcessEnvironment(all);
    process.start(QStringLiteral(PARLANCE_CLI), arguments);
    if (!process.waitForStarted(patience))
        return {};
    QFile call(u"/proc/%1/cmdline"_s.arg(process.processId()));
    if (call.open(QIODevice::ReadOnly))
        m_calls += call.readAll() + '\n';
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished(patience);
    Run result{.code = process.exitCode(),
               .out = process.readAllStandardOutput(),
               .err = process.readAllStandardError()};
    m_said += result.out + result.err;
    return result;
}

Identity SignedInFixture::poolUser(const QString &name, const QString &user) const
{
    return Identity{.name = name,
                    .kind = CognitoUser{.poolId = u"us-east-1_AbCdEfGhI"_s,
                                        .clientId = u"confidential"_s,
                                        .hasClientSecret = true,
                                        .userName = user,
                                        .serviceUrl = m_pool.url().toString()}};
}

Identity SignedInFixture::browserUser(const QString &name) const
{
    return Identity{.name = name,
                    .kind = BrowserUser{.issuer = m_provider.url().toString(),
                                        .clientId = u"confidential"_s,
                                        .hasClientSecret = true,
                                        .scopes = {u"openid"_s, u"offline_access"_s, u"agents/invoke"_s},
                                        .redirectUri = m_redirect}};
}

Identity SignedInFixture::machine(const QString &name) const
{
    return Identity{.name = name,
                    .kind = MachineClient{.issuer = m_provider.url().toString(),
                                          .clientId = u"machine"_s,
                                          .scopes = {u"agents/invoke"_s}}};
}

QStringList SignedInFixture::runtime(const QString &name) const
{
    return {u"--arn"_s,
            u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/"_s + name + u"-AbCdEf1234"_s,
            u"--endpoint"_s, m_gate.url().toString()};
}

QStringList SignedInFixture::placesWith(const QByteArray &secret) const
{
    const QByteArrayList forms{secret, secret.toBase64(), secret.toPercentEncoding()};
    const auto holds = [&forms](const QByteArray &bytes) {
        return std::ranges::any_of(forms, [&bytes](const QByteArray &form) { return bytes.contains(form); });
    };
    QStringList places;
    if (holds(m_said))
        places.append(u"output"_s);
    if (holds(m_calls))
        places.append(u"command line"_s);
    for (const QString &folder : {m_profile.path(), m_tools.path()}) {
        QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly) && holds(file.readAll()))
                places.append(file.fileName());
        }
    }
    return places;
}

} // namespace Parlance
