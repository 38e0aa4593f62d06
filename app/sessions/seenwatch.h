// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

class QWidget;

namespace Parlance {

//! Whether anything of a window can be seen: it is shown and not minimized. What is worked out only to be
//! looked at rests meanwhile.
class SeenWatch : public QObject
{
    Q_OBJECT
public:
    explicit SeenWatch(QWidget *window);

    bool isSeen() const { return m_isSeen; }

Q_SIGNALS:
    void changed(bool isSeen);
    //! The person has come back to the window, perhaps after hours, or the machine has slept.
    void cameBack();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void set(bool isSeen);

    QWidget *m_window;
    bool m_isSeen = false;
};

} // namespace Parlance
