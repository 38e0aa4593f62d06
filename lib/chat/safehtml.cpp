// SPDX-License-Identifier: Apache-2.0
#include "chat/safehtml.h"

#include "chat/embeddedpicture.h"
#include "chat/htmlmarks.h"
#include "chat/markdownmarks.h"
#include "chat/markdownparsing.h"
#include "chat/markdownsource.h"

#include <QUrl>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <vector>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Closer
{
    void operator()(cmark_parser *parser) const { cmark_parser_free(parser); }
    void operator()(cmark_node *node) const { cmark_node_free(node); }
    void operator()(cmark_iter *iterator) const { cmark_iter_free(iterator); }
    void operator()(char *text) const { std::free(text); }
};

bool isSafe(const char *address)
{
    const QString scheme = QUrl(QString::fromUtf8(address)).scheme().toLower();
    return scheme == "http"_L1 || scheme == "https"_L1 || scheme == "mailto"_L1;
}

// What stood for an escaped bracket while it was read is as it was again.
QByteArray restored(const char *text, QString (*form)(QString))
{
    if (!text || !std::strchr(text, char(Stand::firstByte)))
        return text;
    return form(QString::fromUtf8(text)).toUtf8();
}

cmark_node *textNode(const QByteArray &text)
{
    cmark_node *node = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(node, text.constData());
    return node;
}

void replace(cmark_node *old, cmark_node *with)
{
    cmark_node_replace(old, with);
    cmark_node_free(old);
}

// Puts what a node holds in its place.
void unwrap(cmark_node *node)
{
    while (cmark_node *child = cmark_node_first_child(node))
        cmark_node_insert_before(node, child);
    cmark_node_unlink(node);
    cmark_node_free(node);
}

bool isInSafeLink(cmark_node *node)
{
    for (cmark_node *outer = cmark_node_parent(node); outer; outer = cmark_node_parent(outer)) {
        if (cmark_node_get_type(outer) == CMARK_NODE_LINK && isSafe(cmark_node_get_url(outer)))
            return true;
    }
    return false;
}

// What would be loaded from elsewhere does not stay an image: its words and a link to it stand for it.
void replaceImage(cmark_node *image)
{
    const QByteArray address = restored(cmark_node_get_url(image), &asWords);
    if (const QByteArray picture = embeddedPicture(address); !picture.isEmpty()) {
        cmark_node_set_url(image, picture.constData());
        return;
    }
    if (!cmark_node_first_child(image))
        cmark_node_append_child(image, textNode(address));
    if (!isSafe(address.constData()) || isInSafeLink(image)) {
        unwrap(image);
        return;
    }
    cmark_node *link = cmark_node_new(CMARK_NODE_LINK);
    cmark_node_set_url(link, address.constData());
    while (cmark_node *child = cmark_node_first_child(image))
        cmark_node_append_child(link, child);
    replace(image, link);
}

void restoreLiteral(cmark_node *node, QString (*form)(QString))
{
    const char *text = cmark_node_get_literal(node);
    if (text && std::strchr(text, char(Stand::firstByte)))
        cmark_node_set_literal(node, restored(text, form).constData());
}

void makeLinkSafe(cmark_node *link)
{
    cmark_node_set_url(link, restored(cmark_node_get_url(link), &asWords).constData());
    cmark_node_set_title(link, restored(cmark_node_get_title(link), &asWords).constData());
    if (!isSafe(cmark_node_get_url(link)))
        unwrap(link);
}

void makeSafe(cmark_node *node, HtmlNotes &notes, size_t text)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        restoreLiteral(node, &asWords);
        break;
    case CMARK_NODE_CODE:
        if (!isMark(node))
            restoreLiteral(node, &asWritten);
        else if (isFootnoteMark(QString::fromUtf8(cmark_node_get_literal(node))))
            notes.addMark(node, text);
        else
            setFormula(node);
        break;
    case CMARK_NODE_CODE_BLOCK:
        if (isMark(node)) {
            setFormula(node);
            break;
        }
        restoreLiteral(node, &asWritten);
        cmark_node_set_fence_info(node, restored(cmark_node_get_fence_info(node), &asWords).constData());
        break;
    case CMARK_NODE_CUSTOM_BLOCK:
        notes.addNote(node, text);
        break;
    case CMARK_NODE_HTML_INLINE:
        replace(node, textNode(restored(cmark_node_get_literal(node), &asWritten)));
        break;
    case CMARK_NODE_HTML_BLOCK: {
        cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
        cmark_node_append_child(paragraph, textNode(restored(cmark_node_get_literal(node), &asWritten)));
        replace(node, paragraph);
        break;
    }
    case CMARK_NODE_IMAGE:
        replaceImage(node);
        break;
    case CMARK_NODE_LINK:
        makeLinkSafe(node);
        break;
    default:
        break;
    }
}

// Once for the process, and safe from any thread.
void registerExtensions()
{
    static const bool isDone = [] {
        cmark_gfm_core_extensions_ensure_registered();
        return true;
    }();
    Q_UNUSED(isDone)
}

using Document = std::unique_ptr<cmark_node, Closer>;

// As the window reads it.
Document parsed(const QString &markdown)
{
    registerExtensions();
    const QByteArray bytes = standIns(markdown).toUtf8();
    const std::scoped_lock lock(markdownParsing());
    const std::unique_ptr<cmark_parser, Closer> parser(
        cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE));
    // First, since tables take every line that might become one.
    cmark_parser_attach_syntax_extension(parser.get(), markExtension());
    for (const char *name : {"table", "strikethrough", "autolink", "tasklist"}) {
        if (cmark_syntax_extension *extension = cmark_find_syntax_extension(name))
            cmark_parser_attach_syntax_extension(parser.get(), extension);
    }
    cmark_parser_feed(parser.get(), bytes.constData(), size_t(bytes.size()));
    return Document(cmark_parser_finish(parser.get()));
}

void makeDocumentSafe(cmark_node *root, HtmlNotes &notes, size_t text)
{
    // Gathered first, inner ones before outer ones: what is walked must not be changed.
    std::vector<cmark_node *> nodes;
    const std::unique_ptr<cmark_iter, Closer> walk(cmark_iter_new(root));
    for (cmark_event_type event = cmark_iter_next(walk.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(walk.get())) {
        cmark_node *node = cmark_iter_get_node(walk.get());
        const cmark_node_type type = cmark_node_get_type(node);
        const bool isOuter = type == CMARK_NODE_IMAGE || type == CMARK_NODE_LINK;
        if (event == (isOuter ? CMARK_EVENT_EXIT : CMARK_EVENT_ENTER))
            nodes.push_back(node);
    }
    for (cmark_node *node : nodes)
        makeSafe(node, notes, text);
}

} // namespace

std::mutex &markdownParsing()
{
    static std::mutex mutex;
    return mutex;
}

SafeHtml safeHtml(const QStringList &markdown, HtmlLines lines, const QByteArray &place)
{
    std::vector<Document> documents;
    documents.reserve(size_t(markdown.size()));
    HtmlNotes notes(place);
    for (const QString &text : markdown) {
        documents.push_back(parsed(text));
        makeDocumentSafe(documents.back().get(), notes, documents.size() - 1);
    }
    notes.link();
    // Whatever was missed is left out by the renderer itself, which is safe by default.
    const int options = lines == HtmlLines::Kept ? CMARK_OPT_HARDBREAKS : CMARK_OPT_DEFAULT;
    SafeHtml safe;
    safe.texts.reserve(documents.size());
    for (const Document &document : documents)
        safe.texts.emplace_back(
            std::unique_ptr<char, Closer>(cmark_render_html(document.get(), options, nullptr)).get());
    safe.notes = notes.html(options);
    return safe;
}

} // namespace Parlance
