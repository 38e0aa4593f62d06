// SPDX-License-Identifier: Apache-2.0
#include "chat/htmlmarks.h"

#include "chat/markdownmarks.h"

#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// Only what is written here goes into a page as it is: everything that was said is escaped before.
cmark_node *markup(cmark_node_type type, const QByteArray &before, const QByteArray &after = {})
{
    cmark_node *node = cmark_node_new(type);
    cmark_node_set_on_enter(node, before.constData());
    cmark_node_set_on_exit(node, after.constData());
    return node;
}

QByteArray escaped(const QString &text)
{
    return text.toHtmlEscaped().toUtf8();
}

// A cell of a table lets no markup in that Markdown does not know, unless somebody else answers for it.
cmark_syntax_extension *anyChild()
{
    struct Closer
    {
        void operator()(cmark_syntax_extension *extension) const
        {
            cmark_syntax_extension_free(cmark_get_default_mem_allocator(), extension);
        }
    };
    static const std::unique_ptr<cmark_syntax_extension, Closer> extension([] {
        cmark_syntax_extension *made = cmark_syntax_extension_new("parlance-any-child");
        cmark_syntax_extension_set_can_contain_func(
            made, [](cmark_syntax_extension *, cmark_node *, cmark_node_type) { return 1; });
        return made;
    }());
    return extension.get();
}

void replace(cmark_node *old, cmark_node *with)
{
    cmark_node *parent = cmark_node_parent(old);
    cmark_syntax_extension *extension = cmark_node_get_syntax_extension(parent);
    cmark_node_set_syntax_extension(parent, anyChild());
    cmark_node_replace(old, with);
    cmark_node_set_syntax_extension(parent, extension);
    cmark_node_free(old);
}

bool isInLink(cmark_node *node)
{
    for (cmark_node *outer = cmark_node_parent(node); outer; outer = cmark_node_parent(outer)) {
        if (cmark_node_get_type(outer) == CMARK_NODE_LINK)
            return true;
    }
    return false;
}

QString literalOf(cmark_node *node)
{
    return QString::fromUtf8(cmark_node_get_literal(node));
}

} // namespace

void setFormula(cmark_node *node)
{
    const bool isBlock = cmark_node_get_type(node) == CMARK_NODE_CODE_BLOCK;
    const Formula formula = formulaOf(literalOf(node));
    const QByteArray open =
        isBlock || formula.isDisplay() ? "<code class=\"math display\">"_ba : "<code class=\"math\">"_ba;
    if (!isBlock) {
        const QByteArray code = escaped(QString(formula.text).replace(u'\n', u' '));
        replace(node, markup(CMARK_NODE_CUSTOM_INLINE, open + code + "</code>"));
        return;
    }
    if (!formula.rest.isEmpty()) {
        cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
        cmark_node *words = cmark_node_new(CMARK_NODE_TEXT);
        cmark_node_set_literal(words, formula.rest.toUtf8().constData());
        cmark_node_append_child(paragraph, words);
        cmark_node_insert_after(node, paragraph);
    }
    replace(node, markup(CMARK_NODE_CUSTOM_BLOCK, "<pre>" + open + escaped(formula.text) + "</code></pre>"));
}

HtmlNotes::HtmlNotes(QByteArray place)
    : m_place(std::move(place))
{
}

HtmlNotes::~HtmlNotes()
{
    // Before that they belong to their texts.
    if (!m_isLinked)
        return;
    for (const Note &note : m_notes)
        cmark_node_free(note.node);
}

void HtmlNotes::addMark(cmark_node *node, size_t text)
{
    m_marks.push_back({.node = node, .label = footnoteLabel(literalOf(node)), .text = text});
}

void HtmlNotes::addNote(cmark_node *node, size_t text)
{
    const QString mark = QString::fromUtf8(cmark_node_get_on_enter(node));
    m_notes.push_back({.node = node, .label = footnoteLabel(mark), .text = text});
}

HtmlNotes::Note *HtmlNotes::noteOf(const Mark &mark)
{
    Note *found = nullptr;
    for (Note &note : m_notes) {
        if (note.label != mark.label)
            continue;
        if (note.text == mark.text)
            return &note;
        if (!found)
            found = &note;
    }
    return found;
}

QByteArray HtmlNotes::idOf(const char *kind, const Note &note) const
{
    const auto number = &note - m_notes.data() + 1;
    return kind + m_place + '-' + QByteArray::number(number);
}

void HtmlNotes::set(const Mark &mark)
{
    QByteArray html = escaped(mark.label);
    Note *note = noteOf(mark);
    // No link within a link.
    if (note && !isInLink(mark.node)) {
        ++note->marks;
        html = "<a id=\"" + idOf("mark-", *note) + '-' + QByteArray::number(note->marks) + "\" href=\"#"
            + idOf("note-", *note) + "\" role=\"doc-noteref\">" + html + "</a>";
    }
    replace(mark.node, markup(CMARK_NODE_CUSTOM_INLINE, "<sup>" + html + "</sup>"));
}

void HtmlNotes::set(Note &note) const
{
    cmark_node_unlink(note.node);
    cmark_node_set_on_enter(note.node,
                            QByteArray("<div class=\"note\" id=\"" + idOf("note-", note) + "\"><span>"
                                       + escaped(note.label) + ".</span>\n<div>")
                                .constData());
    cmark_node_set_on_exit(note.node, "</div></div>");
    QByteArray back;
    for (int i = 1; i <= note.marks; ++i) {
        const QByteArray number = QByteArray::number(i);
        // The second character says that it is a letter and no picture.
        back += " <a href=\"#" + idOf("mark-", note) + '-' + number
            + "\" role=\"doc-backlink\">\xE2\x86\xA9\xEF\xB8\x8E"
            + (i > 1 ? "<sup>" + number + "</sup>" : QByteArray()) + "</a>";
    }
    if (back.isEmpty())
        return;
    cmark_node *last = cmark_node_last_child(note.node);
    if (!last || cmark_node_get_type(last) != CMARK_NODE_PARAGRAPH) {
        last = cmark_node_new(CMARK_NODE_PARAGRAPH);
        cmark_node_append_child(note.node, last);
    }
    cmark_node_append_child(last, markup(CMARK_NODE_CUSTOM_INLINE, back));
}

void HtmlNotes::link()
{
    m_isLinked = true;
    for (const Mark &mark : m_marks)
        set(mark);
    m_marks.clear();
    for (Note &note : m_notes)
        set(note);
}

QByteArray HtmlNotes::html(int options) const
{
    if (m_notes.empty())
        return {};
    struct Closer
    {
        void operator()(char *text) const { std::free(text); }
    };
    QByteArray html = "<section class=\"notes\" role=\"doc-endnotes\">\n";
    for (const Note &note : m_notes)
        html += std::unique_ptr<char, Closer>(cmark_render_html(note.node, options, nullptr)).get();
    return html + "</section>\n";
}

} // namespace Parlance
