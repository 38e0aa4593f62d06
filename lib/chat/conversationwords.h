// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/conversationfile.h"

#include <QCoreApplication>

namespace Parlance {

//! The words around what was said in an exported conversation.
class FileWords
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::FileWords)
public:
    static QString title(const Conversation &conversation);
    //! Agent, qualifier, session, time, and that there are other attempts.
    static QString about(const ConversationFile &file);
    //! Who, when, what became of it, and which attempt it is.
    static QString heading(const ConversationFile &file, const Message &message);
    //! Endpoint, session of an attempt, version, times and tokens; empty for a person's message.
    static QString facts(const ConversationFile &file, const Message &message);
    static QString thoughts();
    static QString toolCall();
    static QString toolResult();
    static QString toolFailure();
    static QString error();
    static QString attachment();
    //! How large it is, behind its name; empty if it is not here.
    static QString size(const Attachment &attachment);
    static QString event();
    static QString command();
    //! How it ended, or that it is not known.
    static QString errorOutput(); //!< a heading
    static QString errorsMarked(); //!< after how it ended
    static QString commandEnd(const CommandOutput &output);
    static QString inputRequest();
    static QString inputAnswer(const InputAnswer &answer);
    static QString task();
    static QString liveValue(const LiveValue &value);
    //! That the beginning of the output is not there.
    static QString dropped(const CommandOutput &output);
};

} // namespace Parlance
