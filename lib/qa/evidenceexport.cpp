// SPDX-License-Identifier: Apache-2.0
#include "qa/evidenceexport.h"

#include "chat/giveout.h"
#include "chat/workspace.h"
#include "core/runaside.h"
#include "core/whendone.h"

namespace Parlance {

EvidenceExport::EvidenceExport(Workspace *workspace, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
{
}

EvidenceExport::~EvidenceExport()
{
    if (m_isCancelled)
        *m_isCancelled = true;
}

void EvidenceExport::exportTo(const QString &path, const ConversationId &conversation)
{
    exportTo(path, EvidenceOrder{.items = {{.conversation = conversation}}});
}

void EvidenceExport::exportTo(const QString &path, const EvidenceOrder &order)
{
    m_path = path;
    m_order = order;
    m_isRunning = true;
    m_isCancelled = std::make_shared<std::atomic_bool>(false);
    m_task = std::make_shared<EvidenceTask>();
    m_task->kind = order.kind;
    m_task->title = order.title;
    m_task->reports = order.reports;
    collectNext();
}

void EvidenceExport::collectNext()
{
    const std::size_t next = m_task->items.size();
    if (next == m_order.items.size()) {
        write();
        return;
    }
    whenDone(m_workspace->messages(m_order.items[next].conversation), this,
             [this, next](const Result<std::vector<Message>> &messages) {
                 if (!m_isRunning)
                     return;
                 const EvidenceOrder::Item &item = m_order.items[next];
                 const Conversation *known = m_workspace->conversation(item.conversation);
                 if (!messages || !known) {
                     end(messages ? Error{.message = tr("The conversation is not there any more.")}
                                  : messages.error());
                     return;
                 }
                 if (m_task->title.isEmpty())
                     m_task->title = known->title;
                 m_task->items.push_back({.file = fileOf(*known, m_workspace->agents()->find(known->agent),
                                                         *messages, FileFormat::Json),
                                          .label = item.label,
                                          .verdict = item.verdict,
                                          .note = item.note});
                 collectFrames(0);
             });
}

void EvidenceExport::collectFrames(std::size_t message)
{
    ConversationFile &file = m_task->items.back().file;
    while (message < file.messages.size() && file.messages[message].role != Role::Agent)
        ++message;
    Q_EMIT progressed(int(message), int(file.messages.size()));
    if (!m_isRunning)
        return;
    if (message >= file.messages.size()) {
        collectNext();
        return;
    }
    const MessageId id = file.messages[message].id;
    whenDone(m_workspace->frames(id), this, [this, message, id](const Result<std::vector<Frame>> &frames) {
        if (!m_isRunning)
            return;
        if (!frames) {
            end(frames.error());
            return;
        }
        if (!frames->empty())
            m_task->items.back().file.frames[id] = *frames;
        collectFrames(message + 1);
    });
}

void EvidenceExport::write()
{
    const auto written = runAside([task = m_task, path = m_path, isCancelled = m_isCancelled,
                                   shelf = m_workspace->attachments()]() -> Result<QString> {
        for (EvidenceItem &item : task->items)
            takeOffShelf(item.file.messages, shelf);
        return writeEvidence(*task, path, isCancelled.get());
    });
    whenDone(written, this, [this](const Result<QString> &hash) {
        if (!m_isRunning)
            return;
        if (!hash) {
            end(hash.error());
            return;
        }
        m_isRunning = false;
        Q_EMIT exported(m_path, *hash);
    });
}

void EvidenceExport::cancel()
{
    if (m_isRunning)
        end({.kind = ErrorKind::Cancelled, .message = tr("Cancelled.")});
}

void EvidenceExport::end(const Error &error)
{
    m_isRunning = false;
    *m_isCancelled = true;
    Q_EMIT failed(error);
}

} // namespace Parlance
