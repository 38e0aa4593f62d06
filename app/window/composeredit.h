// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "window/settings.h"

#include <QPlainTextEdit>

namespace Parlance {

//! The text field of the composer: plain text, as high as its lines, and the keys of a chat.
class ComposerEdit : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit ComposerEdit(QWidget *parent = nullptr);

    void setSendKey(SendKey key) { m_sendKey = key; }
    //! As high as the text, up to this many lines; then it scrolls.
    static constexpr int usualMaximumLines = 8;
    void setMaximumLines(int lines);
    //! In pixels, before each line.
    void setIndent(int indent) { setViewportMargins(indent, 0, 0, 0); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

    //! Replaces the text as one step of undo, caret at the end.
    void replaceText(const QString &text);
    //! The same for a text that Up and Down do not leave for older and newer ones.
    void replaceOwnText(const QString &text);

Q_SIGNALS:
    void sendAsked();
    //! Dropped or pasted.
    void filesGiven(const QStringList &paths);
    void pictureGiven(const QImage &picture);
    //! Up in an empty field or in a recalled text (-1: older), or Down in a recalled text (1: newer).
    void recallAsked(int direction);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void insertFromMimeData(const QMimeData *source) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void resizeEvent(QResizeEvent *event) override;

private:
    int heightFor(int lines) const;
    bool isSendChord(const QKeyEvent *event) const;
    bool mayRecall(const QKeyEvent *event) const;

    SendKey m_sendKey = SendKey::Enter;
    bool m_isComposing = false; //!< an input method holds text that is not ours yet
    QString m_recalled;
    int m_maximumLines = usualMaximumLines;
};

} // namespace Parlance
