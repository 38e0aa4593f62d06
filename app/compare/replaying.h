// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <vector>

namespace Parlance {

class Chat;
class SideBySide;

//! Asks the columns of a replay what was asked in the conversation they are held against, turn by turn: the
//! next turn once all have answered the one before.
class Replaying : public QObject
{
    Q_OBJECT
public:
    enum class State {
        Waiting, //!< for somebody to go on
        Asking,
        Done,
    };
    //! Why it waits.
    enum class Pause {
        None, //!< nobody began it yet, or somebody stopped it
        Difference,
        Failure, //!< a column gave no whole answer
        Command, //!< what comes next acts on a machine
    };

    explicit Replaying(SideBySide *comparison, QObject *parent = nullptr);

    //! Whether it waits once a turn differs from what it was. A failure it always waits at.
    void setPausesAtDifference(bool pauses) { m_pausesAtDifference = pauses; }
    bool pausesAtDifference() const { return m_pausesAtDifference; }
    void goOn();
    //! Stops the answers that come, too.
    void stop();

    State state() const;
    Pause pause() const { return m_pause; }
    //! Turns that all columns were asked.
    int askedCount() const;
    int turnCount() const;
    //! What is to be asked next is a command. Empty: it is words, or nothing is left.
    QString nextCommand() const;
    std::vector<Chat *> chats() const;

Q_SIGNALS:
    void changed();
    void turnAsked(int turn);

private:
    void look();
    void askNext();
    bool hasFailed(int turn) const;
    bool isDifferent(int turn) const;

    SideBySide *m_comparison;
    bool m_pausesAtDifference = true;
    bool m_isRunning = false;
    Pause m_pause = Pause::None;
};

} // namespace Parlance
