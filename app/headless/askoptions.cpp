// SPDX-License-Identifier: Apache-2.0
#include "headless/askoptions.h"

#include "core/command.h"

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

Result<void> readTarget(const Arguments &arguments, AskOptions &options)
{
    const QList<std::pair<QString, AskTarget>> targets{
        {u"agent"_s, AskTarget::Named}, {u"url"_s, AskTarget::Url}, {u"arn"_s, AskTarget::Runtime}};
    int given = 0;
    for (const auto &[name, target] : targets) {
        if (!arguments.has(name))
            continue;
        ++given;
        options.target = target;
        options.targetText = arguments.values.value(name);
    }
    if (given > 1)
        return failure(ErrorKind::InvalidTarget, AskOptions::tr("Give one of --agent, --url and --arn."));
    return {};
}

// What ask and command share, besides what each takes alone.
Result<AskOptions> parseShared(const QStringList &arguments, const QStringList &values,
                               const QStringList &flags)
{
    const QStringList known{u"agent"_s,   u"url"_s,  u"arn"_s,     u"endpoint"_s, u"qualifier"_s,
                            u"session"_s, u"auth"_s, u"profile"_s, u"identity"_s};
    const Result<Arguments> given =
        parseArguments(arguments, known + values, QStringList{u"token-stdin"_s, u"json"_s} + flags);
    if (!given)
        return failure(given.error());
    AskOptions options{.arguments = *given};
    const Arguments &parsed = options.arguments;
    options.isHelp = parsed.has(u"help"_s);
    if (options.isHelp)
        return options;
    if (const Result<void> target = readTarget(parsed, options); !target)
        return failure(target.error());
    options.qualifier = parsed.values.value(u"qualifier"_s);
    options.session = parsed.values.value(u"session"_s);
    options.auth = parsed.values.value(u"auth"_s);
    options.readsToken = parsed.has(u"token-stdin"_s);
    options.isJson = parsed.has(u"json"_s);
    options.isAgreed = parsed.has(u"yes"_s);
    if (!QStringList{QString(), u"none"_s, u"bearer"_s, u"iam"_s, u"identity"_s}.contains(options.auth))
        return failure(ErrorKind::InvalidTarget,
                       AskOptions::tr("--auth takes none, bearer, iam or identity."));
    return options;
}

} // namespace

QString commandUsage()
{
    return AskOptions::tr(
        "Usage: parlance-cli command [--agent NAME | --url URL | --arn ARN] [--qualifier Q] [--session ID]\n"
        "                            [--timeout SECONDS] [--auth none|bearer|iam] [--profile P]\n"
        "                            [--identity NAME] [--endpoint URL] [--token-stdin] [--yes] [--json]\n"
        "                            -- COMMAND...\n"
        "\n"
        "Runs a command on the machine of an agent's session. What it writes to its standard output goes to\n"
        "standard output, what it writes to its standard error to standard error, both as it arrives. "
        "Several\n"
        "words are joined by blanks, as ssh does: quote what the shell there is to see. COMMAND may be - "
        "for\n"
        "standard input. Each command is a process of its own: no directory or variable of one lasts for\n"
        "the next. Ctrl+C stops listening; the command may go on there.\n"
        "\n"
        "  --session ID        in this runtime session (default: a new one, which starts a machine)\n"
        "  --timeout SECONDS   how long it may take, 1 to 3600 (default: 300)\n"
        "  --json              print one JSON object per line: stdout, stderr, command_stop, error, end\n"
        "  --yes               do not ask first where the agent is marked production\n"
        "The other options are those of parlance-cli ask.\n"
        "\n"
        "Exit status: that of the command. 2 wrong usage or set-up, or not agreed to, before anything was\n"
        "sent; 124 it took longer than its time-out; 130 it was interrupted here; 255 it could not be run,\n"
        "or the connection ended before the command did.\n");
}

Result<AskOptions> parseCommandOptions(const QStringList &arguments)
{
    Result<AskOptions> options = parseShared(arguments, {u"timeout"_s}, {u"yes"_s});
    if (!options || options->isHelp)
        return options;
    const Arguments &parsed = options->arguments;
    Command command;
    if (parsed.has(u"timeout"_s)) {
        bool isNumber = false;
        command.timeout = std::chrono::seconds(parsed.values.value(u"timeout"_s).toInt(&isNumber));
        if (!isNumber)
            command.timeout = std::chrono::seconds(0);
    }
    options->commandTimeout = command.timeout;
    options->prompt = parsed.words.join(u' ');
    if (options->prompt == u"-"_s && options->readsToken)
        return failure(ErrorKind::InvalidTarget,
                       AskOptions::tr("Standard input can give the command or the token, not both."));
    command.line = options->prompt;
    if (const Result<void> usable = checkCommand(command); !usable)
        return failure(usable.error());
    return options;
}

QString AskOptions::usage()
{
    return tr(
        "Usage: parlance-cli ask [--agent NAME | --url URL | --arn ARN] [--qualifier Q] [--session ID]\n"
        "                        [--auth none|bearer|iam] [--profile P] [--identity NAME]\n"
        "                        [--transport http|websocket] [--protocol auto|http|agui|a2a|mcp]\n"
        "                        [--payload TEMPLATE] [--attach FILE…] [--token-stdin] [--raw] [--json]\n"
        "                        PROMPT\n"
        "\n"
        "Asks an agent once and prints its answer as it arrives. Without a target the built-in agent "
        "answers.\n"
        "PROMPT may be - for standard input. Reasoning, tool calls, timings and errors go to standard "
        "error.\n"
        "\n"
        "  --agent NAME        an agent kept in Parlance\n"
        "  --url URL           a server that speaks the container contract, such as http://localhost:8080\n"
        "  --arn ARN           a deployed agent runtime, or one of its endpoints\n"
        "  --endpoint URL      with --arn: where the service is, instead of the region's own address\n"
        "  --qualifier Q       the endpoint's name (default: DEFAULT)\n"
        "  --session ID        go on with this runtime session (default: a new one)\n"
        "  --auth none         prove nothing\n"
        "  --auth bearer       take the token from PARLANCE_BEARER_TOKEN, standard input or the keychain\n"
        "  --auth iam          sign with AWS keys: of --profile P, or of the environment\n"
        "  --identity NAME     use an identity kept in Parlance; see parlance-cli identities list\n"
        "  --transport T       http, or websocket: over a connection to /ws, which ends with the answer\n"
        "  --protocol P        http, agui, a2a or mcp (default: as the runtime of a kept agent says, else "
        "http)\n"
        "  --payload TEMPLATE  the request's body: JSON with ${prompt}, ${session}, ${conversation}, "
        "${messages},\n"
        "                      ${uuid}, ${attachments}\n"
        "  --attach FILE       send this file along; may be given several times. The payload has it where it "
        "says\n"
        "                      ${attachments} or ${content:FORM}, else as its last member, attachments\n"
        "  --token-stdin       read the bearer token from the first line of standard input\n"
        "  --raw               print every frame's payload as received, one per line\n"
        "  --json              print one JSON object per line\n");
}

Result<AskOptions> parseAskOptions(const QStringList &arguments)
{
    Result<AskOptions> options =
        parseShared(arguments, {u"payload"_s, u"transport"_s, u"protocol"_s, u"attach"_s}, {u"raw"_s});
    if (!options || options->isHelp)
        return options;
    const Arguments &parsed = options->arguments;
    options->payload = parsed.values.value(u"payload"_s);
    if (parsed.has(u"attach"_s))
        options->files = parsed.every.value(u"attach"_s, {parsed.values.value(u"attach"_s)});
    options->isRaw = parsed.has(u"raw"_s);
    const auto transport = transportFrom(parsed);
    if (!transport)
        return failure(transport.error());
    options->transport = *transport;
    const auto protocol = protocolFrom(parsed);
    if (!protocol)
        return failure(protocol.error());
    options->protocol = *protocol;
    if (options->isRaw && options->isJson)
        return failure(ErrorKind::InvalidTarget, AskOptions::tr("Give one of --raw and --json."));
    if (parsed.words.size() != 1)
        return failure(ErrorKind::InvalidTarget, AskOptions::tr("Give one PROMPT."));
    options->prompt = parsed.words.constFirst();
    if (options->prompt == u"-"_s && options->readsToken)
        return failure(ErrorKind::InvalidTarget,
                       AskOptions::tr("Standard input can give the prompt or the token, not both."));
    return options;
}

Result<AskOptions> parseAskOptions(const Arguments &given, const QString &name, const QStringList &own,
                                   const QString &prompt)
{
    QStringList asked;
    for (const auto &[option, value] : given.values.asKeyValueRange()) {
        if (!own.contains(option))
            asked += QString(u"--"_s % option % u'=' % value);
    }
    for (const QString &flag : given.flags) {
        if (!own.contains(flag))
            asked += u"--"_s + flag;
    }
    if (!name.isEmpty())
        asked += u"--agent="_s + name;
    return parseAskOptions(asked + QStringList{u"--"_s, prompt});
}

} // namespace Parlance
