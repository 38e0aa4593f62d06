// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "core/frame.h"
#include "core/message.h"
#include "core/secret.h"

#include <QObject>

#include <chrono>
#include <optional>
#include <vector>

namespace Parlance {

struct ResponseHead
{
    int httpStatus = 0;
    QByteArray contentType = {}; //!< as sent, with parameters
    ResponseIds ids = {};
    std::chrono::microseconds sinceSend{0};
    QByteArray mcpSession = {}; //!< Mcp-Session-Id, of MCP servers that keep one
};

//! How far a request has come before its answer.
enum class RequestStep {
    Card, //!< what is known of an A2A agent's card is known
    Authorized, //!< it holds what proves the person, if anything does
    Connecting,
    Secured, //!< TLS is agreed on
    Sent,
};

//! One exchange with an agent, from send to end. Never retries by itself.
class AgentRequest : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void start() = 0;
    //! Closes the connection. finished() follows, queued, with ErrorKind::Cancelled.
    virtual void cancel() = 0;
    //! What went into the request and must not be shown should the agent tell it. Known with the headers.
    //! Frames come without it; text that is put together from several frames may still hold it.
    virtual std::vector<Secret> secrets() const { return {}; }

Q_SIGNALS:
    //! What the person may want to know of the request, in words. Stands until other words come.
    void noted(const QString &words);
    //! Each at most once, in this order, when it happens. A connection that was open already is not
    //! connected, without TLS nothing is secured, and few have a card.
    void stepReached(Parlance::RequestStep step);
    //! How much of the request's body is on its way, now and then.
    void uploadProgressed(qint64 sent, qint64 total);
    //! At most once, before any frame.
    void headersReceived(const Parlance::ResponseHead &head);
    //! In order; sequence numbers count from 0 without gaps.
    void framesReceived(const std::vector<Parlance::Frame> &frames);
    //! Exactly once, after the last frame, queued: never from inside start() or cancel().
    //! No error: the answer is whole.
    void finished(const std::optional<Parlance::Error> &error);
};

} // namespace Parlance
