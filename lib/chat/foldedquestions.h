// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ids.h"

#include <QObject>

#include <functional>

namespace Parlance {

class MessageList;

//! Marks the questions that were sent into an answer and got none of their own: the agent answered them
//! together. It is read from the messages alone, so that it is the same after a restart.
class FoldedQuestions : public QObject
{
    Q_OBJECT
public:
    using IsAwaited = std::function<bool(const MessageId &)>;
    //! isAwaited: whether an answer to this one may still come. The list must outlive this.
    FoldedQuestions(MessageList *messages, IsAwaited isAwaited, QObject *parent = nullptr);

    //! Looks anew, for where nothing but what is awaited has changed.
    void refresh();

private:
    bool isFolded(int index) const;

    MessageList *m_messages;
    IsAwaited m_isAwaited;
};

} // namespace Parlance
