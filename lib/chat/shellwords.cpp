// SPDX-License-Identifier: Apache-2.0
#include "chat/shellwords.h"

#include "chat/errorcatalogue.h"

#include <QCoreApplication>

namespace Parlance {
namespace {

struct ShellWords
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::ShellWords)
};

constexpr int agentFailed = 424;
constexpr int limitReached = 1008;
constexpr int normal = 1000;

QString joined(const QString &first, const QString &second)
{
    return second.isEmpty() ? first : QString(first % u' ' % second);
}

} // namespace

QString shellExitWords(const ShellExit &exit)
{
    return exit.signal ? ShellWords::tr("The shell was ended by signal %1.").arg(*exit.signal)
                       : ShellWords::tr("The shell ended with status %1.").arg(exit.code);
}

QString shellFaultWords(const ShellFault &fault)
{
    return joined(ShellWords::tr("The service could not keep the shell."), fault.message);
}

QString shellRefusalWords(const Error &error, const Agent &agent)
{
    // One status for several causes, of which the server tells which: too many shells, an agent that does
    // not start, a runtime from before there were shells.
    if (error.httpStatus == agentFailed && !error.serverMessage.isEmpty())
        return ShellWords::tr("The shell could not be opened: %1").arg(error.serverMessage);
    const ErrorWords words = errorWords(error, &agent);
    return joined(words.title, words.advice);
}

QString shellCloseWords(const SocketEnd &end)
{
    switch (end.code) {
    case normal:
        return ShellWords::tr("The shell was closed.");
    case limitReached:
        return joined(ShellWords::tr("A limit of the service ended the shell."), end.reason);
    default:
        return joined(closeCodeWords(end.code), end.reason);
    }
}

} // namespace Parlance
