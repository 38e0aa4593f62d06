// SPDX-License-Identifier: Apache-2.0
// What IdentityBook::checked() says of an identity's fields.
#include "chat/identitybook.h"

#include "auth/cognitocalls.h"
#include "auth/oauthclient.h"

using namespace Qt::StringLiterals;

namespace Parlance {

Result<Identity> IdentityBook::checked(Identity identity)
{
    identity.name = identity.name.trimmed();
    QString name;
    if (auto *user = std::get_if<CognitoUser>(&identity.kind)) {
        const Result<QString> pool = cognitoPoolId(user->poolId);
        if (!pool)
            return failure(pool.error());
        user->poolId = *pool;
        user->clientId = user->clientId.trimmed();
        user->userName = user->userName.trimmed();
        name = user->userName.isEmpty() ? user->poolId : user->userName;
        if (user->clientId.isEmpty())
            return failure(ErrorKind::InvalidTarget, tr("Enter the client id of the user pool."));
        if (!user->serviceUrl.isEmpty() && !isTrustedWithSecrets(QUrl(user->serviceUrl, QUrl::StrictMode)))
            return failure(ErrorKind::InsecureHttp,
                           tr("The service's address must begin with https://, since passwords go there."));
    } else if (auto *person = std::get_if<BrowserUser>(&identity.kind)) {
        const Result<QUrl> discovery = discoveryUrl(person->issuer);
        if (!discovery)
            return failure(discovery.error());
        person->issuer = person->issuer.trimmed();
        person->clientId = person->clientId.trimmed();
        name = discovery->host();
        if (person->clientId.isEmpty())
            return failure(ErrorKind::InvalidTarget, tr("Enter the client id that the provider gave."));
        const QUrl redirect(person->redirectUri, QUrl::StrictMode);
        if (!redirect.isValid() || redirect.scheme() != u"http" || redirect.host().isEmpty())
            return failure(ErrorKind::InvalidTarget,
                           tr("The redirect URI must be on this machine, for example "
                              "http://localhost:8765/callback."));
    } else if (auto *machine = std::get_if<MachineClient>(&identity.kind)) {
        const Result<QUrl> discovery = discoveryUrl(machine->issuer);
        if (!discovery)
            return failure(discovery.error());
        machine->issuer = machine->issuer.trimmed();
        machine->clientId = machine->clientId.trimmed();
        name = machine->clientId;
        if (machine->clientId.isEmpty())
            return failure(ErrorKind::InvalidTarget, tr("Enter the client id that the provider gave."));
    } else {
        const QString profile = std::get<AwsKeys>(identity.kind).profile;
        name = profile.isEmpty() ? tr("AWS keys of the environment") : tr("AWS profile %1").arg(profile);
    }
    if (identity.name.isEmpty())
        identity.name = name;
    return identity;
}

} // namespace Parlance
