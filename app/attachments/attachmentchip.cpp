// SPDX-License-Identifier: Apache-2.0
#include "attachments/attachmentchip.h"

#include "core/attachment.h"
#include "core/runaside.h"
#include "core/whendone.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "transcript/picture.h"

#include <QFile>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QImage previewOf(const QString &path, const QSize &room)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > maxPictureBytes)
        return {};
    return decodePicture(file.readAll(), room, false).image;
}

} // namespace

AttachmentChip::AttachmentChip(const Theme *theme, Attachment file, const QString &path, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_file(std::move(file))
    , m_size(QLocale().formattedDataSize(sizeOf(m_file), 1, QLocale::DataSizeTraditionalFormat))
    , m_remove(new QToolButton(this))
{
    setObjectName(u"attachmentChip"_s);
    setAccessibleName(tr("%1, %2").arg(m_file.name, m_size));
    setAccessibleDescription(tr("Attached. Delete takes it away."));
    setToolTip(m_file.name);
    setFocusPolicy(Qt::StrongFocus);
    m_remove->setObjectName(u"removeAttachment"_s);
    m_remove->setAccessibleName(tr("Remove %1").arg(m_file.name));
    m_remove->setToolTip(tr("Do not send this file"));
    m_remove->setIcon(icon(IconName::Close, *theme, ColourRole::InkQuiet));
    m_remove->setAutoRaise(true);
    m_remove->setFocusPolicy(Qt::NoFocus);
    connect(m_remove, &QToolButton::clicked, this, &AttachmentChip::removeAsked);
    if (m_file.mimeType.startsWith("image/"_L1))
        loadPreview(path);
}

void AttachmentChip::loadPreview(const QString &path)
{
    const int side = m_theme->px(Metric::chipPicture);
    const QSize room = QSize(side, side) * 2 * devicePixelRatioF();
    whenDone(runAside([path, room] { return previewOf(path, room); }), this, [this](const QImage &image) {
        m_preview = QPixmap::fromImage(image);
        updateGeometry();
        update();
    });
}

QSize AttachmentChip::room(int mostName) const
{
    const QFontMetrics name(m_theme->font(FontRole::SmallStrong));
    const QFontMetrics size(m_theme->font(FontRole::Small));
    const int words =
        std::max(std::min(name.horizontalAdvance(m_file.name), mostName), size.horizontalAdvance(m_size));
    const int picture =
        m_preview.isNull() ? 0 : m_theme->px(Metric::chipPicture) + m_theme->px(Metric::within);
    return {m_theme->px(Metric::near) + picture + words + 1 + m_theme->px(Metric::step)
                + m_theme->px(Metric::tinyControl) + m_theme->px(Metric::step),
            std::max(m_theme->px(Metric::chipPicture), name.height() + size.height())
                + 2 * m_theme->px(Metric::snug)};
}

QSize AttachmentChip::sizeHint() const
{
    return room(m_theme->px(Metric::chipName));
}

QSize AttachmentChip::minimumSizeHint() const
{
    return room(m_theme->px(Metric::leastTitle) / 2);
}

void AttachmentChip::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int side = m_theme->px(Metric::tinyControl);
    m_remove->setGeometry(width() - side - m_theme->px(Metric::step), (height() - side) / 2, side, side);
}

void AttachmentChip::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const qreal line = hasFocus() ? m_theme->px(Metric::focusRing) : 1;
    painter.setPen(QPen(m_theme->colour(hasFocus() ? ColourRole::Accent : ColourRole::Line), line));
    painter.setBrush(m_theme->colour(ColourRole::Pane));
    const qreal half = line / 2;
    const int corner = m_theme->px(Metric::corner);
    painter.drawRoundedRect(QRectF(rect()).adjusted(half, half, -half, -half), corner, corner);

    int left = m_theme->px(Metric::near);
    if (!m_preview.isNull()) {
        const int side = m_theme->px(Metric::chipPicture);
        const QRectF place(left, (height() - side) / 2.0, side, side);
        const int cut = std::min(m_preview.width(), m_preview.height());
        QPainterPath clip;
        clip.addRoundedRect(place, m_theme->px(Metric::step), m_theme->px(Metric::step));
        painter.save();
        painter.setClipPath(clip);
        painter.drawPixmap(
            place, m_preview,
            QRectF((m_preview.width() - cut) / 2.0, (m_preview.height() - cut) / 2.0, cut, cut));
        painter.restore();
        left += side + m_theme->px(Metric::within);
    }
    const QFontMetrics name(m_theme->font(FontRole::SmallStrong));
    const QFontMetrics size(m_theme->font(FontRole::Small));
    const int right = m_remove->x() - m_theme->px(Metric::step);
    const int top = (height() - name.height() - size.height()) / 2;
    painter.setFont(m_theme->font(FontRole::SmallStrong));
    painter.setPen(m_theme->colour(ColourRole::Ink));
    painter.drawText(QRect(left, top, right - left, name.height()), Qt::AlignLeft | Qt::AlignVCenter,
                     name.elidedText(m_file.name, Qt::ElideMiddle, right - left));
    painter.setFont(m_theme->font(FontRole::Small));
    painter.setPen(m_theme->colour(ColourRole::InkFaint));
    painter.drawText(QRect(left, top + name.height(), right - left, size.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, m_size);
}

void AttachmentChip::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) {
        event->accept();
        Q_EMIT removeAsked();
        return;
    }
    QWidget::keyPressEvent(event);
}

void AttachmentChip::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void AttachmentChip::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace Parlance
