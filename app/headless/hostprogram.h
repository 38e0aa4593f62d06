// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/hostreport.h"
#include "headless/commandparts.h"

#include <QCoreApplication>

namespace Parlance {

//! "doctor --host": goes the way to a host without sending anything, and prints what is there.
class HostProgram : public QObject
{
    Q_OBJECT
public:
    //! A host, with a port or without, or an address with http or https. Errors: InvalidTarget.
    static Result<QUrl> parse(const QString &written);

    HostProgram(QUrl url, bool isJson, CommandParts parts);

    //! Queues the test; QCoreApplication::exit() follows.
    void start();

private:
    void print(const HostReport &report) const;

    QUrl m_url;
    bool m_isJson;
    CommandParts m_parts;
};

} // namespace Parlance
