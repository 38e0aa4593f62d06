// SPDX-License-Identifier: Apache-2.0
#include "forms/boxpanel.h"

#include "theme/metrics.h"
#include "theme/theme.h"

#include <QEvent>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace Parlance {
namespace {

//! As high as it may be. A usual one goes on asking for the height of what was in it first.
class ContentScroll : public QScrollArea
{
public:
    using QScrollArea::QScrollArea;
    QSize sizeHint() const override
    {
        const QSize usual = QScrollArea::sizeHint();
        return maximumHeight() < QWIDGETSIZE_MAX ? QSize(usual.width(), maximumHeight()) : usual;
    }
};

void collectTabs(QLayout *layout, QList<QWidget *> &tabs)
{
    for (int i = 0; layout && i < layout->count(); ++i) {
        QWidget *widget = layout->itemAt(i)->widget();
        if (widget && (widget->focusPolicy() & Qt::TabFocus))
            tabs.append(widget);
        else
            collectTabs(widget ? widget->layout() : layout->itemAt(i)->layout(), tabs);
    }
}

} // namespace

BoxPanel::BoxPanel(const Theme *theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
    , m_scroll(new ContentScroll(this))
    , m_content(new QWidget)
    , m_inside(new QVBoxLayout(m_content))
{
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    m_scroll->setWidget(m_content);
    m_content->installEventFilter(this);
    m_inside->setContentsMargins(0, 0, 0, 0);
    connect(theme, &Theme::changed, this, [this] { restyle(); });
}

void BoxPanel::setMostHeight(int height)
{
    m_mostHeight = height;
    fit();
}

int BoxPanel::mostHeight() const
{
    return std::max(m_mostHeight, m_theme->px(Metric::leastRequest));
}

QMargins BoxPanel::outside() const
{
    const int page = m_theme->px(Metric::readingColumn) + 2 * m_theme->px(Metric::between);
    const int side = std::max(m_theme->px(Metric::inset), (width() - page) / 2);
    return {side, m_theme->px(Metric::within), side, below()};
}

void BoxPanel::place()
{
    const int inset = m_theme->px(Metric::between);
    const int rise = m_theme->px(Metric::inset);
    m_column->setContentsMargins(outside() + QMargins(inset, rise, inset, rise));
}

void BoxPanel::fitContent()
{
    m_inside->activate();
    const QMargins margins = m_column->contentsMargins();
    const int width = this->width() - margins.left() - margins.right();
    const int content = m_content->hasHeightForWidth()
        ? std::max(m_content->heightForWidth(width), m_content->minimumSizeHint().height())
        : m_content->sizeHint().height();
    // Where the window has no room for that, it gives way.
    m_scroll->setMinimumHeight(std::min(content, m_theme->px(Metric::leastRequest)));
    m_scroll->setMaximumHeight(std::min(content, mostHeight()));
}

void BoxPanel::restyle()
{
    QPalette ground = palette();
    ground.setColor(QPalette::Window, m_theme->colour(ColourRole::Pane));
    m_scroll->setPalette(ground);
    m_content->setPalette(ground);
    m_content->setAutoFillBackground(true);
    place();
    fit();
    update();
}

void BoxPanel::orderTabs()
{
    QList<QWidget *> tabs;
    collectTabs(m_inside, tabs);
    tabs.append(lastTabs());
    QWidget *before = m_scroll;
    for (QWidget *tab : tabs) {
        setTabOrder(before, tab);
        before = tab;
    }
}

void BoxPanel::leadTo(QWidget *wrong)
{
    fit();
    wrong->setFocus(Qt::OtherFocusReason);
    m_scroll->ensureWidgetVisible(wrong, 0, m_theme->px(Metric::control));
}

void BoxPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
    fit();
}

// A sentence below a field, or one more item, makes it higher.
bool BoxPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_content && event->type() == QEvent::LayoutRequest) {
        orderTabs();
        fit();
    }
    return QWidget::eventFilter(watched, event);
}

void BoxPanel::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme->colour(ColourRole::Line), 1));
    painter.setBrush(m_theme->colour(ColourRole::Pane));
    const QRectF box = QRectF(rect().marginsRemoved(outside())).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRoundedRect(box, m_theme->px(Metric::composerCorner), m_theme->px(Metric::composerCorner));
}

} // namespace Parlance
