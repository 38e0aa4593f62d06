// SPDX-License-Identifier: Apache-2.0
#include "compare/markedanswer.h"

#include "qa/differencewords.h"
#include "transcript/changemarks.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Compare)
};

// A list walked through by ear is not to become a second reading of the answer.
constexpr int mostSpoken = 8;

//! What a line begins with in Markdown, which must stay at its beginning: marks of headings, items, quotes
//! and tables, and fences.
qsizetype headOf(QStringView line)
{
    static const QRegularExpression head(
        u"^(\\s*(?:(?:#{1,6}|[-*+>|]|\\d{1,9}[.)]|`{3,}.*|~{3,}.*)(?:\\s+|$))*)"_s);
    return head.match(line).capturedLength(1);
}

//! Each line by itself, and in tables each cell, since no sign may stand around what divides them.
QString signedWords(const QString &text, QChar begin)
{
    QString result;
    bool isFirst = true;
    for (const QString &line : text.split(u'\n')) {
        if (!std::exchange(isFirst, false))
            result += u'\n';
        const qsizetype head = headOf(line);
        result += QStringView(line).first(head);
        bool isFirstCell = true;
        for (const QString &cell : line.mid(head).split(u'|')) {
            if (!std::exchange(isFirstCell, false))
                result += u'|';
            const QString words = cell.trimmed();
            if (words.isEmpty()) {
                result += cell;
                continue;
            }
            const qsizetype at = cell.indexOf(words);
            result += cell.first(at) + begin + words + ChangeMark::end + cell.mid(at + words.size());
        }
    }
    return result;
}

QString markedMarkdown(const TextDiff &diff)
{
    QString text;
    for (const TextPiece &piece : diff.pieces) {
        switch (piece.kind) {
        case PieceKind::Same:
            text += withoutChangeMarks(piece.after);
            break;
        case PieceKind::Removed:
            text += signedWords(withoutChangeMarks(piece.before), ChangeMark::beginRemoved);
            break;
        case PieceKind::Added:
            // What took the place of something stands beside it.
            if (text.endsWith(ChangeMark::end))
                text += u' ';
            text += signedWords(withoutChangeMarks(piece.after), ChangeMark::beginAdded);
            break;
        }
    }
    return text;
}

//! The paragraphs, and blocks of code as a whole, that have a sign in them; dots stand for the others.
QString onlyMarked(const QString &text)
{
    static const QRegularExpression fence(u"^\\s*(`{3,}|~{3,})"_s);
    QStringList blocks{QString()};
    bool isInFence = false;
    for (const QString &line : text.split(u'\n')) {
        isInFence = fence.match(line).hasMatch() != isInFence;
        if (line.trimmed().isEmpty() && !isInFence)
            blocks.append(QString());
        else
            blocks.back() += (blocks.back().isEmpty() ? QString() : u"\n"_s) + line;
    }
    QStringList kept;
    for (const QString &block : blocks) {
        const bool isMarked = std::ranges::any_of(block, ChangeMark::isSign);
        if (isMarked)
            kept.append(block);
        else if (!block.isEmpty() && (kept.isEmpty() || kept.constLast() != u"…"_s))
            kept.append(u"…"_s);
    }
    return kept.join(u"\n\n"_s);
}

QString markedData(const std::vector<DataDifference> &data)
{
    QString text;
    for (const DataDifference &difference : data) {
        text += u"- `"_s + withoutChangeMarks(difference.path) + u"` "_s;
        if (!difference.before.isEmpty())
            text += ChangeMark::beginRemoved + withoutChangeMarks(difference.before) + ChangeMark::end + u' ';
        if (!difference.after.isEmpty())
            text += ChangeMark::beginAdded + withoutChangeMarks(difference.after) + ChangeMark::end;
        text += u'\n';
    }
    return text;
}

//! As code, so that what the answer is stands below what is different in it.
QString wholeData(const QString &json)
{
    QString fence = u"```"_s;
    while (json.contains(fence))
        fence += u'`';
    return u'\n' + fence + u"json\n"_s + withoutChangeMarks(json.trimmed()) + u'\n' + fence + u'\n';
}

QChar signOf(const ToolPair &pair)
{
    switch (pair.change) {
    case ToolChange::Added:
        return ChangeMark::calledOnlyHere;
    case ToolChange::Missing:
        return ChangeMark::notCalled;
    case ToolChange::Moved:
        return ChangeMark::moved;
    case ToolChange::OtherArguments:
        return ChangeMark::otherArguments;
    case ToolChange::Same:
        break;
    }
    return pair.hasOtherResult ? ChangeMark::otherResult : QChar();
}

void addCall(Message *message, const ToolPair &pair, const ToolStep &step, int number)
{
    const QString id = QString::number(number);
    const QChar sign = signOf(pair);
    const QString name = withoutChangeMarks(step.name);
    const bool isCalled = pair.change != ToolChange::Missing;
    message->parts.push_back({.content = ToolCall{.callId = id,
                                                  .name = sign.isNull() ? name : QString(sign + name),
                                                  .arguments = withoutChangeMarks(step.arguments),
                                                  .state = !isCalled ? ToolState::Cancelled
                                                      : step.isError ? ToolState::Failed
                                                                     : ToolState::Done}});
    if (step.hasResult)
        message->parts.push_back({.content = ToolResult{.callId = id,
                                                        .name = name,
                                                        .content = withoutChangeMarks(step.result),
                                                        .isError = step.isError}});
}

} // namespace

Message markedAnswer(const Message &baseline, const Message &other, const AnswerDiff &diff,
                     bool onlyDifferent)
{
    Message marked = other;
    marked.parts.clear();
    const Answer before = answerOf(baseline);
    const Answer after = answerOf(other);
    int number = 0;
    for (const MessagePart &part : other.parts) {
        if (!onlyDifferent && std::holds_alternative<Reasoning>(part.content))
            marked.parts.push_back(part);
    }
    for (const ToolPair &pair : diff.tools) {
        if (!onlyDifferent || pair.isDifferent())
            addCall(&marked, pair, pair.after ? after.tools[*pair.after] : before.tools[*pair.before],
                    ++number);
    }
    QString text = diff.isJson ? markedData(diff.data) : markedMarkdown(diff.words);
    if (onlyDifferent && !diff.isJson)
        text = onlyMarked(text);
    else if (!onlyDifferent && diff.isJson)
        text += wholeData(after.text);
    if (!text.trimmed().isEmpty())
        marked.parts.push_back({.content = Text{.markdown = text}});
    for (const MessagePart &part : other.parts) {
        const Part &content = part.content;
        if (!std::holds_alternative<Text>(content) && !std::holds_alternative<Reasoning>(content)
            && !std::holds_alternative<ToolCall>(content) && !std::holds_alternative<ToolResult>(content))
            marked.parts.push_back(part);
    }
    return marked;
}

QString differenceWords(const Message &baseline, const Message &other, const AnswerDiff &diff)
{
    QStringList sentences = differenceSentences(answerOf(baseline), answerOf(other), diff);
    const int left = int(sentences.size()) - mostSpoken;
    if (left > 0)
        sentences = sentences.first(mostSpoken) << Words::tr("%n more", nullptr, left);
    return sentences.join(u' ');
}

} // namespace Parlance
