// SPDX-License-Identifier: Apache-2.0
#include "qa/evidencesample.h"
#include "support/files.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

BundleManifest manifestSample()
{
    BundleManifest manifest = manifestOfNow(BundleKind::Conversation, u"Of orders"_s);
    manifest.made = QDateTime(QDate(2026, 11, 22), QTime(12, 0), Qt::UTC);
    manifest.subjects.push_back({.conversation = u"conversations/0001.json"_s,
                                 .title = u"Of orders"_s,
                                 .agent = u"Orders"_s,
                                 .address = u"arn:aws:x"_s,
                                 .versions = {u"7"_s},
                                 .verdict = u"passed"_s,
                                 .note = u"as it should"_s});
    return manifest;
}

std::vector<ZipEntry> partsSample()
{
    return {{u"conversations/0001.json"_s, "{\"a\": 1}"}, {u"pages/0001.html"_s, QByteArray(2000, 'x')}};
}

WrittenBundle bundleSample()
{
    return *writeBundle(manifestSample(), partsSample());
}

//! The sample's entries with its own manifest, for packing anew.
std::vector<ZipEntry> entriesOf(const QByteArray &bytes)
{
    return readZip(bytes)->entries;
}

Result<Bundle> readAgain(const std::vector<ZipEntry> &entries)
{
    return readBundle(*writeZip(entries, {}));
}

} // namespace

class TestBundle : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesBackAsItWasWritten()
    {
        const WrittenBundle written = bundleSample();
        const Result<Bundle> bundle = readBundle(written.bytes, written.manifestHash.toUpper());
        QVERIFY2(bundle.has_value(), bundle ? "" : qPrintable(bundle.error().message));
        QCOMPARE_EQ(bundle->findings, QStringList());
        QVERIFY(bundle->manifest == manifestSample());
        QVERIFY(bundle->parts == partsSample());
        QCOMPARE_EQ(bundle->manifestHash, written.manifestHash);
        QCOMPARE_EQ(written.bytes, bundleSample().bytes);
        const QByteArray manifest = entriesOf(written.bytes).front().bytes;
        QCOMPARE_EQ(entriesOf(written.bytes).front().name, u"manifest.json"_s);
        QCOMPARE_EQ(QCryptographicHash::hash(manifest, QCryptographicHash::Sha256).toHex(),
                    written.manifestHash.toLatin1());
    }

    void findsEveryChangedByte()
    {
        const QByteArray good = bundleSample().bytes;
        for (qsizetype index = 0; index < good.size(); ++index) {
            for (const char flip : {'\x01', '\x20', '\x80'}) {
                QByteArray bad = good;
                bad[index] = char(bad[index] ^ flip);
                const Result<Bundle> bundle = readBundle(bad);
                QVERIFY2(!bundle || !bundle->isSound(), qPrintable(QString::number(index)));
                QVERIFY(bundle || !bundle.error().message.isEmpty());
                QVERIFY2(bundle || wasBundle(bad), qPrintable(QString::number(index)));
            }
        }
    }

    void knowsWhatWasEvidence()
    {
        const QByteArray good = bundleSample().bytes;
        QVERIFY(wasBundle(good.chopped(10)));
        QVERIFY(wasBundle(good.first(good.size() / 2)));
        QVERIFY(wasBundle(good.mid(10)));
        QVERIFY(!wasBundle(good));
        QVERIFY(!wasBundle({}));
        QVERIFY(!wasBundle("PK\x03\x04"));
        QVERIFY(!wasBundle("parlance-evidence sha256 is how a seal begins"));
        QVERIFY(!wasBundle(*writeZip({{u"manifest.json"_s, "{\"name\": \"another\"}"}}, {})));
        QVERIFY(!wasBundle(writeZip({{u"a.txt"_s, "a"}}, {})->chopped(3)));
    }

    void namesTheChangedPart()
    {
        std::vector<ZipEntry> entries = entriesOf(bundleSample().bytes);
        entries[1].bytes = "{\"a\": 2}";
        QCOMPARE_EQ(readAgain(entries)->findings,
                    QStringList{u"The part conversations/0001.json was changed."_s});
    }

    void namesTheMissingPart()
    {
        std::vector<ZipEntry> entries = entriesOf(bundleSample().bytes);
        entries.pop_back();
        QCOMPARE_EQ(readAgain(entries)->findings, QStringList{u"The part pages/0001.html is missing."_s});
    }

    void namesTheAddedPart()
    {
        std::vector<ZipEntry> entries = entriesOf(bundleSample().bytes);
        entries.push_back({u"more.txt"_s, "more"});
        QCOMPARE_EQ(readAgain(entries)->findings,
                    QStringList{u"The part more.txt was added; the manifest does not list it."_s});
    }

    void tellsThatItWasPackedAnew()
    {
        const Result<Bundle> bundle = readAgain(entriesOf(bundleSample().bytes));
        QCOMPARE_EQ(bundle->findings.size(), 1);
        QVERIFY(bundle->findings[0].contains(u"packed anew"_s));
        QByteArray behind = bundleSample().bytes;
        QVERIFY(!readBundle(behind + '\n') || !readBundle(behind + '\n')->isSound());
        QVERIFY(!readBundle('\n' + behind) || !readBundle('\n' + behind)->isSound());
    }

    void findsAManifestThatWasMadeAnew()
    {
        const WrittenBundle mine = bundleSample();
        BundleManifest other = manifestSample();
        other.subjects[0].verdict = u"failed"_s;
        const WrittenBundle forged = *writeBundle(other, partsSample());
        QVERIFY(readBundle(forged.bytes)->isSound());
        QVERIFY(!readBundle(forged.bytes, mine.manifestHash)->isSound());
    }

    void refusesWhatWasCutShort()
    {
        const QByteArray good = bundleSample().bytes;
        for (qsizetype size = 0; size < good.size(); ++size) {
            const Result<Bundle> bundle = readBundle(good.first(size));
            QVERIFY(!bundle);
            QVERIFY(!bundle.error().message.isEmpty());
        }
    }

    void refusesNamesThatLeadElsewhere_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name :
             {"../x", "a/../../x", "/etc/passwd", "a//b", "..", "C:/x", "a\\..\\x", "a/", "./a", "a\nb"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void refusesNamesThatLeadElsewhere()
    {
        QFETCH(QString, name);
        const QByteArray bytes = *writeZip({{u"manifest.json"_s, "{}"}, {name, "x"}}, {});
        const Result<Bundle> bundle = readBundle(bytes);
        QVERIFY(!bundle);
        QVERIFY2(bundle.error().message.contains(u"could lead elsewhere"_s),
                 qPrintable(bundle.error().message));
    }

    void refusesTwoPartsOfOneName()
    {
        QByteArray bytes =
            *writeZip({{u"manifest.json"_s, "{}"}, {u"part-1"_s, "x"}, {u"part-2"_s, "y"}}, {});
        const Result<Bundle> bundle = readBundle(bytes.replace("part-2", "part-1"));
        QVERIFY(!bundle);
        QVERIFY(!bundle.error().message.isEmpty());
    }

    void refusesWhatWouldUnpackToTooMuch()
    {
        const QByteArray bomb =
            *writeZip({{u"manifest.json"_s, "{}"}, {u"zeros"_s, QByteArray(50'000'000, '\0')}}, {});
        QVERIFY(bomb.size() < 100'000);
        const Result<ZipReading> refused = readZip(bomb, {.unpacked = 1024 * 1024});
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.contains(u"1 MB"_s), qPrintable(refused.error().message));
        QVERIFY(!readZip(bomb, {.bytes = 1000}));
        QVERIFY(!readZip(bomb, {.entries = 1}));
    }

    void believesNoSizeThatIsNotTrue()
    {
        // The sizes that the zip tells of are made small: no more than they say is unpacked.
        QByteArray bytes = *writeZip({{u"zeros"_s, QByteArray(5'000'000, '\0')}}, {});
        const QByteArray before = QByteArray::fromHex("404b4c00");
        QVERIFY(bytes.contains(before));
        const Result<ZipReading> reading = readZip(bytes.replace(before, QByteArray::fromHex("10000000")));
        QVERIFY(!reading || reading->entries.empty());
    }

    void refusesWhatIsNoEvidence()
    {
        QVERIFY(!readBundle({}));
        QVERIFY(!readBundle("hello"));
        QVERIFY(!readBundle(*writeZip({{u"a.txt"_s, "a"}}, {})));
        QVERIFY(!readBundle(*writeZip({{u"manifest.json"_s, "[]"}}, {})));
        QVERIFY(!readBundleFile(u"/nowhere/at all"_s));
        std::vector<ZipEntry> entries = entriesOf(bundleSample().bytes);
        entries[0].bytes.replace("\"version\": 1", "\"version\": 2");
        const Result<Bundle> newer = readAgain(entries);
        QVERIFY(!newer);
        QVERIFY(newer.error().message.contains(u"newer Parlance"_s));
    }

    void holdsWhatWasSaidWithItsFramesAndIds()
    {
        EvidenceTask task = taskOf(saidSample(u"Where is it?"_s, u"On its way."_s,
                                              {frameOf(0, "\"On its\""), frameOf(1, "\" way.\"")}));
        task.items[0].verdict = u"passed"_s;
        task.items[0].note = u"quick"_s;
        const Result<Bundle> bundle = readBundle(packEvidence(task)->bytes);
        QVERIFY(bundle && bundle->isSound());
        const BundleSubject &subject = bundle->manifest.subjects.at(0);
        QCOMPARE_EQ(subject.address, u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/orders-1"_s);
        QCOMPARE_EQ(subject.qualifier, u"canary"_s);
        QCOMPARE_EQ(subject.versions, QStringList{u"7"_s});
        QCOMPARE_EQ(subject.sessions, QStringList{QString(40, u's')});
        QCOMPARE_EQ(subject.verdict, u"passed"_s);
        QCOMPARE_EQ(subject.note, u"quick"_s);
        const QJsonObject answer = subject.answers.at(0).toObject();
        QCOMPARE_EQ(answer["request"_L1].toString(), u"request-1"_s);
        QCOMPARE_EQ(answer["trace"_L1].toString(), u"trace-1"_s);
        QCOMPARE_EQ(answer["frames"_L1].toInt(), 2);
        QCOMPARE_EQ(bundle->manifest.secretsMasked, 0);
        const Result<ConversationFile> said = conversationOf(*bundle, subject);
        QVERIFY(said.has_value());
        QVERIFY(said->messages == task.items[0].file.messages);
        QVERIFY(said->frames == task.items[0].file.frames);
        QVERIFY(bundle->part(u"pages/0001.html"_s)->contains("On its way."));
    }

    void keepsBytesThatAreNoText()
    {
        const QByteArray odd = QByteArray::fromHex("fffe00ef")
            + "\xEF\xBB\xBF"
              "x";
        const EvidenceTask task =
            taskOf(saidSample(u"?"_s, u"!"_s, {frameOf(0, odd), frameOf(1, "\xEF\xBB\xBF{}")}));
        const Result<Bundle> bundle = readBundle(packEvidence(task)->bytes);
        QVERIFY(conversationOf(*bundle, bundle->manifest.subjects[0])->frames == task.items[0].file.frames);
    }

    void isNotMadeIfCancelled()
    {
        const std::atomic_bool isCancelled = true;
        const auto packed = packEvidence(taskOf(saidSample(u"?"_s, u"!"_s, {})), &isCancelled);
        QVERIFY(!packed);
        QVERIFY(packed.error().kind == ErrorKind::Cancelled);
    }

    void isNotMadeWhereNobodyCouldOpenIt()
    {
        std::vector<ZipEntry> parts;
        for (int part = 0; part < ZipLimits().entries; ++part)
            parts.push_back({QString::number(part), {}});
        const Result<WrittenBundle> tooMany = writeBundle(BundleManifest(), parts);
        QVERIFY(!tooMany);
        QVERIFY2(tooMany.error().message.contains(u"50001 parts"_s), qPrintable(tooMany.error().message));
    }

    void isWrittenWholeOrNotAtAll()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"a.zip"_s);
        QVERIFY(writeBundleFile(path, bundleSample().bytes));
        QVERIFY(looksLikeBundle(path));
        QVERIFY(readBundleFile(path)->isSound());
        QVERIFY(!writeBundleFile(folder.filePath(u"no/where.zip"_s), "x"));
        QCOMPARE_EQ(QDir(folder.path()).entryList(QDir::Files), QStringList{u"a.zip"_s});
    }
};

QTEST_APPLESS_MAIN(TestBundle)
#include "tst_bundle.moc"
