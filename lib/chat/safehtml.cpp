// SPDX-License-Identifier: Apache-2.0
#include "chat/conversationfile.h"
#include "chat/markdownparsing.h"

#include <QUrl>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <cstdlib>
#include <memory>
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

cmark_node *textNode(const char *text)
{
    cmark_node *node = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(node, text);
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

// An image would be loaded from elsewhere: its words and a link to it stand for it.
void replaceImage(cmark_node *image)
{
    const QByteArray address = cmark_node_get_url(image);
    if (!cmark_node_first_child(image))
        cmark_node_append_child(image, textNode(address.constData()));
    if (!isSafe(address.constData())) {
        unwrap(image);
        return;
    }
    cmark_node *link = cmark_node_new(CMARK_NODE_LINK);
    cmark_node_set_url(link, address.constData());
    while (cmark_node *child = cmark_node_first_child(image))
        cmark_node_append_child(link, child);
    replace(image, link);
}

void makeSafe(cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HTML_INLINE: {
        replace(node, textNode(cmark_node_get_literal(node)));
        break;
    }
    case CMARK_NODE_HTML_BLOCK: {
        cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
        cmark_node_append_child(paragraph, textNode(cmark_node_get_literal(node)));
        replace(node, paragraph);
        break;
    }
    case CMARK_NODE_IMAGE:
        replaceImage(node);
        break;
    case CMARK_NODE_LINK:
        if (!isSafe(cmark_node_get_url(node)))
            unwrap(node);
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

} // namespace

std::mutex &markdownParsing()
{
    static std::mutex mutex;
    return mutex;
}

QByteArray safeHtml(const QString &markdown, bool keepsLines)
{
    registerExtensions();
    const QByteArray bytes = markdown.toUtf8();
    const std::unique_ptr<cmark_parser, Closer> parser(cmark_parser_new(CMARK_OPT_DEFAULT));
    for (const char *name : {"table", "strikethrough", "autolink", "tasklist"}) {
        if (cmark_syntax_extension *extension = cmark_find_syntax_extension(name))
            cmark_parser_attach_syntax_extension(parser.get(), extension);
    }
    cmark_parser_feed(parser.get(), bytes.constData(), size_t(bytes.size()));
    const std::unique_ptr<cmark_node, Closer> root([&parser] {
        const std::scoped_lock lock(markdownParsing());
        return cmark_parser_finish(parser.get());
    }());
    // Gathered first, inner ones before outer ones: what is walked must not be changed.
    std::vector<cmark_node *> nodes;
    const std::unique_ptr<cmark_iter, Closer> walk(cmark_iter_new(root.get()));
    for (cmark_event_type event = cmark_iter_next(walk.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(walk.get())) {
        cmark_node *node = cmark_iter_get_node(walk.get());
        const cmark_node_type type = cmark_node_get_type(node);
        const bool isLeaf = type == CMARK_NODE_HTML_INLINE || type == CMARK_NODE_HTML_BLOCK;
        const bool isWanted = isLeaf || type == CMARK_NODE_IMAGE || type == CMARK_NODE_LINK;
        if (isWanted && (isLeaf || event == CMARK_EVENT_EXIT))
            nodes.push_back(node);
    }
    for (cmark_node *node : nodes)
        makeSafe(node);
    // Whatever was missed is left out by the renderer itself, which is safe by default.
    const std::unique_ptr<char, Closer> html(
        cmark_render_html(root.get(), keepsLines ? CMARK_OPT_HARDBREAKS : CMARK_OPT_DEFAULT,
                          cmark_parser_get_syntax_extensions(parser.get())));
    return html.get();
}

} // namespace Parlance
