// SPDX-License-Identifier: Apache-2.0
#include "suites/runcharts.h"

#include "qa/statistics.h"
#include "suites/chartbox.h"
#include "suites/gridcell.h"
#include "suites/rundesk.h"
#include "suites/runsmodel.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "window/relativetime.h"

#include <QBarCategoryAxis>
#include <QBoxPlotSeries>
#include <QBoxSet>
#include <QChart>
#include <QDateTime>
#include <QLegend>
#include <QLegendMarker>
#include <QLineSeries>
#include <QLocale>
#include <QScatterSeries>
#include <QVBoxLayout>
#include <QValueAxis>

#include <algorithm>
#include <cmath>
#include <map>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr double msPerSecond = 1000;
constexpr double percent = 100;
constexpr int mostRunsShown = 12;
constexpr double besideEachOther = 0.05; //!< of the way from one run to the next

PassRate rateOf(const RunCounts &counts)
{
    return {.passed = counts.passed, .judged = qint64(counts.passed) + counts.failed};
}

QString rateWords(const PassRate &rate)
{
    if (!rate.rate())
        return RunCharts::tr("nothing judged");
    const QLocale locale;
    const Interval interval = rate.interval();
    return RunCharts::tr("%1 % of %2 passed (95 %: %3 to %4 %)")
        .arg(locale.toString(*rate.rate() * percent, 'f', 1))
        .arg(rate.judged)
        .arg(locale.toString(interval.low * percent, 'f', 1),
             locale.toString(interval.high * percent, 'f', 1));
}

QBarCategoryAxis *addNames(QChart *chart, const QStringList &names)
{
    auto *axis = new QBarCategoryAxis;
    axis->append(names);
    chart->addAxis(axis, Qt::AlignBottom);
    return axis;
}

QValueAxis *addShares(QChart *chart)
{
    auto *axis = new QValueAxis;
    axis->setRange(0, percent);
    axis->setTickCount(6);
    axis->setLabelFormat(u"%.0f %%"_s);
    chart->addAxis(axis, Qt::AlignLeft);
    return axis;
}

//! From nothing to the longest of them, in a unit that leaves the numbers short. Gives how many of that unit
//! a millisecond is.
QValueAxis *addTimes(QChart *chart, double longestMs, double *perMs)
{
    const bool isLong = longestMs >= msPerSecond;
    *perMs = isLong ? 1 / msPerSecond : 1;
    auto *axis = new QValueAxis;
    axis->setRange(0, longestMs > 0 ? longestMs * *perMs * 1.1 : 1);
    axis->applyNiceNumbers();
    const double step = (axis->max() - axis->min()) / std::max(1, axis->tickCount() - 1);
    const int decimals = std::clamp(int(std::ceil(-std::log10(step) - 1e-9)), 0, 3);
    axis->setLabelFormat(u"%.%1f %2"_s.arg(decimals).arg(isLong ? u"s"_s : u"ms"_s));
    chart->addAxis(axis, Qt::AlignLeft);
    return axis;
}

void attach(QAbstractSeries *series, QAbstractAxis *across, QAbstractAxis *up)
{
    series->attachAxis(across);
    series->attachAxis(up);
}

} // namespace

RunCharts::RunCharts(const Theme *theme, RunDesk *desk, RunsModel *runs, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
    , m_desk(desk)
    , m_runs(runs)
{
    setObjectName(u"runCharts"_s);
    setAccessibleName(tr("Charts"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *content = new QWidget(this);
    m_times = new ChartBox(theme, u"timesChart"_s, tr("Whole answers, by endpoint"), content);
    m_rates = new ChartBox(theme, u"ratesChart"_s, tr("Passed, by endpoint"), content);
    m_overRuns = new ChartBox(theme, u"runsChart"_s, tr("Passed, from run to run of this suite"), content);
    auto *column = new QVBoxLayout(content);
    for (ChartBox *box : {m_times, m_rates, m_overRuns})
        column->addWidget(box);
    column->addStretch(1);
    setWidget(content);
    for (const auto signal : {&RunDesk::opened, &RunDesk::stateChanged})
        connect(desk, signal, this, &RunCharts::refresh);
    connect(runs, &QAbstractItemModel::dataChanged, this, &RunCharts::refresh);
    connect(theme, &Theme::changed, this, &RunCharts::restyle);
    restyle();
}

void RunCharts::restyle()
{
    QLayout *column = widget()->layout();
    const int side = m_theme->px(Metric::between);
    column->setContentsMargins(side, side, side, side);
    column->setSpacing(m_theme->px(Metric::section));
    refresh();
}

void RunCharts::showEvent(QShowEvent *event)
{
    QScrollArea::showEvent(event);
    refresh();
}

void RunCharts::refresh()
{
    if (!isVisible() || m_desk->isEmpty())
        return;
    showTimes();
    showRates();
    showRuns();
}

void RunCharts::showTimes()
{
    const Run &run = m_desk->run();
    std::vector<Spread> spreads;
    QStringList names;
    QStringList words;
    double longest = 0;
    for (std::size_t target = 0; target < run.targets.size(); ++target) {
        std::vector<double> times;
        for (const CellRecord &record : m_desk->records()) {
            // How soon no answer came is another matter.
            if (record.place.target == int(target) && record.state == CellState::Done
                && !record.hasFailedAnswer && record.totalMs)
                times.push_back(*record.totalMs);
        }
        const Spread spread = spreadOf(times);
        const QString &label = run.targets[target].label;
        names.append(label);
        spreads.push_back(spread);
        longest = std::max(longest, spread.most);
        words.append(spread.count == 0
                         ? tr("%1: no times").arg(label)
                         : tr("%1: half of %2 within %3, 95 % within %4, the longest %5")
                               .arg(label)
                               .arg(spread.count)
                               .arg(GridWords::duration(spread.median), GridWords::duration(spread.p95),
                                    GridWords::duration(spread.most)));
    }
    auto *chart = new QChart;
    double perMs = 1;
    QValueAxis *times = addTimes(chart, longest, &perMs);
    auto *boxes = new QBoxPlotSeries;
    for (std::size_t target = 0; target < spreads.size(); ++target) {
        const Spread &spread = spreads[target];
        boxes->append(new QBoxSet(spread.least * perMs, spread.lowerQuartile * perMs, spread.median * perMs,
                                  spread.upperQuartile * perMs, spread.most * perMs,
                                  names.at(qsizetype(target))));
    }
    boxes->setBoxWidth(0.4);
    boxes->setBrush(m_theme->colour(ColourRole::AccentGround));
    boxes->setPen(QPen(m_theme->colour(ColourRole::Accent), m_theme->px(Metric::stroke)));
    chart->addSeries(boxes);
    attach(boxes, addNames(chart, names), times);
    chart->legend()->hide();
    m_times->show(chart, words);
}

void RunCharts::showRates()
{
    const Run &run = m_desk->run();
    auto *chart = new QChart;
    auto *intervals = new QBoxPlotSeries;
    auto *rates = new QScatterSeries;
    QStringList names;
    QStringList words;
    for (std::size_t target = 0; target < run.targets.size(); ++target) {
        const PassRate rate = rateOf(countsOf(run, m_desk->records(), target));
        const QString &label = run.targets[target].label;
        names.append(label);
        words.append(tr("%1: %2").arg(label, rateWords(rate)));
        const double share = rate.rate().value_or(0) * percent;
        const Interval interval = rate.interval();
        // The whiskers are the interval; the box has no height.
        intervals->append(
            new QBoxSet(interval.low * percent, share, share, share, interval.high * percent, label));
        if (rate.rate())
            rates->append(double(target), share);
    }
    intervals->setBoxWidth(0.2);
    intervals->setPen(QPen(m_theme->colour(ColourRole::Accent), m_theme->px(Metric::stroke)));
    rates->setMarkerSize(m_theme->px(Metric::near));
    rates->setColor(m_theme->colour(ColourRole::Accent));
    rates->setBorderColor(m_theme->colour(ColourRole::Page));
    chart->addSeries(intervals);
    chart->addSeries(rates);
    QBarCategoryAxis *across = addNames(chart, names);
    QValueAxis *up = addShares(chart);
    attach(intervals, across, up);
    attach(rates, across, up);
    chart->legend()->hide();
    m_rates->show(chart, words);
}

void RunCharts::showRuns()
{
    std::vector<const RunsModel::Entry *> runs;
    for (const RunsModel::Entry &entry : m_runs->entries()) {
        if (entry.suiteFile == m_desk->run().suiteFile && int(runs.size()) < mostRunsShown)
            runs.push_back(&entry);
    }
    std::ranges::reverse(runs);
    auto *chart = new QChart;
    QStringList names;
    QStringList words;
    std::map<QString, QLineSeries *> lines;
    std::vector<QLineSeries *> intervals;
    const QDateTime now = QDateTime::currentDateTime();
    for (std::size_t index = 0; index < runs.size(); ++index) {
        const QString when = relativeTime(runs[index]->kept.started.toLocalTime(), now, QLocale());
        // A category is known by its name, and two runs may be of one minute.
        names.append(QString::number(index + 1) + u": "_s + when);
        int order = 0;
        for (const auto &[label, rate] : runs[index]->rates) {
            words.append(tr("Run %1, %2, %3: %4").arg(index + 1).arg(when, label, rateWords(rate)));
            if (!rate.rate())
                continue;
            QLineSeries *&line = lines[label];
            if (!line) {
                line = new QLineSeries;
                line->setName(label);
                line->setPointsVisible(true);
                line->setPen(
                    QPen(m_theme->agentColour(int(lines.size()) - 1), m_theme->px(Metric::focusRing)));
            }
            // Those of several targets are not to cover each other.
            const double place = double(index) + besideEachOther * double(order);
            ++order;
            line->append(place, *rate.rate() * percent);
            intervals.push_back(new QLineSeries);
            intervals.back()->append(place, rate.interval().low * percent);
            intervals.back()->append(place, rate.interval().high * percent);
            intervals.back()->setPen(QPen(line->pen().color(), m_theme->px(Metric::hairline)));
        }
    }
    QBarCategoryAxis *across = addNames(chart, names);
    QValueAxis *up = addShares(chart);
    for (const auto &[label, line] : lines) {
        chart->addSeries(line);
        attach(line, across, up);
    }
    for (QLineSeries *interval : intervals) {
        chart->addSeries(interval);
        attach(interval, across, up);
        for (QLegendMarker *marker : chart->legend()->markers(interval))
            marker->setVisible(false);
    }
    chart->legend()->setAlignment(Qt::AlignBottom);
    m_overRuns->setVisible(runs.size() > 1);
    m_overRuns->show(chart, words);
}

} // namespace Parlance
