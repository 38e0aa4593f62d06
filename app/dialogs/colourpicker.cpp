// SPDX-License-Identifier: Apache-2.0
#include "dialogs/colourpicker.h"

#include "theme/metrics.h"
#include "theme/stylepainter.h"
#include "theme/theme.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

class Swatch : public QAbstractButton
{
public:
    Swatch(const Theme *theme, int index)
        : m_theme(theme)
        , m_index(index)
    {
        setCheckable(true);
        setFocusPolicy(Qt::StrongFocus);
    }

    QSize sizeHint() const override { return {m_theme->px(Metric::button), m_theme->px(Metric::button)}; }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QPointF centre = QRectF(rect()).center();
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme->agentColour(m_index));
        painter.drawEllipse(centre, m_theme->px(Metric::colourDot), m_theme->px(Metric::colourDot));
        if (isChecked()) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(m_theme->colour(ColourRole::Ink), m_theme->px(Metric::stroke)));
            painter.drawEllipse(centre, m_theme->px(Metric::colourRing), m_theme->px(Metric::colourRing));
        }
        if (hasFocus())
            StylePainter(*m_theme).focusRing(&painter, rect());
    }

private:
    const Theme *m_theme;
    int m_index;
};

} // namespace

ColourPicker::ColourPicker(const Theme *theme, QWidget *parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    const QStringList names = {tr("Grey"),  tr("Blue"),   tr("Green"), tr("Orange"),
                               tr("Amber"), tr("Purple"), tr("Teal"),  tr("Pink")};
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(theme->px(Metric::step));
    m_group->setExclusive(true);
    for (int i = 0; i < Theme::agentColourCount; ++i) {
        auto *swatch = new Swatch(theme, i);
        swatch->setObjectName(u"colour"_s + QString::number(i));
        swatch->setAccessibleName(names.value(i));
        swatch->setToolTip(names.value(i));
        m_group->addButton(swatch, i);
        row->addWidget(swatch);
    }
    row->addStretch();
    setColour(0);
}

int ColourPicker::colour() const
{
    return std::max(0, m_group->checkedId());
}

void ColourPicker::setColour(int index)
{
    QAbstractButton *swatch = m_group->button(std::clamp(index, 0, Theme::agentColourCount - 1));
    swatch->setChecked(true);
    setFocusProxy(swatch);
}

} // namespace Parlance
