// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QStringView>

namespace Parlance {

//! The text as it stands between the quotes of a JSON string, in UTF-8. Lone surrogates, which no UTF-8
//! can hold, become U+FFFD; U+2028 and U+2029 are escaped, since some readers take them for line ends.
QByteArray jsonEscaped(QStringView text);
//! With the quotes.
QByteArray jsonString(QStringView text);

} // namespace Parlance
