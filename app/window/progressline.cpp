// SPDX-License-Identifier: Apache-2.0
#include "window/progressline.h"

#include "theme/metrics.h"
#include "theme/theme.h"

using namespace Qt::StringLiterals;

namespace Parlance {

ProgressLine::ProgressLine(const Theme *theme, QWidget *parent)
    : QLabel(parent)
    , m_theme(theme)
{
    setObjectName(u"progressNote"_s);
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    hide();
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
    setText(note);
    setAccessibleName(note);
    setVisible(!note.isEmpty());
}

void ProgressLine::restyle()
{
    setFont(m_theme->font(FontRole::Small));
    // In line with the words in the composer.
    setContentsMargins(m_theme->px(Metric::progressEdge), m_theme->px(Metric::step),
                       m_theme->px(Metric::progressEdge), 0);
    QPalette quiet = palette();
    quiet.setColor(QPalette::WindowText, m_theme->colour(ColourRole::InkQuiet));
    setPalette(quiet);
}

} // namespace Parlance
