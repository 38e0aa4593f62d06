// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/noauthorizer.h"
#include "chat/shell.h"
#include "support/nodeserver.h"
#include "transport/invocation.h"
#include "transport/networkpolicy.h"
#include "transport/websocket.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>

namespace Parlance::Test {

//! The service's shells, as tests/servers/shells.mjs gives them: a real bash behind each.
class ShellService
{
public:
    QString start() { return m_server.start(); }

    Agent agent(const QString &name = QStringLiteral("agent")) const
    {
        Agent agent;
        agent.name = QStringLiteral("Machine");
        agent.target = RuntimeTarget{
            .arn = QStringLiteral("arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/%1-AbCdEf1234")
                       .arg(name),
            .endpointOverride = m_server.url().toString()};
        return agent;
    }
    //! Also makes something befall the connections there are.
    QJsonObject tell(const QString &path = QStringLiteral("/told")) const
    {
        QNetworkAccessManager manager;
        std::unique_ptr<QNetworkReply> reply(
            manager.get(QNetworkRequest(m_server.url().resolved(QUrl(path)))));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        if (!reply->isFinished())
            finished.wait(30'000);
        return QJsonDocument::fromJson(reply->readAll()).object();
    }
    //! id: of every shell that it makes; empty: the one that is asked for.
    static ShellFactory
    factory(const std::shared_ptr<Authorizer> &authorizer = std::make_shared<NoAuthorizer>(),
            const SocketLimits &limits = {}, const QString &id = {})
    {
        const auto policy = std::make_shared<NetworkPolicy>();
        return [=](const AgentQuestion &where, const QString &asked) -> Result<std::unique_ptr<WebSocket>> {
            Result<RequestDraft> draft =
                shellDraft({.agent = where.agent, .qualifier = where.qualifier, .session = where.session},
                           id.isEmpty() ? asked : id);
            if (!draft)
                return failure(draft.error());
            return std::make_unique<WebSocket>(std::move(*draft), authorizer, policy.get(), limits);
        };
    }

private:
    NodeServer m_server{QStringLiteral("shells.mjs")};
};

//! A shell with all that it tells.
class HeardShell : public QObject
{
public:
    HeardShell(ShellFactory make, const Agent &agent, const RuntimeSessionId &session,
               const ShellTimes &times = {})
        : shell(std::move(make), {.agent = agent, .qualifier = QStringLiteral("PROD"), .session = session},
                times)
    {
        connect(&shell, &Shell::outputArrived, this, [this](const QByteArray &bytes) { output += bytes; });
        connect(&shell, &Shell::begun, this, [this] { ++begun; });
        connect(&shell, &Shell::noted, this, [this](const QString &words) { notes.append(words); });
        connect(&shell, &Shell::statusChanged, this, [this] { states.append(int(shell.status().state)); });
    }
    ShellState state() const { return shell.status().state; }

    Shell shell;
    QByteArray output;
    QStringList notes;
    QList<int> states;
    int begun = 0;
};

} // namespace Parlance::Test
