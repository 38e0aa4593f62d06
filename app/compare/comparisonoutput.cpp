// SPDX-License-Identifier: Apache-2.0
#include "compare/comparisonoutput.h"

#include "chat/agentplace.h"
#include "chat/chat.h"
#include "chat/typedwords.h"
#include "compare/sidebyside.h"
#include "qa/tally.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Compare)
};

} // namespace

ComparisonReport reportOf(const SideBySide &comparison)
{
    ComparisonReport report{.comparison = comparison.comparison()};
    for (int turn = 0; turn < comparison.turnCount(); ++turn) {
        const Message *question = comparison.question(turn);
        report.questions.push_back(question ? typedText(*question) : QString());
    }
    for (int column = 0; column < comparison.columnCount(); ++column) {
        const Chat *chat = comparison.chat(column);
        if (!chat)
            continue;
        ReportedColumn reported{.conversation = chat->conversation().id,
                                .name = comparison.trueName(chat->conversation().id),
                                .agent = chat->agent().name,
                                .address = agentAddress(chat->agent().target),
                                .session = chat->conversation().session};
        for (int turn = 0; turn < comparison.turnCount(); ++turn) {
            const Message *answer = comparison.column(column)->answer(turn);
            reported.answers.push_back(answer ? std::optional(*answer) : std::nullopt);
        }
        report.columns.push_back(std::move(reported));
    }
    return report;
}

EvidenceOrder evidenceOf(const SideBySide &comparison)
{
    const ComparisonReport report = reportOf(comparison);
    const Tally tally = tallyOf(comparison.comparison());
    EvidenceOrder order{.kind = BundleKind::Comparison, .title = comparison.comparison().title};
    QStringList notes;
    for (const TurnNote &note : comparison.comparison().notes)
        notes.append(Words::tr("Turn %1: %2").arg(note.turn + 1).arg(note.text));
    for (const ReportedColumn &column : report.columns) {
        const auto better = tally.better.find(column.conversation);
        const bool isJudged = tally.judged > 0 && better != tally.better.end();
        order.items.push_back(
            {.conversation = column.conversation,
             .label = column.name,
             .verdict = isJudged
                 ? Words::tr("better in %1 of %2 turns judged").arg(better->second).arg(tally.judged)
                 : QString(),
             .note = notes.join(u'\n')});
    }
    order.reports.push_back({u"comparison.md"_s, comparisonMarkdown(report)});
    return order;
}

} // namespace Parlance
