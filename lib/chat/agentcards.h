// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/requestfactory.h"
#include "wire/a2acard.h"

#include <QFuture>
#include <QObject>
#include <QPromise>

#include <map>
#include <vector>

namespace Parlance {

//! An A2A agent's card, or what is assumed instead.
struct KnownCard
{
    A2aCard card = {};
    QString note = {}; //!< why it is assumed; empty: it was read
};

//! The cards of A2A agents. Each is read once for each version of an agent that is served, however many wait.
class AgentCards : public QObject
{
    Q_OBJECT
public:
    using Requests = std::vector<std::function<Result<std::unique_ptr<AgentRequest>>()>>;
    using QObject::QObject;

    //! Without the network if it is known. The requests are tried in turn.
    QFuture<KnownCard> card(const AgentQuestion &question, Requests requests);
    //! Asks again the next time: what is known does not fit, or what went wrong may have to do with it.
    void forget(const AgentQuestion &question);

    //! Calls a task off in the way the agent was asked, as far as that is remembered.
    QFuture<Result<TaskStatus>>
    cancel(const AgentQuestion &question,
           const std::function<Result<std::unique_ptr<AgentRequest>>(const A2aCard &)> &make);

private:
    struct Entry
    {
        std::optional<A2aCard> card = std::nullopt;
        std::vector<QPromise<KnownCard>> waiting = {};
    };

    static QString keyOf(const AgentQuestion &question);
    void tryNext(const QString &key, Requests requests, const std::optional<Error> &before);
    void settle(const QString &key, const KnownCard &known);

    std::map<QString, Entry> m_entries;
};

} // namespace Parlance
