// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringView>

#include <functional>

namespace Parlance {

//! Takes one word as search compares it, and where it stands in the text. False: enough.
using TakeWord = std::function<bool(QStringView word, qsizetype begin, qsizetype end)>;

//! Takes a text apart into the words by which search compares: without case, accents and the difference
//! between look-alikes of one character. Scripts that put no space between words give a word for each
//! character, a symbol (an emoji, a currency) is a word, other punctuation only parts words.
void eachWord(QStringView text, const TakeWord &take);

//! The words of a text with one space between them.
QString foldedWords(QStringView text);

//! A word that is one character of a script without spaces, or a symbol: it has no beginning to type.
bool isWholeWord(QStringView word);

//! Raise it when the words of a text become others: what was indexed before is then indexed again.
inline constexpr int foldedWordsVersion = 1;

} // namespace Parlance
