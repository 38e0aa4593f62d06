// SPDX-License-Identifier: Apache-2.0
#include "qa/datadiff.h"

#include "qa/sequencediff.h"

#include <QHash>
#include <QStringBuilder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

bool isPlainName(const QString &name)
{
    const auto isPlain = [](QChar letter) {
        return letter.isLetterOrNumber() || letter == u'_' || letter == u'-';
    };
    return !name.isEmpty() && std::ranges::all_of(name, isPlain);
}

QString stepTo(const QString &name)
{
    return isPlainName(name) ? QString(u'.' % name) : QString(u"['" % name % u"']");
}

class DataDiff
{
public:
    void compare(const DataNode &before, const DataNode &after, const QString &path);
    std::vector<DataDifference> take() { return std::move(m_differences); }

private:
    void compareMaps(const DataNode &before, const DataNode &after, const QString &path);
    void compareLists(const DataNode &before, const DataNode &after, const QString &path);
    void add(const DataNode &after, const QString &path);
    void miss(const DataNode &before, const QString &path);

    std::vector<DataDifference> m_differences;
};

void DataDiff::add(const DataNode &after, const QString &path)
{
    m_differences.push_back({.path = path, .change = DataChange::Added, .after = after.json()});
}

void DataDiff::miss(const DataNode &before, const QString &path)
{
    m_differences.push_back({.path = path, .change = DataChange::Missing, .before = before.json()});
}

void DataDiff::compare(const DataNode &before, const DataNode &after, const QString &path)
{
    if (before.isMap() && after.isMap()) {
        compareMaps(before, after, path);
        return;
    }
    if (before.isList() && after.isList()) {
        compareLists(before, after, path);
        return;
    }
    const bool isSame = before.kind == after.kind
        && (before.isNumber() ? isSameNumber(before.text, after.text) : before.text == after.text);
    if (!isSame)
        m_differences.push_back(
            {.path = path, .change = DataChange::Changed, .before = before.json(), .after = after.json()});
}

void DataDiff::compareMaps(const DataNode &before, const DataNode &after, const QString &path)
{
    QHash<QString, const DataNode *> left;
    for (const DataNode *member : membersByName(before))
        left.insert(member->name, member);
    const std::vector<const DataNode *> counted = membersByName(after);
    QHash<QString, const DataNode *> right;
    for (const DataNode *member : counted)
        right.insert(member->name, member);
    for (const DataNode &member : after.items) {
        // Of several of one name the last counts.
        if (right.value(member.name) != &member)
            continue;
        const QString inner = path % stepTo(member.name);
        if (const DataNode *other = left.take(member.name))
            compare(*other, member, inner);
        else
            add(member, inner);
    }
    for (const DataNode &member : before.items) {
        if (left.value(member.name) == &member)
            miss(member, path % stepTo(member.name));
    }
}

void DataDiff::compareLists(const DataNode &before, const DataNode &after, const QString &path)
{
    QHash<QString, int> numbers;
    const auto numbered = [&](const DataNode &list) {
        std::vector<int> sequence;
        for (const DataNode &item : list.items) {
            const QString key = canonicalJson(item);
            const int number = numbers.value(key, int(numbers.size()));
            numbers.insert(key, number);
            sequence.push_back(number);
        }
        return sequence;
    };
    const std::vector<int> left = numbered(before);
    for (const SequenceRun &run : diffSequences(left, numbered(after))) {
        if (run.isSame)
            continue;
        const std::size_t both = std::min(run.beforeCount, run.afterCount);
        for (std::size_t index = 0; index < both; ++index)
            compare(before.items[run.before + index], after.items[run.after + index],
                    path % u'[' % QString::number(run.after + index) % u']');
        for (std::size_t index = both; index < run.afterCount; ++index)
            add(after.items[run.after + index], path % u'[' % QString::number(run.after + index) % u']');
        for (std::size_t index = both; index < run.beforeCount; ++index)
            miss(before.items[run.before + index], path % u'[' % QString::number(run.before + index) % u']');
    }
}

void writeCanonical(const DataNode &node, QString &out)
{
    if (node.isNumber()) {
        out += canonicalNumber(node.text);
    } else if (node.isMap()) {
        out += u'{';
        for (const DataNode *member : membersByName(node)) {
            out += textNode(member->name).json() % u':';
            writeCanonical(*member, out);
            out += u',';
        }
        out += u'}';
    } else if (node.isList()) {
        out += u'[';
        for (const DataNode &item : node.items) {
            writeCanonical(item, out);
            out += u',';
        }
        out += u']';
    } else {
        out += node.json();
    }
}

} // namespace

std::vector<DataDifference> diffData(const DataNode &before, const DataNode &after)
{
    DataDiff diff;
    diff.compare(before, after, u"$"_s);
    return diff.take();
}

QString canonicalJson(const DataNode &node)
{
    QString out;
    writeCanonical(node, out);
    return out;
}

} // namespace Parlance
