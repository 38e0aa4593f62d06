// SPDX-License-Identifier: Apache-2.0
#include "window/composeredit.h"

#include "attachments/droppedfiles.h"
#include "sources/sourcecommands.h"
#include "theme/metrics.h"

#include <QAbstractTextDocumentLayout>
#include <QImage>
#include <QKeyEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>
#include <cmath>

namespace Parlance {

ComposerEdit::ComposerEdit(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(0);
    viewport()->setAutoFillBackground(false);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &ComposerEdit::updateGeometry);
    // A line of another script or with a picture may be higher than the others.
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (sizeHint().height() != height())
            updateGeometry();
    });
}

int ComposerEdit::heightFor(int lines) const
{
    return int(std::ceil(QFontMetricsF(font()).lineSpacing() * lines)) + 1;
}

QSize ComposerEdit::sizeHint() const
{
    // The plain text layout counts its height in lines.
    const int lines = std::clamp(int(document()->size().height()), 1, m_maximumLines);
    qreal shown = 0;
    if (lines == int(document()->size().height())) {
        for (QTextBlock block = document()->begin(); block.isValid(); block = block.next())
            shown += document()->documentLayout()->blockBoundingRect(block).height();
    }
    return {int(Metric::composerWidth), std::max(heightFor(lines), int(std::ceil(shown)) + 1)};
}

void ComposerEdit::setMaximumLines(int lines)
{
    m_maximumLines = std::clamp(lines, 1, usualMaximumLines);
    updateGeometry();
}

QSize ComposerEdit::minimumSizeHint() const
{
    return {int(Metric::leastComposer), sizeHint().height()};
}

void ComposerEdit::replaceText(const QString &text)
{
    m_recalled = text;
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    cursor.insertText(text);
    cursor.endEditBlock();
    cursor.movePosition(QTextCursor::End);
    setTextCursor(cursor);
}

void ComposerEdit::replaceOwnText(const QString &text)
{
    replaceText(text);
    m_recalled.clear();
}

bool ComposerEdit::isSendChord(const QKeyEvent *event) const
{
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter)
        return false;
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    return m_sendKey == SendKey::Enter ? modifiers == Qt::NoModifier || modifiers == Qt::ControlModifier
                                       : modifiers == Qt::ControlModifier;
}

bool ComposerEdit::mayRecall(const QKeyEvent *event) const
{
    if ((event->modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier)
        return false;
    if (document()->isEmpty())
        return event->key() == Qt::Key_Up;
    const bool isArrow = event->key() == Qt::Key_Up || event->key() == Qt::Key_Down;
    return isArrow && !m_recalled.isEmpty() && document()->characterCount() == m_recalled.size() + 1
        && toPlainText() == m_recalled;
}

void ComposerEdit::keyPressEvent(QKeyEvent *event)
{
    if (!m_isComposing && isSendChord(event)) {
        event->accept();
        Q_EMIT sendAsked();
        return;
    }
    if (!m_isComposing && mayRecall(event)) {
        event->accept();
        Q_EMIT recallAsked(event->key() == Qt::Key_Up ? -1 : 1);
        return;
    }
    const bool isBreak = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isBreak && !m_isComposing) {
        // Shift+Enter would insert a line separator: the same to look at, another character when sent.
        textCursor().insertBlock();
        ensureCursorVisible();
        event->accept();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

bool ComposerEdit::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        // With nothing to undo here the keys belong to the window, which may have a delete to undo.
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Undo) && !document()->isUndoAvailable()) {
            event->ignore();
            return false;
        }
    }
    return QPlainTextEdit::event(event);
}

void ComposerEdit::inputMethodEvent(QInputMethodEvent *event)
{
    m_isComposing = !event->preeditString().isEmpty();
    QPlainTextEdit::inputMethodEvent(event);
}

bool ComposerEdit::canInsertFromMimeData(const QMimeData *source) const
{
    // A project that is dropped here is for the window.
    return (source->hasText() || isPicture(source) || !filesIn(source).isEmpty())
        && SourceCommands::projectIn(source).isEmpty();
}

void ComposerEdit::insertFromMimeData(const QMimeData *source)
{
    if (const QStringList files = filesIn(source); !files.isEmpty())
        Q_EMIT filesGiven(files);
    else if (isPicture(source))
        Q_EMIT pictureGiven(qvariant_cast<QImage>(source->imageData()));
    else if (source->hasText())
        textCursor().insertText(source->text());
    ensureCursorVisible();
}

void ComposerEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    updateGeometry();
}

} // namespace Parlance
