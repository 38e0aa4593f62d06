// SPDX-License-Identifier: Apache-2.0
#include "transcript/sentencereader.h"

#include "transcript/accessiblewords.h"

#include "core/message.h"

#include <QTextBoundaryFinder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// Where as many letters end as a text has. Marks that turned out to be markup are gone from one of two texts
// that are the same otherwise.
qsizetype afterLettersOf(const QString &said, const QString &text)
{
    if (text.startsWith(said))
        return said.size();
    auto letters = std::ranges::count_if(said, [](QChar character) { return character.isLetterOrNumber(); });
    qsizetype at = 0;
    for (; at < text.size() && letters > 0; ++at)
        letters -= text[at].isLetterOrNumber() ? 1 : 0;
    while (at < text.size() && !text[at].isLetterOrNumber() && !text[at].isSpace())
        ++at;
    return at;
}

// What may still turn out to be markup, or a row of a table: it reads otherwise then.
bool isUnsettled(const QString &text, qsizetype from, qsizetype end)
{
    const QStringView sentence = QStringView(text).mid(from, end - from);
    const auto line = text.lastIndexOf(u'\n', std::max<qsizetype>(0, end - 1)) + 1;
    return sentence.contains(u'*') || sentence.contains("~~"_L1) || sentence.startsWith(u'_')
        || sentence.contains(" _"_L1) || sentence.count(u'`') % 2 != 0
        || sentence.count(u'[') > sentence.count(u']')
        || QStringView(text).mid(line).trimmed().startsWith(u'|');
}

// The next row of a table stands alone until it is one.
bool mayBeRow(const Block &block)
{
    const QString text = block.texts[0].text.trimmed();
    return block.kind == BlockKind::Paragraph && (text.isEmpty() || text.startsWith(u'|'));
}

bool isRunning(const Block &block)
{
    const auto state = ToolState(block.level);
    return block.kind == BlockKind::Tool && (state == ToolState::Streaming || state == ToolState::Running);
}

// A tool that never ends must not keep the rest from being heard.
bool isFollowedByWords(const std::vector<LaidSection> &sections, int section)
{
    return std::any_of(sections.begin() + section + 1, sections.end() - 1, [](const LaidSection &later) {
        return !later.blocks.empty() && later.blocks.front().block.kind != BlockKind::Tool
            && !later.blocks.front().block.isInsideFold;
    });
}

bool hasWords(const QString &text)
{
    return std::ranges::any_of(text, [](QChar character) { return !character.isSpace(); });
}

} // namespace

QStringList SentenceReader::read(const MessageLayout &layout, bool isComplete)
{
    QStringList result;
    const auto &sections = layout.sections();
    // The last section is what stands below the message.
    for (int s = m_at.section; s + 1 < int(sections.size()); ++s) {
        const auto &blocks = sections[size_t(s)].blocks;
        for (int b = s == m_at.section ? m_at.block : 0; b < int(blocks.size()); ++b) {
            if (m_at != Place{s, b}) {
                m_at = {s, b};
                m_said.clear();
            }
            const bool isLast = s + 2 == int(sections.size()) && b + 1 == int(blocks.size());
            const Block &block = blocks[size_t(b)].block;
            const bool isGrowing = block.kind == BlockKind::Table && s + 2 == int(sections.size())
                && b + 2 == int(blocks.size()) && mayBeRow(blocks[size_t(b) + 1].block);
            const bool isAwaited = isRunning(block) && !isFollowedByWords(sections, s);
            const bool isOpen = !isComplete && (isLast || isGrowing || isAwaited);
            result.append(readBlock(blocks[size_t(b)], isOpen));
            if (isOpen)
                return result;
        }
        if (s + 2 < int(sections.size()) || isComplete) {
            m_at = {s + 1, 0};
            m_said.clear();
        } else {
            m_at = {s, int(blocks.size())};
            m_said.clear();
        }
    }
    return result;
}

void SentenceReader::skip(const MessageLayout &layout)
{
    (void)read(layout, false);
}

QStringList SentenceReader::readBlock(const LaidBlock &laid, bool isOpen)
{
    const Block &block = laid.block;
    if (block.isInsideFold)
        return {};
    switch (block.kind) {
    case BlockKind::Paragraph:
    case BlockKind::Heading:
    case BlockKind::Citation:
    case BlockKind::Attachment:
        return readText(block, isOpen);
    case BlockKind::Code:
    case BlockKind::Table:
    case BlockKind::Image:
    case BlockKind::Tool: {
        if (isOpen)
            return {};
        const QString words = blockSummary(laid);
        return std::exchange(m_said, words) == words ? QStringList() : QStringList{words};
    }
    default:
        return {};
    }
}

QStringList SentenceReader::readText(const Block &block, bool isOpen)
{
    const QString &text = block.texts[0].text;
    const qsizetype from = m_said.isEmpty() ? 0 : afterLettersOf(m_said, text);
    const QString rest = text.mid(from);
    QStringList result;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Sentence, rest);
    qsizetype start = 0;
    for (auto end = finder.toNextBoundary(); end > 0; end = finder.toNextBoundary()) {
        // The end of what is there is the end of a sentence only where nothing comes any more.
        if (isOpen && (end == rest.size() || isUnsettled(rest, start, end)))
            break;
        if (const QString sentence = rest.mid(start, end - start).simplified(); hasWords(sentence)) {
            const bool isNumbered = from + start == 0 && !block.marker.isEmpty() && block.marker != u"•"_s;
            result.append(isNumbered ? QString(block.marker + u' ' + sentence) : sentence);
        }
        start = end;
    }
    if (start > 0)
        m_said = text.left(from + start);
    return result;
}

} // namespace Parlance
