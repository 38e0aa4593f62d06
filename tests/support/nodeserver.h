// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcess>
#include <QString>
#include <QUrl>

namespace Parlance {

//! A program for Node.js in tests/servers. Blocks, as tests may. Stops with this object.
class NodeServer
{
public:
    //! script: path below tests/servers.
    explicit NodeServer(const QString &script);
    ~NodeServer();

    void setEnvironment(const QString &name, const QString &value);

    //! Starts and waits until it says "listening on <port>". Empty if it did, else what went wrong.
    QString start();
    QUrl url() const { return m_url; } //!< "http://127.0.0.1:<port>"

    //! Runs a script to its end and gives what it printed.
    static QByteArray output(const QString &script, const QStringList &arguments, QString *error);

private:
    QProcess m_process;
    QString m_script;
    QUrl m_url;
};

} // namespace Parlance
