// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace Parlance {

//! Proxies that people use: tinyproxy for HTTP, microsocks for SOCKS5. Blocks, as tests may. Stops with
//! this object.
class RealProxy
{
public:
    enum class Kind { Http, Socks5 };
    //! user: empty: everybody may use it.
    RealProxy(Kind kind, const QString &user, const QString &password);
    ~RealProxy();

    //! One more of its configuration, of HTTP alone. Before start().
    void addLine(const QString &line) { m_lines += QString(line + QChar(u'\n')); }
    //! Empty if it runs, else what went wrong.
    QString start();
    quint16 port() const { return m_port; }
    //! What it has written about its work.
    QByteArray log();

private:
    QStringList arguments();

    Kind m_kind;
    QString m_user;
    QString m_password;
    QString m_lines;
    QTemporaryDir m_folder;
    QProcess m_process;
    QByteArray m_log;
    quint16 m_port = 0;
};

} // namespace Parlance
