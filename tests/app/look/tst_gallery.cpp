// SPDX-License-Identifier: Apache-2.0
#include "app/look/gallerypages.h"
#include "app/transcript/transcriptfixture.h"
#include "theme/appearance.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QTranslator>

using namespace Parlance;
using namespace Parlance::Test;
using namespace Qt::StringLiterals;

namespace {

//! What a channel of a pixel may be off, of 255: rounding in the fonts' outlines.
constexpr int pixelTolerance = 40;
//! How many of a million pixels may be further off.
constexpr qint64 strayPixels = 200;

struct Size
{
    const char *name;
    int width;
    int textSize;
};

constexpr auto sizes = std::to_array<Size>({{"narrow", 420, 100}, {"usual", 860, 100}, {"large", 1100, 200}});

bool isClose(QRgb a, QRgb b)
{
    return std::abs(qRed(a) - qRed(b)) <= pixelTolerance && std::abs(qGreen(a) - qGreen(b)) <= pixelTolerance
        && std::abs(qBlue(a) - qBlue(b)) <= pixelTolerance;
}

//! Pixels that are not alike, red on what was expected.
std::pair<qint64, QImage> compare(const QImage &seen, const QImage &expected)
{
    qint64 count = 0;
    QImage marked = expected.convertToFormat(QImage::Format_RGB32);
    for (int y = 0; y < expected.height(); ++y) {
        for (int x = 0; x < expected.width(); ++x) {
            if (isClose(seen.pixel(x, y), expected.pixel(x, y)))
                continue;
            ++count;
            marked.setPixel(x, y, qRgb(255, 0, 0));
        }
    }
    return {count, marked};
}

} // namespace

//! The pictures are under gallery/. With PARLANCE_GALLERY=write they are drawn anew: look at each.
class GalleryTest : public QObject
{
    Q_OBJECT

    QTranslator m_translator;

    static QImage picture(const std::vector<Message> &messages, ThemeChoice choice, const Size &size)
    {
        Fixture fixture(messages, {size.width, 400});
        const Appearance appearance(qApp, &fixture.theme);
        fixture.theme.setChoice(choice);
        fixture.theme.setTextSize(size.textSize);
        // Heights are exact once everything has been in view.
        for (int i = 0; i < 3; ++i) {
            fixture.view.showChanges();
            fixture.view.resize(size.width, fixture.view.viewport()->height() + fixture.bar()->maximum());
            QCoreApplication::sendPostedEvents();
        }
        if (!QTest::qWaitFor([&] { return !fixture.view.isColouring() && !fixture.view.pictures().isBusy(); },
                             longWait))
            return {};
        fixture.view.showChanges();
        fixture.view.setFocusPolicy(Qt::NoFocus);
        return fixture.view.grab().toImage().convertToFormat(QImage::Format_RGB32);
    }

private Q_SLOTS:
    void initTestCase()
    {
        // Numbers choose their words in a translation, the English one too.
        QVERIFY(m_translator.load(QStringLiteral(PARLANCE_BINARY_DIR "/app/parlance_en.qm")));
        QCoreApplication::installTranslator(&m_translator);
        QVERIFY2(qEnvironmentVariableIsSet("FONTCONFIG_FILE"), "Run this with ctest, which fixes the fonts.");
    }

    void everyPageLooksAsItDid_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<ThemeChoice>("choice");
        QTest::addColumn<int>("size");
        for (const QString &page : galleryPageNames()) {
            for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
                for (size_t i = 0; i < sizes.size(); ++i) {
                    const QString name =
                        u"%1-%2-%3"_s.arg(page, choice == ThemeChoice::Dark ? u"dark"_s : u"light"_s,
                                          QLatin1StringView(sizes[i].name));
                    QTest::newRow(qPrintable(name)) << page << choice << int(i);
                }
            }
        }
    }
    void everyPageLooksAsItDid()
    {
        QFETCH(QString, page);
        QFETCH(ThemeChoice, choice);
        QFETCH(int, size);
        const QImage seen = picture(galleryPage(page), choice, sizes[size_t(size)]);
        QVERIFY(!seen.isNull());
        const QString name = QLatin1StringView(QTest::currentDataTag()) + u".png"_s;
        const QString kept = QStringLiteral(PARLANCE_SOURCE_DIR "/tests/app/look/gallery/") + name;
        if (qEnvironmentVariable("PARLANCE_GALLERY") == "write"_L1) {
            QVERIFY(seen.save(kept, "PNG", 0));
            return;
        }
        const QImage expected(kept);
        const QString folder = QStringLiteral(PARLANCE_BINARY_DIR "/gallery/");
        QVERIFY(QDir().mkpath(folder));
        const auto isSaved = [&](const QImage &image, const QString &suffix) {
            return image.save(folder + suffix + name);
        };
        if (seen.size() != expected.size()) {
            QVERIFY(isSaved(seen, u"seen-"_s));
            QCOMPARE(seen.size(), expected.size());
        }
        const auto [count, marked] = compare(seen, expected);
        const qint64 allowed = qint64(seen.width()) * seen.height() * strayPixels / 1'000'000;
        if (count > allowed)
            QVERIFY(isSaved(seen, u"seen-"_s) && isSaved(marked, u"marked-"_s));
        QVERIFY2(count <= allowed,
                 qPrintable(u"%1 pixels differ, %2 may. See %3"_s.arg(count).arg(allowed).arg(folder)));
    }
};

QTEST_MAIN(GalleryTest)
#include "tst_gallery.moc"
