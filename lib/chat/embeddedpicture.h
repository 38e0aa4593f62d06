// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace Parlance {

struct Attachment;

//! The address that holds a picture itself, for a page that loads nothing; empty: it holds none. A vector
//! graphic could hold a program, and is none.
QByteArray embeddedPicture(const Attachment &attachment);
//! The same of an address that is to hold one.
QByteArray embeddedPicture(const QByteArray &address);

} // namespace Parlance
