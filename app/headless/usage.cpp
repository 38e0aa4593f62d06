// SPDX-License-Identifier: Apache-2.0
#include "headless/usage.h"

#include "headless/terminal.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Parlance {

int complain(const QString &sentence, const QString &usage)
{
    Terminal::noteLine(usage.isEmpty() ? sentence : QString(sentence % u"\n\n"_s % usage.trimmed()));
    return wrongUsage;
}

QString usage()
{
    return QCoreApplication::translate(
        "main",
        "Usage: parlance-cli ask [options] PROMPT\n"
        "       parlance-cli command [options] -- COMMAND…\n"
        "       parlance-cli tools [options] [NAME]\n"
        "       parlance-cli call [options] [NAME] TOOL\n"
        "       parlance-cli doctor [options] [NAME]\n"
        "       parlance-cli shell [options]\n"
        "       parlance-cli stop --session ID [options] | --all-open [--json]\n"
        "       parlance-cli agents list [--json]\n"
        "       parlance-cli agents add NAME --arn ARN | --url URL [--endpoint URL]\n"
        "                    [--auth none|bearer|iam|identity] [--profile P] [--identity NAME]\n"
        "                    [--qualifier Q] [--payload TEMPLATE] [--token-stdin]\n"
        "                    [--transport http|websocket] [--protocol auto|http|agui|a2a|mcp]\n"
        "                    [--production]\n"
        "       parlance-cli agents remove NAME\n"
        "       parlance-cli agents import PATH [NAME…] [--yes] [--json]\n"
        "       parlance-cli agents discover [--profile P | --identity NAME] [--region R]\n"
        "                    [--filter TEXT] [--json] [--add NAME… [--qualifier Q]]\n"
        "       parlance-cli agents export FILE\n"
        "       parlance-cli identities list [--json]\n"
        "       parlance-cli conversations list [--json]\n"
        "       parlance-cli conversations search WORDS [--json]\n"
        "       parlance-cli conversations export FILE|FOLDER [TITLE|ID…]\n"
        "                    [--format markdown|html|json] [--events]\n"
        "       parlance-cli conversations import FILE [--json]\n"
        "       parlance-cli qa run SUITE | list | report RUN | compare RUN BASELINE | replay CONVERSATION\n"
        "       parlance-cli bundle verify FILE [--manifest SHA256] [--json]\n"
        "       parlance-cli bundle export --conversation TITLE|ID FILE\n"
        "       parlance-cli sessions list [--json]\n"
        "       parlance-cli login NAME\n"
        "       parlance-cli logout NAME\n"
        "       parlance-cli token NAME [--json]\n"
        "       parlance-cli demo [--port N]\n"
        "       parlance-cli --help | --version\n"
        "\n"
        "ask         asks an agent once; see parlance-cli ask --help\n"
        "command     runs a command on the machine of a session; see parlance-cli command --help\n"
        "tools       lists the tools of an MCP server, call calls one; see parlance-cli tools --help\n"
        "doctor      asks an agent once and tells each step with its time; see parlance-cli doctor --help\n"
        "shell       opens a shell on the machine of a session; see parlance-cli shell --help\n"
        "stop        ends a runtime session; see parlance-cli stop --help\n"
        "agents      the agents kept in Parlance; its window must be closed to change them.\n"
        "            import reads the files of a project or an export, discover lists what\n"
        "            an AWS account has deployed, export leaves secrets out\n"
        "identities  who you are to agents\n"
        "conversations  what was said; the window must be closed. search takes words, \"phrases\" and\n"
        "            -exclusions, export writes all or those named, import reads exported JSON\n"
        "qa          runs suites, judges the answers and keeps them; see parlance-cli qa --help\n"
        "bundle      evidence in one file. verify tells whether a byte of it was changed, and needs\n"
        "            nothing but the file; its exit status is 0 unchanged, 1 changed, 2 no evidence.\n"
        "            export prints the hash of the manifest, to hand over by another way\n"
        "sessions    the runtime sessions that were left open, which go on costing\n"
        "login       signs an identity in, in the browser or with a password asked for here\n"
        "logout      signs it out at the provider and clears the keychain\n"
        "token       tells who an identity is and until when, never the token\n"
        "demo        runs the built-in agent until it is interrupted\n"
        "\n"
        "Every command takes, before what the settings and the environment (HTTPS_PROXY, HTTP_PROXY,\n"
        "NO_PROXY, AWS_CA_BUNDLE) say:\n"
        "  --proxy none|system|http://[USER@]HOST:PORT|socks5://[USER@]HOST:PORT\n"
        "  --ca-file FILE      certificates (PEM) to trust beside the system's\n"
        "  --client-certificate FILE [--client-key FILE]\n"
        "                      PEM, or PKCS #12 with the key in it\n"
        "Their passwords come from PARLANCE_PROXY_PASSWORD and PARLANCE_KEY_PASSWORD, or the keychain.\n"
        "\n"
        "Passwords, codes and tokens come from standard input, the keychain or\n"
        "PARLANCE_BEARER_TOKEN, never from an argument.\n"
        "Exit status: 0 good, 1 the agent or the provider refused, 2 wrong usage or set-up.\n"
        "That of command is the command's own.\n");
}

} // namespace Parlance
