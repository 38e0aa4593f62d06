// SPDX-License-Identifier: Apache-2.0
#include "chat/deltaguard.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

const QString secret = u"canary-4d1f0c6e"_s;

std::vector<Delta> guarded(const std::vector<std::vector<Delta>> &batches)
{
    DeltaGuard guard({Secret(secret.toUtf8())});
    std::vector<Delta> all;
    for (std::vector<Delta> batch : batches) {
        guard.apply(batch);
        all.insert(all.end(), batch.begin(), batch.end());
    }
    guard.finish(all);
    return all;
}

QString textOf(const std::vector<Delta> &deltas)
{
    QString text;
    for (const Delta &delta : deltas) {
        if (const auto *known = std::get_if<TextDelta>(&delta))
            text += known->text;
    }
    return text;
}

} // namespace

class TestDeltaGuard : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void masksASecretHoweverItIsCut()
    {
        const QString told = u"It is %1, and again %1%1. cana"_s.arg(secret);
        for (int size = 1; size <= told.size(); ++size) {
            std::vector<std::vector<Delta>> batches;
            for (int at = 0; at < told.size(); at += size)
                batches.push_back({TextDelta{.text = told.mid(at, size)}});
            const QString text = textOf(guarded(batches));
            QVERIFY2(!text.contains(secret), qPrintable(text));
            QCOMPARE_EQ(text.count(u'•'), 12);
            // All but a few first letters is gone, and all else is there.
            QVERIFY2(!text.contains(secret.mid(3)), qPrintable(text));
            QVERIFY(text.startsWith(u"It is "_s));
            QVERIFY(text.contains(u", and again "_s));
            QVERIFY(text.endsWith(u"••••. cana"_s));
        }
    }

    void leavesWordsThatOnlyBeginAlike()
    {
        const QString told = u"a canary, canary-4d2 canary-4canary-4d1f0c6 and on"_s;
        std::vector<std::vector<Delta>> batches;
        for (const QChar letter : told)
            batches.push_back({TextDelta{.text = QString(letter)}});
        QCOMPARE_EQ(textOf(guarded(batches)), told);
    }

    void holdsNothingBackThatIsNoBeginning()
    {
        DeltaGuard guard({Secret(secret.toUtf8())});
        std::vector<Delta> deltas{TextDelta{.text = u"a can"_s}};
        guard.apply(deltas);
        QCOMPARE_EQ(deltas, std::vector<Delta>{(TextDelta{.text = u"a can"_s})});
        deltas = {TextDelta{.text = u"ar"_s}};
        guard.apply(deltas);
        QVERIFY(deltas.empty());
        deltas = {TextDelta{.text = u"d"_s}};
        guard.apply(deltas);
        QCOMPARE_EQ(textOf(deltas), u"ard"_s);
    }

    void tellsWhatItHeldBeforeAnythingElse()
    {
        const std::vector<Delta> deltas = guarded({{TextDelta{.text = u"a canary"_s, .blockKey = u"1"_s}},
                                                   {ToolStartDelta{.callId = u"t"_s, .name = u"look"_s}},
                                                   {TextDelta{.text = u"-4d1f0c6e"_s, .blockKey = u"2"_s}}});
        const std::vector<Delta> expected{TextDelta{.text = u"a "_s, .blockKey = u"1"_s},
                                          TextDelta{.text = u"canary"_s, .blockKey = u"1"_s},
                                          ToolStartDelta{.callId = u"t"_s, .name = u"look"_s},
                                          TextDelta{.text = u"-4d1f0c6e"_s, .blockKey = u"2"_s}};
        QCOMPARE_EQ(deltas, expected);
    }

    void replacesHoweverMuchIsHeldBack()
    {
        const auto text = [](const QString &words, bool replaces) {
            return TextDelta{
                .text = words, .blockKey = u"a"_s, .kind = KeyKind::Document, .replaces = replaces};
        };
        const std::vector<Delta> deltas = guarded({{text(u"Draft"_s, false)},
                                                   {text(secret.left(7), true)},
                                                   {text(secret.mid(7), false)},
                                                   {text(u" and on"_s, false)}});
        const std::vector<Delta> expected{text(u"Draft"_s, false), text({}, true), text(u"••••"_s, false),
                                          text(u" and on"_s, false)};
        QCOMPARE_EQ(deltas, expected);
    }

    void masksReasoningAndArgumentsToo()
    {
        const QString first = secret.left(7);
        const QString rest = secret.mid(7);
        const std::vector<Delta> deltas =
            guarded({{ReasoningDelta{.text = first}},
                     {UsageDelta{}, ReasoningDelta{.text = rest}},
                     {ToolArgumentsDelta{.callId = u"t"_s, .fragment = u"{\"key\":\""_s + first}},
                     {ToolArgumentsDelta{.callId = u"t"_s, .fragment = rest + u"\"}"_s}}});
        const std::vector<Delta> expected{UsageDelta{}, ReasoningDelta{.text = u"••••"_s},
                                          ToolArgumentsDelta{.callId = u"t"_s, .fragment = u"{\"key\":\""_s},
                                          ToolArgumentsDelta{.callId = u"t"_s, .fragment = u"••••\"}"_s}};
        QCOMPARE_EQ(deltas, expected);
    }

    void leavesEverythingWithoutASecret()
    {
        DeltaGuard guard;
        std::vector<Delta> deltas{TextDelta{.text = secret}};
        guard.apply(deltas);
        guard.finish(deltas);
        QCOMPARE_EQ(textOf(deltas), secret);
    }
};

QTEST_APPLESS_MAIN(TestDeltaGuard)
#include "tst_deltaguard.moc"
