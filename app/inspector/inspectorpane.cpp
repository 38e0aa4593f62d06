// SPDX-License-Identifier: Apache-2.0
#include "inspector/inspectorpane.h"

#include "chat/chat.h"
#include "chat/framelog.h"
#include "inspector/sessionpage.h"
#include "inspector/toolspage.h"
#include "theme/metrics.h"
#include "theme/style.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr std::chrono::milliseconds refreshInterval{100};

} // namespace

InspectorPane::InspectorPane(const Theme *theme, QWidget *parent)
    : Panel(theme, ColourRole::Pane, {}, parent)
    , m_events(new EventsPage(theme))
    , m_tools(new ToolsPage(theme))
    , m_session(new SessionPage(theme))
{
    setObjectName(u"inspector"_s);
    setAccessibleName(tr("Inspector"));
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_events);
    m_stack->addWidget(m_tools);
    m_stack->addWidget(m_session);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    makeHeader(column);
    column->addWidget(m_stack, 1);

    m_refreshTimer.setSingleShot(true);
    connect(&m_refreshTimer, &QTimer::timeout, this, &InspectorPane::refresh);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        m_stack->setCurrentIndex(tab);
        refresh();
    });
    connect(m_newest, &QPushButton::clicked, this, &InspectorPane::showNewestAnswer);
    connect(m_events, &EventsPage::frameChosen, this, [this](int part) {
        if (part >= 0)
            Q_EMIT partChosen(m_answer, part);
    });
    connect(m_tools, &ToolsPage::callChosen, this, [this](int part) { Q_EMIT partChosen(m_answer, part); });
    applyTheme();
    connect(theme, &Theme::changed, this, &InspectorPane::applyTheme);
    openAnswer({});
}

InspectorPane::~InspectorPane()
{
    // The page outlives the log by a little: it is a child, the log a member.
    m_events->setLog(nullptr, false, {});
}

void InspectorPane::setEndSession(QAction *action)
{
    m_session->setEndAction(action);
}

void InspectorPane::makeHeader(QLayout *column)
{
    auto *header = new Panel(m_theme, ColourRole::Pane, Qt::BottomEdge);
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(m_theme->px(Metric::within), 0, m_theme->px(Metric::within), 0);
    m_tabs = new QTabBar;
    m_tabs->setObjectName(u"inspectorTabs"_s);
    m_tabs->setAccessibleName(tr("Inspector pages"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->addTab(tr("Events"));
    m_tabs->addTab(tr("Tools"));
    m_tabs->addTab(tr("Session"));
    m_newest = new QPushButton(tr("Newest"));
    m_newest->setObjectName(u"showNewestAnswer"_s);
    m_newest->setToolTip(tr("Show the newest answer again"));
    m_newest->setAutoDefault(false);
    setButtonKind(m_newest, ButtonKind::Link);
    m_newest->hide();
    row->addWidget(m_tabs, 0, Qt::AlignBottom);
    row->addStretch();
    row->addWidget(m_newest);
    column->addWidget(header);
    header->setFixedHeight(std::max(m_theme->px(Metric::headerHeight), header->sizeHint().height()));
    connect(m_theme, &Theme::changed, header, [this, header] {
        header->setFixedHeight(std::max(m_theme->px(Metric::headerHeight), m_tabs->sizeHint().height()));
    });
}

void InspectorPane::applyTheme()
{
    m_tabs->setFont(m_theme->font(FontRole::Small));
    m_newest->setFont(m_theme->font(FontRole::Small));
}

void InspectorPane::setChat(Chat *chat)
{
    if (m_chat == chat)
        return;
    if (m_chat) {
        m_chat->disconnect(this);
        m_chat->messages()->disconnect(this);
    }
    m_chat = chat;
    m_followsNewest = true;
    openAnswer({});
    if (m_chat)
        connectChat();
    onMessagesChanged();
}

void InspectorPane::connectChat()
{
    connect(m_chat, &Chat::loaded, this, &InspectorPane::onMessagesChanged);
    connect(m_chat, &Chat::conversationChanged, this, &InspectorPane::refresh);
    connect(m_chat, &Chat::sessionChanged, this, &InspectorPane::refresh);
    connect(m_chat, &QObject::destroyed, this, [this] {
        m_chat = nullptr;
        openAnswer({});
        refresh();
    });
    const MessageList *messages = m_chat->messages();
    connect(messages, &MessageList::wasReset, this, &InspectorPane::onMessagesChanged);
    connect(messages, &MessageList::inserted, this, &InspectorPane::onMessagesChanged);
    connect(messages, &MessageList::removed, this, &InspectorPane::onMessagesChanged);
    connect(messages, &MessageList::replaced, this, &InspectorPane::onMessagesChanged);
    connect(messages, &MessageList::changed, this, &InspectorPane::onMessageChanged);
}

const Message *InspectorPane::message() const
{
    const int index = m_chat ? m_chat->messages()->indexOf(m_answer) : -1;
    return index < 0 ? nullptr : &m_chat->messages()->at(index);
}

MessageId InspectorPane::newestAnswer() const
{
    for (int i = m_chat ? m_chat->messages()->count() - 1 : -1; i >= 0; --i) {
        const Message &candidate = m_chat->messages()->at(i);
        if (candidate.role == Role::Agent && candidate.state != MessageState::Queued)
            return candidate.id;
    }
    return {};
}

void InspectorPane::onMessagesChanged()
{
    const bool isGone = !m_answer.isEmpty() && !message();
    if (isGone)
        m_followsNewest = true;
    if (m_followsNewest && newestAnswer() != m_answer)
        openAnswer(newestAnswer());
    refresh();
}

void InspectorPane::onMessageChanged(int index)
{
    const Message &changed = m_chat->messages()->at(index);
    if (changed.id == m_answer) {
        m_events->setLive(changed.isLive());
        if (!m_refreshTimer.isActive())
            m_refreshTimer.start(refreshInterval);
    } else if (changed.role == Role::Agent) {
        onMessagesChanged();
    }
}

void InspectorPane::openAnswer(const MessageId &answer)
{
    m_answer = answer;
    const Message *opened = message();
    std::unique_ptr<FrameLog> log = opened ? m_chat->openFrames(answer) : nullptr;
    m_events->setLog(log.get(), opened && opened->isLive(),
                     opened ? tr("This answer has no events.")
                            : tr("Send a message to see its events here."));
    m_log = std::move(log);
}

void InspectorPane::showAnswer(const MessageId &answer)
{
    const int index = m_chat ? m_chat->messages()->indexOf(answer) : -1;
    if (index < 0 || m_chat->messages()->at(index).role != Role::Agent)
        return;
    m_followsNewest = answer == newestAnswer();
    if (answer != m_answer)
        openAnswer(answer);
    refresh();
}

void InspectorPane::showNewestAnswer()
{
    showAnswer(newestAnswer());
}

void InspectorPane::showPart(const MessageId &answer, int part)
{
    showAnswer(answer);
    if (m_answer != answer || (m_tabs->currentIndex() == Tools && m_tools->choosePart(part)))
        return;
    m_tabs->setCurrentIndex(Events);
    const int sequence = firstSequenceOf(part);
    if (sequence >= 0)
        m_events->chooseSequence(sequence);
}

int InspectorPane::firstSequenceOf(int part) const
{
    const Message *shown = message();
    if (shown && part >= 0 && part < int(shown->parts.size()) && shown->parts[size_t(part)].frames.first >= 0)
        return shown->parts[size_t(part)].frames.first;
    if (!m_log)
        return -1;
    const auto found = std::ranges::find(m_log->rows(), part, &FrameRow::part);
    return found == m_log->rows().end() ? -1 : found->frame.sequence;
}

void InspectorPane::refresh()
{
    const Message *shown = message();
    m_newest->setVisible(!m_followsNewest && newestAnswer() != m_answer);
    if (m_tabs->currentIndex() == Tools)
        m_tools->setMessage(shown);
    else if (m_tabs->currentIndex() == Session)
        m_session->show(m_chat, shown);
}

} // namespace Parlance
