// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ids.h"
#include "core/message.h"

#include <QDateTime>
#include <QString>

#include <vector>

namespace Parlance {

struct Conversation
{
    ConversationId id = {};
    AgentId agent = {};
    QString title = {}; //!< empty: none yet, the first message gives it
    bool isTitleChosen = false; //!< the person named it, so the first message does not
    QString qualifier = {}; //!< fixed for a session: changing it starts a new one
    RuntimeSessionId session = {};
    QDateTime created = {}; //!< UTC
    QDateTime lastActive = {}; //!< UTC; the list's order
    bool isUnread = false;
    bool hasFailed = false; //!< the newest answer failed
    QString draft = {}; //!< what stands unsent in the composer
    QString importedFrom = {}; //!< the agent it was with where it was exported; empty: it began here
    MessageId editedMessage = {}; //!< a sent message that is being changed; empty: none
    QString edit = {}; //!< what it is being changed to
    std::vector<Attachment> draftFiles = {}; //!< kept files that go with the draft
    std::vector<Attachment> editFiles = {}; //!< those that go with the changed message

    friend bool operator==(const Conversation &, const Conversation &) = default;
};

} // namespace Parlance
