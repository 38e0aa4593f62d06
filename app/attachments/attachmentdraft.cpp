// SPDX-License-Identifier: Apache-2.0
#include "attachments/attachmentdraft.h"

#include "core/runaside.h"
#include "core/whendone.h"

#include <QBuffer>
#include <QDateTime>
#include <QImage>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

const std::vector<Attachment> &filesOf(const Chat &chat)
{
    const Conversation &conversation = chat.conversation();
    return conversation.editedMessage.isEmpty() ? conversation.draftFiles : conversation.editFiles;
}

QByteArray pngOf(const QImage &picture)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    picture.save(&buffer, "PNG");
    return bytes;
}

} // namespace

void AttachmentDraft::setChat(Chat *chat)
{
    if (m_chat == chat)
        return;
    if (m_chat)
        m_chat->disconnect(this);
    m_chat = chat;
    if (chat)
        connect(chat, &Chat::conversationChanged, this, &AttachmentDraft::changed);
    Q_EMIT changed();
}

const std::vector<Attachment> &AttachmentDraft::files() const
{
    static const std::vector<Attachment> none;
    return m_chat ? filesOf(*m_chat) : none;
}

bool AttachmentDraft::isBusy() const
{
    return std::ranges::find(m_coming, m_chat, &Coming::chat) != m_coming.end();
}

void AttachmentDraft::put(Chat *chat, const std::vector<Attachment> &files)
{
    const Conversation &conversation = chat->conversation();
    if (conversation.editedMessage.isEmpty())
        chat->setDraftFiles(files);
    else
        chat->setEdit(MessageId(conversation.editedMessage), QString(conversation.edit), files);
}

bool AttachmentDraft::mayAdd()
{
    if (!m_chat)
        return false;
    const bool takesCalls = protocolOf(m_chat->agent()) == ServerProtocol::Mcp;
    if (takesCalls)
        Q_EMIT failed(tr("%1 is asked by calls of its tools, which no file can go along with.")
                          .arg(m_chat->agent().name));
    return !takesCalls;
}

void AttachmentDraft::addFiles(const QStringList &paths)
{
    if (!mayAdd())
        return;
    for (const QString &path : paths)
        take(m_shelf.keepFile(path));
}

void AttachmentDraft::addPicture(const QImage &picture)
{
    if (!mayAdd())
        return;
    const QString name =
        tr("Picture %1.png").arg(QDateTime::currentDateTime().toString(u"yyyy-MM-dd HH-mm-ss"_s));
    // Packing a large picture takes longer than a window may stand still.
    take(runAside([picture, name, shelf = m_shelf] { return shelf.keptBytes(pngOf(picture), name); }));
}

void AttachmentDraft::take(const QFuture<Kept> &kept)
{
    const int number = ++m_given;
    m_coming.push_back({.number = number, .chat = m_chat});
    whenDone(kept, this, [this, number](const Kept &result) { onKept(number, result); });
    Q_EMIT changed();
}

void AttachmentDraft::onKept(int number, const Kept &kept)
{
    std::ranges::find(m_coming, number, &Coming::number)->kept = kept;
    while (!m_coming.empty() && m_coming.front().kept) {
        const Coming next = m_coming.front();
        m_coming.erase(m_coming.begin());
        add(next.chat, *next.kept);
    }
    Q_EMIT changed();
}

void AttachmentDraft::add(const QPointer<Chat> &chat, const Kept &kept)
{
    if (!kept)
        Q_EMIT failed(kept.error().message);
    else if (chat && std::ranges::find(filesOf(*chat), *kept) == filesOf(*chat).end()) {
        std::vector<Attachment> files = filesOf(*chat);
        files.push_back(*kept);
        put(chat, files);
    }
}

void AttachmentDraft::add(const std::vector<Attachment> &more)
{
    if (!m_chat || more.empty())
        return;
    std::vector<Attachment> all = files();
    all.insert(all.end(), more.begin(), more.end());
    put(m_chat, all);
}

void AttachmentDraft::remove(const Attachment &file)
{
    if (!m_chat)
        return;
    std::vector<Attachment> left = files();
    std::erase(left, file);
    put(m_chat, left);
}

} // namespace Parlance
