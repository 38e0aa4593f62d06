// SPDX-License-Identifier: Apache-2.0
// Evidence on the command line: made where the conversation is, looked through where nothing is.
#include "headless/cliprogram.h"
#include "qa/evidencesample.h"
#include "support/files.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

QByteArray conversations()
{
    const QString said = u"Leaves. password=hunter2-x"_s;
    return jsonHead(u"Parlance"_s, {})
        + conversationJson(saidSample(u"What do they eat?"_s, said, {frameOf(0, said.toUtf8())}))
        + jsonTail();
}

} // namespace

class TestCliBundle : public QObject
{
    Q_OBJECT
private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    CliProgram::Run verify(const QString &name, const QStringList &more = {}) const
    {
        // A machine that knows nothing of the conversation.
        return CliProgram().run(QStringList{u"bundle"_s, u"verify"_s, path(name)} + more);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<CliProgram> m_program;
    QByteArray m_hash;

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_program = std::make_unique<CliProgram>();
        put(path(u"in.json"_s), conversations());
        QCOMPARE_EQ(m_program->run({u"conversations"_s, u"import"_s, path(u"in.json"_s)}).code, 0);
        const CliProgram::Run made = m_program->run(
            {u"bundle"_s, u"export"_s, u"--conversation"_s, u"of orders"_s, path(u"good.zip"_s)});
        QVERIFY2(made.code == 0, made.err.constData());
        m_hash = made.out.trimmed();
        QCOMPARE_EQ(m_hash.size(), 64);
    }

    void findsItUnchanged()
    {
        const CliProgram::Run plain = verify(u"good.zip"_s, {u"--manifest"_s, QString::fromLatin1(m_hash)});
        QVERIFY2(plain.code == 0, plain.err.constData());
        QVERIFY(plain.out.contains(m_hash));
        QVERIFY(plain.out.contains("runtime/orders-1"));
        QVERIFY(plain.out.contains("version 7"));
        const CliProgram::Run json = verify(u"good.zip"_s, {u"--json"_s});
        QVERIFY(QJsonDocument::fromJson(json.out).object()["isSound"_L1].toBool());
        const QByteArray bytes = contents(path(u"good.zip"_s));
        const Result<Bundle> bundle = readBundle(bytes);
        QVERIFY(bundle->part(u"conversations/0001.json"_s)->contains("sinceSendUs"));
        for (const ZipEntry &part : bundle->parts)
            QVERIFY(!part.bytes.contains("hunter2"));
        QCOMPARE_GE(bundle->manifest.secretsMasked, 2);
    }

    void tellsOfAChangedByte()
    {
        QByteArray bytes = contents(path(u"good.zip"_s));
        bytes[bytes.size() / 2] = char(bytes[bytes.size() / 2] ^ 1);
        put(path(u"bad.zip"_s), bytes);
        const CliProgram::Run changed = verify(u"bad.zip"_s);
        QCOMPARE_EQ(changed.code, 1);
        QVERIFY2(changed.err.contains("was changed"), changed.err.constData());
        QCOMPARE_EQ(verify(u"good.zip"_s, {u"--manifest"_s, u"00"_s}).code, 1);
    }

    void tellsOfAChangeThatLeavesItUnreadable()
    {
        const QByteArray good = contents(path(u"good.zip"_s));
        QByteArray manifest = good;
        manifest[60] = char(manifest[60] ^ 1);
        put(path(u"manifest.zip"_s), manifest);
        put(path(u"cut.zip"_s), good.chopped(200));
        for (const QString &name : {u"manifest.zip"_s, u"cut.zip"_s}) {
            const CliProgram::Run changed = verify(name, {u"--json"_s});
            QCOMPARE_EQ(changed.code, 1);
            QVERIFY2(changed.err.contains("This was evidence"), changed.err.constData());
            const QJsonObject json = QJsonDocument::fromJson(changed.out).object();
            QVERIFY(json.contains("isSound"_L1) && !json["isSound"_L1].toBool());
        }
    }

    void tellsWhatIsNoEvidence()
    {
        for (const QString &name : {u"in.json"_s, u"nowhere.zip"_s}) {
            const CliProgram::Run refused = verify(name);
            QCOMPARE_EQ(refused.code, 2);
            QVERIFY(!refused.err.trimmed().isEmpty());
        }
        QCOMPARE_EQ(m_program->run({u"bundle"_s, u"verify"_s}).code, 2);
        QCOMPARE_EQ(m_program->run({u"bundle"_s, u"dance"_s}).code, 2);
    }

    void exportsOnlyWhatThereIs()
    {
        const QString file = path(u"none.zip"_s);
        QCOMPARE_EQ(m_program->run({u"bundle"_s, u"export"_s, u"--conversation"_s, u"nothing"_s, file}).code,
                    2);
        QCOMPARE_EQ(m_program->run({u"bundle"_s, u"export"_s, file}).code, 2);
        QVERIFY(!QFile::exists(file));
        QCOMPARE_EQ(m_program
                        ->run({u"bundle"_s, u"export"_s, u"--conversation"_s, u"of orders"_s,
                               path(u"no/where.zip"_s)})
                        .code,
                    2);
    }
};

QTEST_GUILESS_MAIN(TestCliBundle)
#include "tst_clibundle.moc"
