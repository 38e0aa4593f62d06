// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QScrollArea;
class QVBoxLayout;

namespace Parlance {

class Theme;

//! A box as wide as the composer, above it or in its place. Part of it scrolls where the window has no room.
class BoxPanel : public QWidget
{
    Q_OBJECT
public:
    //! How high it may be in the window as it is.
    void setMostHeight(int height);

protected:
    BoxPanel(const Theme *theme, QWidget *parent);

    const Theme *theme() const { return m_theme; }
    QVBoxLayout *column() const { return m_column; }
    //! Not in the column yet.
    QScrollArea *scroll() const { return m_scroll; }
    //! What scrolls.
    QWidget *content() const { return m_content; }
    QVBoxLayout *inside() const { return m_inside; }
    int mostHeight() const;
    //! Below the box.
    virtual int below() const { return 0; }
    //! After what is in it has changed. Calls fitContent() where something scrolls.
    virtual void fit() = 0;
    void fitContent();
    //! Calls place() and fit() at its end; the theme calls it.
    virtual void restyle();
    //! Tab goes through what scrolls from top to bottom, whatever was added when, and then to these.
    void orderTabs();
    virtual QList<QWidget *> lastTabs() const = 0;
    //! Leads the keyboard to what is to be mended.
    void leadTo(QWidget *wrong);

    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    //! Between the widget's edge and the box that is drawn.
    QMargins outside() const;
    void place();

    const Theme *m_theme;
    QVBoxLayout *m_column;
    QScrollArea *m_scroll;
    QWidget *m_content;
    QVBoxLayout *m_inside;
    int m_mostHeight = 0;
};

} // namespace Parlance
