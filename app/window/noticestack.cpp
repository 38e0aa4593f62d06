// SPDX-License-Identifier: Apache-2.0
#include "window/noticestack.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/panel.h"
#include "theme/style.h"
#include "theme/theme.h"
#include "window/notices.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct ToneColours
{
    ColourRole ground;
    ColourRole ink;
};

ToneColours coloursOf(NoticeTone tone)
{
    switch (tone) {
    case NoticeTone::Plain:
        return {ColourRole::Pane, ColourRole::Ink};
    case NoticeTone::Caution:
        return {ColourRole::CautionGround, ColourRole::Caution};
    case NoticeTone::Bad:
        return {ColourRole::BadGround, ColourRole::Bad};
    }
    return {ColourRole::Pane, ColourRole::Ink};
}

} // namespace

NoticeStack::NoticeStack(const Theme *theme, Notices *notices, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_notices(notices)
    , m_layout(new QVBoxLayout(this))
{
    setObjectName(u"notices"_s);
    setAccessibleName(tr("Notices"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    connect(notices, &Notices::changed, this, &NoticeStack::rebuild);
    connect(theme, &Theme::changed, this, &NoticeStack::rebuild);
    rebuild();
}

void NoticeStack::rebuild()
{
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        // The click that dismisses a notice may still be running inside one of these buttons.
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const Notice &notice : m_notices->current())
        m_layout->addWidget(bar(notice));
    setVisible(!m_notices->current().isEmpty());
}

QWidget *NoticeStack::bar(const Notice &notice)
{
    const auto [ground, ink] = coloursOf(notice.tone);
    auto *panel = new Panel(m_theme, ground, Qt::BottomEdge, this);
    panel->setObjectName("notice-"_L1 + notice.key);
    panel->setAccessibleName(notice.text);
    auto *row = new QHBoxLayout(panel);
    row->setContentsMargins(m_theme->px(Metric::apart), m_theme->px(Metric::snug), m_theme->px(Metric::inset),
                            m_theme->px(Metric::snug));
    row->setSpacing(m_theme->px(Metric::within));
    if (notice.tone != NoticeTone::Plain) {
        auto *mark = new QLabel(panel);
        mark->setPixmap(iconPixmap(IconName::Warning, m_theme->colour(ink), m_theme->px(Metric::icon),
                                   devicePixelRatioF()));
        row->addWidget(mark);
    }
    auto *text = new QLabel(notice.text, panel);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setFont(m_theme->font(FontRole::Small));
    QPalette palette = text->palette();
    palette.setColor(QPalette::WindowText, m_theme->colour(ink));
    text->setPalette(palette);
    text->setAccessibleName(notice.text);
    row->addWidget(text, 1);
    const QString key = notice.key;
    if (!notice.actionText.isEmpty()) {
        auto *button = new QPushButton(notice.actionText, panel);
        button->setObjectName("notice-action-"_L1 + key);
        button->setAccessibleName(notice.actionText);
        button->setFont(m_theme->font(FontRole::Small));
        setButtonKind(button, ButtonKind::Plain);
        connect(button, &QPushButton::clicked, m_notices, [this, key] { m_notices->run(key); });
        row->addWidget(button);
    }
    auto *close = new QToolButton(panel);
    close->setObjectName("notice-close-"_L1 + key);
    close->setIcon(icon(IconName::Close, *m_theme, ink));
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::TabFocus);
    close->setAccessibleName(tr("Dismiss"));
    close->setToolTip(tr("Dismiss"));
    connect(close, &QToolButton::clicked, m_notices, [this, key] { m_notices->dismiss(key); });
    row->addWidget(close);
    return panel;
}

} // namespace Parlance
