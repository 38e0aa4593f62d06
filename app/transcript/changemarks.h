// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/block.h"

namespace Parlance {

//! Signs in the words of a message that shows differences. They are characters that no text has; what comes
//! from outside is cleaned of them before they are set.
namespace ChangeMark {
inline constexpr QChar beginAdded(0xfdd0);
inline constexpr QChar beginRemoved(0xfdd1);
inline constexpr QChar end(0xfdd2);
// Before the name of a tool
inline constexpr QChar calledOnlyHere(0xfdd3);
inline constexpr QChar notCalled(0xfdd4);
inline constexpr QChar moved(0xfdd5);
inline constexpr QChar otherArguments(0xfdd6);
inline constexpr QChar otherResult(0xfdd7);

inline bool isSign(QChar c)
{
    return c >= beginAdded && c <= otherResult;
}
} // namespace ChangeMark

//! A text without those signs.
QString withoutChangeMarks(QString text);

//! The blocks without the signs: words between them become added or removed ones, and a tool's line says
//! what is different about its call.
std::vector<Block> withChangeMarks(std::vector<Block> blocks);

} // namespace Parlance
