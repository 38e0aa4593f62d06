// SPDX-License-Identifier: Apache-2.0
#include "transcript/picturedialog.h"

#include "theme/metrics.h"
#include "transcript/picture.h"

#include "core/runaside.h"
#include "core/whendone.h"
#include "theme/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPixmap>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr double leastZoom = 0.05;
constexpr double mostZoom = 8;
constexpr double zoomStep = 1.25;

} // namespace

PictureDialog::PictureDialog(const Theme *theme, const QString &words, const QByteArray &bytes,
                             QWidget *parent)
    : QDialog(parent)
    , m_label(new QLabel)
    , m_area(new QScrollArea)
{
    setObjectName(u"pictureDialog"_s);
    setWindowTitle(words.isEmpty() ? tr("Picture") : words.simplified().left(80));
    m_label->setAlignment(Qt::AlignCenter);
    m_label->setScaledContents(true);
    m_label->setText(tr("Opening…"));
    m_label->setAccessibleName(words.isEmpty() ? tr("Picture") : words);
    m_area->setObjectName(u"picture"_s);
    m_area->setAccessibleName(tr("Picture"));
    m_area->setWidget(m_label);
    m_area->setAlignment(Qt::AlignCenter);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->viewport()->installEventFilter(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_area);
    resize((screen()->availableSize() * 0.8)
               .boundedTo({theme->px(Metric::viewerWidth), theme->px(Metric::viewerHeight)}));

    whenDone(runAside([bytes] { return decodePicture(bytes, {}, true); }), this,
             [this](const Picture &picture) { show(picture.image, picture.words); });
}

void PictureDialog::show(const QImage &image, const QString &words)
{
    m_image = image;
    if (image.isNull()) {
        m_label->setText(words);
        m_label->adjustSize();
        return;
    }
    m_label->setPixmap(QPixmap::fromImage(image));
    fit();
}

void PictureDialog::setZoom(qreal zoom)
{
    if (m_image.isNull())
        return;
    m_isFitted = false;
    m_zoom = std::clamp(zoom, leastZoom, mostZoom);
    m_label->resize((QSizeF(m_image.size()) * m_zoom).toSize().expandedTo({1, 1}));
}

void PictureDialog::fit()
{
    if (m_image.isNull())
        return;
    const QSizeF room = m_area->viewport()->size();
    setZoom(std::min({1.0, room.width() / m_image.width(), room.height() / m_image.height()}));
    m_isFitted = true;
}

void PictureDialog::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal)
        setZoom(m_zoom * zoomStep);
    else if (event->key() == Qt::Key_Minus)
        setZoom(m_zoom / zoomStep);
    else if (event->key() == Qt::Key_0)
        fit();
    else if (event->key() == Qt::Key_1)
        setZoom(1);
    else
        QDialog::keyPressEvent(event);
}

void PictureDialog::resizeEvent(QResizeEvent *event)
{
    QDialog::resizeEvent(event);
    if (m_isFitted)
        fit();
}

bool PictureDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Wheel) {
        const auto *wheel = static_cast<QWheelEvent *>(event);
        if (wheel->modifiers() & Qt::ControlModifier) {
            setZoom(m_zoom * (wheel->angleDelta().y() > 0 ? zoomStep : 1 / zoomStep));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace Parlance
