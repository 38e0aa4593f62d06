// SPDX-License-Identifier: Apache-2.0
// What is not sent yet, and how the sending of what is large goes.
#include "chat/conversationchat.h"

#include <QLocale>

#include <utility>

namespace Parlance {
namespace {

//! Bytes from which on it is told how the sending goes.
constexpr qint64 toldFrom = 1'000'000;

} // namespace

void ConversationChat::setDraft(const QString &draft)
{
    m_with.conversations->setDraft(m_id, draft);
}

void ConversationChat::setDraftFiles(const std::vector<Attachment> &files)
{
    if (!files.empty())
        m_with.conversations->store(m_id);
    m_with.conversations->change(m_id, [&](Conversation &conversation) { conversation.draftFiles = files; });
}

void ConversationChat::setEdit(const MessageId &message, const QString &text,
                               const std::vector<Attachment> &files)
{
    m_with.conversations->change(m_id, [&](Conversation &conversation) {
        conversation.editedMessage = message;
        conversation.edit = message.isEmpty() ? QString() : text;
        conversation.editFiles = message.isEmpty() ? std::vector<Attachment>() : files;
    });
}

// What is short is on its way before it could be read of.
void ConversationChat::tellSending(qint64 sent, qint64 total)
{
    if (total < toldFrom)
        return;
    // Also read aloud, so not for every packet.
    const int tenths = int(sent * 10 / total);
    if (std::exchange(m_sentTenths, tenths) == tenths)
        return;
    const auto megabytes = [](qint64 bytes) { return QLocale().toString(double(bytes) / 1e6, 'f', 1); };
    setNote(sent < total ? tr("Sending: %1 of %2 MB").arg(megabytes(sent), megabytes(total))
                         : tr("Sent. Waiting for the answer"));
}

} // namespace Parlance
