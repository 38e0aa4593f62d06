// SPDX-License-Identifier: Apache-2.0
#include "support/realproxy.h"

#include <QElapsedTimer>
#include <QFile>
#include <QNetworkProxy>
#include <QTcpServer>
#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int patience = 20'000;

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace

RealProxy::RealProxy(Kind kind, const QString &user, const QString &password)
    : m_kind(kind)
    , m_user(user)
    , m_password(password)
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
}

RealProxy::~RealProxy()
{
    m_process.terminate();
    if (!m_process.waitForFinished(3'000)) {
        m_process.kill();
        m_process.waitForFinished(patience);
    }
}

QStringList RealProxy::arguments()
{
    if (m_kind == Kind::Socks5) {
        QStringList arguments{u"-i"_s, u"127.0.0.1"_s, u"-p"_s, QString::number(m_port)};
        if (!m_user.isEmpty())
            arguments += {u"-u"_s, m_user, u"-P"_s, m_password};
        return arguments;
    }
    QString lines = u"Port %1\nListen 127.0.0.1\nTimeout 60\nMaxClients 50\nLogLevel Connect\n"_s.arg(m_port);
    if (!m_user.isEmpty())
        lines += u"BasicAuth %1 %2\n"_s.arg(m_user, m_password);
    lines += m_lines;
    const QString path = m_folder.filePath(u"tinyproxy.conf"_s);
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(lines.toUtf8());
    return {u"-d"_s, u"-c"_s, path};
}

QString RealProxy::start()
{
    m_port = freePort();
    const QString program = m_kind == Kind::Http ? u"tinyproxy"_s : u"microsocks"_s;
    m_process.start(program, arguments());
    if (!m_process.waitForStarted(patience))
        return program + u" cannot be started: "_s + m_process.errorString();
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < patience && m_process.state() == QProcess::Running) {
        QTcpSocket socket;
        socket.setProxy(QNetworkProxy::NoProxy);
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
        if (socket.waitForConnected(200))
            return {};
        m_process.waitForReadyRead(50);
    }
    return program + u" does not listen: "_s + QString::fromUtf8(log());
}

QByteArray RealProxy::log()
{
    m_log += m_process.readAll();
    return m_log;
}

} // namespace Parlance
