// SPDX-License-Identifier: Apache-2.0
#include "qa/comparisonreport.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

Message answerWith(const QString &text, const QString &tool, MessageState state = MessageState::Complete)
{
    Message message{.id = MessageId::create(), .role = Role::Agent, .state = state};
    if (!tool.isEmpty())
        message.parts.push_back({.content = ToolCall{.callId = u"1"_s, .name = tool, .arguments = u"{}"_s}});
    message.parts.push_back({.content = Text{.markdown = text}});
    message.servedVersion = tool.isEmpty() ? u"8"_s : u"7"_s;
    message.timings.change().firstText = std::chrono::milliseconds(540);
    return message;
}

ComparisonReport example()
{
    const ConversationId prod(u"prod"_s);
    const ConversationId canary(u"canary"_s);
    ComparisonReport report{
        .comparison =
            {.id = ComparisonId::create(),
             .title = u"Order <assistant>"_s,
             .columns = {prod, canary},
             .baseline = prod,
             .verdicts = {{.turn = 0, .kind = VerdictKind::Better, .better = prod, .isBlind = true}},
             .notes = {{.turn = 0, .text = u"it *lost* the pieces"_s}}},
        .questions = {u"And a replacement?"_s, u"Thanks"_s}};
    report.columns.push_back({.conversation = prod,
                              .name = u"prod"_s,
                              .agent = u"Order assistant"_s,
                              .address = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/a-1"_s,
                              .session = RuntimeSessionId(u"session-of-prod"_s),
                              .answers = {answerWith(u"It leaves tomorrow."_s, u"check_stock"_s),
                                          answerWith(u"Welcome."_s, u"check_stock"_s)}});
    report.columns.push_back(
        {.conversation = canary,
         .name = u"canary"_s,
         .answers = {answerWith(u"It leaves today. ```x``` </details>"_s, {}), std::nullopt}});
    return report;
}

} // namespace

class TestComparisonReport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsWhoSaidWhatAndWhatDiffers()
    {
        const QString text = QString::fromUtf8(comparisonMarkdown(example()));
        for (const QString &wanted :
             {u"# Order &lt;assistant\\>"_s, u"prod (baseline)"_s, u"`session-of-prod`"_s, u"runtime/a-1`"_s,
              u"**canary** differs from **prod**:"_s, u"Not called: check\\_stock"_s, u"Removed: tomorrow"_s,
              u"Added: today"_s, u"Verdict: **prod is better**"_s, u"Note: it \\*lost\\* the pieces"_s,
              u"1 of them blind"_s, u"540 ms"_s, u"no answer"_s, u"(21 to 100 %)"_s})
            QVERIFY2(text.contains(wanted), qPrintable(wanted + u"\n\n"_s + text));
    }

    void letsNoAnswerOutOfItsFold()
    {
        const QString text = QString::fromUtf8(comparisonMarkdown(example()));
        const qsizetype said = text.indexOf(u"```x``` </details>"_s);
        QVERIFY(said > 0);
        QVERIFY(text.lastIndexOf(u"````text\n"_s, said) > text.lastIndexOf(u"<details>"_s, said));
    }

    void masksSecrets()
    {
        ComparisonReport report = example();
        report.questions[0] =
            u"my password=hunter2hunter2 and Authorization: Bearer abcdef0123456789abcdef"_s;
        const QString text = QString::fromUtf8(comparisonMarkdown(report));
        QVERIFY2(!text.contains(u"hunter2"_s) && !text.contains(u"abcdef0123456789"_s), qPrintable(text));
    }

    void saysSoWhereNothingDiffers()
    {
        ComparisonReport report = example();
        report.columns[1].answers[0] = report.columns[0].answers[0];
        report.comparison.verdicts.clear();
        const QString text = QString::fromUtf8(comparisonMarkdown(report));
        QVERIFY(text.contains(u"**canary** says the same as **prod**."_s));
        QVERIFY(!text.contains(u"Verdict"_s));
    }
};

QTEST_GUILESS_MAIN(TestComparisonReport)
#include "tst_comparisonreport.moc"
