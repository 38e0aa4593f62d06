// SPDX-License-Identifier: Apache-2.0
#include "qa/statistics.h"

#include "qa/datadiff.h"
#include "qa/markdownwords.h"

#include <QHash>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace Parlance {
namespace {

//! Of the normal distribution, for 95 percent.
constexpr double ninetyFive = 1.959963984540054;

QString keyOfText(const Answer &answer)
{
    const QString text = answer.text.trimmed();
    QString key;
    for (const MarkdownWord &word : markdownWords(text))
        key += word.key;
    return key;
}

QString keyOfTools(const Answer &answer)
{
    QString key;
    for (const ToolStep &tool : answer.tools) {
        const Result<DataNode> arguments = readData(QStringView(tool.arguments));
        key += tool.name + u'\x1f' + (arguments ? canonicalJson(*arguments) : tool.arguments) + u'\x1e';
    }
    return key;
}

//! Of sorted values.
double quantileOf(const std::vector<double> &sorted, double share)
{
    const double place = std::clamp(share, 0.0, 1.0) * double(sorted.size() - 1);
    const auto below = std::size_t(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(sorted[below], sorted[above], place - double(below));
}

} // namespace

Interval wilsonInterval(qint64 hits, qint64 tries)
{
    if (tries <= 0)
        return {};
    const double count = double(tries);
    const double share = double(std::clamp<qint64>(hits, 0, tries)) / count;
    const double square = ninetyFive * ninetyFive;
    const double scale = 1 + square / count;
    const double middle = (share + square / (2 * count)) / scale;
    const double half =
        ninetyFive * std::sqrt(share * (1 - share) / count + square / (4 * count * count)) / scale;
    // What rounding adds beyond the ends is taken off.
    return {.low = hits <= 0 ? 0 : std::max(0.0, middle - half),
            .high = hits >= tries ? 1 : std::min(1.0, middle + half)};
}

std::optional<double> PassRate::rate() const
{
    return judged > 0 ? std::optional<double>(double(passed) / double(judged)) : std::nullopt;
}

std::optional<double> quantile(std::vector<double> values, double share)
{
    if (values.empty())
        return std::nullopt;
    std::ranges::sort(values);
    return quantileOf(values, share);
}

Spread spreadOf(std::vector<double> values)
{
    if (values.empty())
        return {};
    std::ranges::sort(values);
    return {.count = qint64(values.size()),
            .least = values.front(),
            .lowerQuartile = quantileOf(values, 0.25),
            .median = quantileOf(values, 0.5),
            .upperQuartile = quantileOf(values, 0.75),
            .p95 = quantileOf(values, 0.95),
            .most = values.back(),
            .mean = std::accumulate(values.begin(), values.end(), 0.0) / double(values.size())};
}

std::vector<std::vector<std::size_t>> groupedAnswers(const std::vector<Answer> &answers, GroupBy by)
{
    QHash<QString, std::size_t> places;
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t index = 0; index < answers.size(); ++index) {
        const QString key = by == GroupBy::Text ? keyOfText(answers[index]) : keyOfTools(answers[index]);
        const auto found = places.constFind(key);
        if (found != places.constEnd()) {
            groups[*found].push_back(index);
            continue;
        }
        places.insert(key, groups.size());
        groups.push_back({index});
    }
    std::ranges::stable_sort(groups, std::ranges::greater(), &std::vector<std::size_t>::size);
    return groups;
}

RepeatSummary summaryOf(const std::vector<Answer> &answers)
{
    RepeatSummary summary;
    std::vector<Answer> good;
    std::vector<std::size_t> places;
    std::vector<double> firstTexts;
    std::vector<double> totals;
    for (std::size_t index = 0; index < answers.size(); ++index) {
        const Answer &answer = answers[index];
        if (answer.isFailed) {
            ++summary.failures;
            continue;
        }
        good.push_back(answer);
        places.push_back(index);
        if (answer.firstTextMs)
            firstTexts.push_back(*answer.firstTextMs);
        if (answer.totalMs)
            totals.push_back(*answer.totalMs);
    }
    const auto grouped = [&](GroupBy by) {
        std::vector<std::vector<std::size_t>> groups = groupedAnswers(good, by);
        for (std::vector<std::size_t> &group : groups) {
            for (std::size_t &index : group)
                index = places[index];
        }
        return groups;
    };
    summary.byText = grouped(GroupBy::Text);
    summary.byToolPath = grouped(GroupBy::ToolPath);
    summary.firstText = spreadOf(std::move(firstTexts));
    summary.total = spreadOf(std::move(totals));
    return summary;
}

} // namespace Parlance
