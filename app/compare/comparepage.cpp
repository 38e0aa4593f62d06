// SPDX-License-Identifier: Apache-2.0
#include "compare/comparepage.h"

#include "dialogs/themedlabel.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QScrollBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

ComparePage::ComparePage(const Theme *theme, SideBySide *comparison, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
    , m_comparison(comparison)
{
    setObjectName(u"comparePage"_s);
    setAccessibleName(tr("Answers side by side"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *content = new QWidget;
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_empty = new ThemedLabel(theme, FontRole::Body, ColourRole::InkQuiet,
                              tr("What you say goes to every column at once, each in a session of its own."),
                              content);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignHCenter);
    m_column->addWidget(m_empty);
    m_column->addStretch(1);
    setWidget(content);
    connect(comparison, &SideBySide::columnsChanged, this, &ComparePage::rebuild);
    connect(comparison, &SideBySide::turnCountChanged, this, &ComparePage::addTurns);
    connect(comparison, &SideBySide::turnChanged, this, &ComparePage::refresh);
    connect(comparison, &SideBySide::comparisonChanged, this, [this] {
        for (TurnView *turn : m_turns)
            turn->refresh();
        Q_EMIT changesChanged();
    });
    connect(comparison, &SideBySide::turnChosen, this, &ComparePage::showTurn);
    connect(theme, &Theme::changed, this, &ComparePage::restyle);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &ComparePage::keepEnd);
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        m_followsEnd = verticalScrollBar()->sliderPosition() >= verticalScrollBar()->maximum();
    });
    restyle();
    rebuild();
}

void ComparePage::restyle()
{
    QPalette ground = widget()->palette();
    ground.setColor(QPalette::Window, m_theme->colour(ColourRole::Page));
    setPalette(ground);
    widget()->setPalette(ground);
    widget()->setAutoFillBackground(true);
    verticalScrollBar()->setSingleStep(m_theme->px(Metric::scrollLine) * 2);
    m_empty->setContentsMargins(m_theme->px(Metric::edge), m_theme->px(Metric::edge) * 2,
                                m_theme->px(Metric::edge), 0);
}

void ComparePage::rebuild()
{
    for (TurnView *turn : m_turns) {
        turn->hide();
        turn->deleteLater();
    }
    m_turns.clear();
    m_change = -1;
    addTurns();
}

void ComparePage::addTurns()
{
    const int wanted = m_comparison->turnCount();
    while (int(m_turns.size()) > wanted) {
        m_turns.back()->hide();
        m_turns.back()->deleteLater();
        m_turns.pop_back();
    }
    const bool isNew = int(m_turns.size()) < wanted;
    while (int(m_turns.size()) < wanted)
        addTurn(int(m_turns.size()));
    m_empty->setVisible(m_turns.empty());
    if (isNew)
        m_followsEnd = true;
    Q_EMIT changesChanged();
}

void ComparePage::addTurn(int turn)
{
    auto *view = new TurnView(m_theme, m_comparison, turn, widget());
    view->setHidesEqual(m_hidesEqual);
    for (int column = 0; column < view->columnCount(); ++column) {
        AnswerCell *cell = view->cell(column);
        connect(cell, &AnswerCell::menuAsked, this,
                [this, column](const QPoint &at) { Q_EMIT menuAsked(column, at); });
        connect(cell, &AnswerCell::retryAsked, this,
                [this, column](const MessageId &answer) { Q_EMIT retryAsked(column, answer); });
        connect(cell, &AnswerCell::actionAsked, this,
                [this, column](const MessageId &answer, ErrorAction action) {
                    Q_EMIT actionAsked(column, answer, action);
                });
        connect(cell, &AnswerCell::wordsTyped, this, &ComparePage::wordsTyped);
        connect(cell, &AnswerCell::revealAsked, this, [this, cell](const QRect &rect) {
            m_followsEnd = false;
            const QPoint place = cell->mapTo(widget(), rect.center());
            ensureVisible(place.x(), place.y(), 0, m_theme->px(Metric::reveal) + rect.height() / 2);
        });
    }
    m_column->insertWidget(m_column->count() - 1, view);
    m_turns.push_back(view);
}

void ComparePage::refresh(int turn)
{
    if (turn < int(m_turns.size()))
        m_turns[size_t(turn)]->refresh();
    Q_EMIT changesChanged();
}

void ComparePage::showTurn(int turn)
{
    if (turn < 0 || turn >= int(m_turns.size()))
        return;
    m_followsEnd = false;
    verticalScrollBar()->setValue(m_turns[size_t(turn)]->y());
}

void ComparePage::keepEnd()
{
    if (m_followsEnd)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void ComparePage::setHidesEqual(bool hides)
{
    m_hidesEqual = hides;
    for (TurnView *turn : m_turns)
        turn->setHidesEqual(hides);
}

int ComparePage::changeCount() const
{
    int count = 0;
    for (const TurnView *turn : m_turns) {
        for (int column = 0; column < turn->columnCount(); ++column)
            count += turn->cell(column)->changeCount();
    }
    return count;
}

void ComparePage::stepChange(int by)
{
    const int count = changeCount();
    if (count == 0)
        return;
    m_change = m_change < 0 ? (by > 0 ? 0 : count - 1) : (m_change + by + count) % count;
    int left = m_change;
    for (const TurnView *turn : m_turns) {
        for (int column = 0; column < turn->columnCount(); ++column) {
            AnswerCell *cell = turn->cell(column);
            cell->forgetChange();
            const int here = cell->changeCount();
            if (left >= 0 && left < here)
                cell->showChange(left);
            left -= here;
        }
    }
    Q_EMIT changesChanged();
}

} // namespace Parlance
