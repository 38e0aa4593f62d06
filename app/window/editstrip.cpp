// SPDX-License-Identifier: Apache-2.0
#include "window/editstrip.h"

#include "dialogs/elidinglabel.h"
#include "theme/metrics.h"
#include "theme/style.h"
#include "theme/theme.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QCoreApplication>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::EditStrip)
};

} // namespace

QString sessionWords(AttemptSession session, bool sendsHistory)
{
    if (session == AttemptSession::Current)
        return Words::tr("The agent still remembers what came after.");
    return sendsHistory ? Words::tr("The agent is told what is above, nothing more.")
                        : Words::tr("The agent remembers nothing, not even what is above.");
}

EditStrip::EditStrip(const Theme *theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_rows(new QVBoxLayout(this))
    , m_row(new QHBoxLayout)
    , m_title(new ElidingLabel(tr("Editing a sent message"), this))
    , m_session(new QComboBox(this))
    , m_note(new ElidingLabel(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    setObjectName(u"editStrip"_s);
    m_session->setObjectName(u"editSession"_s);
    m_session->setAccessibleName(tr("Send it again in"));
    m_session->setToolTip(tr("The session it is sent in"));
    m_session->addItem(tr("This session"), int(AttemptSession::Current));
    m_session->addItem(tr("A new session"), int(AttemptSession::New));
    m_note->setObjectName(u"editNote"_s);
    m_note->setTextFormat(Qt::PlainText);
    m_cancel->setObjectName(u"editCancel"_s);
    m_cancel->setAccessibleName(tr("Cancel editing"));
    m_cancel->setToolTip(tr("Leave the message as it was (Esc)"));
    setButtonKind(m_cancel, ButtonKind::Flat);
    m_row->addWidget(m_title);
    m_row->addWidget(m_session);
    m_row->addStretch();
    m_row->addWidget(m_cancel);
    m_rows->addLayout(m_row);
    m_rows->addWidget(m_note);
    connect(m_session, &QComboBox::currentIndexChanged, this, &EditStrip::explain);
    connect(m_cancel, &QPushButton::clicked, this, &EditStrip::cancelled);
    connect(theme, &Theme::changed, this, &EditStrip::restyle);
    restyle();
    explain();
    hide();
}

void EditStrip::begin(const Chat &chat, const MessageId &message)
{
    m_sendsHistory = chat.sendsHistory();
    m_session->setCurrentIndex(m_session->findData(int(chat.suggestedSession(message))));
    explain();
    show();
}

AttemptSession EditStrip::session() const
{
    return AttemptSession(m_session->currentData().toInt());
}

void EditStrip::setCompact(bool isCompact)
{
    m_note->setVisible(!isCompact);
}

void EditStrip::explain()
{
    const QString words = sessionWords(session(), m_sendsHistory);
    m_note->setText(words);
    m_session->setAccessibleDescription(words);
}

void EditStrip::restyle()
{
    m_rows->setContentsMargins(m_theme->px(Metric::frameInset), 0, 0, 0);
    m_rows->setSpacing(m_theme->px(Metric::step));
    m_row->setSpacing(m_theme->px(Metric::within));
    m_title->setFont(m_theme->font(FontRole::SmallStrong));
    m_session->setFont(m_theme->font(FontRole::Small));
    m_cancel->setFont(m_theme->font(FontRole::Small));
    m_note->setFont(m_theme->font(FontRole::Small));
    QPalette faint = m_note->palette();
    faint.setColor(QPalette::WindowText, m_theme->colour(ColourRole::InkFaint));
    m_note->setPalette(faint);
}

} // namespace Parlance
