// SPDX-License-Identifier: Apache-2.0
#include "sources/sourcecommands.h"

#include "attachments/droppedfiles.h"
#include "chat/agentimport.h"
#include "chat/workspace.h"
#include "core/runaside.h"
#include "core/whendone.h"
#include "sources/importdialog.h"
#include "sources/importpanel.h"
#include "window/notices.h"

#include <QDir>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {

SourceCommands::SourceCommands(const Theme *theme, Workspace *workspace, Notices *notices, QWidget *window)
    : QObject(window)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_notices(notices)
    , m_window(window)
{
    window->setAcceptDrops(true);
    window->installEventFilter(this);
}

void SourceCommands::importAgents(const QString &path)
{
    auto *dialog = new ImportDialog(m_theme, m_workspace, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ImportDialog::added, this, [this](const QList<AgentId> &agents) {
        m_notices->show({.key = u"imported"_s,
                         .text = tr("%n agents were added.", nullptr, int(agents.size())),
                         .lifetime = 8s});
        Q_EMIT added(agents.constFirst());
    });
    dialog->open();
    if (!path.isEmpty())
        dialog->read(path);
}

void SourceCommands::exportAgents()
{
    if (m_workspace->agents()->agents().size() < 2) {
        m_notices->show({.key = u"exported"_s,
                         .text = tr("There are no agents to export besides the built-in one."),
                         .lifetime = 8s});
        return;
    }
    auto *dialog = new QFileDialog(m_window, tr("Export agents"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"json"_s);
    dialog->setNameFilters({tr("Exported agents (*.json)")});
    dialog->selectFile(u"agents.json"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &SourceCommands::write);
    dialog->open();
}

void SourceCommands::write(const QString &path)
{
    const AgentExport written =
        Parlance::exportAgents(m_workspace->agents()->agents(), m_workspace->identities()->identities());
    whenDone(writeExport(path, written), this, [this, path, written](const Result<void> &done) {
        if (done)
            tellWritten(path, written);
        else
            m_notices->show({.key = u"exported"_s, .tone = NoticeTone::Bad, .text = done.error().message});
    });
}

void SourceCommands::tellWritten(const QString &path, const AgentExport &written)
{
    const QString text =
        tr("%n agents were exported to %1, without tokens and client secrets.", nullptr, written.agentCount)
            .arg(QDir::toNativeSeparators(path));
    if (written.notes.isEmpty())
        m_notices->show({.key = u"exported"_s, .text = text, .lifetime = 12s});
    else
        m_notices->show({.key = u"exported"_s,
                         .tone = NoticeTone::Caution,
                         .text = (QStringList{text} + written.notes).join(u' ')});
}

QString SourceCommands::projectIn(const QMimeData *data)
{
    const QString path = ImportPanel::pathOf(data);
    const QString suffix = QFileInfo(path).suffix().toLower();
    static const QStringList known{QString(), u"json"_s, u"yaml"_s, u"yml"_s};
    return known.contains(suffix) ? path : QString();
}

// What holds no agents is for the conversation.
void SourceCommands::takeDrop(const QString &path)
{
    whenDone(runAside([path] { return holdsAgents(path); }), this, [this, path](bool isProject) {
        if (isProject)
            importAgents(path);
        else
            Q_EMIT filesDropped({path});
    });
}

bool SourceCommands::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_window)
        return false;
    switch (event->type()) {
    case QEvent::DragEnter:
    case QEvent::DragMove: {
        auto *drag = static_cast<QDragMoveEvent *>(event);
        drag->setAccepted(!filesIn(drag->mimeData()).isEmpty());
        if (drag->isAccepted())
            drag->setDropAction(Qt::CopyAction);
        return true;
    }
    case QEvent::Drop: {
        auto *drop = static_cast<QDropEvent *>(event);
        const QString path = projectIn(drop->mimeData());
        const QStringList files = filesIn(drop->mimeData());
        if (files.isEmpty())
            return false;
        drop->setDropAction(Qt::CopyAction);
        drop->accept();
        if (path.isEmpty())
            Q_EMIT filesDropped(files);
        else if (m_otherFiles)
            m_otherFiles(path, [this, path] { takeDrop(path); });
        else
            takeDrop(path);
        return true;
    }
    default:
        return false;
    }
}

} // namespace Parlance
