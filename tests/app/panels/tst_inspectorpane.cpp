// SPDX-License-Identifier: Apache-2.0
#include "inspector/inspectorpane.h"

#include "app/panels/fakechat.h"
#include "inspector/payloadview.h"
#include "inspector/sessionpage.h"
#include "inspector/toolspage.h"

#include <QClipboard>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

class InspectorPaneTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void tellsWhatToDoWithoutAnswer();
    void showsTheNewestAnswerAndGoesOnToTheNext();
    void staysWithAnOlderAnswerThatWasChosen();
    void keepsSelectionWhileFramesArrive();
    void followsTheEndOnlyWhileAtTheEnd();
    void keepsSelectionThroughAFilter();
    void tellsWhichPartAFrameMade();
    void choosesTheFirstFrameOfAPartWithoutTelling();
    void choosingAHiddenFrameTakesTheFilterAway();
    void showsPayloadsPrettyOrRaw();
    void findsInsideAPayload();
    void masksSecretsWhereverTheyLeave();
    void savesJsonLines();
    void saysWhyAFileCannotBeWritten();
    void showsToolCallsWithArgumentsAndResult();
    void showsTheSession();
    void opensTheSessionInCloudWatch();
    void survivesTheEndOfItsChat();

private:
    template <typename T> T *child(const char *name)
    {
        return m_pane->findChild<T *>(QLatin1StringView(name));
    }
    PayloadView *payload() { return m_pane->findChild<EventsPage *>()->payload(); }
    template <typename T> T *inPayload(const char *name)
    {
        return payload()->findChild<T *>(QLatin1StringView(name));
    }
    QListView *list() { return child<QListView>("events"); }
    int shownRows() { return list()->model()->rowCount(); }
    void fill(const MessageId &answer, int count)
    {
        for (int i = 0; i < count; ++i)
            m_chat->addFrame(answer, u"text “%1”"_s.arg(i),
                             "{\"n\":%1}"_ba.replace("%1", QByteArray::number(i)), i / 10);
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<FakeChat> m_chat;
    std::unique_ptr<InspectorPane> m_pane;
};

void InspectorPaneTest::init()
{
    m_theme = std::make_unique<Theme>();
    m_chat = std::make_unique<FakeChat>();
    m_pane = std::make_unique<InspectorPane>(m_theme.get());
    m_pane->resize(336, 700);
    m_pane->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
}

void InspectorPaneTest::cleanup()
{
    m_pane.reset();
    m_chat.reset();
    m_theme.reset();
}

void InspectorPaneTest::tellsWhatToDoWithoutAnswer()
{
    QCOMPARE(m_pane->accessibleName(), u"Inspector"_s);
    QCOMPARE(child<QLabel>("eventsEmpty")->text(), u"Send a message to see its events here."_s);
    m_pane->setChat(m_chat.get());
    m_chat->addAnswer();
    QCOMPARE(child<QLabel>("eventsEmpty")->text(), u"This answer has no events."_s);
}

void InspectorPaneTest::showsTheNewestAnswerAndGoesOnToTheNext()
{
    const MessageId first = m_chat->addAnswer();
    fill(first, 3);
    m_pane->setChat(m_chat.get());
    QCOMPARE_EQ(m_pane->shownAnswer(), first);
    QTRY_COMPARE_EQ(shownRows(), 3);
    const MessageId second = m_chat->addAnswer(MessageState::Streaming);
    QCOMPARE_EQ(m_pane->shownAnswer(), second);
    QCOMPARE_EQ(shownRows(), 0);
    fill(second, 5);
    QTRY_COMPARE_EQ(shownRows(), 5);
}

void InspectorPaneTest::staysWithAnOlderAnswerThatWasChosen()
{
    const MessageId first = m_chat->addAnswer();
    fill(first, 3);
    const MessageId second = m_chat->addAnswer();
    m_pane->setChat(m_chat.get());
    m_pane->showAnswer(first);
    QCOMPARE_EQ(m_pane->shownAnswer(), first);
    const MessageId third = m_chat->addAnswer();
    QCOMPARE_EQ(m_pane->shownAnswer(), first);
    QVERIFY(child<QPushButton>("showNewestAnswer")->isVisible());
    child<QPushButton>("showNewestAnswer")->click();
    QCOMPARE_EQ(m_pane->shownAnswer(), third);
    QVERIFY(!child<QPushButton>("showNewestAnswer")->isVisible());
    m_pane->showAnswer(MessageId(u"unknown"_s));
    QCOMPARE_EQ(m_pane->shownAnswer(), third);
}

void InspectorPaneTest::keepsSelectionWhileFramesArrive()
{
    const MessageId answer = m_chat->addAnswer(MessageState::Streaming);
    fill(answer, 100);
    m_pane->setChat(m_chat.get());
    QTRY_COMPARE_EQ(shownRows(), 100);
    QTRY_VERIFY(list()->verticalScrollBar()->maximum() > 50);
    list()->setCurrentIndex(list()->model()->index(4, 0));
    list()->verticalScrollBar()->setValue(50);
    const int range = list()->verticalScrollBar()->maximum();
    fill(answer, 100);
    QTRY_COMPARE_EQ(shownRows(), 200);
    QTRY_VERIFY(list()->verticalScrollBar()->maximum() > range);
    QCOMPARE_EQ(list()->currentIndex().row(), 4);
    QCOMPARE_EQ(list()->verticalScrollBar()->value(), 50);
}

void InspectorPaneTest::followsTheEndOnlyWhileAtTheEnd()
{
    const MessageId answer = m_chat->addAnswer(MessageState::Streaming);
    m_pane->setChat(m_chat.get());
    QScrollBar *bar = list()->verticalScrollBar();
    fill(answer, 200);
    QTRY_COMPARE_EQ(shownRows(), 200);
    QTRY_VERIFY(bar->maximum() > 0 && bar->value() == bar->maximum());
    const int before = bar->maximum();
    fill(answer, 50);
    QTRY_VERIFY(bar->maximum() > before && bar->value() == bar->maximum());
    bar->setValue(bar->maximum() - 200);
    const int place = bar->value();
    const int range = bar->maximum();
    fill(answer, 50);
    QTRY_VERIFY(bar->maximum() > range);
    QCOMPARE_EQ(bar->value(), place);
}

void InspectorPaneTest::keepsSelectionThroughAFilter()
{
    const MessageId answer = m_chat->addAnswer();
    fill(answer, 50);
    m_pane->setChat(m_chat.get());
    QTRY_COMPARE_EQ(shownRows(), 50);
    list()->setCurrentIndex(list()->model()->index(42, 0));
    QSignalSpy chosen(m_pane.get(), &InspectorPane::partChosen);
    child<QLineEdit>("filterEvents")->setText(u"“4"_s);
    QTRY_COMPARE_EQ(shownRows(), 11);
    QTRY_COMPARE_EQ(list()->currentIndex().data().toString(), u"text “42”"_s);
    child<QLineEdit>("filterEvents")->clear();
    QTRY_COMPARE_EQ(shownRows(), 50);
    QTRY_COMPARE_EQ(list()->currentIndex().row(), 42);
    QCOMPARE_EQ(chosen.count(), 0);
}

void InspectorPaneTest::tellsWhichPartAFrameMade()
{
    const MessageId answer = m_chat->addAnswer();
    fill(answer, 30);
    m_chat->addFrame(answer, u"messageStop"_s, "{}"_ba);
    m_pane->setChat(m_chat.get());
    QTRY_COMPARE_EQ(shownRows(), 31);
    QSignalSpy chosen(m_pane.get(), &InspectorPane::partChosen);
    list()->setFocus();
    QCOMPARE_EQ(chosen.count(), 0);
    list()->setCurrentIndex(list()->model()->index(12, 0));
    QTest::keyClick(list(), Qt::Key_Up);
    QCOMPARE_EQ(chosen.count(), 2);
    QCOMPARE_EQ(chosen.last().at(0).value<MessageId>(), answer);
    QCOMPARE_EQ(chosen.last().at(1).toInt(), 1);
    list()->setCurrentIndex(list()->model()->index(30, 0));
    QCOMPARE_EQ(chosen.count(), 2);
}

void InspectorPaneTest::choosesTheFirstFrameOfAPartWithoutTelling()
{
    const MessageId answer = m_chat->addAnswer();
    fill(answer, 40);
    m_pane->setChat(m_chat.get());
    QTRY_COMPARE_EQ(shownRows(), 40);
    QSignalSpy chosen(m_pane.get(), &InspectorPane::partChosen);
    m_pane->showPart(answer, 2);
    QCOMPARE_EQ(list()->currentIndex().row(), 20);
    QCOMPARE_EQ(chosen.count(), 0);
    m_pane->showPart(answer, 77);
    QCOMPARE_EQ(list()->currentIndex().row(), 20);
}

void InspectorPaneTest::choosingAHiddenFrameTakesTheFilterAway()
{
    const MessageId answer = m_chat->addAnswer();
    fill(answer, 40);
    m_pane->setChat(m_chat.get());
    child<QLineEdit>("filterEvents")->setText(u"“7”"_s);
    QTRY_COMPARE_EQ(shownRows(), 1);
    m_pane->showPart(answer, 3);
    QTRY_COMPARE_EQ(shownRows(), 40);
    QTRY_COMPARE_EQ(list()->currentIndex().row(), 30);
}

void InspectorPaneTest::showsPayloadsPrettyOrRaw()
{
    const QByteArray json = "{\"z\":12345678901234567890,\"a\":{\"b\":{\"c\":1}}}"_ba;
    const MessageId answer = m_chat->addAnswer();
    m_chat->addFrame(answer, u"one"_s, json);
    m_chat->addFrame(answer, u"two"_s, "not {json"_ba);
    m_pane->setChat(m_chat.get());
    QTRY_COMPARE_EQ(shownRows(), 2);
    list()->setCurrentIndex(list()->model()->index(0, 0));
    auto *view = payload();
    QCOMPARE(view->shownText(),
             u"{\n  \"z\": 12345678901234567890,\n  \"a\": {\n    \"b\": {\"c\": 1}\n  }\n}"_s);
    inPayload<QPushButton>("rawPayload")->click();
    QCOMPARE(view->shownText(), QString::fromUtf8(json));
    inPayload<QPushButton>("copyPayload")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromUtf8(json));
    list()->setCurrentIndex(list()->model()->index(1, 0));
    QCOMPARE(view->shownText(), u"not {json"_s);
    QVERIFY(!inPayload<QPushButton>("rawPayload")->isVisible());
}

void InspectorPaneTest::findsInsideAPayload()
{
    const MessageId answer = m_chat->addAnswer();
    m_chat->addFrame(answer, u"one"_s, "{\"a\":\"needle\",\"b\":\"Needle\",\"c\":\"hay\"}"_ba);
    m_pane->setChat(m_chat.get());
    QTRY_COMPARE_EQ(shownRows(), 1);
    list()->setCurrentIndex(list()->model()->index(0, 0));
    payload()->openFind();
    auto *field = inPayload<QLineEdit>("payloadFind");
    QVERIFY(field->isVisible());
    auto *text = inPayload<QPlainTextEdit>("payload");
    QTest::keyClicks(field, u"needle"_s);
    QCOMPARE_EQ(text->extraSelections().size(), 2);
    const int first = text->textCursor().position();
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE_GT(text->textCursor().position(), first);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE_EQ(text->textCursor().position(), first);
    QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE_GT(text->textCursor().position(), first);
}

void InspectorPaneTest::masksSecretsWhereverTheyLeave()
{
    const QString canary = u"eyJjYW5hcnk.eyJzdWIiOiIx.c2lnbmF0"_s;
    const MessageId answer = m_chat->addAnswer();
    m_chat->addFrame(answer, QString(u"text “"_s + canary + u"”"_s),
                     "{\"t\":\"%1\"}"_ba.replace("%1", canary.toUtf8()));
    m_pane->setChat(m_chat.get());
    QTRY_COMPARE_EQ(shownRows(), 1);
    list()->setCurrentIndex(list()->model()->index(0, 0));
    QVERIFY(!list()->currentIndex().data().toString().contains(canary));
    QCOMPARE(payload()->shownText(), u"{\"t\": \"••••\"}"_s);
    inPayload<QPushButton>("copyPayload")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"{\"t\":\"••••\"}"_s);

    const QTemporaryDir directory;
    const QString path = directory.filePath(u"events.jsonl"_s);
    m_pane->setSavePathAsker([&](QWidget *, const QString &, const auto &answerWith) { answerWith(path); });
    child<QPushButton>("saveEvents")->click();
    QTRY_VERIFY(child<QLabel>("eventsNotice")->isVisible());
    QVERIFY(child<QLabel>("eventsNotice")->text().contains(u"hidden"_s));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray saved = file.readAll();
    QVERIFY(saved.contains("••••"));
    QVERIFY(!saved.contains(canary.toUtf8()));
}

void InspectorPaneTest::savesJsonLines()
{
    const MessageId answer = m_chat->addAnswer();
    fill(answer, 20);
    m_pane->setChat(m_chat.get());
    child<QLineEdit>("filterEvents")->setText(u"“1"_s);
    QTRY_COMPARE_EQ(shownRows(), 11);
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"events.jsonl"_s);
    m_pane->setSavePathAsker([&](QWidget *, const QString &, const auto &answerWith) { answerWith(path); });
    child<QPushButton>("saveEvents")->click();
    QTRY_VERIFY(child<QLabel>("eventsNotice")->isVisible());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
    QCOMPARE_EQ(lines.size(), 11);
    const QJsonObject last = QJsonDocument::fromJson(lines.last()).object();
    QCOMPARE_EQ(last.keys(),
                (QStringList{u"event"_s, u"kind"_s, u"payload"_s, u"sequence"_s, u"sinceSendMs"_s}));
    QCOMPARE_EQ(last[u"sequence"_s].toInt(), 19);
    QCOMPARE_EQ(last[u"sinceSendMs"_s].toDouble(), 133.0);
    QCOMPARE(last[u"kind"_s].toString(), u"sse"_s);
    QCOMPARE(last[u"payload"_s].toString(), u"{\"n\":19}"_s);
}

void InspectorPaneTest::saysWhyAFileCannotBeWritten()
{
    const MessageId answer = m_chat->addAnswer();
    fill(answer, 2);
    m_pane->setChat(m_chat.get());
    QTRY_COMPARE_EQ(shownRows(), 2);
    m_pane->setSavePathAsker(
        [](QWidget *, const QString &, const auto &answerWith) { answerWith(u"/nowhere/at/all.jsonl"_s); });
    child<QPushButton>("saveEvents")->click();
    QTRY_VERIFY(child<QLabel>("eventsNotice")->text().startsWith(u"The file could not be written"_s));
    QVERIFY(child<QPushButton>("saveEvents")->isEnabled());
}

void InspectorPaneTest::showsToolCallsWithArgumentsAndResult()
{
    const MessageId answer = m_chat->addAnswer();
    m_chat->list().change(0, [](Message &message) {
        message.parts.push_back({Text{u"first"_s}});
        message.parts.push_back({ToolCall{u"1"_s, u"get_order"_s, u"{\"id\":4471}"_s, ToolState::Done}});
        message.parts.push_back({ToolResult{u"1"_s, {}, u"{\"state\":\"lost\"}"_s, false}});
        message.parts.push_back({ToolResult{u"2"_s, u"orphan"_s, u"plain words"_s, true}});
    });
    m_pane->setChat(m_chat.get());
    QSignalSpy chosen(m_pane.get(), &InspectorPane::partChosen);
    child<QTabBar>("inspectorTabs")->setCurrentIndex(1);
    auto *calls = child<QListView>("toolCalls");
    QCOMPARE_EQ(calls->model()->rowCount(), 2);
    auto *view = m_pane->findChild<ToolsPage *>()->findChild<PayloadView *>();
    QCOMPARE(view->shownText(), u"Arguments\n{\"id\": 4471}\n\nResult\n{\"state\": \"lost\"}"_s);
    QCOMPARE_EQ(chosen.count(), 0);
    calls->setCurrentIndex(calls->model()->index(1, 0));
    QCOMPARE(view->shownText(), u"Error\nplain words"_s);
    QCOMPARE_EQ(chosen.count(), 1);
    QCOMPARE_EQ(chosen.last().at(1).toInt(), 3);
    m_pane->showPart(answer, 2);
    QCOMPARE_EQ(calls->currentIndex().row(), 0);
    QCOMPARE_EQ(chosen.count(), 1);
}

void InspectorPaneTest::showsTheSession()
{
    m_chat->addAnswer();
    m_chat->list().change(0, [](Message &message) {
        message.httpStatus = 200;
        message.responseIds.change().requestId = u"request-1"_s;
        message.stopReason = u"end_turn"_s;
        message.timings.change().firstText = std::chrono::milliseconds(620);
        message.usage.change().outputTokens = 312;
    });
    m_pane->setChat(m_chat.get());
    child<QTabBar>("inspectorTabs")->setCurrentIndex(2);
    QStringList shown;
    for (const QLineEdit *field : m_pane->findChildren<QLineEdit *>()) {
        if (field->isVisible())
            shown.append(QString(field->accessibleName() + u": "_s + field->text()));
    }
    QCOMPARE_EQ(
        shown,
        (QStringList{u"Session: 3f2a0c11-6d4e-4f7e-9a53-0b1d5e7f91c4"_s, u"Agent: Order assistant"_s,
                     u"Target: arn:aws:bedrock-agentcore:eu-west-1:123456789012:runtime/orders-Ab12Cd34Ef"_s,
                     u"Qualifier: DEFAULT"_s, u"State: complete"_s, u"Stop reason: end_turn"_s,
                     u"HTTP status: 200"_s, u"Request id: request-1"_s, u"First text: 0.620 s"_s,
                     u"Output tokens: 312"_s}));
    child<QPushButton>("copySession")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), m_chat->conversation().session.value());
}

void InspectorPaneTest::opensTheSessionInCloudWatch()
{
    m_chat->addAnswer();
    m_chat->list().change(0, [](Message &message) {
        message.session = RuntimeSessionId(u"another-session"_s);
        message.qualifier = u"canary"_s;
        message.created = QDateTime({2026, 3, 1}, {9, 0}, Qt::UTC);
    });
    QList<QUrl> opened;
    m_pane->findChild<SessionPage *>()->setLinkOpener([&opened](const QUrl &url) { opened.append(url); });
    m_pane->setChat(m_chat.get());
    child<QTabBar>("inspectorTabs")->setCurrentIndex(2);
    auto *button = child<QPushButton>("cloudWatch");
    QVERIFY(button->isVisible());
    Q_EMIT button->menu()->aboutToShow();
    QStringList offered;
    for (QAction *action : button->menu()->actions()) {
        if (!action->isVisible())
            continue;
        offered.append(action->text());
        action->trigger();
    }
    // There is no trace yet.
    QCOMPARE_EQ(
        offered,
        (QStringList{u"Logs of this session"_s, u"Spans of this session"_s, u"Traces of this endpoint"_s}));
    QCOMPARE_EQ(opened.size(), 3);
    QVERIFY(opened[0].toString().contains(u"another-session"_s));
    QVERIFY(opened[0].toString().contains(u"orders-Ab12Cd34Ef-canary"_s));
    QVERIFY(opened[2].toString().contains(u"/endpoint/canary/agent/orders"_s));
}

void InspectorPaneTest::survivesTheEndOfItsChat()
{
    const MessageId answer = m_chat->addAnswer();
    fill(answer, 10);
    m_pane->setChat(m_chat.get());
    QTRY_COMPARE_EQ(shownRows(), 10);
    m_chat.reset();
    QCOMPARE_EQ(shownRows(), 0);
    m_pane->showAnswer(answer);
    m_pane->setChat(nullptr);
    QVERIFY(m_pane->shownAnswer().isEmpty());
}

QTEST_MAIN(InspectorPaneTest)
#include "tst_inspectorpane.moc"
