// SPDX-License-Identifier: Apache-2.0
#include "app/window/program.h"

#include "demo/demoserver.h"
#include "dialogs/elidinglabel.h"
#include "inspector/inspectorpane.h"
#include "theme/appearance.h"
#include "theme/metrics.h"
#include "transcript/transcriptview.h"
#include "window/actions.h"
#include "window/panes.h"
#include "window/rowlist.h"
#include "window/sidebar.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

bool isInside(const QWidget *widget, const QWidget *ancestor)
{
    for (; widget; widget = widget->parentWidget()) {
        if (widget == ancestor)
            return true;
    }
    return false;
}

//! Visible controls of which a part cannot be seen, or whose words have less room than they need.
QStringList cutControls(const MainWindow &window)
{
    QStringList cut;
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        const auto *label = qobject_cast<const QLabel *>(widget);
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const bool counts = label || button || widget->objectName() == u"message"_s;
        // What scrolls may be out of sight.
        const bool scrolls = isInside(widget, window.transcript()) || isInside(widget, window.inspector());
        const bool isBlank = label && label->text().isEmpty();
        if (!counts || isBlank || scrolls || !widget->isVisible())
            continue;
        const bool isSeen = widget->visibleRegion().boundingRect() == widget->rect();
        const bool elides = qobject_cast<const ElidingLabel *>(label);
        const int words = label && !label->wordWrap() && !elides ? label->sizeHint().width()
            : button                                             ? button->minimumSizeHint().width()
                                                                 : 0;
        if (!isSeen || widget->width() < words)
            cut.append(QString(QLatin1StringView(widget->metaObject()->className()) % u' '
                               % widget->objectName() % u' ' % widget->accessibleName()));
    }
    return cut;
}

//! Controls of the bar that finds which stand over each other or reach out of it.
QStringList crowdedControls(const QWidget *bar)
{
    QStringList crowded;
    const QList<QWidget *> controls = bar->findChildren<QWidget *>(Qt::FindDirectChildrenOnly);
    for (const QWidget *control : controls) {
        const auto meets = [control](const QWidget *other) {
            return other != control && other->geometry().intersects(control->geometry());
        };
        if (!bar->rect().contains(control->geometry()) || std::ranges::any_of(controls, meets)
            || control->width() < control->minimumSizeHint().width())
            crowded.append(control->objectName());
    }
    return crowded;
}

} // namespace

class TestWindowSizes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_url = *m_server.start();
        // The window's metrics are the style's, as in the program.
        m_theme = std::make_unique<Theme>();
        m_appearance = std::make_unique<Appearance>(qApp, m_theme.get());
    }

    void givesThePageItsRoomFirst_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<PaneWish>("wish");
        QTest::addColumn<PanePlaces>("expected");
        const PanePlaces all{true, true, true};
        const PanePlaces sidebar{true, true, false};
        const PanePlaces inspector{false, true, true};
        const PanePlaces page{false, true, false};
        QTest::newRow("wide") << 780 << PaneWish{} << all;
        QTest::newRow("one pixel less") << 779 << PaneWish{} << sidebar;
        QTest::newRow("inspector first") << 779 << PaneWish{.first = Pane::Inspector} << inspector;
        QTest::newRow("inspector only") << 779 << PaneWish{.sidebar = false} << inspector;
        QTest::newRow("narrow") << 519 << PaneWish{} << page;
        QTest::newRow("covered") << 519 << PaneWish{.mayCover = true} << PanePlaces{true, false, false};
        QTest::newRow("covered by the inspector")
            << 519 << PaneWish{.first = Pane::Inspector, .mayCover = true} << PanePlaces{false, false, true};
        QTest::newRow("covers only when it must") << 520 << PaneWish{.mayCover = true} << sidebar;
        QTest::newRow("nothing wanted") << 2000 << PaneWish{.sidebar = false, .inspector = false} << page;
    }

    void givesThePageItsRoomFirst()
    {
        QFETCH(int, width);
        QFETCH(PaneWish, wish);
        QFETCH(PanePlaces, expected);
        const PanePlaces places =
            placePanes({.window = width, .sidebar = 200, .page = 320, .inspector = 260}, wish);
        QVERIFY(places == expected);
    }

    void cutsNothing_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("textSize");
        for (const int textSize : {100, 150, 200, 300}) {
            for (const QSize size : {QSize(1360, 860), QSize(1024, 640), QSize(720, 480)})
                QTest::addRow("%dx%d at %d %%", size.width(), size.height(), textSize) << size << textSize;
        }
    }

    void cutsNothing()
    {
        QFETCH(QSize, size);
        QFETCH(int, textSize);
        const QTemporaryDir folder;
        Program program(folder.path(), m_url);
        program.theme.setTextSize(textSize);
        m_theme->setTextSize(textSize);
        program.window.resize(size);
        QTRY_VERIFY_WITH_TIMEOUT(program.chat(), 10'000);
        QCOMPARE_EQ(program.window.size(), size);
        QTRY_COMPARE_EQ(cutControls(program.window), QStringList());
        program.say(u"a long answer"_s);
        QTRY_VERIFY_WITH_TIMEOUT(program.chat()->isStreaming(), 10'000);
        program.message()->setPlainText(u"one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine"_s);
        QTRY_COMPARE_EQ(cutControls(program.window), QStringList());
        program.chat()->stop();
        QTRY_COMPARE_EQ(cutControls(program.window), QStringList());
        QVERIFY(program.window.transcript()->height() > 60);
    }

    void crowdsNothingInTheBarsOfThePage_data() { cutsNothing_data(); }

    void crowdsNothingInTheBarsOfThePage()
    {
        QFETCH(QSize, size);
        QFETCH(int, textSize);
        const QTemporaryDir folder;
        Program program(folder.path(), m_url);
        program.theme.setTextSize(textSize);
        m_theme->setTextSize(textSize);
        program.window.resize(size);
        QTRY_VERIFY_WITH_TIMEOUT(program.chat(), 10'000);
        program.say(u"a long answer"_s);
        QTRY_VERIFY_WITH_TIMEOUT(program.chat()->isStreaming(), 10'000);
        program.chat()->stop();
        program.window.actionList()->find->trigger();
        auto *bar = program.window.findChild<QWidget *>(u"findBar"_s);
        bar->findChild<QLineEdit *>(u"findField"_s)->setText(u"e"_s);
        QTRY_VERIFY(!bar->findChild<QLabel *>(u"findCount"_s)->text().isEmpty());
        QTRY_COMPARE_EQ(crowdedControls(bar), QStringList());
        QVERIFY(program.window.transcript()->closeFind());
        program.window.actionList()->editMessage->trigger();
        QVERIFY(program.window.findChild<QWidget *>(u"editStrip"_s)->isVisible());
        QTRY_COMPARE_EQ(cutControls(program.window), QStringList());
    }

    // In a wide window the field for words stands under the page, not under the whole width.
    void putsTheComposerBelowThePage()
    {
        const QTemporaryDir folder;
        Program program(folder.path(), m_url);
        m_theme->setTextSize(100);
        program.window.resize(1900, 860);
        QTRY_VERIFY_WITH_TIMEOUT(program.chat(), 10'000);
        program.say(u"a long answer"_s);
        QTRY_VERIFY_WITH_TIMEOUT(program.chat()->isStreaming(), 10'000);
        program.chat()->stop();
        const auto *page = program.window.transcript();
        const auto *words = program.message();
        const int left =
            page->mapTo(&program.window, QPoint()).x() + page->viewport()->x() + int(page->rowOrigin(0).x());
        const int inside = words->mapTo(&program.window, QPoint()).x();
        QTRY_VERIFY(inside <= left && left - inside < m_theme->px(Metric::between));
        QVERIFY(words->width() < page->width() * 3 / 4);
    }

    void leadsToTheSidePanesOfANarrowWindow()
    {
        const QTemporaryDir folder;
        Program program(folder.path(), m_url);
        program.theme.setTextSize(200);
        program.window.resize(720, 480);
        QTRY_VERIFY_WITH_TIMEOUT(program.chat(), 10'000);
        const Panes *panes = program.window.panes();
        auto *way = program.window.findChild<QWidget *>(u"showSidebar"_s);
        QTRY_VERIFY(!panes->isShown(Pane::Sidebar) && !panes->isShown(Pane::Inspector));
        QVERIFY(way->isVisible());
        QTest::mouseClick(way, Qt::LeftButton);
        QVERIFY(panes->isShown(Pane::Sidebar) && panes->isCovered());
        QVERIFY(program.window.sidebar()->conversations()->isVisible());
        program.window.actionList()->stop->trigger();
        QVERIFY(!panes->isCovered());
        program.window.actionList()->inspector->trigger();
        QVERIFY(panes->isShown(Pane::Inspector) && panes->isCovered());
        QVERIFY(!program.message()->isVisible());
        program.window.actionList()->inspector->trigger();
        QVERIFY(!panes->isCovered());
        // With room for everything everything is back.
        program.window.resize(2000, 1200);
        QTRY_VERIFY(panes->isShown(Pane::Sidebar) && panes->isShown(Pane::Inspector));
        QVERIFY(!way->isVisible());
    }

    void keepsThePanesInStepWithTheText()
    {
        const QTemporaryDir folder;
        Program program(folder.path(), m_url);
        program.window.resize(2400, 1000);
        QTRY_VERIFY_WITH_TIMEOUT(program.chat(), 10'000);
        auto *panes = program.window.findChild<Panes *>(u"splitter"_s);
        QVERIFY(panes);
        QTRY_VERIFY(panes->isShown(Pane::Sidebar) && panes->isShown(Pane::Inspector));
        const QList<int> before = panes->sizes();
        program.theme.setTextSize(200);
        QTRY_VERIFY(panes->sizes().at(0) > before.at(0) * 3 / 2);
        program.theme.setTextSize(100);
        QTRY_COMPARE(panes->sizes(), before);
    }

    void stepsAsideForThePaneThatIsAskedFor()
    {
        const QTemporaryDir folder;
        Program program(folder.path(), m_url);
        program.theme.setTextSize(200);
        program.window.resize(1360, 860);
        QTRY_VERIFY_WITH_TIMEOUT(program.chat(), 10'000);
        const Panes *panes = program.window.panes();
        QTRY_VERIFY(panes->isShown(Pane::Sidebar) && !panes->isShown(Pane::Inspector));
        QVERIFY(!program.window.actionList()->inspector->isChecked());
        program.window.actionList()->inspector->trigger();
        QVERIFY(!panes->isShown(Pane::Sidebar) && panes->isShown(Pane::Inspector) && !panes->isCovered());
        program.window.actionList()->inspector->trigger();
        QVERIFY(panes->isShown(Pane::Sidebar) && !panes->isShown(Pane::Inspector));
    }

private:
    DemoServer m_server;
    QUrl m_url;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Appearance> m_appearance;
};

QTEST_MAIN(TestWindowSizes)
#include "tst_windowsizes.moc"
