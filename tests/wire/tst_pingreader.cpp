// SPDX-License-Identifier: Apache-2.0
#include "wire/pingreader.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

class TestPingReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsWhatServersSay_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<Health::State>("state");
        QTest::addColumn<QString>("said");
        QTest::addColumn<qint64>("since");
        const auto row = [](const char *name, const QByteArray &body, Health::State state,
                            const QString &said = {},
                            qint64 since = 0) { QTest::newRow(name) << body << state << said << since; };
        using enum Health::State;
        row("sdk", R"({"status":"Healthy","time_of_last_update":1763700000})", Healthy, u"Healthy"_s,
            1763700000);
        row("busy", R"({"status":"HealthyBusy","time_of_last_update":1763700001})", Busy, u"HealthyBusy"_s,
            1763700001);
        row("busy in another case", R"({"status":"HEALTHY_BUSY"})", Busy, u"HEALTHY_BUSY"_s);
        row("without time", R"({"status":"Healthy"})", Healthy, u"Healthy"_s);
        row("lower case", R"({"status":"healthy"})", Healthy, u"healthy"_s);
        row("ok", R"({"status":"ok"})", Healthy, u"ok"_s);
        row("time in words", R"({"status":"ok","time_of_last_update":"2025-11-21T04:40:00Z"})", Healthy,
            u"ok"_s, 1763700000);
        row("a fraction", R"({"status":"ok","time_of_last_update":1763700000.5})", Healthy, u"ok"_s);
        row("a bare word", R"("Healthy")", Healthy, u"Healthy"_s);
        row("plain text", "pong", Healthy);
        row("nothing", "", Healthy);
        row("another shape", R"({"status":{"code":1}})", Healthy);
        row("not JSON", "{\"status\":", Healthy);
        row("unhealthy", R"({"status":"Unhealthy"})", Unwell, u"Unhealthy"_s);
    }
    void readsWhatServersSay()
    {
        QFETCH(QByteArray, body);
        QFETCH(Health::State, state);
        QFETCH(QString, said);
        QFETCH(qint64, since);
        const Health health = readPing(body);
        QCOMPARE_EQ(health.state, state);
        QCOMPARE_EQ(health.said, said);
        QCOMPARE_EQ(health.since.isValid() ? health.since.toSecsSinceEpoch() : 0, since);
    }

    void keepsALongWordShort()
    {
        QVERIFY(readPing(QByteArray('"' + QByteArray(5000, 'x') + '"')).said.size() <= 80);
    }
};

QTEST_APPLESS_MAIN(TestPingReader)
#include "tst_pingreader.moc"
