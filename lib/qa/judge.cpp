// SPDX-License-Identifier: Apache-2.0
#include "qa/judge.h"

#include "qa/jsonpath.h"
#include "qa/jsonschema.h"
#include "qa/scriptregex.h"
#include "qa/similarity.h"
#include "qa/toolmatch.h"
#include "qa/yamldata.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Judge)
};

constexpr double usualDistance = 5;
constexpr double usualSimilarity = 0.75;
constexpr qsizetype longestObject = 100'000;
//! So much is looked at in search of objects: what is all braces would take long.
constexpr qsizetype mostLetters = 2'000'000;

CheckOutcome met(bool isMet, const QString &reason = {})
{
    return {.isMet = isMet, .reason = reason, .score = isMet ? 1.0 : 0.0};
}

bool isFolded(CheckKind kind)
{
    return kind == CheckKind::ContainsFolded || kind == CheckKind::ContainsAllFolded
        || kind == CheckKind::ContainsAnyFolded;
}

CheckOutcome judgeEquals(const Check &check, const QString &text)
{
    const DataNode &value = *check.value; // null is an object there, too
    if (!value.isList() && !value.isMap() && !value.isNull())
        return met(value.words() == text, Words::tr("It should be “%1”.").arg(value.words().left(200)));
    const Result<DataNode> answer = readData(QStringView(text));
    return met(answer && meansTheSame(value, *answer),
               Words::tr("It should be the JSON %1.").arg(value.json().left(200)));
}

CheckOutcome judgeContains(const Check &check, const QString &answer)
{
    const bool folds = isFolded(check.kind);
    const QString text = folds ? answer.toLower() : answer;
    const bool isOne = check.kind == CheckKind::Contains || check.kind == CheckKind::ContainsFolded;
    const QStringList wanted =
        isOne ? QStringList{check.value->words()} : listedTexts(*check.value).value_or(QStringList());
    QStringList found;
    QStringList missing;
    for (const QString &one : wanted)
        (text.contains(folds ? one.toLower() : one) ? found : missing).append(one);
    const bool wantsAny = check.kind == CheckKind::ContainsAny || check.kind == CheckKind::ContainsAnyFolded;
    const bool isMet = wantsAny ? !found.isEmpty() : missing.isEmpty();
    return met(isMet,
               isMet ? Words::tr("It contains “%1”.").arg(found.join(u"”, “"_s).left(200))
                     : Words::tr("It does not contain “%1”.").arg(missing.join(u"”, “"_s).left(200)));
}

CheckOutcome judgeRegex(const Check &check, const QString &text)
{
    const Result<QRegularExpression> regex = scriptRegex(check.value->text);
    if (!regex)
        return met(false, regex.error().message);
    const bool isMet = isFound(*regex, text);
    return met(isMet,
               isMet ? Words::tr("It matches “%1”.").arg(check.value->text)
                     : Words::tr("It does not match “%1”.").arg(check.value->text));
}

std::optional<DataNode> schemaOf(const Check &check)
{
    if (!check.value || check.value->isNull() || (check.value->isString() && check.value->text.isEmpty()))
        return std::nullopt;
    if (!check.value->isString())
        return *check.value;
    return readYaml(check.value->text.toUtf8()).value_or(DataNode());
}

CheckOutcome judgeJson(const Check &check, const std::vector<DataNode> &values)
{
    if (values.empty())
        return met(false, Words::tr("There is no JSON."));
    const std::optional<DataNode> schema = schemaOf(check);
    if (!schema)
        return met(true, Words::tr("There is JSON."));
    const Result<JsonSchema> read = JsonSchema::read(*schema);
    QString problem = read ? QString() : read.error().message;
    for (const DataNode &value : read ? values : std::vector<DataNode>()) {
        problem = read->problemWith(value);
        if (problem.isEmpty())
            return met(true, Words::tr("The JSON conforms to the schema."));
    }
    return met(false, problem);
}

CheckOutcome judgeIsJson(const Check &check, const QString &text)
{
    const Result<DataNode> value = readData(QStringView(text));
    return value ? judgeJson(check, {*value}) : met(false, value.error().message);
}

CheckOutcome judgeTime(const Check &check, const std::optional<double> &time)
{
    if (!time)
        return met(false, Words::tr("The time is not known."));
    return met(*time <= check.threshold.value_or(0), Words::tr("It took %1 ms.").arg(std::lround(*time)));
}

CheckOutcome judgeDistance(const Check &check, const QString &text)
{
    const double most = check.threshold.value_or(usualDistance);
    const qsizetype distance =
        most < 0 ? 0 : editDistance(text, check.value->text, qsizetype(std::min(most, 1e9)));
    const bool isMet = double(distance) <= most;
    return met(isMet,
               isMet ? Words::tr("%n letter(s) differ.", nullptr, int(distance))
                     : Words::tr("More than %n letter(s) differ.", nullptr, int(most)));
}

CheckOutcome judgeRouge(const Check &check, const QString &text)
{
    const double score = rougeScore(text, check.value->text);
    CheckOutcome outcome = met(score >= check.threshold.value_or(usualSimilarity),
                               Words::tr("The score is %1.").arg(score, 0, 'f', 2));
    outcome.score = check.isInverse ? 1 - score : score;
    return outcome;
}

CheckOutcome judgeStream(const Answer &answer)
{
    QStringList faults;
    for (const StreamFault &fault : answer.streamFaults)
        faults.append(fault.message);
    return met(faults.isEmpty(), faults.join(u' '));
}

CheckOutcome outcomeOf(const Check &check, const Answer &answer)
{
    switch (check.kind) {
    case CheckKind::Equals:
        return judgeEquals(check, answer.text);
    case CheckKind::Contains:
    case CheckKind::ContainsFolded:
    case CheckKind::ContainsAll:
    case CheckKind::ContainsAllFolded:
    case CheckKind::ContainsAny:
    case CheckKind::ContainsAnyFolded:
        return judgeContains(check, answer.text);
    case CheckKind::StartsWith:
        return met(answer.text.startsWith(check.value->text),
                   Words::tr("It starts with “%1”.").arg(answer.text.left(check.value->text.size())));
    case CheckKind::Regex:
        return judgeRegex(check, answer.text);
    case CheckKind::IsJson:
        return judgeIsJson(check, answer.text);
    case CheckKind::ContainsJson:
        return judgeJson(check, objectsIn(answer.text));
    case CheckKind::Latency:
        return judgeTime(check, answer.totalMs);
    case CheckKind::FirstText:
        return judgeTime(check, answer.firstTextMs);
    case CheckKind::Levenshtein:
        return judgeDistance(check, answer.text);
    case CheckKind::RougeN:
        return judgeRouge(check, answer.text);
    case CheckKind::ToolsUsed:
    case CheckKind::ToolSequence:
    case CheckKind::ToolArguments:
        return judgeTools(check, answer.tools);
    case CheckKind::JsonPath:
        return judgePath(check, answer.text);
    case CheckKind::NoError:
        return met(!answer.isFailed, answer.error);
    case CheckKind::StreamWellFormed:
        return judgeStream(answer);
    case CheckKind::Verdict:
    case CheckKind::Set:
        break;
    }
    return {};
}

//! A check that cannot judge fails, with "not-" before it or without.
QString whyImpossible(const Check &check, const Answer &answer)
{
    QString problem = problemWithCheck(check);
    if (!problem.isEmpty())
        return problem;
    const bool wantsTime = check.kind == CheckKind::Latency || check.kind == CheckKind::FirstText;
    const bool hasTime =
        check.kind == CheckKind::Latency ? answer.totalMs.has_value() : answer.firstTextMs.has_value();
    return wantsTime && !hasTime ? Words::tr("The time is not known.") : QString();
}

CheckResult resultOf(const Check &check, const Answer &answer)
{
    CheckResult result{.name = checkName(check), .metric = check.metric, .line = check.line};
    if (check.kind == CheckKind::Set) {
        const Judgement inner = judge(check.checks, check.threshold, answer);
        result.outcome = inner.outcome;
        result.score = inner.score;
        result.reason = inner.reason;
        result.parts = inner.results;
    } else if (check.kind == CheckKind::Verdict) {
        const bool isGood = answer.verdict.value_or(false) != check.isInverse;
        result.outcome = !answer.verdict ? Outcome::Open : isGood ? Outcome::Passed : Outcome::Failed;
        result.score = result.outcome == Outcome::Passed ? 1 : 0;
        result.reason = check.value ? check.value->words() : QString();
    } else if (const QString impossible = whyImpossible(check, answer); !impossible.isEmpty()) {
        result.reason = impossible;
    } else {
        const CheckOutcome outcome = outcomeOf(check, answer);
        const bool isPassed = outcome.isMet != check.isInverse;
        result.outcome = isPassed ? Outcome::Passed : Outcome::Failed;
        result.score = check.kind == CheckKind::RougeN ? outcome.score : isPassed ? 1 : 0;
        result.reason = outcome.reason;
    }
    // NOLINTNEXTLINE(clang-diagnostic-float-equal): as it is written
    if (check.weight == 0 && result.outcome == Outcome::Failed)
        result.outcome = Outcome::Passed;
    return result;
}

} // namespace

Judgement judge(const std::vector<Check> &checks, std::optional<double> threshold, const Answer &answer)
{
    Judgement judgement;
    double score = 0;
    double weight = 0;
    bool isOpen = false;
    bool isFailed = false;
    for (const Check &check : checks) {
        const CheckResult &result = judgement.results.emplace_back(resultOf(check, answer));
        if (result.outcome == Outcome::Open) {
            isOpen = true;
            continue;
        }
        score += result.score * check.weight;
        weight += check.weight;
        if (result.outcome == Outcome::Failed) {
            isFailed = true;
            judgement.reason = result.reason;
        }
    }
    const bool isNothingJudged = judgement.results.empty() || (isOpen && weight <= 0);
    judgement.score = isNothingJudged ? 1 : weight > 0 ? score / weight : 0;
    if (threshold && !checks.empty()) {
        isFailed = judgement.score < *threshold;
        judgement.reason = isFailed
            ? Words::tr("The score %1 is below %2.").arg(judgement.score, 0, 'f', 2).arg(*threshold)
            : QString();
    }
    judgement.outcome = isFailed ? Outcome::Failed : isOpen ? Outcome::Open : Outcome::Passed;
    return judgement;
}

std::vector<DataNode> objectsIn(const QString &text)
{
    std::vector<DataNode> objects;
    qsizetype letters = 0;
    for (qsizetype begin = text.indexOf(u'{'); begin >= 0; begin = text.indexOf(u'{', begin + 1)) {
        qsizetype end = 0;
        if (std::optional<DataNode> json = readDataPrefix(QStringView(text).sliced(begin), &end)) {
            objects.push_back(std::move(*json));
            begin += end - 1;
            continue;
        }
        int depth = 1;
        end = begin + 1;
        const qsizetype last = std::min(begin + longestObject, text.size());
        for (; end < last && depth > 0; ++end)
            depth += text[end] == u'{' ? 1 : text[end] == u'}' ? -1 : 0;
        letters += end - begin;
        if (letters > mostLetters)
            break;
        const QString closed = text.mid(begin, end - begin) + QString(depth, u'}');
        const Result<DataNode> yaml = readYaml(closed.toUtf8(), RepeatedKeys::LastTaken);
        if (!yaml || !(yaml->isMap() || yaml->isList()))
            continue;
        objects.push_back(*yaml);
        begin = end - 1;
    }
    return objects;
}

} // namespace Parlance
