// SPDX-License-Identifier: Apache-2.0
#include "auth/credentialprogram.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>
#include <QPromise>
#include <QTimer>

namespace Parlance {
namespace {

constexpr qsizetype maximumOutput = 1024 * 1024;
constexpr qsizetype maximumComplaint = 4096;

QString tr(const char *text)
{
    return QCoreApplication::translate("CredentialProgram", text);
}

class Run : public QObject
{
public:
    Run(const QStringList &command, const QProcessEnvironment &environment, std::chrono::milliseconds limit,
        QObject *parent)
        : QObject(parent)
        , m_name(QFileInfo(command.first()).fileName())
    {
        m_promise.start();
        m_process.setProcessEnvironment(environment);
        m_process.setStandardInputFile(QProcess::nullDevice());
        connect(&m_process, &QProcess::errorOccurred, this, &Run::onError);
        connect(&m_process, &QProcess::finished, this, &Run::onFinished);
        connect(&m_process, &QProcess::readyReadStandardOutput, this, &Run::onOutput);
        connect(&m_process, &QProcess::readyReadStandardError, this, &Run::onComplaint);
        connect(&m_limit, &QTimer::timeout, this,
                [this] { fail(tr("“%1” gave no keys in the time it has, and was ended.").arg(m_name)); });
        m_limit.setSingleShot(true);
        m_limit.start(limit);
        // Queued, so that a program that is not there never ends this before the caller has it.
        QMetaObject::invokeMethod(
            this, [this, command] { m_process.start(command.first(), command.mid(1)); },
            Qt::QueuedConnection);
    }
    Run(const Run &) = delete;
    Run &operator=(const Run &) = delete;
    ~Run() override
    {
        m_process.disconnect(this);
        m_process.kill();
    }

    QFuture<Result<QByteArray>> future() { return m_promise.future(); }

private:
    void onError(QProcess::ProcessError error)
    {
        if (error == QProcess::FailedToStart)
            fail(tr("“%1” could not be started: %2").arg(m_name, m_process.errorString()));
    }

    void onOutput()
    {
        m_output += m_process.readAllStandardOutput();
        if (m_output.size() > maximumOutput)
            fail(tr("“%1” printed more than keys take.").arg(m_name));
    }

    // Only the end is shown, so no more is kept of a program that talks without end.
    void onComplaint()
    {
        m_complaint += m_process.readAllStandardError();
        m_complaint = m_complaint.right(maximumComplaint);
    }

    void onFinished(int code, QProcess::ExitStatus status)
    {
        if (status == QProcess::NormalExit && code == 0) {
            m_output += m_process.readAllStandardOutput();
            end(m_output);
        } else if (status == QProcess::CrashExit) {
            fail(tr("“%1” was ended before it gave keys.").arg(m_name));
        } else {
            fail(tr("“%1” ended with code %2 and gave no keys.").arg(m_name).arg(code));
        }
    }

    void fail(const QString &message)
    {
        onComplaint();
        end(failure(Error{.kind = ErrorKind::SecretMissing,
                          .message = message,
                          .serverMessage = QString::fromLocal8Bit(m_complaint.trimmed())}));
    }

    void end(const Result<QByteArray> &result)
    {
        m_limit.stop();
        m_process.disconnect(this);
        deleteLater();
        QPromise<Result<QByteArray>> promise = std::move(m_promise);
        promise.addResult(result);
        promise.finish();
    }

    QString m_name;
    QProcess m_process;
    QTimer m_limit;
    QByteArray m_output;
    QByteArray m_complaint;
    QPromise<Result<QByteArray>> m_promise;
};

} // namespace

QFuture<Result<QByteArray>> runCredentialProgram(const QStringList &command,
                                                 const QProcessEnvironment &environment,
                                                 std::chrono::milliseconds limit, QObject *parent)
{
    if (command.isEmpty() || command.first().isEmpty())
        return QtFuture::makeReadyFuture(Result<QByteArray>(
            failure(ErrorKind::SecretMissing, tr("The credential process names no program."))));
    return (new Run(command, environment, limit, parent))->future();
}

} // namespace Parlance
