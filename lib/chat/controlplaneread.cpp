// SPDX-License-Identifier: Apache-2.0
#include "chat/controlplaneread.h"

#include "auth/authorizer.h"
#include "chat/identitybook.h"
#include "chat/retrypolicy.h"
#include "core/whendone.h"
#include "transport/controlplane.h"
#include "transport/endpoint.h"
#include "transport/errorsentence.h"

#include <QRandomGenerator>

namespace Parlance {

ControlPlaneRead::ControlPlaneRead(Place place, DraftOf draftOf, Take take, QObject *parent)
    : QObject(parent)
    , m_place(std::move(place))
    , m_draftOf(std::move(draftOf))
    , m_take(std::move(take))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ControlPlaneRead::ask);
}

void ControlPlaneRead::start()
{
    m_timer.start(0);
}

void ControlPlaneRead::ask()
{
    const Identity *identity = m_place.identities->find(m_place.identity);
    if (!identity || !identity->isAws() || !m_place.http) {
        end(Error{.kind = ErrorKind::SecretMissing,
                  .message = tr("What an account has deployed can only be read with AWS keys.")});
        return;
    }
    const Result<QUrl> base = controlPlaneUrl(m_place.region);
    if (!base) {
        end(base.error());
        return;
    }
    const Agent asking{.auth = AuthMethod::Identity, .identity = m_place.identity};
    const auto authorizer = m_place.identities->authorizer(asking, m_place.region.toLatin1());
    ++m_attempts;
    const auto cancelled = [this] { end(plainError(ErrorKind::Cancelled)); };
    whenDone(
        authorizer->authorize(m_draftOf(*base, m_token)), this,
        [this, authorizer, cancelled](const Result<RequestDraft> &draft) {
            if (!draft) {
                end(draft.error());
                return;
            }
            whenDone(
                m_place.http->call(*draft), this, [this](const Result<HttpReply> &reply) { onReply(reply); },
                cancelled);
        },
        cancelled);
}

void ControlPlaneRead::onReply(const Result<HttpReply> &reply)
{
    const Result<QString> next = m_take(reply);
    if (!next) {
        onRefused(next.error());
        return;
    }
    if (next->isEmpty()) {
        end(std::nullopt);
        return;
    }
    if (*next == m_token) {
        // It would go round for ever.
        end(plainError(ErrorKind::ServerError));
        return;
    }
    m_token = *next;
    m_attempts = 0;
    m_timer.start(0);
}

void ControlPlaneRead::onRefused(const Error &error)
{
    const Agent asking{.auth = AuthMethod::Identity, .identity = m_place.identity};
    if (!m_hasLearned && m_place.identities->learnFrom(asking, error)) {
        m_hasLearned = true;
        m_timer.start(0);
        return;
    }
    const auto delay = retryDelay(error, m_attempts, true, QRandomGenerator::global()->generateDouble());
    if (delay)
        m_timer.start(*delay);
    else
        end(error);
}

void ControlPlaneRead::end(const std::optional<Error> &error)
{
    Q_EMIT finished(error);
}

} // namespace Parlance
