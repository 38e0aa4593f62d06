// SPDX-License-Identifier: Apache-2.0
#include "headless/qareplayprogram.h"

#include "headless/qaoptions.h"

using namespace Qt::StringLiterals;

namespace Parlance {

QString QaReplayOptions::usage()
{
    return tr(
        "Usage: parlance-cli qa replay CONVERSATION [--qualifier Q] [--agent NAME | --url URL | --arn ARN]\n"
        "                              [--stop-at-difference] [--with-commands] [--json] [--yes]\n"
        "                              [options of ask that say who is asked]\n"
        "\n"
        "Asks what was asked in a kept conversation again, turn by turn, in a new session, and tells how\n"
        "each answer differs from what it was. CONVERSATION is a title, an id or the beginning of one. "
        "What\n"
        "is said is kept as a new conversation. The window must be closed.\n"
        "\n"
        "  --qualifier Q         the endpoint to ask (default: the conversation's)\n"
        "  --stop-at-difference  ask no more after the first turn that differs\n"
        "  --with-commands       run the commands of the conversation, too, on the machine of the new "
        "session\n"
        "\n"
        "Exit status: 0 every turn says the same, 1 one differs or failed, 2 wrong usage or set-up.\n");
}

Result<QaReplayOptions> parseQaReplayOptions(const QStringList &arguments)
{
    const QStringList flags{u"yes"_s, u"json"_s, u"stop-at-difference"_s, u"with-commands"_s};
    const Result<Arguments> given = parseArguments(arguments, qaAgentValues() + QStringList{u"qualifier"_s},
                                                   flags + QStringList{u"token-stdin"_s});
    if (!given)
        return failure(given.error());
    QaReplayOptions options;
    if (given->has(u"help"_s)) {
        options.asked.isHelp = true;
        return options;
    }
    if (given->words.size() != 1)
        return failure(ErrorKind::InvalidTarget, QaReplayOptions::tr("Give one CONVERSATION."));
    options.conversation = given->words.constFirst();
    Result<AskOptions> asked = parseAskOptions(*given, {}, flags + QStringList{u"qualifier"_s}, u"replay"_s);
    if (!asked)
        return failure(asked.error());
    options.asked = *asked;
    options.asked.isAgreed = given->has(u"yes"_s);
    options.namesAgent = options.asked.target != AskTarget::BuiltIn;
    if (given->has(u"qualifier"_s))
        options.qualifier = given->values.value(u"qualifier"_s);
    options.stopsAtDifference = given->has(u"stop-at-difference"_s);
    options.runsCommands = given->has(u"with-commands"_s);
    options.isJson = given->has(u"json"_s);
    return options;
}

} // namespace Parlance
