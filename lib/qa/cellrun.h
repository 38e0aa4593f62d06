// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/exchange.h"
#include "qa/run.h"

#include <QTimer>

#include <memory>

namespace Parlance {

//! A runtime session that cases are asked in, and what was said in it so far.
struct RunSession
{
    RuntimeSessionId id = RuntimeSessionId::create();
    ConversationId conversation = ConversationId::create();
    std::vector<Message> said = {}; //!< all of it, or the last answer if the agent is told no more
};

//! Asks one case of one target once, turn by turn, and judges the answers.
class CellRun : public QObject
{
    Q_OBJECT
public:
    struct Collaborators
    {
        RequestFactory makeRequest = {};
        LearnFromRefusal learnFromRefusal = {};
        QString keptFolder = {}; //!< of the files that go along with questions; see keptPath()
    };
    struct Task
    {
        Agent agent = {};
        QString qualifier = {};
        QString servedVersion = {}; //!< as far as it is known
        SuiteCase one = {};
        //! What a person said at each turn, with its files, or a command: asked in place of the turn's words.
        //! Empty: those are asked.
        std::vector<Message> questions = {};
        std::shared_ptr<RunSession> session = {};
        std::chrono::milliseconds pause{0}; //!< between an answer and the next turn
        //! Told of each turn once it is over: whether the next is to be asked. Empty: it is.
        std::function<bool(const CellTurn &)> mayGoOn = {};
        //! The next turn is asked also after one that failed.
        bool goesOnAfterFailure = false;
    };
    CellRun(Collaborators with, Task task, const CellRecord &record, QObject *parent = nullptr);

    void start();
    //! Closes the connection; finished() does not come.
    void stop();
    const CellEvidence &evidence() const { return m_evidence; }
    //! Also the answer that is coming, as one that was interrupted.
    CellEvidence soFar() const;
    const Task &task() const { return m_task; }

Q_SIGNALS:
    //! soFar() has more than before: after each answer but the last, and about once a second while one comes;
    //! more rarely the larger it is.
    void progressed();
    //! Exactly once, unless it was stopped. The cell is done.
    void finished();

private:
    void ask();
    Message nextQuestion(const Message *before) const;
    void onAnswered();
    void onProgressTime();
    void keepAnswer();
    void conclude();

    Collaborators m_with;
    Task m_task;
    CellEvidence m_evidence;
    Message m_answer;
    QByteArray m_contentType;
    QTimer m_pause;
    QTimer m_progress;
    std::size_t m_toldFrames = 0; //!< of the answer that is coming
    std::unique_ptr<Exchange> m_exchange;
};

//! What an answer is judged by: its turn's checks, and whether there is an answer at all, unless one of the
//! checks is about that.
Judgement judgedTurn(const SuiteTurn &turn, const Answer &answer);

} // namespace Parlance
