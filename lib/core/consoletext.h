// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/command.h"

#include <utility>
#include <vector>

namespace Parlance {

//! How a terminal would set a character. Colours are the sixteen of a terminal, 8 to 15 being the bright
//! ones; what was asked for more finely is the nearest of them. Below 0: none of its own.
struct ConsoleStyle
{
    qint8 ink = -1;
    qint8 ground = -1;
    bool isBold = false;
    bool isFaint = false;
    bool isItalic = false;
    bool isUnderlined = false;
    bool isStruck = false;
    bool isError = false; //!< came on the stream for errors
    friend bool operator==(const ConsoleStyle &, const ConsoleStyle &) = default;
};

struct ConsoleRun
{
    int start = 0;
    int length = 0;
    ConsoleStyle style = {};
    friend bool operator==(const ConsoleRun &, const ConsoleRun &) = default;
};

//! What is seen of an output: without its control sequences, of what was written over only the last.
struct ConsoleText
{
    QString text = {};
    std::vector<ConsoleRun> runs = {}; //!< where it differs from plain, in order, without overlap
    friend bool operator==(const ConsoleText &, const ConsoleText &) = default;
};

//! Reads it from a place on, as a terminal would that is as wide as it takes: carriage return, backspace,
//! moves and erasures within what is there, colours. Sequences that mean nothing here are left out.
ConsoleText readConsole(const CommandOutput &output, qsizetype from = 0);

//! Where what came on the stream for errors stands, as start and length, in order.
std::vector<std::pair<int, int>> errorRuns(const ConsoleText &console);

} // namespace Parlance
