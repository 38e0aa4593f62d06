// SPDX-License-Identifier: Apache-2.0
#include "compare/comparehead.h"

#include "compare/compareactions.h"
#include "compare/sidebyside.h"
#include "dialogs/elidinglabel.h"
#include "dialogs/themedlabel.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "window/chip.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString tipOf(const QAction *action)
{
    return CompareHead::tr("%1 (%2)").arg(action->text(),
                                          action->shortcut().toString(QKeySequence::NativeText));
}

} // namespace

CompareHead::CompareHead(const Theme *theme, SideBySide *comparison, CompareActions *actions, QWidget *parent)
    : Panel(theme, ColourRole::Page, Qt::BottomEdge, parent)
    , m_comparison(comparison)
    , m_actions(actions)
    , m_row(new QHBoxLayout(this))
    , m_title(new ElidingLabel(this))
    , m_baseline(new Chip(theme, this))
    , m_show(new Chip(theme, this))
    , m_blind(new Chip(theme, this))
    , m_add(new Chip(theme, this))
    , m_export(new Chip(theme, this))
    , m_changes(new ThemedLabel(theme, FontRole::Small, ColourRole::InkFaint, {}, this))
    , m_previous(new QToolButton(this))
    , m_next(new QToolButton(this))
{
    setObjectName(u"compareHead"_s);
    m_title->setObjectName(u"comparedAgent"_s);
    m_title->setTextFormat(Qt::PlainText);
    m_baseline->setObjectName(u"baseline"_s);
    m_baseline->setAccessibleName(tr("Baseline"));
    m_baseline->setToolTip(tr("The column that the others are compared with"));
    m_baseline->setOpensSomething(true);
    connect(m_baseline, &QPushButton::clicked, this, &CompareHead::openBaselines);
    m_show->setObjectName(u"showAll"_s);
    m_show->setToolTip(tipOf(actions->hideEqual));
    connect(m_show, &QPushButton::clicked, actions->hideEqual, &QAction::trigger);
    connect(actions->hideEqual, &QAction::toggled, this, &CompareHead::refresh);
    m_blind->setObjectName(u"blindChip"_s);
    m_blind->setToolTip(tr("Hide which column is which while you judge (%1)")
                            .arg(actions->blind->shortcut().toString(QKeySequence::NativeText)));
    connect(m_blind, &QPushButton::clicked, actions->blind, &QAction::trigger);
    m_add->setObjectName(u"addColumnChip"_s);
    m_add->setAccessibleName(tr("Add a column"));
    m_add->setWords({}, tr("Add"));
    m_add->setToolTip(tipOf(actions->addColumn));
    connect(m_add, &QPushButton::clicked, actions->addColumn, &QAction::trigger);
    m_export->setObjectName(u"exportComparison"_s);
    m_export->setAccessibleName(tr("Export"));
    m_export->setWords({}, tr("Export"));
    m_export->setToolTip(tr("Hand this comparison over"));
    m_export->setOpensSomething(true);
    connect(m_export, &QPushButton::clicked, this, &CompareHead::openExports);
    m_changes->setObjectName(u"changes"_s);
    const auto prepare = [](QToolButton *button, QAction *action, const QString &name) {
        button->setObjectName(name);
        button->setAccessibleName(action->text());
        button->setToolTip(tipOf(action));
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &QToolButton::clicked, action, &QAction::trigger);
    };
    prepare(m_previous, actions->previousChange, u"previousChangeButton"_s);
    prepare(m_next, actions->nextChange, u"nextChangeButton"_s);
    m_row->addWidget(m_title, 1);
    for (QWidget *widget :
         {static_cast<QWidget *>(m_baseline), static_cast<QWidget *>(m_show), static_cast<QWidget *>(m_blind),
          static_cast<QWidget *>(m_add), static_cast<QWidget *>(m_export)})
        m_row->addWidget(widget);
    m_row->addSpacing(theme->px(Metric::between));
    m_row->addWidget(m_changes);
    m_row->addWidget(m_previous);
    m_row->addWidget(m_next);
    connect(comparison, &SideBySide::comparisonChanged, this, &CompareHead::refresh);
    connect(comparison, &SideBySide::columnsChanged, this, &CompareHead::refresh);
    connect(theme, &Theme::changed, this, &CompareHead::restyle);
    restyle();
    refresh();
    setChanges(-1, 0);
}

void CompareHead::restyle()
{
    const Theme &theme = *m_theme;
    setFixedHeight(theme.px(Metric::headerHeight));
    m_row->setContentsMargins(theme.px(Metric::between), 0, theme.px(Metric::between), 0);
    m_row->setSpacing(theme.px(Metric::within));
    QFont font = theme.font(FontRole::Heading3);
    font.setPixelSize(theme.px(Metric::agentName));
    m_title->setFont(font);
    m_previous->setIcon(icon(IconName::ChevronUp, theme, ColourRole::InkQuiet));
    m_next->setIcon(icon(IconName::ChevronDown, theme, ColourRole::InkQuiet));
    for (QToolButton *button : {m_previous, m_next})
        button->setFixedSize(theme.px(Metric::smallControl), theme.px(Metric::smallControl));
}

void CompareHead::refresh()
{
    const bool isBlind = m_comparison->isBlind();
    const QString title = m_comparison->comparison().title;
    m_title->setText(m_comparison->isReplay() ? tr("Replay: %1").arg(title) : tr("Compare: %1").arg(title));
    const QString baseline = isBlind ? tr("hidden") : m_comparison->columnName(m_comparison->baseline());
    m_baseline->setWords(baseline, tr("baseline"));
    m_baseline->setAccessibleDescription(baseline);
    m_baseline->setEnabled(!isBlind);
    const bool hides = m_actions->hideEqual->isChecked();
    m_show->setWords({}, hides ? tr("Only differences") : tr("Show all"));
    m_show->setAccessibleName(hides ? tr("Only differences") : tr("Show all"));
    m_blind->setWords({}, isBlind ? tr("Blind on") : tr("Blind off"));
    m_blind->setAccessibleName(isBlind ? tr("Blind on") : tr("Blind off"));
    m_add->setEnabled(!isBlind && m_comparison->columnCount() < SideBySide::mostColumns);
    m_actions->addColumn->setEnabled(m_add->isEnabled());
    m_actions->blind->setChecked(isBlind);
    // It would tell which is which.
    m_export->setEnabled(!isBlind);
    for (QAction *action : {m_actions->copyIssue, m_actions->exportEvidence})
        action->setEnabled(!isBlind);
    arrange();
}

void CompareHead::setChanges(int current, int count)
{
    m_changes->setText(count == 0        ? tr("no differences")
                           : current < 0 ? tr("%n difference(s)", nullptr, count)
                                         : tr("difference %1 of %2").arg(current + 1).arg(count));
    for (QWidget *widget : {static_cast<QWidget *>(m_previous), static_cast<QWidget *>(m_next)})
        widget->setEnabled(count > 0);
    m_hasChanges = !m_comparison->isBlind() && m_comparison->judgeableCount() > 0;
    arrange();
}

// What has a key and stands in no picture of the answers goes first where room is short.
void CompareHead::arrange()
{
    const QMargins margins = m_row->contentsMargins();
    int room = width() - margins.left() - margins.right() - m_theme->px(Metric::leastTitle);
    const auto take = [this, &room](QWidget *widget, bool isWished) {
        room -= widget->sizeHint().width() + m_row->spacing();
        widget->setVisible(isWished && room >= 0);
    };
    take(m_baseline, true);
    take(m_previous, true);
    take(m_next, true);
    take(m_blind, true);
    take(m_changes, m_hasChanges);
    take(m_show, true);
    take(m_add, true);
    take(m_export, true);
}

void CompareHead::resizeEvent(QResizeEvent *event)
{
    Panel::resizeEvent(event);
    arrange();
}

void CompareHead::openExports()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"exports"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_actions->copyIssue, m_actions->exportEvidence});
    menu->popup(m_export->mapToGlobal(QPoint(0, m_export->height())));
}

void CompareHead::openBaselines()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"baselines"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int column = 0; column < m_comparison->columnCount(); ++column) {
        QAction *choice =
            menu->addAction(m_comparison->columnName(column).replace(u'&', u"&&"_s), m_comparison,
                            [comparison = m_comparison, column] { comparison->setBaseline(column); });
        choice->setCheckable(true);
        choice->setChecked(column == m_comparison->baseline());
    }
    menu->popup(m_baseline->mapToGlobal(QPoint(0, m_baseline->height())));
}

} // namespace Parlance
