// SPDX-License-Identifier: Apache-2.0
#include "transport/networkcaller.h"

#include "core/whendone.h"
#include "transport/endpoint.h"
#include "transport/errorsentence.h"
#include "transport/networkerror.h"
#include "transport/networkpolicy.h"
#include "transport/networkroute.h"
#include "transport/uploaddevice.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPromise>
#include <QTimer>

#include <memory>

namespace Parlance {
namespace {

// One call, from send to end. Lives as long as its reply.
class Call : public QObject
{
public:
    Call(NetworkLease lease, const RequestDraft &draft, bool usesProxy, std::chrono::milliseconds limit,
         std::shared_ptr<QPromise<Result<HttpReply>>> promise, QObject *parent)
        : QObject(parent)
        , m_lease(std::move(lease))
        , m_usesProxy(usesProxy)
        , m_promise(std::move(promise))
    {
        // Over a connection of its own, which tries every address of the host.
        QNetworkRequest request = NetworkPolicy::streamRequest(draft.url);
        for (const HttpHeader &header : draft.headers)
            request.setRawHeader(header.name, header.value);
        for (const SecretHeader &header : draft.secretHeaders)
            request.setRawHeader(header.name, header.value.reveal());
        if (!draft.body.isEmpty() || draft.method == "POST") {
            request.setHeader(QNetworkRequest::ContentLengthHeader, draft.body.size());
            request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
            auto *body = new UploadDevice(draft.body, this);
            m_reply = m_lease.manager()->sendCustomRequest(request, draft.method, body);
        } else {
            m_reply = m_lease.manager()->sendCustomRequest(request, draft.method);
        }
        m_reply->setParent(this);
        connect(m_reply, &QNetworkReply::readyRead, this, &Call::onReadyRead);
        connect(m_reply, &QNetworkReply::finished, this, &Call::onFinished);
        connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
            if (!errors.isEmpty())
                m_tlsProblem = errors.constFirst().errorString();
        });
        connect(&m_timer, &QTimer::timeout, this,
                [this] { end(failure(plainError(ErrorKind::ConnectTimedOut))); });
        m_timer.setSingleShot(true);
        m_timer.start(limit);
    }

private:
    void onReadyRead()
    {
        m_body += m_reply->readAll();
        if (m_body.size() > NetworkCaller::maximumBody)
            end(failure(plainError(ErrorKind::FrameTooLarge)));
    }

    void onFinished()
    {
        m_body += m_reply->readAll();
        const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const bool isCut = m_reply->error() == QNetworkReply::RemoteHostClosedError;
        if (!m_tlsProblem.isEmpty() || status == 0 || isCut) {
            Error error = networkFailure(*m_reply, m_usesProxy);
            if (!m_tlsProblem.isEmpty()) {
                error = plainError(ErrorKind::TlsFailed);
                error.serverMessage = m_tlsProblem;
            }
            end(failure(std::move(error)));
            return;
        }
        HttpReply answer{.status = status, .body = m_body};
        for (const auto &[name, value] : m_reply->rawHeaderPairs())
            answer.headers.append(HttpHeader{.name = name, .value = value});
        end(answer);
    }

    void end(const Result<HttpReply> &result)
    {
        m_timer.stop();
        m_reply->disconnect(this);
        m_reply->abort();
        m_lease.giveBack();
        deleteLater();
        // Whoever waits may do anything then, also end what this belongs to.
        const auto promise = std::move(m_promise);
        promise->addResult(result);
        promise->finish();
    }

    NetworkLease m_lease;
    bool m_usesProxy;
    QNetworkReply *m_reply = nullptr;
    QTimer m_timer;
    QString m_tlsProblem;
    QByteArray m_body;
    std::shared_ptr<QPromise<Result<HttpReply>>> m_promise;
};

} // namespace

NetworkCaller::NetworkCaller(NetworkPolicy *network, std::chrono::milliseconds limit, QObject *parent)
    : QObject(parent)
    , m_network(network)
    , m_limit(limit)
{
}

QFuture<Result<HttpReply>> NetworkCaller::call(RequestDraft draft)
{
    if (!m_network)
        return QtFuture::makeReadyFuture(Result<HttpReply>(failure(plainError(ErrorKind::Cancelled))));
    // Passwords and tokens travel in these calls, and no agent's permission covers them.
    if (draft.url.scheme() != u"https" && !isLoopback(draft.url))
        return QtFuture::makeReadyFuture(Result<HttpReply>(failure(plainError(ErrorKind::InsecureHttp))));
    const auto promise = std::make_shared<QPromise<Result<HttpReply>>>();
    promise->start();
    whenDone(
        m_network->prepare(draft.url, draft.network), this,
        [this, draft, promise](const Result<NetworkRoute> &route) {
            if (route && m_network) {
                new Call(m_network->lease(draft.url, *route), draft, route->usesProxy(), m_limit, promise,
                         this);
                return;
            }
            promise->addResult(failure(route ? plainError(ErrorKind::Cancelled) : route.error()));
            promise->finish();
        },
        [promise] {
            promise->addResult(failure(plainError(ErrorKind::Cancelled)));
            promise->finish();
        });
    return promise->future();
}

} // namespace Parlance
