// SPDX-License-Identifier: Apache-2.0
#include <QDirIterator>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

//! The window with a real keychain of every kind: it is up within a second, goes on turning whatever the
//! keychain does, and says where a token is kept.
class TestKeychainWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isUpWithinASecondAndSaysWhereTokensAre_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("token");
        QTest::addColumn<QString>("answer");
        QTest::addColumn<bool>("isSessionOnly");
        QTest::newRow("present") << u"unlocked"_s << u"keychain"_s << u"complete"_s << false;
        QTest::newRow("absent") << u"absent"_s << u"sessionOnly"_s << u"complete"_s << true;
        QTest::newRow("no bus") << u"nobus"_s << u"sessionOnly"_s << u"complete"_s << true;
        QTest::newRow("locked") << u"locked"_s << u"keychainLocked"_s << u"keychainLocked"_s << false;
        QTest::newRow("slow") << u"slow"_s << u"keychain"_s << u"complete"_s << false;
        QTest::newRow("refusing") << u"refusing"_s << u"keychainRefused"_s << u"keychainRefused"_s << false;
    }

    void isUpWithinASecondAndSaysWhereTokensAre()
    {
        QFETCH(QString, kind);
        QFETCH(QString, token);
        QFETCH(QString, answer);
        QFETCH(bool, isSessionOnly);
        const QTemporaryDir profile;
        // Only a keyring that has been made can be locked.
        if (kind == u"locked"_s)
            QVERIFY(!run(u"unlocked"_s, profile.path()).isEmpty());
        const QStringList lines = run(kind, profile.path());
        QVERIFY2(!lines.isEmpty(), m_errors.constData());
        QCOMPARE(valueOf(lines, "token"_L1), token);
        QCOMPARE(valueOf(lines, "answer"_L1), answer);
        QCOMPARE(valueOf(lines, "notice"_L1).contains(u"for this session only"_s), isSessionOnly);
        QCOMPARE(valueOf(lines, "status"_L1).contains(u"for this session only"_s), isSessionOnly);
        QVERIFY(!valueOf(lines, "up"_L1).isEmpty());
        QCOMPARE_LT(valueOf(lines, "up"_L1).toInt(), WINDOW_LIMIT_MS);
        QVERIFY(!valueOf(lines, "gap"_L1).isEmpty());
        QCOMPARE_LT(valueOf(lines, "gap"_L1).toInt(), WINDOW_LIMIT_MS);
        QCOMPARE(m_leaks, QStringList());
        QVERIFY(!m_errors.contains(m_token));
    }

    void losesNoSignInWhateverTheKeychainDoes_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("answer");
        QTest::newRow("slow") << u"slow"_s << u"complete"_s;
        QTest::newRow("locked") << u"locked"_s << u"keychainLocked"_s;
        QTest::newRow("refusing") << u"refusing"_s << u"keychainRefused"_s;
        QTest::newRow("absent") << u"absent"_s << u"secretMissing"_s;
        QTest::newRow("no bus") << u"nobus"_s << u"secretMissing"_s;
    }

    void losesNoSignInWhateverTheKeychainDoes()
    {
        QFETCH(QString, kind);
        QFETCH(QString, answer);
        const QTemporaryDir profile;
        const QTemporaryDir data(profile.path() + u"/parlance"_s);
        // Signed in while the keychain was as it should be, then as it is, then as it should be again.
        for (const QString &now : {u"unlocked"_s, kind, u"unlocked"_s}) {
            const QStringList lines = run(now, profile.path(), data.path(), {u"identity"_s});
            QVERIFY2(!lines.isEmpty(), m_errors.constData());
            QCOMPARE(valueOf(lines, "answer"_L1), now == kind ? answer : u"complete"_s);
            const bool isSignedIn = valueOf(lines, "answer"_L1) == u"complete"_s;
            QCOMPARE(valueOf(lines, "chip"_L1).startsWith(u"Ann, "_s), true);
            QCOMPARE(valueOf(lines, "chip"_L1).endsWith(u" h"_s), isSignedIn);
            QCOMPARE_LT(valueOf(lines, "up"_L1).toInt(), WINDOW_LIMIT_MS);
            QVERIFY(!valueOf(lines, "gap"_L1).isEmpty());
            QCOMPARE_LT(valueOf(lines, "gap"_L1).toInt(), WINDOW_LIMIT_MS);
        }
        QCOMPARE(m_leaks, QStringList());
        QVERIFY(!m_errors.contains(m_token));
    }

private:
    QStringList run(const QString &kind, const QString &profile)
    {
        const QTemporaryDir data(profile + u"/parlance"_s);
        return run(kind, profile, data.path(), {});
    }

    QStringList run(const QString &kind, const QString &profile, const QString &data, const QStringList &more)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PARLANCE_TEST_SECRET"_s, QString::fromLatin1(m_token));
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(PARLANCE_SOURCE_DIR "/tests/auth/keyring.sh"),
                      QStringList{kind, profile, QStringLiteral(KEYCHAIN_WINDOW), data} + more);
        if (!process.waitForFinished(90'000))
            process.kill();
        process.waitForFinished();
        m_errors = process.readAllStandardError();
        m_leaks.append(filesWithToken(profile));
        return QString::fromUtf8(process.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
    }

    //! The rest of the line that begins with the word; empty if there is none.
    static QString valueOf(const QStringList &lines, QLatin1StringView word)
    {
        for (const QString &line : lines) {
            if (line.startsWith(word + u' '))
                return line.sliced(word.size() + 1);
        }
        return {};
    }

    QStringList filesWithToken(const QString &folder) const
    {
        QStringList names;
        QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            const QByteArray bytes = file.readAll();
            if (bytes.contains(m_token) || bytes.contains(m_token.toBase64()))
                names.append(file.fileName());
        }
        return names;
    }

    const QByteArray m_token = "eyJhbGciOi.canary-4712.w1ndow_parrot"_ba;
    QByteArray m_errors;
    QStringList m_leaks; //!< files with the token after any run
};

QTEST_GUILESS_MAIN(TestKeychainWindow)
#include "tst_keychainwindow.moc"
