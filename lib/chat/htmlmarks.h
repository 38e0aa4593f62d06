// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

struct cmark_node;

namespace Parlance {

//! Puts code in the place of a formula.
void setFormula(cmark_node *node);

//! The footnotes of a message: marks in its texts, and the notes that they belong to.
class HtmlNotes
{
public:
    //! place: what no other message on the page has.
    explicit HtmlNotes(QByteArray place);
    ~HtmlNotes();
    Q_DISABLE_COPY_MOVE(HtmlNotes)

    //! The nodes stay where they are until link(). text: the number of the text that they are in.
    void addMark(cmark_node *node, size_t text);
    void addNote(cmark_node *node, size_t text);
    //! When all are known: sets the marks, and takes the notes out of the texts.
    void link();
    //! The notes, in the order they were written; empty if there are none.
    QByteArray html(int options) const;

private:
    struct Mark
    {
        cmark_node *node = nullptr;
        QString label = {};
        size_t text = 0;
    };
    struct Note
    {
        cmark_node *node = nullptr; //!< its own after link()
        QString label = {};
        size_t text = 0;
        int marks = 0; //!< links to it
    };

    Note *noteOf(const Mark &mark);
    QByteArray idOf(const char *kind, const Note &note) const;
    void set(const Mark &mark);
    void set(Note &note) const;

    QByteArray m_place;
    std::vector<Mark> m_marks;
    std::vector<Note> m_notes;
    bool m_isLinked = false;
};

} // namespace Parlance
