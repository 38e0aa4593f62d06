// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QObject>
#include <QPointer>

class QWidget;

namespace Parlance {

class Actions;

//! F6 and Shift+F6: takes the keyboard from one pane of the window to the next. A pane that is hidden, or has
//! nothing for the keyboard, is passed over; one that had the keyboard before has it where it was.
class PaneFocus : public QObject
{
    Q_OBJECT
public:
    PaneFocus(const Actions *actions, QObject *parent);

    //! In the order of F6. One inside another counts as a pane of its own. start: what takes the keyboard
    //! the first time; null: the first that can.
    void add(QWidget *pane, QWidget *start = nullptr);
    void step(int direction);

private:
    struct Pane
    {
        QPointer<QWidget> pane = {};
        QPointer<QWidget> start = {};
        QPointer<QWidget> last = {};
    };

    void onFocusChanged(QWidget *now);
    //! -1 if it is in none.
    int paneOf(const QWidget *widget) const;
    QWidget *target(const Pane &pane) const;
    bool takes(const QWidget *widget, const QWidget *pane) const;

    QList<Pane> m_panes;
};

} // namespace Parlance
