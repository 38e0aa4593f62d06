// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/workspace.h"
#include "window/rowmodel.h"

#include <map>

namespace Parlance {

//! The sessions that were left open, and how far each is on its way to its end.
class SessionsModel : public RowModel
{
    Q_OBJECT
public:
    explicit SessionsModel(Workspace *workspace, QObject *parent = nullptr);

    void end(const QString &id);
    void endAll();
    bool isEnding() const;
    bool isEnding(const QString &id) const;
    //! How many could not be ended.
    int failedCount() const;
    //! Why the row's session could not be ended. Empty: it was not tried, or it is being tried.
    QString problem(const QString &id) const;

Q_SIGNALS:
    //! Nothing is being ended any more.
    void settled();

private:
    struct Progress
    {
        bool isEnding = false;
        QString problem = {};
    };
    void refresh();
    QString detail(const RuntimeSession &session) const;
    void onEnded(const QString &id, const Result<SessionEnd> &end);

    Workspace *m_workspace;
    std::map<QString, Progress> m_progress;
};

} // namespace Parlance
