// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace Parlance {

struct Agent;
struct Block;
struct LaidBlock;
struct Message;
struct Hot;

//! Who speaks, when, and the first words; all of them if they are few. Costs the same for any length.
QString messageName(const Message &message, const Agent *agent);
//! What a block is called where its text does not say it: "Code, python, 12 lines".
QString blockName(const Block &block);
//! All of a block that is not read out word by word, in one line.
QString blockSummary(const LaidBlock &laid);
QString blockDescription(const Block &block);
//! What something to press is called by who does not see beside what it stands.
QString hotName(const Hot &hot, const LaidBlock &laid);
QString hotDescription(const Hot &hot, const LaidBlock &laid);
//! The beginning of a text, whole words of it, if it is long.
QString firstWords(const QString &text);

} // namespace Parlance
