// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/noauthorizer.h"
#include "transport/invokerequest.h"

#include <QElapsedTimer>

#include <chrono>
#include <memory>
#include <vector>

namespace Parlance {

//! Proves itself with one secret header, at once.
class FixedTokenAuthorizer : public Authorizer
{
public:
    explicit FixedTokenAuthorizer(QByteArray token)
        : m_token(std::move(token))
    {
    }
    QFuture<Result<RequestDraft>> authorize(RequestDraft draft) override
    {
        draft.secretHeaders.append(
            {QByteArrayLiteral("Authorization"), Secret(QByteArray("Bearer " + m_token))});
        return QtFuture::makeReadyFuture(Result<RequestDraft>(std::move(draft)));
    }

private:
    QByteArray m_token;
};

struct ExchangeOptions
{
    std::chrono::milliseconds connectTimeout{10'000};
    std::chrono::milliseconds idleTimeout{60'000};
    std::shared_ptr<Authorizer> authorizer = std::make_shared<NoAuthorizer>();
    QByteArray body = QByteArrayLiteral("{\"prompt\":\"hi\"}");
    QList<HttpHeader> headers = {
        {QByteArrayLiteral("Content-Type"), QByteArrayLiteral("application/json")},
        {QByteArrayLiteral("Accept"), QByteArrayLiteral("text/event-stream, application/json")},
        {QByteArrayLiteral("X-Amzn-Bedrock-AgentCore-Runtime-Session-Id"),
         QByteArrayLiteral("0f2e1d3c-4b5a-6978-8796-a5b4c3d2e1f0")},
    };
};

//! A policy on a machine that sleeps when a test says so.
class SleepingNetwork : public NetworkPolicy
{
public:
    SleepingNetwork()
    {
        setSleepClock([this] { return asleep; });
    }
    std::chrono::milliseconds asleep{0};
};

//! A request with all that it tells, in the order it tells it.
class Exchange : public QObject
{
    Q_OBJECT
public:
    Exchange(const QUrl &url, NetworkPolicy *network, const ExchangeOptions &options = {})
        : request(std::make_unique<InvokeRequest>(RequestDraft{.method = QByteArrayLiteral("POST"),
                                                               .url = url,
                                                               .headers = options.headers,
                                                               .body = options.body},
                                                  options.authorizer, network, options.connectTimeout,
                                                  options.idleTimeout))
    {
        connect(request.get(), &AgentRequest::headersReceived, this, [this](const ResponseHead &received) {
            head = received;
            ++heads;
            story += 'h';
        });
        connect(request.get(), &AgentRequest::framesReceived, this, [this](const std::vector<Frame> &batch) {
            frames.insert(frames.end(), batch.begin(), batch.end());
            largestBatch = std::max(largestBatch, batch.size());
            if (!story.endsWith('f'))
                story += 'f';
            if (onFrames)
                onFrames();
        });
        connect(request.get(), &AgentRequest::finished, this, [this](const std::optional<Error> &result) {
            error = result;
            ++finishes;
            story += 'e';
        });
    }

    QByteArray text() const
    {
        QByteArray all;
        for (const Frame &frame : frames)
            all += frame.payload;
        return all;
    }
    bool isFinished() const { return finishes > 0; }

    std::unique_ptr<InvokeRequest> request;
    ResponseHead head;
    std::vector<Frame> frames;
    std::optional<Error> error;
    std::function<void()> onFrames;
    std::size_t largestBatch = 0;
    int heads = 0;
    int finishes = 0;
    QByteArray story; //!< h: headers, f: frames, e: end
};

} // namespace Parlance
