// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/conversationfile.h"
#include "chat/messagelist.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace Parlance {

class Interpreter;

//! A conversation that was, once more as it came: kept frames at their times through what live ones go
//! through. An answer whose frames were not kept, or not from the first on, comes whole. Once an answer has
//! ended it is as it was kept. Between turns it waits for as long each time, not for as long as a person
//! thought.
class Replayer : public QObject
{
    Q_OBJECT
public:
    //! Begins at the end, with everything there to read. Of several attempts the chosen ones.
    explicit Replayer(ConversationFile file, QObject *parent = nullptr);
    ~Replayer() override;

    const MessageList *messages() const { return &m_shown; }
    int stepCount() const { return int(m_steps.size()); }
    //! How many have been made.
    int position() const { return m_position; }
    bool isAtEnd() const { return m_position == stepCount(); }
    bool isPlaying() const { return m_timer.isActive(); }
    //! How long it takes at speed 1.
    std::chrono::microseconds duration() const;

    //! From where it is; at the end from the beginning.
    void play();
    void pause();
    //! One frame or message more. Pauses.
    void step();
    void startOver();
    void showAll();
    //! Times of the true one; clamped to 0.5 … 8.
    void setSpeed(double speed);
    double speed() const { return m_speed; }

    static constexpr double slowest = 0.5;
    static constexpr double fastest = 8;
    static constexpr std::chrono::milliseconds betweenTurns{800};

Q_SIGNALS:
    //! The position, or whether it plays.
    void changed();

private:
    enum class Kind { Whole, Begin, Frame, End };
    struct Step
    {
        Kind kind = Kind::Whole;
        std::size_t message = 0;
        std::size_t frame = 0;
        std::chrono::microseconds at{0}; //!< from the beginning, at speed 1
    };

    void addSteps(std::size_t message);
    void make(const Step &step);
    void onTimer();
    void schedule();

    ConversationFile m_file;
    std::vector<Message> m_all; //!< those that are shown
    std::vector<Step> m_steps;
    MessageList m_shown;
    std::unique_ptr<Interpreter> m_interpreter;
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::chrono::microseconds m_clockBegan{0}; //!< where in the conversation the clock was started
    int m_position = 0;
    double m_speed = 1;
};

} // namespace Parlance
