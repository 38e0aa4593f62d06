// SPDX-License-Identifier: Apache-2.0
#include "window/progressline.h"

#include "theme/metrics.h"
#include "theme/style.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

ProgressLine::ProgressLine(const Theme *theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_note(new QLabel)
    , m_tryNow(new QPushButton(tr("Try now")))
    , m_cancel(new QPushButton(tr("Cancel")))
{
    setObjectName(u"progressLine"_s);
    m_note->setObjectName(u"progressNote"_s);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_tryNow->setObjectName(u"tryNow"_s);
    m_tryNow->setToolTip(tr("Send the message again without waiting"));
    m_cancel->setObjectName(u"cancelRetry"_s);
    m_cancel->setAccessibleName(tr("Cancel trying again"));
    m_cancel->setToolTip(tr("Do not send the message again"));
    auto *row = new QHBoxLayout(this);
    row->addWidget(m_note, 1);
    for (QPushButton *button : {m_tryNow, m_cancel}) {
        setButtonKind(button, ButtonKind::Chip);
        row->addWidget(button);
    }
    hide();
    connect(m_tryNow, &QPushButton::clicked, this, [this] {
        if (m_chat)
            m_chat->tryNow();
    });
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_chat)
            m_chat->stop();
    });
    connect(theme, &Theme::changed, this, &ProgressLine::restyle);
    restyle();
}

void ProgressLine::setChat(Chat *chat)
{
    if (m_chat)
        m_chat->disconnect(this);
    m_chat = chat;
    if (chat)
        connect(chat, &Chat::progressNoteChanged, this, [this](const QString &note) {
            refresh();
            if (!note.isEmpty())
                Q_EMIT said(note);
        });
    refresh();
}

void ProgressLine::refresh()
{
    const QString note = m_chat ? m_chat->progressNote() : QString();
    m_note->setText(note);
    m_note->setAccessibleName(note);
    const bool isWaiting = m_chat && m_chat->isWaitingToRetry();
    m_tryNow->setVisible(isWaiting);
    m_cancel->setVisible(isWaiting);
    setVisible(!note.isEmpty());
}

void ProgressLine::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

void ProgressLine::place()
{
    // In line with the words of the page and in the composer, in a wide window too.
    const int side =
        std::max(m_theme->px(Metric::progressEdge), (width() - m_theme->px(Metric::readingColumn)) / 2);
    layout()->setContentsMargins(side, m_theme->px(Metric::step), side, 0);
}

void ProgressLine::restyle()
{
    place();
    layout()->setSpacing(m_theme->px(Metric::within));
    for (QWidget *part : QList<QWidget *>{m_note, m_tryNow, m_cancel})
        part->setFont(m_theme->font(FontRole::Small));
    QPalette quiet = m_note->palette();
    quiet.setColor(QPalette::WindowText, m_theme->colour(ColourRole::InkQuiet));
    m_note->setPalette(quiet);
}

} // namespace Parlance
