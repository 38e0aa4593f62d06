// SPDX-License-Identifier: Apache-2.0
#include "headless/qaoptions.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

const QStringList agentValues{u"agent"_s,   u"url"_s,      u"arn"_s,     u"endpoint"_s,  u"auth"_s,
                              u"profile"_s, u"identity"_s, u"payload"_s, u"transport"_s, u"protocol"_s};
const QStringList ownValues{u"qualifier"_s, u"baseline"_s, u"repeat"_s,      u"concurrency"_s,
                            u"rate"_s,      u"resume"_s,   u"retry-failed"_s};

//! As a shell takes it.
QString quoted(QString word)
{
    static const QRegularExpression plain(u"^[\\w@%+=:,./-]+$"_s);
    return plain.match(word).hasMatch() ? word : QString(u'\'' % word.replace(u'\'', u"'\\''"_s) % u'\'');
}

Result<std::optional<int>> countFrom(const Arguments &arguments, const QString &name, int most)
{
    if (!arguments.has(name))
        return std::optional<int>();
    bool isNumber = false;
    const int count = arguments.values.value(name).toInt(&isNumber);
    if (!isNumber || count < 1 || count > most)
        return failure(ErrorKind::InvalidTarget,
                       QaRunOptions::tr("--%1 takes a number from 1 to %2.").arg(name).arg(most));
    return count;
}

Result<void> readNumbers(const Arguments &arguments, QaRunOptions &options)
{
    constexpr int mostRepeats = 1000;
    constexpr int mostAtOnce = 200;
    const auto repeats = countFrom(arguments, u"repeat"_s, mostRepeats);
    const auto concurrency = countFrom(arguments, u"concurrency"_s, mostAtOnce);
    if (!repeats || !concurrency)
        return failure(repeats ? concurrency.error() : repeats.error());
    options.repeats = *repeats;
    options.concurrency = *concurrency;
    if (!arguments.has(u"rate"_s))
        return {};
    bool isNumber = false;
    options.rate = arguments.values.value(u"rate"_s).toDouble(&isNumber);
    if (!isNumber || !(*options.rate > 0) || *options.rate > 10'000)
        return failure(ErrorKind::InvalidTarget,
                       QaRunOptions::tr("--rate takes how many may start in a second."));
    return {};
}

Result<void> readGoingOn(const Arguments &arguments, QaRunOptions &options)
{
    options.retriesFailed = arguments.has(u"retry-failed"_s);
    options.resumed = arguments.values.value(options.retriesFailed ? u"retry-failed"_s : u"resume"_s);
    const bool goesOn = options.retriesFailed || arguments.has(u"resume"_s);
    if (!goesOn && options.suite.isEmpty())
        return failure(ErrorKind::InvalidTarget, QaRunOptions::tr("Give the SUITE to run."));
    if (!goesOn)
        return {};
    if (options.resumed.isEmpty() || (options.retriesFailed && arguments.has(u"resume"_s)))
        return failure(ErrorKind::InvalidTarget,
                       QaRunOptions::tr("Give a RUN to --resume or to --retry-failed."));
    for (const QString &fixed : {u"qualifier"_s, u"repeat"_s, u"baseline"_s}) {
        if (arguments.has(fixed))
            return failure(ErrorKind::InvalidTarget,
                           QaRunOptions::tr("A run goes on with the --%1 that it began with.").arg(fixed));
    }
    return {};
}

} // namespace

QStringList qaAgentValues()
{
    return agentValues;
}

QStringList qaFileValues()
{
    return {u"junit"_s, u"html"_s, u"json"_s, u"markdown"_s, u"csv"_s, u"bundle"_s};
}

QaFiles qaFilesFrom(const Arguments &arguments)
{
    return {.junit = arguments.values.value(u"junit"_s),
            .html = arguments.values.value(u"html"_s),
            .json = arguments.values.value(u"json"_s),
            .markdown = arguments.values.value(u"markdown"_s),
            .csv = arguments.values.value(u"csv"_s),
            .bundle = arguments.values.value(u"bundle"_s)};
}

QString QaRunOptions::usage()
{
    return tr(
        "Usage: parlance-cli qa run SUITE [--agent NAME | --url URL | --arn ARN] [--qualifier Q]…\n"
        "                           [--baseline Q|RUN] [--repeat K] [--concurrency N] [--rate R]\n"
        "                           [--junit F] [--html F] [--json F] [--markdown F] [--csv F]\n"
        "                           [--bundle F] [--end-sessions] [--yes] [options of ask that say who is "
        "asked]\n"
        "       parlance-cli qa run --resume RUN | --retry-failed RUN\n"
        "       parlance-cli qa list [--json]\n"
        "       parlance-cli qa report RUN [--junit F] [--html F] [--json F] [--markdown F] [--csv F]\n"
        "                           [--bundle F]\n"
        "       parlance-cli qa compare RUN BASELINE [--json]\n"
        "       parlance-cli qa delete RUN\n"
        "       parlance-cli qa replay CONVERSATION [--qualifier Q]; see qa replay --help\n"
        "\n"
        "Asks an agent what a suite says, judges the answers and keeps them. SUITE is promptfoo's YAML or\n"
        "JSON, or a dataset of AgentCore. What of it is not understood is named before anything is asked. "
        "The\n"
        "progress goes to standard error, the results to standard output. Ctrl+C pauses the run once what "
        "is\n"
        "under way has come to its end, twice ends that, too.\n"
        "\n"
        "  --qualifier Q       an endpoint to ask; may be given several times (default: the agent's own)\n"
        "  --baseline Q|RUN    what the others are held against: one of these endpoints, or an earlier run\n"
        "  --repeat K          each case so many times, each in a session of its own\n"
        "  --concurrency N     so many at once (default: as the suite says, else 4)\n"
        "  --rate R            at most so many begin in a second\n"
        "  --end-sessions      end each session at a deployed runtime once its cases are done. Else its "
        "machine\n"
        "                      stays until it idles out, and an account may have only so many; but work that "
        "an\n"
        "                      agent does after its answer, such as handing on its traces, is cut short\n"
        "  --resume RUN        go on with a run; nothing is asked again that was answered. What was cut "
        "short\n"
        "                      is asked anew in a new session, and marked: the agent may have acted twice\n"
        "  --retry-failed RUN  the same, and what failed is asked anew\n"
        "  --junit F, --html F, --json F, --markdown F, --csv F\n"
        "                      write a report to a file; - is standard output, in place of the results\n"
        "  --bundle F          write evidence: every answer with its events as they came, and the report, in "
        "one\n"
        "                      file; see parlance-cli bundle verify\n"
        "  --yes               do not ask first where the agent is marked production\n"
        "RUN is an id, the beginning of one, or last. The window must be closed. The bearer token comes "
        "from\n"
        "PARLANCE_BEARER_TOKEN, standard input (--token-stdin) or the keychain.\n"
        "\n"
        "Exit status: 0 all good, 1 a check failed or a regression, 2 wrong usage or set-up, a fault in the\n"
        "suite, before anything was asked, or nothing that could be judged; 130 the run was paused.\n");
}

Result<QaRunOptions> parseQaRunOptions(const QStringList &arguments)
{
    const Result<Arguments> given = parseArguments(arguments, agentValues + ownValues + qaFileValues(),
                                                   {u"yes"_s, u"token-stdin"_s, u"end-sessions"_s});
    if (!given)
        return failure(given.error());
    QaRunOptions options;
    if (given->has(u"help"_s)) {
        options.asked.isHelp = true;
        return options;
    }
    if (given->words.size() > 1)
        return failure(ErrorKind::InvalidTarget, QaRunOptions::tr("Give one SUITE."));
    options.suite = given->words.value(0);
    Result<AskOptions> asked = parseAskOptions(
        *given, {}, ownValues + qaFileValues() + QStringList{u"yes"_s, u"end-sessions"_s}, u"suite"_s);
    if (!asked)
        return failure(asked.error());
    options.asked = *asked;
    options.asked.isAgreed = given->has(u"yes"_s);
    options.endsSessions = given->has(u"end-sessions"_s);
    options.namesAgent = options.asked.target != AskTarget::BuiltIn;
    options.qualifiers = given->every.value(
        u"qualifier"_s,
        given->has(u"qualifier"_s) ? QStringList{given->values.value(u"qualifier"_s)} : QStringList());
    options.baseline = given->values.value(u"baseline"_s);
    options.files = qaFilesFrom(*given);
    for (const QString &name : agentValues) {
        if (given->has(name))
            options.agentWords += u" --"_s + name + u' ' + quoted(given->values.value(name));
    }
    if (QSet<QString>(options.qualifiers.begin(), options.qualifiers.end()).size()
        != options.qualifiers.size())
        return failure(ErrorKind::InvalidTarget, QaRunOptions::tr("Give each --qualifier once."));
    Result<void> rest = readNumbers(*given, options);
    if (rest)
        rest = readGoingOn(*given, options);
    if (!rest)
        return failure(rest.error());
    return options;
}

} // namespace Parlance
