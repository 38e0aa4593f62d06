// SPDX-License-Identifier: Apache-2.0
#include "transcript/markdownparser.h"

#include "chat/markdownparsing.h"
#include "transcript/markdowndefinitions.h"
#include "transcript/markdowninlines.h"
#include "chat/markdownmarks.h"
#include "chat/markdownsource.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <mutex>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct ParserCloser
{
    void operator()(cmark_parser *parser) const { cmark_parser_free(parser); }
};
struct NodeCloser
{
    void operator()(cmark_node *node) const { cmark_node_free(node); }
};
using ParserPointer = std::unique_ptr<cmark_parser, ParserCloser>;
using NodePointer = std::unique_ptr<cmark_node, NodeCloser>;

// Everything inside a node as plain words, however deep it goes.
QString wordsIn(cmark_node *node)
{
    QString words;
    cmark_iter *iterator = cmark_iter_new(node);
    while (cmark_iter_next(iterator) != CMARK_EVENT_DONE) {
        const QString more = nodeLiteral(cmark_iter_get_node(iterator));
        if (!more.isEmpty() && cmark_iter_get_event_type(iterator) == CMARK_EVENT_ENTER)
            words += (words.isEmpty() ? QString() : u" "_s) + asWords(more.trimmed());
    }
    cmark_iter_free(iterator);
    return words;
}

class BlockWalker
{
public:
    BlockWalker(const QString &source, LineBreaks breaks)
        : m_breaks(breaks)
    {
        if (source.contains(u"]:"_s))
            m_lines = source.split(u'\n');
    }

    std::vector<ParsedBlock> walk(cmark_node *document)
    {
        int covered = 0; // lines
        for (cmark_node *node = cmark_node_first_child(document); node; node = cmark_node_next(node)) {
            // A paragraph split off above a table has no line of its own: they stand and fall together.
            int line = cmark_node_get_start_line(node);
            if (line == 0 && cmark_node_next(node))
                line = cmark_node_get_start_line(cmark_node_next(node));
            addDefinitions(definitionsIn(m_lines, covered, line - 1));
            covered = std::max({covered, line, cmark_node_get_end_line(node)});
            if (cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH) {
                const auto atop = definitionsAtop(m_lines, line - 1, covered);
                addDefinitions(atop);
                line += int(atop.size());
            }
            m_position = ParsedBlock{};
            m_position.topLine = line - 1;
            m_position.isTopList = cmark_node_get_type(node) == CMARK_NODE_LIST;
            m_isTopLevel = true;
            walkBlock(node, 0, 0);
            std::ranges::move(m_notes, std::back_inserter(m_result));
            m_notes.clear();
        }
        addDefinitions(definitionsIn(m_lines, covered, int(m_lines.size())));
        return std::move(m_result);
    }

private:
    void addDefinitions(const std::vector<LinkDefinition> &definitions)
    {
        for (const LinkDefinition &definition : definitions) {
            m_position = ParsedBlock{.topLine = definition.line, .definition = definition.label};
            Block &block = add(BlockKind::Paragraph, 0, 0);
            block.texts[0].text = definition.text;
            block.isVerbatim = true;
        }
    }

    void walkChildren(cmark_node *parent, int quoteDepth, int listDepth)
    {
        for (cmark_node *node = cmark_node_first_child(parent); node; node = cmark_node_next(node))
            walkBlock(node, quoteDepth, listDepth);
    }

    void walkBlock(cmark_node *node, int quoteDepth, int listDepth)
    {
        const bool isTop = std::exchange(m_isTopLevel, false);
        switch (cmark_node_get_type(node)) {
        case CMARK_NODE_BLOCK_QUOTE:
            if (isTooDeep(node, quoteDepth, listDepth))
                return;
            walkQuote(node, quoteDepth, listDepth);
            return;
        case CMARK_NODE_LIST:
            if (isTooDeep(node, quoteDepth, listDepth))
                return;
            walkList(node, quoteDepth, listDepth, isTop);
            return;
        case CMARK_NODE_CUSTOM_BLOCK:
            walkNote(node, quoteDepth, listDepth);
            return;
        case CMARK_NODE_PARAGRAPH:
            addParagraph(node, quoteDepth, listDepth, isTop);
            return;
        case CMARK_NODE_HEADING:
            addText(node, BlockKind::Heading, quoteDepth, listDepth).level =
                cmark_node_get_heading_level(node);
            return;
        case CMARK_NODE_CODE_BLOCK:
            addCode(node, quoteDepth, listDepth, isTop);
            return;
        case CMARK_NODE_HTML_BLOCK: {
            QString text = asWritten(nodeLiteral(node));
            while (text.endsWith(u'\n'))
                text.chop(1);
            Block &block = add(BlockKind::Paragraph, quoteDepth, listDepth);
            block.texts[0].text = text;
            block.isVerbatim = true;
            return;
        }
        case CMARK_NODE_THEMATIC_BREAK:
            add(BlockKind::Rule, quoteDepth, listDepth);
            return;
        default:
            if (isNodeNamed(node, "table"))
                addTable(node, quoteDepth, listDepth);
            return;
        }
    }

    void walkQuote(cmark_node *node, int quoteDepth, int listDepth)
    {
        const quint32 outside = m_listsOutsideQuotes;
        if (quoteDepth < 8)
            m_listsOutsideQuotes |= quint32(std::min(listDepth, 8)) << (4 * quoteDepth);
        walkChildren(node, quoteDepth + 1, listDepth);
        m_listsOutsideQuotes = outside;
    }

    bool isTooDeep(cmark_node *node, int quoteDepth, int listDepth)
    {
        if (quoteDepth + listDepth < maxMarkdownDepth)
            return false;
        add(BlockKind::Paragraph, quoteDepth, listDepth).texts[0].text = wordsIn(node);
        return true;
    }

    // A footnote's text stands below everything else, wherever it was written.
    void walkNote(cmark_node *node, int quoteDepth, int listDepth)
    {
        if (m_noteDepth > 0 || isTooDeep(node, quoteDepth, listDepth)) {
            if (m_noteDepth > 0)
                add(BlockKind::Paragraph, quoteDepth, listDepth).texts[0].text = wordsIn(node);
            return;
        }
        const QString label = footnoteLabel(QString::fromUtf8(cmark_node_get_on_enter(node)));
        std::vector<ParsedBlock> outer = std::exchange(m_result, {});
        const quint32 outside = std::exchange(m_listsOutsideQuotes, 0);
        ++m_noteDepth;
        walkChildren(node, 0, 1);
        --m_noteDepth;
        m_listsOutsideQuotes = outside;
        const bool startsWithText = !m_result.empty() && m_result[0].block.kind == BlockKind::Paragraph
            && m_result[0].block.listDepth == 1;
        if (!startsWithText) {
            ParsedBlock empty = m_position;
            empty.block.listDepth = 1;
            m_result.insert(m_result.begin(), empty);
        }
        m_result.front().block.marker = label + u'.';
        const auto last = std::ranges::find(m_result.rbegin(), m_result.rend(), BlockKind::Paragraph,
                                            [](const ParsedBlock &one) { return one.block.kind; });
        last->block.isNoteEnd = true;
        for (ParsedBlock &one : m_result) {
            one.block.note = label;
            one.block.isQuiet = true;
            m_notes.push_back(std::move(one));
        }
        m_result = std::move(outer);
    }

    void walkList(cmark_node *list, int quoteDepth, int listDepth, bool isTop)
    {
        const bool isOrdered = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;
        const QChar delimiter = cmark_node_get_list_delim(list) == CMARK_PAREN_DELIM ? u')' : u'.';
        int number = isOrdered ? cmark_node_get_list_start(list) : 0;
        for (cmark_node *item = cmark_node_first_child(list); item; item = cmark_node_next(item)) {
            if (isTop) {
                m_position.itemLine = cmark_node_get_start_line(item) - 1;
                m_position.itemNumber = isOrdered ? number : 0;
            }
            const size_t first = m_result.size();
            walkChildren(item, quoteDepth, listDepth + 1);
            if (m_result.size() == first || m_result[first].block.listDepth != listDepth + 1) {
                // An item without a line of its own still has its marker.
                ParsedBlock empty = m_position;
                empty.block.listDepth = listDepth + 1;
                empty.block.quoteDepth = quoteDepth;
                empty.block.listsOutsideQuotes = m_listsOutsideQuotes;
                m_result.insert(m_result.begin() + qsizetype(first), empty);
            }
            Block &block = m_result[first].block;
            block.marker = isOrdered ? QString(QString::number(number) + delimiter) : u"•"_s;
            if (isNodeNamed(item, "tasklist"))
                block.task =
                    cmark_gfm_extensions_get_tasklist_item_checked(item) ? TaskMark::Done : TaskMark::Open;
            ++number;
        }
    }

    Block &add(BlockKind kind, int quoteDepth, int listDepth)
    {
        ParsedBlock parsed = m_position;
        parsed.block.kind = kind;
        parsed.block.quoteDepth = quoteDepth;
        parsed.block.listDepth = listDepth;
        parsed.block.listsOutsideQuotes = m_listsOutsideQuotes;
        m_result.push_back(std::move(parsed));
        return m_result.back().block;
    }

    // A paragraph, and the images in it below each other.
    void addParagraph(cmark_node *node, int quoteDepth, int listDepth, bool isTop)
    {
        std::vector<Block> images;
        RichText text;
        appendInlines(node, text, m_breaks, &images);
        // The gap before a picture that is shown below.
        while (!images.empty() && !text.text.isEmpty() && text.text.back().isSpace() && !text.endsInRun())
            text.text.chop(1);
        if (!isOnlyImages(text, images)) {
            add(BlockKind::Paragraph, quoteDepth, listDepth).texts[0] = std::move(text);
            m_result.back().isTopParagraph = isTop;
        }
        for (Block &image : images) {
            Block &block = add(BlockKind::Image, quoteDepth, listDepth);
            block.url = std::move(image.url);
            block.texts = std::move(image.texts);
        }
    }

    Block &addText(cmark_node *node, BlockKind kind, int quoteDepth, int listDepth)
    {
        Block &block = add(kind, quoteDepth, listDepth);
        appendInlines(node, block.texts[0], m_breaks);
        return block;
    }

    void addCode(cmark_node *node, int quoteDepth, int listDepth, bool isTop)
    {
        Block &block = add(BlockKind::Code, quoteDepth, listDepth);
        QString text = nodeLiteral(node);
        if (text.endsWith(u'\n'))
            text.chop(1);
        if (isMark(node)) {
            addFormula(block, text, quoteDepth, listDepth);
            return;
        }
        block.texts[0].text = asWritten(text);
        block.label = QString::fromUtf8(cmark_node_get_fence_info(node)).section(u' ', 0, 0);
        int length = 0;
        int offset = 0;
        char character = 0;
        m_result.back().isTopFence = isTop && cmark_node_get_fenced(node, &length, &offset, &character) != 0;
    }

    void addFormula(Block &block, const QString &literal, int quoteDepth, int listDepth)
    {
        const Formula formula = formulaOf(literal);
        block.texts[0].text = formula.text;
        block.detail = formula.delimiter;
        if (!formula.rest.isEmpty())
            add(BlockKind::Paragraph, quoteDepth, listDepth).texts[0].text = formula.rest;
    }

    void addTable(cmark_node *node, int quoteDepth, int listDepth)
    {
        Block &block = add(BlockKind::Table, quoteDepth, listDepth);
        block.columns = cmark_gfm_extensions_get_table_columns(node);
        const uint8_t *alignments = cmark_gfm_extensions_get_table_alignments(node);
        for (int i = 0; i < block.columns; ++i) {
            const uint8_t wanted = alignments ? alignments[i] : 0;
            block.alignments.append(wanted == 'r'       ? CellAlignment::Right
                                        : wanted == 'c' ? CellAlignment::Centre
                                                        : CellAlignment::Left);
        }
        block.texts.clear();
        for (cmark_node *row = cmark_node_first_child(node); row; row = cmark_node_next(row)) {
            int column = 0;
            for (cmark_node *cell = cmark_node_first_child(row); cell && column < block.columns;
                 cell = cmark_node_next(cell), ++column) {
                RichText text;
                appendInlines(cell, text, LineBreaks::Soft);
                block.texts.push_back(std::move(text));
            }
            for (; column < block.columns; ++column)
                block.texts.emplace_back();
        }
    }

    LineBreaks m_breaks;
    QStringList m_lines; //!< only if there may be definitions of links
    ParsedBlock m_position;
    int m_noteDepth = 0;
    quint32 m_listsOutsideQuotes = 0; //!< see Block
    std::vector<ParsedBlock> m_notes; //!< of the top-level block that is walked
    bool m_isTopLevel = false;
    std::vector<ParsedBlock> m_result;
};

void attachExtensions(cmark_parser *parser)
{
    cmark_gfm_core_extensions_ensure_registered();
    // First, since tables take every line that might become one.
    cmark_parser_attach_syntax_extension(parser, markExtension());
    for (const char *name : {"table", "strikethrough", "autolink", "tasklist"}) {
        if (cmark_syntax_extension *extension = cmark_find_syntax_extension(name))
            cmark_parser_attach_syntax_extension(parser, extension);
    }
}

} // namespace

std::vector<ParsedBlock> parseMarkdown(const QString &source, LineBreaks breaks)
{
    const std::scoped_lock lock(markdownParsing());
    const ParserPointer parser(cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE));
    attachExtensions(parser.get());
    const QByteArray utf8 = standIns(withoutOpenImage(source)).toUtf8();
    cmark_parser_feed(parser.get(), utf8.constData(), size_t(utf8.size()));
    const NodePointer document(cmark_parser_finish(parser.get()));
    return BlockWalker(source, breaks).walk(document.get());
}

std::vector<Block> markdownBlocks(const QString &source, LineBreaks breaks)
{
    std::vector<Block> blocks;
    std::vector<Block> notes;
    for (ParsedBlock &one : parseMarkdown(source, breaks)) {
        if (one.definition.isEmpty() || !isReferredTo(source, one.definition))
            (one.isNote() ? notes : blocks).push_back(std::move(one.block));
    }
    if (!notes.empty())
        blocks.push_back(noteRule());
    std::ranges::move(notes, std::back_inserter(blocks));
    return blocks;
}

Block noteRule()
{
    Block rule;
    rule.kind = BlockKind::Rule;
    rule.isQuiet = true;
    return rule;
}

} // namespace Parlance
