// SPDX-License-Identifier: Apache-2.0
#include "app/panels/fakechat.h"
#include "app/transcript/transcriptfixture.h"
#include "support/files.h"
#include "transcript/filesaving.h"
#include "transcript/markdownparser.h"
#include "transcript/picturedialog.h"

#include <QBuffer>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QMenu>
#include <QPromise>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

QByteArray png(const QSize &size)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::red);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, "png");
    return bytes;
}

QString dataUrl(const QByteArray &bytes)
{
    return u"data:image/png;base64,"_s + QString::fromLatin1(bytes.toBase64());
}

QString markdown(const QByteArray &bytes, const QString &alt = u"A cat"_s)
{
    return u"!["_s + alt + u"]("_s + dataUrl(bytes) + u')';
}

// Few bytes that say they are large: only the head of a PNG.
QByteArray bomb()
{
    QByteArray bytes = png({3, 3});
    const QByteArray side = QByteArray::fromHex("0000ea60"); // 60,000
    bytes.replace(16, 4, side).replace(20, 4, side);
    const quint32 sum = [&] {
        quint32 value = 0xffffffff;
        for (const char c : bytes.mid(12, 17)) {
            value ^= uchar(c);
            for (int i = 0; i < 8; ++i)
                value = value & 1 ? (value >> 1) ^ 0xedb88320U : value >> 1;
        }
        return ~value;
    }();
    for (int i = 0; i < 4; ++i)
        bytes[29 + i] = char(sum >> (24 - 8 * i));
    return bytes;
}

const LaidBlock &image(Fixture &fixture, int block = 0)
{
    return *fixture.view.blockAt({0, 1, block, 0, 0});
}

bool settle(Fixture &fixture)
{
    return QTest::qWaitFor(
        [&] { return !fixture.view.pictures().isBusy() && !fixture.view.isFramePending(); }, longWait);
}

} // namespace

class TranscriptPicturesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsDataInItsOwnSize()
    {
        Fixture fixture({answer(u"Look:\n\n"_s + markdown(png({40, 20})) + u"\n\nafter"_s)});
        // Its place is known before it is decoded, so that nothing jumps.
        QCOMPARE(image(fixture, 1).pictureRect.size(), QSizeF(40, 20));
        const int height = fixture.view.rows().height(0);
        QVERIFY(settle(fixture));
        QVERIFY(!image(fixture, 1).pixels.isNull());
        QCOMPARE(fixture.view.rows().height(0), height);
        QVERIFY(isPaintedRight(fixture.view));
        const QPointF centre = image(fixture, 1).pictureRect.center() + image(fixture, 1).rect.topLeft()
            + fixture.view.rowOrigin(0);
        QCOMPARE(fixture.view.viewport()->grab().toImage().pixelColor(
                     (centre * fixture.view.devicePixelRatioF()).toPoint()),
                 QColor(Qt::red));
        QCOMPARE(image(fixture, 1).boxes[0].flow.text().text, u"A cat"_s);
        QVERIFY(image(fixture, 1).boxes[0].position.y() >= 20);
    }

    void showsAttachmentsScaledToThePage()
    {
        Message message = answer(u"x"_s);
        message.parts[0] = part(Attachment{u"chart.png"_s, u"image/png"_s, png({2000, 1000}), {}});
        Fixture fixture({message});
        QVERIFY(settle(fixture));
        const LaidBlock &laid = image(fixture);
        QCOMPARE(laid.pictureRect.width(), fixture.view.rows().width());
        QVERIFY(std::abs(laid.pictureRect.width() - 2 * laid.pictureRect.height()) <= 2);
        const qreal ratio = fixture.view.devicePixelRatioF();
        QVERIFY(std::abs(laid.pixels.width() - laid.pictureRect.width() * ratio) <= 2 * ratio);
    }

    void doesNotDecodeABomb()
    {
        Fixture fixture({answer(markdown(bomb(), u"big"_s))});
        QVERIFY(settle(fixture));
        QVERIFY(image(fixture).pictureRect.isNull());
        QVERIFY(!fixture.hot(0, Hot::Action::Save).isNull());
        QVERIFY(image(fixture).boxes[1].flow.text().text.contains(u"60000"_s));
        // Not even when asked.
        fixture.view.activate(fixture.hot(0, Hot::Action::LoadPicture));
        QVERIFY(settle(fixture));
        QVERIFY(image(fixture).pixels.isNull());
    }

    void savesWhatIsNoPicture()
    {
        Message message = answer(u"x"_s);
        message.parts[0] = part(Attachment{u"../audio 1 s.wav"_s, u"audio/wav"_s, "RIFFdata", {}});
        Fixture fixture({message});
        QSignalSpy saved(&fixture.view, &TranscriptView::fileSaved);
        const HotAddress save = fixture.hot(0, Hot::Action::Save);
        QVERIFY(!save.isNull());
        const LaidBlock &laid = image(fixture);
        QVERIFY(laid.hots[0].rect.left() >= laid.contentWidth);
        QVERIFY(laid.hots[0].rect.right() <= fixture.view.rows().width());
        fixture.view.activate(save);
        auto *dialog = fixture.view.findChild<QFileDialog *>();
        QVERIFY(dialog);
        QCOMPARE(QFileInfo(dialog->selectedFiles().value(0)).fileName(), u"audio 1 s.wav"_s);
        QTemporaryDir folder;
        Q_EMIT dialog->fileSelected(folder.filePath(u"a.wav"_s));
        QTRY_COMPARE_EQ(saved.size(), 1);
        QCOMPARE(contents(folder.filePath(u"a.wav"_s)), "RIFFdata");
        Q_EMIT dialog->fileSelected(u"/nowhere/at all/a.wav"_s);
        QTRY_COMPARE_EQ(saved.size(), 2);
        QVERIFY(!saved[1][0].value<Result<QString>>());
        QVERIFY(isPaintedRight(fixture.view));
    }

    void marksWhatIsNoPicture_data()
    {
        QTest::addColumn<QString>("url");
        QTest::newRow("letters") << u"data:image/png;base64,AAAA"_s;
        QTest::newRow("cut") << dataUrl(png({30, 30}).first(60));
        QTest::newRow("empty") << u"data:image/png,"_s;
        QTest::newRow("vector")
            << u"data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22/%3E"_s;
    }

    void marksWhatIsNoPicture()
    {
        QFETCH(QString, url);
        Fixture fixture({answer(u"![the words]("_s + url + u')')});
        QVERIFY(settle(fixture));
        QVERIFY(image(fixture).isBroken);
        QVERIFY(image(fixture).pixels.isNull());
        QCOMPARE(image(fixture).boxes[0].flow.text().text, u"the words"_s);
        QVERIFY(!image(fixture).boxes[1].flow.text().text.isEmpty());
        QVERIFY(isPaintedRight(fixture.view));
    }

    void marksAKeptFileThatIsGoneOrNoPicture_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("gone") << QByteArray();
        QTest::newRow("words") << "these are words"_ba;
        QTest::newRow("cut") << png({30, 30}).first(60);
    }
    void marksAKeptFileThatIsGoneOrNoPicture()
    {
        QFETCH(const QByteArray, bytes);
        const QTemporaryDir folder;
        if (!bytes.isEmpty())
            put(folder.filePath(u"kept"_s), bytes);
        Fixture fixture;
        fixture.view.setKeptFolder(folder.path());
        Message message = answer(u"x"_s);
        message.parts[0] = part(Attachment{
            .name = u"chart.png"_s, .mimeType = u"image/png"_s, .keptAs = u"kept"_s, .keptSize = 60});
        fixture.messages.append(message);
        QVERIFY(settle(fixture));
        QVERIFY(image(fixture).isBroken);
        QCOMPARE(image(fixture).boxes[0].flow.text().text, u"chart.png"_s);
        QVERIFY(!image(fixture).boxes[1].flow.text().text.isEmpty());
        QVERIFY(isPaintedRight(fixture.view));
        // There is nothing to be seen large.
        QVERIFY(fixture.hot(0, Hot::Action::Picture).isNull());
    }

    void showsAKeptFile()
    {
        const QTemporaryDir folder;
        put(folder.filePath(u"kept"_s), png({40, 20}));
        Fixture fixture;
        fixture.view.setKeptFolder(folder.path());
        Message message = answer(u"x"_s);
        message.parts[0] = part(Attachment{
            .name = u"chart.png"_s, .mimeType = u"image/png"_s, .keptAs = u"kept"_s, .keptSize = 60});
        fixture.messages.append(message);
        QVERIFY(settle(fixture));
        QCOMPARE(image(fixture).pictureRect.size(), QSizeF(40, 20));
        QVERIFY(!image(fixture).isBroken && !image(fixture).pixels.isNull());
    }

    void fetchesOnlyWhenAsked()
    {
        QList<QUrl> asked;
        QPromise<Result<QByteArray>> first;
        first.start();
        Fixture fixture;
        fixture.view.setPictureLoader([&](const QUrl &url, const PictureRoute &) {
            asked.append(url);
            if (asked.size() == 1)
                return first.future();
            QPromise<Result<QByteArray>> good;
            good.start();
            good.addResult(Result<QByteArray>(png({50, 30})));
            good.finish();
            return good.future();
        });
        fixture.messages.append(answer(u"![map](https://x.test/map.png)"_s));
        QVERIFY(settle(fixture));
        QVERIFY(asked.isEmpty());
        QVERIFY(image(fixture).boxes[1].flow.text().text.contains(u"x.test"_s));
        QCOMPARE(fixture.view.hotAt(fixture.hot(0, Hot::Action::Link))->url, u"https://x.test/map.png"_s);
        fixture.view.activate(fixture.hot(0, Hot::Action::LoadPicture));
        QCOMPARE(asked, QList<QUrl>{QUrl(u"https://x.test/map.png"_s)});
        Error error;
        error.message = u"The connection was refused."_s;
        first.addResult(Result<QByteArray>(tl::unexpected(error)));
        first.finish();
        QVERIFY(settle(fixture));
        QCOMPARE(image(fixture).boxes[1].flow.text().text, error.message);
        QVERIFY(image(fixture).isBroken);
        fixture.view.activate(fixture.hot(0, Hot::Action::LoadPicture));
        QVERIFY(settle(fixture));
        QCOMPARE(asked.size(), 2);
        QCOMPARE(image(fixture).pictureRect.size(), QSizeF(50, 30));
        QVERIFY(!image(fixture).pixels.isNull());
    }

    void fetchesTheWayTheAgentIsReached()
    {
        Fixture fixture;
        FakeChat chat;
        const NetworkSettings own{.proxy = {.kind = ProxyKind::Http, .host = u"proxy.test"_s, .port = 3128}};
        chat.setNetwork(own);
        QList<PictureRoute> routes;
        fixture.view.setPictureLoader([&](const QUrl &, const PictureRoute &route) {
            routes.append(route);
            return QFuture<Result<QByteArray>>();
        });
        fixture.view.setChat(&chat);
        chat.list().append(answer(u"![map](https://x.test/map.png)"_s));
        QVERIFY(settle(fixture));
        fixture.view.activate(fixture.hot(0, Hot::Action::LoadPicture));
        QCOMPARE(routes.size(), 1);
        QVERIFY(routes.constFirst() == own);
        fixture.view.setChat(nullptr);
    }

    void fetchesNoFiles()
    {
        Fixture fixture;
        int asked = 0;
        fixture.view.setPictureLoader([&](const QUrl &, const PictureRoute &) {
            ++asked;
            return QFuture<Result<QByteArray>>();
        });
        fixture.messages.append(answer(u"![map](file:///etc/passwd)"_s));
        fixture.view.activate(fixture.hot(0, Hot::Action::LoadPicture));
        QVERIFY(settle(fixture));
        QCOMPARE(asked, 0);
        QVERIFY(image(fixture).isBroken);
    }

    void showsNoLettersWhileAPictureArrives()
    {
        const QString source = u"Here:\n\n"_s + markdown(png({40, 20})) + u"\n\nafter"_s;
        Fixture fixture({answer({}, MessageState::Streaming)});
        for (int at = 0; at < source.size(); at += 9) {
            fixture.type(0, source.mid(at, 9));
            fixture.view.showChanges();
            const QString shown = fixture.view.rowText(0);
            const bool isInside = at > 40 && at + 9 < source.lastIndexOf(u')');
            if (isInside)
                QVERIFY2(!shown.contains(u"base64"_s), qPrintable(shown));
        }
        fixture.messages.change(0, [](Message &message) { message.state = MessageState::Complete; });
        fixture.view.showChanges();
        QVERIFY(settle(fixture));
        QCOMPARE(image(fixture, 1).pictureRect.size(), QSizeF(40, 20));
    }

    void keepsTheWordsAroundAPicture()
    {
        const auto blocks =
            markdownBlocks(u"before ![a](https://x.test/a.png) after\n\n- ![b](https://x.test/b.png)"_s);
        QCOMPARE(blocks.size(), 3U);
        QCOMPARE(blocks[0].texts[0].text, u"before a after"_s);
        QCOMPARE(blocks[1].kind, BlockKind::Image);
        QCOMPARE(blocks[2].kind, BlockKind::Image);
        QCOMPARE(blocks[2].marker, u"•"_s);
        // An image that is a link stays one.
        QCOMPARE(markdownBlocks(u"[![b](https://x.test/b.svg)](https://x.test/)"_s).size(), 1U);
    }

    void opensCopiesAndOffersToSave()
    {
        Fixture fixture({answer(markdown(png({400, 200})))});
        QVERIFY(settle(fixture));
        fixture.view.activate(fixture.hot(0, Hot::Action::Picture));
        auto *dialog = fixture.view.findChild<PictureDialog *>();
        QVERIFY(dialog);
        QTRY_COMPARE_WITH_TIMEOUT(dialog->findChild<QWidget *>(u"picture"_s)->isVisible(), true, longWait);
        QTRY_VERIFY_WITH_TIMEOUT((dialog->setZoom(2), dialog->zoom() == 2), longWait);
        dialog->close();
        QContextMenuEvent event(
            QContextMenuEvent::Mouse, {},
            fixture.view.viewport()->mapToGlobal(
                fixture.view.hotRect(fixture.hot(0, Hot::Action::Picture)).center().toPoint()));
        QCoreApplication::sendEvent(fixture.view.viewport(), &event);
        auto *menu = fixture.view.findChild<QMenu *>();
        QVERIFY(menu);
        const auto actions = menu->actions();
        QVERIFY(std::ranges::find(actions, u"Save image as…"_s, &QAction::text) != actions.end());
        const auto copy = std::ranges::find(actions, u"Copy image"_s, &QAction::text);
        QVERIFY(copy != actions.end());
        (*copy)->trigger();
        QCOMPARE(QGuiApplication::clipboard()->image().size(), QSize(400, 200));
    }

    void letsGoOfPicturesThatWereNotLookedAt()
    {
        PictureStore store;
        store.setLimit(40 * 40 * 4 * 2);
        for (int i = 1; i <= 5; ++i) {
            const PictureSource source{.data = png({40, 40 - i})};
            (void)store.picture(PictureStore::keyOf(source), source, {100, 100});
            QVERIFY(QTest::qWaitFor([&] { return !store.isBusy(); }, longWait));
        }
        QCOMPARE(store.keptCount(), 2);
    }
};

QTEST_MAIN(TranscriptPicturesTest)
#include "tst_transcriptpictures.moc"
