// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/delta.h"
#include "core/frame.h"

#include <memory>
#include <vector>

namespace Parlance {

//! Says what the frames of one answer mean. Keeps what it must remember between frames (which text
//! source it locked on to, open tool calls), so one object serves one answer.
class Interpreter
{
public:
    Interpreter() = default;
    Interpreter(const Interpreter &) = delete;
    Interpreter &operator=(const Interpreter &) = delete;
    virtual ~Interpreter() = default;

    //! Appends what the frame means. Nothing appended: known, and of no interest to a reader.
    virtual void interpret(const Frame &frame, std::vector<Delta> &deltas) = 0;
    //! The answer has ended. Appends what could only be known now (a final text nobody streamed).
    virtual void finish(std::vector<Delta> &deltas) = 0;
};

} // namespace Parlance
