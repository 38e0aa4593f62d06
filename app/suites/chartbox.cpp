// SPDX-License-Identifier: Apache-2.0
#include "suites/chartbox.h"

#include "dialogs/themedlabel.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QAbstractAxis>
#include <QChart>
#include <QChartView>
#include <QLegend>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

ChartBox::ChartBox(const Theme *theme, const QString &name, const QString &heading, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_view(new QChartView(this))
    , m_words(new ThemedLabel(theme, FontRole::Small, ColourRole::InkQuiet, {}, this))
{
    setObjectName(name);
    setAccessibleName(heading);
    m_view->setObjectName(name + u"View"_s);
    m_view->setAccessibleName(heading);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setRenderHint(QPainter::Antialiasing);
    m_words->setObjectName(name + u"Words"_s);
    m_words->setWordWrap(true);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme->px(Metric::step));
    column->addWidget(new ThemedLabel(theme, FontRole::BodyStrong, ColourRole::Ink, heading, this));
    column->addWidget(m_view);
    column->addWidget(m_words);
    connect(theme, &Theme::changed, this, &ChartBox::restyle);
    restyle();
}

void ChartBox::show(QChart *chart, const QStringList &words)
{
    QChart *before = m_view->chart();
    m_view->setChart(chart);
    delete before;
    m_words->setText(words.join(u'\n'));
    // Who cannot see it is told the same.
    m_view->setAccessibleDescription(words.join(u". "_s));
    restyle();
}

QStringList ChartBox::words() const
{
    return m_words->text().split(u'\n', Qt::SkipEmptyParts);
}

void ChartBox::restyle()
{
    const Theme &theme = *m_theme;
    m_view->setFixedHeight(theme.px(Metric::shellHeight));
    m_view->setBackgroundBrush(theme.colour(ColourRole::Page));
    QChart *chart = m_view->chart();
    if (!chart)
        return;
    chart->setBackgroundVisible(false);
    chart->setMargins(QMargins(0, 0, 0, 0));
    chart->legend()->setFont(theme.font(FontRole::Small));
    chart->legend()->setLabelBrush(theme.colour(ColourRole::InkQuiet));
    for (QAbstractAxis *axis : chart->axes()) {
        axis->setLabelsFont(theme.font(FontRole::Small));
        axis->setLabelsBrush(theme.colour(ColourRole::InkQuiet));
        axis->setLinePenColor(theme.colour(ColourRole::Line));
        axis->setGridLineColor(theme.colour(ColourRole::Line));
        axis->setGridLineVisible(axis->orientation() == Qt::Vertical);
    }
}

} // namespace Parlance
