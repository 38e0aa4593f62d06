// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>
#include <QImage>

class QLabel;
class QScrollArea;

namespace Parlance {

class Theme;

//! A picture as large as it is, or as the window has room. Ctrl with the wheel, + and - zoom; 0 fits it.
class PictureDialog : public QDialog
{
    Q_OBJECT
public:
    PictureDialog(const Theme *theme, const QString &words, const QByteArray &bytes, QWidget *parent);

    //! 1: one of its pixels is one of ours.
    qreal zoom() const { return m_zoom; }
    void setZoom(qreal zoom);
    void fit();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void show(const QImage &image, const QString &words);

    QImage m_image;
    QLabel *m_label = nullptr;
    QScrollArea *m_area = nullptr;
    qreal m_zoom = 1;
    bool m_isFitted = true;
};

} // namespace Parlance
