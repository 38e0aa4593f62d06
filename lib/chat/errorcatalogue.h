// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "core/error.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace Parlance {

//! What a person can do about an error from its card, in the order to offer.
enum class ErrorAction { Retry, EditAgent, SetToken, NewSession, SignIn, ChooseIdentity, OpenLogs };

struct ErrorWords
{
    QString title = {}; //!< what happened, one sentence
    QString advice = {}; //!< why, and what to do, one or two sentences
    QStringList causes = {}; //!< likely causes, most likely first, for Details
    QList<ErrorAction> actions = {}; //!< at most two
};

//! The one place that turns an error into words for a person. agent may be null.
ErrorWords errorWords(const Error &error, const Agent *agent);

//! Everything Details shows and Copy copies: kind, status, exception, request id, server's words, body.
QString errorDetails(const Error &error);

} // namespace Parlance
