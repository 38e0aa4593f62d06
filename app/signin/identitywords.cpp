// SPDX-License-Identifier: Apache-2.0
#include "signin/identitywords.h"

#include <QLocale>

namespace Parlance {

bool IdentityWords::isPerson(const Identity &identity)
{
    return std::holds_alternative<CognitoUser>(identity.kind)
        || std::holds_alternative<BrowserUser>(identity.kind);
}

QString IdentityWords::kind(const Identity &identity)
{
    if (const auto *user = std::get_if<CognitoUser>(&identity.kind))
        return tr("User pool %1").arg(user->poolId);
    if (const auto *user = std::get_if<BrowserUser>(&identity.kind))
        return tr("Browser, %1").arg(QUrl(user->issuer).host());
    if (const auto *client = std::get_if<MachineClient>(&identity.kind))
        return tr("Client %1").arg(client->clientId);
    const QString &profile = std::get<AwsKeys>(identity.kind).profile;
    return profile.isEmpty() ? tr("AWS keys of the environment") : tr("AWS profile %1").arg(profile);
}

QString IdentityWords::state(const IdentityState &state, const QDateTime &now)
{
    using Kind = IdentityState::Kind;
    switch (state.kind) {
    case Kind::Unknown:
        return tr("Not checked yet");
    case Kind::SignedOut:
        return tr("Signed out");
    case Kind::Ended:
        return tr("Sign-in ended");
    case Kind::Renewing:
        return tr("Renewing");
    case Kind::Keys:
        return tr("Found when needed");
    case Kind::SignedIn:
        break;
    }
    if (!state.expires.isValid())
        return tr("Signed in");
    const qint64 seconds = now.secsTo(state.expires);
    if (seconds <= 0)
        return tr("Expired");
    if (seconds < 60)
        return tr("Under a minute");
    const qint64 minutes = seconds / 60;
    return minutes < 120 ? tr("%1 min").arg(minutes) : tr("%1 h").arg(minutes / 60);
}

QStringList IdentityWords::details(const Identity &identity, const IdentityState &state)
{
    QStringList lines{kind(identity)};
    const auto add = [&lines](const QString &line, const QString &value) {
        if (!value.isEmpty())
            lines.append(line.arg(value));
    };
    add(tr("Who: %1"), state.who);
    add(tr("Issuer: %1"), state.issuer);
    add(tr("Client: %1"), state.clientId);
    add(tr("Audience: %1"), state.audience.join(u' '));
    add(tr("Scopes: %1"), state.scopes.join(u' '));
    if (state.expires.isValid())
        add(tr("Expires: %1"), QLocale().toString(state.expires.toLocalTime(), QLocale::ShortFormat));
    add(tr("%1"), state.reason);
    return lines;
}

QString IdentityWords::sent(std::optional<SentToken> token)
{
    if (!token)
        return {};
    return *token == SentToken::Id ? tr("This agent gets the ID token")
                                   : tr("This agent gets the access token");
}

} // namespace Parlance
