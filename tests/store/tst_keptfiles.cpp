// SPDX-License-Identifier: Apache-2.0
#include "store/keptfiles.h"
#include "store/storefolder.h"
#include "support/files.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr qint64 limit = 1'000'000;

QStringList filesIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::Files | QDir::Hidden);
}

} // namespace

class TestKeptFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsACopyForTheOwnerAlone()
    {
        const QTemporaryDir place;
        const QString folder = place.filePath(u"data/attachments"_s);
        const QString path = place.filePath(u"picture one.png"_s);
        Test::put(path, "\x89PNG\r\n\x1a\n more");
        const Result<Attachment> kept = keepFile(folder, path, limit);
        QVERIFY(kept);
        QCOMPARE(kept->name, u"picture one.png"_s);
        QCOMPARE(kept->mimeType, u"image/png"_s);
        QCOMPARE(kept->keptSize, 13);
        QVERIFY(kept->data.isEmpty());
        const QString there = QDir(folder).filePath(kept->keptAs);
        QCOMPARE(Test::contents(there), Test::contents(path));
        struct stat file = {};
        QCOMPARE(stat(there.toLocal8Bit().constData(), &file), 0);
        QCOMPARE(int(file.st_mode & 0777), 0600);
        QCOMPARE(stat(folder.toLocal8Bit().constData(), &file), 0);
        QCOMPARE(int(file.st_mode & 0777), 0700);
        // The original may go; the same again is there once.
        QVERIFY(QFile::remove(path));
        QCOMPARE(keepBytes(folder, Test::contents(there), limit)->keptAs, kept->keptAs);
        QCOMPARE(filesIn(folder), QStringList{kept->keptAs});
        QCOMPARE(kept->keptAs,
                 QString::fromLatin1(
                     QCryptographicHash::hash(Test::contents(there), QCryptographicHash::Sha256).toHex()));
    }

    void refusesWhatCannotBeSent()
    {
        const QTemporaryDir place;
        const QString folder = place.filePath(u"attachments"_s);
        const Result<Attachment> directory = keepFile(folder, place.path(), limit);
        QVERIFY(!directory && directory.error().message.contains(u"is a folder"_s));
        const Result<Attachment> missing = keepFile(folder, place.filePath(u"no"_s), limit);
        QVERIFY(!missing && missing.error().message.contains(u"no could not be read"_s));
        Test::put(place.filePath(u"big"_s), QByteArray(limit + 1, 'x'));
        const Result<Attachment> big = keepFile(folder, place.filePath(u"big"_s), limit);
        QVERIFY(!big);
        QCOMPARE(big.error().kind, ErrorKind::PayloadTooLarge);
        QVERIFY(keepFile(folder, place.filePath(u"big"_s), limit + 1));
        QVERIFY(mkfifo(place.filePath(u"pipe"_s).toLocal8Bit().constData(), 0600) == 0);
        QVERIFY(!keepFile(folder, place.filePath(u"pipe"_s), limit));
        QVERIFY(!keepBytes(folder, QByteArray(limit + 1, 'x'), limit));
        // Of what was refused nothing is left.
        QCOMPARE(filesIn(folder).size(), 1);
    }

    void removesWhatNothingRefersTo()
    {
        const StoreFolder place;
        Conversation conversation = sampleConversation();
        Message message = userMessage(u"look"_s);
        QStringList kept;
        QString folder;
        const auto keep = [&](const QByteArray &bytes) {
            const Result<Attachment> made = keepBytes(folder, bytes, limit);
            kept.append(made->keptAs);
            return *made;
        };
        {
            const auto store = place.opened();
            folder = store->attachmentFolder();
            conversation.draftFiles = {keep("draft")};
            conversation.editFiles = {keep("edit")};
            message.parts.push_back({.content = keep("sent")});
            keep("left");
            store->saveConversation(conversation);
            store->saveMessage(conversation.id, 0, message);
        }
        QCOMPARE(filesIn(folder).size(), 3);
        QVERIFY(!filesIn(folder).contains(kept[3]));
        {
            StoredState state;
            const auto store = place.opened({}, &state);
            QCOMPARE(state.conversations.front(), conversation);
            QCOMPARE(awaited(store->messages(conversation.id))->front().parts, message.parts);
            conversation.draftFiles = {};
            store->saveConversation(conversation);
        }
        QCOMPARE(filesIn(folder).size(), 2);
        {
            const auto store = place.opened();
            store->removeConversation(conversation.id);
        }
        QCOMPARE(filesIn(folder).size(), 0);
    }

    void removesWhatACrashLeftBehind()
    {
        const StoreFolder place;
        place.opened().reset();
        const QString folder = attachmentFolder(place.file());
        const Result<Attachment> left = keepBytes(folder, "left", limit);
        QFile file(QDir(folder).filePath(left->keptAs));
        QVERIFY(file.open(QIODevice::ReadWrite)
                && file.setFileTime(QDateTime::currentDateTime().addSecs(-60), QFile::FileModificationTime));
        file.close();
        const auto store = place.opened();
        QVERIFY(awaited(store->flush()));
        QTRY_COMPARE(filesIn(folder).size(), 0);
    }

    void setsThemAsideWithADamagedFile()
    {
        const StoreFolder place;
        place.opened().reset();
        const QString folder = attachmentFolder(place.file());
        const Result<Attachment> kept = keepBytes(folder, "old", limit);
        Test::put(place.file(), "no database at all");
        StoredState state;
        QVERIFY(place.opened({}, &state));
        QVERIFY(!state.setAsideFile.isEmpty());
        QCOMPARE(filesIn(state.setAsideFile + u"-attachments"_s), QStringList{kept->keptAs});
        QCOMPARE(filesIn(folder).size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestKeptFiles)
#include "tst_keptfiles.moc"
