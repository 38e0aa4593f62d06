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
    m_path = path;
    m_isRunning = true;
    m_isCancelled = std::make_shared<std::atomic_bool>(false);
    whenDone(m_workspace->messages(conversation), this,
             [this, conversation](const Result<std::vector<Message>> &messages) {
                 if (!m_isRunning)
                     return;
                 const Conversation *known = m_workspace->conversation(conversation);
                 if (!messages || !known) {
                     end(messages ? Error{.message = tr("The conversation is not there any more.")}
                                  : messages.error());
                     return;
                 }
                 m_task = std::make_shared<EvidenceTask>();
                 m_task->title = known->title;
                 m_task->items.push_back({.file = fileOf(*known, m_workspace->agents()->find(known->agent),
                                                         *messages, FileFormat::Json)});
                 collectFrames(0);
             });
}

void EvidenceExport::collectFrames(std::size_t message)
{
    ConversationFile &file = m_task->items.front().file;
    while (message < file.messages.size() && file.messages[message].role != Role::Agent)
        ++message;
    Q_EMIT progressed(int(message), int(file.messages.size()));
    if (!m_isRunning)
        return;
    if (message >= file.messages.size()) {
        write();
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
            m_task->items.front().file.frames[id] = *frames;
        collectFrames(message + 1);
    });
}

void EvidenceExport::write()
{
    const auto written = runAside([task = m_task, path = m_path, isCancelled = m_isCancelled,
                                   shelf = m_workspace->attachments()]() -> Result<QString> {
        takeOffShelf(task->items.front().file.messages, shelf);
        const Result<WrittenBundle> bundle = packEvidence(*task, isCancelled.get());
        if (!bundle)
            return failure(bundle.error());
        if (const Result<void> file = writeBundleFile(path, bundle->bytes); !file)
            return failure(file.error());
        return bundle->manifestHash;
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
