// SPDX-License-Identifier: Apache-2.0
#include "auth/awsfiles.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

class TestAwsFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsProfilesOfBothFiles()
    {
        const AwsFiles files = readAwsFiles("[default]\n"
                                            "aws_access_key_id = AKIDDEFAULT\n"
                                            "AWS_Secret_Access_Key: s3cr=t:with+/chars\n"
                                            "\n"
                                            "# a comment\n"
                                            "[both]\n"
                                            "aws_access_key_id=AKIDCREDENTIALS\n",
                                            "[default]\nregion = eu-west-1\n"
                                            "[profile both]\naws_access_key_id=AKIDCONFIG\nregion=us-east-1\n"
                                            "[profile \"with space\"]\noutput = json\n"
                                            "[profile 'single']\noutput = text\n"
                                            "[plain]\nregion = ignored\n"
                                            "[sso-session team]\nsso_region = us-west-2\n"
                                            "[services local]\nsts =\n  endpoint_url = http://x\n");
        QCOMPARE(files.problems, QStringList());
        QCOMPARE(files.profiles.keys(), QStringList({u"both"_s, u"default"_s, u"single"_s, u"with space"_s}));
        const AwsProfile standard = files.profiles[u"default"_s];
        QCOMPARE(standard.settings["region"], "eu-west-1");
        QCOMPARE(standard.settings["aws_secret_access_key"], "s3cr=t:with+/chars");
        const AwsProfile both = files.profiles[u"both"_s];
        QCOMPARE(both.settings["aws_access_key_id"], "AKIDCREDENTIALS");
        QCOMPARE(both.settings["region"], "us-east-1");
        QVERIFY(both.hasCredentialsSection);
        QCOMPARE(both.credentialsSection.size(), 1);
        QVERIFY(!files.profiles[u"with space"_s].hasCredentialsSection);
        QCOMPARE(files.ssoSessions.keys(), QStringList({u"team"_s}));
        QCOMPARE(files.ssoSessions[u"team"_s]["sso_region"], "us-west-2");
    }

    void readsNestedAndContinuedValues()
    {
        const AwsFiles files = readAwsFiles({},
                                            "[default]\n"
                                            "s3 =\n"
                                            "    max_concurrent_requests = 20\n"
                                            "    ; between\n"
                                            "\n"
                                            "    endpoint_url = http://localhost\n"
                                            "long = first\n"
                                            "\tsecond\n"
                                            "region = eu-west-1\n");
        const AwsSettings settings = files.profiles[u"default"_s].settings;
        QCOMPARE(settings["s3.max_concurrent_requests"], "20");
        QCOMPARE(settings["s3.endpoint_url"], "http://localhost");
        QCOMPARE(settings["long"], "first\nsecond");
        QCOMPARE(settings["region"], "eu-west-1");
        QVERIFY(files.problems.isEmpty());
    }

    void takesWindowsLineEndsAndAByteOrderMark()
    {
        const AwsFiles files =
            readAwsFiles("\xEF\xBB\xBF[default]\r\naws_access_key_id = AKID\r\n\r\n[two]\r\na=b", {});
        QCOMPARE(files.profiles[u"default"_s].settings["aws_access_key_id"], "AKID");
        QCOMPARE(files.profiles[u"two"_s].settings["a"], "b");
    }

    void mergesASectionThatComesTwice()
    {
        const AwsFiles files = readAwsFiles("[a]\nx=1\ny=1\n[b]\nx=2\n[a]\ny=3\n", {});
        QCOMPARE(files.profiles[u"a"_s].settings, (AwsSettings{{"x", "1"}, {"y", "3"}}));
    }

    void namesTheLineItCannotReadAndGoesOn()
    {
        const AwsFiles files =
            readAwsFiles("aws_access_key_id = outside\n[a]\nno separator here\nx = 1\n[broken\ny = 2\n", {});
        QCOMPARE(files.problems,
                 QStringList({u"Line 1 of the AWS credentials file could not be read."_s,
                              u"Line 3 of the AWS credentials file could not be read."_s,
                              u"Line 5 of the AWS credentials file could not be read."_s}));
        QCOMPARE(files.profiles.keys(), QStringList({u"a"_s}));
        QCOMPARE(files.profiles[u"a"_s].settings, (AwsSettings{{"x", "1"}}));
    }

    void staysCalmWithAnyBytes()
    {
        QByteArray bytes;
        for (int i = 0; i < 4096; ++i)
            bytes += char((i * 31 + i / 7) & 0xff);
        const QByteArray hostile = bytes + "\n[\n]\n[]\n[profile \"\"]\na=b\n=\n:\n [x]\n = = \n" + bytes;
        for (qsizetype length = 0; length < hostile.size(); length += 13)
            QVERIFY(!readAwsFiles(hostile.first(length), hostile.sliced(length)).profiles.contains({}));
    }

    void splitsACommandAsAShellWould_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("plain") << u"tool --flag value"_s << QStringList({u"tool"_s, u"--flag"_s, u"value"_s});
        QTest::newRow("quotes") << u"\"my tool\" 'a b' c\"d e\"f"_s
                                << QStringList({u"my tool"_s, u"a b"_s, u"cd ef"_s});
        QTest::newRow("empty words") << u"tool '' \"\""_s << QStringList({u"tool"_s, QString(), QString()});
        QTest::newRow("escapes") << u"a\\ b \"c\\\"d\\n\" 'e\\f'"_s
                                 << QStringList({u"a b"_s, u"c\"d\\n"_s, u"e\\f"_s});
        QTest::newRow("nothing expanded")
            << u"tool $HOME `id` *"_s << QStringList({u"tool"_s, u"$HOME"_s, u"`id`"_s, u"*"_s});
        QTest::newRow("empty") << QString() << QStringList();
    }
    void splitsACommandAsAShellWould()
    {
        QFETCH(QString, command);
        QFETCH(QStringList, words);
        QVERIFY(splitCommand(command).has_value());
        QCOMPARE(*splitCommand(command), words);
    }
    void refusesAQuoteThatIsNotClosed()
    {
        QVERIFY(!splitCommand(u"tool \"open"_s));
        QVERIFY(!splitCommand(u"it's"_s));
    }
};

QTEST_APPLESS_MAIN(TestAwsFiles)
#include "tst_awsfiles.moc"
