// SPDX-License-Identifier: Apache-2.0
#include "qa/runevidence.h"

#include "chat/runshelf.h"
#include "core/runaside.h"
#include "core/whendone.h"
#include "qa/reportdata.h"
#include "qa/runjson.h"

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

AgentTarget targetOf(const RunAgent &agent)
{
    if (agent.address.isEmpty())
        return BuiltInTarget{};
    if (agent.address.startsWith(u"arn:"_s))
        return RuntimeTarget{.arn = agent.address};
    return UrlTarget{.url = agent.address};
}

QString titleOf(const Run &run, const RunCell &cell)
{
    const RunCase &one = run.cases[std::size_t(cell.record.place.caseIndex)];
    const QString &name = one.title();
    return run.settings.repeats > 1
        ? ReportWords::tr("%1, %2 of %3")
              .arg(name, QString::number(cell.record.place.repeat + 1), QString::number(run.settings.repeats))
        : name;
}

//! A person's verdict, else what the checks say and why.
QString verdictOf(const RunCell &cell)
{
    switch (effectiveOutcome(cell.record)) {
    case Outcome::Passed:
        return fateWord(CellFate::Passed);
    case Outcome::Failed: {
        const QString fate = fateWord(cell.record.hasFailedAnswer ? CellFate::NoAnswer : CellFate::Failed);
        return cell.judgement.reason.isEmpty() ? fate
                                               : ReportWords::tr("%1: %2").arg(fate, cell.judgement.reason);
    }
    case Outcome::Open:
        break;
    }
    return fateWord(cell.record.verdict == PersonVerdict::Skipped ? CellFate::Skipped : CellFate::Open);
}

} // namespace

ConversationFile conversationOf(const Run &run, const RunCell &cell,
                                const std::vector<std::vector<Frame>> &frames)
{
    const RunTarget &target = run.targets[std::size_t(cell.record.place.target)];
    ConversationFile file{
        .conversation = {.id = ConversationId::create(),
                         .agent = run.agent.id,
                         .title = titleOf(run, cell),
                         .qualifier = target.qualifier,
                         .session = cell.session,
                         .created = cell.started,
                         .lastActive = cell.ended},
        .agent = {.id = run.agent.id, .name = run.agent.name, .target = targetOf(run.agent)}};
    for (std::size_t turn = 0; turn < cell.turns.size(); ++turn) {
        const CellTurn &said = cell.turns[turn];
        const MessageId asked = said.answer.answerTo.isEmpty() ? MessageId::create() : said.answer.answerTo;
        Message question{.id = asked, .role = Role::User, .state = MessageState::Complete};
        question.created = said.answer.created;
        question.parts.push_back({.content = Text{.markdown = said.prompt}});
        Message answer = said.answer;
        answer.answerTo = question.id;
        if (turn < frames.size() && !frames[turn].empty())
            file.frames[answer.id] = frames[turn];
        file.messages.push_back(std::move(question));
        file.messages.push_back(std::move(answer));
    }
    return file;
}

RunEvidence::RunEvidence(RunShelf *shelf, QObject *parent)
    : QObject(parent)
    , m_shelf(shelf)
{
}

RunEvidence::~RunEvidence()
{
    if (m_isCancelled)
        *m_isCancelled = true;
}

void RunEvidence::exportTo(const QString &path, const RunReport &report)
{
    m_path = path;
    m_isRunning = true;
    m_isCancelled = std::make_shared<std::atomic_bool>(false);
    m_report = std::make_shared<RunReport>(report);
    // A page for each cell would make it twice as large; the report is for reading.
    m_task = std::make_shared<EvidenceTask>(
        EvidenceTask{.kind = BundleKind::Run, .title = report.run.title, .withPages = false});
    collect(0);
}

void RunEvidence::collect(std::size_t cell)
{
    Q_EMIT progressed(int(cell), int(m_report->cells.size()));
    if (!m_isRunning)
        return;
    if (cell == m_report->cells.size()) {
        write();
        return;
    }
    const auto place = qint64(cellIndex(m_report->run, m_report->cells[cell].record.place));
    whenDone(m_shelf->cellFrames(m_report->run.id, place), this,
             [this, cell](const Result<QByteArray> &frames) {
                 if (!m_isRunning)
                     return;
                 if (!frames) {
                     end(frames.error());
                     return;
                 }
                 const RunCell &done = m_report->cells[cell];
                 const RunTarget &target = m_report->run.targets[std::size_t(done.record.place.target)];
                 m_task->items.push_back({.file = conversationOf(m_report->run, done, framesFrom(*frames)),
                                          .label = target.label,
                                          .verdict = verdictOf(done),
                                          .note = done.note});
                 collect(cell + 1);
             });
}

void RunEvidence::write()
{
    const auto written = runAside(
        [task = m_task, report = m_report, path = m_path, isCancelled = m_isCancelled]() -> Result<QString> {
            task->reports = {{u"run.json"_s, jsonReport(*report)},
                             {u"run.html"_s, htmlReport(*report)},
                             {u"run.junit.xml"_s, junitReport(*report)}};
            return writeEvidence(*task, path, isCancelled.get());
        });
    whenDone(written, this, [this](const Result<QString> &hash) {
        if (!m_isRunning)
            return;
        if (!hash) {
            end(hash.error());
            return;
        }
        m_isRunning = false;
        Q_EMIT exported(m_path, *hash);
    });
}

void RunEvidence::cancel()
{
    if (m_isRunning)
        end({.kind = ErrorKind::Cancelled, .message = ReportWords::tr("Cancelled.")});
}

void RunEvidence::end(const Error &error)
{
    m_isRunning = false;
    *m_isCancelled = true;
    Q_EMIT failed(error);
}

} // namespace Parlance
