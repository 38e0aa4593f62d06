// SPDX-License-Identifier: Apache-2.0
#include "compare/turnview.h"

#include "chat/chat.h"
#include "chat/typedwords.h"
#include "core/attachment.h"
#include "dialogs/themedlabel.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString askedWords(const Message &question)
{
    QStringList words{typedText(question)};
    for (const Attachment &file : attachmentsOf(question))
        words.append(file.name);
    words.removeAll(QString());
    return words.join(u'\n');
}

} // namespace

TurnView::TurnView(const Theme *theme, SideBySide *comparison, int turn, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_comparison(comparison)
    , m_turn(turn)
    , m_words(new QWidget(this))
    , m_number(new ThemedLabel(theme, FontRole::Small, ColourRole::InkFaint, tr("Turn %1").arg(turn + 1)))
    , m_question(new ThemedLabel(theme, FontRole::Body, ColourRole::Ink))
    , m_note(new ThemedLabel(theme, FontRole::Small, ColourRole::InkQuiet))
    , m_equal(
          new ThemedLabel(theme, FontRole::Small, ColourRole::InkFaint, tr("All answers are the same"), this))
    , m_answers(new QWidget(this))
    , m_row(new QHBoxLayout(m_answers))
{
    setObjectName(u"turn"_s);
    auto *words = new QVBoxLayout(m_words);
    words->addWidget(m_number);
    words->addWidget(m_question);
    words->addWidget(m_note);
    for (ThemedLabel *label : {m_question, m_note}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(0);
    for (int column = 0; column < comparison->columnCount(); ++column) {
        auto *cell = new AnswerCell(theme, m_answers);
        m_row->addWidget(cell, 1);
        m_cells.push_back(cell);
    }
    auto *column = new QVBoxLayout(this);
    column->setSpacing(0);
    column->addWidget(m_words);
    column->addWidget(m_equal);
    column->addWidget(m_answers);
    connect(theme, &Theme::changed, this, &TurnView::restyle);
    restyle();
    refresh();
}

void TurnView::restyle()
{
    const int side = m_theme->px(Metric::between);
    layout()->setContentsMargins(0, m_theme->px(Metric::inset), 0, 0);
    m_words->layout()->setContentsMargins(2 * side, m_theme->px(Metric::bubbleRise), 2 * side,
                                          m_theme->px(Metric::bubbleRise));
    m_words->layout()->setSpacing(m_theme->px(Metric::tight));
    m_equal->setContentsMargins(2 * side, m_theme->px(Metric::within), 2 * side, 0);
    update();
}

QString TurnView::partWords(int column) const
{
    QStringList words;
    const auto &shown = m_comparison->comparison().shown();
    if (!m_comparison->isBlind() && column == m_comparison->baseline())
        words.append(tr("baseline"));
    const TurnVerdict *verdict = m_comparison->verdict(m_turn);
    if (verdict && verdict->kind == VerdictKind::Tie)
        words.append(tr("tie"));
    else if (verdict && verdict->kind == VerdictKind::AllBad)
        words.append(tr("bad"));
    else if (verdict && verdict->better == shown[size_t(column)])
        words.append(tr("✓ better"));
    return words.join(u" · "_s);
}

void TurnView::refresh()
{
    const Message *question = m_comparison->question(m_turn);
    m_question->setText(question ? askedWords(*question) : QString());
    m_words->setAccessibleName(tr("Turn %1: %2").arg(m_turn + 1).arg(m_question->text()));
    QString number = m_comparison->isChosen(m_turn) ? tr("Turn %1 · judged now").arg(m_turn + 1)
                                                    : tr("Turn %1").arg(m_turn + 1);
    if (m_comparison->isBlind() && m_comparison->wasNamed(m_turn))
        number += tr(" · seen by name before, so no verdict on it is blind");
    m_number->setText(number);
    const QString note = m_comparison->note(m_turn);
    m_note->setText(tr("Note: %1").arg(note));
    m_note->setVisible(!note.isEmpty());
    bool isEqual = !m_comparison->isBlind() && columnCount() > 1;
    for (int column = 0; column < columnCount(); ++column) {
        const ComparedCell cell = m_comparison->cell(m_turn, column);
        isEqual = isEqual && !(cell.facts && cell.facts->isFailed)
            && (column == m_comparison->baseline() || (cell.diff && cell.diff->isSame()));
        const Chat *chat = m_comparison->chat(column);
        m_cells[size_t(column)]->show({.name = m_comparison->columnName(column),
                                       .part = partWords(column),
                                       .detail = m_comparison->columnDetail(m_turn, column),
                                       .isBlind = m_comparison->isBlind(),
                                       .onlyDifferent = m_hidesEqual,
                                       .hidden = m_comparison->hiddenWords(),
                                       .turn = m_turn},
                                      cell, chat && !m_comparison->isBlind() ? &chat->agent() : nullptr);
    }
    m_equal->setVisible(m_hidesEqual && isEqual);
    m_answers->setVisible(!m_hidesEqual || !isEqual);
}

void TurnView::setHidesEqual(bool hides)
{
    if (std::exchange(m_hidesEqual, hides) != hides)
        refresh();
}

void TurnView::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int side = m_theme->px(Metric::between);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme->colour(ColourRole::You));
    const qreal corner = m_theme->px(Metric::bubbleCorner);
    painter.drawRoundedRect(QRectF(m_words->geometry()).adjusted(side, 0, -side, 0), corner, corner);
    if (m_answers->isHidden())
        return;
    for (int column = 1; column < columnCount(); ++column) {
        const int x = m_cells[size_t(column)]->mapTo(this, QPoint()).x();
        painter.fillRect(x, m_answers->y(), 1, m_answers->height(), m_theme->colour(ColourRole::Line));
    }
}

} // namespace Parlance
