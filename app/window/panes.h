// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "window/paneplaces.h"

#include <QSplitter>

namespace Parlance {

class Actions;
class Theme;

//! The three columns of the window. Where there is no room, the side panes give way to the page. One that
//! a person asks for all the same stands in the page's place, until uncover().
class Panes : public QSplitter
{
    Q_OBJECT
public:
    Panes(const Theme *theme, const Actions *actions, QWidget *parent = nullptr);

    //! Takes them over. To be called once.
    void setColumns(QWidget *sidebar, QWidget *page, QWidget *inspector);
    //! Widths that the columns have when a person has not chosen any.
    void useDefaultWidths();

    bool isWished(Pane pane) const;
    void setWished(Pane pane, bool isWished);
    //! Hides it if it is shown; else shows it, at the cost of the other side pane or of the page.
    void toggle(Pane pane);
    bool isShown(Pane pane) const;
    bool isCovered() const { return !m_places.page; }
    //! Brings the page back. False: it was there.
    bool uncover();

Q_SIGNALS:
    //! Columns came or went.
    void placed();
    //! A person wants a side pane, or does not.
    void wishChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void restyle();
    void rescale();
    void place();

    const Theme *m_theme;
    const Actions *m_actions;
    QWidget *m_sidebar = nullptr;
    QWidget *m_page = nullptr;
    QWidget *m_inspector = nullptr;
    PaneWish m_wish;
    PanePlaces m_places;
    int m_scale = 0; //!< pixels of a hundred units when the widths were last set
};

} // namespace Parlance
