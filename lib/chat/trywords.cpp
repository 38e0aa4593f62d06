// SPDX-License-Identifier: Apache-2.0
#include "chat/trywords.h"

#include "chat/errorcatalogue.h"

#include <QCoreApplication>
#include <QLocale>

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::TryWords)
};

QString reasonOf(const Error &error, const Agent *agent)
{
    QString title = errorWords(error, agent).title;
    if (error.httpStatus <= 0)
        return title;
    if (title.endsWith(u'.'))
        title.chop(1);
    return Words::tr("%1 (HTTP %2).").arg(title).arg(error.httpStatus);
}

QString secondsOf(std::chrono::milliseconds pause)
{
    return QLocale().toString(double(pause.count()) / 1000, 'f', 1);
}

} // namespace

QString retryNote(const Error &error, const Agent *agent, int next, std::chrono::milliseconds pause)
{
    return Words::tr("%1 Try %2 follows in %3 s.")
        .arg(reasonOf(error, agent))
        .arg(next)
        .arg(secondsOf(pause));
}

QStringList failedTryLines(const Message &answer, const Agent *agent)
{
    QStringList lines;
    for (const FailedTry &failed : *answer.failedTries) {
        const QString at = QLocale().toString(failed.at.toLocalTime().time(), QLocale::LongFormat);
        lines += Words::tr("Try %1 failed at %2: %3 Tried again after %4 s.")
                     .arg(lines.size() + 1)
                     .arg(at, reasonOf(failed.error, agent), secondsOf(failed.pause));
    }
    return lines;
}

} // namespace Parlance
