// SPDX-License-Identifier: Apache-2.0
#include <QDirIterator>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

// Runs a program that holds a KeychainStore against a real gnome-keyring-daemon on a bus of its own.
class KeychainStoreTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<QTemporaryDir>();
        QVERIFY(m_profile->isValid());
    }

    void keepsASecretInTheKeychain();
    void forgetsARemovedSecret();
    void leavesTheSecretInNoFileButTheKeyring();
    void keepsASecretForTheSessionWithoutAKeychain_data();
    void keepsASecretForTheSessionWithoutAKeychain();
    void leavesTheWalletOfADesktopAlone();
    void saysThatTheKeychainIsLocked();
    void doesNotWaitForAPromptThatNobodyAnswers();
    void waitsForASlowKeychainWithoutBlocking();
    void saysThatTheKeychainRefuses();

private:
    //! The lines the program said, the last one ("gap") checked and removed.
    QStringList run(const QString &kind, int limitMs, const QStringList &actions)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PARLANCE_TEST_SECRET"_s, QString::fromLatin1(m_canary));
        process.setProcessEnvironment(environment);
        process.start(
            QStringLiteral(PARLANCE_SOURCE_DIR "/tests/auth/keyring.sh"),
            QStringList{kind, m_profile->path(), QStringLiteral(KEYCHAIN_HELPER), QString::number(limitMs)}
                + actions);
        if (!process.waitForFinished(90000)) {
            process.kill();
            process.waitForFinished();
            return {u"never ended"_s};
        }
        m_output = process.readAllStandardOutput();
        m_errors = process.readAllStandardError();
        QStringList lines = QString::fromUtf8(m_output).split(u'\n', Qt::SkipEmptyParts);
        const QString last = lines.isEmpty() ? QString() : lines.takeLast();
        m_longestGap = last.startsWith("gap "_L1) ? last.mid(4).toInt() : -1;
        return lines;
    }

    //! Files under the profile that hold the secret as it is or in base64.
    QStringList filesWithSecret() const
    {
        QStringList names;
        QDirIterator files(m_profile->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            const QByteArray bytes = file.readAll();
            if (bytes.contains(m_canary) || bytes.contains(m_canary.toBase64()))
                names.append(file.fileName());
        }
        return names;
    }

    const QByteArray m_canary = "eyJhbGciOi.canary-4711.s3cr3t_parrot"_ba;
    std::unique_ptr<QTemporaryDir> m_profile;
    QByteArray m_output;
    QByteArray m_errors;
    int m_longestGap = -1;
};

// The event loop must have gone on turning: the window would have been up within a second.
#define VERIFY_SAID(said, ...)                                                                               \
    do {                                                                                                     \
        const QStringList saidLines = said;                                                                  \
        if (saidLines != QStringList(__VA_ARGS__))                                                           \
            qWarning().noquote() << m_errors;                                                                \
        QCOMPARE(saidLines, QStringList(__VA_ARGS__));                                                       \
        QCOMPARE_GE(m_longestGap, 0);                                                                        \
        QCOMPARE_LT(m_longestGap, 1000);                                                                     \
    } while (false)

void KeychainStoreTest::keepsASecretInTheKeychain()
{
    VERIFY_SAID(run(u"unlocked"_s, 30000, {u"read"_s, u"write"_s, u"read+read+read"_s}),
                {u"read none"_s, u"write keychain"_s, u"read same"_s, u"read same"_s, u"read same"_s});
    // Another program, another day.
    VERIFY_SAID(run(u"unlocked"_s, 30000, {u"read"_s}), {u"read same"_s});
}

void KeychainStoreTest::forgetsARemovedSecret()
{
    VERIFY_SAID(run(u"unlocked"_s, 30000, {u"remove"_s, u"write"_s, u"remove"_s, u"read"_s}),
                {u"remove done"_s, u"write keychain"_s, u"remove done"_s, u"read none"_s});
}

void KeychainStoreTest::leavesTheSecretInNoFileButTheKeyring()
{
    VERIFY_SAID(run(u"unlocked"_s, 30000, {u"write"_s}), {u"write keychain"_s});
    QVERIFY(QFileInfo::exists(m_profile->filePath(u"data/keyrings/login.keyring"_s)));
    // The keyring's own file is encrypted, so the secret is readable in no file at all.
    QCOMPARE(filesWithSecret(), QStringList());
    QVERIFY(!m_errors.contains(m_canary));
    // The search finds what is there.
    QFile control(m_profile->filePath(u"data/control"_s));
    QVERIFY(control.open(QIODevice::WriteOnly));
    control.write("x" + m_canary.toBase64() + "y");
    control.close();
    QCOMPARE(filesWithSecret().size(), 1);
}

void KeychainStoreTest::keepsASecretForTheSessionWithoutAKeychain_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("no service on the bus") << u"absent"_s;
    QTest::newRow("no bus") << u"nobus"_s;
    QTest::newRow("a wallet of the desktop") << u"kdeabsent"_s;
    QTest::newRow("no libsecret") << u"nolibsecret"_s;
}

void KeychainStoreTest::keepsASecretForTheSessionWithoutAKeychain()
{
    QFETCH(QString, kind);
    VERIFY_SAID(run(kind, 30000, {u"read"_s, u"write"_s, u"read"_s, u"remove"_s, u"read"_s}),
                {u"changed sessionOnly"_s, u"read none"_s, u"write sessionOnly"_s, u"read same"_s,
                 u"remove done"_s, u"read none"_s});
    VERIFY_SAID(run(kind, 30000, {u"write"_s}), {u"changed sessionOnly"_s, u"write sessionOnly"_s});
    VERIFY_SAID(run(kind, 30000, {u"read"_s}), {u"changed sessionOnly"_s, u"read none"_s});
    QCOMPARE(filesWithSecret(), QStringList());
    QVERIFY(!QFileInfo::exists(m_profile->filePath(u"wallet-started"_s)));
}

void KeychainStoreTest::leavesTheWalletOfADesktopAlone()
{
    VERIFY_SAID(run(u"kde"_s, 30000, {u"write"_s, u"read"_s}), {u"write keychain"_s, u"read same"_s});
    VERIFY_SAID(run(u"unlocked"_s, 30000, {u"read"_s}), {u"read same"_s});
    QVERIFY(!QFileInfo::exists(m_profile->filePath(u"wallet-started"_s)));
}

void KeychainStoreTest::saysThatTheKeychainIsLocked()
{
    VERIFY_SAID(run(u"unlocked"_s, 30000, {u"write"_s}), {u"write keychain"_s});
    VERIFY_SAID(run(u"locked"_s, 30000, {u"read"_s, u"write"_s, u"read"_s}),
                {u"read keychainLocked"_s, u"write keychainLocked"_s, u"read keychainLocked"_s});
    VERIFY_SAID(run(u"unlocked"_s, 30000, {u"read"_s}), {u"read same"_s});
}

void KeychainStoreTest::doesNotWaitForAPromptThatNobodyAnswers()
{
    VERIFY_SAID(run(u"unlocked"_s, 30000, {u"write"_s}), {u"write keychain"_s});
    QElapsedTimer timer;
    timer.start();
    // Three questions and one prompt: they share its fate.
    VERIFY_SAID(run(u"unanswered"_s, 1500, {u"read+read+read"_s, u"read"_s}),
                {u"read keychainLocked"_s, u"read keychainLocked"_s, u"read keychainLocked"_s,
                 u"read keychainLocked"_s});
    QCOMPARE_LT(timer.elapsed(), 30000);
}

void KeychainStoreTest::waitsForASlowKeychainWithoutBlocking()
{
    QElapsedTimer timer;
    timer.start();
    VERIFY_SAID(run(u"slow"_s, 60000, {u"write"_s, u"read"_s}), {u"write keychain"_s, u"read same"_s});
    QCOMPARE_GE(timer.elapsed(), 9000);
}

void KeychainStoreTest::saysThatTheKeychainRefuses()
{
    VERIFY_SAID(run(u"refusing"_s, 30000, {u"read"_s, u"write"_s, u"remove"_s}),
                {u"read keychainRefused"_s, u"write keychainRefused"_s, u"remove keychainRefused"_s});
    QCOMPARE(filesWithSecret(), QStringList());
}

QTEST_GUILESS_MAIN(KeychainStoreTest)
#include "tst_keychainstore.moc"
