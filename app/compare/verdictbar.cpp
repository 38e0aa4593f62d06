// SPDX-License-Identifier: Apache-2.0
#include "compare/verdictbar.h"

#include "compare/compareactions.h"
#include "compare/sidebyside.h"
#include "dialogs/themedlabel.h"
#include "qa/tally.h"
#include "search/flowlayout.h"
#include "theme/metrics.h"
#include "theme/style.h"
#include "theme/theme.h"

#include <QAction>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

VerdictBar::VerdictBar(const Theme *theme, SideBySide *comparison, CompareActions *actions, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_comparison(comparison)
    , m_actions(actions)
    , m_flow(new FlowLayout)
    , m_question(new ThemedLabel(theme, FontRole::Small, ColourRole::InkQuiet, tr("Which is better?"), this))
    , m_note(new QLineEdit(this))
    , m_tally(new ThemedLabel(theme, FontRole::Small, ColourRole::InkQuiet, {}, this))
{
    setObjectName(u"verdicts"_s);
    m_tally->setObjectName(u"tally"_s);
    m_tally->setWordWrap(true);
    m_note->setObjectName(u"note"_s);
    m_note->setAccessibleName(tr("Note"));
    m_note->setPlaceholderText(tr("Note on this turn"));
    m_note->hide();
    auto *column = new QVBoxLayout(this);
    column->addLayout(m_flow);
    column->addWidget(m_note);
    column->addWidget(m_tally);
    m_flow->addWidget(m_question);
    connect(m_note, &QLineEdit::returnPressed, this, [this] { keepNote(true); });
    for (size_t i = 0; i < actions->better.size(); ++i)
        connect(actions->better[i], &QAction::triggered, this,
                [this, i] { m_comparison->judge(m_comparison->judgedTurn(), VerdictKind::Better, int(i)); });
    connect(actions->tie, &QAction::triggered, this,
            [this] { m_comparison->judge(m_comparison->judgedTurn(), VerdictKind::Tie); });
    connect(actions->allBad, &QAction::triggered, this,
            [this] { m_comparison->judge(m_comparison->judgedTurn(), VerdictKind::AllBad); });
    connect(actions->note, &QAction::triggered, this, &VerdictBar::writeNote);
    connect(actions->previousTurn, &QAction::triggered, this, [this] { m_comparison->stepJudgedTurn(-1); });
    connect(actions->nextTurn, &QAction::triggered, this, [this] { m_comparison->stepJudgedTurn(1); });
    for (const auto signal : {&SideBySide::comparisonChanged, &SideBySide::turnCountChanged})
        connect(comparison, signal, this, &VerdictBar::refresh);
    connect(comparison, &SideBySide::turnChanged, this, &VerdictBar::refresh);
    connect(comparison, &SideBySide::columnsChanged, this, &VerdictBar::rebuild);
    connect(theme, &Theme::changed, this, &VerdictBar::restyle);
    rebuild();
    restyle();
}

void VerdictBar::restyle()
{
    layout()->setContentsMargins(m_theme->px(Metric::between), m_theme->px(Metric::within),
                                 m_theme->px(Metric::between), 0);
    layout()->setSpacing(m_theme->px(Metric::step));
    m_flow->setSpacing(m_theme->px(Metric::within));
}

void VerdictBar::rebuild()
{
    // Who judged by keys goes on by keys, and does not find himself in the message.
    const bool hadFocus = std::ranges::find(m_buttons, window()->focusWidget()) != m_buttons.end();
    for (QPushButton *button : m_buttons) {
        button->hide();
        button->deleteLater();
    }
    m_buttons.clear();
    const auto add = [this](QAction *action, const QString &name) {
        auto *button = new QPushButton(this);
        button->setObjectName(name);
        setButtonKind(button, ButtonKind::Plain);
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        m_flow->addWidget(button);
        // At once, not when its layout gets to it: it may be given the keyboard below.
        button->show();
        m_buttons.push_back(button);
    };
    for (int column = 0; column < m_comparison->columnCount(); ++column)
        add(m_actions->better[size_t(column)], u"better%1Button"_s.arg(column + 1));
    add(m_actions->tie, u"tieButton"_s);
    add(m_actions->allBad, u"allBadButton"_s);
    add(m_actions->note, u"noteButton"_s);
    refresh();
    if (hadFocus)
        focusButtons();
}

void VerdictBar::refresh()
{
    const int turn = m_comparison->judgedTurn();
    const int columns = m_comparison->columnCount();
    setVisible(turn >= 0 && columns > 1 && (!m_isCompact || !m_note->isHidden()));
    for (size_t i = 0; i < m_actions->better.size(); ++i)
        m_actions->better[i]->setEnabled(turn >= 0 && int(i) < columns);
    for (QAction *action : {m_actions->tie, m_actions->allBad, m_actions->note})
        action->setEnabled(turn >= 0 && columns > 1);
    m_question->setText(m_comparison->judgeableCount() > 1 ? tr("Turn %1: which is better?").arg(turn + 1)
                                                           : tr("Which is better?"));
    m_actions->previousTurn->setEnabled(turn > 0);
    m_actions->nextTurn->setEnabled(turn >= 0 && turn + 1 < m_comparison->judgeableCount());
    m_actions->allBad->setText(columns == 2 ? tr("Both bad") : tr("All bad"));
    const TurnVerdict *verdict = turn >= 0 ? m_comparison->verdict(turn) : nullptr;
    for (int i = 0; i < int(m_buttons.size()); ++i) {
        const bool isColumn = i < columns;
        const QAction *action = isColumn ? m_actions->better[size_t(i)]
            : i == columns               ? m_actions->tie
            : i == columns + 1           ? m_actions->allBad
                                         : m_actions->note;
        const QString name = isColumn ? m_comparison->columnName(i) : action->text();
        const bool isChosen = verdict
            && (isColumn ? verdict->kind == VerdictKind::Better
                        && verdict->better == m_comparison->comparison().shown()[size_t(i)]
                    : i == columns     ? verdict->kind == VerdictKind::Tie
                    : i == columns + 1 ? verdict->kind == VerdictKind::AllBad
                                       : false);
        const QString key = action->shortcut().toString(QKeySequence::NativeText);
        QPushButton *button = m_buttons[size_t(i)];
        button->setText(QString(isChosen ? u"✓ "_s : QString()) + QString(name).replace(u'&', u"&&"_s)
                        + u"  "_s + key);
        button->setAccessibleName(!isColumn      ? name
                                      : isChosen ? tr("%1 is better, chosen").arg(name)
                                                 : tr("%1 is better").arg(name));
        button->setToolTip(tr("Key %1, while nobody types").arg(key));
    }
    m_tally->setText(tallyWords());
    m_tally->setVisible(!m_tally->text().isEmpty());
}

QString VerdictBar::tallyWords() const
{
    const Tally tally = tallyOf(m_comparison->comparison());
    if (tally.judged == 0)
        return {};
    // Told now, it would tell which column one has chosen.
    if (m_comparison->isBlind())
        return tr("%n turn(s) judged", nullptr, int(tally.judged));
    QStringList words{tr("%n turn(s) judged", nullptr, int(tally.judged))};
    for (const auto &[column, count] : tally.better) {
        const Interval interval = tally.rateOf(column).interval();
        words.append(tr("%1 better in %2 (%3 to %4 %)")
                         .arg(m_comparison->trueName(column))
                         .arg(count)
                         .arg(std::lround(interval.low * 100))
                         .arg(std::lround(interval.high * 100)));
    }
    if (tally.ties > 0)
        words.append(tr("%n tie(s)", nullptr, int(tally.ties)));
    if (tally.allBad > 0)
        words.append(tr("all bad in %1").arg(tally.allBad));
    if (tally.blind > 0)
        words.append(tr("%1 of them blind").arg(tally.blind));
    return words.join(u" · "_s);
}

void VerdictBar::writeNote()
{
    m_noted = m_comparison->judgedTurn();
    if (m_noted < 0)
        return;
    m_note->setText(m_comparison->note(m_noted));
    m_note->show();
    refresh();
    m_note->setFocus(Qt::OtherFocusReason);
}

void VerdictBar::keepNote(bool isKept)
{
    const QString text = m_note->text();
    m_note->hide();
    refresh();
    focusButtons();
    if (isKept && m_noted >= 0)
        m_comparison->setNote(std::exchange(m_noted, -1), text);
}

void VerdictBar::setCompact(bool isCompact)
{
    if (std::exchange(m_isCompact, isCompact) != isCompact)
        refresh();
}

bool VerdictBar::cancelNote()
{
    if (m_note->isHidden())
        return false;
    keepNote(false);
    return true;
}

void VerdictBar::focusButtons()
{
    if (!m_buttons.empty() && isVisible())
        m_buttons.front()->setFocus(Qt::TabFocusReason);
}

} // namespace Parlance
