// SPDX-License-Identifier: Apache-2.0
//
// The whole window while twenty conversations stream at 100 deltas a second each, one of them in view: how
// long a key takes until its letter is painted. A thread of its own types, and notes the time before. The
// peer is the same window with nothing streaming.
//
//   bench_window [--quick]            the figures, as lines of JSON
//   bench_window seed URL N           writes the profile in PARLANCE_PROFILE_DIR: an agent at URL with a
//                                     conversation of N messages, shown at the next start
#include "support/answers.h"
#include "bench/measure.h"

#include "app/window/program.h"
#include "core/paths.h"
#include "core/platform.h"
#include "demo/demoserver.h"

#include <QApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>

#include <atomic>
#include <chrono>
#include <thread>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Bench;

namespace {

using Clock = std::chrono::steady_clock;
constexpr int streams = 20;
constexpr std::chrono::milliseconds pace{10};

//! An answer of so many deltas, four characters each, one every ten milliseconds.
DemoScript longAnswer(int deltas)
{
    const QString text = source(u"mixed"_s, qsizetype(4) * deltas);
    DemoScript script;
    script.headers = {{"Content-Type", "text/event-stream"}};
    for (int i = 0; i < deltas; ++i) {
        const QJsonObject event{
            {u"event"_s,
             QJsonObject{{u"contentBlockDelta"_s,
                          QJsonObject{{u"delta"_s, QJsonObject{{u"text"_s, text.mid(qsizetype(4) * i, 4)}}},
                                      {u"contentBlockIndex"_s, 0}}}}}};
        script.steps.push_back(
            {"data: " + QJsonDocument(event).toJson(QJsonDocument::Compact) + "\n\n", pace});
    }
    return script;
}

//! Tells when the widget has painted what a key changed.
class Typist : public QObject
{
public:
    explicit Typist(QPlainTextEdit *edit)
        : m_edit(edit)
    {
        m_edit->viewport()->installEventFilter(this);
    }
    bool eventFilter(QObject *, QEvent *event) override
    {
        // Asked for behind the paint, so that the picture is on its way to the screen.
        if (event->type() == QEvent::Paint && m_edit->document()->characterCount() - 1 >= m_typed)
            QMetaObject::invokeMethod(
                this, [this] { m_painted = m_typed.load(); }, Qt::QueuedConnection);
        return false;
    }

    //! In a thread of its own: types letters, one after the other, at times that fall on every part of a
    //! frame.
    std::vector<double> type(int letters)
    {
        std::vector<double> took;
        for (int i = 0; i < letters; ++i) {
            std::this_thread::sleep_until(Clock::now() + std::chrono::milliseconds(20 + i * 7 % 31));
            const auto start = Clock::now();
            m_typed = m_typed + 1;
            QMetaObject::invokeMethod(
                m_edit,
                [edit = m_edit] {
                    QKeyEvent press(QEvent::KeyPress, Qt::Key_A, Qt::NoModifier, u"a"_s);
                    QCoreApplication::sendEvent(edit, &press);
                },
                Qt::QueuedConnection);
            while (m_painted < m_typed && Clock::now() - start < std::chrono::seconds(10))
                std::this_thread::sleep_until(Clock::now() + std::chrono::microseconds(200));
            took.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
        }
        return took;
    }

private:
    QPlainTextEdit *m_edit;
    std::atomic<int> m_typed = 0;
    std::atomic<int> m_painted = 0;
};

void waitFor(const std::function<bool()> &isDone)
{
    const auto start = Clock::now();
    while (!isDone() && Clock::now() - start < std::chrono::seconds(30))
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    if (!isDone())
        qFatal("The window did not get as far as it should.");
}

std::vector<double> typed(Program &program, int letters)
{
    program.message()->clear();
    Typist typist(program.message());
    std::vector<double> took;
    std::atomic<bool> isDone = false;
    std::thread thread([&] {
        took = typist.type(letters);
        isDone = true;
        QMetaObject::invokeMethod(
            &typist, [] {}, Qt::QueuedConnection);
    });
    while (!isDone)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    thread.join();
    return took;
}

int benchKeys(bool isQuick)
{
    const int letters = isQuick ? 60 : 400;
    QTemporaryDir folder;
    DemoServer server([](const DemoRequest &) { return longAnswer(6000); });
    const Result<QUrl> url = server.start();
    if (!url)
        return 1;
    Program program(folder.path(), *url);
    waitFor([&] { return program.chat() != nullptr; });
    const std::vector<double> idle = typed(program, letters / 2);

    for (int i = 1; i < streams; ++i)
        program.workspace.newConversation(AgentBook::builtInId())->send(u"Go"_s);
    program.chat()->send(u"Go"_s);
    waitFor(
        [&] { return program.workspace.streamingCount() == streams && !program.last().text().isEmpty(); });
    // Into the steady state, with a page of text in view.
    const auto start = Clock::now();
    waitFor([&] { return Clock::now() - start > std::chrono::seconds(isQuick ? 1 : 3); });
    const qsizetype before = program.last().text().size();
    const auto began = Clock::now();
    const std::vector<double> busy = typed(program, letters);
    const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
    const double rate = double(program.last().text().size() - before) / 4 / seconds;
    if (program.workspace.streamingCount() != streams)
        qFatal("An answer ended while it was measured.");
    report(u"key to paint, p99, twenty conversations streaming"_s, quantile(busy, 0.99),
           quantile(idle, 0.99));
    report(u"key to paint, median, twenty conversations streaming"_s, median(busy), median(idle));
    report(u"deltas a second in view meanwhile"_s, rate);
    return 0;
}

int seed(const QString &url, int count)
{
    const Paths paths = Paths::fromEnvironment();
    paths.makeDirectories();
    Store store(paths.databaseFile());
    auto opened = store.open();
    waitFor([&] { return opened.isFinished(); });
    Agent agent;
    agent.id = AgentId::create();
    agent.name = u"Bench"_s;
    agent.target = UrlTarget{url};
    agent.created = QDateTime::currentDateTimeUtc();
    store.saveAgent(agent);
    Conversation conversation;
    conversation.id = ConversationId::create();
    conversation.agent = agent.id;
    conversation.session = RuntimeSessionId::create();
    conversation.created = conversation.lastActive = agent.created;
    store.saveConversation(conversation);
    int position = 0;
    for (const Message &message : longConversation(count))
        store.saveMessage(conversation.id, position++, message);
    auto flushed = store.flush();
    waitFor([&] { return flushed.isFinished(); });
    Settings settings(paths.settingsFile());
    settings.setLastAgent(agent.id);
    settings.setLastConversation(conversation.id);
    return flushed.result() ? 0 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    shareHeap(); // as the program does
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() == 4 && arguments[1] == u"seed")
        return seed(arguments[2], arguments[3].toInt());
    return benchKeys(arguments.contains(u"--quick"_s));
}
