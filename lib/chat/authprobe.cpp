// SPDX-License-Identifier: Apache-2.0
#include "chat/authprobe.h"

#include "auth/oauthclient.h"
#include "core/whendone.h"
#include "transport/authchallenge.h"
#include "transport/controlplane.h"
#include "transport/errorsentence.h"

#include <QPromise>

namespace Parlance {
namespace {

using Kind = AuthFinding::Kind;

// One probe, from the refusal to who issues tokens. Ends itself.
class Probing : public QObject
{
public:
    Probing(HttpCaller *http, AgentTarget target, QString qualifier, std::optional<NetworkSettings> network,
            QObject *parent)
        : QObject(parent)
        , m_http(http)
        , m_target(std::move(target))
        , m_qualifier(std::move(qualifier))
        , m_network(std::move(network))
    {
        m_promise.start();
    }

    QFuture<Result<AuthFinding>> start(const RequestDraft &draft)
    {
        whenDone(
            m_http->call(draft), this, [this](const Result<HttpReply> &reply) { onReply(reply); },
            [this] { end(failure(plainError(ErrorKind::Cancelled))); });
        return m_promise.future();
    }

private:
    bool isRuntime() const { return std::holds_alternative<RuntimeTarget>(m_target); }

    void onReply(const Result<HttpReply> &reply)
    {
        const Result<HttpReply> good = goodReply(reply);
        if (good) {
            end(AuthFinding{.kind = Kind::None});
            return;
        }
        const Error &error = good.error();
        if (error.httpStatus == 0 || error.kind == ErrorKind::ProxyPage
            || error.kind == ErrorKind::Redirected)
            end(failure(error));
        else if (error.httpStatus == 401)
            readMetadata(reply->header("www-authenticate"), Kind::OAuth, {});
        else if (error.httpStatus == 403 && isRuntime())
            end(AuthFinding{.kind = Kind::Iam});
        else if (isRuntime() && error.exceptionType == QLatin1String("ResourceNotFoundException"))
            end(failure(error));
        else if (isRuntime())
            // Not what the service is known to answer. It may still say who issues tokens.
            readMetadata({}, Kind::Unknown, unclear(error));
        else if (error.httpStatus == 404 || error.httpStatus == 405)
            // What a container says to GET: it let us in.
            end(AuthFinding{.kind = Kind::None});
        else
            end(AuthFinding{.kind = Kind::Unknown, .sentence = unclear(error)});
    }

    static QString unclear(const Error &error)
    {
        return AuthProbe::tr("The answer (HTTP %1) does not tell how to sign in to this agent.")
            .arg(error.httpStatus);
    }

    // otherwise: what is known if there is no metadata, and the sentence for that.
    void readMetadata(const QByteArray &challenge, Kind otherwise, const QString &sentence)
    {
        Result<RequestDraft> draft = resourceMetadataDraft(m_target, m_qualifier, challenge);
        if (!draft) {
            end(AuthFinding{.kind = otherwise, .sentence = draft.error().message});
            return;
        }
        draft->network = m_network;
        whenDone(
            m_http->call(*draft), this,
            [this, challenge, otherwise, sentence](const Result<HttpReply> &reply) {
                const Result<ResourceMetadata> metadata = readResourceMetadata(reply);
                if (metadata) {
                    const QStringList asked = challengedScopes(challenge);
                    findIssuer(AuthFinding{.kind = Kind::OAuth,
                                           .issuer = metadata->issuer,
                                           .scopes = asked.isEmpty() ? metadata->scopes : asked});
                    return;
                }
                end(AuthFinding{.kind = otherwise,
                                .sentence = sentence.isEmpty() ? metadata.error().message : sentence});
            },
            [this] { end(failure(plainError(ErrorKind::Cancelled))); });
    }

    void findIssuer(const AuthFinding &finding)
    {
        whenDone(
            discoverEndpoints(m_http, finding.issuer), this,
            [this, finding](const Result<OAuthEndpoints> &endpoints) {
                AuthFinding found = finding;
                if (!endpoints)
                    found.sentence = endpoints.error().message;
                end(found);
            },
            [this] { end(failure(plainError(ErrorKind::Cancelled))); });
    }

    void end(const Result<AuthFinding> &result)
    {
        deleteLater();
        QPromise<Result<AuthFinding>> promise = std::move(m_promise);
        promise.addResult(result);
        promise.finish();
    }

    HttpCaller *m_http;
    AgentTarget m_target;
    QString m_qualifier;
    std::optional<NetworkSettings> m_network;
    QPromise<Result<AuthFinding>> m_promise;
};

} // namespace

AuthProbe::AuthProbe(HttpCaller *http, QObject *parent)
    : QObject(parent)
    , m_http(http)
{
}

QFuture<Result<AuthFinding>> AuthProbe::probe(const AgentTarget &target, const QString &qualifier,
                                              const std::optional<NetworkSettings> &network)
{
    const auto ready = [](const Result<AuthFinding> &result) { return QtFuture::makeReadyFuture(result); };
    if (std::holds_alternative<BuiltInTarget>(target))
        return ready(AuthFinding{.kind = Kind::None});
    Result<RequestDraft> draft = unprovenDraft(target, qualifier);
    if (!draft)
        return ready(failure(draft.error()));
    if (!m_http)
        return ready(failure(plainError(ErrorKind::Cancelled)));
    draft->network = network;
    auto *probing = new Probing(m_http, target, qualifier, network, this);
    return probing->start(*draft);
}

} // namespace Parlance
