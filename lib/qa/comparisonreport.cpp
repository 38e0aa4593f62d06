// SPDX-License-Identifier: Apache-2.0
#include "qa/comparisonreport.h"

#include "qa/columnfacts.h"
#include "qa/differencewords.h"
#include "qa/reportmarks.h"
#include "qa/secretnet.h"
#include "qa/tally.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::ComparisonReport)
};

// More would bury what matters; the answers stand below in whole.
constexpr qsizetype mostSentences = 20;

QString nameOf(const ComparisonReport &report, const ConversationId &column)
{
    const auto found = std::ranges::find(report.columns, column, &ReportedColumn::conversation);
    return found == report.columns.end() ? Words::tr("a column that was dropped") : found->name;
}

const Message *answerIn(const ReportedColumn &column, std::size_t turn)
{
    return turn < column.answers.size() && column.answers[turn] ? &*column.answers[turn] : nullptr;
}

QString timeText(const std::optional<double> &ms)
{
    return ms ? Words::tr("%1 ms").arg(std::llround(*ms)) : u"–"_s;
}

QString code(const QString &text)
{
    return text.isEmpty() ? u"–"_s : QString(u'`' + QString(text).remove(u'`') + u'`');
}

QString columnsTable(const ComparisonReport &report)
{
    QStringList heads{QString()};
    QStringList agents{Words::tr("Agent")};
    QStringList addresses{Words::tr("Address")};
    QStringList versions{Words::tr("Version")};
    QStringList sessions{Words::tr("Session")};
    for (const ReportedColumn &column : report.columns) {
        QStringList served;
        for (const std::optional<Message> &answer : column.answers) {
            if (answer && !answer->servedVersion.isEmpty() && !served.contains(answer->servedVersion))
                served.append(answer->servedVersion);
        }
        const bool isBaseline = column.conversation == report.comparison.baseline;
        heads.append(isBaseline ? Words::tr("%1 (baseline)").arg(plainMarkdown(column.name))
                                : plainMarkdown(column.name));
        agents.append(plainMarkdown(column.agent));
        addresses.append(code(column.address));
        versions.append(served.isEmpty() ? u"–"_s : plainMarkdown(served.join(u", "_s)));
        sessions.append(code(column.session.value()));
    }
    QString table = markdownRow(heads) + u"|---"_s.repeated(heads.size()) + u"|\n"_s;
    for (const QStringList &row : {agents, addresses, versions, sessions})
        table += markdownRow(row);
    return table + u'\n';
}

QString turnTable(const ComparisonReport &report, std::size_t turn)
{
    QString table = markdownRow({QString(), Words::tr("First text"), Words::tr("Total"), Words::tr("Tokens"),
                                 Words::tr("Events"), Words::tr("Tools"), Words::tr("State")})
        + u"|---|--:|--:|--:|--:|--:|---|\n"_s;
    for (const ReportedColumn &column : report.columns) {
        const Message *answer = answerIn(column, turn);
        const ColumnFacts facts = answer ? factsOf(*answer) : ColumnFacts();
        const QString state = !answer ? Words::tr("no answer")
            : facts.isStopped         ? Words::tr("stopped")
            : facts.isFailed          ? Words::tr("**failed**")
            : facts.isLive            ? Words::tr("still streaming")
                                      : Words::tr("complete");
        table += markdownRow({plainMarkdown(column.name), timeText(facts.firstTextMs),
                              timeText(facts.totalMs), facts.tokens ? QString::number(*facts.tokens) : u"–"_s,
                              QString::number(facts.events), QString::number(facts.tools), state});
    }
    return table + u'\n';
}

QString differencesText(const ComparisonReport &report, std::size_t turn)
{
    const auto baseline =
        std::ranges::find(report.columns, report.comparison.baseline, &ReportedColumn::conversation);
    const Message *before = baseline == report.columns.end() ? nullptr : answerIn(*baseline, turn);
    QString text;
    for (const ReportedColumn &column : report.columns) {
        const Message *after = answerIn(column, turn);
        if (!before || !after || &column == &*baseline)
            continue;
        const Answer one = answerOf(*before);
        const Answer other = answerOf(*after);
        const AnswerDiff diff = diffAnswers(one, other);
        if (diff.isSame()) {
            text += Words::tr("**%1** says the same as **%2**.")
                        .arg(plainMarkdown(column.name), plainMarkdown(baseline->name))
                + u"\n\n"_s;
            continue;
        }
        text += Words::tr("**%1** differs from **%2**:")
                    .arg(plainMarkdown(column.name), plainMarkdown(baseline->name))
            + u"\n\n"_s;
        const QStringList sentences = differenceSentences(one, other, diff);
        for (const QString &sentence : sentences.first(std::min(sentences.size(), mostSentences)))
            text += u"- "_s + plainMarkdown(sentence) + u'\n';
        if (sentences.size() > mostSentences)
            text +=
                u"- "_s + Words::tr("and %n more", nullptr, int(sentences.size() - mostSentences)) + u'\n';
        text += u'\n';
    }
    return text;
}

QString answersText(const ComparisonReport &report, std::size_t turn)
{
    QString text;
    for (const ReportedColumn &column : report.columns) {
        const Message *message = answerIn(column, turn);
        if (!message)
            continue;
        const Answer answer = answerOf(*message);
        QString said;
        for (const ToolStep &step : answer.tools)
            said += u"→ "_s + step.name + u' ' + step.arguments + u'\n';
        said += answer.text;
        if (answer.isFailed)
            said += (said.isEmpty() ? QString() : u"\n"_s) + answer.error;
        text += u"<details><summary>"_s + plainMarkdown(column.name) + u"</summary>\n\n"_s
            + markdownBlock(said) + u"</details>\n\n"_s;
    }
    return text;
}

QString tallyText(const ComparisonReport &report)
{
    const Tally tally = tallyOf(report.comparison);
    if (tally.judged == 0)
        return {};
    QString text = u"## "_s + Words::tr("Verdicts") + u"\n\n"_s
        + Words::tr("%n turn(s) judged, %1 of them blind.", nullptr, int(tally.judged)).arg(tally.blind)
        + u"\n\n"_s;
    for (const ReportedColumn &column : report.columns) {
        const Interval interval = tally.rateOf(column.conversation).interval();
        const auto better = tally.better.find(column.conversation);
        text += u"- "_s
            + Words::tr("%1 better in %2 (%3 to %4 %)")
                  .arg(plainMarkdown(column.name))
                  .arg(better == tally.better.end() ? 0 : better->second)
                  .arg(std::lround(interval.low * 100))
                  .arg(std::lround(interval.high * 100))
            + u'\n';
    }
    if (tally.ties > 0)
        text += u"- "_s + Words::tr("%n tie(s)", nullptr, int(tally.ties)) + u'\n';
    if (tally.allBad > 0)
        text += u"- "_s + Words::tr("all bad in %1").arg(tally.allBad) + u'\n';
    return text + u'\n';
}

} // namespace

QString verdictWords(const ComparisonReport &report, int turn)
{
    const auto &verdicts = report.comparison.verdicts;
    const auto found = std::ranges::find(verdicts, turn, &TurnVerdict::turn);
    if (found == verdicts.end())
        return {};
    switch (found->kind) {
    case VerdictKind::Tie:
        return Words::tr("tie");
    case VerdictKind::AllBad:
        return Words::tr("all bad");
    case VerdictKind::Better:
        break;
    }
    return Words::tr("%1 is better").arg(nameOf(report, found->better));
}

QByteArray comparisonMarkdown(const ComparisonReport &report)
{
    QString text = u"# "_s + plainMarkdown(report.comparison.title) + u"\n\n"_s + columnsTable(report)
        + tallyText(report);
    for (std::size_t turn = 0; turn < report.questions.size(); ++turn) {
        text +=
            u"## "_s + Words::tr("Turn %1").arg(turn + 1) + u"\n\n"_s + markdownBlock(report.questions[turn]);
        const QString verdict = verdictWords(report, int(turn));
        if (!verdict.isEmpty())
            text += Words::tr("Verdict: %1").arg(u"**"_s + plainMarkdown(verdict) + u"**"_s) + u"\n\n"_s;
        const auto note = std::ranges::find(report.comparison.notes, int(turn), &TurnNote::turn);
        if (note != report.comparison.notes.end())
            text += Words::tr("Note: %1").arg(plainMarkdown(note->text)) + u"\n\n"_s;
        text += turnTable(report, turn) + differencesText(report, turn) + answersText(report, turn);
    }
    return withoutSecrets(text).text.toUtf8();
}

} // namespace Parlance
