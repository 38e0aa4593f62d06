// SPDX-License-Identifier: Apache-2.0
#include "transcript/markdownparser.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <memory>

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

// Beyond this depth nested quotes and lists are shown flat: the page has no room, and the stack none
// to waste on what somebody else sent.
constexpr int maxDepth = 60;

QString literal(cmark_node *node)
{
    const char *text = cmark_node_get_literal(node);
    return text ? QString::fromUtf8(text) : QString();
}

bool isTypeNamed(cmark_node *node, const char *name)
{
    return qstrcmp(cmark_node_get_type_string(node), name) == 0;
}

struct InlineState
{
    quint8 style = PlainRun;
    QString url = {};
};

void appendInlines(cmark_node *parent, RichText &out, const InlineState &state, LineBreaks breaks, int depth);

void appendImage(cmark_node *node, RichText &out, const InlineState &state, int depth)
{
    // Remote images are never loaded: the words for it, as a link.
    const QString url = QString::fromUtf8(cmark_node_get_url(node));
    RichText words;
    appendInlines(node, words, {}, LineBreaks::Soft, depth + 1);
    const QString text = words.text.isEmpty() ? url : words.text;
    const bool isInLink = !state.url.isEmpty();
    out.append(text, quint8(state.style | LinkRun), isInLink ? state.url : url);
}

void appendInline(cmark_node *node, RichText &out, const InlineState &state, LineBreaks breaks, int depth)
{
    InlineState inner = state;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_HTML_INLINE:
        out.append(literal(node), state.style, state.url);
        return;
    case CMARK_NODE_CODE:
        out.append(literal(node), quint8(state.style | CodeRun), state.url);
        return;
    case CMARK_NODE_SOFTBREAK:
        out.append(breaks == LineBreaks::Kept ? u"\n"_s : u" "_s, state.style, state.url);
        return;
    case CMARK_NODE_LINEBREAK:
        out.append(u"\n"_s, state.style, state.url);
        return;
    case CMARK_NODE_IMAGE:
        appendImage(node, out, state, depth);
        return;
    case CMARK_NODE_EMPH:
        inner.style |= ItalicRun;
        break;
    case CMARK_NODE_STRONG:
        inner.style |= BoldRun;
        break;
    case CMARK_NODE_LINK:
        inner.style |= LinkRun;
        inner.url = QString::fromUtf8(cmark_node_get_url(node));
        break;
    default:
        if (isTypeNamed(node, "strikethrough"))
            inner.style |= StrikeRun;
        break;
    }
    appendInlines(node, out, inner, breaks, depth + 1);
}

void appendInlines(cmark_node *parent, RichText &out, const InlineState &state, LineBreaks breaks, int depth)
{
    if (depth > maxDepth)
        return;
    for (cmark_node *node = cmark_node_first_child(parent); node; node = cmark_node_next(node))
        appendInline(node, out, state, breaks, depth);
}

class BlockWalker
{
public:
    explicit BlockWalker(LineBreaks breaks)
        : m_breaks(breaks)
    {
    }

    std::vector<ParsedBlock> walk(cmark_node *document)
    {
        for (cmark_node *node = cmark_node_first_child(document); node; node = cmark_node_next(node)) {
            m_position = ParsedBlock{};
            // A paragraph split off above a table has no line of its own: they stand and fall together.
            int line = cmark_node_get_start_line(node);
            if (line == 0 && cmark_node_next(node))
                line = cmark_node_get_start_line(cmark_node_next(node));
            m_position.topLine = line - 1;
            m_position.isTopList = cmark_node_get_type(node) == CMARK_NODE_LIST;
            m_isTopLevel = true;
            walkBlock(node, 0, 0);
        }
        return std::move(m_result);
    }

private:
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
            if (quoteDepth + listDepth < maxDepth)
                walkChildren(node, quoteDepth + 1, listDepth);
            return;
        case CMARK_NODE_LIST:
            if (quoteDepth + listDepth < maxDepth)
                walkList(node, quoteDepth, listDepth, isTop);
            return;
        case CMARK_NODE_PARAGRAPH:
            addText(node, BlockKind::Paragraph, quoteDepth, listDepth);
            m_result.back().isTopParagraph = isTop;
            return;
        case CMARK_NODE_HEADING:
            addText(node, BlockKind::Heading, quoteDepth, listDepth).level =
                cmark_node_get_heading_level(node);
            return;
        case CMARK_NODE_CODE_BLOCK:
            addCode(node, quoteDepth, listDepth, isTop);
            return;
        case CMARK_NODE_HTML_BLOCK:
        case CMARK_NODE_CUSTOM_BLOCK: {
            QString text = literal(node);
            while (text.endsWith(u'\n'))
                text.chop(1);
            add(BlockKind::Paragraph, quoteDepth, listDepth).texts[0].text = text;
            return;
        }
        case CMARK_NODE_THEMATIC_BREAK:
            add(BlockKind::Rule, quoteDepth, listDepth);
            return;
        default:
            if (isTypeNamed(node, "table"))
                addTable(node, quoteDepth, listDepth);
            return;
        }
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
                m_result.insert(m_result.begin() + qsizetype(first), empty);
            }
            Block &block = m_result[first].block;
            block.marker = isOrdered ? QString(QString::number(number) + delimiter) : u"•"_s;
            if (isTypeNamed(item, "tasklist"))
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
        m_result.push_back(std::move(parsed));
        return m_result.back().block;
    }

    Block &addText(cmark_node *node, BlockKind kind, int quoteDepth, int listDepth)
    {
        Block &block = add(kind, quoteDepth, listDepth);
        appendInlines(node, block.texts[0], {}, m_breaks, 0);
        return block;
    }

    void addCode(cmark_node *node, int quoteDepth, int listDepth, bool isTop)
    {
        Block &block = add(BlockKind::Code, quoteDepth, listDepth);
        QString text = literal(node);
        if (text.endsWith(u'\n'))
            text.chop(1);
        block.texts[0].text = text;
        block.label = QString::fromUtf8(cmark_node_get_fence_info(node)).section(u' ', 0, 0);
        int length = 0;
        int offset = 0;
        char character = 0;
        m_result.back().isTopFence = isTop && cmark_node_get_fenced(node, &length, &offset, &character) != 0;
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
                appendInlines(cell, text, {}, LineBreaks::Soft, 0);
                block.texts.push_back(std::move(text));
            }
            for (; column < block.columns; ++column)
                block.texts.emplace_back();
        }
    }

    LineBreaks m_breaks;
    ParsedBlock m_position;
    bool m_isTopLevel = false;
    std::vector<ParsedBlock> m_result;
};

void attachExtensions(cmark_parser *parser)
{
    cmark_gfm_core_extensions_ensure_registered();
    for (const char *name : {"table", "strikethrough", "autolink", "tasklist"}) {
        if (cmark_syntax_extension *extension = cmark_find_syntax_extension(name))
            cmark_parser_attach_syntax_extension(parser, extension);
    }
}

} // namespace

std::vector<ParsedBlock> parseMarkdown(const QString &source, LineBreaks breaks)
{
    const ParserPointer parser(cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE));
    attachExtensions(parser.get());
    const QByteArray utf8 = source.toUtf8();
    cmark_parser_feed(parser.get(), utf8.constData(), size_t(utf8.size()));
    const NodePointer document(cmark_parser_finish(parser.get()));
    return BlockWalker(breaks).walk(document.get());
}

std::vector<Block> markdownBlocks(const QString &source, LineBreaks breaks)
{
    std::vector<Block> result;
    for (ParsedBlock &parsed : parseMarkdown(source, breaks))
        result.push_back(std::move(parsed.block));
    return result;
}

} // namespace Parlance
