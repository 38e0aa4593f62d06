// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"

#include <QObject>
#include <QUrl>

#include <optional>

namespace Parlance {

//! Looks up the host of an address, as a request to it will, so that how long that takes can be told apart.
class HostLookup : public QObject
{
    Q_OBJECT
public:
    enum class Kind {
        Name,
        Address, //!< there is no name to look up
        ByProxy, //!< the proxy does it
    };

    using QObject::QObject;
    ~HostLookup() override;

    static Kind kindOf(const QUrl &url);
    //! Once, and only for a name.
    void start(const QUrl &url);

Q_SIGNALS:
    //! Exactly once. Error: HostNotFound.
    void finished(const std::optional<Parlance::Error> &error);

private:
    std::optional<int> m_lookup;
};

} // namespace Parlance
