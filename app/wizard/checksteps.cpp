// SPDX-License-Identifier: Apache-2.0
#include "wizard/checksteps.h"

#include "dialogs/themedlabel.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QGridLayout>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

using State = CheckRow::State;

QString stateWord(State state)
{
    switch (state) {
    case State::Waiting:
        return CheckSteps::tr("To do");
    case State::Running:
        return CheckSteps::tr("Under way");
    case State::Done:
        return CheckSteps::tr("Done");
    case State::None:
        return CheckSteps::tr("Not needed");
    case State::Failed:
        return CheckSteps::tr("Failed");
    case State::Stopped:
        return CheckSteps::tr("Stopped");
    }
    return {};
}

QString tookText(const CheckRow &row)
{
    if (!row.took)
        return {};
    const double milliseconds = double(row.took->count()) / 1000;
    return CheckSteps::tr("%1 ms").arg(QLocale().toString(milliseconds, 'f', milliseconds < 10 ? 1 : 0));
}

} // namespace

CheckSteps::CheckSteps(const Theme *theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_grid(new QGridLayout(this))
{
    setObjectName(u"checkSteps"_s);
    setAccessibleName(tr("Steps"));
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setColumnStretch(1, 1);
    connect(theme, &Theme::changed, this, &CheckSteps::redraw);
}

void CheckSteps::show(const std::vector<CheckRow> &rows)
{
    m_rows = rows;
    while (m_lines.size() < rows.size())
        addLine();
    redraw();
    setVisible(!rows.empty());
}

void CheckSteps::addLine()
{
    const Line line{.mark = new QLabel,
                    .text = new ThemedLabel(m_theme, FontRole::Body, ColourRole::Ink),
                    .took = new ThemedLabel(m_theme, FontRole::Small, ColourRole::InkFaint)};
    line.text->setWordWrap(true);
    const int row = int(m_lines.size());
    line.text->setObjectName(u"checkStep%1"_s.arg(row));
    m_grid->addWidget(line.mark, row, 0, Qt::AlignTop);
    m_grid->addWidget(line.text, row, 1);
    m_grid->addWidget(line.took, row, 2, Qt::AlignRight | Qt::AlignTop);
    m_lines.push_back(line);
}

void CheckSteps::redraw()
{
    m_grid->setHorizontalSpacing(m_theme->px(Metric::inset));
    m_grid->setVerticalSpacing(m_theme->px(Metric::within));
    m_grid->setColumnMinimumWidth(0, m_theme->px(Metric::between));
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const bool isShown = i < m_rows.size();
        for (QLabel *part : {m_lines[i].mark, static_cast<QLabel *>(m_lines[i].text),
                             static_cast<QLabel *>(m_lines[i].took)})
            part->setVisible(isShown);
        if (isShown)
            fill(m_lines[i], m_rows[i]);
    }
}

void CheckSteps::fill(const Line &line, const CheckRow &row)
{
    const auto mark = [&](IconName name, ColourRole ink) {
        line.mark->setPixmap(icon(name, *m_theme, ink).pixmap(m_theme->px(Metric::between)));
    };
    line.mark->clear();
    if (row.state == State::Done)
        mark(IconName::Check, ColourRole::Good);
    else if (row.state == State::Failed)
        mark(IconName::Close, ColourRole::Bad);
    else if (row.state == State::Stopped)
        mark(IconName::Close, ColourRole::InkFaint);
    else if (row.state == State::Running)
        mark(IconName::ChevronRight, ColourRole::Accent);
    const bool isQuiet = row.state == State::Waiting || row.state == State::None;
    line.text->setInk(isQuiet ? ColourRole::InkFaint : ColourRole::Ink);
    line.text->setText(row.text);
    const QString took = tookText(row);
    line.took->setText(took);
    line.text->setAccessibleName(took.isEmpty() ? tr("%1: %2").arg(stateWord(row.state), row.text)
                                                : tr("%1: %2, %3").arg(stateWord(row.state), row.text, took));
}

} // namespace Parlance
