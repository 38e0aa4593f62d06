// SPDX-License-Identifier: Apache-2.0
#include "auth/bearertoken.h"

#include <QCoreApplication>

#include <algorithm>

namespace Parlance {
namespace {

// A copy of a secret that does not outlive its scope readable.
struct Wiped
{
    explicit Wiped(QByteArray value)
        : bytes(std::move(value))
    {
    }
    Wiped(const Wiped &) = delete;
    Wiped &operator=(const Wiped &) = delete;
    ~Wiped()
    {
        volatile char *begin = bytes.data();
        for (qsizetype i = 0; i < bytes.size(); ++i)
            begin[i] = 0;
    }
    QByteArray bytes;
};

QByteArrayView withoutScheme(QByteArrayView token)
{
    constexpr qsizetype length = 6;
    if (token.size() < length || qstrnicmp(token.data(), length, "Bearer", length) != 0)
        return token;
    const QByteArrayView rest = token.sliced(length);
    // "Bearer" must stand alone: a token may happen to begin with these letters.
    if (!rest.isEmpty() && rest.front() != ' ' && rest.front() != '\t' && rest.front() != ':')
        return token;
    return (rest.startsWith(':') ? rest.sliced(1) : rest).trimmed();
}

} // namespace

Result<Secret> cleanedBearerToken(const Secret &pasted)
{
    const Wiped plain(pasted.reveal());
    const QByteArrayView token = withoutScheme(QByteArrayView(plain.bytes).trimmed());
    if (token.isEmpty())
        return failure(
            ErrorKind::SecretMissing,
            QCoreApplication::translate("BearerAuthorizer", "This agent needs a token, and none is kept."));
    const bool isPlain =
        std::ranges::all_of(token, [](char c) { return c > ' ' && static_cast<unsigned char>(c) < 0x7f; });
    if (!isPlain)
        return failure(
            ErrorKind::InvalidHeader,
            QCoreApplication::translate(
                "BearerAuthorizer",
                "The token holds a space, a line break or another character that no token can have."));
    return Secret(token);
}

RequestDraft withBearerToken(RequestDraft draft, const Secret &token)
{
    draft.secretHeaders.append(
        SecretHeader{.name = "Authorization", .value = Secret(QByteArray("Bearer " + token.reveal()))});
    return draft;
}

} // namespace Parlance
