// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/messagelist.h"
#include "core/agent.h"
#include "core/conversation.h"
#include "core/error.h"

#include <QObject>

#include <memory>
#include <optional>

namespace Parlance {

class FrameLog;

//! One conversation with one agent: what was said, what is being said, and the commands of a person.
//! Made and owned by Workspace.
class Chat : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual const Conversation &conversation() const = 0;
    virtual const Agent &agent() const = 0;
    virtual const MessageList *messages() const = 0;
    //! False until the messages have come from disk. Sending before that waits for it.
    virtual bool isLoaded() const = 0;
    //! Why the messages could not be read. While it is set nothing is sent or written here, because what
    //! is on disk is not known; what was sent before that was found out is in the draft.
    virtual std::optional<Error> loadError() const { return std::nullopt; }
    //! Reads the messages again after loadFailed().
    virtual void reload() { }
    virtual bool isStreaming() const = 0;
    //! What the answer waits for, in words, while it is being tried again; empty in the usual case.
    virtual QString progressNote() const { return {}; }

    //! Sends now, or queues behind the answer that streams. Blank text does nothing.
    virtual void send(const QString &text) = 0;
    //! Closes the connection; the text stays, the answer is marked Stopped. Queued messages stay queued
    //! until the person sends or withdraws them.
    virtual void stop() = 0;
    //! Asks the same again. Adds a new attempt below; the old answer stays. Only for a finished answer.
    virtual void retry(const MessageId &answer) = 0;
    //! A queued message: change its text, take it back (returns its text), or send it before the others.
    //! While an answer streams nothing is sent.
    virtual void editQueued(const MessageId &id, const QString &text) = 0;
    virtual QString withdrawQueued(const MessageId &id) = 0;
    virtual void sendQueued(const MessageId &id) = 0;

    //! Kept on disk within half a second, so that a crash loses nothing typed.
    virtual void setDraft(const QString &draft) = 0;
    //! A fresh runtime session id: the agent will not remember what is above.
    virtual void startNewSession() = 0;
    //! Starts a new session if the qualifier differs. Empty: DEFAULT.
    virtual void setQualifier(const QString &qualifier) = 0;

    //! The frames of an answer. Grows while the answer streams.
    virtual std::unique_ptr<FrameLog> openFrames(const MessageId &answer) = 0;

Q_SIGNALS:
    void loaded();
    //! Instead of loaded(): the messages could not be read.
    void loadFailed(const Parlance::Error &error);
    void streamingChanged(bool isStreaming);
    void progressNoteChanged(const QString &note);
    //! Title, session, qualifier, unread, draft.
    void conversationChanged();
    //! The endpoint serves another version than the one this session began on. Once for each version.
    void servedVersionChanged(const QString &before, const QString &now);
    //! Once for each answer, whatever its end.
    void answerFinished(const Parlance::MessageId &answer);
};

} // namespace Parlance
