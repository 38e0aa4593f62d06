// SPDX-License-Identifier: Apache-2.0
#include "transcript/findbar.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

FindBar::FindBar(const Theme *theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_field(new QLineEdit(this))
    , m_count(new QLabel(this))
{
    setObjectName(u"findBar"_s);
    auto *row = new QHBoxLayout;
    m_rows = new QBoxLayout(QBoxLayout::LeftToRight, this);
    m_field->setObjectName(u"findField"_s);
    m_field->setAccessibleName(tr("Find in conversation"));
    m_field->setPlaceholderText(tr("Find"));
    m_field->installEventFilter(this);
    m_rows->addWidget(m_field, 1);
    m_rows->addLayout(row);
    m_count->setObjectName(u"findCount"_s);
    row->addWidget(m_count, 1);
    const auto addButton = [&](const QString &name, const QString &words, auto slot) {
        auto *button = new QToolButton(this);
        button->setObjectName(name);
        button->setAccessibleName(words);
        button->setToolTip(words);
        button->setAutoRaise(true);
        connect(button, &QToolButton::clicked, this, slot);
        row->addWidget(button);
        return button;
    };
    const auto addChoice = [&](const QString &name, const QString &sign, const QString &words) {
        QToolButton *button = addButton(name, words, [this] { Q_EMIT wordsChanged(m_field->text()); });
        button->setText(sign);
        button->setCheckable(true);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        return button;
    };
    m_matchCase = addChoice(u"findMatchCase"_s, tr("Aa"), tr("Match case"));
    m_wholeWords = addChoice(u"findWholeWords"_s, tr("“ ”"), tr("Whole words"));
    m_previous = addButton(u"findPrevious"_s, tr("Previous match"), [this] { Q_EMIT stepRequested(-1); });
    m_next = addButton(u"findNext"_s, tr("Next match"), [this] { Q_EMIT stepRequested(1); });
    QToolButton *close = addButton(u"findClose"_s, tr("Close"), [this] { Q_EMIT closeRequested(); });
    connect(m_field, &QLineEdit::textChanged, this, &FindBar::wordsChanged);
    const auto useTheme = [this, row, close] {
        m_rows->setContentsMargins(m_theme->px(Metric::within), m_theme->px(Metric::snug),
                                   m_theme->px(Metric::within), m_theme->px(Metric::snug));
        m_rows->setSpacing(m_theme->px(Metric::snug));
        row->setContentsMargins({});
        row->setSpacing(m_theme->px(Metric::step));
        row->setSpacing(m_theme->px(Metric::snug));
        m_field->setMinimumWidth(m_theme->px(Metric::findField));
        for (const auto &[button, name] : {std::pair{m_previous, IconName::ChevronUp},
                                           {m_next, IconName::ChevronDown},
                                           {close, IconName::Close}}) {
            button->setIcon(icon(name, *m_theme, ColourRole::InkQuiet));
            button->setIconSize({m_theme->px(Metric::icon), m_theme->px(Metric::icon)});
        }
    };
    connect(theme, &Theme::changed, this, useTheme);
    useTheme();
    setCount(-1, 0);
}

void FindBar::open()
{
    show();
    raise();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void FindBar::openWith(const QString &words)
{
    const QSignalBlocker quiet(m_field);
    m_field->setText(words);
    open();
}

QSize FindBar::fit(int most)
{
    const int wanted = std::min(m_theme->px(Metric::findBar), most);
    m_rows->setDirection(QBoxLayout::LeftToRight);
    if (m_rows->minimumSize().width() > most)
        m_rows->setDirection(QBoxLayout::TopToBottom);
    return {std::min(std::max(wanted, m_rows->minimumSize().width()), most), m_rows->sizeHint().height()};
}

QString FindBar::words() const
{
    return m_field->text();
}

FindOptions FindBar::options() const
{
    return {.matchesCase = m_matchCase->isChecked(), .wholeWords = m_wholeWords->isChecked()};
}

void FindBar::setCount(int current, int count, bool isSearching)
{
    if (words().isEmpty())
        m_count->clear();
    else if (count == 0)
        m_count->setText(isSearching ? tr("Searching…") : tr("Nothing found"));
    else if (isSearching)
        m_count->setText(tr("%1 of %2…").arg(current + 1).arg(count));
    else
        m_count->setText(tr("%1 of %2").arg(current + 1).arg(count));
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Escape) {
            Q_EMIT closeRequested();
            Q_EMIT escaped();
            return true;
        }
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            Q_EMIT stepRequested(key->modifiers() & Qt::ShiftModifier ? -1 : 1);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FindBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme->colour(ColourRole::Line));
    painter.setBrush(m_theme->colour(ColourRole::Page));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), m_theme->px(Metric::corner),
                            m_theme->px(Metric::corner));
}

} // namespace Parlance
