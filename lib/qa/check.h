// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/datanode.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace Parlance {

//! What is asked of an answer. Most have promptfoo's name and meaning.
enum class CheckKind {
    Equals,
    Contains,
    ContainsFolded, //!< icontains
    ContainsAll,
    ContainsAllFolded,
    ContainsAny,
    ContainsAnyFolded,
    StartsWith,
    Regex,
    IsJson,
    ContainsJson,
    Latency, //!< whole answer, ms
    Levenshtein,
    RougeN,
    ToolsUsed, //!< trajectory:tool-used: any order; with not-: none of
    ToolSequence, //!< trajectory:tool-sequence: in order, or exact
    ToolArguments, //!< trajectory:tool-args-match
    NoError, //!< no-error: ours
    FirstText, //!< first-text, ms: ours
    StreamWellFormed, //!< stream-well-formed: ours
    JsonPath, //!< json-path: ours
    Verdict, //!< human: a person says
    Set, //!< assert-set
};

struct Check
{
    CheckKind kind = CheckKind::Equals;
    bool isInverse = false; //!< "not-"
    std::optional<DataNode> value = std::nullopt;
    std::optional<double> threshold = std::nullopt;
    double weight = 1; //!< 0: it is told of, but cannot fail
    QString metric = {}; //!< a name to count it under
    std::vector<Check> checks = {}; //!< of Set
    int line = 0;
    //! A Verdict in the place of a check that is not supported, or a Set of those alone: a person has to say,
    //! unless other checks can.
    bool standsIn = false;
    friend bool operator==(const Check &, const Check &) = default;
};

//! "not-contains", as it stands in a file.
QString checkName(const Check &check);
//! Absent: no check of ours has that name, which is without "not-".
std::optional<CheckKind> checkKindFromName(QStringView name);
//! One of promptfoo's that is not here, and why not; empty: it has none of that name.
QString whyUnsupported(const QString &name);

//! Why a check can judge nothing, in a sentence; empty: it can.
QString problemWithCheck(const Check &check);

//! The texts of contains-any and its like: a list, or a text with commas between them, in quotes if need be.
//! Absent: a quote is not closed, or something stands behind it.
std::optional<QStringList> listedTexts(const DataNode &value);

} // namespace Parlance
