// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

class QAccessibleInterface;

namespace Parlance {

//! What Qt 6.4 does not tell screen readers itself, said on the bus that it has opened to them, by the names
//! under which it knows its objects there. All of it does nothing where there is no such bus.
class ReaderBus
{
public:
    enum class Urgency { Polite = 1, Assertive = 2 }; //!< as the protocol counts

    //! A state of an object began or ended: "busy", "showing".
    static void tellState(QAccessibleInterface *object, const QString &state, bool isOn);
    //! Words to be spoken now (assertively) or when the reader is done with what it says (politely).
    static void announce(QAccessibleInterface *object, const QString &words, Urgency urgency);
};

} // namespace Parlance
