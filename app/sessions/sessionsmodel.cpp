// SPDX-License-Identifier: Apache-2.0
#include "sessions/sessionsmodel.h"

#include "chat/errorcatalogue.h"
#include "chat/sessionbook.h"
#include "core/whendone.h"
#include "sessions/sessionwords.h"
#include "transcript/partblocks.h"
#include "window/qualifierpopup.h"
#include "window/relativetime.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

SessionsModel::SessionsModel(Workspace *workspace, QObject *parent)
    : RowModel(parent)
    , m_workspace(workspace)
{
    connect(workspace->sessions(), &SessionBook::changed, this, &SessionsModel::refresh);
    refresh();
}

QString SessionsModel::detail(const RuntimeSession &session) const
{
    const auto known = m_progress.find(session.id.value());
    if (known != m_progress.end() && known->second.isEnding)
        return tr("Ending…");
    if (known != m_progress.end() && !known->second.problem.isEmpty())
        return known->second.problem;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString qualifier = session.qualifier.isEmpty() ? defaultQualifierName() : session.qualifier;
    // One conversation may have left several.
    return tr("%1 · %2 · last used %3 · %4 old")
        .arg(qualifier, shortSession(session.id),
             relativeTime(session.lastUsed.toLocalTime(), now.toLocalTime(), QLocale()),
             spanText(std::chrono::seconds(session.began.secsTo(now))));
}

void SessionsModel::refresh()
{
    std::vector<Row> rows;
    for (const RuntimeSession &session : m_workspace->sessions()->open()) {
        const Agent *agent = m_workspace->agents()->find(session.agent);
        const Conversation *conversation = m_workspace->conversation(session.conversation);
        const QString title = conversation ? conversation->title : QString();
        const QString name = agent ? agent->name : QString();
        rows.push_back({.id = session.id.value(),
                        .title = title.isEmpty() ? name : QString(name % u" · " % title),
                        .detail = detail(session),
                        .dot = agent ? agent->colour : -1});
    }
    setRows(rows);
}

bool SessionsModel::isEnding() const
{
    return std::ranges::any_of(m_progress, [](const auto &entry) { return entry.second.isEnding; });
}

bool SessionsModel::isEnding(const QString &id) const
{
    const auto known = m_progress.find(id);
    return known != m_progress.end() && known->second.isEnding;
}

int SessionsModel::failedCount() const
{
    return int(
        std::ranges::count_if(m_progress, [](const auto &entry) { return !entry.second.problem.isEmpty(); }));
}

QString SessionsModel::problem(const QString &id) const
{
    const auto known = m_progress.find(id);
    return known == m_progress.end() ? QString() : known->second.problem;
}

void SessionsModel::end(const QString &id)
{
    const RuntimeSession *session = m_workspace->sessions()->find(RuntimeSessionId(id));
    if (!session || isEnding(id))
        return;
    m_progress[id] = {.isEnding = true};
    refresh();
    whenDone(
        m_workspace->endSession(*session), this,
        [this, id](const Result<SessionEnd> &end) { onEnded(id, end); },
        [this, id] {
            m_progress.erase(id);
            refresh();
        });
}

void SessionsModel::endAll()
{
    for (const RuntimeSession &session : m_workspace->sessions()->open())
        end(session.id.value());
}

void SessionsModel::onEnded(const QString &id, const Result<SessionEnd> &end)
{
    Progress progress;
    if (!end) {
        const RuntimeSession *session = m_workspace->sessions()->find(RuntimeSessionId(id));
        const Agent *agent = session ? m_workspace->agents()->find(session->agent) : nullptr;
        const ErrorWords words = errorWords(end.error(), agent);
        progress.problem = words.title.isEmpty() ? end.error().message : words.title;
    }
    m_progress[id] = progress;
    refresh();
    if (!isEnding())
        Q_EMIT settled();
}

} // namespace Parlance
