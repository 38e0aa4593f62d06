// SPDX-License-Identifier: Apache-2.0
#include "compare/sidebyside.h"

#include "chat/agentplace.h"
#include "chat/chat.h"
#include "chat/comparisonbook.h"
#include "chat/workspace.h"
#include "core/attachment.h"
#include "chat/typedwords.h"
#include "transcript/partblocks.h"
#include "window/conversationsmodel.h"
#include "window/qualifierpopup.h"

#include <QRandomGenerator>

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString nameOf(const ColumnChoice &choice)
{
    return choice.qualifier.isEmpty() ? defaultQualifierName() : choice.qualifier;
}

Chat *beginColumn(Workspace *workspace, const ColumnChoice &choice)
{
    return workspace->beginConversation(choice.agent, choice.qualifier,
                                        SideBySide::tr("Compare: %1").arg(nameOf(choice)));
}

int placeOf(const std::vector<ConversationId> &columns, const ConversationId &column)
{
    const auto found = std::ranges::find(columns, column);
    return found == columns.end() ? -1 : int(found - columns.begin());
}

template <typename List> auto atTurn(List &list, int turn)
{
    return std::ranges::find(list, turn, [](const auto &entry) { return entry.turn; });
}

} // namespace

ComparisonId SideBySide::begin(Workspace *workspace, const std::vector<ColumnChoice> &choices)
{
    Comparison comparison{.id = ComparisonId::create(), .created = QDateTime::currentDateTimeUtc()};
    for (const ColumnChoice &choice : choices) {
        Chat *chat = beginColumn(workspace, choice);
        if (!chat)
            continue;
        comparison.columns.push_back(chat->conversation().id);
        if (comparison.title.isEmpty())
            comparison.title = chat->agent().name;
    }
    if (comparison.columns.empty())
        return {};
    comparison.baseline = comparison.columns.front();
    workspace->comparisons()->save(comparison);
    return comparison.id;
}

ComparisonId SideBySide::beginReplay(Workspace *workspace, const ConversationId &original,
                                     const std::vector<ColumnChoice> &choices)
{
    ComparisonId id = begin(workspace, choices);
    const Comparison *begun = workspace->comparisons()->find(id);
    const Conversation *replayed = workspace->conversation(original);
    if (!begun || !replayed)
        return {};
    Comparison comparison = *begun;
    comparison.columns.insert(comparison.columns.begin(), original);
    comparison.baseline = comparison.original = original;
    comparison.title = ConversationsModel::titleOf(*replayed);
    workspace->comparisons()->save(comparison);
    return id;
}

SideBySide::SideBySide(Workspace *workspace, const ComparisonId &id, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
{
    if (const Comparison *found = workspace->comparisons()->find(id))
        m_comparison = *found;
    openColumns();
    connect(workspace, &Workspace::conversationRemoved, this, [this](const ConversationId &removed) {
        const auto &shown = m_comparison.shown();
        const auto found = std::ranges::find(shown, removed);
        if (found != shown.end())
            dropColumn(int(found - shown.begin()));
    });
}

void SideBySide::openColumns()
{
    // Their conversations may have been removed since.
    const auto isGone = [this](const ConversationId &id) { return !m_workspace->conversation(id); };
    std::erase_if(m_comparison.columns, isGone);
    std::erase_if(m_comparison.blindOrder, isGone);
    if (!m_comparison.columns.empty()
        && std::ranges::find(m_comparison.columns, m_comparison.baseline) == m_comparison.columns.end())
        m_comparison.baseline = m_comparison.columns.front();
    m_diffs.clear();
    m_columns.clear();
    for (const ConversationId &id : m_comparison.shown()) {
        Chat *chat = m_workspace->chat(id);
        if (!chat)
            continue;
        auto column = std::make_unique<ColumnTurns>(chat, id == m_comparison.original);
        connect(column.get(), &ColumnTurns::countChanged, this, [this] {
            m_diffs.clear();
            Q_EMIT turnCountChanged();
        });
        connect(column.get(), &ColumnTurns::changed, this, [this](int turn) {
            forgetDiffs(turn);
            Q_EMIT turnChanged(turn);
        });
        m_columns.push_back(std::move(column));
    }
    Q_EMIT columnsChanged();
}

ColumnTurns *SideBySide::column(int column) const
{
    return column >= 0 && column < columnCount() ? m_columns[size_t(column)].get() : nullptr;
}

Chat *SideBySide::chat(int column) const
{
    const ColumnTurns *turns = this->column(column);
    return turns ? turns->chat() : nullptr;
}

std::vector<Chat *> SideBySide::chats() const
{
    std::vector<Chat *> chats;
    for (const auto &column : m_columns) {
        if (column->chat())
            chats.push_back(column->chat());
    }
    return chats;
}

std::vector<Chat *> SideBySide::askedChats() const
{
    std::vector<Chat *> chats = this->chats();
    std::erase_if(chats,
                  [this](const Chat *chat) { return chat->conversation().id == m_comparison.original; });
    return chats;
}

int SideBySide::baseline() const
{
    return std::max(0, placeOf(m_comparison.shown(), m_comparison.baseline));
}

int SideBySide::originalColumn() const
{
    return isReplay() ? placeOf(m_comparison.shown(), m_comparison.original) : -1;
}

int SideBySide::turnCount() const
{
    int count = 0;
    for (const auto &column : m_columns)
        count = std::max(count, column->count());
    return count;
}

const Message *SideBySide::question(int turn) const
{
    for (const auto &column : m_columns) {
        if (const Message *question = column->question(turn))
            return question;
    }
    return nullptr;
}

bool SideBySide::isLive(int turn) const
{
    return std::ranges::any_of(m_columns, [turn](const auto &column) {
        const Message *answer = column->answer(turn);
        const Message *question = column->question(turn);
        return (answer && answer->isLive()) || (question && question->isLive()) || (question && !answer);
    });
}

ComparedCell SideBySide::cell(int turn, int column)
{
    ComparedCell cell;
    const ColumnTurns &here = *m_columns[size_t(column)];
    const Message *question = here.question(turn);
    cell.answer = here.answer(turn);
    if (isBlind() && !isAnswered(turn)) {
        // Which comes first would tell which it is.
        cell.answer = nullptr;
        cell.note = tr("Shown once all have answered");
        return cell;
    }
    if (!cell.answer)
        cell.note = !question    ? tr("Not asked")
            : question->isLive() ? tr("Waits for the answer above")
                                 : tr("No answer");
    if (isBlind())
        return cell;
    std::vector<std::optional<double>> firstTexts;
    std::vector<std::optional<double>> totals;
    std::vector<std::optional<double>> tokens;
    for (const auto &other : m_columns) {
        const Message *answer = other->answer(turn);
        const ColumnFacts facts = answer ? factsOf(*answer) : ColumnFacts();
        firstTexts.push_back(facts.firstTextMs);
        // What broke off early was not fast, and said little for a reason.
        const bool counts = !facts.isFailed && !facts.isLive;
        totals.push_back(counts ? facts.totalMs : std::nullopt);
        tokens.push_back(counts && facts.tokens ? std::optional(double(*facts.tokens)) : std::nullopt);
    }
    if (cell.answer)
        cell.facts = factsOf(*cell.answer);
    cell.firstText = standingsOf(firstTexts)[size_t(column)];
    cell.total = standingsOf(totals)[size_t(column)];
    cell.tokens = standingsOf(tokens)[size_t(column)];
    const int baseline = this->baseline();
    cell.baseline = m_columns[size_t(baseline)]->answer(turn);
    if (column != baseline && cell.baseline && cell.facts)
        cell.hasOtherTools = factsOf(*cell.baseline).tools != cell.facts->tools && !cell.facts->isLive;
    cell.diff = diffOf(turn, column);
    return cell;
}

const AnswerDiff *SideBySide::diffOf(int turn, int column)
{
    const Message *before = m_columns[size_t(baseline())]->answer(turn);
    const Message *after = m_columns[size_t(column)]->answer(turn);
    if (column == baseline() || !before || !after || before->isLive() || after->isLive())
        return nullptr;
    const auto key = std::pair(turn, m_comparison.shown()[size_t(column)]);
    const auto known = m_diffs.find(key);
    return known != m_diffs.end()
        ? &known->second
        : &m_diffs.emplace(key, diffAnswers(answerOf(*before), answerOf(*after))).first->second;
}

void SideBySide::forgetDiffs(int turn)
{
    std::erase_if(m_diffs, [turn](const auto &entry) { return entry.first.first == turn; });
}

bool SideBySide::hasOneAgent() const
{
    std::set<AgentId> agents;
    for (const ConversationId &id : m_comparison.columns) {
        if (const Conversation *conversation = m_workspace->conversation(id))
            agents.insert(conversation->agent);
    }
    return agents.size() <= 1;
}

int SideBySide::numberAmongEqual(const Conversation &column) const
{
    int number = 0;
    int count = 0;
    for (const ConversationId &id : m_comparison.columns) {
        const Conversation *other = m_workspace->conversation(id);
        if (!other || id == m_comparison.original || other->agent != column.agent
            || other->qualifier != column.qualifier)
            continue;
        ++count;
        number = id == column.id ? count : number;
    }
    return count > 1 ? number : 0;
}

QString SideBySide::trueName(const ConversationId &column) const
{
    const Conversation *conversation = m_workspace->conversation(column);
    if (!conversation)
        return tr("A column that was dropped");
    QString name = nameOf({.agent = conversation->agent, .qualifier = conversation->qualifier});
    if (const int number = numberAmongEqual(*conversation); number > 0)
        name = tr("%1 (%2)").arg(name).arg(number);
    const Agent *agent = m_workspace->agents()->find(conversation->agent);
    const QString whole = hasOneAgent() || !agent ? name : tr("%1 · %2").arg(agent->name, name);
    return column == m_comparison.original ? tr("%1, as it was").arg(whole) : whole;
}

QString SideBySide::columnName(int column) const
{
    return isBlind() ? tr("Answer %1").arg(column + 1) : trueName(m_comparison.shown()[size_t(column)]);
}

QStringList SideBySide::hiddenWords() const
{
    QStringList words;
    if (!isBlind())
        return words;
    for (const Chat *chat : chats()) {
        words.append(chat->conversation().session.value());
        words.append(nameOf({.qualifier = chat->conversation().qualifier}));
        if (hasOneAgent())
            continue;
        const QString address = agentAddress(chat->agent().target);
        words.append({chat->agent().name, address, address.section(u'/', -1), agentHost(chat->agent()),
                      agentPlace(chat->agent())});
    }
    words.removeAll(QString());
    // An address goes before what it is made of.
    std::ranges::sort(words, std::ranges::greater(), &QString::size);
    return words;
}

QString SideBySide::columnDetail(int turn, int column) const
{
    const Chat *chat = this->chat(column);
    if (isBlind() || !chat)
        return {};
    const Message *answer = m_columns[size_t(column)]->answer(turn);
    const RuntimeSessionId session =
        answer && !answer->session.isEmpty() ? answer->session : chat->conversation().session;
    QStringList facts;
    if (answer && !answer->servedVersion.isEmpty())
        facts.append(tr("version %1").arg(answer->servedVersion));
    facts.append(tr("session %1").arg(shortSession(session)));
    return facts.join(u" · "_s);
}

void SideBySide::save()
{
    m_workspace->comparisons()->save(m_comparison);
    Q_EMIT comparisonChanged();
}

void SideBySide::setBaseline(int column)
{
    if (column < 0 || column >= columnCount() || isBlind())
        return;
    m_comparison.baseline = m_comparison.shown()[size_t(column)];
    m_diffs.clear();
    save();
}

Chat *SideBySide::addColumn(const ColumnChoice &choice)
{
    Chat *chat = columnCount() < mostColumns && !isBlind() ? beginColumn(m_workspace, choice) : nullptr;
    if (!chat)
        return nullptr;
    m_comparison.columns.push_back(chat->conversation().id);
    openColumns();
    save();
    return chat;
}

// It goes on by itself: what is sent while an answer comes waits for it.
void SideBySide::catchUp(Chat *chat)
{
    for (int turn = 0; turn < turnCount(); ++turn) {
        if (const Message *question = this->question(turn))
            chat->send(typedText(*question), attachmentsOf(*question));
    }
}

QString SideBySide::commandAsked() const
{
    for (int turn = 0; turn < turnCount(); ++turn) {
        const Message *question = this->question(turn);
        if (question && commandOf(*question))
            return typedText(*question);
    }
    return {};
}

void SideBySide::dropColumn(int column)
{
    if (column < 0 || column >= columnCount())
        return;
    const ConversationId gone = m_comparison.shown()[size_t(column)];
    if (gone == m_comparison.original)
        m_comparison.original = {};
    else if (Chat *chat = this->chat(column))
        chat->stop();
    std::erase(m_comparison.columns, gone);
    std::erase(m_comparison.blindOrder, gone);
    openColumns();
    save();
}

void SideBySide::setBlind(bool isBlind)
{
    if (isBlind == this->isBlind())
        return;
    m_comparison.blindOrder.clear();
    if (isBlind) {
        m_comparison.namedTurns = std::max(m_comparison.namedTurns, turnCount());
        m_comparison.blindOrder = m_comparison.columns;
        std::shuffle(m_comparison.blindOrder.begin(), m_comparison.blindOrder.end(),
                     *QRandomGenerator::system());
    }
    openColumns();
    save();
}

const TurnVerdict *SideBySide::verdict(int turn) const
{
    const auto found = atTurn(m_comparison.verdicts, turn);
    return found == m_comparison.verdicts.end() ? nullptr : &*found;
}

QString SideBySide::note(int turn) const
{
    const auto found = atTurn(m_comparison.notes, turn);
    return found == m_comparison.notes.end() ? QString() : found->text;
}

void SideBySide::judge(int turn, VerdictKind kind, int better)
{
    if (turn < 0 || turn >= turnCount() || (kind == VerdictKind::Better && !column(better)))
        return;
    TurnVerdict verdict{.turn = turn, .kind = kind, .isBlind = isBlind() && !wasNamed(turn)};
    if (kind == VerdictKind::Better)
        verdict.better = m_comparison.shown()[size_t(better)];
    const auto found = atTurn(m_comparison.verdicts, turn);
    const bool isSame =
        found != m_comparison.verdicts.end() && found->kind == kind && found->better == verdict.better;
    std::erase_if(m_comparison.verdicts, [turn](const TurnVerdict &one) { return one.turn == turn; });
    if (!isSame)
        m_comparison.verdicts.push_back(verdict);
    std::ranges::stable_sort(m_comparison.verdicts, {}, &TurnVerdict::turn);
    const bool goesOn = !isSame && m_judged == turn;
    if (goesOn)
        m_judged = nextUnjudged(turn);
    save();
    Q_EMIT turnChanged(turn);
    if (goesOn)
        Q_EMIT turnChosen(m_judged);
}

void SideBySide::setNote(int turn, const QString &text)
{
    std::erase_if(m_comparison.notes, [turn](const TurnNote &one) { return one.turn == turn; });
    if (!text.trimmed().isEmpty())
        m_comparison.notes.push_back({.turn = turn, .text = text.trimmed()});
    std::ranges::stable_sort(m_comparison.notes, {}, &TurnNote::turn);
    save();
    Q_EMIT turnChanged(turn);
}

int SideBySide::judgeableCount() const
{
    int turn = turnCount() - 1;
    while (turn >= 0 && !isAnswered(turn))
        --turn;
    return turn + 1;
}

int SideBySide::judgedTurn() const
{
    const int last = judgeableCount() - 1;
    return m_judged < 0 ? last : std::min(m_judged, last);
}

void SideBySide::stepJudgedTurn(int by)
{
    const int count = judgeableCount();
    if (count == 0)
        return;
    m_judged = std::clamp(judgedTurn() + by, 0, count - 1);
    Q_EMIT comparisonChanged();
    Q_EMIT turnChosen(m_judged);
}

// Once one is judged, the next is at hand that is not; with none left it stays.
int SideBySide::nextUnjudged(int turn) const
{
    for (int next = turn + 1; next < judgeableCount(); ++next) {
        if (!verdict(next))
            return next;
    }
    return turn;
}

bool SideBySide::isAnswered(int turn) const
{
    return !isLive(turn) && std::ranges::all_of(m_columns, [turn](const auto &column) {
        return column->answer(turn) != nullptr;
    });
}

} // namespace Parlance
