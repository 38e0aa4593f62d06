// SPDX-License-Identifier: Apache-2.0
#include "suites/judgebar.h"

#include "dialogs/themedlabel.h"
#include "search/flowlayout.h"
#include "suites/suiteactions.h"
#include "theme/metrics.h"
#include "theme/style.h"

#include <QAction>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

JudgeBar::JudgeBar(const Theme *theme, SuiteActions *actions, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_flow(new FlowLayout)
    , m_field(new QLineEdit(this))
    , m_note(new ThemedLabel(theme, FontRole::Small, ColourRole::InkQuiet, {}, this))
{
    setObjectName(u"judgeBar"_s);
    for (QAction *action : {actions->pass, actions->fail, actions->skip, actions->note}) {
        auto *button = new QPushButton(this);
        button->setObjectName(action->objectName() + u"Button"_s);
        button->setToolTip(
            tr("Key %1, while nobody types").arg(action->shortcut().toString(QKeySequence::NativeText)));
        setButtonKind(button, ButtonKind::Plain);
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        m_flow->addWidget(button);
        m_buttons.emplace_back(action, button);
    }
    m_field->setObjectName(u"cellNote"_s);
    m_field->setAccessibleName(tr("Note"));
    m_field->setPlaceholderText(tr("Note on this answer"));
    m_field->hide();
    m_note->setObjectName(u"cellNoteText"_s);
    m_note->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->addLayout(m_flow);
    column->addWidget(m_field);
    column->addWidget(m_note);
    connect(m_field, &QLineEdit::returnPressed, this, [this] {
        const QString note = m_field->text().trimmed();
        m_field->hide();
        Q_EMIT noteWritten(note);
    });
    connect(theme, &Theme::changed, this, &JudgeBar::restyle);
    restyle();
}

void JudgeBar::restyle()
{
    layout()->setContentsMargins(0, 0, 0, 0);
    layout()->setSpacing(m_theme->px(Metric::step));
    m_flow->setSpacing(m_theme->px(Metric::within));
}

void JudgeBar::show(const std::optional<PersonVerdict> &verdict, const QString &note)
{
    m_kept = note;
    for (std::size_t index = 0; index < m_buttons.size(); ++index) {
        const auto &[action, button] = m_buttons[index];
        const bool isChosen = verdict && std::size_t(*verdict) == index;
        button->setText((isChosen ? u"✓ "_s : QString()) + action->text() + u"  "_s
                        + action->shortcut().toString(QKeySequence::NativeText));
        button->setAccessibleName(isChosen ? tr("%1, chosen").arg(action->text()) : action->text());
    }
    m_field->hide();
    m_note->setText(tr("Note: %1").arg(note));
    m_note->setVisible(!note.isEmpty());
}

void JudgeBar::writeNote()
{
    m_field->setText(m_kept);
    m_field->show();
    m_field->setFocus();
    m_field->selectAll();
}

bool JudgeBar::cancelNote()
{
    if (m_field->isHidden())
        return false;
    m_field->hide();
    return true;
}

} // namespace Parlance
