// SPDX-License-Identifier: Apache-2.0
#include "chat/checkwords.h"

#include "chat/connectioncheck.h"

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr qsizetype longest = 48;

QString cut(const QString &text)
{
    const QString line = text.simplified();
    return line.size() > longest ? QString(line.left(longest - 1) + u'…') : line;
}

} // namespace

QString checkStepName(CheckStep step)
{
    switch (step) {
    case CheckStep::Name:
        return u"name"_s;
    case CheckStep::Wanted:
        return u"wanted"_s;
    case CheckStep::Card:
        return u"card"_s;
    case CheckStep::Proof:
        return u"proof"_s;
    case CheckStep::Connection:
        return u"connection"_s;
    case CheckStep::Sent:
        return u"sent"_s;
    case CheckStep::FirstByte:
        return u"firstByte"_s;
    case CheckStep::FirstText:
        return u"firstText"_s;
    }
    return {};
}

QString checkStateName(CheckRow::State state)
{
    switch (state) {
    case CheckRow::State::Waiting:
        return u"waiting"_s;
    case CheckRow::State::Running:
        return u"running"_s;
    case CheckRow::State::Done:
        return u"done"_s;
    case CheckRow::State::None:
        return u"none"_s;
    case CheckRow::State::Failed:
        return u"failed"_s;
    case CheckRow::State::Stopped:
        return u"stopped"_s;
    }
    return {};
}

QString CheckWords::plan(CheckStep step, const QString &prompt, ServerProtocol protocol)
{
    const bool isMcp = protocol == ServerProtocol::Mcp;
    switch (step) {
    case CheckStep::Name:
        return tr("Find the host");
    case CheckStep::Wanted:
        return tr("Find out how to sign in");
    case CheckStep::Card:
        return tr("Read the agent’s card");
    case CheckStep::Proof:
        return tr("Prove who you are");
    case CheckStep::Connection:
        return tr("Connect");
    case CheckStep::Sent:
        return isMcp ? tr("Introduce Parlance") : tr("Send “%1”").arg(cut(prompt));
    case CheckStep::FirstByte:
        return tr("First byte");
    case CheckStep::FirstText:
        return isMcp ? tr("Ask for its tools") : tr("First text");
    }
    return {};
}

QString CheckWords::sent(const QString &prompt, ServerProtocol protocol)
{
    return protocol == ServerProtocol::Mcp ? tr("Introduced Parlance") : tr("Sent “%1”").arg(cut(prompt));
}

QString CheckWords::tools(qsizetype count, bool areThereMore)
{
    return areThereMore ? tr("Tools: %1 and more").arg(count) : tr("Tools: %1").arg(count);
}

QString CheckWords::heard(const QString &text)
{
    return tr("First text: “%1”").arg(cut(text));
}

QString CheckWords::wanted(const AuthFinding &finding)
{
    switch (finding.kind) {
    case AuthFinding::Kind::Iam:
        return tr("The agent wants AWS keys");
    case AuthFinding::Kind::OAuth:
        return finding.issuer.isEmpty() ? tr("The agent wants a token")
                                        : tr("The agent wants a token of %1").arg(finding.issuer);
    case AuthFinding::Kind::None:
        return tr("The agent wants no sign-in");
    case AuthFinding::Kind::Unknown:
        break;
    }
    return {};
}

QString CheckWords::proof(const Agent &agent, const Identity *identity, const QString &who)
{
    if (agent.auth == AuthMethod::Bearer || !identity)
        return tr("Token that was pasted");
    if (const auto *keys = std::get_if<AwsKeys>(&identity->kind))
        return keys->profile.isEmpty() ? tr("Signed with the AWS keys of the environment")
                                       : tr("Signed with AWS profile %1").arg(keys->profile);
    return tr("Token of %1").arg(who.isEmpty() ? identity->name : who);
}

std::optional<Error> CheckWords::mismatch(const AuthFinding &finding, const Agent &agent,
                                          const Identity *identity)
{
    const bool isToken = agent.auth == AuthMethod::Bearer
        || (agent.auth == AuthMethod::Identity && identity && !identity->isAws());
    const bool isKeys = agent.auth == AuthMethod::Identity && identity && identity->isAws();
    if (finding.kind == AuthFinding::Kind::OAuth && agent.auth == AuthMethod::None)
        return Error{.kind = ErrorKind::TokenMissing, .message = wanted(finding)};
    const bool isOther = (finding.kind == AuthFinding::Kind::OAuth && isKeys)
        || (finding.kind == AuthFinding::Kind::Iam && (isToken || agent.auth == AuthMethod::None));
    if (!isOther)
        return std::nullopt;
    return Error{.kind = ErrorKind::AuthMethodMismatch, .message = wanted(finding)};
}

} // namespace Parlance
