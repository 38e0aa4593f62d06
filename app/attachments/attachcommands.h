// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

class QWidget;

namespace Parlance {

class Actions;
class Composer;
class Notices;

//! What the window does with files that are to go along with a message: asks which, and tells what cannot be
//! attached.
class AttachCommands : public QObject
{
    Q_OBJECT
public:
    AttachCommands(const Actions *actions, Composer *composer, Notices *notices, QWidget *window);

    //! Takes what was dropped on the window.
    void attach(const QStringList &paths);

private:
    void choose();

    Composer *m_composer;
    QWidget *m_window;
};

} // namespace Parlance
