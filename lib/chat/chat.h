// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/messagelist.h"
#include "chat/sessionlife.h"
#include "core/agent.h"
#include "core/conversation.h"
#include "core/error.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace Parlance {

class FrameLog;

//! In which runtime session another attempt is made.
enum class AttemptSession {
    Current, //!< the agent still remembers what it was told there, also what another attempt said
    New, //!< the agent knows nothing but what is sent
};

enum class ConnectionState {
    None, //!< each question is a request of its own
    Closed,
    Connecting,
    Open,
    Waiting, //!< it broke, and is made anew in a moment
};

//! The connection that a conversation is held over.
struct ChatConnection
{
    ConnectionState state = ConnectionState::None;
    QString words = {}; //!< how far it is, or why it is closed; empty: never opened
    bool isFailure = false; //!< it was not closed by anybody's wish
    friend bool operator==(const ChatConnection &, const ChatConnection &) = default;
};

//! One conversation with one agent: what was said, what is being said, and the commands of a person.
//! Made and owned by Workspace.
class Chat : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual const Conversation &conversation() const = 0;
    virtual const Agent &agent() const = 0;
    //! Those that are shown: of several attempts one.
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
    //! It failed in a way that can be tried again, which it is in a moment; stop() leaves it at that.
    virtual bool isWaitingToRetry() const { return false; }
    //! Instead of waiting for longer.
    virtual void tryNow() { }

    //! Sends now, or queues behind the answer that streams. Blank text does nothing. What begins with "!" is
    //! run as a command in the same session, and is no part of what the agent is told; see typedwords.h.
    //! attachments: kept files that go along with words; a command takes none. With them words may be blank.
    virtual void send(const QString &text, const std::vector<Attachment> &attachments) = 0;
    void send(const QString &text) { send(text, {}); }
    //! How long commands may take that are sent from now on.
    virtual void setCommandTimeout(std::chrono::seconds /*timeout*/) { }
    //! Whether what streams is the output of a command.
    virtual bool isRunningCommand() const { return false; }
    //! Closes the connection; the text stays, the answer is marked Stopped. Queued messages stay queued
    //! until the person sends or withdraws them.
    virtual void stop() = 0;
    //! Asks the same again: another attempt beside the old answer, which stays. Only for a finished answer,
    //! and not while another streams.
    virtual void retry(const MessageId &answer, AttemptSession session = AttemptSession::Current) = 0;
    //! Sends other words in the place of a message that was sent: another attempt beside it, which is shown
    //! from now on. Waits while an answer streams.
    virtual void sendEdited(const MessageId & /*message*/, const QString & /*text*/,
                            const std::vector<Attachment> & /*attachments*/, AttemptSession /*session*/)
    {
    }
    //! What is likely meant for another attempt at this message: where the agent knows what is above and,
    //! if that can be had, not what is below.
    virtual AttemptSession suggestedSession(const MessageId & /*message*/) const
    {
        return AttemptSession::Current;
    }
    //! Whether what is above goes along with each question.
    virtual bool sendsHistory() const { return false; }
    //! Shows the attempt before (-1) or after (1) a shown message, and what followed it. It goes on in the
    //! session and with the qualifier it was left with.
    virtual void stepAttempt(const MessageId & /*shown*/, int /*by*/) { }
    //! Every message in the same place as this one, oldest first.
    virtual std::vector<MessageId> attempts(const MessageId &message) const { return {message}; }
    //! Shows the attempt that a message is part of, if it is not shown. False if there is no such message.
    virtual bool showAttempt(const MessageId & /*message*/) { return false; }
    //! Also one that is not shown. Null if there is none.
    virtual const Message *find(const MessageId &id) const
    {
        const int index = messages()->indexOf(id);
        return index < 0 ? nullptr : &messages()->at(index);
    }
    //! A queued message: change its text, take it back (returns its text), or send it before the others.
    //! While an answer streams nothing is sent.
    virtual void editQueued(const MessageId &id, const QString &text) = 0;
    virtual QString withdrawQueued(const MessageId &id) = 0;
    virtual void sendQueued(const MessageId &id) = 0;

    //! Kept on disk within half a second, so that a crash loses nothing typed.
    virtual void setDraft(const QString &draft) = 0;
    //! The files that go with the draft.
    virtual void setDraftFiles(const std::vector<Attachment> & /*files*/) { }
    //! The same for a sent message that is being changed. An empty id: none is.
    virtual void setEdit(const MessageId & /*message*/, const QString & /*text*/,
                         const std::vector<Attachment> & /*files*/)
    {
    }
    //! What the agent asks of the person before it goes on: in the newest answer that is shown, if nothing
    //! was said after it. Some may be over, see isExpired(). Words that are sent meanwhile count as the
    //! answer to those that take any, and leave the others unanswered.
    virtual std::vector<InputRequest> openRequests() const { return {}; }
    //! Answers them, all at once, and the agent goes on. words: what is read of that, Markdown. Does nothing
    //! unless each one that is not over is answered.
    virtual void answerRequests(const std::vector<InputAnswer> & /*answers*/, const QString & /*words*/) { }
    //! What is filled in so far for an open request; kept on disk.
    virtual void setRequestDraft(const QString & /*requestId*/, const QString & /*json*/) { }
    //! A fresh runtime session id: the agent will not remember what is above.
    virtual void startNewSession() = 0;
    //! How the session stands, as of the last look. sessionChanged() tells of another.
    virtual SessionLife sessionLife() const { return {}; }
    //! Looks again, as time passes.
    virtual void lookAtSession() { }
    //! The person goes on in a session that is likely over.
    virtual void goOnInSession() { }
    //! Starts a new session if the qualifier differs. Empty: DEFAULT.
    virtual void setQualifier(const QString &qualifier) = 0;

    virtual ChatConnection connection() const { return {}; }
    //! Opens the connection without sending, so that the agent can speak first.
    virtual void openConnection() { }
    //! Closes it; an answer that comes is stopped.
    virtual void closeConnection() { }

    //! The frames of an answer. Grows while the answer streams.
    virtual std::unique_ptr<FrameLog> openFrames(const MessageId &answer) = 0;

Q_SIGNALS:
    void loaded();
    //! Instead of loaded(): the messages could not be read.
    void loadFailed(const Parlance::Error &error);
    void streamingChanged(bool isStreaming);
    void progressNoteChanged(const QString &note);
    void connectionChanged();
    void sessionChanged();
    //! Title, session, qualifier, unread, draft.
    void conversationChanged();
    //! The endpoint serves another version than the one this session began on. Once for each version.
    void servedVersionChanged(const QString &before, const QString &now);
    //! Once for each answer, whatever its end.
    void answerFinished(const Parlance::MessageId &answer);
};

} // namespace Parlance
