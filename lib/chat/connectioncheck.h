// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/authprobe.h"
#include "chat/deltaguard.h"
#include "chat/requestfactory.h"
#include "core/delta.h"

#include <QElapsedTimer>
#include <QObject>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace Parlance {

class HostLookup;
class IdentityBook;
class Interpreter;
class NetworkPolicy;

enum class CheckStep {
    Name, //!< the host is looked up
    Wanted, //!< which proof the agent wants; of deployed runtimes only
    Card, //!< of A2A agents only: how they want to be asked
    Proof, //!< signed, or a token obtained
    Connection,
    Sent,
    FirstByte,
    FirstText, //!< of MCP servers: their tools
};

//! Stable name, for JSON output.
QString checkStepName(CheckStep step);

struct CheckRow
{
    enum class State {
        Waiting,
        Running,
        Done,
        None, //!< there is no such step here; the text says why
        Failed,
        Stopped,
    };
    CheckStep step = CheckStep::Name;
    State state = State::Waiting;
    QString text = {}; //!< what will be done, or what came of it
    //! Its own, not counting the steps before. Absent: it took none, or none that can be told apart.
    std::optional<std::chrono::microseconds> took = std::nullopt;
    friend bool operator==(const CheckRow &, const CheckRow &) = default;
};

QString checkStateName(CheckRow::State state);

//! Asks an agent once, kept or not, the way a conversation does, and tells each step when it happens and
//! how long it took. Ends at the step at fault, or at the first text. Never sends the question twice. How
//! a runtime wants to be signed in to is asked first, so that a question that cannot fit is not sent.
class ConnectionCheck : public QObject
{
    Q_OBJECT
public:
    struct Collaborators
    {
        NetworkPolicy *network = nullptr;
        RequestFactory makeRequest = {};
        AuthProbe *probe = nullptr; //!< may be null, then nothing is asked first
        const IdentityBook *identities = nullptr;
        //! Learns from a refusal; true: another test may fare better. May be empty.
        LearnFromRefusal learnFromRefusal = {};
        QUrl builtInAgent = {};
    };
    //! What it is handed must outlive this.
    explicit ConnectionCheck(Collaborators with, QObject *parent = nullptr);
    ~ConnectionCheck() override;

    //! Once. rowChanged() and finished() come after this returns.
    void start(const Agent &agent, const QString &prompt);
    //! finished() comes before this returns.
    void stop();

    const std::vector<CheckRow> &rows() const { return m_rows; }
    bool isFinished() const { return m_isFinished; }
    //! What went wrong; the words for it are in the catalogue. Absent: nothing, or it was stopped.
    const std::optional<Error> &fault() const { return m_fault; }
    bool isGood() const { return m_isFinished && !m_fault && !m_isStopped; }
    //! Parlance has learned from the refusal, so another test may fare better.
    bool mayFareBetter() const { return m_hasLearned; }
    const Agent &agent() const { return m_agent; }

Q_SIGNALS:
    void rowChanged(int row);
    //! Exactly once, last of all.
    void finished();

private:
    using State = CheckRow::State;

    void begin();
    Result<AgentQuestion> question();
    void lookUp();
    void probe();
    void onFinding(const Result<AuthFinding> &finding);
    void ask();
    void onStep(RequestStep step);
    void onHeaders(const ResponseHead &head);
    void onFrames(const std::vector<Frame> &frames);
    //! Of an MCP server.
    void onTools(const Frame &frame);
    void onDeltas(const std::vector<Delta> &deltas);
    void onRequestFinished(const std::optional<Error> &error);

    CheckRow *row(CheckStep step);
    //! Begins the step now.
    void run(CheckStep step);
    void settle(CheckStep step, State state, const QString &text, bool hasTime = true);
    void skip(CheckStep step, const QString &text);
    //! At the step that runs.
    void fail(const Error &error);
    void end();
    void releaseRequest();
    QString proofText() const;

    Collaborators m_with;
    AgentQuestion m_question;
    QString m_cardNote; //!< why the card is not known
    Agent m_agent;
    QString m_prompt;
    QString m_listId; //!< of the question for an MCP server's tools
    QUrl m_url;
    std::vector<CheckRow> m_rows;
    std::unique_ptr<HostLookup> m_lookup;
    std::unique_ptr<AgentRequest> m_request;
    std::unique_ptr<Interpreter> m_interpreter;
    DeltaGuard m_guard;
    QElapsedTimer m_clock; //!< of the step that runs
    std::optional<CheckStep> m_running;
    std::optional<Error> m_fault;
    bool m_hasOtherParts = false; //!< the answer has begun with something else than text
    bool m_hasLearned = false;
    bool m_isStopped = false;
    bool m_isFinished = false;
};

} // namespace Parlance
