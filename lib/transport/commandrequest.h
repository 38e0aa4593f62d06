// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/command.h"
#include "transport/invokerequest.h"

namespace Parlance {

//! One command on the machine of a session. Its answer is an event stream that says how the command ended;
//! one that ends before that was cut. Waits longer than the command may take, however silent it is.
class CommandRequest : public InvokeRequest
{
    Q_OBJECT
public:
    CommandRequest(RequestDraft draft, std::shared_ptr<Authorizer> authorizer, NetworkPolicy *network,
                   std::chrono::milliseconds connectTimeout, std::chrono::milliseconds idleTimeout,
                   std::chrono::seconds commandTimeout, QObject *parent = nullptr);

    //! After its time is over the service needs a while to end the command and to say so.
    static constexpr std::chrono::seconds grace{60};

protected:
    bool isAnswer(QByteArrayView contentType) const override;
    Error refusal(const HttpAnswer &answer) const override;
    void onFramesRead(const std::vector<Frame> &frames) override;
    std::optional<ErrorKind> missingAtEnd() const override;

private:
    bool m_hasEnded = false; //!< a frame said so
};

} // namespace Parlance
