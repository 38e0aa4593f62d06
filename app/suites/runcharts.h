// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QScrollArea>

namespace Parlance {

class ChartBox;
class RunDesk;
class RunsModel;
class Theme;

//! The run on the desk where people would rather look than read: times and pass rates of its targets, and how
//! the suite went from run to run.
class RunCharts : public QScrollArea
{
    Q_OBJECT
public:
    RunCharts(const Theme *theme, RunDesk *desk, RunsModel *runs, QWidget *parent);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void refresh();
    void showTimes();
    void showRates();
    void showRuns();
    void restyle();

    const Theme *m_theme;
    RunDesk *m_desk;
    RunsModel *m_runs;
    ChartBox *m_times;
    ChartBox *m_rates;
    ChartBox *m_overRuns;
};

} // namespace Parlance
