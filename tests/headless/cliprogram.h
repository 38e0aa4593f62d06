// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcess>
#include <QTemporaryDir>

#include <memory>
#include <unistd.h>

namespace Parlance::Test {

//! parlance-cli with a profile of its own.
class CliProgram
{
public:
    struct Run
    {
        int code = -1;
        QByteArray out = {};
        QByteArray err = {};
    };

    QProcessEnvironment environment() const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("PARLANCE_PROFILE_DIR"), m_folder.path());
        return environment;
    }
    std::unique_ptr<QProcess> start(const QStringList &arguments) const
    {
        auto process = std::make_unique<QProcess>();
        process->setProcessEnvironment(environment());
        // Without the terminal that a test has which is run by hand.
        process->setChildProcessModifier([] { ::setsid(); });
        process->start(QStringLiteral(PARLANCE_CLI), arguments);
        return process;
    }
    Run run(const QStringList &arguments) const
    {
        const std::unique_ptr<QProcess> process = start(arguments);
        return ended(*process);
    }
    static Run ended(QProcess &process)
    {
        if (!process.waitForFinished(60'000))
            return {};
        return {.code = process.exitCode(),
                .out = process.readAllStandardOutput(),
                .err = process.readAllStandardError()};
    }

private:
    QTemporaryDir m_folder;
};

} // namespace Parlance::Test
