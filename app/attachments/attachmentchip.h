// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

#include <QPixmap>
#include <QWidget>

class QToolButton;

namespace Parlance {

class Theme;

//! One file over the words of the composer: what it looks like, its name, its size, and a button that takes
//! it away again. Delete and Backspace do so, too.
class AttachmentChip : public QWidget
{
    Q_OBJECT
public:
    //! path: where its bytes are, for a picture of it.
    AttachmentChip(const Theme *theme, Attachment file, const QString &path, QWidget *parent);

    const Attachment &file() const { return m_file; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void removeAsked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void loadPreview(const QString &path);
    QSize room(int mostName) const;

    const Theme *m_theme;
    Attachment m_file;
    QString m_size;
    QPixmap m_preview; //!< null: it is no picture, or not ready
    QToolButton *m_remove;
};

} // namespace Parlance
