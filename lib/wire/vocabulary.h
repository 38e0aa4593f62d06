// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/answerstate.h"

namespace Parlance {

//! What one family of agents sends. An object knows the JSON objects of its family only.
class Vocabulary
{
public:
    explicit Vocabulary(AnswerState *state)
        : m_state(state)
    {
    }
    Vocabulary(const Vocabulary &) = delete;
    Vocabulary &operator=(const Vocabulary &) = delete;
    virtual ~Vocabulary() = default;

    //! Says what the object means, or answers false and does nothing: not one of this family.
    virtual bool take(const JsonValue &object) = 0;
    //! The answer has ended.
    virtual void finish() { }

protected:
    AnswerState *state() const { return m_state; }

private:
    AnswerState *m_state;
};

//! Texts of content blocks, joined: a string, a list of {"text": …} or of strings.
QString contentText(const JsonValue &content);
//! Token counts under any of the names in use.
Usage usageOf(const JsonValue &object);
//! Adds the counts of another call of the model to those before it.
void addUsage(Usage &sum, const Usage &more);
//! True for the text that Python's repr() gives of an event that could not be written as JSON.
bool isPythonRepr(QByteArrayView text);

} // namespace Parlance
