// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/transcript/randommarkdown.h"
#include "app/transcript/transcriptfixture.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QRegularExpression>

namespace Parlance::Test {

//! The first tag that closes what was not opened last, or is left open; empty: all is in order.
inline QString unbalancedTag(const QString &html)
{
    static const QRegularExpression tag(QStringLiteral("<(/?)([a-z][a-z0-9]*)[^>]*>"));
    QStringList open;
    for (auto found = tag.globalMatch(html); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        QString name = match.captured(2);
        if (name == u"br" || name == u"img" || name == u"hr")
            continue;
        if (match.capturedLength(1) == 0)
            open.append(name);
        else if (open.isEmpty() || open.takeLast() != name)
            return name;
    }
    return open.join(u' ');
}

//! What a copy breaks of its promises, in words; empty: nothing.
inline QString copyBreach(const TranscriptView &view)
{
    view.copySelection();
    const QMimeData *mime = QGuiApplication::clipboard()->mimeData();
    if (!view.hasSelection() || view.selectedText().isEmpty())
        return {};
    if (!mime || mime->text() != view.selectedText() || mime->html() != view.selectedHtml()
        || mime->data(QStringLiteral("text/markdown")) != view.selectedMarkdown().toUtf8())
        return QStringLiteral("what was copied is not what is selected");
    if (mime->html().isEmpty() || view.selectedMarkdown().isEmpty())
        return QStringLiteral("a form of what was copied is empty");
    const QString tag = unbalancedTag(mime->html());
    return tag.isEmpty() ? QString() : QStringLiteral("copied HTML is not closed: ") + tag;
}

//! Reads the page as a screen reader would, down one way.
inline QString accessibleBreach(TranscriptView &view, Dice &dice)
{
    QAccessibleInterface *node = QAccessible::queryAccessibleInterface(&view);
    // Behind the messages come the button to the end and the find bar.
    int count = view.rows().count();
    if (!node || node->childCount() < count)
        return QStringLiteral("there are fewer messages for screen readers than on the page");
    for (; count > 0; count = node->childCount()) {
        const int index = dice.below(count);
        QAccessibleInterface *child = node->child(index);
        if (!child || !child->isValid())
            return QStringLiteral("something for screen readers is not there");
        if (child->parent() != node || node->indexOfChild(child) != index)
            return QStringLiteral(
                       "child %1 for screen readers, of role %2 in one of role %3, is child %4 of %5")
                .arg(index)
                .arg(child->role())
                .arg(node->role())
                .arg(node->indexOfChild(child))
                .arg(child->parent() == node ? u"that" : u"another");
        if (child->role() == QAccessible::NoRole
            || (child->text(QAccessible::Name), child->rect().height() < 0))
            return QStringLiteral("something for screen readers has no role or shape");
        if (QAccessibleTextInterface *text = child->textInterface()) {
            const int length = text->characterCount();
            const QString words = text->text(0, length);
            if (words.size() != length)
                return QStringLiteral("a text for screen readers has another length than it says");
            if (text->cursorPosition() > length)
                return QStringLiteral("a caret for screen readers is out of its text");
            const int at = dice.below(length);
            int start = 0;
            int end = 0;
            (void)text->characterRect(at);
            (void)text->attributes(at, &start, &end);
            if (length > 0 && (start > at || end <= at || end > length))
                return QStringLiteral("a character for screen readers has no run of its own");
            const QString word = text->textAtOffset(at, QAccessible::WordBoundary, &start, &end);
            if (start >= 0 && end >= start && word != words.mid(start, end - start))
                return QStringLiteral("a word for screen readers is not where it says");
        }
        node = child;
    }
    return {};
}

//! Whether what is found is what a search of everything finds now.
inline QString findBreach(TranscriptView &view)
{
    const TranscriptFind &finder = view.finder();
    if (!finder.isActive() || finder.isSearching())
        return {};
    TranscriptFind fresh(&view.rows());
    fresh.start(finder.words());
    while (fresh.isSearching())
        fresh.searchOn();
    if (fresh.hits() != finder.hits())
        return QStringLiteral("found %1 places, but there are %2")
            .arg(finder.hits().size())
            .arg(fresh.hits().size());
    const bool isNone = finder.hits().empty();
    if (finder.current() >= int(finder.hits().size()) || (isNone && finder.current() >= 0))
        return QStringLiteral("the place that is shown is none of those found");
    return {};
}

} // namespace Parlance::Test
