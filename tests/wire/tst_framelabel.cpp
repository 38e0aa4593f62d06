// SPDX-License-Identifier: Apache-2.0
#include "wire/framelabel.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

void addRows()
{
    const auto row = [](const char *payload, const QString &label) {
        QTest::newRow(payload) << QByteArray(payload) << label;
    };
    row(R"({"event":{"messageStart":{"role":"assistant"}}})", u"messageStart"_s);
    row(R"({"event":{"contentBlockDelta":{"delta":{"text":" stays"}}}})", u"text “ stays”"_s);
    row(R"({"event":{"contentBlockStart":{"start":{"toolUse":{"name":"get_order"}}}}})",
        u"toolUse get_order"_s);
    row(R"({"event":{"contentBlockDelta":{"delta":{"toolUse":{"input":"{"}}}}})", u"toolUse input"_s);
    row(R"({"event":{"contentBlockDelta":{"delta":{"reasoningContent":{"text":"x"}}}}})", u"reasoning"_s);
    row(R"({"message":{"role":"user","content":[{"toolResult":{}}]}})", u"toolResult"_s);
    row(R"({"type":"TEXT_MESSAGE_CONTENT","delta":"Hi"})", u"TEXT_MESSAGE_CONTENT “Hi”"_s);
    row(R"("Hel")", u"text “Hel”"_s);
    row("raw\ntext", u"text “raw\\ntext”"_s);
    row(R"("{'a': <x.Agent object at 0x1>}")", u"repr"_s);
    row("{}", u"{}"_s);
}

void addEnvelopes()
{
    const auto row = [](const char *name, const QByteArray &inner, const QString &label) {
        QTest::newRow(name) << R"({"jsonrpc":"2.0","id":"1",)" + inner + '}' << label;
    };
    row("task of 0.3", R"("result":{"kind":"task","id":"k","status":{"state":"input-required"}})",
        u"task input-required"_s);
    row("task of 1.0", R"("result":{"task":{"id":"k","status":{"state":"TASK_STATE_WORKING"}}})",
        u"task working"_s);
    row("task of 1.0 by itself", R"("result":{"id":"k","status":{"state":"TASK_STATE_COMPLETED"}})",
        u"task completed"_s);
    row("status of 0.3", R"("result":{"kind":"status-update","status":{"state":"completed"}})",
        u"status-update completed"_s);
    row("status of 1.0", R"("result":{"statusUpdate":{"status":{"state":"TASK_STATE_CANCELED"}}})",
        u"status-update canceled"_s);
    row("artifact of 0.3",
        R"("result":{"kind":"artifact-update","artifact":{"parts":[{"kind":"text","text":"One euro"}]}})",
        u"artifact-update “One euro”"_s);
    row("artifact of 1.0", R"("result":{"artifactUpdate":{"artifact":{"parts":[{"raw":"AA=="}]}}})",
        u"artifact-update"_s);
    row("message of 0.3", R"("result":{"kind":"message","parts":[{"kind":"text","text":"Hi"}]})",
        u"message “Hi”"_s);
    row("message of 1.0", R"("result":{"message":{"parts":[{"text":"Hi"}]}})", u"message “Hi”"_s);
    row("error", R"("error":{"code":-32601,"message":"Method not found"})", u"error “Method not found”"_s);
    row("tool's result", R"("result":{"content":[{"type":"text","text":"5"}]})", u"result “5”"_s);
    row("tools", R"("result":{"tools":[]})", u"result tools"_s);
    row("progress", R"("method":"notifications/progress","params":{})", u"notifications/progress"_s);
}

} // namespace

class TestFrameLabel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhatAFrameIs_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QString>("label");
        addRows();
        addEnvelopes();
    }
    void saysWhatAFrameIs()
    {
        QFETCH(QByteArray, payload);
        QFETCH(QString, label);
        QCOMPARE_EQ(frameLabel(Frame{.payload = payload}), label);
    }
};

QTEST_APPLESS_MAIN(TestFrameLabel)
#include "tst_framelabel.moc"
