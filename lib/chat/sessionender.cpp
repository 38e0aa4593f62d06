// SPDX-License-Identifier: Apache-2.0
#include "chat/sessionender.h"

#include "auth/authorizer.h"
#include "auth/httpcaller.h"
#include "chat/retrypolicy.h"
#include "core/whendone.h"
#include "transport/controlplane.h"
#include "transport/errorsentence.h"
#include "transport/secretmask.h"

#include <QPromise>
#include <QRandomGenerator>
#include <QTimer>
#include <QUuid>

namespace Parlance {
namespace {

//! One session on its way to its end.
class Ending : public QObject
{
public:
    Ending(SessionEndFactory make, HttpCaller *http, LearnFromRefusal learn, AgentQuestion which,
           QObject *parent)
        : QObject(parent)
        , m_make(std::move(make))
        , m_http(http)
        , m_learn(std::move(learn))
        , m_which(std::move(which))
    {
        m_promise.start();
        m_again.setSingleShot(true);
        connect(&m_again, &QTimer::timeout, this, &Ending::ask);
        m_again.start(0);
    }

    QFuture<Result<SessionEnd>> future() { return m_promise.future(); }

private:
    void ask()
    {
        Result<SessionEndCall> call = m_make(m_which, m_token);
        if (!call || !m_http) {
            finish(failure(call ? plainError(ErrorKind::Cancelled) : call.error()));
            return;
        }
        ++m_attempts;
        const auto cancelled = [this] { finish(failure(plainError(ErrorKind::Cancelled))); };
        whenDone(
            call->authorizer->authorize(std::move(call->draft)), this,
            [this, authorizer = call->authorizer, cancelled](const Result<RequestDraft> &draft) {
                if (!draft) {
                    finish(failure(draft.error()));
                    return;
                }
                m_mask = SecretMask(draft->secretHeaders);
                whenDone(
                    m_http->call(*draft), this, [this](const Result<HttpReply> &reply) { onReply(reply); },
                    cancelled);
            },
            cancelled);
    }

    void onReply(const Result<HttpReply> &reply)
    {
        const Result<HttpReply> good = goodReply(reply);
        if (good) {
            finish(SessionEnd::Ended);
            return;
        }
        Error error = good.error();
        m_mask.apply(error);
        if (error.kind == ErrorKind::NotFound) {
            finish(SessionEnd::WasGone);
            return;
        }
        if (!m_hasLearned && m_learn && m_learn(m_which, error)) {
            m_hasLearned = true;
            m_again.start(0);
            return;
        }
        const auto delay = retryDelay(error, m_attempts, true, QRandomGenerator::global()->generateDouble());
        if (delay)
            m_again.start(*delay);
        else
            finish(failure(std::move(error)));
    }

    void finish(const Result<SessionEnd> &result)
    {
        deleteLater();
        QPromise<Result<SessionEnd>> promise = std::move(m_promise);
        promise.addResult(result);
        promise.finish();
    }

    SessionEndFactory m_make;
    HttpCaller *m_http;
    LearnFromRefusal m_learn;
    AgentQuestion m_which;
    const QString m_token = QUuid::createUuid().toString(QUuid::WithoutBraces);
    SecretMask m_mask;
    QTimer m_again;
    int m_attempts = 0;
    bool m_hasLearned = false;
    QPromise<Result<SessionEnd>> m_promise;
};

} // namespace

SessionEnder::SessionEnder(SessionEndFactory make, HttpCaller *http, LearnFromRefusal learn, QObject *parent)
    : QObject(parent)
    , m_make(std::move(make))
    , m_http(http)
    , m_learn(std::move(learn))
{
}

QFuture<Result<SessionEnd>> SessionEnder::end(const AgentQuestion &which)
{
    auto *ending = new Ending(m_make, m_http, m_learn, which, this);
    return ending->future();
}

} // namespace Parlance
