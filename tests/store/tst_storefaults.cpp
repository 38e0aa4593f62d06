// SPDX-License-Identifier: Apache-2.0
#include "store/samples.h"
#include "support/files.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>

using namespace Parlance;
using namespace Parlance::Test;
using namespace Qt::StringLiterals;

namespace {

bool replaceContents(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

} // namespace

class StoreFaultsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void saysThatTheDiskIsFullAndKeepsWhatIsStored();
    void writesWhatWaitedWhenThereIsRoomAgain();
    void saysThatItMayNotWrite_data();
    void saysThatItMayNotWrite();
    void saysThatItMayNotWriteAFileOfSomebodyElse();
    void refusesASecondProgramUntilTheFirstIsKilled();
    void refusesASecondStoreInTheSameProgram();
    void setsADamagedFileAside_data();
    void setsADamagedFileAside();
    void keepsEveryDamagedFile();

private:
    QString file() const { return m_folder->filePath(u"parlance.sqlite"_s); }
    void fillStore()
    {
        Store store(file());
        QVERIFY(awaited(store.open()).has_value());
        const Conversation conversation = sampleConversation();
        store.saveConversation(conversation);
        for (int i = 0; i < 200; ++i)
            store.saveMessage(conversation.id, i, userMessage(u"some words "_s.repeated(100)));
        QVERIFY(awaited(store.flush()).has_value());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void StoreFaultsTest::saysThatTheDiskIsFullAndKeepsWhatIsStored()
{
    const Conversation conversation = sampleConversation();
    {
        Store store(file(), StoreOptions{.maximumPages = 60});
        QVERIFY(awaited(store.open()).has_value());
        QSignalSpy failures(&store, &Store::writeFailed);
        store.saveConversation(conversation);
        store.saveMessage(conversation.id, 0, userMessage(u"kept"_s));
        QVERIFY(awaited(store.flush()).has_value());
        store.saveMessage(conversation.id, 1, userMessage(u"too much "_s.repeated(100000)));
        const auto flushed = awaited(store.flush());
        QVERIFY(!flushed.has_value());
        QCOMPARE(flushed.error().kind, ErrorKind::StoreFull);
        QVERIFY(!flushed.error().message.isEmpty());
        QTRY_COMPARE_EQ(failures.count(), 1);
        QCOMPARE_EQ(awaited(store.messages(conversation.id))->size(), size_t(1));
        // Told once, however often it is tried.
        QVERIFY(!awaited(store.flush()).has_value());
        QCOMPARE(failures.count(), 1);
    }
    Store store(file());
    QVERIFY(awaited(store.open()).has_value());
    QCOMPARE(awaited(store.messages(conversation.id))->front().text(), u"kept"_s);
}

// A volume of its own that is truly full, where this machine lets us mount one; a ceiling on the file's
// pages has been tried above in any case.
void StoreFaultsTest::writesWhatWaitedWhenThereIsRoomAgain()
{
    const QString folder = m_folder->path();
    QProcess shell;
    shell.setProcessChannelMode(QProcess::MergedChannels);
    shell.start(
        u"unshare"_s,
        {u"--user"_s, u"--map-root-user"_s, u"--mount"_s, u"sh"_s, u"-c"_s,
         u"mount -t tmpfs -o size=1m tmpfs \"$1\" || { echo unmounted; exit 0; }; \"$2\" fill \"$1\""_s,
         u"sh"_s, folder, QStringLiteral(STORE_HELPER)});
    QVERIFY(shell.waitForFinished(120000));
    const QByteArray output = shell.readAll();
    const bool isMountable = !output.contains("unmounted") && !output.contains("unshare");
    if (isMountable) {
        QVERIFY2(shell.exitCode() == 0, output.constData());
        QVERIFY2(output.contains("storeFull"), output.constData());
        QVERIFY2(output.contains("recovered"), output.constData());
        return;
    }
    saysThatTheDiskIsFullAndKeepsWhatIsStored();
}

void StoreFaultsTest::saysThatItMayNotWrite_data()
{
    QTest::addColumn<QString>("path");
    // Neither lets even root make a folder.
    QTest::newRow("below a regular file") << u"%1/file/parlance.sqlite"_s;
    QTest::newRow("a folder of the system") << u"/proc/self/parlance/parlance.sqlite"_s;
}

void StoreFaultsTest::saysThatItMayNotWrite()
{
    QFETCH(QString, path);
    QVERIFY(replaceContents(m_folder->filePath(u"file"_s), "x"));
    Store store(path.startsWith(u'%') ? path.arg(m_folder->path()) : path);
    const auto state = awaited(store.open());
    QVERIFY(!state.has_value());
    QCOMPARE(errorKindName(state.error().kind), errorKindName(ErrorKind::StoreReadOnly));
    QVERIFY(!state.error().message.isEmpty());
    store.saveConversation(sampleConversation());
    QCOMPARE(awaited(store.flush()).error().kind, ErrorKind::StoreReadOnly);
    QCOMPARE(contents(m_folder->filePath(u"file"_s)), QByteArray("x"));
}

void StoreFaultsTest::saysThatItMayNotWriteAFileOfSomebodyElse()
{
    fillStore();
    const QByteArray before = contents(file());
    QVERIFY(QFile::setPermissions(file(), QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther));
    const QFile::Permissions folder = QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther;
    QVERIFY(QFile::setPermissions(m_folder->path(), folder));
    QProcess helper;
    helper.start(QStringLiteral(STORE_HELPER), {u"nobody"_s, file()});
    QVERIFY(helper.waitForFinished(60000));
    QVERIFY(QFile::setPermissions(m_folder->path(), folder | QFile::WriteOwner));
    QCOMPARE(helper.readAllStandardOutput().trimmed(), QByteArray("storeReadOnly"));
    QCOMPARE(contents(file()), before);
}

void StoreFaultsTest::refusesASecondProgramUntilTheFirstIsKilled()
{
    fillStore();
    QProcess first;
    first.start(QStringLiteral(STORE_HELPER), {u"hold"_s, file()});
    QVERIFY(first.waitForReadyRead(60000));
    QCOMPARE(first.readAllStandardOutput().trimmed(), QByteArray("open"));
    {
        Store second(file());
        const auto state = awaited(second.open());
        QVERIFY(!state.has_value());
        QCOMPARE(errorKindName(state.error().kind), errorKindName(ErrorKind::StoreLocked));
    }
    first.kill();
    QVERIFY(first.waitForFinished());
    Store second(file());
    const auto state = awaited(second.open());
    QVERIFY(state.has_value());
    QCOMPARE_EQ(state->conversations.size(), size_t(1));
}

void StoreFaultsTest::refusesASecondStoreInTheSameProgram()
{
    Store first(file());
    QVERIFY(awaited(first.open()).has_value());
    Store second(file());
    const auto state = awaited(second.open());
    QVERIFY(!state.has_value());
    QCOMPARE(errorKindName(state.error().kind), errorKindName(ErrorKind::StoreLocked));
}

void StoreFaultsTest::setsADamagedFileAside_data()
{
    QTest::addColumn<std::function<QByteArray(QByteArray)>>("damage");
    using Damage = std::function<QByteArray(QByteArray)>;
    QTest::newRow("garbage") << Damage(
        [](const QByteArray &) { return QByteArray("not a database ").repeated(999); });
    QTest::newRow("a few bytes") << Damage([](const QByteArray &) { return QByteArray("hello"); });
    QTest::newRow("cut in half") << Damage([](QByteArray bytes) { return bytes.first(bytes.size() / 2); });
    QTest::newRow("flipped in the middle") << Damage([](QByteArray bytes) {
        for (qsizetype page = 4096 * 3; page + 200 < bytes.size(); page += 4096)
            for (qsizetype i = 0; i < 200; ++i)
                bytes[page + i] = char(~bytes[page + i]);
        return bytes;
    });
    QTest::newRow("head overwritten")
        << Damage([](QByteArray bytes) { return bytes.replace(0, 100, QByteArray(100, 0x5a)); });
}

void StoreFaultsTest::setsADamagedFileAside()
{
    QFETCH(std::function<QByteArray(QByteArray)>, damage);
    fillStore();
    const QByteArray damaged = damage(contents(file()));
    QVERIFY(replaceContents(file(), damaged));
    Store store(file());
    const auto state = awaited(store.open());
    QVERIFY2(state.has_value(), state ? "" : qPrintable(state.error().serverMessage));
    QVERIFY(state->conversations.empty());
    QVERIFY(state->setAsideFile.contains(u"corrupt-"_s));
    QCOMPARE(contents(state->setAsideFile), damaged);
    store.saveConversation(sampleConversation());
    QVERIFY(awaited(store.flush()).has_value());
}

void StoreFaultsTest::keepsEveryDamagedFile()
{
    QSet<QString> names;
    for (int i = 0; i < 3; ++i) {
        QVERIFY(replaceContents(file(), QByteArray("garbage ").repeated(600) + QByteArray::number(i)));
        QVERIFY(replaceContents(file() % "-wal"_L1, "old log"));
        Store store(file());
        const auto state = awaited(store.open());
        QVERIFY(state.has_value());
        names.insert(state->setAsideFile);
    }
    QCOMPARE(names.size(), 3);
    for (const QString &name : names) {
        QVERIFY(contents(name).startsWith("garbage"));
        QCOMPARE(contents(name % "-wal"_L1), QByteArray("old log"));
    }
}

QTEST_GUILESS_MAIN(StoreFaultsTest)
#include "tst_storefaults.moc"
