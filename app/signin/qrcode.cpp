// SPDX-License-Identifier: Apache-2.0
#include "signin/qrcode.h"

#include "theme/metrics.h"
#include "theme/theme.h"

#include <QPainter>

#include <qrencode.h>

#include <memory>

namespace Parlance {

QrCode::QrCode(const Theme *theme, const QByteArray &text, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_image(image(text))
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(theme, &Theme::changed, this, &QWidget::updateGeometry);
}

QImage QrCode::image(const QByteArray &text)
{
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString8bit(text.constData(), 0, QR_ECLEVEL_M), &QRcode_free);
    if (!code)
        return {};
    constexpr int margin = 4;
    constexpr uchar isDark = 1;
    QImage image(code->width + 2 * margin, code->width + 2 * margin, QImage::Format_Grayscale8);
    image.fill(255);
    for (int row = 0; row < code->width; ++row) {
        uchar *line = image.scanLine(row + margin) + margin;
        for (int column = 0; column < code->width; ++column) {
            if (code->data[row * code->width + column] & isDark)
                line[column] = 0;
        }
    }
    return image;
}

QSize QrCode::sizeHint() const
{
    // Whole pixels to a module, about as large as a thumb and a half.
    const int module = std::max(1, m_theme->px(Metric::qrCode) / std::max(1, m_image.width()));
    return m_image.size() * module;
}

void QrCode::paintEvent(QPaintEvent * /*event*/)
{
    QPainter(this).drawImage(rect(), m_image);
}

} // namespace Parlance
