// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>
#include <QWidget>

class QChart;
class QChartView;

namespace Parlance {

class Theme;
class ThemedLabel;

//! One chart with its heading above it, and what it shows in words below it.
class ChartBox : public QWidget
{
    Q_OBJECT
public:
    ChartBox(const Theme *theme, const QString &name, const QString &heading, QWidget *parent);

    //! Takes the chart, and gives it the theme's fonts and inks.
    void show(QChart *chart, const QStringList &words);
    QStringList words() const;

private:
    void restyle();

    const Theme *m_theme;
    QChartView *m_view;
    ThemedLabel *m_words;
};

} // namespace Parlance
