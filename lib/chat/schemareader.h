// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/schemafield.h"
#include "core/inputrequest.h"

#include <QByteArray>

namespace Parlance {

//! The form that a JSON Schema describes. Members keep their order. What no form can be made for is a field
//! of JSON, and so is the whole if it is no schema.
SchemaField readSchema(const QByteArray &schema);

//! A button that answers.
struct AnswerButton
{
    QString words = {};
    QJsonValue value = {};
    bool isRefusal = false;
    friend bool operator==(const AnswerButton &, const AnswerButton &) = default;
};

//! How a request is answered: by words of any kind, by one of a few buttons, or by a form; or by buttons
//! beside a form of what may be added.
struct AnswerShape
{
    bool isWords = false;
    std::vector<AnswerButton> buttons = {}; //!< none: the form has one that sends it
    QString member = {}; //!< where a button's value goes in the answer; empty: it is the answer
    std::optional<SchemaField> form = std::nullopt;
};

AnswerShape answerShape(const InputRequest &request);

//! Whether whatever a person writes answers it.
bool takesAnyWords(const InputRequest &request);

//! The answer that a button gives, with what was filled in beside it.
QJsonValue answerOf(const AnswerShape &shape, const AnswerButton &button, const QJsonValue &filledIn);

} // namespace Parlance
