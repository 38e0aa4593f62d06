// SPDX-License-Identifier: Apache-2.0
#include "window/notices.h"

#include "theme/style.h"

#include <QGridLayout>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

//! Of a question, in letters.
constexpr int shortestLine = 44;

//! Qt makes it as narrow as its heading, and leaves room for an icon that is not there.
void giveRoom(QMessageBox &box)
{
    auto *grid = qobject_cast<QGridLayout *>(box.layout());
    if (!grid)
        return;
    QLayoutItem *indent = grid->itemAtPosition(0, 0);
    if (indent && indent->spacerItem())
        indent->spacerItem()->changeSize(0, 0);
    const int width = box.fontMetrics().averageCharWidth() * shortestLine;
    constexpr int words = 1; // their column
    grid->addItem(new QSpacerItem(width, 0), grid->rowCount(), words);
    grid->setColumnStretch(words, 1);
}

//! One strong sentence, what it means below it.
void emphasise(QMessageBox &box)
{
    box.setTextFormat(Qt::PlainText);
    // What is asked about may look like markup; the format is not passed on to the words below.
    for (QLabel *label : box.findChildren<QLabel *>())
        label->setTextFormat(Qt::PlainText);
    auto *sentence = box.findChild<QLabel *>(u"qt_msgbox_label"_s);
    if (!sentence)
        return;
    QFont strong = sentence->font();
    strong.setWeight(QFont::DemiBold);
    sentence->setFont(strong);
}

} // namespace

void Notices::show(const Notice &notice)
{
    const auto same = std::ranges::find(m_current, notice.key, &Notice::key);
    if (same == m_current.end())
        m_current.append(notice);
    else
        *same = notice;
    const int generation = ++m_generation;
    m_generations[notice.key] = generation;
    if (notice.lifetime.count() > 0) {
        QTimer::singleShot(notice.lifetime, this, [this, key = notice.key, generation] {
            if (m_generations.value(key) == generation)
                dismiss(key);
        });
    }
    Q_EMIT changed();
}

void Notices::dismiss(const QString &key)
{
    m_generations.remove(key);
    if (m_current.removeIf([&](const Notice &notice) { return notice.key == key; }) > 0)
        Q_EMIT changed();
}

void Notices::run(const QString &key)
{
    const Notice *notice = find(key);
    if (!notice)
        return;
    const std::function<void()> action = notice->action;
    dismiss(key);
    if (action)
        action();
}

const Notice *Notices::find(const QString &key) const
{
    const auto found = std::ranges::find(m_current, key, &Notice::key);
    return found == m_current.end() ? nullptr : &*found;
}

void Notices::ask(const Question &question, QWidget *parent, std::function<void()> onYes)
{
    auto *box =
        new QMessageBox(QMessageBox::NoIcon, question.title, question.title, QMessageBox::Cancel, parent);
    box->setObjectName(u"question"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(question.text);
    emphasise(*box);
    giveRoom(*box);
    QPushButton *yes = box->addButton(question.yes, QMessageBox::AcceptRole);
    yes->setObjectName(u"yes"_s);
    setButtonKind(yes, ButtonKind::Danger);
    box->setDefaultButton(QMessageBox::Cancel);
    setButtonKind(box->button(QMessageBox::Cancel), ButtonKind::Plain);
    connect(box, &QMessageBox::finished, this, [box, yes, onYes = std::move(onYes)] {
        if (box->clickedButton() == yes && onYes)
            onYes();
    });
    box->open();
}

void Notices::tell(const QString &title, const QString &text, QWidget *parent)
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, title, title, QMessageBox::Ok, parent);
    box->setObjectName(u"tell"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(text);
    emphasise(*box);
    giveRoom(*box);
    box->open();
}

} // namespace Parlance
