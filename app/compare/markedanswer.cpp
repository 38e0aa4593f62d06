// SPDX-License-Identifier: Apache-2.0
#include "compare/markedanswer.h"

#include "chat/fencedcode.h"
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

//! Stands for what is left out.
const QString dots = u"…"_s;

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
        else if (!block.isEmpty() && (kept.isEmpty() || kept.constLast() != dots))
            kept.append(dots);
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
    return u'\n' + fencedCode(withoutChangeMarks(json.trimmed()), u"json"_s) + u'\n';
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

//! What differs, part for part. The parts of a text are joined by a blank line, which belongs to none.
std::vector<TextDiff> byParts(const TextDiff &diff, const std::vector<qsizetype> &ends)
{
    constexpr qsizetype blankLine = 2;
    std::vector<TextDiff> parts(std::max<std::size_t>(1, ends.size()));
    std::size_t part = 0;
    qsizetype at = 0;
    for (const TextPiece &piece : diff.pieces) {
        if (piece.kind == PieceKind::Removed)
            parts[part].pieces.push_back(piece);
        for (QStringView rest = piece.after; !rest.isEmpty();) {
            const bool isLast = part + 1 >= ends.size();
            const bool isBetween = !isLast && at >= ends[part];
            const qsizetype end = isLast ? at + rest.size() : ends[part] + (isBetween ? blankLine : 0);
            const qsizetype taken = std::min(rest.size(), end - at);
            if (!isBetween)
                parts[part].pieces.push_back({.kind = piece.kind, .after = rest.first(taken).toString()});
            at += taken;
            rest = rest.sliced(taken);
            if (isBetween && at == end)
                ++part;
        }
    }
    return parts;
}

bool hasText(const MessagePart &part)
{
    const auto *text = std::get_if<Text>(&part.content);
    return text && !text->markdown.isEmpty();
}

//! Where the parts of a text end in it.
std::vector<qsizetype> textEnds(const Message &message)
{
    std::vector<qsizetype> ends;
    for (const MessagePart &part : message.parts) {
        if (hasText(part))
            ends.push_back((ends.empty() ? 0 : ends.back() + 2)
                           + std::get<Text>(part.content).markdown.size());
    }
    return ends;
}

//! How many texts stand before each of an answer's tools.
std::vector<std::size_t> textsBeforeTools(const Message &message)
{
    const std::vector<std::optional<std::size_t>> steps = toolStepsOf(message);
    std::vector<std::size_t> counts;
    std::size_t texts = 0;
    for (std::size_t part = 0; part < steps.size(); ++part) {
        texts += hasText(message.parts[part]) ? 1 : 0;
        if (steps[part] && *steps[part] == counts.size())
            counts.push_back(texts);
    }
    return counts;
}

//! Makes an answer that shows how it differs. What it is made of stays where it was.
class Marking
{
public:
    Marking(const Message &baseline, const Message &other, const AnswerDiff &diff, bool onlyDifferent)
        : m_other(other)
        , m_diff(diff)
        , m_onlyDifferent(onlyDifferent)
        , m_before(answerOf(baseline))
        , m_after(answerOf(other))
        , m_steps(toolStepsOf(other))
        , m_textsBefore(textsBeforeTools(baseline))
        , m_marked(other)
    {
        m_marked.parts.clear();
        if (diff.isJson)
            m_texts = {markedData(diff.data) + (onlyDifferent ? QString() : wholeData(m_after.text))};
        else
            setTexts();
    }

    Message made()
    {
        for (m_at = 0; m_at < m_other.parts.size(); ++m_at)
            std::visit([this](const auto &content) { add(content); }, m_other.parts[m_at].content);
        addRest();
        return std::move(m_marked);
    }

private:
    void setTexts()
    {
        for (const TextDiff &part : byParts(m_diff.words, textEnds(m_other))) {
            const QString text = markedMarkdown(part);
            m_texts.push_back(m_onlyDifferent ? onlyMarked(text) : text);
        }
    }

    void add(const Reasoning &)
    {
        if (!m_onlyDifferent)
            m_marked.parts.push_back(m_other.parts[m_at]);
    }
    void add(const Text &text)
    {
        if (text.markdown.isEmpty())
            return;
        addCallsBeforeText();
        addText();
    }
    void add(const ToolCall &call)
    {
        ToolCall shown = call;
        shown.arguments = withoutChangeMarks(call.arguments.toString());
        addTool(shown);
    }
    void add(const ToolResult &result)
    {
        ToolResult shown = result;
        shown.content = withoutChangeMarks(result.content.toString());
        addTool(shown);
    }
    void add(const CommandOutput &)
    {
        if (!m_diff.words.isSame()) {
            addText();
            return;
        }
        m_text = m_texts.size();
        m_marked.parts.push_back(m_other.parts[m_at]);
    }
    template <typename Other> void add(const Other &)
    {
        if constexpr (std::is_same_v<Other, ErrorPart>)
            addRest();
        m_marked.parts.push_back(m_other.parts[m_at]);
    }

    template <typename Tool> void addTool(Tool shown)
    {
        const std::size_t step = *m_steps[m_at];
        const auto place = std::ranges::find(m_diff.tools, std::optional(step), &ToolPair::after);
        const bool isFirst =
            std::ranges::find(m_steps, std::optional(step)) == m_steps.begin() + qsizetype(m_at);
        if (isFirst)
            addCallsUntil(std::size_t(place - m_diff.tools.begin()) + 1);
        shown.name = withoutChangeMarks(shown.name);
        if (isFirst && !signOf(*place).isNull())
            shown.name.prepend(signOf(*place));
        if (!m_onlyDifferent || place->isDifferent()) {
            m_marked.parts.push_back(m_other.parts[m_at]);
            m_marked.parts.back().content = shown;
        }
    }

    //! Those that the baseline called and this answer did not.
    void addCallsUntil(std::size_t end)
    {
        for (; m_pair < end; ++m_pair) {
            const ToolPair &pair = m_diff.tools[m_pair];
            if (pair.change == ToolChange::Missing)
                addMissing(m_before.tools[*pair.before], signOf(pair));
        }
    }

    //! Those that stood before a text which has its counterpart here.
    void addCallsBeforeText()
    {
        while (m_pair < m_diff.tools.size() && m_diff.tools[m_pair].change == ToolChange::Missing
               && m_textsBefore[*m_diff.tools[m_pair].before] <= m_text)
            addCallsUntil(m_pair + 1);
    }

    void addMissing(const ToolStep &step, QChar sign)
    {
        const QString id = u"not called %1"_s.arg(m_pair);
        const QString name = withoutChangeMarks(step.name);
        m_marked.parts.push_back({.content = ToolCall{.callId = id,
                                                      .name = sign + name,
                                                      .arguments = withoutChangeMarks(step.arguments),
                                                      .state = ToolState::Cancelled}});
        if (step.hasResult)
            m_marked.parts.push_back({.content = ToolResult{.callId = id,
                                                            .name = name,
                                                            .content = withoutChangeMarks(step.result),
                                                            .isError = step.isError}});
    }

    void addText()
    {
        if (m_text >= m_texts.size())
            return;
        const QString text = m_texts[m_text++];
        const auto *last =
            m_marked.parts.empty() ? nullptr : std::get_if<Text>(&m_marked.parts.back().content);
        const bool isLeftOutAlready = last && text == dots && QString(last->markdown).endsWith(dots);
        if (!text.trimmed().isEmpty() && !isLeftOutAlready)
            m_marked.parts.push_back({.content = Text{.markdown = text}});
    }

    void addRest()
    {
        addCallsUntil(m_diff.tools.size());
        if (m_text == 0)
            addText();
    }

    const Message &m_other;
    const AnswerDiff &m_diff;
    const bool m_onlyDifferent;
    const Answer m_before;
    const Answer m_after;
    const std::vector<std::optional<std::size_t>> m_steps; //!< for each part
    const std::vector<std::size_t> m_textsBefore; //!< each call of the baseline
    std::vector<QString> m_texts; //!< for each part that has a text, or one for what is gone
    std::size_t m_at = 0; //!< the part
    std::size_t m_pair = 0; //!< the next of the calls
    std::size_t m_text = 0; //!< the next of the texts
    Message m_marked;
};

} // namespace

Message markedAnswer(const Message &baseline, const Message &other, const AnswerDiff &diff,
                     bool onlyDifferent)
{
    return Marking(baseline, other, diff, onlyDifferent).made();
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
