// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"

#include <QObject>
#include <QUrl>

namespace Parlance {

//! The built-in agent: speaks the container contract (/invocations, /ping, /ws) over loopback HTTP, in
//! a thread of its own.
class DemoServer : public QObject
{
    Q_OBJECT
public:
    explicit DemoServer(QObject *parent = nullptr);
    ~DemoServer() override;

    //! Listens on 127.0.0.1. port 0: any free one. Gives the base URL, "http://127.0.0.1:<port>".
    Result<QUrl> start(quint16 port = 0);
};

} // namespace Parlance
