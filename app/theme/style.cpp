// SPDX-License-Identifier: Apache-2.0
#include "theme/style.h"

#include "theme/icons.h"
#include "theme/menupainter.h"
#include "theme/metrics.h"
#include "theme/stylepainter.h"
#include "theme/theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QPainter>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStyleFactory>
#include <QStyleOption>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

//! A field for more than one line.
bool isTextField(const QWidget *widget)
{
    const auto *edit = qobject_cast<const QPlainTextEdit *>(widget);
    return edit && edit->frameShape() != QFrame::NoFrame;
}

} // namespace

void setButtonKind(QAbstractButton *button, ButtonKind kind)
{
    button->setProperty("parlanceKind", int(kind));
    button->update();
}

Style::Style(const Theme *theme)
    : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
    , m_theme(theme)
{
}

void Style::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    const bool isLit = qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget)
        || qobject_cast<QScrollBar *>(widget) || qobject_cast<QAbstractSpinBox *>(widget);
    if (isLit)
        widget->setAttribute(Qt::WA_Hover);
    // Its frame says who has the keyboard, which its own painting does not know of.
    if (isTextField(widget))
        widget->installEventFilter(this);
}

bool Style::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        if (auto *field = qobject_cast<QWidget *>(watched))
            field->update();
    }
    return QProxyStyle::eventFilter(watched, event);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_DefaultFrameWidth:
        // So much that what scrolls does not stand over the round corners.
        return isTextField(widget) ? m_theme->px(Metric::step)
                                   : QProxyStyle::pixelMetric(metric, option, widget);
    case PM_ScrollBarExtent:
        return m_theme->px(12);
    case PM_ScrollBarSliderMin:
        return m_theme->px(32);
    case PM_SplitterWidth:
        return 1;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
        return m_theme->px(16);
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return m_theme->px(8);
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return m_theme->px(8);
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return m_theme->px(widget && widget->isWindow() ? 24 : 8);
    case PM_MenuHMargin:
        return 0;
    case PM_MenuVMargin:
        return m_theme->px(4);
    case PM_MenuButtonIndicator:
        return m_theme->px(22);
    case PM_ToolTipLabelFrameWidth:
        return m_theme->px(6);
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftVertical:
        return 0;
    case PM_TabBarTabHSpace:
        return m_theme->px(16);
    case PM_TabBarTabVSpace:
        return m_theme->px(16);
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                     QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ScrollBar_Transient:
    case SH_ComboBox_Popup:
        return 0;
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    case SH_DialogButtonLayout:
        // The one that acts stands at the right, after Cancel.
        return QDialogButtonBox::GnomeLayout;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                              const QWidget *widget) const
{
    const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton: {
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        const bool hasMenu = button && button->features.testFlag(QStyleOptionButton::HasMenu);
        const ButtonKind kind = StylePainter::kindOf(option, widget);
        // A link's words stand in line with the fields above them.
        const int margin = m_theme->px(kind == ButtonKind::Chip ? 10 : kind == ButtonKind::Link ? 2 : 13);
        return {size.width() + 2 * margin + (hasMenu ? m_theme->px(Metric::icon) : 0),
                std::max(m_theme->px(30), size.height() + m_theme->px(8))};
    }
    case CT_LineEdit:
        return {base.width() + 2 * m_theme->px(10), std::max(base.height(), m_theme->px(34))};
    case CT_ComboBox: {
        // The words, what subControlRect() takes from them, and a little air.
        const int needed = size.width() + m_theme->px(10) + m_theme->px(28) + m_theme->px(6);
        return {std::max(base.width() + m_theme->px(16), needed), std::max(base.height(), m_theme->px(34))};
    }
    case CT_SpinBox:
        return {base.width() + m_theme->px(16), std::max(base.height(), m_theme->px(34))};
    case CT_MenuItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        return item ? MenuPainter(*m_theme).size(*item, size) : base;
    }
    case CT_TabBarTab:
        // As high as the header, over whose hairline the mark of the chosen one stands.
        return {base.width(), std::max(base.height(), m_theme->px(Metric::headerHeight))};
    case CT_ItemViewItem:
        return {base.width(), std::max(base.height(), m_theme->px(28))};
    default:
        return base;
    }
}

QRect Style::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    if (element == SE_LineEditContents) {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (frame && frame->lineWidth > 0)
            return rect.adjusted(m_theme->px(8), 0, -m_theme->px(8), 0);
    }
    if (element == SE_ItemViewItemText)
        return rect.adjusted(m_theme->px(4), 0, 0, 0);
    return rect;
}

QRect Style::scrollBarRect(const QStyleOptionComplex *option, SubControl subControl,
                           const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (!bar)
        return QProxyStyle::subControlRect(CC_ScrollBar, option, subControl, widget);
    const bool isVertical = bar->orientation == Qt::Vertical;
    const int length = isVertical ? bar->rect.height() : bar->rect.width();
    const qint64 range = qint64(bar->maximum) - bar->minimum;
    int slider = length;
    if (range > 0) {
        slider = int(qint64(bar->pageStep) * length / (range + bar->pageStep));
        slider = std::clamp(slider, std::min(length, m_theme->px(32)), length);
    }
    const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition,
                                              length - slider, bar->upsideDown);
    const auto along = [&](int from, int extent) {
        return isVertical ? QRect(0, from, bar->rect.width(), extent)
                          : QRect(from, 0, extent, bar->rect.height());
    };
    switch (subControl) {
    case SC_ScrollBarGroove:
        return bar->rect;
    case SC_ScrollBarSlider:
        return along(start, slider);
    case SC_ScrollBarSubPage:
        return along(0, start);
    case SC_ScrollBarAddPage:
        return along(start + slider, length - start - slider);
    default:
        return {};
    }
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl subControl,
                            const QWidget *widget) const
{
    if (control == CC_ScrollBar)
        return scrollBarRect(option, subControl, widget);
    const QRect rect = option->rect;
    const int arrow = m_theme->px(28);
    if (control == CC_ComboBox && subControl == SC_ComboBoxEditField)
        return visualRect(option->direction, rect, rect.adjusted(m_theme->px(10), 1, -arrow, -1));
    if (control == CC_ComboBox && subControl == SC_ComboBoxArrow)
        return visualRect(option->direction, rect,
                          {rect.right() - arrow + 1, rect.top(), arrow, rect.height()});
    if (control == CC_SpinBox) {
        const QRect up(rect.right() - arrow + 1, rect.top() + 2, arrow - 2, rect.height() / 2 - 2);
        switch (subControl) {
        case SC_SpinBoxUp:
            return visualRect(option->direction, rect, up);
        case SC_SpinBoxDown:
            return visualRect(option->direction, rect, up.translated(0, up.height()));
        case SC_SpinBoxEditField:
            return visualRect(option->direction, rect, rect.adjusted(m_theme->px(10), 2, -arrow, -2));
        default:
            break;
        }
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    const StylePainter paint(*m_theme);
    const QColor line = m_theme->colour(ColourRole::Line);
    switch (element) {
    case PE_PanelButtonCommand:
        paint.button(painter, option, widget);
        return;
    case PE_PanelButtonTool:
        paint.toolButton(painter, option);
        return;
    case PE_PanelLineEdit: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (frame && frame->lineWidth > 0)
            paint.field(painter, option);
        return;
    }
    case PE_FrameLineEdit:
        return;
    case PE_IndicatorCheckBox:
        paint.checkBox(painter, option);
        return;
    case PE_IndicatorRadioButton:
        paint.radioButton(painter, option);
        return;
    case PE_FrameFocusRect:
        // Buttons and rows draw their own ring with their box.
        if (widget && widget->inherits("QToolButton")) {
            paint.focusRing(painter, widget->rect());
            return;
        }
        if (!qobject_cast<const QAbstractItemView *>(widget) && !(widget && widget->inherits("QPushButton"))
            && option->state.testFlag(State_KeyboardFocusChange))
            paint.focusRing(painter, QRectF(option->rect).adjusted(-2, 0, 2, 0));
        return;
    case PE_IndicatorArrowDown: {
        const int size = std::min(option->rect.width(), option->rect.height());
        painter->drawPixmap(option->rect.topLeft(),
                            iconPixmap(IconName::ChevronDown, m_theme->colour(ColourRole::InkQuiet), size,
                                       painter->device()->devicePixelRatioF()));
        return;
    }
    case PE_PanelItemViewItem:
        paint.row(painter, option);
        return;
    case PE_PanelItemViewRow:
        return;
    case PE_Frame:
        if (isTextField(widget)) {
            paint.field(painter, option);
            return;
        }
        [[fallthrough]];
    case PE_FrameMenu:
    case PE_FrameTabWidget:
    case PE_FrameGroupBox:
        painter->save();
        painter->setPen(line);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    case PE_PanelMenu:
    case PE_PanelTipLabel:
        painter->save();
        painter->setPen(line);
        painter->setBrush(m_theme->colour(element == PE_PanelMenu ? ColourRole::Page : ColourRole::Pane));
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    case PE_FrameStatusBarItem:
    case PE_FrameTabBarBase:
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

QIcon Style::standardIcon(StandardPixmap standardIcon, const QStyleOption *option,
                          const QWidget *widget) const
{
    if (standardIcon == SP_LineEditClearButton)
        return icon(IconName::Close, *m_theme, ColourRole::InkFaint);
    return QProxyStyle::standardIcon(standardIcon, option, widget);
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    switch (element) {
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            QStyleOptionButton copy = *button;
            const QColor ink = StylePainter(*m_theme).buttonInk(option, widget);
            copy.palette.setColor(QPalette::ButtonText, ink);
            QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
        break;
    case CE_Splitter:
        painter->fillRect(option->rect, m_theme->colour(ColourRole::Line));
        return;
    case CE_TabBarTabShape:
        StylePainter(*m_theme).tab(painter, option);
        return;
    case CE_TabBarTabLabel:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            QStyleOptionTab copy = *tab;
            const bool isSelected = option->state.testFlag(State_Selected);
            copy.palette.setColor(QPalette::WindowText,
                                  m_theme->colour(isSelected ? ColourRole::Ink : ColourRole::InkQuiet));
            // The shape has drawn the ring.
            copy.state.setFlag(State_HasFocus, false);
            QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
        break;
    case CE_HeaderSection:
        painter->fillRect(option->rect, m_theme->colour(ColourRole::Pane));
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                          m_theme->colour(ColourRole::Line));
        return;
    case CE_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            MenuPainter(*m_theme).paint(painter, *item, *this);
            return;
        }
        break;
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, m_theme->colour(ColourRole::Pane));
        return;
    case CE_MenuBarItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            painter->fillRect(option->rect, m_theme->colour(ColourRole::Pane));
            const bool isOpen =
                option->state.testFlag(State_Selected) && option->state.testFlag(State_Enabled);
            if (isOpen)
                StylePainter(*m_theme).roundedBox(painter, QRectF(option->rect).adjusted(1, 2, -1, -2),
                                                  m_theme->colour(ColourRole::PaneHover), {});
            drawItemText(painter, item->rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine,
                         item->palette, option->state.testFlag(State_Enabled), item->text,
                         QPalette::ButtonText);
            return;
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                               const QWidget *widget) const
{
    const StylePainter paint(*m_theme);
    const QColor ink = m_theme->colour(ColourRole::InkQuiet);
    const int size = m_theme->px(16);
    const qreal ratio = painter->device()->devicePixelRatioF();
    const auto chevron = [&](const QRect &rect, bool isUp) {
        QPixmap pixmap = iconPixmap(IconName::ChevronDown, ink, size, ratio);
        if (isUp)
            pixmap = pixmap.transformed(QTransform::fromScale(1, -1));
        painter->drawPixmap(rect.center().x() - size / 2, rect.center().y() - size / 2, pixmap);
    };
    if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        bar && control == CC_ScrollBar) {
        paint.scrollBar(painter, bar, scrollBarRect(option, SC_ScrollBarSlider, widget));
        return;
    }
    if (control == CC_ComboBox) {
        paint.field(painter, option);
        chevron(subControlRect(control, option, SC_ComboBoxArrow, widget), false);
        return;
    }
    if (control == CC_SpinBox) {
        paint.field(painter, option);
        chevron(subControlRect(control, option, SC_SpinBoxUp, widget), true);
        chevron(subControlRect(control, option, SC_SpinBoxDown, widget), false);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

} // namespace Parlance
