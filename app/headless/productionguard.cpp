// SPDX-License-Identifier: Apache-2.0
#include "headless/productionguard.h"

#include "headless/terminal.h"
#include "headless/usage.h"

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// Enough to know it again by.
constexpr qsizetype longestShown = 200;

// On a terminal, where a control sequence could show something else than what is run.
QString onOneLine(const QString &text)
{
    QString shown = text.left(longestShown);
    for (QChar &character : shown) {
        if (character.category() == QChar::Other_Control || character.category() == QChar::Other_Format)
            character = u' ';
    }
    return text.size() > longestShown ? QString(shown % u'…') : shown;
}

} // namespace

void ProductionGuard::allow(const Agent &agent, const QString &sentence, const QString &what,
                            const std::function<void()> &run) const
{
    if (!agent.isProduction || m_isAgreed) {
        run();
        return;
    }
    const QString said = sentence.arg(agent.name, onOneLine(what));
    const bool isAsked = m_terminal->askOnTerminal(
        tr("%1\nGo on? [y/N]").arg(said), [run](const std::optional<Secret> &answer) {
            const QByteArray word = answer ? answer->reveal().trimmed().toLower() : QByteArray();
            if (word == "y" || word == "yes")
                run();
            else
                QCoreApplication::exit(complain(tr("Nothing was done.")));
        });
    if (!isAsked)
        QCoreApplication::exit(
            complain(tr("%1\nThere is no terminal to ask on; say --yes to go on.").arg(said)));
}

} // namespace Parlance
