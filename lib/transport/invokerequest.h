// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/authorizer.h"
#include "core/requestdraft.h"
#include "transport/agentrequest.h"
#include "transport/httperror.h"
#include "transport/networkpolicy.h"
#include "transport/secretmask.h"
#include "transport/silencetimer.h"

#include <QElapsedTimer>
#include <QPointer>

#include <chrono>
#include <memory>

class QNetworkReply;

namespace Parlance {

class FrameDecoder;

//! One question over HTTP. Sends once, whatever happens. Reads in bounded pieces, so that a flood
//! keeps neither the window nor cancel() waiting.
class InvokeRequest : public AgentRequest
{
    Q_OBJECT
public:
    //! connectTimeout counts until the request goes out; idleTimeout is silence after that, never a
    //! limit on the whole answer. The policy must outlive the request.
    InvokeRequest(RequestDraft draft, std::shared_ptr<Authorizer> authorizer, NetworkPolicy *network,
                  std::chrono::milliseconds connectTimeout, std::chrono::milliseconds idleTimeout,
                  QObject *parent = nullptr);
    ~InvokeRequest() override;

    void start() override;
    void cancel() override;
    std::vector<Secret> secrets() const override { return m_mask.secrets(); }

protected:
    //! For another kind of answer: whether a body of that type is one, else it is read as a refusal.
    virtual bool isAnswer(QByteArrayView contentType) const;
    virtual Error refusal(const HttpAnswer &answer) const { return httpError(answer); }
    //! Called before anybody sees the frames.
    virtual void onFramesRead(const std::vector<Frame> &) { }
    //! What is missing from an answer whose body ended as it should.
    virtual std::optional<ErrorKind> missingAtEnd() const;
    bool hasFrames() const { return m_hasFrames; }

private:
    enum class State { New, Authorizing, Sent, Answer, Refusal, Done };

    void findRoute(const RequestDraft &draft);
    void send(const RequestDraft &draft, const NetworkRoute &route);
    void onRequestSent();
    void onUploadProgress(qint64 sent, qint64 total);
    void onHeaders();
    void onReadyRead();
    void onReplyFinished();
    void onConnectTimeout();
    void onSilence();
    void readSome();
    void readAnswer();
    void readRefusal();
    void readLater();
    void endOfBody();
    void finishRefusal();
    void fail(ErrorKind kind, const QString &detail = {});
    void finish(std::optional<Error> error);
    void closeConnection();
    //! False if this request ended, or was deleted, while others saw the frames.
    bool deliver(std::vector<Frame> &frames);
    std::chrono::microseconds sinceSend() const;

    RequestDraft m_draft;
    std::shared_ptr<Authorizer> m_authorizer;
    NetworkPolicy *m_network;
    std::chrono::milliseconds m_connectTimeout;
    std::chrono::milliseconds m_idleTimeout;

    State m_state = State::New;
    NetworkLease m_lease;
    QPointer<QNetworkReply> m_reply;
    std::unique_ptr<FrameDecoder> m_decoder;
    bool m_usesProxy = false;
    SecretMask m_mask;
    HttpAnswer m_answer;
    QElapsedTimer m_sinceSend;
    QTimer m_connectTimer;
    SilenceTimer m_silence;
    int m_nextSequence = 0;
    bool m_hasFrames = false;
    bool m_isReadPending = false;
    bool m_isReplyFinished = false;
    QString m_tlsProblem;
};

} // namespace Parlance
