// SPDX-License-Identifier: Apache-2.0
#include "qa/jsonpath.h"

#include "qa/scriptregex.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::JsonPath)
};

struct Step
{
    bool isAll = false;
    std::optional<qsizetype> index = std::nullopt;
    QString name = {};
};

std::optional<Step> bracketStep(QStringView &left)
{
    const bool isQuoted = left.startsWith(u"['") || left.startsWith(u"[\"");
    const QString closing = isQuoted ? QString(left[1]) + u']' : u"]"_s;
    const qsizetype end = left.indexOf(closing, isQuoted ? 2 : 1);
    if (end < 0)
        return std::nullopt;
    const QStringView inner = isQuoted ? left.sliced(2, end - 2) : left.sliced(1, end - 1).trimmed();
    left = left.sliced(end + closing.size());
    if (isQuoted)
        return Step{.name = inner.toString()};
    if (inner == u"*")
        return Step{.isAll = true};
    bool isNumber = false;
    const qsizetype index = inner.toLongLong(&isNumber);
    return isNumber ? std::optional<Step>(Step{.index = index}) : std::nullopt;
}

std::optional<Step> nameStep(QStringView &left)
{
    left = left.sliced(1);
    qsizetype end = 0;
    while (end < left.size() && left[end] != u'.' && left[end] != u'[')
        ++end;
    const QString name = left.first(end).toString();
    left = left.sliced(end);
    if (name.isEmpty())
        return std::nullopt;
    return name == u'*' ? Step{.isAll = true} : Step{.name = name};
}

std::optional<std::vector<Step>> stepsOf(const QString &path)
{
    if (!path.startsWith(u'$'))
        return std::nullopt;
    std::vector<Step> steps;
    QStringView left = QStringView(path).sliced(1);
    while (!left.isEmpty()) {
        const QChar first = left.front();
        const std::optional<Step> step = first == u'.' ? nameStep(left)
            : first == u'['                            ? bracketStep(left)
                                                       : std::nullopt;
        if (!step)
            return std::nullopt;
        steps.push_back(*step);
    }
    return steps;
}

void follow(const Step &step, const DataNode &node, std::vector<const DataNode *> &found)
{
    if (step.isAll && node.isMap()) {
        for (const DataNode *member : membersByName(node))
            found.push_back(member);
    } else if (step.isAll) {
        for (const DataNode &item : node.items)
            found.push_back(&item);
    } else if (step.index) {
        const auto count = qsizetype(node.items.size());
        const qsizetype index = *step.index < 0 ? count + *step.index : *step.index;
        if (node.isList() && index >= 0 && index < count)
            found.push_back(&node.items[std::size_t(index)]);
    } else if (const DataNode *member = node.member(step.name)) {
        found.push_back(member);
    }
}

QString pathIn(const DataNode &value)
{
    const DataNode *path = value.isMap() ? value.member(u"path") : &value;
    return path != nullptr && path->isString() ? path->text : QString();
}

bool isMet(const DataNode &wanted, const DataNode &found)
{
    return std::ranges::all_of(wanted.items, [&](const DataNode &member) {
        if (member.name == "equals"_L1)
            return meansTheSame(member, found);
        if (member.name == "contains"_L1)
            return found.words().contains(member.words());
        if (member.name != "matches"_L1)
            return true;
        const Result<QRegularExpression> regex = scriptRegex(member.words());
        return regex && isFound(*regex, found.words());
    });
}

} // namespace

std::optional<std::vector<const DataNode *>> valuesAt(const QString &path, const DataNode &root)
{
    const std::optional<std::vector<Step>> steps = stepsOf(path);
    if (!steps)
        return std::nullopt;
    std::vector<const DataNode *> found{&root};
    for (const Step &step : *steps) {
        std::vector<const DataNode *> next;
        for (const DataNode *node : found)
            follow(step, *node, next);
        found = std::move(next);
    }
    return found;
}

QString problemWithPathCheck(const Check &check)
{
    const DataNode value = check.value.value_or(DataNode());
    const QString path = pathIn(value);
    if (!stepsOf(path))
        return Words::tr("“%1” is no path that is understood, such as $.items[0].name.").arg(path);
    for (const DataNode &member : value.isMap() ? value.items : std::vector<DataNode>()) {
        static const QStringList known{u"path"_s, u"equals"_s, u"contains"_s, u"matches"_s};
        if (!known.contains(member.name))
            return Words::tr("“%1” of a path is not known.").arg(member.name);
        if (member.name == "matches"_L1) {
            const Result<QRegularExpression> regex = scriptRegex(member.words());
            if (!regex)
                return regex.error().message;
        }
    }
    return {};
}

CheckOutcome judgePath(const Check &check, const QString &text)
{
    const Result<DataNode> root = readData(QStringView(text));
    if (!root)
        return {.reason = root.error().message};
    const QString path = pathIn(*check.value);
    const auto found = valuesAt(path, *root).value_or(std::vector<const DataNode *>());
    const bool isAnyMet =
        std::ranges::any_of(found, [&](const DataNode *node) { return isMet(*check.value, *node); });
    QStringList seen;
    for (const DataNode *node : found)
        seen.append(node->json().left(200));
    return {.isMet = isAnyMet,
            .reason = seen.isEmpty() ? Words::tr("%1 leads to nothing.").arg(path)
                                     : Words::tr("%1 is %2.").arg(path, seen.join(u", "_s).left(400)),
            .score = isAnyMet ? 1.0 : 0.0};
}

} // namespace Parlance
