// SPDX-License-Identifier: Apache-2.0
//
// What it costs to find something among everything: a store of 100,000 messages of about 600 characters
// in 1,000 conversations, questions from rare to the worst that make sense, each with count, first page
// and snippets, as the window asks them. The peer in the same run is what a program without an index
// does: LIKE over the same texts. Also timed: bringing the messages to disk with the index and without.
#include "store/database.h"
#include "store/store.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int pageSize = 50;

//! Words as language has them: a few are everywhere, most are rare.
class Prose
{
public:
    Prose()
    {
        std::uniform_int_distribution<int> length(3, 9);
        std::uniform_int_distribution<int> letter('a', 'z');
        for (int i = 0; i < 30'000; ++i) {
            QString word;
            for (int k = length(m_random); k > 0; --k)
                word += QChar(letter(m_random));
            m_words.append(word);
        }
        for (int i = 0; i < m_common.size(); ++i)
            m_words[i] = m_common[i];
        double sum = 0;
        for (int i = 0; i < m_words.size(); ++i) {
            sum += 1.0 / (i + 2);
            m_sums.push_back(sum);
        }
    }

    QString message()
    {
        std::uniform_real_distribution<double> place(0, m_sums.back());
        QString text;
        while (text.size() < 600) {
            const auto found = std::ranges::lower_bound(m_sums, place(m_random));
            text += m_words[found - m_sums.begin()];
            text += ++m_count % 13 == 0 ? u". "_s : u" "_s;
        }
        return text;
    }

    const QString &word(int rank) const { return m_words[rank]; }

private:
    std::mt19937 m_random{1};
    QStringList m_words;
    const QStringList m_common{u"the"_s, u"of"_s, u"and"_s, u"to"_s, u"order"_s, u"agent"_s, u"refund"_s};
    std::vector<double> m_sums;
    int m_count = 0;
};

template <typename T> Result<T> waited(const QFuture<Result<T>> &future)
{
    QFuture<Result<T>> copy = future;
    copy.waitForFinished();
    return copy.result();
}

double elapsedMs(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

struct Times
{
    double median = 0;
    double p99 = 0;
};

Times summary(std::vector<double> times)
{
    std::ranges::sort(times);
    return {.median = times[times.size() / 2],
            .p99 = times[std::min(times.size() - 1, size_t(std::ceil(double(times.size()) * 0.99)) - 1)]};
}

double fill(Store &store, Prose &prose, int messages)
{
    QElapsedTimer timer;
    timer.start();
    const QDateTime begin(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);
    for (int i = 0; i < messages; ++i) {
        const ConversationId conversation(u"conversation-%1"_s.arg(i / 100));
        if (i % 100 == 0)
            store.saveConversation({.id = conversation,
                                    .agent = AgentId(u"agent-%1"_s.arg(i / 100 % 5)),
                                    .title = u"Conversation"_s,
                                    .created = begin.addSecs(i * 60)});
        Message message = userMessage(prose.message());
        message.role = i % 2 == 0 ? Role::User : Role::Agent;
        message.created = begin.addSecs(i * 60);
        message.qualifier = i % 300 < 100 ? u"prod"_s : QString();
        message.state = i % 97 == 0 ? MessageState::Failed : MessageState::Complete;
        store.saveMessage(conversation, i % 100, message);
        if (i % 2000 == 1999)
            (void)waited(store.flush());
    }
    (void)waited(store.flush());
    return elapsedMs(timer);
}

struct Row
{
    QString name = {};
    int count = 0;
    Times times = {};
    double peer = 0; //!< 0: none
};

//! The first page and the count by LIKE, newest first.
double byLike(Database &database, const QString &word)
{
    QElapsedTimer timer;
    timer.start();
    QSqlQuery *query =
        database.run("SELECT messages.number, created_ms, text FROM parts JOIN messages ON messages.number = "
                     "parts.message "
                     "WHERE text LIKE ? AND conversation IN (SELECT id FROM conversations WHERE removed = 0) "
                     "ORDER BY created_ms DESC",
                     {QVariant(u'%' + word + u'%')});
    int count = 0;
    while (database.next(query))
        ++count;
    return elapsedMs(timer);
}

Row measure(Store &store, Database &plain, const QString &name, const SearchQuestion &question, int rounds)
{
    Row row{.name = name};
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        QElapsedTimer timer;
        timer.start();
        const Result<SearchPage> page = waited(store.search(question, 0, pageSize));
        times.push_back(elapsedMs(timer));
        row.count = page ? page->count : -1;
    }
    row.times = summary(times);
    std::vector<double> peers;
    const QString word = question.typed.simplified().section(u' ', 0, 0).remove(u'"');
    for (int i = 0; !word.isEmpty() && i < 3; ++i)
        peers.push_back(byLike(plain, word));
    row.peer = peers.empty() ? 0 : summary(peers).median;
    return row;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const bool isQuick = QCoreApplication::arguments().contains(u"--quick"_s);
    const int messages = isQuick ? 20'000 : 100'000;
    const int rounds = isQuick ? 15 : 100;
    QTemporaryDir folder;
    const QString file = folder.filePath(u"parlance.sqlite"_s);
    Prose prose;
    {
        Store store(file);
        (void)waited(store.open());
        const double ms = fill(store, prose, messages);
        std::fprintf(stderr, "%d messages kept and indexed in %.1f s, %.0f us each\n", messages, ms / 1000,
                     ms * 1000 / messages);
    }
    std::fprintf(stderr, "file: %.0f MB\n\n", double(QFileInfo(file).size()) / 1e6);

    QElapsedTimer timer;
    timer.start();
    Store store(file);
    (void)waited(store.open());
    const double openMs = elapsedMs(timer);
    timer.restart();
    (void)waited(store.search({.typed = u"refund"_s}, 0, pageSize));
    std::fprintf(stderr, "open %.1f ms, first question %.1f ms\n\n", openMs, elapsedMs(timer));

    Database plain;
    plain.open(file, Database::Access::ReadOnly);
    const QString rare = prose.word(20'000);
    const std::vector<std::pair<QString, SearchQuestion>> questions{
        {u"rare word"_s, {.typed = rare}},
        {u"common word"_s, {.typed = u"the "_s}},
        {u"common word, being typed"_s, {.typed = u"the"_s}},
        {u"two letters, being typed"_s, {.typed = u"th"_s}},
        {u"three common words"_s, {.typed = u"the of order"_s}},
        {u"phrase of common words"_s, {.typed = u"\"the order\""_s}},
        {u"common without common"_s, {.typed = u"the -refund"_s}},
        {u"common of one agent and role"_s,
         {.typed = u"the"_s, .filter = {.agent = AgentId(u"agent-1"_s), .role = Role::Agent}}},
        {u"all failed, no words"_s, {.filter = {.isFailedOnly = true}}},
    };
    std::fprintf(stderr, "%-32s %9s %9s %9s %11s %7s\n", "question", "found", "median ms", "p99 ms",
                 "by LIKE ms", "ratio");
    for (const auto &[name, question] : questions) {
        const Row row = measure(store, plain, name, question, rounds);
        std::fprintf(stderr, "%-32s %9d %9.1f %9.1f", qPrintable(row.name), row.count, row.times.median,
                     row.times.p99);
        if (row.peer > 0)
            std::fprintf(stderr, " %11.1f %7.3f", row.peer, row.times.median / row.peer);
        std::fprintf(stderr, "\n");
        // For run.py: a line of JSON for each figure.
        QJsonObject json{{u"name"_s, QString(u"search p99, "_s + row.name)}, {u"value"_s, row.times.p99}};
        if (row.peer > 0)
            json.insert(u"floor"_s, row.peer);
        std::printf("%s\n", QJsonDocument(json).toJson(QJsonDocument::Compact).constData());
    }
    return 0;
}
