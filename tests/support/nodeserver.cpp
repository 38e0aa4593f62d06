// SPDX-License-Identifier: Apache-2.0
#include "support/nodeserver.h"

#include <QElapsedTimer>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int patience = 60'000;

QString serversFolder()
{
    return QString::fromUtf8(PARLANCE_SOURCE_DIR) + u"/tests/servers"_s;
}

} // namespace

NodeServer::NodeServer(const QString &script)
    : m_script(script)
{
    m_process.setWorkingDirectory(serversFolder());
    m_process.setProcessEnvironment(QProcessEnvironment::systemEnvironment());
}

NodeServer::~NodeServer()
{
    // Asked first: some have programs of their own to end and folders to clear.
    m_process.terminate();
    if (!m_process.waitForFinished(5'000)) {
        m_process.kill();
        m_process.waitForFinished(patience);
    }
}

void NodeServer::setEnvironment(const QString &name, const QString &value)
{
    QProcessEnvironment environment = m_process.processEnvironment();
    environment.insert(name, value);
    m_process.setProcessEnvironment(environment);
}

QString NodeServer::start()
{
    static const QRegularExpression listening(u"^listening on ([0-9]+)$"_s,
                                              QRegularExpression::MultilineOption);
    m_process.start(u"node"_s, {m_script});
    if (!m_process.waitForStarted(patience))
        return u"node cannot be started: "_s + m_process.errorString();
    QString printed;
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < patience && m_process.state() == QProcess::Running) {
        m_process.waitForReadyRead(500);
        printed += QString::fromUtf8(m_process.readAllStandardOutput());
        const QRegularExpressionMatch match = listening.match(printed);
        if (match.hasMatch()) {
            m_url = QUrl(u"http://127.0.0.1:"_s + match.captured(1));
            return {};
        }
    }
    return m_script + u" does not listen (is \"npm ci\" done in tests/servers?): "_s
        + QString::fromUtf8(m_process.readAllStandardError());
}

QByteArray NodeServer::output(const QString &script, const QStringList &arguments, QString *error)
{
    QProcess process;
    process.setWorkingDirectory(serversFolder());
    process.start(u"node"_s, QStringList{script} + arguments);
    if (!process.waitForFinished(patience) || process.exitCode() != 0)
        *error = process.errorString() + QString::fromUtf8(process.readAllStandardError());
    return process.readAllStandardOutput();
}

} // namespace Parlance
