// SPDX-License-Identifier: Apache-2.0
#include "compare/evidencecommands.h"

#include "chat/workspace.h"
#include "compare/evidencewindow.h"
#include "core/filename.h"
#include "core/runaside.h"
#include "core/whendone.h"
#include "window/conversationsmodel.h"
#include "window/notices.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {
namespace {

//! Progress that is told more often is only restless.
constexpr qint64 tellEveryMs = 250;

QString noticeKey()
{
    return u"evidence"_s;
}

} // namespace

EvidenceCommands::EvidenceCommands(const Theme *theme, Workspace *workspace, Notices *notices,
                                   QWidget *window)
    : QObject(window)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_notices(notices)
    , m_window(window)
{
}

void EvidenceCommands::exportAsking(const ConversationId &id)
{
    if (const Conversation *conversation = m_workspace->conversation(id))
        exportAsking(EvidenceOrder{.items = {{.conversation = id}}},
                     ConversationsModel::titleOf(*conversation));
}

void EvidenceCommands::exportAsking(const EvidenceOrder &order, const QString &likelyName)
{
    auto *dialog = new QFileDialog(m_window, tr("Export evidence"));
    dialog->setObjectName(u"evidenceDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Evidence (*.zip)")});
    dialog->setDefaultSuffix(u"zip"_s);
    dialog->selectFile(fileNameFor(likelyName, tr("Conversation")));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, order](const QString &path) { exportTo(path, order); });
    dialog->open();
}

void EvidenceCommands::exportTo(const QString &path, const EvidenceOrder &order)
{
    if (m_run) {
        m_notices->show(
            {.key = u"evidenceBusy"_s, .text = tr("Other evidence is being exported."), .lifetime = 6s});
        return;
    }
    m_run = new EvidenceExport(m_workspace, this);
    m_told.start();
    connect(m_run, &EvidenceExport::progressed, this, &EvidenceCommands::onProgress);
    connect(m_run, &EvidenceExport::exported, this, &EvidenceCommands::onExported);
    connect(m_run, &EvidenceExport::failed, this, &EvidenceCommands::onFailed);
    tell(tr("Exporting evidence…"));
    m_run->exportTo(path, order);
}

void EvidenceCommands::tell(const QString &text)
{
    m_notices->show({.key = noticeKey(), .text = text, .actionText = tr("Cancel"), .action = [this] {
                         if (m_run)
                             m_run->cancel();
                     }});
}

void EvidenceCommands::onProgress(int done, int of)
{
    if (m_told.elapsed() < tellEveryMs)
        return;
    m_told.restart();
    tell(tr("Exporting evidence: %1 of %2 messages").arg(done).arg(of));
}

void EvidenceCommands::onExported(const QString &path, const QString &manifestHash)
{
    m_run->deleteLater();
    m_run = nullptr;
    m_notices->show({.key = noticeKey(),
                     .text = tr("The evidence is in %1. Hand over the manifest’s SHA-256 by another way: %2")
                                 .arg(QDir::toNativeSeparators(path), manifestHash),
                     .actionText = tr("Copy"),
                     .action = [manifestHash] { QGuiApplication::clipboard()->setText(manifestHash); }});
}

void EvidenceCommands::onFailed(const Error &error)
{
    if (m_run) {
        m_run->deleteLater();
        m_run = nullptr;
    }
    if (error.kind == ErrorKind::Cancelled)
        m_notices->show({.key = noticeKey(), .text = tr("Cancelled. No file was changed."), .lifetime = 6s});
    else
        m_notices->show({.key = noticeKey(), .tone = NoticeTone::Bad, .text = error.message});
}

void EvidenceCommands::openAsking()
{
    auto *dialog = new QFileDialog(m_window, tr("Open evidence"));
    dialog->setObjectName(u"evidenceDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Evidence (*.zip)")});
    connect(dialog, &QFileDialog::fileSelected, this, &EvidenceCommands::open);
    dialog->open();
}

void EvidenceCommands::open(const QString &path)
{
    whenTaken(runAside([path] { return readBundleFile(path); }), this, [this, path](Result<Bundle> bundle) {
        if (!bundle) {
            m_notices->show({.key = noticeKey(), .tone = NoticeTone::Bad, .text = bundle.error().message});
            return;
        }
        auto *shown = new EvidenceWindow(m_theme, std::move(*bundle), path, m_window);
        shown->show();
    });
}

} // namespace Parlance
