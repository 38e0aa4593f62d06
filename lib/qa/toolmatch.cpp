// SPDX-License-Identifier: Apache-2.0
#include "qa/toolmatch.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::ToolMatch)
};

using Tools = std::vector<ToolStep>;

//! "" if the value names no tool.
QString patternOf(const DataNode &matcher)
{
    if (matcher.isString())
        return matcher.text;
    const DataNode *pattern = matcher.member(u"pattern");
    const DataNode *name = matcher.member(u"name");
    return pattern != nullptr ? pattern->words() : name != nullptr ? name->words() : QString();
}

bool isNamedLike(const QString &name, const QString &pattern)
{
    // Compared letter by letter, so that no pattern takes long.
    qsizetype at = 0;
    qsizetype star = -1;
    qsizetype restart = 0;
    qsizetype in = 0;
    while (at < name.size()) {
        const bool isLeft = in < pattern.size();
        if (isLeft && pattern[in] == u'*') {
            star = in++;
            restart = at;
        } else if (isLeft && (pattern[in] == u'?' || pattern[in].toCaseFolded() == name[at].toCaseFolded())) {
            ++in;
            ++at;
        } else if (star >= 0) {
            in = star + 1;
            at = ++restart;
        } else {
            return false;
        }
    }
    while (in < pattern.size() && pattern[in] == u'*')
        ++in;
    return in == pattern.size();
}

bool isCalled(const QString &pattern, const Tools &tools)
{
    return std::ranges::any_of(tools, [&](const ToolStep &tool) { return isNamedLike(tool.name, pattern); });
}

QString calledWords(const Tools &tools)
{
    return tools.empty() ? Words::tr("No tool was called.")
                         : Words::tr("Called were: %1.").arg(toolPathWords(tools));
}

CheckOutcome outcome(bool isMet, const QString &reason)
{
    return {.isMet = isMet, .reason = reason, .score = isMet ? 1.0 : 0.0};
}

std::optional<double> numberIn(const DataNode &map, QStringView name)
{
    const DataNode *member = map.member(name);
    return member != nullptr && member->isNumber() ? std::optional<double>(member->number()) : std::nullopt;
}

//! With "not-" none of the tools may be called, so that it is not the opposite of all being called.
CheckOutcome judgeUsed(const Check &check, const Tools &tools)
{
    const DataNode &value = *check.value;
    if (value.isMap()) {
        const QString pattern = patternOf(value);
        const auto count = std::ranges::count_if(
            tools, [&](const ToolStep &tool) { return isNamedLike(tool.name, pattern); });
        const std::optional<double> most = numberIn(value, u"max");
        const bool isEnough = double(count) >= numberIn(value, u"min").value_or(1);
        return outcome(isEnough && (!most || double(count) <= *most),
                       Words::tr("“%1” was called %n time(s).", nullptr, int(count)).arg(pattern));
    }
    QStringList called;
    QStringList missing;
    for (const DataNode &one : value.isList() ? value.items : std::vector<DataNode>{value})
        (isCalled(one.text, tools) ? called : missing).append(one.text);
    if (check.isInverse)
        return outcome(!called.isEmpty(),
                       called.isEmpty() ? calledWords(tools)
                                        : Words::tr("Called was %1.").arg(called.join(u", "_s)));
    return outcome(missing.isEmpty(),
                   missing.isEmpty() ? calledWords(tools)
                                     : Words::tr("Not called was %1.").arg(missing.join(u", "_s)));
}

const DataNode *stepsOf(const DataNode &value)
{
    return value.isList() ? &value : value.member(u"steps");
}

CheckOutcome judgeSequence(const Check &check, const Tools &tools)
{
    const DataNode &steps = *stepsOf(*check.value);
    const DataNode *mode = check.value->member(u"mode");
    if (mode != nullptr && mode->text == "exact"_L1) {
        const bool isSame =
            std::ranges::equal(tools, steps.items, [](const ToolStep &tool, const DataNode &step) {
                return isNamedLike(tool.name, patternOf(step));
            });
        return outcome(isSame, calledWords(tools));
    }
    std::size_t next = 0;
    for (const ToolStep &tool : tools) {
        if (next < steps.items.size() && isNamedLike(tool.name, patternOf(steps.items[next])))
            ++next;
    }
    if (next == steps.items.size())
        return outcome(true, calledWords(tools));
    return outcome(false,
                   Words::tr("“%1” was not called in its place.").arg(patternOf(steps.items[next])) + u' '
                       + calledWords(tools));
}

bool isPartOf(const DataNode &expected, const DataNode &actual)
{
    if (expected.isList())
        return actual.isList() && std::ranges::equal(expected.items, actual.items, isPartOf);
    if (!expected.isMap())
        return meansTheSame(expected, actual);
    return actual.isMap() && std::ranges::all_of(expected.items, [&](const DataNode &item) {
               const DataNode *member = actual.member(item.name);
               return member != nullptr && isPartOf(item, *member);
           });
}

//! Without members that are passed over, or are as they would be anyway.
DataNode stripped(const DataNode &arguments, const QStringList &ignored, const DataNode *defaults)
{
    DataNode left = arguments;
    std::erase_if(left.items, [&](const DataNode &item) {
        const DataNode *usual = defaults != nullptr ? defaults->member(item.name) : nullptr;
        const bool isUsual = usual != nullptr && meansTheSame(*usual, item);
        const bool isIgnored = std::ranges::any_of(ignored, [&](const QString &name) {
            return name.contains(u'*') || name.contains(u'?') ? isNamedLike(item.name, name)
                                                              : item.name == name;
        });
        return arguments.isMap() && (isUsual || isIgnored);
    });
    return left;
}

const DataNode *argumentsIn(const DataNode &value)
{
    const DataNode *wanted = value.member(u"args");
    return wanted != nullptr ? wanted : value.member(u"arguments");
}

CheckOutcome judgeArguments(const Check &check, const Tools &tools)
{
    const DataNode &value = *check.value;
    QStringList ignored;
    if (const DataNode *ignore = value.member(u"ignore"))
        ignored = listedTexts(ignore->isList() ? *ignore
                                               : DataNode{.kind = DataNode::Kind::List, .items = {*ignore}})
                      .value_or(QStringList());
    const DataNode wanted = stripped(*argumentsIn(value), ignored, nullptr);
    const DataNode *mode = value.member(u"mode");
    const bool isExact = mode != nullptr && mode->text == "exact"_L1;
    QString seen;
    for (const ToolStep &tool : tools) {
        if (!isNamedLike(tool.name, patternOf(value)))
            continue;
        const Result<DataNode> read = readData(QStringView(tool.arguments));
        const DataNode actual =
            stripped(read.value_or(textNode(tool.arguments)), ignored, value.member(u"defaults"));
        if (isExact ? meansTheSame(wanted, actual) : isPartOf(wanted, actual))
            return outcome(true,
                           Words::tr("“%1” was called with %2.").arg(tool.name, tool.arguments.left(200)));
        seen = Words::tr("“%1” was called with %2.").arg(tool.name, tool.arguments.left(200));
    }
    return outcome(false, seen.isEmpty() ? calledWords(tools) : seen);
}

bool areTexts(const DataNode &value)
{
    return value.isList() && !value.items.empty() && std::ranges::all_of(value.items, &DataNode::isString);
}

bool isSequence(const DataNode &value)
{
    const DataNode *steps = stepsOf(value);
    const DataNode *mode = value.member(u"mode");
    const bool isMode = mode == nullptr || mode->text == "exact"_L1 || mode->text == "in_order"_L1;
    return isMode && steps != nullptr && steps->isList() && !steps->items.empty()
        && std::ranges::none_of(steps->items, [](const DataNode &step) { return patternOf(step).isEmpty(); });
}

} // namespace

QString problemWithToolCheck(const Check &check)
{
    const DataNode value = check.value.value_or(DataNode());
    bool isSound = false;
    if (check.kind == CheckKind::ToolsUsed)
        isSound = value.isString() ? !value.text.isEmpty() : areTexts(value) || !patternOf(value).isEmpty();
    else if (check.kind == CheckKind::ToolSequence)
        isSound = isSequence(value);
    else
        isSound = value.isMap() && !patternOf(value).isEmpty() && argumentsIn(value) != nullptr;
    return isSound ? QString()
                   : Words::tr("The value of the check “%1” names no tools.").arg(checkName(check));
}

CheckOutcome judgeTools(const Check &check, const std::vector<ToolStep> &tools)
{
    if (check.kind == CheckKind::ToolsUsed)
        return judgeUsed(check, tools);
    return check.kind == CheckKind::ToolSequence ? judgeSequence(check, tools) : judgeArguments(check, tools);
}

QString toolPathWords(const std::vector<ToolStep> &tools)
{
    QStringList names;
    for (const ToolStep &tool : tools)
        names.append(tool.name);
    return names.join(u", "_s);
}

} // namespace Parlance
