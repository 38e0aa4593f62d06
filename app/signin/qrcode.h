// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QImage>
#include <QWidget>

namespace Parlance {

class Theme;

//! Text as a QR code, dark on light in every theme: not every reader takes the reverse.
class QrCode : public QWidget
{
    Q_OBJECT
public:
    QrCode(const Theme *theme, const QByteArray &text, QWidget *parent = nullptr);

    //! One pixel to a module, with the quiet margin around it. Null: the text is too long.
    static QImage image(const QByteArray &text);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme *m_theme;
    QImage m_image;
};

} // namespace Parlance
