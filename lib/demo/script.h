// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"

#include <QByteArray>
#include <QList>

#include <chrono>
#include <functional>
#include <vector>

namespace Parlance {

//! A request as the built-in agent received it.
struct DemoRequest
{
    QByteArray method = {};
    QByteArray path = {}; //!< with the query, as on the wire
    QList<HttpHeader> headers = {};
    QByteArray body = {};

    //! Empty if there is none. The name's case does not matter.
    QByteArray header(QByteArrayView name) const
    {
        for (const HttpHeader &each : headers) {
            if (each.name.compare(name, Qt::CaseInsensitive) == 0)
                return each.value;
        }
        return {};
    }
};

//! Waits, then writes.
struct DemoStep
{
    QByteArray bytes = {};
    std::chrono::milliseconds delay{0};
};

enum class DemoEnd {
    Whole, //!< ends the answer as HTTP wants it
    Cut, //!< closes the connection in the middle of the answer
    Stall, //!< goes silent and keeps the connection open
};

//! One answer, played exactly as written.
struct DemoScript
{
    int status = 200;
    QList<HttpHeader> headers = {}; //!< Content-Type and so on; framing and session are added
    std::chrono::milliseconds headDelay{0};
    bool sendsHead = true; //!< false: not one byte before the end
    std::vector<DemoStep> steps = {};
    DemoEnd end = DemoEnd::Whole;
};

using DemoHandler = std::function<DemoScript(const DemoRequest &)>;

} // namespace Parlance
