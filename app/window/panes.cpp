// SPDX-License-Identifier: Apache-2.0
#include "window/panes.h"

#include "theme/metrics.h"
#include "theme/theme.h"
#include "window/actions.h"

#include <QAction>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

Panes::Panes(const Theme *theme, const Actions *actions, QWidget *parent)
    : QSplitter(Qt::Horizontal, parent)
    , m_theme(theme)
    , m_actions(actions)
{
    setObjectName(u"splitter"_s);
    setChildrenCollapsible(false);
    setHandleWidth(1);
    connect(theme, &Theme::changed, this, &Panes::restyle);
    connect(actions->sidebar, &QAction::triggered, this, [this] { toggle(Pane::Sidebar); });
    connect(actions->inspector, &QAction::triggered, this, [this] { toggle(Pane::Inspector); });
}

void Panes::setColumns(QWidget *sidebar, QWidget *page, QWidget *inspector)
{
    m_sidebar = sidebar;
    m_page = page;
    m_inspector = inspector;
    for (QWidget *column : {sidebar, page, inspector})
        addWidget(column);
    setStretchFactor(1, 1);
    restyle();
}

void Panes::useDefaultWidths()
{
    setSizes({m_theme->px(Metric::sidebarWidth), m_theme->px(Metric::pageWidth),
              m_theme->px(Metric::inspectorWidth)});
}

bool Panes::isWished(Pane pane) const
{
    return pane == Pane::Sidebar ? m_wish.sidebar : m_wish.inspector;
}

void Panes::setWished(Pane pane, bool isWished)
{
    (pane == Pane::Sidebar ? m_wish.sidebar : m_wish.inspector) = isWished;
    place();
}

bool Panes::isShown(Pane pane) const
{
    return pane == Pane::Sidebar ? m_places.sidebar : m_places.inspector;
}

void Panes::toggle(Pane pane)
{
    const bool wasShown = isShown(pane);
    if (wasShown && uncover())
        return;
    m_wish.first = wasShown ? Pane::Sidebar : pane;
    m_wish.mayCover = !wasShown;
    setWished(pane, !wasShown);
    Q_EMIT wishChanged();
}

bool Panes::uncover()
{
    if (!isCovered())
        return false;
    m_wish.mayCover = false;
    m_wish.first = Pane::Sidebar;
    place();
    return true;
}

void Panes::restyle()
{
    const auto least = [this](qreal length) {
        return std::min(m_theme->px(length), int(Metric::narrowestWindow));
    };
    m_page->setMinimumWidth(least(Metric::leastPage));
    m_sidebar->setMinimumWidth(least(Metric::leastSidebar));
    m_inspector->setMinimumWidth(least(Metric::leastInspector));
    rescale();
    place();
}

// The side panes grow and shrink with the text, so that they hold as many words as before.
void Panes::rescale()
{
    const int scale = qRound(100 * m_theme->scale());
    const int before = std::exchange(m_scale, scale);
    QList<int> widths = sizes();
    if (before == 0 || before == scale || widths.size() != 3)
        return;
    const int whole = widths[0] + widths[1] + widths[2];
    for (const int side : {0, 2})
        widths[side] = widths[side] * scale / before;
    widths[1] = std::max(whole - widths[0] - widths[2], 0);
    setSizes(widths);
}

void Panes::place()
{
    const PaneRoom room{.window = width() - 2 * handleWidth(),
                        .sidebar = m_sidebar->minimumWidth(),
                        .page = m_page->minimumWidth(),
                        .inspector = m_inspector->minimumWidth()};
    const PanePlaces places = placePanes(room, m_wish);
    // Once there is room for it the page is not given up again when the window shrinks.
    if (places.page)
        m_wish.mayCover = false;
    m_sidebar->setMaximumWidth(places.page ? m_theme->px(Metric::mostSidebar) : QWIDGETSIZE_MAX);
    m_inspector->setMaximumWidth(places.page ? m_theme->px(Metric::mostInspector) : QWIDGETSIZE_MAX);
    // The one that comes, comes before another goes: the keyboard's place is not lost to nobody.
    m_page->setVisible(places.page);
    m_sidebar->setVisible(places.sidebar);
    m_inspector->setVisible(places.inspector);
    m_actions->sidebar->setChecked(places.sidebar);
    m_actions->inspector->setChecked(places.inspector);
    if (m_places != places) {
        m_places = places;
        Q_EMIT placed();
    }
}

void Panes::resizeEvent(QResizeEvent *event)
{
    QSplitter::resizeEvent(event);
    if (m_page)
        place();
}

} // namespace Parlance
