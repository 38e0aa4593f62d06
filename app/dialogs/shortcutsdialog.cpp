// SPDX-License-Identifier: Apache-2.0
#include "dialogs/shortcutsdialog.h"

#include "dialogs/themedlabel.h"
#include "theme/metrics.h"

#include <QAction>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString keysOf(const QAction &action)
{
    QStringList keys;
    for (const QKeySequence &sequence : action.shortcuts())
        keys.append(sequence.toString(QKeySequence::NativeText));
    return keys.join(u", "_s);
}

QString nameOf(const QAction &action)
{
    QString name = action.statusTip().isEmpty() ? action.text() : action.statusTip();
    name.remove(u'&');
    if (name.endsWith(u'…'))
        name.chop(1);
    return name;
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const Theme *theme, const QList<ActionGroup> &groups, SendKey sendKey,
                                 QWidget *parent)
    : FormDialog(theme, tr("Shortcuts"), {}, parent)
    , m_filter(new QLineEdit)
{
    setObjectName(u"shortcutsDialog"_s);
    m_filter->setObjectName(u"filterShortcuts"_s);
    m_filter->setAccessibleName(tr("Find a shortcut"));
    m_filter->setPlaceholderText(tr("Find a shortcut"));
    m_filter->setClearButtonEnabled(true);
    body()->addWidget(m_filter);
    addGap(body(), 8);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(theme->px(Metric::section));
    grid->setVerticalSpacing(theme->px(Metric::snug));
    grid->setColumnStretch(0, 1);
    body()->addLayout(grid);
    body()->addStretch();

    for (const ActionGroup &group : groups) {
        QList<std::pair<QString, QString>> rows;
        for (const QAction *action : group.actions) {
            if (!action->shortcut().isEmpty())
                rows.append({nameOf(*action), keysOf(*action)});
        }
        if (!rows.isEmpty())
            addGroup(grid, group.title, rows);
    }
    addFixedGroups(grid, sendKey);
    QPushButton *close = addDefaultButton(tr("Close"));
    close->setObjectName(u"close"_s);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_filter, &QLineEdit::textChanged, this, &ShortcutsDialog::filter);
}

void ShortcutsDialog::addFixedGroups(QGridLayout *grid, SendKey sendKey)
{
    const bool usesEnter = sendKey == SendKey::Enter;
    addGroup(grid, tr("Writing"),
             {{tr("Send, or queue while one streams"), usesEnter ? tr("Enter") : tr("Ctrl+Enter")},
              {tr("Break the line"), usesEnter ? tr("Shift+Enter") : tr("Enter")},
              {tr("Recall the last message"), tr("Up")}});
    addGroup(grid, tr("Reading"),
             {{tr("Go to the next, previous message"), tr("Down, Up")},
              {tr("Go into the message, and out again"), tr("Enter, Esc")},
              {tr("Go to the next link or button"), tr("Tab")},
              {tr("Move the caret inside a message"), tr("Arrows")},
              {tr("Select"), tr("Shift+arrows")},
              {tr("Copy the selection, or the message"),
               QKeySequence(QKeySequence::Copy).toString(QKeySequence::NativeText)},
              {tr("Open the menu of what has the keyboard"), tr("Shift+F10")},
              {tr("Scroll by a page"), tr("PgDown, PgUp")},
              {tr("Also scroll by a page"), tr("Space, Shift+Space")},
              {tr("Scroll down by a line"), tr("Ctrl+Down")},
              {tr("Scroll up by a line"), tr("Ctrl+Up")},
              {tr("Go to the end and follow"), tr("End")},
              {tr("Go to the beginning"), tr("Home")}});
    addGroup(
        grid, tr("Inspector"),
        {{tr("Copy the chosen event"), QKeySequence(QKeySequence::Copy).toString(QKeySequence::NativeText)},
         {tr("Next, previous match"), tr("Enter, Shift+Enter")}});
}

void ShortcutsDialog::addGroup(QGridLayout *grid, const QString &title,
                               const QList<std::pair<QString, QString>> &rows)
{
    auto *heading = new ThemedLabel(theme(), FontRole::SmallStrong, ColourRole::Ink, title);
    heading->setContentsMargins(0, theme()->px(m_rows.empty() ? Metric::step : Metric::between), 0, 0);
    grid->addWidget(heading, grid->rowCount(), 0, 1, 2);
    for (const auto &[name, keys] : rows) {
        Row row;
        row.heading = heading;
        row.name = new ThemedLabel(theme(), FontRole::Small, ColourRole::InkQuiet, name);
        row.name->setWordWrap(true);
        row.keys = new ThemedLabel(theme(), FontRole::SmallCode, ColourRole::Ink, keys);
        const int line = grid->rowCount();
        grid->addWidget(row.name, line, 0);
        grid->addWidget(row.keys, line, 1, Qt::AlignRight | Qt::AlignTop);
        m_rows.push_back(row);
    }
}

void ShortcutsDialog::filter(const QString &typed)
{
    for (const Row &row : m_rows)
        row.heading->hide();
    for (const Row &row : m_rows) {
        const bool fits = row.name->text().contains(typed, Qt::CaseInsensitive)
            || row.keys->text().contains(typed, Qt::CaseInsensitive);
        row.name->setVisible(fits);
        row.keys->setVisible(fits);
        if (fits)
            row.heading->show();
    }
}

} // namespace Parlance
