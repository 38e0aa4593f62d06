// SPDX-License-Identifier: Apache-2.0
#include "transport/picturefetch.h"

#include "auth/httpcaller.h"
#include "core/requestdraft.h"

#include <QCoreApplication>
#include <QPromise>

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::PictureFetch)
};

constexpr int maxRedirects = 4;

QFuture<Result<QByteArray>> ready(Result<QByteArray> result)
{
    QPromise<Result<QByteArray>> promise;
    promise.start();
    promise.addResult(std::move(result));
    promise.finish();
    return promise.future();
}

QFuture<Result<QByteArray>> failed(ErrorKind kind, const QString &message)
{
    Error error;
    error.kind = kind;
    error.message = message;
    return ready(tl::unexpected(std::move(error)));
}

using Network = std::optional<NetworkSettings>;

QFuture<Result<QByteArray>> fetch(HttpCaller *caller, const QUrl &url, const Network &network, int redirects)
{
    RequestDraft draft{.method = "GET", .url = url, .headers = {{"Accept", "image/*"}}, .network = network};
    return caller->call(std::move(draft))
        .then([caller, url, network, redirects](const Result<HttpReply> &reply) {
            if (!reply)
                return ready(tl::unexpected(reply.error()));
            if (reply->isGood())
                return ready(reply->body);
            const QByteArray location = reply->header("Location");
            if (reply->status < 300 || reply->status > 399 || location.isEmpty())
                return failed(ErrorKind::BadRequest,
                              Words::tr("The server answered with status %1.").arg(reply->status));
            const QUrl next = url.resolved(QUrl::fromEncoded(location));
            if (redirects <= 0)
                return failed(ErrorKind::Redirected, Words::tr("The picture was moved too often."));
            // What came by TLS is not fetched in the clear, nor from the machine this runs on.
            const bool mayFollow =
                next.scheme() == u"https"_s || (next.scheme() == u"http"_s && url.scheme() == u"http"_s);
            if (!mayFollow)
                return failed(ErrorKind::Redirected,
                              Words::tr("The picture was moved to an unsafe address."));
            return fetch(caller, next, network, redirects - 1);
        })
        .unwrap();
}

} // namespace

QFuture<Result<QByteArray>> fetchPicture(HttpCaller *caller, const QUrl &url, const Network &network)
{
    return fetch(caller, url, network, maxRedirects);
}

} // namespace Parlance
