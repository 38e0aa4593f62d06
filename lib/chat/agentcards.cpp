// SPDX-License-Identifier: Apache-2.0
#include "chat/agentcards.h"

#include "chat/wholeanswer.h"
#include "core/whendone.h"

namespace Parlance {

QString AgentCards::keyOf(const AgentQuestion &question)
{
    const Agent &agent = question.agent;
    const auto *server = std::get_if<UrlTarget>(&agent.target);
    const auto *runtime = std::get_if<RuntimeTarget>(&agent.target);
    const QString place = server ? server->url
        : runtime                ? runtime->arn + runtime->endpointOverride
                                 : QString();
    return QStringList{agent.id.value(), place, question.qualifier,
                       agent.facts ? agent.facts->version : QString()}
        .join(u'\n');
}

QFuture<KnownCard> AgentCards::card(const AgentQuestion &question, Requests requests)
{
    const QString key = keyOf(question);
    Entry &entry = m_entries[key];
    if (entry.card)
        return QtFuture::makeReadyFuture(KnownCard{.card = *entry.card});
    const bool isAsked = !entry.waiting.empty();
    QPromise<KnownCard> &promise = entry.waiting.emplace_back();
    promise.start();
    QFuture<KnownCard> future = promise.future();
    if (!isAsked)
        tryNext(key, std::move(requests), std::nullopt);
    return future;
}

void AgentCards::forget(const AgentQuestion &question)
{
    if (const auto known = m_entries.find(keyOf(question)); known != m_entries.end())
        known->second.card.reset();
}

QFuture<Result<TaskStatus>>
AgentCards::cancel(const AgentQuestion &question,
                   const std::function<Result<std::unique_ptr<AgentRequest>>(const A2aCard &)> &make)
{
    const auto known = m_entries.find(keyOf(question));
    const A2aCard card = known == m_entries.end() ? A2aCard() : known->second.card.value_or(A2aCard());
    Result<std::unique_ptr<AgentRequest>> request = make(card);
    if (!request)
        return QtFuture::makeReadyFuture(Result<TaskStatus>(failure(request.error())));
    auto *asking = new WholeAnswer(std::move(*request), this);
    return asking->future().then([](const Result<QByteArray> &body) -> Result<TaskStatus> {
        return body ? readA2aTask(*body) : Result<TaskStatus>(failure(body.error()));
    });
}

void AgentCards::tryNext(const QString &key, Requests requests, const std::optional<Error> &before)
{
    if (requests.empty()) {
        const QString reason =
            before && before->httpStatus >= 300 ? tr(" (HTTP %1)").arg(before->httpStatus) : QString();
        settle(key, {.note = tr("The agent’s card could not be read%1, so A2A 0.3 is assumed.").arg(reason)});
        return;
    }
    Result<std::unique_ptr<AgentRequest>> request = requests.front()();
    requests.erase(requests.begin());
    if (!request) {
        tryNext(key, {}, request.error());
        return;
    }
    auto *reading = new WholeAnswer(std::move(*request), this);
    whenDone(reading->future(), this,
             [this, key, requests = std::move(requests)](const Result<QByteArray> &body) mutable {
                 const std::optional<A2aCard> card = body ? readA2aCard(*body) : std::nullopt;
                 if (card)
                     settle(key, {.card = *card});
                 else
                     tryNext(key, std::move(requests), body ? std::nullopt : std::optional(body.error()));
             });
}

void AgentCards::settle(const QString &key, const KnownCard &known)
{
    Entry &entry = m_entries[key];
    // What is assumed is not kept: it is asked for again with the next question.
    if (known.note.isEmpty())
        entry.card = known.card;
    std::vector<QPromise<KnownCard>> waiting = std::move(entry.waiting);
    entry.waiting.clear();
    for (QPromise<KnownCard> &promise : waiting) {
        promise.addResult(known);
        promise.finish();
    }
}

} // namespace Parlance
