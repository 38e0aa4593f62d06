// SPDX-License-Identifier: Apache-2.0
#include "app/window/program.h"

#include "search/hitdelegate.h"
#include "search/hitmodel.h"
#include "search/searchcommands.h"
#include "search/searchview.h"
#include "theme/appearance.h"
#include "transcript/transcriptview.h"
#include "window/actions.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QStyleOptionComboBox>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

QDateTime someTime(int minutes)
{
    return QDateTime::currentDateTimeUtc().addDays(-40).addSecs(60 * minutes);
}

Message said(Role role, int minutes, std::vector<Part> parts)
{
    Message message;
    message.id = MessageId::create();
    message.role = role;
    message.created = someTime(minutes);
    for (Part &part : parts)
        message.parts.push_back({.content = std::move(part)});
    return message;
}

} // namespace

class TestSearchWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        fill();
        m_program = std::make_unique<Program>(m_folder->path(), QUrl());
        QTRY_VERIFY_WITH_TIMEOUT(m_program->chat() && m_program->chat()->isLoaded(), 10'000);
        m_program->window.resize(1100, 760);
    }
    void cleanup() { m_program.reset(); }

    void findsWhileOneTypesAndGoesThereAndBack();
    void opensAFoldThatHasTheWords();
    void narrowsByFilters();
    void saysWhatToDoWhenThereIsNothing();
    void findsNothingItCouldNotOpen();
    void theChoicesShowTheirWordsWhole();
    void fetchesMoreAsTheListIsScrolled();
    void givesWayToWhatElseIsChosen();
    void takesTheWordsOfTheSwitcher();
    void setsEveryRowWithoutOverlap();

private:
    //! Two conversations: a long one, and one with thoughts and a failure.
    void fill()
    {
        Store store(m_folder->path() + u"/parlance.sqlite"_s);
        QFuture<Result<StoredState>> opened = store.open();
        opened.waitForFinished();
        QVERIFY(opened.result().has_value());
        m_long = keep(store, u"A long one"_s, 0);
        for (int i = 0; i < 120; ++i)
            store.saveMessage(m_long, i,
                              said(i % 2 == 0 ? Role::User : Role::Agent, i,
                                   {Text{.markdown = i == 7 ? u"The *zebra* crossed; a zebra."_s
                                                            : u"Common words, number %1"_s.arg(i)}}));
        m_short = keep(store, u"A short one"_s, 1000);
        store.saveMessage(m_short, 0, said(Role::User, 1000, {Text{.markdown = u"Why?"_s}}));
        Message failed =
            said(Role::Agent, 1001,
                 {Reasoning{.text = u"Maybe an okapi."_s}, Text{.markdown = u"Common answer"_s}});
        failed.state = MessageState::Failed;
        store.saveMessage(m_short, 1, failed);
        store.flush().waitForFinished();
    }
    static ConversationId keep(Store &store, const QString &title, int minutes)
    {
        Conversation conversation;
        conversation.id = ConversationId::create();
        conversation.agent = AgentBook::builtInId();
        conversation.title = title;
        conversation.isTitleChosen = true;
        conversation.created = conversation.lastActive = someTime(minutes);
        store.saveConversation(conversation);
        return conversation.id;
    }

    template <typename T> T *part(const QString &name) const
    {
        return m_program->window.findChild<T *>(name);
    }
    SearchCommands *search() const { return m_program->window.search(); }
    QLineEdit *field() const { return part<QLineEdit>(u"searchField"_s); }
    QListView *list() const { return part<QListView>(u"searchResults"_s); }
    QString status() const { return part<QLabel>(u"searchStatus"_s)->text(); }
    TranscriptView *transcript() const { return m_program->window.transcript(); }
    void openSearch(const QString &words) const
    {
        m_program->window.actionList()->searchAll->trigger();
        QVERIFY(search()->isOpen());
        QVERIFY(field()->hasFocus() || m_program->window.focusWidget() == field());
        field()->clear();
        QTest::keyClicks(field(), words);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;
    ConversationId m_long;
    ConversationId m_short;
};

void TestSearchWindow::findsWhileOneTypesAndGoesThereAndBack()
{
    const ConversationId origin = m_program->chat()->conversation().id;
    QCOMPARE_EQ(origin, m_short);
    const QAbstractItemModelTester tester(list()->model());
    openSearch(u"zeb"_s);
    QTRY_COMPARE_EQ(status(), u"1 messages found"_s);
    QCOMPARE_EQ(list()->model()->rowCount(), 1);
    const QModelIndex row = list()->model()->index(0, 0);
    QCOMPARE_EQ(row.data(HitModel::TitleRole).toString(), u"A long one"_s);
    QVERIFY(row.data(Qt::AccessibleTextRole).toString().contains(u"zebra"_s));
    QTest::keyClick(field(), Qt::Key_Return);
    QTRY_VERIFY(!search()->isOpen());
    QTRY_COMPARE_EQ(m_program->chat()->conversation().id, m_long);
    QTRY_COMPARE_EQ(transcript()->hitCount(), 2);
    QCOMPARE_EQ(transcript()->currentHit(), 0);
    const TextPosition at = transcript()->finder().hits()[0].begin;
    QCOMPARE_EQ(at.row, 7);
    QVERIFY(transcript()->viewport()->rect().contains(transcript()->caretRect(at).toAlignedRect().center()));
    // One step back, and another.
    auto *bar = part<QLineEdit>(u"findField"_s);
    QCOMPARE_EQ(bar->text(), u"zeb"_s);
    QTest::keyClick(bar, Qt::Key_Escape);
    QVERIFY(search()->isOpen());
    QCOMPARE_EQ(transcript()->hitCount(), 0);
    QCOMPARE_EQ(field()->text(), u"zeb"_s);
    QTest::keyClick(field(), Qt::Key_Escape);
    QTRY_VERIFY(!search()->isOpen());
    QCOMPARE_EQ(m_program->chat()->conversation().id, origin);
    QTRY_COMPARE_EQ(m_program->window.focusWidget(), m_program->message());
}

void TestSearchWindow::opensAFoldThatHasTheWords()
{
    openSearch(u"okapi"_s);
    QTRY_COMPARE_EQ(list()->model()->rowCount(), 1);
    QVERIFY(list()->model()->index(0, 0).data(HitModel::DetailRole).toString().contains(u"thoughts"_s));
    QTest::mouseClick(list()->viewport(), Qt::LeftButton, {},
                      list()->visualRect(list()->model()->index(0, 0)).center());
    QTRY_COMPARE_EQ(transcript()->hitCount(), 1);
    QVERIFY(transcript()->rows().openParts(1).contains(0));
    // The bar's own button stays here.
    QTest::mouseClick(transcript()->findChild<QWidget *>(u"findClose"_s), Qt::LeftButton);
    QCOMPARE_EQ(transcript()->hitCount(), 0);
    QTRY_VERIFY(!search()->goBack());
    QVERIFY(!search()->isOpen());
}

void TestSearchWindow::narrowsByFilters()
{
    openSearch(u"common"_s);
    QTRY_COMPARE_EQ(status(), u"120 messages found"_s);
    part<QCheckBox>(u"searchFailed"_s)->setChecked(true);
    QTRY_COMPARE_EQ(status(), u"1 messages found"_s);
    part<QCheckBox>(u"searchFailed"_s)->setChecked(false);
    auto *role = part<QComboBox>(u"searchRole"_s);
    role->setCurrentIndex(role->findText(u"You"_s));
    QTRY_COMPARE_EQ(status(), u"60 messages found"_s);
    auto *period = part<QComboBox>(u"searchPeriod"_s);
    period->setCurrentIndex(period->findText(u"Last 7 days"_s));
    QTRY_COMPARE_EQ(part<QLabel>(u"searchTitle"_s)->text(), u"No message has that."_s);
    QTest::mouseClick(m_program->button(u"searchClear"_s), Qt::LeftButton);
    QTRY_COMPARE_EQ(status(), u"120 messages found"_s);
    QVERIFY(!m_program->button(u"searchClear"_s)->isVisible());
}

void TestSearchWindow::saysWhatToDoWhenThereIsNothing()
{
    openSearch({});
    auto *title = part<QLabel>(u"searchTitle"_s);
    QTRY_VERIFY(title->isVisible());
    QCOMPARE_EQ(title->text(), u"Find anything that was said."_s);
    QTest::keyClicks(field(), u"\"nowhere to be found"_s);
    QTRY_COMPARE_EQ(title->text(), u"No message has that."_s);
    QVERIFY(!m_program->button(u"searchAgain"_s)->isVisible());
    QTest::keyClick(field(), Qt::Key_Return);
    QVERIFY(search()->isOpen());
}

// What another Parlance has open can be read, but no conversation of it is in this window's list.
void TestSearchWindow::findsNothingItCouldNotOpen()
{
    Program second(m_folder->path(), QUrl());
    QTRY_VERIFY(second.chat());
    second.window.actionList()->searchAll->trigger();
    QTest::keyClicks(second.window.findChild<QLineEdit *>(u"searchField"_s), u"zebra"_s);
    const auto *title = second.window.findChild<QLabel *>(u"searchTitle"_s);
    QTRY_VERIFY(title->isVisible() && title->text() != u"Find anything that was said."_s);
    QCOMPARE_EQ(second.window.findChild<QListView *>(u"searchResults"_s)->model()->rowCount(), 0);
    QVERIFY(title->text() != u"No message has that."_s);
}

void TestSearchWindow::theChoicesShowTheirWordsWhole()
{
    const Appearance appearance(qApp, &m_program->theme);
    for (const int size : {100, 200, 300}) {
        m_program->theme.setTextSize(size);
        openSearch({});
        for (const QString &name :
             {u"searchAgent"_s, u"searchQualifier"_s, u"searchPeriod"_s, u"searchRole"_s}) {
            auto *choice = part<QComboBox>(name);
            QVERIFY2(choice, qPrintable(name));
            choice->ensurePolished();
            QStyleOptionComboBox option;
            option.initFrom(choice);
            option.rect = QRect({}, choice->sizeHint());
            const QRect field = choice->style()->subControlRect(QStyle::CC_ComboBox, &option,
                                                                QStyle::SC_ComboBoxEditField, choice);
            QVERIFY2(field.width() >= choice->fontMetrics().horizontalAdvance(choice->currentText()),
                     qPrintable(choice->currentText()));
        }
    }
}

void TestSearchWindow::fetchesMoreAsTheListIsScrolled()
{
    openSearch(u"common"_s);
    QTRY_COMPARE_EQ(status(), u"120 messages found"_s);
    QVERIFY(list()->model()->rowCount() < 120);
    for (int i = 0; i < 60; ++i)
        QTest::keyClick(field(), Qt::Key_PageDown);
    QTRY_VERIFY_WITH_TIMEOUT(
        [this] {
            QTest::keyClick(field(), Qt::Key_PageDown);
            return list()->currentIndex().row() == 119;
        }(),
        10'000);
}

void TestSearchWindow::givesWayToWhatElseIsChosen()
{
    openSearch(u"zebra"_s);
    m_program->window.navigation()->openConversation(m_long);
    QVERIFY(!search()->isOpen());
    m_program->window.actionList()->searchAll->trigger();
    QCOMPARE_EQ(field()->text(), u"zebra"_s);
    m_program->window.actionList()->find->trigger();
    QVERIFY(!search()->isOpen());
    QVERIFY(part<QLineEdit>(u"findField"_s)->isVisible());
}

void TestSearchWindow::takesTheWordsOfTheSwitcher()
{
    m_program->window.actionList()->switcher->trigger();
    auto *name = part<QLineEdit>(u"switcherField"_s);
    QTest::keyClicks(name, u"zebra"_s);
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_VERIFY(search()->isOpen());
    QCOMPARE_EQ(field()->text(), u"zebra"_s);
    QTRY_COMPARE_EQ(list()->model()->rowCount(), 1);
}

void TestSearchWindow::setsEveryRowWithoutOverlap()
{
    for (const int size : {75, 100, 200}) {
        m_program->theme.setTextSize(size);
        const HitDelegate delegate(&m_program->theme);
        const QRect row(0, 0, 420, delegate.sizeHint({}, {}).height());
        const HitLayout places = delegate.layout(row, u"14 November 2026"_s);
        const QList<QRect> pieces{places.dot, places.title, places.time, places.detail, places.snippet};
        for (const QRect &piece : pieces) {
            QVERIFY(places.box.contains(piece));
            for (const QRect &other : pieces)
                QVERIFY(piece == other || !piece.intersects(other));
        }
    }
}

QTEST_MAIN(TestSearchWindow)
#include "tst_searchwindow.moc"
