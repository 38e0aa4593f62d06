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
