// SPDX-License-Identifier: Apache-2.0
#include "headless/askoptions.h"

#include <QCommandLineParser>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

void addOptions(QCommandLineParser &parser)
{
    parser.setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsOptions);
    for (const auto &name :
         {u"agent"_s, u"url"_s, u"arn"_s, u"qualifier"_s, u"session"_s, u"auth"_s, u"payload"_s})
        parser.addOption(QCommandLineOption(name, QString(), u"value"_s));
    for (const auto &name : {u"token-stdin"_s, u"raw"_s, u"json"_s})
        parser.addOption(QCommandLineOption(name));
    parser.addOption(QCommandLineOption(QStringList{u"h"_s, u"help"_s}));
}

Result<void> readTarget(const QCommandLineParser &parser, AskOptions &options)
{
    const QList<std::pair<QString, AskTarget>> targets{
        {u"agent"_s, AskTarget::Named}, {u"url"_s, AskTarget::Url}, {u"arn"_s, AskTarget::Runtime}};
    int given = 0;
    for (const auto &[name, target] : targets) {
        if (!parser.isSet(name))
            continue;
        ++given;
        options.target = target;
        options.targetText = parser.value(name);
    }
    if (given > 1)
        return failure(ErrorKind::InvalidTarget, AskOptions::tr("Give one of --agent, --url and --arn."));
    return {};
}

} // namespace

QString AskOptions::usage()
{
    return tr(
        "Usage: parlance-cli ask [--agent NAME | --url URL | --arn ARN] [--qualifier Q] [--session ID]\n"
        "                        [--auth none|bearer] [--payload TEMPLATE] [--token-stdin] [--raw] [--json] "
        "PROMPT\n"
        "\n"
        "Asks an agent once and prints its answer as it arrives. Without a target the built-in agent "
        "answers.\n"
        "PROMPT may be - for standard input. Reasoning, tool calls, timings and errors go to standard "
        "error.\n"
        "\n"
        "  --agent NAME        an agent kept in Parlance\n"
        "  --url URL           a server that speaks the container contract, such as http://localhost:8080\n"
        "  --arn ARN           a deployed agent runtime, or one of its endpoints\n"
        "  --qualifier Q       the endpoint's name (default: DEFAULT)\n"
        "  --session ID        go on with this runtime session (default: a new one)\n"
        "  --auth none|bearer  bearer takes the token from PARLANCE_BEARER_TOKEN, standard input or the "
        "keychain\n"
        "  --payload TEMPLATE  the request's body: JSON with ${prompt}, ${session}, ${conversation}, "
        "${messages}\n"
        "  --token-stdin       read the bearer token from the first line of standard input\n"
        "  --raw               print every frame's payload as received, one per line\n"
        "  --json              print one JSON object per line\n");
}

Result<AskOptions> parseAskOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    addOptions(parser);
    if (!parser.parse(QStringList{u"parlance-cli ask"_s} + arguments))
        return failure(ErrorKind::InvalidTarget, parser.errorText());
    AskOptions options;
    options.isHelp = parser.isSet(u"help"_s);
    if (options.isHelp)
        return options;
    if (const Result<void> target = readTarget(parser, options); !target)
        return failure(target.error());
    options.qualifier = parser.value(u"qualifier"_s);
    options.session = parser.value(u"session"_s);
    options.auth = parser.value(u"auth"_s);
    options.payload = parser.value(u"payload"_s);
    options.readsToken = parser.isSet(u"token-stdin"_s);
    options.isRaw = parser.isSet(u"raw"_s);
    options.isJson = parser.isSet(u"json"_s);
    if (options.isRaw && options.isJson)
        return failure(ErrorKind::InvalidTarget, AskOptions::tr("Give one of --raw and --json."));
    if (!QStringList{QString(), u"none"_s, u"bearer"_s}.contains(options.auth))
        return failure(ErrorKind::InvalidTarget, AskOptions::tr("--auth takes none or bearer."));
    if (parser.positionalArguments().size() != 1)
        return failure(ErrorKind::InvalidTarget, AskOptions::tr("Give one PROMPT."));
    options.prompt = parser.positionalArguments().constFirst();
    if (options.prompt == u"-"_s && options.readsToken)
        return failure(ErrorKind::InvalidTarget,
                       AskOptions::tr("Standard input can give the prompt or the token, not both."));
    return options;
}

} // namespace Parlance
