// SPDX-License-Identifier: Apache-2.0
#include "compare/replaybar.h"

#include "compare/replaying.h"
#include "dialogs/elidinglabel.h"
#include "theme/metrics.h"
#include "theme/style.h"
#include "theme/theme.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Parlance {

ReplayBar::ReplayBar(const Theme *theme, Replaying *replaying, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_replaying(replaying)
    , m_row(new QHBoxLayout(this))
    , m_controls(new QHBoxLayout)
    , m_state(new ElidingLabel(this))
    , m_pauses(new QCheckBox(tr("Pause at a difference"), this))
    , m_goOn(new QPushButton(tr("Go on"), this))
    , m_stop(new QPushButton(tr("Stop"), this))
{
    setObjectName(u"replayBar"_s);
    m_state->setObjectName(u"replayState"_s);
    m_state->setTextFormat(Qt::PlainText);
    m_pauses->setObjectName(u"pauseAtDifference"_s);
    m_pauses->setToolTip(tr("Wait at the first turn that differs from what it was"));
    m_goOn->setObjectName(u"goOnReplaying"_s);
    m_goOn->setToolTip(tr("Ask the next turn, and those after it"));
    setButtonKind(m_goOn, ButtonKind::Accent);
    m_stop->setObjectName(u"stopReplaying"_s);
    m_stop->setAccessibleName(tr("Stop the replay"));
    m_stop->setToolTip(tr("Stop the answers, and ask no more"));
    setButtonKind(m_stop, ButtonKind::Danger);
    m_row->addWidget(m_state, 1);
    m_row->addLayout(m_controls);
    m_controls->addWidget(m_pauses);
    m_controls->addWidget(m_goOn);
    m_controls->addWidget(m_stop);
    connect(m_pauses, &QCheckBox::toggled, replaying, &Replaying::setPausesAtDifference);
    connect(m_goOn, &QPushButton::clicked, this, &ReplayBar::goOnAsked);
    connect(m_stop, &QPushButton::clicked, replaying, &Replaying::stop);
    connect(replaying, &Replaying::changed, this, &ReplayBar::refresh);
    connect(theme, &Theme::changed, this, &ReplayBar::restyle);
    restyle();
    refresh();
}

void ReplayBar::restyle()
{
    m_row->setContentsMargins(m_theme->px(Metric::between), m_theme->px(Metric::within),
                              m_theme->px(Metric::between), 0);
    m_row->setSpacing(m_theme->px(Metric::within));
    m_controls->setSpacing(m_theme->px(Metric::inset));
    m_state->setFont(m_theme->font(FontRole::Small));
}

void ReplayBar::refresh()
{
    const Replaying::State state = m_replaying->state();
    setVisible(m_replaying->turnCount() > 0 && state != Replaying::State::Done);
    m_state->setText(stateWords());
    m_pauses->setChecked(m_replaying->pausesAtDifference());
    m_goOn->setVisible(state == Replaying::State::Waiting);
    m_goOn->setText(m_replaying->askedCount() == 0 ? tr("Replay") : tr("Go on"));
    m_stop->setVisible(state == Replaying::State::Asking);
    arrange();
}

// The words stand above the rest where there is no room beside it.
void ReplayBar::arrange()
{
    const QMargins margins = m_row->contentsMargins();
    const int wanted = m_state->sizeHint().width() + m_row->spacing() + m_controls->sizeHint().width();
    const bool fits = wanted <= width() - margins.left() - margins.right();
    m_row->setDirection(fits ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

void ReplayBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

QString ReplayBar::stateWords() const
{
    const int asked = m_replaying->askedCount();
    QString progress = tr("%1 of %n turn(s) replayed", nullptr, m_replaying->turnCount()).arg(asked);
    switch (m_replaying->pause()) {
    case Replaying::Pause::Difference:
        return tr("%1. Turn %2 differs from what it was.").arg(progress).arg(asked);
    case Replaying::Pause::Failure:
        return tr("%1. Turn %2 has no whole answer. Retry it there, or go on without.")
            .arg(progress)
            .arg(asked);
    case Replaying::Pause::Command:
        return tr("%1. What comes next is a command.").arg(progress);
    case Replaying::Pause::None:
        break;
    }
    return progress;
}

} // namespace Parlance
