// SPDX-License-Identifier: Apache-2.0
#include "auth/presignedaddress.h"

#include <QCoreApplication>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Presigned
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::PresignedAddress)
};

QString field(const QUrlQuery &query, const QString &name)
{
    for (const auto &[key, value] : query.queryItems(QUrl::FullyDecoded)) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

std::optional<QDateTime> goodUntil(const QUrlQuery &query)
{
    QDateTime begin = QDateTime::fromString(field(query, u"X-Amz-Date"_s), u"yyyyMMdd'T'HHmmss'Z'"_s);
    begin.setTimeSpec(Qt::UTC);
    bool isNumber = false;
    const int seconds = field(query, u"X-Amz-Expires"_s).toInt(&isNumber);
    return begin.isValid() && isNumber ? std::optional(begin.addSecs(seconds)) : std::nullopt;
}

} // namespace

bool isPastedAddress(const Secret &pasted)
{
    return pasted.reveal().left(256).contains("://");
}

Result<PresignedAddress> readPresignedAddress(const Secret &pasted)
{
    const QByteArray text = pasted.reveal().trimmed();
    PresignedAddress address;
    // As it stands: what was signed must reach the wire byte for byte.
    address.url = QUrl::fromEncoded(text, QUrl::StrictMode);
    const QString scheme = address.url.scheme();
    const bool isSecure = scheme == "wss"_L1 || scheme == "https"_L1;
    if (!address.url.isValid() || address.url.host().isEmpty() || !address.url.userInfo().isEmpty()
        || (!isSecure && scheme != "ws"_L1 && scheme != "http"_L1)) {
        return failure(ErrorKind::InvalidTarget,
                       Presigned::tr("A presigned address begins with wss:// and has a signature in it."));
    }
    const QUrlQuery query(address.url);
    if (field(query, u"X-Amz-Signature"_s).isEmpty())
        return failure(ErrorKind::InvalidTarget, Presigned::tr("This address is not signed."));
    address.goodUntil = goodUntil(query);
    for (const QString &name : {u"X-Amz-Signature"_s, u"X-Amz-Security-Token"_s}) {
        const QByteArray value = field(query, name).toUtf8();
        if (!value.isEmpty())
            address.secrets.append(Secret(value));
    }
    address.url.setScheme(isSecure ? u"https"_s : u"http"_s);
    address.url.setFragment({});
    address.shown = address.url.adjusted(QUrl::RemoveQuery);
    address.shown.setScheme(isSecure ? u"wss"_s : u"ws"_s);
    return address;
}

} // namespace Parlance
