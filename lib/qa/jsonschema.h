// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/datanode.h"

#include <QHash>
#include <QRegularExpression>
#include <QStringList>

namespace Parlance {

//! A JSON Schema of draft 7, read as strictly as promptfoo reads it (Ajv's strict mode): a keyword or format
//! that is not known is a fault of the schema, since what is misspelt checks nothing. References go to places
//! within the schema ("#/definitions/name", "#", or an "$id" of a part).
//!
//! By hand: valijson, which Debian has, searches patterns with std::regex, which ends the program on a long
//! text; rapidjson knows draft 4 alone.
class JsonSchema
{
public:
    static Result<JsonSchema> read(const DataNode &schema);

    //! Why a value does not conform, in a sentence that names where; empty: it does.
    QString problemWith(const DataNode &value) const;

private:
    explicit JsonSchema(DataNode schema);

    QString check(const DataNode &schema);
    QString checkMember(const DataNode &member);
    QString checkPattern(const QString &pattern);
    void collectIds(const DataNode &schema);
    const DataNode *target(const QString &reference) const;

    friend class JsonSchemaCheck;

    DataNode m_schema;
    QHash<QString, DataNode> m_ids; //!< parts that have an $id, by it
    QHash<QString, QRegularExpression> m_patterns;
};

} // namespace Parlance
