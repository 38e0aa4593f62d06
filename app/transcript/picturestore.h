// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/picture.h"

#include "core/network.h"
#include "core/result.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QUrl>

#include <functional>
#include <optional>

namespace Parlance {

using PictureKey = quint64;
//! How a host is reached for an agent; absent: as for all.
using PictureRoute = std::optional<NetworkSettings>;
//! Fetches the bytes behind an https address; see TranscriptView::setPictureLoader().
using PictureLoader = std::function<QFuture<Result<QByteArray>>(const QUrl &, const PictureRoute &)>;

//! The pictures of the messages: decoded on other threads, kept while they are looked at. Nothing is fetched
//! unless a person asks for it.
class PictureStore : public QObject
{
    Q_OBJECT
public:
    explicit PictureStore(QObject *parent = nullptr);

    void setLoader(PictureLoader loader) { m_loader = std::move(loader); }
    //! Where the files are that are kept.
    void setKeptFolder(const QString &folder) { m_keptFolder = folder; }
    const QString &keptFolder() const { return m_keptFolder; }
    bool canLoad() const { return bool(m_loader); }

    //! A number for what a picture is made from: equal sources have equal ones.
    static PictureKey keyOf(const PictureSource &source);
    //! What is known of a picture. What is missing is worked out, and changed() follows.
    //! room: the pixels of the screen that it may take. Valid until the next call.
    const Picture &picture(PictureKey key, const PictureSource &source, const QSize &room);
    //! A person wants it in spite of its size, or fetched.
    void ask(PictureKey key, const PictureRoute &route);
    //! Whether the bytes are here, or in a kept file.
    bool hasBytes(PictureKey key) const;
    //! Calls the function with the bytes: at once if they are here, later if they have to be read.
    void withBytes(PictureKey key, QObject *context, std::function<void(const QByteArray &)> function) const;
    bool isBusy() const { return m_working > 0; }

    //! Bytes of decoded pictures that are kept.
    void setLimit(qint64 bytes) { m_limit = bytes; }
    int keptCount() const;

Q_SIGNALS:
    //! There is more to show of a picture, or less.
    void changed(quint64 key);

private:
    struct Entry
    {
        PictureSource source = {};
        Picture picture = {};
        QByteArray fetched = {};
        QSize room = {};
        bool isAsked = false;
        bool isDecoding = false;
        quint64 used = 0;
    };

    void decode(PictureKey key, Entry &entry);
    void fetch(PictureKey key, Entry &entry, const PictureRoute &route);
    void forgetOldest(PictureKey kept);
    static QByteArray bytesOf(const Entry &entry);
    QString pathOf(const Entry &entry) const;

    PictureLoader m_loader;
    QString m_keptFolder;
    QHash<PictureKey, Entry> m_entries;
    quint64 m_calls = 0;
    qint64 m_kept = 0;
    qint64 m_limit = 96 * 1024 * 1024;
    int m_working = 0;
};

} // namespace Parlance
