// SPDX-License-Identifier: Apache-2.0
#include "window/header.h"

#include "chat/servedversions.h"
#include "chat/workspace.h"
#include "core/whendone.h"
#include "sessions/sessionwords.h"
#include "signin/identitychip.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/style.h"
#include "transcript/partblocks.h"
#include "window/actions.h"
#include "window/chip.h"
#include "window/elidingbutton.h"
#include "window/qualifierpopup.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString connectionWord(ConnectionState state)
{
    switch (state) {
    case ConnectionState::None:
        break;
    case ConnectionState::Closed:
        return Header::tr("Not connected");
    case ConnectionState::Connecting:
        return Header::tr("Connecting…");
    case ConnectionState::Open:
        return Header::tr("Connected");
    case ConnectionState::Waiting:
        return Header::tr("Connecting again…");
    }
    return {};
}

} // namespace

Header::Header(const Theme *theme, Workspace *workspace, Actions *actions, QWidget *parent)
    : Panel(theme, ColourRole::Page, Qt::BottomEdge, parent)
    , m_workspace(workspace)
    , m_actions(actions)
    , m_row(new QHBoxLayout(this))
    , m_sidebar(new QToolButton(this))
    , m_agent(new ElidingButton(this))
    , m_qualifier(new Chip(theme, this))
    , m_compare(new Chip(theme, this))
    , m_session(new Chip(theme, this))
    , m_identity(new IdentityChip(theme, workspace->identities(), this))
    , m_connection(new Chip(theme, this))
    , m_state(new QLabel(this))
{
    setObjectName(u"header"_s);
    m_sidebar->setObjectName(u"showSidebar"_s);
    m_sidebar->setAccessibleName(tr("Agents and conversations"));
    m_sidebar->setToolTip(tr("Agents and conversations (%1)")
                              .arg(actions->sidebar->shortcut().toString(QKeySequence::NativeText)));
    m_sidebar->setAutoRaise(true);
    m_sidebar->setFocusPolicy(Qt::TabFocus);
    m_sidebar->hide();
    connect(m_sidebar, &QToolButton::clicked, actions->sidebar, &QAction::trigger);
    m_agent->setObjectName(u"agent"_s);
    m_agent->setAccessibleName(tr("Agent"));
    m_agent->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setButtonKind(m_agent, ButtonKind::Title);
    connect(m_agent, &QPushButton::clicked, actions->editAgent, &QAction::trigger);

    m_qualifier->setObjectName(u"qualifier"_s);
    m_qualifier->setAccessibleName(tr("Qualifier"));
    m_qualifier->setOpensSomething(true);
    connect(m_qualifier, &QPushButton::clicked, this, &Header::openQualifier);

    m_compare->setObjectName(u"compare"_s);
    m_compare->setAccessibleName(tr("Compare"));
    m_compare->setWords({}, tr("Compare"));
    m_compare->setToolTip(tr("Ask several endpoints at once (%1)")
                              .arg(actions->compare->shortcut().toString(QKeySequence::NativeText)));
    connect(m_compare, &QPushButton::clicked, actions->compare, &QAction::trigger);

    m_session->setObjectName(u"session"_s);
    m_session->setAccessibleName(tr("Session"));
    m_session->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_session, &QPushButton::clicked, actions->copySession, &QAction::trigger);
    connect(m_session, &QWidget::customContextMenuRequested, this, &Header::openSessionMenu);

    m_connection->setObjectName(u"connection"_s);
    m_connection->setAccessibleName(tr("Connection"));
    connect(m_connection, &QPushButton::clicked, actions->connection, &QAction::trigger);

    m_state->setObjectName(u"state"_s);
    m_state->setTextFormat(Qt::PlainText);

    m_row->addWidget(m_sidebar);
    m_row->addWidget(m_agent);
    m_row->addWidget(m_qualifier);
    m_row->addWidget(m_session);
    m_row->addWidget(m_compare);
    m_row->addStretch(1);
    m_row->addWidget(m_identity);
    m_row->addWidget(m_connection);
    m_row->addWidget(m_state);
    connect(m_identity, &IdentityChip::wordsChanged, this, &Header::arrange);
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
        connect(chat, &Chat::progressNoteChanged, this, &Header::refresh);
        connect(chat, &Chat::connectionChanged, this, &Header::refresh);
        connect(chat, &Chat::sessionChanged, this, &Header::showClock);
        connect(chat, &Chat::answerFinished, this, &Header::refresh);
        connect(chat, &Chat::loaded, this, &Header::refresh);
        connect(chat, &Chat::loadFailed, this, &Header::refresh);
        connect(chat->messages(), &MessageList::inserted, this, &Header::refresh);
        connect(chat->messages(), &MessageList::replaced, this, &Header::refresh);
    }
    refresh();
}

QString Header::stateText() const
{
    if (m_chat->loadError())
        return tr("Failed");
    if (!m_chat->isLoaded())
        return tr("Loading");
    if (m_chat->isStreaming())
        return m_chat->progressNote().isEmpty() ? tr("Streaming") : tr("Waiting");
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
                            static_cast<QWidget *>(m_session), static_cast<QWidget *>(m_compare),
                            static_cast<QWidget *>(m_connection), static_cast<QWidget *>(m_state)})
        widget->setVisible(isOpen);
    m_identity->setAgent(isOpen ? m_chat->agent() : Agent());
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
    m_qualifier->setAccessibleDescription(serves.isEmpty() ? qualifier : QString(qualifier % u", " % serves));
    m_qualifier->setToolTip(tr("Endpoint of this conversation"));

    const ChatConnection connection = m_chat->connection();
    m_connection->setAccessibleDescription(connection.words);
    m_connection->setToolTip(connection.words.isEmpty()
                                 ? m_actions->connection->text()
                                 : QString(connection.words % u'\n' % m_actions->connection->text()));
    m_connection->setWords({}, connectionWord(connection.state));

    const QString state = stateText();
    m_stateInk = state == tr("Failed") ? ColourRole::Bad : ColourRole::InkFaint;
    m_state->setText(state);
    m_state->setAccessibleName(tr("State: %1").arg(state));
    showClock();
    restyle();
}

void Header::showClock()
{
    if (!m_chat)
        return;
    const QString session = m_chat->conversation().session.value();
    const SessionLife life = m_chat->sessionLife();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_clock = sessionClockWords(life, now);
    const QString details = sessionClockDetails(life, now);
    m_session->setAccessibleDescription(details.isEmpty() ? session : QString(session % u". " % details));
    const QString copies = tr("%1\nClick to copy the session id").arg(session);
    m_session->setToolTip(details.isEmpty() ? copies : QString(details % u'\n' % copies));
    m_session->setQuietInk(life.isLikelyOver() ? ColourRole::Caution : ColourRole::InkQuiet);
    arrange();
}

void Header::restyle()
{
    const Theme &theme = *m_theme;
    const bool isMarked = m_chat && m_chat->agent().isProduction;
    const int strip = isMarked ? theme.px(Metric::strip) : 0;
    setFixedHeight(theme.px(m_isCompact ? Metric::compactHeader : Metric::headerHeight) + strip);
    m_row->setContentsMargins(theme.px(Metric::within), 0, theme.px(Metric::apart), strip);
    m_row->setSpacing(theme.px(Metric::inset));
    QFont name = theme.font(FontRole::Heading3);
    name.setPixelSize(theme.px(Metric::agentName));
    m_agent->setFont(name);
    m_agent->setFixedHeight(theme.px(Metric::control));
    QFont small = theme.font(FontRole::Small);
    m_state->setFont(small);
    QPalette inks = m_state->palette();
    inks.setColor(QPalette::WindowText, theme.colour(m_stateInk));
    m_state->setPalette(inks);
    m_sidebar->setIcon(icon(IconName::Sidebar, theme, ColourRole::InkQuiet));
    m_sidebar->setFixedSize(theme.px(Metric::smallControl), theme.px(Metric::smallControl));
    arrange();
    update();
}

void Header::arrange()
{
    if (!m_chat)
        return;
    const Conversation &conversation = m_chat->conversation();
    const QString qualifier =
        conversation.qualifier.isEmpty() ? defaultQualifierName() : conversation.qualifier;
    const QString version = servedVersion();
    const QString serves = version.isEmpty() ? QString() : tr("serves version %1").arg(version);
    const QString id = shortSession(conversation.session);
    // From all that can be told to what cannot be seen elsewhere.
    struct Words
    {
        QString session;
        bool hasState = true;
        bool hasVersion = true;
        bool isIdentityShort = false;
        bool hasConnection = true;
    };
    const auto withClock = [this](const QString &words) -> QString {
        return m_clock.isEmpty() ? words : QString(words % u" · " % m_clock);
    };
    const std::array<Words, 8> choices{{{withClock(tr("session %1").arg(id))},
                                        {withClock(id)},
                                        {withClock(id), true, false},
                                        {withClock(id), true, false, true},
                                        {withClock(id), false, false, true},
                                        {m_clock.isEmpty() ? id : m_clock, false, false, true},
                                        {QString(), false, false, true},
                                        {QString(), false, false, true, false}}};
    const QMargins margins = m_row->contentsMargins();
    const int room = width() - margins.left() - margins.right() - m_row->spacing();
    // A long name is cut, a short one never is for the sake of what stands beside it.
    const int name = std::min(m_agent->sizeHint().width(), m_theme->px(Metric::mostHeaderName));
    m_qualifier->setMaximumWidth(QWIDGETSIZE_MAX);
    for (const Words &words : choices) {
        m_qualifier->setWords(qualifier, words.hasVersion ? serves : QString());
        m_session->setWords({}, words.session, FontRole::SmallCode);
        m_session->setVisible(!words.session.isEmpty());
        m_state->setVisible(words.hasState);
        m_compare->setVisible(words.hasState);
        m_connection->setVisible(words.hasConnection && m_chat->connection().state != ConnectionState::None);
        m_identity->setVisible(m_identity->hasIdentity());
        m_identity->setShort(words.isIdentityShort);
        int beside = 0;
        for (const QWidget *widget :
             {static_cast<const QWidget *>(m_sidebar), static_cast<const QWidget *>(m_session),
              static_cast<const QWidget *>(m_compare), static_cast<const QWidget *>(m_identity),
              static_cast<const QWidget *>(m_connection), static_cast<const QWidget *>(m_state)}) {
            if (!widget->isHidden())
                beside += widget->sizeHint().width() + m_row->spacing();
        }
        const int needed = words.hasVersion ? m_agent->sizeHint().width() + m_qualifier->sizeHint().width()
                                            : name + m_qualifier->minimumSizeHint().width();
        if (beside + needed <= room)
            break;
        // The name comes before the endpoint, which the conversation keeps to anyway.
        if (!words.hasConnection)
            m_qualifier->setMaximumWidth(std::max(m_theme->px(Metric::smallControl), room - beside - name));
    }
}

void Header::setOffersSidebar(bool offers)
{
    m_sidebar->setVisible(offers);
    arrange();
}

void Header::setIdentityCommands(IdentityCommands *commands)
{
    m_identity->setCommands(commands);
}

void Header::setCompact(bool isCompact)
{
    if (m_isCompact == isCompact)
        return;
    m_isCompact = isCompact;
    restyle();
}

void Header::resizeEvent(QResizeEvent *event)
{
    Panel::resizeEvent(event);
    arrange();
}

void Header::paintEvent(QPaintEvent *event)
{
    Panel::paintEvent(event);
    if (!m_chat || !m_chat->agent().isProduction)
        return;
    QPainter painter(this);
    const int strip = m_theme->px(Metric::strip);
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
    if (std::holds_alternative<RuntimeTarget>(m_chat->agent().target)) {
        whenDone(m_workspace->servedVersions()->endpoints(m_chat->agent()), popup,
                 [popup](const Result<std::vector<RuntimeEndpoint>> &endpoints) {
                     if (endpoints)
                         popup->setEndpoints(*endpoints);
                     else if (endpoints.error().kind != ErrorKind::SecretMissing)
                         popup->setNote(endpoints.error().message);
                 });
    }
    popup->openAt(m_qualifier->mapToGlobal(QPoint(0, m_qualifier->height() + m_theme->px(Metric::step))));
}

void Header::openSessionMenu(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_actions->copySession, m_actions->newSession, m_actions->connection});
    menu->popup(m_session->mapToGlobal(at));
}

} // namespace Parlance
