// SPDX-License-Identifier: Apache-2.0
//
// tests/data/recordings holds whole answers as they stood on the wire. To each belong three files:
//   name.sse, .json, .txt or .hex   the bytes (hex: as hexadecimal digits, for binary answers)
//   name.type                       the Content-Type it came with
//   name.expected                   what it means, one delta a line (see deltaprinter.h)
// A new recording needs no code. PARLANCE_PRINT_RECORDINGS=1 prints what each is read as.
#include "wire/choosedecoder.h"
#include "wire/chooseinterpreter.h"
#include "wire/commandinterpreter.h"
#include "wire/deltaprinter.h"

#include <QDir>
#include <QTest>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

QDir folder()
{
    return QDir(QStringLiteral(PARLANCE_SOURCE_DIR "/tests/data/recordings"));
}

QByteArray contents(const QString &name)
{
    QFile file(folder().filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray bytesOf(const QString &name)
{
    const QByteArray raw = contents(name);
    return name.endsWith(".hex"_L1) ? QByteArray::fromHex(raw) : raw;
}

//! The deltas, and how the body ended if not well.
QString meaning(const QByteArray &type, const QList<QByteArrayView> &pieces)
{
    const auto decoder = makeDecoder(type);
    // Only commands answer so.
    const auto interpreter =
        type.startsWith("application/vnd.amazon.eventstream") ? makeCommandInterpreter() : makeInterpreter();
    std::vector<Frame> frames;
    std::vector<Delta> deltas;
    std::size_t done = 0;
    const auto interpretNew = [&] {
        for (; done < frames.size(); ++done)
            interpreter->interpret(frames[done], deltas);
    };
    for (const QByteArrayView piece : pieces) {
        decoder->feed(piece, frames);
        interpretNew();
    }
    const std::optional<Error> error = decoder->finish(frames);
    interpretNew();
    interpreter->finish(deltas);
    QString text = printed(deltas);
    if (error)
        text += u"\nended "_s % errorKindName(error->kind);
    return text;
}

//! Pieces of plain text are joined: where they are cut is chance.
std::vector<Frame> framesOf(const QByteArray &type, const QList<QByteArrayView> &pieces)
{
    const auto decoder = makeDecoder(type);
    std::vector<Frame> frames;
    for (const QByteArrayView piece : pieces)
        decoder->feed(piece, frames);
    decoder->finish(frames);
    std::vector<Frame> joined;
    for (Frame &frame : frames) {
        if (!joined.empty() && frame.kind == FrameKind::Text && joined.back().kind == FrameKind::Text)
            joined.back().payload += frame.payload;
        else
            joined.push_back(std::move(frame));
    }
    return joined;
}

} // namespace

class TestRecordings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hasRecordings()
    {
        const auto count = [](const char *pattern) {
            return folder().entryList({QString::fromLatin1(pattern)}, QDir::Files).size();
        };
        QVERIFY(count("*.type") > 20);
        QCOMPARE_EQ(count("*.expected"), count("*.type"));
        QCOMPARE_EQ(count("*"), 3 * count("*.type"));
    }

    void meansTheSameHoweverItIsCut_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name :
             folder().entryList({u"*.sse"_s, u"*.json"_s, u"*.txt"_s, u"*.hex"_s}, QDir::Files))
            QTest::newRow(qPrintable(name)) << name;
    }
    void meansTheSameHoweverItIsCut()
    {
        QFETCH(QString, name);
        const QByteArray bytes = bytesOf(name);
        QVERIFY(!bytes.isEmpty());
        const QString base = name.left(name.lastIndexOf(u'.'));
        const QByteArray type = contents(base + ".type"_L1).trimmed();
        const QString whole = meaning(type, {bytes});
        if (qEnvironmentVariableIsSet("PARLANCE_PRINT_RECORDINGS"))
            std::printf("%s\n", qPrintable(whole));
        QCOMPARE_EQ(QString(whole % u'\n'), QString::fromUtf8(contents(base + ".expected"_L1)));

        const QByteArrayView all = bytes;
        QList<QByteArrayView> single;
        for (qsizetype at = 0; at < all.size(); ++at)
            single.append(all.sliced(at, 1));
        QCOMPARE_EQ(meaning(type, single), whole);
        const std::vector<Frame> frames = framesOf(type, {all});
        for (qsizetype cut = 1; cut < all.size(); ++cut)
            QVERIFY2(framesOf(type, {all.first(cut), all.sliced(cut)}) == frames,
                     qPrintable(u"cut at %1"_s.arg(cut)));
    }
};

QTEST_APPLESS_MAIN(TestRecordings)
#include "tst_recordings.moc"
