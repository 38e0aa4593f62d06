// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringView>

namespace Parlance {

//! The parser drops the backslash of an escaped bracket before anybody could see a formula begin there.
//! So `\(`, `\)`, `\[`, `\]`, and `[^` of a footnote, are one character of a private plane while it reads;
//! all of them have the same first byte in UTF-8.
namespace Stand {
inline constexpr char32_t openRound = 0x10FFF0;
inline constexpr char32_t closeRound = 0x10FFF1;
inline constexpr char32_t openSquare = 0x10FFF2;
inline constexpr char32_t closeSquare = 0x10FFF3;
inline constexpr char32_t footnote = 0x10FFF4;
inline constexpr unsigned char firstByte = 0xF4;
} // namespace Stand

//! The source with those characters in it. As long as before.
QString standIns(const QString &source);
//! Without the data of an image that has not come whole: letters that nobody can read.
QString withoutOpenImage(const QString &source);
//! The address such an image has until it is whole.
inline constexpr QStringView openImage = u"data:,";
//! What is code or HTML: as it was written.
QString asWritten(QString text);
//! Words: an escaped bracket is a bracket.
QString asWords(QString text);

} // namespace Parlance
