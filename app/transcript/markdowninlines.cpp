// SPDX-License-Identifier: Apache-2.0
#include "transcript/markdowninlines.h"

#include "transcript/markdownmarks.h"
#include "transcript/markdownsource.h"

#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct InlineState
{
    quint16 style = PlainRun;
    QString url = {};
    LineBreaks breaks = LineBreaks::Soft;
    int depth = 0;
};

void appendAll(cmark_node *parent, RichText &out, const InlineState &state);

QString addressOf(cmark_node *node)
{
    return asWords(QString::fromUtf8(cmark_node_get_url(node)));
}

void appendImage(cmark_node *node, RichText &out, const InlineState &state)
{
    // Remote images are never loaded: the words for it, as a link.
    const QString url = addressOf(node);
    RichText words;
    appendAll(node, words, {.depth = state.depth + 1});
    const QString text = words.text.isEmpty() ? url : words.text;
    const bool isInLink = !state.url.isEmpty();
    out.append(text, quint16(state.style | LinkRun), isInLink ? state.url : url);
}

void appendMark(cmark_node *node, RichText &out, const InlineState &state)
{
    const QString literal = nodeLiteral(node);
    if (isFootnoteMark(literal)) {
        const QString label = footnoteLabel(literal);
        out.append(label, quint16(state.style | NoteRun | LinkRun), label);
        return;
    }
    const Formula formula = formulaOf(literal);
    quint16 style = state.style | CodeRun | MathRun;
    if (formula.delimiter.startsWith(u'\\'))
        style |= RoundMathRun;
    if (formula.delimiter.endsWith(u'[') || formula.delimiter == u"$$"_s)
        style |= DisplayMathRun;
    out.append(QString(formula.text).replace(u'\n', u' '), style, state.url);
}

void appendOne(cmark_node *node, RichText &out, const InlineState &state)
{
    InlineState inner = state;
    ++inner.depth;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        out.append(asWords(nodeLiteral(node)), state.style, state.url);
        return;
    case CMARK_NODE_HTML_INLINE:
        out.append(asWritten(nodeLiteral(node)), state.style, state.url);
        return;
    case CMARK_NODE_CODE:
        if (isMark(node))
            appendMark(node, out, state);
        else
            out.append(asWritten(nodeLiteral(node)), quint16(state.style | CodeRun), state.url);
        return;
    case CMARK_NODE_SOFTBREAK:
        out.append(state.breaks == LineBreaks::Kept ? u"\n"_s : u" "_s, state.style, state.url);
        return;
    case CMARK_NODE_LINEBREAK:
        out.append(u"\n"_s, state.style, state.url);
        return;
    case CMARK_NODE_IMAGE:
        appendImage(node, out, state);
        return;
    case CMARK_NODE_EMPH:
        inner.style |= ItalicRun;
        break;
    case CMARK_NODE_STRONG:
        inner.style |= BoldRun;
        break;
    case CMARK_NODE_LINK:
        inner.style |= LinkRun;
        inner.url = addressOf(node);
        break;
    default:
        if (isNodeNamed(node, "strikethrough"))
            inner.style |= StrikeRun;
        break;
    }
    appendAll(node, out, inner);
}

void appendAll(cmark_node *parent, RichText &out, const InlineState &state)
{
    if (state.depth > maxMarkdownDepth)
        return;
    for (cmark_node *node = cmark_node_first_child(parent); node; node = cmark_node_next(node))
        appendOne(node, out, state);
}

} // namespace

void appendInlines(cmark_node *parent, RichText &out, LineBreaks breaks)
{
    appendAll(parent, out, {.breaks = breaks});
}

QString nodeLiteral(cmark_node *node)
{
    const char *text = cmark_node_get_literal(node);
    return text ? QString::fromUtf8(text) : QString();
}

bool isNodeNamed(cmark_node *node, const char *name)
{
    return qstrcmp(cmark_node_get_type_string(node), name) == 0;
}

bool isMark(cmark_node *node)
{
    return cmark_node_get_syntax_extension(node) == markExtension();
}

} // namespace Parlance
