// SPDX-License-Identifier: Apache-2.0
#include "window/header.h"

#include "chat/workspace.h"
#include "theme/style.h"
#include "window/actions.h"
#include "window/chip.h"
#include "window/qualifierpopup.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace Parlance {

QString shortSessionId(const QString &id)
{
    return id.size() <= 9 ? id : QString(id.first(4) % u'…' % id.last(4));
}

Header::Header(const Theme *theme, Workspace *workspace, Actions *actions, QWidget *parent)
    : Panel(theme, ColourRole::Page, Qt::BottomEdge, parent)
    , m_workspace(workspace)
    , m_actions(actions)
    , m_row(new QHBoxLayout(this))
    , m_agent(new QPushButton(this))
    , m_qualifier(new Chip(theme, this))
    , m_session(new Chip(theme, this))
    , m_state(new QLabel(this))
{
    setObjectName(u"header"_s);
    m_agent->setObjectName(u"agent"_s);
    m_agent->setAccessibleName(tr("Agent"));
    m_agent->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setButtonKind(m_agent, ButtonKind::Flat);
    connect(m_agent, &QPushButton::clicked, actions->editAgent, &QAction::trigger);

    m_qualifier->setObjectName(u"qualifier"_s);
    m_qualifier->setAccessibleName(tr("Qualifier"));
    m_qualifier->setOpensSomething(true);
    connect(m_qualifier, &QPushButton::clicked, this, &Header::openQualifier);

    m_session->setObjectName(u"session"_s);
    m_session->setAccessibleName(tr("Session"));
    m_session->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_session, &QPushButton::clicked, actions->copySession, &QAction::trigger);
    connect(m_session, &QWidget::customContextMenuRequested, this, &Header::openSessionMenu);

    m_state->setObjectName(u"state"_s);
    m_state->setTextFormat(Qt::PlainText);

    m_row->addWidget(m_agent);
    m_row->addWidget(m_qualifier);
    m_row->addWidget(m_session);
    m_row->addStretch(1);
    m_row->addWidget(m_state);
    connect(theme, &Theme::changed, this, &Header::restyle);
    connect(workspace->agents(), &AgentBook::agentChanged, this, &Header::refresh);
    restyle();
}

void Header::setChat(Chat *chat)
{
    if (m_chat) {
        m_chat->disconnect(this);
        m_chat->messages()->disconnect(this);
    }
    m_chat = chat;
    if (chat) {
        connect(chat, &Chat::conversationChanged, this, &Header::refresh);
        connect(chat, &Chat::streamingChanged, this, &Header::refresh);
        connect(chat, &Chat::answerFinished, this, &Header::refresh);
        connect(chat, &Chat::loaded, this, &Header::refresh);
        connect(chat->messages(), &MessageList::inserted, this, &Header::refresh);
    }
    refresh();
}

QString Header::stateText() const
{
    if (!m_chat->isLoaded())
        return tr("Loading");
    if (m_chat->isStreaming())
        return tr("Streaming");
    const MessageList *messages = m_chat->messages();
    for (int i = messages->count() - 1; i >= 0; --i) {
        const Message &message = messages->at(i);
        if (message.role != Role::Agent)
            continue;
        switch (message.state) {
        case MessageState::Failed:
            return tr("Failed");
        case MessageState::Stopped:
            return tr("Stopped");
        case MessageState::Interrupted:
            return tr("Interrupted");
        case MessageState::Queued:
        case MessageState::Streaming:
        case MessageState::Complete:
            return tr("Ready");
        }
    }
    return tr("Ready");
}

QString Header::servedVersion() const
{
    const MessageList *messages = m_chat->messages();
    for (int i = messages->count() - 1; i >= 0; --i) {
        if (!messages->at(i).servedVersion.isEmpty())
            return messages->at(i).servedVersion;
    }
    return {};
}

void Header::refresh()
{
    const bool isOpen = !m_chat.isNull();
    for (QWidget *widget : {static_cast<QWidget *>(m_agent), static_cast<QWidget *>(m_qualifier),
                            static_cast<QWidget *>(m_session), static_cast<QWidget *>(m_state)})
        widget->setVisible(isOpen);
    if (!isOpen)
        return;
    const Agent &agent = m_chat->agent();
    const Conversation &conversation = m_chat->conversation();
    m_agent->setText(QString(agent.name).replace(u'&', u"&&"_s));
    m_agent->setAccessibleDescription(agent.name);
    m_agent->setToolTip(agent.isBuiltIn() ? tr("The agent inside Parlance") : tr("Edit this agent"));

    const QString qualifier =
        conversation.qualifier.isEmpty() ? defaultQualifierName() : conversation.qualifier;
    const QString version = servedVersion();
    const QString serves = version.isEmpty() ? QString() : tr("serves version %1").arg(version);
    m_qualifier->setWords(qualifier, serves);
    m_qualifier->setAccessibleDescription(serves.isEmpty() ? qualifier : QString(qualifier % u", " % serves));
    m_qualifier->setToolTip(tr("Endpoint of this conversation"));

    const QString session = conversation.session.value();
    m_session->setWords({}, tr("session %1").arg(shortSessionId(session)), FontRole::SmallCode);
    m_session->setAccessibleDescription(session);
    m_session->setToolTip(tr("%1\nClick to copy the session id").arg(session));

    const QString state = stateText();
    const bool isBad = state == tr("Failed");
    QPalette palette = m_state->palette();
    palette.setColor(QPalette::WindowText, m_theme->colour(isBad ? ColourRole::Bad : ColourRole::InkFaint));
    m_state->setPalette(palette);
    m_state->setText(state);
    m_state->setAccessibleName(tr("State: %1").arg(state));
    restyle();
}

void Header::restyle()
{
    const Theme &theme = *m_theme;
    const bool isMarked = m_chat && m_chat->agent().isProduction;
    const int strip = isMarked ? theme.px(3) : 0;
    setFixedHeight(theme.px(52) + strip);
    m_row->setContentsMargins(theme.px(8), 0, theme.px(20), strip);
    m_row->setSpacing(theme.px(12));
    m_row->setStretch(0, 0);
    QFont name = theme.font(FontRole::Heading3);
    name.setPixelSize(theme.px(15));
    m_agent->setFont(name);
    m_agent->setFixedHeight(theme.px(32));
    QFont small = theme.font(FontRole::Small);
    m_state->setFont(small);
    update();
}

void Header::paintEvent(QPaintEvent *event)
{
    Panel::paintEvent(event);
    if (!m_chat || !m_chat->agent().isProduction)
        return;
    QPainter painter(this);
    const int strip = m_theme->px(3);
    painter.fillRect(0, height() - strip, width(), strip, m_theme->agentColour(m_chat->agent().colour));
}

void Header::openQualifier()
{
    if (!m_chat)
        return;
    const Conversation here = m_chat->conversation();
    QStringList known{here.qualifier};
    const auto learn = [&known](const QString &name) {
        if (!known.contains(name))
            known.append(name);
    };
    learn(m_chat->agent().qualifier);
    learn({});
    for (const Conversation &conversation : m_workspace->conversations(here.agent))
        learn(conversation.qualifier);
    auto *popup = new QualifierPopup(m_theme, known.first(qMin(known.size(), 6)), here.qualifier, this);
    connect(popup, &QualifierPopup::qualifierChosen, this, &Header::qualifierChosen);
    popup->openAt(m_qualifier->mapToGlobal(QPoint(0, m_qualifier->height() + m_theme->px(4))));
}

void Header::openSessionMenu(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_actions->copySession, m_actions->newSession});
    menu->popup(m_session->mapToGlobal(at));
}

} // namespace Parlance
