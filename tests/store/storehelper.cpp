// SPDX-License-Identifier: Apache-2.0
#include "store/samples.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTimer>

#include <unistd.h>

#include <cstdio>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

void say(const QString &line)
{
    std::fputs(qPrintable(line), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

int opened(Store &store)
{
    const auto state = awaited(store.open());
    if (!state)
        qWarning() << state.error().serverMessage;
    say(state ? u"open"_s : errorKindName(state.error().kind));
    return state ? 0 : 1;
}

// Says what it has handed to the store, with the time, until it is killed.
int stream(const QString &file)
{
    Store store(file);
    if (opened(store) != 0)
        return 1;
    Conversation conversation = sampleConversation();
    conversation.id = ConversationId(u"crash"_s);
    store.saveConversation(conversation);
    store.saveSession(sampleSession());
    Message queued = userMessage(u"waits its turn"_s);
    queued.state = MessageState::Queued;
    store.saveMessage(conversation.id, 1, queued);
    Message answer = sampleAnswer(MessageState::Streaming, u"| "_s.repeated(50000));
    int count = 0;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
        answerText(answer) += QString::number(count) % u' ';
        store.saveMessage(conversation.id, 0, answer);
        store.appendFrames(answer.id, {Frame{.sequence = count, .payload = QByteArray::number(count)}});
        say(u"%1 %2"_s.arg(count).arg(QDateTime::currentMSecsSinceEpoch()));
        ++count;
    });
    timer.start(4);
    return QCoreApplication::exec();
}

// On a volume of one mebibyte: fills it, fails, makes room, recovers.
int fill(const QString &folder)
{
    Store store(folder % "/parlance.sqlite"_L1, StoreOptions{.retryTime = std::chrono::milliseconds(100)});
    if (opened(store) != 0)
        return 1;
    const Conversation conversation = sampleConversation();
    store.saveConversation(conversation);
    store.saveMessage(conversation.id, 0, userMessage(u"before"_s));
    if (!awaited(store.flush()))
        return 2;
    QFile ballast(folder % "/ballast"_L1);
    if (!ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return 3;
    while (ballast.write(QByteArray(4096, 'x')) == 4096) { }
    QSignalSpy failed(&store, &Store::writeFailed);
    QSignalSpy recovered(&store, &Store::writeRecovered);
    store.saveMessage(conversation.id, 1, userMessage(u"while full "_s.repeated(20000)));
    if (!QTest::qWaitFor([&] { return !failed.isEmpty(); }, 30000))
        return 4;
    say(errorKindName(failed.first().first().value<Error>().kind));
    if (awaited(store.messages(conversation.id)).value_or(std::vector<Message>{}).size() != 1)
        return 5;
    ballast.remove();
    if (!QTest::qWaitFor([&] { return !recovered.isEmpty(); }, 30000))
        return 6;
    if (awaited(store.messages(conversation.id)).value_or(std::vector<Message>{}).size() != 2)
        return 7;
    say(u"recovered"_s);
    return 0;
}

int hold(const QString &file)
{
    Store store(file);
    if (opened(store) != 0)
        return 1;
    return QCoreApplication::exec();
}

// As the window has it: open for writing, with what was written last still in SQLite's log.
int keep(const QString &file, const QString &url)
{
    Store store(file);
    if (!awaited(store.open()))
        return 1;
    Agent agent{.id = AgentId(u"a1"_s), .name = u"Orders"_s};
    agent.target = UrlTarget{.url = url};
    store.saveAgent(agent);
    say(awaited(store.flush()) ? u"open"_s : u"failed"_s);
    return QCoreApplication::exec();
}

// What somebody else's tool may do to a file while Parlance has it open.
int rename(const QString &file, const QString &from, const QString &to)
{
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s);
    database.setDatabaseName(file);
    const QString statement = u"ALTER TABLE %1 RENAME TO %2"_s.arg(from, to);
    return database.open() && QSqlQuery(database).exec(statement) ? 0 : 1;
}

int asNobody(const QString &file)
{
    constexpr unsigned nobody = 65534;
    if (geteuid() == 0 && (setgid(nobody) != 0 || setuid(nobody) != 0))
        return 2;
    Store store(file);
    return opened(store);
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 3)
        return 9;
    const QString &what = arguments.at(1);
    const QString &path = arguments.at(2);
    if (what == "stream"_L1)
        return stream(path);
    if (what == "fill"_L1)
        return fill(path);
    if (what == "keep"_L1)
        return keep(path, arguments.value(3));
    if (what == "hideMessages"_L1)
        return rename(path, u"messages"_s, u"elsewhere"_s);
    if (what == "showMessages"_L1)
        return rename(path, u"elsewhere"_s, u"messages"_s);
    if (what == "hold"_L1)
        return hold(path);
    if (what == "nobody"_L1)
        return asNobody(path);
    return 9;
}
