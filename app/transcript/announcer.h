// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/readerbus.h"

#include <QAccessible>
#include <QWidget>

#include <deque>

namespace Parlance {

//! Says sentences to screen readers and shows nothing. It is an alert in the accessible tree, named by the
//! last news; what is read aloud are notifications below it, one for each sentence, since a reader asks for
//! the words later than it hears that there are some.
class Announcer : public QWidget
{
    Q_OBJECT
public:
    explicit Announcer(QWidget *parent);
    ~Announcer() override;

    //! News: something ended, or failed.
    void say(const QString &sentence, ReaderBus::Urgency urgency = ReaderBus::Urgency::Polite);
    //! A sentence of what streams.
    void readOut(const QString &sentence, ReaderBus::Urgency urgency = ReaderBus::Urgency::Polite);

    //! The last notifications, oldest first.
    const std::deque<QAccessible::Id> &spoken() const { return m_spoken; }

Q_SIGNALS:
    //! Once for each sentence, also when no reader listens.
    void said(const QString &sentence);

private:
    void speak(const QString &sentence, ReaderBus::Urgency urgency);

    ReaderBus m_bus;
    std::deque<QAccessible::Id> m_spoken;
};

} // namespace Parlance
