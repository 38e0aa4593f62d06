// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/datanode.h"

#include <QStringList>

namespace Parlance {

//! A text with its variables filled in.
struct RenderedText
{
    QString text = {};
    QStringList problems = {}; //!< sentences: what is not understood, and stays as it was written
    QStringList missing = {}; //!< names that stand for nothing, and become nothing
};

//! Fills in {{ name }} as promptfoo does. Of Nunjucks it takes: names, members (.name, ["name"], [0]),
//! strings, numbers, parentheses, the filters that filterNames() lists, {# comments #}, {% raw %} and the
//! dashes that take white space away. No statements, operators, calls or inheritance, and no environment.
RenderedText renderTemplate(const QString &text, const DataNode &variables);
//! What promptfoo makes of a prompt: of one that is JSON each string by itself; of all others the text, with
//! those variables filled in before that are templates themselves.
RenderedText renderPrompt(const QString &prompt, const DataNode &variables);
//! Variables that name others, filled in; at most five times over, as there.
DataNode resolvedVariables(DataNode variables);
//! Every string within the value, filled in.
DataNode renderedData(const DataNode &value, const DataNode &variables, RenderedText *notes);

QStringList filterNames();

} // namespace Parlance
