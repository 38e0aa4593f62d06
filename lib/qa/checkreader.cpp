// SPDX-License-Identifier: Apache-2.0
#include "qa/checkreader.h"

#include "qa/suitetemplate.h"
#include "qa/yamldata.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::CheckReader)
};

constexpr double thresholdOfCells = 0.75;

bool isListed(CheckKind kind)
{
    return kind == CheckKind::ContainsAll || kind == CheckKind::ContainsAllFolded
        || kind == CheckKind::ContainsAny || kind == CheckKind::ContainsAnyFolded;
}

//! Fills in the kind, or names what is wrong with it.
bool readKind(const QString &name, int line, Check &check, FindingList &findings)
{
    check.line = line;
    check.isInverse = name.startsWith("not-"_L1);
    const QString base = check.isInverse ? name.mid(4) : name;
    const std::optional<CheckKind> kind = checkKindFromName(base);
    if (kind && !(check.isInverse && *kind == CheckKind::Set)) {
        check.kind = *kind;
        return true;
    }
    const QString why = whyUnsupported(base);
    if (why.isEmpty())
        findings.fault(line, Words::tr("There is no check “%1”.").arg(name));
    else
        findings.unsupported(line, Words::tr("The check “%1” is not supported: %2").arg(name, why));
    return false;
}

//! For a check that is not supported; absent: there is none of that name anywhere.
std::optional<Check> standIn(const QString &name, const QString &value, int line)
{
    if (whyUnsupported(name.startsWith("not-"_L1) ? name.mid(4) : name).isEmpty())
        return std::nullopt;
    return Check{.kind = CheckKind::Verdict,
                 .value = textNode(value.isEmpty() ? name : QString(name % u": "_s % value)),
                 .line = line,
                 .standsIn = true};
}

//! Where others can judge, nobody has to.
void dropStandIns(std::vector<Check> &checks)
{
    if (!std::ranges::all_of(checks, &Check::standsIn))
        std::erase_if(checks, &Check::standsIn);
}

bool readNumber(const DataNode &member, const QString &name, std::optional<double> *number,
                FindingList &findings)
{
    bool isNumber = member.isNumber();
    double value = member.number();
    if (member.isString())
        value = member.text.toDouble(&isNumber);
    if (isNumber)
        *number = value;
    else if (!member.isNull())
        findings.fault(member.line, Words::tr("“%1” is not a number.").arg(name));
    return isNumber;
}

void readMember(const DataNode &member, Check &check, FindingList &findings)
{
    if (member.name == "type"_L1)
        return;
    if (member.name == "value"_L1) {
        check.value = member;
        check.value->name.clear();
    } else if (member.name == "threshold"_L1) {
        readNumber(member, member.name, &check.threshold, findings);
    } else if (member.name == "weight"_L1) {
        std::optional<double> weight;
        if (readNumber(member, member.name, &weight, findings))
            check.weight = *weight;
    } else if (member.name == "metric"_L1) {
        check.metric = member.words();
    } else if (member.name == "assert"_L1 && check.kind == CheckKind::Set) {
        check.checks = readChecks(member, findings);
    } else {
        findings.unsupported(
            member.line,
            Words::tr("“%1” of the check “%2” is passed over.").arg(member.name, checkName(check)));
    }
}

std::optional<Check> readCheck(const DataNode &node, FindingList &findings)
{
    const DataNode *type = node.member(u"type");
    if (type == nullptr || !type->isString()) {
        findings.fault(node.line,
                       node.member(u"$ref") != nullptr
                           ? Words::tr("References to templates of checks are not followed.")
                           : Words::tr("A check has no “type”."));
        return std::nullopt;
    }
    Check check;
    if (!readKind(type->text, type->line, check, findings))
        return standIn(type->text,
                       node.member(u"value") != nullptr ? node.member(u"value")->words() : QString(),
                       type->line);
    for (const DataNode &member : node.items)
        readMember(member, check, findings);
    return check;
}

//! The value that a check names a file for.
bool loadValue(Check &check, const SuiteFiles &files, FindingList &findings)
{
    const QString path = check.value->text.mid(int(sizeof("file://")) - 1);
    const Result<QByteArray> bytes = files.read(path);
    if (!bytes) {
        findings.fault(check.line, bytes.error().message);
        return false;
    }
    const bool isYaml = path.endsWith(".yaml"_L1) || path.endsWith(".yml"_L1);
    if (!isYaml && !path.endsWith(".json"_L1)) {
        if (!path.endsWith(".txt"_L1) && !path.endsWith(".md"_L1)) {
            findings.fault(check.line, Words::tr("“%1” is not run: a check's value is text.").arg(path));
            return false;
        }
        check.value = textNode(QString::fromUtf8(*bytes).trimmed());
        return true;
    }
    Result<DataNode> value = isYaml ? readYaml(*bytes) : readData(QByteArrayView(*bytes));
    if (!value) {
        findings.forFile(path).fault(0, value.error().message);
        return false;
    }
    check.value = std::move(*value);
    return true;
}

void name(const RenderedText &notes, int line, FindingList &findings)
{
    for (const QString &problem : notes.problems)
        findings.fault(line, problem);
    for (const QString &missing : notes.missing)
        findings.notice(line, Words::tr("There is no variable “%1”: nothing stands for it.").arg(missing));
}

//! As promptfoo does: texts, and the texts of a list, but nothing within a map.
void renderValue(Check &check, const DataNode &variables, RenderedText &notes)
{
    DataNode &value = *check.value;
    if (value.isString())
        value = renderedData(value, variables, &notes);
    for (DataNode &item : value.items) {
        if (value.isList() && item.isString())
            item = renderedData(item, variables, &notes);
    }
}

std::optional<Check> renderedCheck(Check check, const DataNode &variables, const SuiteFiles &files,
                                   FindingList &findings)
{
    if (check.kind == CheckKind::Set) {
        check.checks = renderedChecks(check.checks, variables, files, findings);
        check.standsIn = !check.checks.empty() && std::ranges::all_of(check.checks, &Check::standsIn);
    }
    if (check.value) {
        RenderedText notes;
        if (check.value->isString() && check.value->text.startsWith("file://"_L1)) {
            if (!loadValue(check, files, findings))
                return std::nullopt;
        } else {
            renderValue(check, variables, notes);
        }
        name(notes, check.line, findings);
        if (!notes.problems.isEmpty())
            return std::nullopt;
    }
    if (check.metric.contains("{{"_L1))
        check.metric = renderTemplate(check.metric, variables).text;
    const QString problem = problemWithCheck(check);
    if (problem.isEmpty())
        return check;
    findings.fault(check.line, problem);
    return std::nullopt;
}

} // namespace

void FindingList::add(FindingKind kind, int line, const QString &message)
{
    // What is said of defaults, or of a variable of many rows, is said once.
    const SuiteFinding finding{.kind = kind, .file = m_file, .line = line, .message = message};
    const auto begin = m_findings->size() > 50 ? m_findings->end() - 50 : m_findings->begin();
    if (std::find(begin, m_findings->end(), finding) == m_findings->end())
        m_findings->push_back(finding);
}

std::vector<Check> readChecks(const DataNode &list, FindingList &findings)
{
    std::vector<Check> checks;
    if (!list.isList()) {
        if (!list.isNull())
            findings.fault(list.line, Words::tr("“assert” is not a list."));
        return checks;
    }
    for (const DataNode &item : list.items) {
        if (std::optional<Check> check = readCheck(item, findings))
            checks.push_back(std::move(*check));
    }
    return checks;
}

std::optional<Check> readExpected(const QString &cell, int line, FindingList &findings)
{
    static const QRegularExpression typed(
        u"^([a-z][a-z0-9:-]*?)(?:\\((\\d+(?:\\.\\d+)?)\\))?(?::([\\s\\S]*))?$"_s);
    const QRegularExpressionMatch match = typed.match(cell);
    const QString name = match.captured(1);
    const QString base = name.startsWith("not-"_L1) ? name.mid(4) : name;
    // Names with a colon in them would end at it.
    const bool isNamed = match.hasMatch() && (checkKindFromName(base) || !whyUnsupported(base).isEmpty());
    if (!isNamed) {
        return Check{.kind = CheckKind::Equals, .value = textNode(cell), .line = line};
    }
    Check check;
    const QString value = match.captured(3);
    if (!readKind(name, line, check, findings))
        return standIn(name, value, line);
    if (match.capturedStart(2) >= 0)
        check.threshold = match.captured(2).toDouble();
    const bool takesThreshold = check.kind == CheckKind::Latency || check.kind == CheckKind::Levenshtein
        || check.kind == CheckKind::RougeN || check.kind == CheckKind::StartsWith;
    if (takesThreshold && !check.threshold)
        check.threshold = thresholdOfCells;
    const bool isJson = check.kind == CheckKind::IsJson || check.kind == CheckKind::ContainsJson;
    if (isListed(check.kind) || isJson ? match.capturedStart(3) >= 0 : !value.isNull())
        check.value = textNode(isListed(check.kind) || isJson ? value : value.trimmed());
    return check;
}

std::vector<Check> renderedChecks(const std::vector<Check> &checks, const DataNode &variables,
                                  const SuiteFiles &files, FindingList &findings)
{
    std::vector<Check> rendered;
    rendered.reserve(checks.size());
    for (const Check &check : checks) {
        if (std::optional<Check> one = renderedCheck(check, variables, files, findings))
            rendered.push_back(std::move(*one));
    }
    dropStandIns(rendered);
    return rendered;
}

} // namespace Parlance
