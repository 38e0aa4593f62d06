// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/chat.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <memory>
#include <set>
#include <vector>

namespace Parlance {

//! A conversation taken apart into turns: what was asked, and the answers to it. While answers stream it is
//! brought up to date once for each frame that is painted.
class ColumnTurns : public QObject
{
    Q_OBJECT
public:
    //! onlyAsked: what the agent said before it was asked anything is left out.
    explicit ColumnTurns(Chat *chat, bool onlyAsked = false, QObject *parent = nullptr);

    Chat *chat() const { return m_chat; }
    int count() const { return int(m_turns.size()); }
    //! Null: nothing was asked in this turn.
    const Message *question(int turn) const;
    //! The last answer that is shown. Null: none has begun.
    const Message *answer(int turn) const;

Q_SIGNALS:
    //! There are other turns.
    void countChanged();
    //! Another question or answer stands in this turn, or more of it.
    void changed(int turn);

private:
    struct Turn
    {
        int question = -1;
        int answer = -1;
        friend bool operator==(const Turn &, const Turn &) = default;
    };

    void touch(int message);
    void anew();
    void refresh();
    std::vector<Turn> read() const;

    QPointer<Chat> m_chat;
    bool m_onlyAsked;
    std::vector<Turn> m_turns;
    std::set<int> m_touched; //!< messages
    bool m_isAnew = false;
    QTimer m_frame;
};

} // namespace Parlance
