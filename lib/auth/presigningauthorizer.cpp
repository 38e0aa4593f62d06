// SPDX-License-Identifier: Apache-2.0
#include "auth/presigningauthorizer.h"

#include "auth/bearertoken.h"
#include "auth/credentialsource.h"
#include "auth/presignedaddress.h"
#include "auth/secretstore.h"
#include "auth/serviceclock.h"
#include "auth/sigv4.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QLocale>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {
namespace {

struct Presigning
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::PresignedAddress)
};

constexpr auto longestLife = 300s;
constexpr QByteArrayView sessionHeader = "X-Amzn-Bedrock-AgentCore-Runtime-Session-Id";

QFuture<Result<RequestDraft>> ended()
{
    return QtFuture::makeReadyFuture(
        Result<RequestDraft>(failure(ErrorKind::Cancelled, Presigning::tr("The program is ending."))));
}

//! Takes the session's header out and gives its value.
QByteArray takeSession(RequestDraft &draft)
{
    const auto found = std::ranges::find_if(draft.headers, [](const HttpHeader &header) {
        return header.name.compare(sessionHeader, Qt::CaseInsensitive) == 0;
    });
    if (found == draft.headers.end())
        return {};
    QByteArray session = found->value;
    draft.headers.erase(found);
    return session;
}

RequestDraft presigned(RequestDraft draft, const AwsCredentials &keys, const SigningScope &scope)
{
    if (const QByteArray session = takeSession(draft); !session.isEmpty()) {
        QByteArray query = draft.url.query(QUrl::FullyEncoded).toLatin1();
        query += (query.isEmpty() ? "" : "&") + sessionHeader + '=' + uriEncoded(session);
        const QByteArray bare = draft.url.toEncoded(QUrl::RemoveQuery | QUrl::RemoveFragment);
        draft.url = QUrl::fromEncoded(bare + '?' + query, QUrl::StrictMode);
    }
    draft.url = presignedUrl(draft.url, keys, scope, longestLife);
    // The signature is good for nothing but this address, for five minutes; the token for more.
    draft.addressSecrets.append(Secret(QUrlQuery(draft.url).queryItemValue(u"X-Amz-Signature"_s).toLatin1()));
    if (!keys.sessionToken.isEmpty())
        draft.addressSecrets.append(keys.sessionToken);
    return draft;
}

bool isThisMachine(const QUrl &url)
{
    const QHostAddress address(url.host());
    return url.host() == "localhost"_L1 || address.isLoopback();
}

Result<RequestDraft> withPasted(RequestDraft draft, const Secret &pasted, bool allowsPlain)
{
    const Result<PresignedAddress> address = readPresignedAddress(pasted);
    if (!address)
        return failure(address.error());
    if (address->url.scheme() == "http"_L1 && !allowsPlain && !isThisMachine(address->url)) {
        return failure(ErrorKind::InsecureHttp,
                       Presigning::tr("This address leads to another machine without encryption."));
    }
    if (address->goodUntil && *address->goodUntil <= QDateTime::currentDateTimeUtc()) {
        const QString since = QLocale().toString(address->goodUntil->toLocalTime(), QLocale::ShortFormat);
        return failure(
            ErrorKind::AddressExpired,
            Presigning::tr("It was good until %1. Paste a new one in the agent's settings.").arg(since));
    }
    // The session is part of what was signed.
    if (address->url.query().contains(QLatin1StringView(sessionHeader), Qt::CaseInsensitive))
        takeSession(draft);
    draft.url = address->url;
    draft.addressSecrets = address->secrets;
    return draft;
}

} // namespace

PresigningAuthorizer::PresigningAuthorizer(CredentialSource *source,
                                           std::shared_ptr<const ServiceClock> clock, QByteArray region)
    : m_source(source)
    , m_clock(std::move(clock))
    , m_region(std::move(region))
{
}

QFuture<Result<RequestDraft>> PresigningAuthorizer::authorize(RequestDraft draft)
{
    if (!m_source)
        return ended();
    return m_source->credentials().then([draft = std::move(draft), clock = m_clock, region = m_region](
                                            const Result<AwsCredentials> &keys) -> Result<RequestDraft> {
        if (!keys)
            return failure(keys.error());
        return presigned(draft, *keys, SigningScope{.region = region, .time = clock->now()});
    });
}

PastedAddressAuthorizer::PastedAddressAuthorizer(SecretStore *secrets, QString key, bool allowsPlain)
    : m_secrets(secrets)
    , m_key(std::move(key))
    , m_allowsPlain(allowsPlain)
{
}

QFuture<Result<RequestDraft>> PastedAddressAuthorizer::authorize(RequestDraft draft)
{
    SecretStore *secrets = m_secrets.data();
    if (!secrets)
        return ended();
    return secrets->read(m_key).then([draft = std::move(draft), allowsPlain = m_allowsPlain](
                                         const Result<std::optional<Secret>> &kept) -> Result<RequestDraft> {
        if (!kept)
            return failure(kept.error());
        const Secret pasted = kept->value_or(Secret());
        if (isPastedAddress(pasted))
            return withPasted(draft, pasted, allowsPlain);
        const Result<Secret> token = cleanedBearerToken(pasted);
        return token.map([&draft](const Secret &secret) { return withBearerToken(draft, secret); });
    });
}

} // namespace Parlance
