// SPDX-License-Identifier: Apache-2.0
#include "transcript/markdowninlines.h"

#include "chat/markdownmarks.h"
#include "chat/markdownsource.h"

#include <cmark-gfm.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct InlineState
{
    quint16 style = PlainRun;
    QString url = {};
    LineBreaks breaks = LineBreaks::Soft;
    int depth = 0;
    std::vector<Block> *images = nullptr;
};

void appendAll(cmark_node *parent, RichText &out, const InlineState &state);

QString addressOf(cmark_node *node)
{
    return asWords(QString::fromUtf8(cmark_node_get_url(node)));
}

bool isDataUrl(const QString &url)
{
    return url.startsWith(u"data:"_s, Qt::CaseInsensitive);
}

// Remote images are never loaded by themselves: the words for it, as a link, stand in the text.
void appendImage(cmark_node *node, RichText &out, const InlineState &state)
{
    const QString url = addressOf(node);
    RichText words;
    appendAll(node, words, {.depth = state.depth + 1});
    const bool isInLink = !state.url.isEmpty();
    if (state.images && !isInLink) {
        Block image;
        image.kind = BlockKind::Image;
        image.url = url;
        image.texts[0].text = words.text;
        state.images->push_back(std::move(image));
        if (isDataUrl(url))
            return;
    }
    const QString text = !words.text.isEmpty() ? words.text : isDataUrl(url) ? u"data:…"_s : url;
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
    if (formula.isDisplay())
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

void appendInlines(cmark_node *parent, RichText &out, LineBreaks breaks, std::vector<Block> *images)
{
    appendAll(parent, out, {.breaks = breaks, .images = images});
}

bool isOnlyImages(const RichText &text, const std::vector<Block> &images)
{
    QString rest = text.text;
    for (auto run = text.runs.rbegin(); run != text.runs.rend(); ++run) {
        const auto isOfRun = [&](const Block &image) { return image.url == run->url; };
        if (run->style & LinkRun && std::ranges::any_of(images, isOfRun))
            rest.remove(run->start, run->length);
    }
    return !images.empty() && rest.trimmed().isEmpty();
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

} // namespace Parlance
