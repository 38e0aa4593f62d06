// SPDX-License-Identifier: Apache-2.0
#include "forms/inputcommands.h"

#include "chat/asking.h"
#include "chat/errorcatalogue.h"
#include "chat/toolcaller.h"
#include "core/whendone.h"
#include "forms/requestpanel.h"
#include "forms/toolpanel.h"
#include "window/commandguard.h"
#include "window/composer.h"

#include <QApplication>
#include <QEvent>
#include <QVBoxLayout>

#include <algorithm>

using namespace std::chrono_literals;

namespace Parlance {
namespace {

constexpr auto draftPause = 250ms;
// A timer cannot wait for months, and a clock may be put right meanwhile.
constexpr qint64 longestWaitMs = qint64(60) * 60 * 1000;
constexpr double mostOfWindow = 0.45;

} // namespace

InputCommands::InputCommands(const Theme *theme, Composer *composer, Notices *notices, QWidget *window)
    : QObject(window)
    , m_composer(composer)
    , m_window(window)
    , m_place(new QWidget(composer->parentWidget()))
    , m_panel(new RequestPanel(theme, m_place))
    , m_tools(new ToolPanel(theme, m_place))
    , m_guard(new CommandGuard(notices, window))
{
    auto *column = new QVBoxLayout(m_place);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_panel);
    column->addWidget(m_tools);
    connect(m_tools, &ToolPanel::retryAsked, this, &InputCommands::askForTools);
    connect(m_tools, &ToolPanel::stopAsked, this, [this] {
        if (m_chat)
            m_chat->stop();
    });
    connect(m_tools, &ToolPanel::called, this, &InputCommands::call);
    connect(m_tools, &ToolPanel::drafted, this, [this](const QString &draft) {
        m_toolDraft = draft;
        if (!m_draftTimer.isActive())
            m_draftTimer.start();
    });
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(draftPause);
    m_expiry.setSingleShot(true);
    connect(&m_draftTimer, &QTimer::timeout, this, &InputCommands::keepDrafts);
    connect(&m_expiry, &QTimer::timeout, this, [this] {
        keepDrafts();
        m_shown = {};
        refresh();
    });
    connect(m_panel, &RequestPanel::drafted, this, [this](const QString &request, const QString &json) {
        m_drafts.insert_or_assign(request, json);
        if (!m_draftTimer.isActive())
            m_draftTimer.start();
    });
    connect(m_panel, &RequestPanel::answered, this,
            [this](const std::vector<InputAnswer> &answers, const QString &words) {
                m_drafts.clear();
                if (m_chat)
                    m_chat->answerRequests(answers, words);
                m_composer->focusText();
            });
    window->installEventFilter(this);
    fit();
}

QWidget *InputCommands::panel() const
{
    return m_place;
}

void InputCommands::setChat(Chat *chat)
{
    if (m_chat == chat)
        return;
    if (m_chat) {
        keepDrafts();
        m_chat->disconnect(this);
        m_chat->messages()->disconnect(this);
    }
    m_chat = chat;
    m_shown = {};
    if (chat) {
        connect(chat, &Chat::loaded, this, &InputCommands::refresh);
        connect(chat, &Chat::streamingChanged, this, &InputCommands::refresh);
        for (const auto signal : {&MessageList::inserted, &MessageList::removed, &MessageList::replaced})
            connect(chat->messages(), signal, this, &InputCommands::refresh);
        connect(chat->messages(), &MessageList::wasReset, this, &InputCommands::refresh);
        connect(chat, &Chat::streamingChanged, m_tools, &ToolPanel::setStreaming);
        m_tools->setStreaming(chat->isStreaming());
    }
    m_tools->setDraft(caller() ? chat->conversation().draft : QString());
    if (caller())
        askForTools();
    showInput();
    refresh();
}

// An MCP server takes calls and no words.
void InputCommands::showInput()
{
    const bool isServer = caller() != nullptr;
    const QWidget *focus = QApplication::focusWidget();
    const bool hadKeyboard = m_composer->isAncestorOf(focus) || m_tools->isAncestorOf(focus);
    // What is typed goes there if it is enabled, though nobody sees it.
    if (isServer) {
        m_tools->show();
    } else {
        m_composer->setEnabled(true);
        m_composer->show();
    }
    // Before the place that has the keyboard goes: it would fall to whatever comes next.
    if (hadKeyboard)
        focusInput();
    if (isServer) {
        m_composer->hide();
        m_composer->setEnabled(false);
    } else {
        m_tools->hide();
    }
}

void InputCommands::focusInput()
{
    if (caller())
        m_tools->focusFirst();
    else
        m_composer->focusText();
}

QString InputCommands::invitation() const
{
    const QString name = m_chat ? m_chat->agent().name : QString();
    return caller() ? tr("Choose a tool of %1.").arg(name) : tr("Say something to %1.").arg(name);
}

void InputCommands::call(const QString &tool, const QString &arguments)
{
    if (!caller())
        return;
    m_guard->allowCall(m_chat, tool, arguments, [this, asked = m_chat, tool, arguments] {
        if (asked && asked == m_chat && caller())
            caller()->callTool(tool, arguments);
    });
}

ToolCaller *InputCommands::caller() const
{
    const bool isServer = m_chat && protocolOf(m_chat->agent()) == ServerProtocol::Mcp;
    return isServer ? dynamic_cast<ToolCaller *>(m_chat.data()) : nullptr;
}

void InputCommands::askForTools()
{
    ToolCaller *server = caller();
    if (!server)
        return;
    m_tools->setAsking(tr("Asking for the tools…"));
    whenDone(server->tools(), this, [this, asked = m_chat](const ToolsFound &tools) {
        if (m_chat != asked)
            return;
        if (tools) {
            m_tools->setTools(*tools);
            return;
        }
        const ErrorWords words = errorWords(tools.error(), &m_chat->agent());
        m_tools->setNote(words.title.isEmpty() ? tools.error().message : words.title, true);
    });
}

void InputCommands::refresh()
{
    const std::vector<InputRequest> requests = m_chat ? m_chat->openRequests() : std::vector<InputRequest>();
    const Message *asking = nullptr;
    for (int index = m_chat ? m_chat->messages()->count() - 1 : -1; index >= 0 && !requests.empty();
         --index) {
        const Message &message = m_chat->messages()->at(index);
        if (message.state == MessageState::Queued)
            continue;
        asking = &message;
        break;
    }
    if (!asking) {
        m_expiry.stop();
        m_shown = {};
        m_panel->clear();
        return;
    }
    if (m_shown == asking->id)
        return;
    m_shown = asking->id;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_panel->ask(*asking, requests, now);
    qint64 wait = longestWaitMs;
    for (const InputRequest &request : requests) {
        if (request.expires.isValid() && !isExpired(request, now))
            wait = std::min(wait, now.msecsTo(request.expires) + 1);
    }
    m_expiry.start(int(wait));
}

void InputCommands::keepDrafts()
{
    m_draftTimer.stop();
    for (const auto &[request, json] : std::exchange(m_drafts, {})) {
        if (m_chat)
            m_chat->setRequestDraft(request, json);
    }
    if (const std::optional<QString> draft = std::exchange(m_toolDraft, std::nullopt); draft && m_chat)
        m_chat->setDraft(*draft);
}

void InputCommands::fit()
{
    m_panel->setMostHeight(int(m_window->height() * mostOfWindow));
    m_tools->setMostHeight(int(m_window->height() * mostOfWindow));
}

bool InputCommands::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_window && event->type() == QEvent::Resize)
        fit();
    if (watched == m_window && event->type() == QEvent::Close)
        keepDrafts();
    return QObject::eventFilter(watched, event);
}

} // namespace Parlance
