// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace Parlance {

//! Says sentences to screen readers and shows nothing. It is an alert in the accessible tree, named by
//! what it says: readers speak an alert when it appears.
class Announcer : public QWidget
{
    Q_OBJECT
public:
    explicit Announcer(QWidget *parent);
    void say(const QString &sentence);

Q_SIGNALS:
    //! Once for each sentence, also when no reader listens.
    void said(const QString &sentence);
};

} // namespace Parlance
