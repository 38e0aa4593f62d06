// SPDX-License-Identifier: Apache-2.0
#include "qa/replayer.h"

#include "chat/messagefold.h"
#include "chat/messagetree.h"
#include "wire/chooseinterpreter.h"
#include "wire/commandinterpreter.h"

#include <algorithm>

namespace Parlance {
namespace {

using std::chrono::microseconds;

bool isOfCommand(const Message &message)
{
    return std::ranges::any_of(message.parts, [](const MessagePart &part) {
        return std::holds_alternative<CommandOutput>(part.content);
    });
}

//! As an answer is before anything of it came.
Message emptied(const Message &kept)
{
    Message message = kept;
    message.state = MessageState::Streaming;
    message.parts.clear();
    message.timings = Timings{};
    message.usage = Usage{};
    message.stopReason.clear();
    return message;
}

} // namespace

Replayer::Replayer(ConversationFile file, QObject *parent)
    : QObject(parent)
    , m_file(std::move(file))
{
    MessageTree tree;
    tree.load(m_file.messages);
    for (const MessageList::Entry &entry : tree.shown())
        m_all.push_back(*entry.message);
    for (std::size_t index = 0; index < m_all.size(); ++index)
        addSteps(index);
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Replayer::onTimer);
    m_shown.reset(m_all);
    m_position = stepCount();
}

Replayer::~Replayer() = default;

microseconds Replayer::duration() const
{
    return m_steps.empty() ? microseconds(0) : m_steps.back().at;
}

void Replayer::addSteps(std::size_t message)
{
    microseconds at = duration();
    const auto frames = m_file.frames.find(m_all[message].id);
    const bool hasFrames = m_all[message].role == Role::Agent && frames != m_file.frames.end()
        && !frames->second.empty() && frames->second.front().sequence == 0;
    if (!hasFrames) {
        const bool isFirst = m_steps.empty();
        m_steps.push_back({.kind = Kind::Whole, .message = message, .at = isFirst ? at : at + betweenTurns});
        return;
    }
    const microseconds begin = at;
    m_steps.push_back({.kind = Kind::Begin, .message = message, .at = at});
    for (std::size_t frame = 0; frame < frames->second.size(); ++frame) {
        // What was tampered with may tell of any time.
        const microseconds since = std::clamp(frames->second[frame].sinceSend, microseconds(0),
                                              microseconds(std::chrono::hours(24)));
        at = std::max(at, begin + since);
        m_steps.push_back({.kind = Kind::Frame, .message = message, .frame = frame, .at = at});
    }
    m_steps.push_back({.kind = Kind::End, .message = message, .at = at});
}

void Replayer::make(const Step &step)
{
    const Message &kept = m_all[step.message];
    const int index = int(step.message);
    switch (step.kind) {
    case Kind::Whole:
        m_shown.append(kept);
        break;
    case Kind::Begin:
        m_interpreter = isOfCommand(kept) ? makeCommandInterpreter() : makeInterpreter();
        m_shown.append(emptied(kept));
        break;
    case Kind::Frame: {
        const Frame &frame = m_file.frames.at(kept.id)[step.frame];
        std::vector<Delta> deltas;
        m_interpreter->interpret(frame, deltas);
        if (!deltas.empty())
            m_shown.change(index, [&](Message &message) {
                for (const Delta &delta : deltas)
                    foldDelta(message, delta, &frame);
            });
        break;
    }
    case Kind::End:
        m_interpreter.reset();
        m_shown.change(index, [&kept](Message &message) { message = kept; });
        break;
    }
}

void Replayer::play()
{
    if (isAtEnd())
        startOver();
    if (isPlaying() || isAtEnd())
        return;
    schedule();
    Q_EMIT changed();
}

void Replayer::pause()
{
    if (!isPlaying())
        return;
    m_timer.stop();
    Q_EMIT changed();
}

void Replayer::step()
{
    m_timer.stop();
    // That an answer begins is nothing to look at; it comes with the next thing.
    while (!isAtEnd()) {
        const Step &next = m_steps[std::size_t(m_position++)];
        make(next);
        if (next.kind != Kind::Begin)
            break;
    }
    Q_EMIT changed();
}

void Replayer::startOver()
{
    m_timer.stop();
    m_interpreter.reset();
    m_position = 0;
    m_shown.reset(std::vector<Message>());
    Q_EMIT changed();
}

void Replayer::showAll()
{
    m_timer.stop();
    m_interpreter.reset();
    m_position = stepCount();
    m_shown.reset(m_all);
    Q_EMIT changed();
}

void Replayer::setSpeed(double speed)
{
    m_speed = std::clamp(speed, slowest, fastest);
    if (isPlaying())
        schedule();
}

//! Begins to count where the last step was made.
void Replayer::schedule()
{
    m_clockBegan = m_position == 0 ? microseconds(0) : m_steps[std::size_t(m_position) - 1].at;
    m_clock.start();
    m_timer.start(0);
}

void Replayer::onTimer()
{
    const auto passed = microseconds(qint64(double(m_clock.nsecsElapsed()) / 1000 * m_speed));
    const microseconds now = m_clockBegan + passed;
    while (!isAtEnd() && m_steps[std::size_t(m_position)].at <= now)
        make(m_steps[std::size_t(m_position++)]);
    if (!isAtEnd()) {
        const double wait = double((m_steps[std::size_t(m_position)].at - now).count()) / 1000 / m_speed;
        // Not longer than a timer can count.
        m_timer.start(int(std::clamp(wait, 1.0, 3'600'000.0)));
    }
    Q_EMIT changed();
}

} // namespace Parlance
