// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/jsonschema.h"

namespace Parlance {

//! One value against one schema.
class JsonSchemaCheck
{
public:
    explicit JsonSchemaCheck(const JsonSchema &schema);

    QString problemWith(const DataNode &value);

private:
    bool conforms(const DataNode &schema, const DataNode &value);
    bool conformsTo(const DataNode &keyword, const DataNode &schema, const DataNode &value);
    bool ofAnyKind(const DataNode &keyword, const DataNode &schema, const DataNode &value);
    bool combined(const DataNode &keyword, const DataNode &value);
    bool number(const DataNode &keyword, const DataNode &value);
    bool text(const DataNode &keyword, const DataNode &value);
    bool list(const DataNode &keyword, const DataNode &schema, const DataNode &value);
    bool items(const DataNode &keyword, const DataNode &schema, const DataNode &value);
    bool map(const DataNode &keyword, const DataNode &schema, const DataNode &value);
    bool properties(const DataNode &keyword, const DataNode &value);
    bool otherProperties(const DataNode &keyword, const DataNode &schema, const DataNode &value);
    bool dependencies(const DataNode &keyword, const DataNode &value);
    bool inside(const DataNode &schema, const DataNode &value, const QString &step);
    bool silently(const DataNode &schema, const DataNode &value);
    bool matches(const QString &pattern, const QString &text) const;
    bool fail(const DataNode &keyword);

    const JsonSchema &m_schema;
    QStringList m_path;
    QString m_problem;
    int m_depth = 0;
    int m_silence = 0; //!< no sentence is wanted
    int m_steps = 0;
    bool m_isEndless = false; //!< it was given up
};

//! Of those that promptfoo's Ajv knows.
bool isKnownFormat(const QString &format);
//! Also true for formats that say nothing of a text.
bool hasFormat(const QString &format, const QString &text);

} // namespace Parlance
