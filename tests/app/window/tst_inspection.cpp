// SPDX-License-Identifier: Apache-2.0
#include "app/window/program.h"

#include "demo/demoserver.h"
#include "inspector/inspectorpane.h"
#include "inspector/payloadview.h"
#include "transcript/transcriptview.h"
#include "support/files.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

//! An agent that repeats its caller's token.
DemoScript repeatToken(const DemoRequest &request)
{
    DemoScript script;
    script.headers.append(HttpHeader{"Content-Type", "text/event-stream"});
    script.steps = {{.bytes = "data: \"You sent \"\n\n"},
                    {.bytes = "data: \"" + request.header("Authorization") + "\"\n\n"}};
    return script;
}

} // namespace

//! The inspector beside a real exchange: its frames came over a connection, were kept and read again.
class TestInspection : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<DemoServer>();
        m_url = *m_server->start();
        m_program = std::make_unique<Program>(m_folder->path(), m_url);
        m_program->window.resize(1360, 860);
        QTRY_VERIFY_WITH_TIMEOUT(m_program->chat(), 10'000);
    }

    void cleanup() { m_program.reset(); }

    void leadsFromAFrameToItsPartAndBack()
    {
        ask(u"call a tool"_s);
        const Message answer = m_program->last();
        const int tool = partOf<ToolCall>(answer);
        QVERIFY(tool >= 0);
        QSignalSpy chosen(m_program->window.inspector(), &InspectorPane::partChosen);
        const int row = rowWith(u"get_time"_s);
        QVERIFY(row >= 0);
        const int before = outline();
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, shownPlace(row));
        QCOMPARE_EQ(chosen.count(), 1);
        QCOMPARE_EQ(chosen.first().at(0).value<MessageId>(), answer.id);
        QCOMPARE_EQ(chosen.first().at(1).toInt(), tool);
        // The part has a line around it in the page.
        QTRY_VERIFY(outline() > before + 200);
        QVERIFY(payload()->isVisible());
        QVERIFY(payload()->shownText().contains(u"get_time"_s));

        // The other way round: a click on the last paragraph chooses the first frame that made it.
        const int text = int(answer.parts.size()) - 1;
        TranscriptView *page = m_program->window.transcript();
        const int index = m_program->chat()->messages()->count() - 1;
        const QPointF place =
            page->rowOrigin(index) + page->rows().layout(index).partRect(text).center() - QPointF(40, 0);
        QTest::mouseClick(page->viewport(), Qt::LeftButton, {}, place.toPoint());
        QTRY_COMPARE_EQ(list()->currentIndex().data(FrameModel::PartRole).toInt(), text);
        QCOMPARE_EQ(chosen.count(), 1);
    }

    void filtersSearchesAndSaves()
    {
        ask(u"call a tool"_s);
        const int all = list()->model()->rowCount();
        QVERIFY(all > 10);
        field(u"filterEvents"_s)->setText(u"toolUse"_s);
        QTRY_VERIFY(list()->model()->rowCount() < all && list()->model()->rowCount() > 0);
        const int shown = list()->model()->rowCount();
        const QString path = m_folder->filePath(u"events.jsonl"_s);
        m_program->window.inspector()->setSavePathAsker(
            [&](QWidget *, const QString &, const auto &answerWith) { answerWith(path); });
        m_program->button(u"saveEvents"_s)->click();
        QTRY_VERIFY(m_program->window.findChild<QLabel *>(u"eventsNotice"_s)->isVisible());
        QList<QByteArray> lines = contents(path).trimmed().split('\n');
        QCOMPARE_EQ(lines.size(), shown);
        qint64 last = -1;
        for (const QByteArray &line : lines) {
            const QJsonObject object = QJsonDocument::fromJson(line).object();
            QVERIFY(object[u"sequence"_s].toInteger() > last);
            last = object[u"sequence"_s].toInteger();
            QVERIFY(object[u"payload"_s].toString().contains(u"toolUse"_s));
        }

        field(u"filterEvents"_s)->clear();
        QTRY_COMPARE_EQ(list()->model()->rowCount(), all);
        list()->setCurrentIndex(list()->model()->index(rowWith(u"get_time"_s), 0));
        payload()->openFind();
        QTest::keyClicks(payload()->findChild<QLineEdit *>(u"payloadFind"_s), u"get_time"_s);
        QVERIFY(!payload()->findChild<QPlainTextEdit *>(u"payload"_s)->extraSelections().isEmpty());
    }

    void showsTheSameFramesAfterARestart()
    {
        ask(u"call a tool"_s);
        const int before = list()->model()->rowCount();
        m_program->window.close();
        m_program.reset();
        m_program = std::make_unique<Program>(m_folder->path(), m_url);
        m_program->window.resize(1360, 860);
        QTRY_VERIFY_WITH_TIMEOUT(m_program->chat() && m_program->chat()->isLoaded(), 10'000);
        QTRY_COMPARE_EQ(list()->model()->rowCount(), before);
        list()->setCurrentIndex(list()->model()->index(rowWith(u"get_time"_s), 0));
        QCOMPARE_EQ(list()->currentIndex().data(FrameModel::PartRole).toInt(),
                    partOf<ToolCall>(m_program->last()));
    }

    void showsNoTokenThatAnAgentRepeats()
    {
        const QByteArray token = "canary-4714.echo_parrot"_ba;
        DemoServer echo(repeatToken);
        const Agent agent = *m_program->workspace.agents()->save(
            {.name = u"Echo"_s, .target = UrlTarget{echo.start()->toString()}, .auth = AuthMethod::Bearer});
        m_program->workspace.agents()->setToken(agent.id, Secret(token)).waitForFinished();
        m_program->window.navigation()->openAgent(agent.id);
        ask(u"what did I send?"_s);
        QVERIFY(m_program->last().text().startsWith(u"You sent"_s));
        QVERIFY(!m_program->last().text().contains(QLatin1StringView(token)));
        for (int row = 0; row < list()->model()->rowCount(); ++row) {
            list()->setCurrentIndex(list()->model()->index(row, 0));
            QVERIFY(!payload()->shownText().contains(QLatin1StringView(token)));
        }
        const QString path = m_folder->filePath(u"events.jsonl"_s);
        m_program->window.inspector()->setSavePathAsker(
            [&](QWidget *, const QString &, const auto &answerWith) { answerWith(path); });
        m_program->button(u"saveEvents"_s)->click();
        QTRY_VERIFY(contents(path).contains("You sent"));
        QVERIFY(!contents(path).contains(token));
    }

private:
    void ask(const QString &words) const
    {
        m_program->say(words);
        const bool isAnswered = QTest::qWaitFor(
            [this] {
                return m_program->chat()->messages()->count() > 1
                    && m_program->last().state == MessageState::Complete && hasEveryFrame();
            },
            30'000);
        QVERIFY(isAnswered);
    }

    bool hasEveryFrame() const
    {
        const auto *model = qobject_cast<const FrameModel *>(list()->model());
        return model->log() && !model->log()->rows().empty()
            && model->rowCount() == int(model->log()->rows().size());
    }

    PayloadView *payload() const { return m_program->window.findChild<EventsPage *>()->payload(); }

    template <typename T> static int partOf(const Message &message)
    {
        for (size_t i = 0; i < message.parts.size(); ++i) {
            if (std::holds_alternative<T>(message.parts[i].content))
                return int(i);
        }
        return -1;
    }

    QListView *list() const { return m_program->window.findChild<QListView *>(u"events"_s); }
    QLineEdit *field(const QString &name) const { return m_program->window.findChild<QLineEdit *>(name); }

    //! The first frame whose label has the words; -1 if none has.
    int rowWith(const QString &words) const
    {
        for (int row = 0; row < list()->model()->rowCount(); ++row) {
            if (list()->model()->index(row, 0).data().toString().contains(words))
                return row;
        }
        return -1;
    }

    QPoint shownPlace(int row) const
    {
        list()->scrollTo(list()->model()->index(row, 0));
        return list()->visualRect(list()->model()->index(row, 0)).center();
    }

    //! How many pixels of the page have the accent's colour.
    int outline() const
    {
        const QImage image = m_program->window.transcript()->viewport()->grab().toImage();
        const QRgb accent = m_program->theme.colour(ColourRole::Accent).rgb();
        int count = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                count += image.pixel(x, y) == accent ? 1 : 0;
        }
        return count;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DemoServer> m_server;
    QUrl m_url;
    std::unique_ptr<Program> m_program;
};

QTEST_MAIN(TestInspection)
#include "tst_inspection.moc"
