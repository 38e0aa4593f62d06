// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/requestfactory.h"
#include "chat/toolcaller.h"

#include <QObject>
#include <QPromise>

#include <vector>

namespace Parlance {

//! Asks an MCP server for its tools, page by page. Deletes itself once it is done.
class ToolList : public QObject
{
    Q_OBJECT
public:
    //! The body of the question is not used.
    static QFuture<ToolsFound> ask(RequestFactory makeRequest, AgentQuestion question, QObject *parent);

private:
    ToolList(RequestFactory makeRequest, AgentQuestion question, QObject *parent);
    void askPage(const QString &cursor);
    void onFrames(const std::vector<Frame> &frames);
    void onFinished(const std::optional<Error> &error);
    void finish(ToolsFound found);

    RequestFactory m_makeRequest;
    AgentQuestion m_question;
    std::unique_ptr<AgentRequest> m_request;
    QPromise<ToolsFound> m_promise;
    std::vector<AgentTool> m_tools;
    QString m_id;
    QString m_cursor; //!< of the next page
    QString m_refusal;
    bool m_isAnswered = false;
    int m_pages = 0;
};

} // namespace Parlance
