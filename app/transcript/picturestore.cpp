// SPDX-License-Identifier: Apache-2.0
#include "transcript/picturestore.h"

#include "core/runaside.h"
#include "core/whendone.h"

#include <QDir>
#include <QFile>
#include <QImageReader>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

bool mayFetch(const QUrl &url)
{
    return url.isValid() && !url.host().isEmpty()
        && (url.scheme() == u"https"_s || url.scheme() == u"http"_s);
}

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    const bool isSmall = file.size() <= maxAskedBytes;
    return isSmall && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// Decodes on another thread. The bytes of a data address are unpacked there too.
QFuture<Picture> decoded(const PictureSource &source, const QString &path, const QByteArray &fetched,
                         const QSize &room, bool isAsked)
{
    return runAside([=] {
        const QByteArray bytes = !fetched.isEmpty() ? fetched
            : !source.data.isEmpty()                ? source.data
            : !path.isEmpty()                       ? contentsOf(path)
                                                    : bytesOfDataUrl(source.url);
        return decodePicture(bytes, room, isAsked);
    });
}

} // namespace

PictureStore::PictureStore(QObject *parent)
    : QObject(parent)
{
    QImageReader::setAllocationLimit(int(maxAskedPixels * 4 / (1024 * 1024)) + 1);
}

PictureKey PictureStore::keyOf(const PictureSource &source)
{
    return (quint64(qHash(source.url, 1)) * 31 + quint64(qHash(source.data, 2))) * 31
        + quint64(qHash(source.keptAs, 3));
}

QByteArray PictureStore::bytesOf(const Entry &entry)
{
    return !entry.fetched.isEmpty()    ? entry.fetched
        : !entry.source.data.isEmpty() ? entry.source.data
                                       : bytesOfDataUrl(entry.source.url);
}

QString PictureStore::pathOf(const Entry &entry) const
{
    return entry.source.keptAs.isEmpty() ? QString() : QDir(m_keptFolder).filePath(entry.source.keptAs);
}

bool PictureStore::hasBytes(PictureKey key) const
{
    const auto found = m_entries.constFind(key);
    return found != m_entries.cend() && (!found->source.keptAs.isEmpty() || !bytesOf(*found).isEmpty());
}

void PictureStore::withBytes(PictureKey key, QObject *context,
                             std::function<void(const QByteArray &)> function) const
{
    const auto found = m_entries.constFind(key);
    if (found == m_entries.cend())
        return;
    if (const QString path = pathOf(*found); !path.isEmpty())
        whenDone(runAside([path] { return contentsOf(path); }), context, std::move(function));
    else
        function(bytesOf(*found));
}

int PictureStore::keptCount() const
{
    return int(
        std::ranges::count_if(m_entries, [](const Entry &entry) { return !entry.picture.image.isNull(); }));
}

const Picture &PictureStore::picture(PictureKey key, const PictureSource &source, const QSize &room)
{
    Entry &entry = m_entries[key];
    const bool isNew = entry.used == 0;
    entry.used = ++m_calls;
    if (isNew) {
        entry.source = source;
        const bool isHere = !source.data.isEmpty() || !source.keptAs.isEmpty()
            || source.url.startsWith(u"data:"_s, Qt::CaseInsensitive);
        entry.picture.state = isHere ? PictureState::Waiting : PictureState::Remote;
        if (isHere && source.keptAs.isEmpty()) {
            // The head is enough to give it its place; base64 takes four characters for three bytes.
            constexpr qsizetype headLength = 349'528;
            entry.picture.size = pictureSize(
                !source.data.isEmpty() ? source.data : bytesOfDataUrl(source.url.left(headLength)));
        }
    }
    const bool isSmaller = entry.room.width() < room.width() || entry.room.height() < room.height();
    const bool isCut =
        entry.picture.image.isNull() || entry.picture.image.width() < entry.picture.size.width();
    const bool wantsMore = entry.picture.state == PictureState::Waiting
        || (entry.picture.state == PictureState::Shown
            && (entry.picture.image.isNull() || (isSmaller && isCut)));
    if (wantsMore && !entry.isDecoding) {
        entry.room = entry.room.expandedTo(room);
        decode(key, entry);
    }
    return entry.picture;
}

void PictureStore::decode(PictureKey key, Entry &entry)
{
    entry.isDecoding = true;
    ++m_working;
    const auto done = [this, key](const Picture &picture) {
        --m_working;
        const auto found = m_entries.find(key);
        if (found == m_entries.end())
            return;
        found->isDecoding = false;
        m_kept += picture.image.sizeInBytes() - found->picture.image.sizeInBytes();
        found->picture = picture;
        forgetOldest(key);
        Q_EMIT changed(key);
    };
    whenDone(decoded(entry.source, pathOf(entry), entry.fetched, entry.room, entry.isAsked), this, done);
}

void PictureStore::ask(PictureKey key, const PictureRoute &route)
{
    const auto found = m_entries.find(key);
    if (found == m_entries.end() || found->isDecoding)
        return;
    Entry &entry = *found;
    entry.isAsked = true;
    if (entry.picture.state == PictureState::TooLarge)
        decode(key, entry);
    else if (entry.picture.state == PictureState::Remote || entry.picture.state == PictureState::Failed)
        fetch(key, entry, route);
}

void PictureStore::fetch(PictureKey key, Entry &entry, const PictureRoute &route)
{
    const QUrl url(entry.source.url, QUrl::StrictMode);
    const auto fail = [this, key](const QString &words) {
        const auto found = m_entries.find(key);
        if (found == m_entries.end())
            return;
        found->picture.state = PictureState::Failed;
        found->picture.words = words;
        Q_EMIT changed(key);
    };
    if (!m_loader || !mayFetch(url)) {
        fail(tr("This address cannot be fetched."));
        return;
    }
    entry.picture.state = PictureState::Loading;
    ++m_working;
    whenDone(
        m_loader(url, route), this,
        [this, key, fail](const Result<QByteArray> &result) {
            --m_working;
            if (!result) {
                fail(result.error().message);
                return;
            }
            const auto found = m_entries.find(key);
            if (found == m_entries.end())
                return;
            found->fetched = *result;
            found->picture = {.state = PictureState::Waiting, .size = pictureSize(*result)};
            found->isAsked = false;
            Q_EMIT changed(key);
        },
        [this, fail] {
            --m_working;
            fail(tr("The picture was not fetched."));
        });
    Q_EMIT changed(key);
}

// The pixels go, and come again when the picture is looked at; what was found out about it stays.
void PictureStore::forgetOldest(PictureKey kept)
{
    while (m_kept > m_limit) {
        auto oldest = m_entries.end();
        for (auto entry = m_entries.begin(); entry != m_entries.end(); ++entry) {
            if (entry.key() != kept && !entry->picture.image.isNull()
                && (oldest == m_entries.end() || entry->used < oldest->used))
                oldest = entry;
        }
        if (oldest == m_entries.end())
            return;
        m_kept -= oldest->picture.image.sizeInBytes();
        oldest->picture.image = {};
    }
}

} // namespace Parlance
