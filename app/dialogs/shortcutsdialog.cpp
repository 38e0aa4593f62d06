// SPDX-License-Identifier: Apache-2.0
#include "dialogs/shortcutsdialog.h"

#include "dialogs/themedlabel.h"

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
    QString name = action.text();
    name.remove(u'&');
    if (name.endsWith(u'…'))
        name.chop(1);
    return name;
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const Theme *theme, const QList<QAction *> &actions, QWidget *parent)
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
    grid->setHorizontalSpacing(theme->px(24));
    grid->setVerticalSpacing(theme->px(6));
    grid->setColumnStretch(0, 1);
    body()->addLayout(grid);
    body()->addStretch();

    QList<std::pair<QString, QString>> rows;
    for (const QAction *action : actions) {
        if (!action->shortcut().isEmpty())
            rows.append({nameOf(*action), keysOf(*action)});
    }
    addGroup(grid, tr("Window"), rows);
    addGroup(grid, tr("Message"),
             {{tr("Send, or queue while an answer streams"), tr("Enter")},
              {tr("Break the line"), tr("Shift+Enter")},
              {tr("Recall the last message, in an empty field"), tr("Up")}});
    addGroup(grid, tr("Conversation"),
             {{tr("Close what is open, then stop the answer"), tr("Esc")},
              {tr("Go to the end and follow"), tr("End")},
              {tr("Go to the beginning"), tr("Home")}});
    addGroup(
        grid, tr("Inspector"),
        {{tr("Copy the chosen event"), QKeySequence(QKeySequence::Copy).toString(QKeySequence::NativeText)},
         {tr("Next and previous match in an event"), tr("Enter, Shift+Enter")}});
    QPushButton *close = addDefaultButton(tr("Close"));
    close->setObjectName(u"close"_s);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_filter, &QLineEdit::textChanged, this, &ShortcutsDialog::filter);
}

void ShortcutsDialog::addGroup(QGridLayout *grid, const QString &title,
                               const QList<std::pair<QString, QString>> &rows)
{
    auto *heading = new ThemedLabel(theme(), FontRole::Label, ColourRole::InkFaint, title);
    heading->setContentsMargins(0, theme()->px(8), 0, 0);
    grid->addWidget(heading, grid->rowCount(), 0, 1, 2);
    for (const auto &[name, keys] : rows) {
        Row row;
        row.heading = heading;
        row.name = new ThemedLabel(theme(), FontRole::Body, ColourRole::Ink, name);
        row.name->setWordWrap(true);
        row.keys = new ThemedLabel(theme(), FontRole::SmallCode, ColourRole::InkQuiet, keys);
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
