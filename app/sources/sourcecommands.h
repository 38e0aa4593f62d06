// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/agentexport.h"
#include "core/ids.h"

#include <QObject>
#include <QStringList>

#include <functional>

class QMimeData;

namespace Parlance {

class Notices;
class Theme;
class Workspace;

//! What the window does with files that hold agents: opens their dialogs, takes what is dropped on it,
//! writes exports.
class SourceCommands : public QObject
{
    Q_OBJECT
public:
    SourceCommands(const Theme *theme, Workspace *workspace, Notices *notices, QWidget *window);

    //! An empty path: the person chooses one.
    void importAgents(const QString &path = {});
    //! Asks where to.
    void exportAgents();

    //! The path of a drop that by its name may be a project or an export. Empty: it is none. The disk is
    //! not asked.
    static QString projectIn(const QMimeData *data);

    //! Is asked first what a dropped file is; calls the function if it knows nothing of it.
    using OtherFiles = std::function<void(const QString &path, const std::function<void()> &otherwise)>;
    void setOtherFiles(OtherFiles otherFiles) { m_otherFiles = std::move(otherFiles); }

Q_SIGNALS:
    //! Files that hold no agents were dropped.
    void filesDropped(const QStringList &paths);
    //! Agents were added; the first of them is the one to show.
    void added(const Parlance::AgentId &first);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void takeDrop(const QString &path);
    void write(const QString &path);
    void tellWritten(const QString &path, const AgentExport &written);

    const Theme *m_theme;
    Workspace *m_workspace;
    Notices *m_notices;
    QWidget *m_window;
    OtherFiles m_otherFiles;
};

} // namespace Parlance
