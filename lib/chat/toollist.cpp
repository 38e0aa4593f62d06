// SPDX-License-Identifier: Apache-2.0
#include "chat/toollist.h"

#include "chat/mcprequest.h"
#include "wire/mcpvocabulary.h"

#include <QUuid>

#include <utility>

namespace Parlance {
namespace {

// Whoever goes on for longer goes round in circles.
constexpr int mostPages = 100;

} // namespace

QFuture<ToolsFound> ToolList::ask(RequestFactory makeRequest, AgentQuestion question, QObject *parent)
{
    auto *list = new ToolList(std::move(makeRequest), std::move(question), parent);
    list->m_promise.start();
    QFuture<ToolsFound> future = list->m_promise.future();
    list->askPage({});
    return future;
}

ToolList::ToolList(RequestFactory makeRequest, AgentQuestion question, QObject *parent)
    : QObject(parent)
    , m_makeRequest(std::move(makeRequest))
    , m_question(std::move(question))
{
}

void ToolList::askPage(const QString &cursor)
{
    ++m_pages;
    m_isAnswered = false;
    m_id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_question.body = mcpList(m_id, cursor);
    Result<std::unique_ptr<AgentRequest>> request = m_makeRequest(m_question);
    if (!request) {
        finish(failure(request.error()));
        return;
    }
    if (m_request)
        m_request.release()->deleteLater();
    m_request = std::move(*request);
    connect(m_request.get(), &AgentRequest::framesReceived, this, &ToolList::onFrames);
    connect(m_request.get(), &AgentRequest::finished, this, &ToolList::onFinished);
    m_request->start();
}

void ToolList::onFrames(const std::vector<Frame> &frames)
{
    for (const Frame &frame : frames) {
        const std::optional<McpReply> reply = mcpReply(frame.payload, m_id);
        if (!reply)
            continue;
        m_isAnswered = true;
        m_refusal = reply->error;
        m_cursor = reply->nextCursor;
        m_tools.insert(m_tools.end(), reply->tools.begin(), reply->tools.end());
    }
}

void ToolList::onFinished(const std::optional<Error> &error)
{
    if (error)
        finish(failure(*error));
    else if (!m_isAnswered)
        finish(failure(ErrorKind::EmptyAnswer, tr("The server did not say which tools it has.")));
    else if (!m_refusal.isEmpty())
        finish(failure(ErrorKind::AgentError, m_refusal));
    else if (!m_cursor.isEmpty() && m_pages < mostPages)
        askPage(std::exchange(m_cursor, {}));
    else
        finish(std::move(m_tools));
}

void ToolList::finish(ToolsFound found)
{
    m_promise.addResult(std::move(found));
    m_promise.finish();
    if (m_request)
        m_request.release()->deleteLater();
    deleteLater();
}

} // namespace Parlance
