// SPDX-License-Identifier: Apache-2.0
#include "qa/check.h"

#include "qa/jsonpath.h"
#include "qa/jsonschema.h"
#include "qa/scriptregex.h"
#include "qa/toolmatch.h"
#include "qa/yamldata.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Check)
};

struct Named
{
    CheckKind kind;
    QLatin1StringView name;
};

constexpr auto names = std::to_array<Named>({
    {CheckKind::Equals, "equals"_L1},
    {CheckKind::Contains, "contains"_L1},
    {CheckKind::ContainsFolded, "icontains"_L1},
    {CheckKind::ContainsAll, "contains-all"_L1},
    {CheckKind::ContainsAllFolded, "icontains-all"_L1},
    {CheckKind::ContainsAny, "contains-any"_L1},
    {CheckKind::ContainsAnyFolded, "icontains-any"_L1},
    {CheckKind::StartsWith, "starts-with"_L1},
    {CheckKind::Regex, "regex"_L1},
    {CheckKind::IsJson, "is-json"_L1},
    {CheckKind::ContainsJson, "contains-json"_L1},
    {CheckKind::Latency, "latency"_L1},
    {CheckKind::Levenshtein, "levenshtein"_L1},
    {CheckKind::RougeN, "rouge-n"_L1},
    {CheckKind::ToolsUsed, "trajectory:tool-used"_L1},
    {CheckKind::ToolSequence, "trajectory:tool-sequence"_L1},
    {CheckKind::ToolArguments, "trajectory:tool-args-match"_L1},
    {CheckKind::NoError, "no-error"_L1},
    {CheckKind::FirstText, "first-text"_L1},
    {CheckKind::StreamWellFormed, "stream-well-formed"_L1},
    {CheckKind::JsonPath, "json-path"_L1},
    {CheckKind::Verdict, "human"_L1},
    {CheckKind::Set, "assert-set"_L1},
});

//! Takes a text with commas apart.
class ListReader
{
public:
    explicit ListReader(QStringView text)
        : m_left(text)
    {
    }

    std::optional<QStringList> read();

private:
    bool quoted(QString &field);

    QStringView m_left;
};

bool ListReader::quoted(QString &field)
{
    m_left = m_left.sliced(1);
    while (!m_left.isEmpty()) {
        const QChar first = m_left.front();
        const QChar second = m_left.size() > 1 ? m_left[1] : QChar();
        const bool isEscaped =
            (first == u'\\' && (second == u'"' || second == u'\\')) || (first == u'"' && second == u'"');
        if (!isEscaped && first == u'"') {
            m_left = m_left.sliced(1);
            return true;
        }
        field += isEscaped ? second : first;
        m_left = m_left.sliced(isEscaped ? 2 : 1);
    }
    return false;
}

std::optional<QStringList> ListReader::read()
{
    QStringList fields;
    while (true) {
        while (!m_left.isEmpty() && (m_left.front().isSpace() || m_left.front() == u','))
            m_left = m_left.sliced(1);
        if (m_left.isEmpty())
            return fields;
        QString field;
        if (m_left.front() == u'"') {
            if (!quoted(field))
                return std::nullopt;
            while (!m_left.isEmpty() && m_left.front().isSpace())
                m_left = m_left.sliced(1);
            if (!m_left.isEmpty() && m_left.front() != u',')
                return std::nullopt;
        } else {
            const qsizetype end = m_left.indexOf(u',');
            field = m_left.first(end < 0 ? m_left.size() : end).trimmed().toString();
            m_left = end < 0 ? QStringView() : m_left.sliced(end);
        }
        fields.append(field);
    }
}

bool isFilled(const std::optional<DataNode> &value)
{
    return value && !value->isNull() && !(value->isString() && value->text.isEmpty());
}

QString problemWithJson(const Check &check)
{
    if (!isFilled(check.value))
        return {};
    const Result<DataNode> schema =
        check.value->isString() ? readYaml(check.value->text.toUtf8()) : Result<DataNode>(*check.value);
    const Result<JsonSchema> read =
        schema ? JsonSchema::read(*schema) : Result<JsonSchema>(failure(schema.error()));
    return read ? QString() : read.error().message;
}

QString problemWithText(const Check &check)
{
    const QString name = checkName(check);
    if (!check.value)
        return Words::tr("The check “%1” has no value.").arg(name);
    if (!check.value->isString())
        return Words::tr("The value of the check “%1” is not a text.").arg(name);
    const bool mayBeEmpty = check.kind == CheckKind::Levenshtein || check.kind == CheckKind::RougeN;
    if (check.value->text.isEmpty() && !mayBeEmpty)
        return Words::tr("The value of the check “%1” is empty.").arg(name);
    if (check.kind != CheckKind::Regex)
        return {};
    const Result<QRegularExpression> regex = scriptRegex(check.value->text);
    return regex ? QString() : regex.error().message;
}

QString problemWithThreshold(const Check &check)
{
    return check.threshold
        ? QString()
        : Words::tr("The check “%1” has no threshold: so many milliseconds.").arg(checkName(check));
}

} // namespace

QString checkName(const Check &check)
{
    for (const Named &named : names) {
        if (named.kind == check.kind)
            return check.isInverse ? QString("not-"_L1 + named.name) : QString(named.name);
    }
    return {};
}

std::optional<CheckKind> checkKindFromName(QStringView name)
{
    for (const Named &named : names) {
        if (name == named.name)
            return named.kind;
    }
    return std::nullopt;
}

QString whyUnsupported(const QString &name)
{
    static const QStringList byModel{u"answer-relevance"_s,
                                     u"agent-rubric"_s,
                                     u"classifier"_s,
                                     u"context-faithfulness"_s,
                                     u"context-recall"_s,
                                     u"context-relevance"_s,
                                     u"conversation-relevance"_s,
                                     u"factuality"_s,
                                     u"g-eval"_s,
                                     u"guardrails"_s,
                                     u"llm-rubric"_s,
                                     u"max-score"_s,
                                     u"model-graded-closedqa"_s,
                                     u"model-graded-factuality"_s,
                                     u"moderation"_s,
                                     u"pi"_s,
                                     u"search-rubric"_s,
                                     u"select-best"_s,
                                     u"similar"_s,
                                     u"similar:cosine"_s,
                                     u"similar:dot"_s,
                                     u"similar:euclidean"_s,
                                     u"trajectory:goal-success"_s};
    static const QStringList byProgram{u"javascript"_s, u"python"_s, u"ruby"_s, u"webhook"_s};
    static const QStringList others{u"bleu"_s,
                                    u"contains-html"_s,
                                    u"contains-sql"_s,
                                    u"contains-xml"_s,
                                    u"cost"_s,
                                    u"finish-reason"_s,
                                    u"gleu"_s,
                                    u"is-html"_s,
                                    u"is-refusal"_s,
                                    u"is-sql"_s,
                                    u"is-valid-function-call"_s,
                                    u"is-valid-openai-function-call"_s,
                                    u"is-valid-openai-tools-call"_s,
                                    u"is-xml"_s,
                                    u"meteor"_s,
                                    u"perplexity"_s,
                                    u"perplexity-score"_s,
                                    u"skill-used"_s,
                                    u"tool-call-f1"_s,
                                    u"trace-error-spans"_s,
                                    u"trace-span-count"_s,
                                    u"trace-span-duration"_s,
                                    u"trajectory:step-count"_s,
                                    u"word-count"_s};
    if (byModel.contains(name))
        return Words::tr("a model would have to judge.");
    if (byProgram.contains(name))
        return Words::tr("no program of a suite is run.");
    return others.contains(name) ? Words::tr("it is not one of those here.") : QString();
}

std::optional<QStringList> listedTexts(const DataNode &value)
{
    if (!value.isList())
        return ListReader(value.words()).read();
    QStringList texts;
    for (const DataNode &item : value.items)
        texts.append(item.words());
    return texts;
}

QString problemWithCheck(const Check &check)
{
    switch (check.kind) {
    case CheckKind::Equals:
        return check.value ? QString() : Words::tr("The check “%1” has no value.").arg(checkName(check));
    case CheckKind::Contains:
    case CheckKind::ContainsFolded:
        return check.value && check.value->isNumber() ? QString() : problemWithText(check);
    case CheckKind::ContainsAll:
    case CheckKind::ContainsAllFolded:
    case CheckKind::ContainsAny:
    case CheckKind::ContainsAnyFolded:
        if (isFilled(check.value) && (check.value->isString() || check.value->isList())
            && listedTexts(*check.value))
            return {};
        return Words::tr("The value of the check “%1” is no list of texts.").arg(checkName(check));
    case CheckKind::StartsWith:
    case CheckKind::Regex:
    case CheckKind::Levenshtein:
    case CheckKind::RougeN:
        return problemWithText(check);
    case CheckKind::IsJson:
    case CheckKind::ContainsJson:
        return problemWithJson(check);
    case CheckKind::Latency:
    case CheckKind::FirstText:
        return problemWithThreshold(check);
    case CheckKind::ToolsUsed:
    case CheckKind::ToolSequence:
    case CheckKind::ToolArguments:
        return problemWithToolCheck(check);
    case CheckKind::JsonPath:
        return problemWithPathCheck(check);
    case CheckKind::NoError:
    case CheckKind::StreamWellFormed:
    case CheckKind::Verdict:
    case CheckKind::Set:
        break;
    }
    return {};
}

} // namespace Parlance
