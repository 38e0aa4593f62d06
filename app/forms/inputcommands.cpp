// SPDX-License-Identifier: Apache-2.0
#include "forms/inputcommands.h"

#include "chat/asking.h"
#include "forms/requestpanel.h"
#include "window/composer.h"

#include <QEvent>

#include <algorithm>

using namespace std::chrono_literals;

namespace Parlance {
namespace {

constexpr auto draftPause = 250ms;
// A timer cannot wait for months, and a clock may be put right meanwhile.
constexpr qint64 longestWaitMs = qint64(60) * 60 * 1000;
constexpr double mostOfWindow = 0.45;

} // namespace

InputCommands::InputCommands(const Theme *theme, Composer *composer, QWidget *window)
    : QObject(window)
    , m_composer(composer)
    , m_window(window)
    , m_panel(new RequestPanel(theme, composer->parentWidget()))
{
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
    return m_panel;
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
    }
    refresh();
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
}

void InputCommands::fit()
{
    m_panel->setMostHeight(int(m_window->height() * mostOfWindow));
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
