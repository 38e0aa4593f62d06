// SPDX-License-Identifier: Apache-2.0
#include "transport/hostlookup.h"

#include "core/whendone.h"
#include "transport/errorsentence.h"
#include "transport/networkpolicy.h"
#include "transport/networkroute.h"

#include <QHostAddress>
#include <QHostInfo>

namespace Parlance {

HostLookup::HostLookup(NetworkPolicy *network, QObject *parent)
    : QObject(parent)
    , m_network(network)
{
}

HostLookup::~HostLookup()
{
    if (m_lookup)
        QHostInfo::abortHostLookup(*m_lookup);
}

void HostLookup::start(const QUrl &url, const std::optional<NetworkSettings> &own)
{
    if (!m_network) {
        QMetaObject::invokeMethod(
            this, [this, url] { onRouteFound(url, false); }, Qt::QueuedConnection);
        return;
    }
    whenDone(
        m_network->prepare(url, own), this,
        [this, url](const Result<NetworkRoute> &route) {
            if (route)
                onRouteFound(url, route->usesProxy());
            else
                Q_EMIT finished(failure(route.error()));
        },
        [this] { Q_EMIT finished(failure(plainError(ErrorKind::Internal))); });
}

void HostLookup::onRouteFound(const QUrl &url, bool usesProxy)
{
    if (usesProxy || !QHostAddress(url.host()).isNull()) {
        Q_EMIT finished(usesProxy ? Kind::ByProxy : Kind::Address);
        return;
    }
    m_lookup = QHostInfo::lookupHost(url.host(), this, [this](const QHostInfo &found) {
        m_lookup.reset();
        if (found.error() == QHostInfo::NoError && !found.addresses().isEmpty()) {
            Q_EMIT finished(Kind::Name);
            return;
        }
        Error error = plainError(ErrorKind::HostNotFound);
        error.serverMessage = found.errorString();
        Q_EMIT finished(failure(std::move(error)));
    });
}

} // namespace Parlance
