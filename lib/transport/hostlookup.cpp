// SPDX-License-Identifier: Apache-2.0
#include "transport/hostlookup.h"

#include "transport/errorsentence.h"
#include "transport/networkpolicy.h"

#include <QHostAddress>
#include <QHostInfo>

namespace Parlance {

HostLookup::~HostLookup()
{
    if (m_lookup)
        QHostInfo::abortHostLookup(*m_lookup);
}

HostLookup::Kind HostLookup::kindOf(const QUrl &url)
{
    if (NetworkPolicy::usesProxy(url))
        return Kind::ByProxy;
    return QHostAddress(url.host()).isNull() ? Kind::Name : Kind::Address;
}

void HostLookup::start(const QUrl &url)
{
    m_lookup = QHostInfo::lookupHost(url.host(), this, [this](const QHostInfo &found) {
        m_lookup.reset();
        std::optional<Error> error;
        if (found.error() != QHostInfo::NoError || found.addresses().isEmpty()) {
            error = plainError(ErrorKind::HostNotFound);
            error->serverMessage = found.errorString();
        }
        Q_EMIT finished(error);
    });
}

} // namespace Parlance
