// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/attachmentshelf.h"
#include "chat/chat.h"

#include <QFuture>
#include <QObject>
#include <QPointer>

#include <optional>
#include <vector>

class QImage;

namespace Parlance {

//! The files that will go with what stands in the composer: copies them to where they are kept, and tells the
//! conversation, which remembers them.
class AttachmentDraft : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    void setShelf(const AttachmentShelf &shelf) { m_shelf = shelf; }
    void setChat(Chat *chat);

    //! Whether files can go along at all. If not, failed() says why.
    bool mayAdd();
    //! To the conversation that is in front now, whichever is when they have been copied.
    void addFiles(const QStringList &paths);
    //! As a PNG file.
    void addPicture(const QImage &picture);
    //! Adds what was kept already.
    void add(const std::vector<Attachment> &files);
    void remove(const Attachment &file);
    const std::vector<Attachment> &files() const;
    //! Files are being copied for the conversation in front.
    bool isBusy() const;
    QString pathOf(const Attachment &file) const { return m_shelf.pathOf(file); }

Q_SIGNALS:
    //! Other files, or another conversation.
    void changed();
    void failed(const QString &sentence);

private:
    using Kept = Result<Attachment>;

    //! A file that is being copied, or waits for one before it.
    struct Coming
    {
        int number = 0;
        QPointer<Chat> chat = {};
        std::optional<Kept> kept = std::nullopt;
    };

    void take(const QFuture<Kept> &kept);
    void onKept(int number, const Kept &kept);
    void add(const QPointer<Chat> &chat, const Kept &kept);
    static void put(Chat *chat, const std::vector<Attachment> &files);

    AttachmentShelf m_shelf;
    QPointer<Chat> m_chat;
    //! In the order they were given, which is that of the chips, whichever is copied first.
    std::vector<Coming> m_coming;
    int m_given = 0;
};

} // namespace Parlance
