// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/requestfactory.h"
#include "core/result.h"

#include <QFuture>
#include <QObject>

namespace Parlance {

class HttpCaller;

enum class SessionEnd {
    Ended,
    WasGone, //!< the service does not know it, or not any more
};

//! Ends sessions at the service. A call is repeated where the service asks for that, always with the same
//! token, so that it counts once.
class SessionEnder : public QObject
{
    Q_OBJECT
public:
    //! What is handed in must outlive this. http may be null: nothing can be ended then.
    SessionEnder(SessionEndFactory make, HttpCaller *http, LearnFromRefusal learn, QObject *parent = nullptr);

    //! The question's body is not used. Calls that run when this goes end as cancelled.
    QFuture<Result<SessionEnd>> end(const AgentQuestion &which);

private:
    SessionEndFactory m_make;
    HttpCaller *m_http;
    LearnFromRefusal m_learn;
};

} // namespace Parlance
