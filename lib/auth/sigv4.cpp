// SPDX-License-Identifier: Apache-2.0
#include "auth/sigv4.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

#include <algorithm>
#include <array>
#include <tuple>
#include <vector>

namespace Parlance {
namespace {

constexpr QByteArrayView algorithm = "AWS4-HMAC-SHA256";
//! Of a body with files, at a time.
constexpr qint64 readSize = qint64(64) * 1024;

struct Field
{
    QByteArray name;
    QByteArray value;
    friend bool operator<(const Field &a, const Field &b)
    {
        return std::tie(a.name, a.value) < std::tie(b.name, b.value);
    }
};

QByteArray sha256Hex(QByteArrayView bytes)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(bytes);
    return hash.result().toHex();
}

QByteArray hmac(const QByteArray &key, QByteArrayView bytes)
{
    QMessageAuthenticationCode code(QCryptographicHash::Sha256, key);
    code.addData(bytes.data(), bytes.size());
    return code.result();
}

// Headers that a proxy or Qt itself may change on the way, the block list of the AWS SDKs.
bool isSigned(QByteArrayView lowerName)
{
    static constexpr std::array<QByteArrayView, 12> unsignedNames{
        "authorization",
        "connection",
        "expect",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",
        "x-amzn-trace-id",
    };
    return std::ranges::find(unsignedNames, lowerName) == unsignedNames.end()
        && lowerName != "accept-encoding";
}

QByteArray canonicalValue(QByteArrayView value)
{
    return value.toByteArray().simplified();
}

std::vector<Field> canonicalHeaders(const RequestDraft &draft)
{
    std::vector<Field> headers{Field{.name = "host", .value = hostHeader(draft.url)}};
    const auto add = [&headers](const QByteArray &name, const QByteArray &value) {
        const QByteArray lower = name.toLower();
        if (!isSigned(lower))
            return;
        const auto same = std::ranges::find(headers, lower, &Field::name);
        if (same == headers.end())
            headers.push_back(Field{.name = lower, .value = canonicalValue(value)});
        else
            same->value += ',' + canonicalValue(value);
    };
    for (const HttpHeader &header : draft.headers)
        add(header.name, header.value);
    for (const SecretHeader &header : draft.secretHeaders)
        add(header.name, header.value.reveal());
    std::ranges::sort(headers, {}, &Field::name);
    return headers;
}

QByteArray timestamp(const QDateTime &time)
{
    return time.toUTC().toString(u"yyyyMMdd'T'HHmmss'Z'").toLatin1();
}

QByteArray credentialScope(const SigningScope &scope)
{
    return timestamp(scope.time).first(8) + '/' + scope.region + '/' + scope.service + "/aws4_request";
}

QByteArray signatureOf(const QByteArray &stringToSign, const AwsCredentials &credentials,
                       const SigningScope &scope)
{
    const QByteArray day =
        hmac("AWS4" + credentials.secretAccessKey.reveal(), timestamp(scope.time).first(8));
    const QByteArray key = hmac(hmac(hmac(day, scope.region), scope.service), "aws4_request");
    return hmac(key, stringToSign).toHex();
}

SigningSteps steps(QByteArrayView method, const QUrl &url, const QByteArray &query,
                   const std::vector<Field> &headers, const QByteArray &payloadHash,
                   const AwsCredentials &credentials, const SigningScope &scope)
{
    SigningSteps made;
    QByteArray lines;
    for (const Field &header : headers) {
        lines += header.name + ':' + header.value + '\n';
        made.signedHeaders += (made.signedHeaders.isEmpty() ? "" : ";") + header.name;
    }
    made.canonicalRequest = method + '\n' + canonicalPath(url.path(QUrl::FullyEncoded).toLatin1()) + '\n'
        + query + '\n' + lines + '\n' + made.signedHeaders + '\n' + payloadHash;
    made.stringToSign = algorithm + '\n' + timestamp(scope.time) + '\n' + credentialScope(scope) + '\n'
        + sha256Hex(made.canonicalRequest);
    made.signature = signatureOf(made.stringToSign, credentials, scope);
    return made;
}

QByteArray encodedQuery(const QUrl &url)
{
    return url.query(QUrl::FullyEncoded).toLatin1();
}

} // namespace

QByteArray uriEncoded(QByteArrayView bytes)
{
    return bytes.toByteArray().toPercentEncoding();
}

QByteArray canonicalPath(QByteArrayView encodedPath)
{
    if (encodedPath.isEmpty())
        return "/";
    return encodedPath.toByteArray().toPercentEncoding("/");
}

QByteArray canonicalQuery(QByteArrayView encodedQuery)
{
    std::vector<Field> fields;
    for (const QByteArray &field : encodedQuery.toByteArray().split('&')) {
        if (field.isEmpty())
            continue;
        const qsizetype equals = field.indexOf('=');
        const QByteArray name = equals < 0 ? field : field.first(equals);
        const QByteArray value = equals < 0 ? QByteArray() : field.sliced(equals + 1);
        fields.push_back(Field{.name = uriEncoded(QByteArray::fromPercentEncoding(name)),
                               .value = uriEncoded(QByteArray::fromPercentEncoding(value))});
    }
    std::sort(fields.begin(), fields.end());
    QByteArray query;
    for (const Field &field : fields)
        query += (query.isEmpty() ? "" : "&") + field.name + '=' + field.value;
    return query;
}

QByteArray hostHeader(const QUrl &url)
{
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':'))
        host = '[' + host + ']';
    const QString scheme = url.scheme();
    const int ownPort = scheme == u"https" || scheme == u"wss" ? 443 : 80;
    if (url.port(ownPort) != ownPort)
        host += ':' + QByteArray::number(url.port());
    return host;
}

Result<QByteArray> bodyHash(const RequestBody &body)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    BodyReader reader(body);
    QByteArray bytes(readSize, Qt::Uninitialized);
    for (qint64 count = reader.read(bytes.data(), readSize); count > 0;
         count = reader.read(bytes.data(), readSize))
        hash.addData(QByteArrayView(bytes).first(count));
    if (reader.error())
        return failure(*reader.error());
    return hash.result().toHex();
}

SigningSteps signingSteps(const RequestDraft &draft, const AwsCredentials &credentials,
                          const SigningScope &scope, const QByteArray &hash)
{
    const QByteArray payloadHash = hash.isEmpty() ? sha256Hex(draft.body.bytes()) : hash;
    return steps(draft.method, draft.url, canonicalQuery(encodedQuery(draft.url)), canonicalHeaders(draft),
                 payloadHash, credentials, scope);
}

RequestDraft signedDraft(RequestDraft draft, const AwsCredentials &credentials, const SigningScope &scope,
                         const QByteArray &hash)
{
    draft.headers.append(HttpHeader{.name = "X-Amz-Date", .value = timestamp(scope.time)});
    if (!credentials.sessionToken.isEmpty())
        draft.secretHeaders.append(
            SecretHeader{.name = "X-Amz-Security-Token", .value = credentials.sessionToken});
    const SigningSteps made = signingSteps(draft, credentials, scope, hash);
    const QByteArray value = algorithm + " Credential=" + credentials.accessKeyId + '/'
        + credentialScope(scope) + ", SignedHeaders=" + made.signedHeaders + ", Signature=" + made.signature;
    draft.secretHeaders.append(SecretHeader{.name = "Authorization", .value = Secret(value)});
    return draft;
}

QUrl presignedUrl(const QUrl &url, const AwsCredentials &credentials, const SigningScope &scope,
                  std::chrono::seconds expires)
{
    QByteArray query = encodedQuery(url);
    const auto add = [&query](const QByteArray &name, const QByteArray &value) {
        query += (query.isEmpty() ? "" : "&") + name + '=' + uriEncoded(value);
    };
    add("X-Amz-Algorithm", algorithm.toByteArray());
    add("X-Amz-Credential", credentials.accessKeyId + '/' + credentialScope(scope));
    add("X-Amz-Date", timestamp(scope.time));
    add("X-Amz-Expires", QByteArray::number(qint64(expires.count())));
    add("X-Amz-SignedHeaders", "host");
    if (!credentials.sessionToken.isEmpty())
        add("X-Amz-Security-Token", credentials.sessionToken.reveal());
    const SigningSteps made = steps("GET", url, canonicalQuery(query), {Field{"host", hostHeader(url)}},
                                    sha256Hex({}), credentials, scope);
    add("X-Amz-Signature", made.signature);

    const QByteArray whole = url.toEncoded(QUrl::RemoveQuery | QUrl::RemoveFragment) + '?' + query;
    return QUrl::fromEncoded(whole, QUrl::StrictMode);
}

} // namespace Parlance
