// SPDX-License-Identifier: Apache-2.0
//
// The whole window while two hundred conversations stream for ten minutes, half of them over a WebSocket,
// some of them cut off by the server and some stopped by the person, at random. Every answer has words of its
// own, so that what is lost or mixed up shows; at the end everything is read again from disk.
//
//   bench_soak [SECONDS CONVERSATIONS]   the figures, as lines of JSON; 1 if an answer is not what it should
//   be bench_soak serve                     the agent, in a program of its own, whose memory is not ours
#include "app/window/program.h"
#include "bench/measure.h"
#include "core/platform.h"
#include "demo/demoserver.h"
#include "demo/scriptbuilder.h"

#include <QApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryFile>

#include <malloc.h>

#include <atomic>
#include <chrono>
#include <thread>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Bench;

namespace {

//! Chats that stay in memory though nobody looks at them; see OpenChats.
constexpr int mostKept = 8;

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

//! What the server does with a question, which says so itself: "question 17: 40 words, whole".
struct Order
{
    int number = 0;
    int words = 0;
    QString end = {}; //!< whole, cut, or stall until the person stops

    QString question() const { return u"question %1: %2 words, %3"_s.arg(number).arg(words).arg(end); }
    static Order from(const QString &question)
    {
        const QStringList parts = question.split(u' ');
        return {.number = parts.value(1).chopped(1).toInt(),
                .words = parts.value(2).toInt(),
                .end = parts.value(4)};
    }
    //! Of no other answer.
    QString answer() const
    {
        QString text;
        for (int i = 0; i < words; ++i)
            text += (i % 23 == 22 ? u"a%1w%2.\n\n "_s : u"a%1w%2 "_s).arg(number).arg(i);
        return text;
    }
};

//! The events of AG-UI, in which an answer says where it begins: over a socket the rest of an answer that was
//! stopped comes before it.
DemoScript run(const Order &order, milliseconds pace)
{
    const QString id = u"run-%1"_s.arg(order.number);
    DemoScript script;
    const auto event = [&](QJsonObject object) {
        object.insert(u"messageId"_s, id);
        script.steps.push_back(
            {.bytes = "data: " + QJsonDocument(object).toJson(QJsonDocument::Compact) + "\n\n",
             .delay = pace});
    };
    event({{u"type"_s, u"RUN_STARTED"_s}, {u"threadId"_s, u"soak"_s}, {u"runId"_s, id}});
    event({{u"type"_s, u"TEXT_MESSAGE_START"_s}, {u"role"_s, u"assistant"_s}});
    for (const QString &word : order.answer().split(u' ', Qt::SkipEmptyParts))
        event({{u"type"_s, u"TEXT_MESSAGE_CONTENT"_s}, {u"delta"_s, QString(word + u' ')}});
    if (order.end == "whole"_L1) {
        event({{u"type"_s, u"TEXT_MESSAGE_END"_s}});
        event({{u"type"_s, u"RUN_FINISHED"_s}, {u"threadId"_s, u"soak"_s}, {u"runId"_s, id}});
    }
    return script;
}

DemoScript played(const DemoRequest &request)
{
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    const Order order = Order::from(body["prompt"_L1].toString());
    const milliseconds pace(20 + order.number * 7 % 41);
    ScriptBuilder builder(pace);
    builder.messageStart();
    builder.text(order.answer());
    if (order.end == "whole"_L1)
        builder.messageEnd({});
    DemoScript script = request.path == "/ws" ? run(order, pace) : builder.take();
    script.end = order.end == "cut"_L1 ? DemoEnd::Cut
        : order.end == "stall"_L1      ? DemoEnd::Stall
                                       : DemoEnd::Whole;
    return script;
}

int serve()
{
    DemoServer server(played);
    const Result<QUrl> url = server.start();
    std::puts(qPrintable(url ? url->toString() : QString()));
    std::fflush(stdout);
    return QCoreApplication::exec();
}

//! Lets the event loop run until something is so.
bool runUntil(const std::function<bool()> &isDone, milliseconds limit)
{
    const auto start = Clock::now();
    while (!isDone()) {
        if (Clock::now() - start > limit)
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    }
    return true;
}

void runFor(milliseconds time)
{
    runUntil([] { return false; }, time);
}

//! Asks the window's thread every few milliseconds whether it is there.
class Pulse
{
public:
    explicit Pulse(QObject *window)
        : m_thread([this, window] {
            while (!m_isOver) {
                const auto asked = Clock::now();
                QMetaObject::invokeMethod(
                    window,
                    [this, asked] {
                        const double waited =
                            std::chrono::duration<double, std::milli>(Clock::now() - asked).count();
                        m_worst = std::max(m_worst, waited);
                        if (waited > 60)
                            std::fprintf(stderr, "After %.1f s the window answered within %.0f ms\n",
                                         std::chrono::duration<double>(asked - m_begun).count(), waited);
                        m_waits.push_back(float(waited));
                    },
                    Qt::QueuedConnection);
                std::this_thread::sleep_until(Clock::now() + milliseconds(20));
            }
        })
    {
        m_waits.reserve(100'000);
    }
    ~Pulse()
    {
        m_isOver = true;
        m_thread.join();
        QCoreApplication::sendPostedEvents();
    }
    double worst() const { return m_worst; }
    double quantileOfWaits(double share) const { return quantile({m_waits.begin(), m_waits.end()}, share); }

private:
    Clock::time_point m_begun = Clock::now();
    double m_worst = 0;
    std::vector<float> m_waits;
    std::atomic<bool> m_isOver = false;
    std::thread m_thread;
};

//! Keeps every conversation busy, and looks at each answer as it ends.
class Storm : public QObject
{
public:
    Storm(Program &program, std::vector<ConversationId> conversations)
        : m_program(program)
        , m_conversations(std::move(conversations))
    {
        if (!m_told.open())
            qFatal("No file for what was told.");
        connect(&program.workspace, &Workspace::answerFinished, this, &Storm::onAnswer);
        m_turn.setInterval(milliseconds(700));
        connect(&m_turn, &QTimer::timeout, this, [this] {
            const auto which = m_random.bounded(int(m_conversations.size()));
            m_program.window.navigation()->openConversation(m_conversations[size_t(which)]);
        });
    }

    //! Everyone asks, again and again, until the time is over and all have their answer.
    bool rage(seconds time)
    {
        m_ends = Clock::now() + time;
        m_turn.start();
        for (const ConversationId &id : m_conversations)
            ask(id);
        runFor(time);
        m_turn.stop();
        return runUntil([this] { return m_open == 0; }, seconds(60));
    }
    int answers() const { return m_answers; }
    int faults() const { return m_faults; }

    //! Everything again, from the store: the words that each answer had, in the conversation it was in.
    bool isOnDisk(Store &store)
    {
        m_told.seek(0);
        QHash<QString, QByteArray> told;
        while (!m_told.atEnd()) {
            const QList<QByteArray> line = m_told.readLine().trimmed().split(' ');
            told.insert(QString::fromLatin1(line[0]), line[1]);
        }
        int found = 0;
        for (const ConversationId &id : m_conversations) {
            auto read = store.messages(id);
            if (!runUntil([&read] { return read.isFinished(); }, seconds(30)) || !read.result())
                return false;
            const Result<std::vector<Message>> messages = read.result();
            for (const Message &message : *messages) {
                if (message.role == Role::Agent && told.value(message.id.value()) == fingerprint(id, message))
                    ++found;
            }
        }
        if (found != told.size())
            std::fprintf(stderr, "%d of %d answers are on disk as they were told\n", found, int(told.size()));
        return found == told.size() && found == m_answers;
    }

private:
    void ask(const ConversationId &id)
    {
        static const QStringList ends{u"whole"_s, u"whole"_s, u"whole"_s, u"cut"_s, u"stall"_s};
        const Order order{.number = ++m_number,
                          .words = 5 + int(m_random.bounded(180)),
                          .end = ends[m_random.bounded(int(ends.size()))]};
        Chat *chat = m_program.workspace.chat(id);
        ++m_open;
        chat->send(order.question());
        if (order.end == "stall"_L1)
            stopSoon(chat, order.question(), milliseconds(m_random.bounded(8000)));
    }

    //! Stops the answer to that question and no other.
    void stopSoon(Chat *chat, const QString &question, milliseconds after)
    {
        QTimer::singleShot(after, chat, [this, chat, question] {
            const int last = chat->messages()->count() - 1;
            const bool isIts = last > 0 && chat->messages()->at(last - 1).text() == question;
            if (isIts && chat->isStreaming())
                chat->stop();
            else if (!isIts)
                stopSoon(chat, question, milliseconds(200));
        });
    }

    void onAnswer(const ConversationId &id, const MessageId &answer)
    {
        --m_open;
        ++m_answers;
        Chat *chat = m_program.workspace.chat(id);
        const Message *message = chat->find(answer);
        const Message *question = message ? chat->find(message->answerTo) : nullptr;
        if (!question || !isRight(Order::from(question->text()), *message)) {
            ++m_faults;
            std::fprintf(stderr, "%s\n -> %s: %s\n", qPrintable(question ? question->text() : u"?"_s),
                         qPrintable(message ? messageStateName(message->state) : u"?"_s),
                         qPrintable(message ? message->text().right(60) : u"?"_s));
        }
        m_told.write(answer.value().toLatin1() + ' ' + fingerprint(id, *message) + '\n');
        if (Clock::now() < m_ends)
            QTimer::singleShot(milliseconds(m_random.bounded(1500)), this, [this, id] {
                if (Clock::now() < m_ends)
                    ask(id);
            });
    }

    static bool isRight(const Order &order, const Message &message)
    {
        const QString whole = order.answer();
        const QString text = message.text();
        if (order.end == "whole"_L1)
            return message.state == MessageState::Complete && text == whole;
        if (order.end == "cut"_L1)
            return (message.state == MessageState::Interrupted || message.state == MessageState::Failed)
                && text == whole;
        return message.state == MessageState::Stopped && whole.startsWith(text);
    }

    static QByteArray fingerprint(const ConversationId &id, const Message &message)
    {
        return QByteArray::number(qulonglong(qHashMulti(0, id.value(), message.text(), int(message.state))),
                                  16);
    }

    Program &m_program;
    std::vector<ConversationId> m_conversations;
    QRandomGenerator m_random{20261122};
    QTemporaryFile m_told; // not memory, which is measured
    QTimer m_turn;
    Clock::time_point m_ends;
    int m_number = 0;
    int m_open = 0;
    int m_answers = 0;
    int m_faults = 0;
};

//! In megabytes.
struct Memory
{
    double own = 0; //!< not what files hold as well, which the system takes and gives at will
    double byShare = 0; //!< also that, with what others use of it divided among them
};

Memory memoryNow()
{
    malloc_trim(0);
    QFile file(u"/proc/self/smaps_rollup"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    Memory memory;
    for (const QByteArray &line : file.readAll().split('\n')) {
        const double megabytes = line.simplified().split(' ').value(1).toDouble() / 1024;
        const bool isSwapped = line.startsWith("SwapPss:");
        if (isSwapped || line.startsWith("Private_Dirty:"))
            memory.own += megabytes;
        if (isSwapped || line.startsWith("Pss:"))
            memory.byShare += megabytes;
    }
    return memory;
}

//! As after a break: no answer, no connection, and none in memory of those that grow.
Memory settledMemory(Program &program, const std::vector<ConversationId> &all,
                     const std::vector<ConversationId> &quiet)
{
    for (const ConversationId &id : all)
        program.workspace.chat(id)->closeConnection();
    program.workspace.letChatsGoAfter(milliseconds(200));
    for (const ConversationId &id : quiet)
        program.workspace.setFront(id);
    program.window.navigation()->openConversation(quiet.front());
    runFor(seconds(5));
    program.workspace.letChatsGoAfter(seconds(20));
    return memoryNow();
}

Agent agentAt(const QString &url, AgentTransport transport)
{
    Agent agent;
    agent.id = AgentId::create();
    agent.name = transport == AgentTransport::Http ? u"By request"_s : u"By socket"_s;
    agent.target = UrlTarget{url};
    agent.transport = transport;
    agent.created = QDateTime::currentDateTimeUtc();
    return agent;
}

int soak(seconds time, int count)
{
    QProcess server;
    server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    server.start(QCoreApplication::applicationFilePath(), {u"serve"_s});
    if (!server.waitForStarted() || !server.waitForReadyRead())
        return 1;
    const QString url = QString::fromUtf8(server.readLine()).trimmed();
    QTemporaryDir folder;
    std::unique_ptr<Storm> storm;
    bool isOver = false;
    Memory before;
    Memory after;
    {
        Program program(folder.path(), QUrl(url));
        if (!runUntil([&program] { return program.chat() != nullptr; }, seconds(30)))
            return 1;
        std::vector<AgentId> agents;
        for (const AgentTransport transport : {AgentTransport::Http, AgentTransport::WebSocket})
            agents.push_back(program.workspace.agents()->save(agentAt(url, transport))->id);
        std::vector<ConversationId> ids;
        for (int i = 0; i < count; ++i) {
            Chat *chat = program.workspace.newConversation(agents[size_t(i) % agents.size()]);
            ids.push_back(chat->conversation().id);
            program.workspace.rename(ids.back(), u"Conversation %1"_s.arg(i));
        }
        std::vector<ConversationId> quiet;
        for (int i = 0; i < mostKept + 1; ++i) {
            quiet.push_back(program.workspace.newConversation(AgentBook::builtInId())->conversation().id);
            // One that has nothing of its own would be taken again.
            program.workspace.rename(quiet.back(), u"Quiet %1"_s.arg(i));
        }
        storm = std::make_unique<Storm>(program, ids);
        // What is loaded once, and what the heap needs at its widest, is there before it counts.
        if (!storm->rage(std::max(seconds(8), time / 5)))
            return 1;
        before = settledMemory(program, ids, quiet);
        {
            Pulse pulse(&program.window);
            isOver = storm->rage(time);
            report(u"soak: the window answers, worst"_s, pulse.worst());
            report(u"soak: the window answers, p99"_s, pulse.quantileOfWaits(0.99));
        }
        after = settledMemory(program, ids, quiet);
        auto flushed = program.store.flush();
        isOver = runUntil([&flushed] { return flushed.isFinished(); }, seconds(60)) && isOver;
    }
    Store store(folder.path() + u"/parlance.sqlite"_s);
    auto opened = store.open();
    const bool isKept =
        runUntil([&opened] { return opened.isFinished(); }, seconds(30)) && storm->isOnDisk(store);
    server.kill();
    server.waitForFinished();
    report(u"soak: answers"_s, storm->answers());
    report(u"soak: answers that are not what was sent"_s, storm->faults() + (isOver && isKept ? 0 : 1));
    report(u"soak: memory afterwards"_s, after.own, before.own);
    report(u"soak: memory afterwards, by share"_s, after.byShare, before.byShare);
    return storm->faults() == 0 && isOver && isKept ? 0 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    shareHeap(); // as the program does
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() == 2 && arguments[1] == u"serve")
        return serve();
    return soak(seconds(arguments.size() == 3 ? arguments[1].toInt() : 600),
                arguments.size() == 3 ? arguments[2].toInt() : 200);
}
