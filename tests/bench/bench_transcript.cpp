// SPDX-License-Identifier: Apache-2.0
//
// What the transcript costs: an answer that streams in, a long conversation that opens, scrolling. An
// answer comes in pieces of four characters, eight to a frame (500 a second at 60 Hz); each frame is
// painted. The peer is the same text put into a QPlainTextEdit that is painted as often. Both run in the
// same process in turns, by the CPU time of the one thread, so that the ratio holds on a noisy machine.
//
//   bench_transcript [stream MODE SIZE | peer MODE SIZE]
//
// Without arguments it runs everything. With them one stream alone, for counting instructions; SIZE 0
// gives the start-up to take off.
#include "theme/theme.h"
#include "transcript/transcriptview.h"

#include <QApplication>
#include <QFile>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QWindow>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int piece = 4;
constexpr int piecesPerFrame = 8;
constexpr int rounds = 3;
const QSize size(760, 700);

double threadMs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + 1e-6 * double(time.tv_nsec);
}

QString repeated(qsizetype length, const std::function<QString(int)> &part)
{
    QString text;
    for (int i = 0; text.size() < length; ++i)
        text += part(i);
    return text.left(length);
}

QString source(const QString &mode, qsizetype length)
{
    if (mode == u"fence")
        return u"```cpp\n"_s + repeated(length, [](int i) {
                   return u"    const int value%1 = compute(%1, \"text\"); // remark\n"_s.arg(i);
               });
    if (mode == u"table")
        return u"| Item | Paid | Note |\n|---|---:|---|\n"_s + repeated(length, [](int i) {
                   return u"| thing %1 | € %2.00 | a few **words** |\n"_s.arg(i).arg(i % 97);
               });
    if (mode == u"list")
        return repeated(length,
                        [](int i) { return u"- item %1 with some *words* and `code` to it\n"_s.arg(i); });
    if (mode == u"paragraph")
        return repeated(length, [](int i) {
            return u"Sentence %1 has *plain* and **bold** words, `code` and a [link](https://x.test/%1). "_s
                .arg(i);
        });
    return repeated(length, [](int i) {
        return u"## Part %1\n\nA paragraph with **bold** words, `code`, a [link](https://x.test/%1) and "
               u"enough of "
               u"everything to take three or four lines of the page before it comes to its end.\n\n"
               u"- first of the list\n- second, with *stress*\n\n```py\nfor x in range(%1):\n    "
               u"print(x)\n```\n\n"
               u"| a | b |\n|---|---:|\n| c | %1 |\n\n> Quoted words stand a little to the right.\n\n"_s.arg(
                   i);
    });
}

struct Cost
{
    double perThousand = 0; //!< ms for 1,000 pieces
    double early = 0; //!< the same for the first and the last tenth
    double late = 0;
    double median = 0; //!< ms of a frame
    double p99 = 0;
    double worst = 0; //!< after the first ten
};

Cost costOf(const std::vector<double> &frames)
{
    Cost cost;
    if (frames.size() < 20)
        return cost;
    const auto sum = [&](size_t from, size_t to) {
        double total = 0;
        for (size_t i = from; i < to; ++i)
            total += frames[i];
        return total / double(to - from) / piecesPerFrame * 1000;
    };
    const size_t tenth = std::max<size_t>(frames.size() / 10, 5);
    cost.perThousand = sum(0, frames.size());
    cost.early = sum(10, std::min(10 + tenth, frames.size()));
    cost.late = sum(frames.size() - tenth, frames.size());
    std::vector<double> sorted(frames.begin() + 10, frames.end());
    std::ranges::sort(sorted);
    cost.median = sorted[sorted.size() / 2];
    cost.p99 = sorted[sorted.size() * 99 / 100];
    cost.worst = sorted.back();
    return cost;
}

//! Nothing is painted before the platform says that the window can be seen.
void expose(QWidget &widget)
{
    widget.show();
    while (!widget.windowHandle()->isExposed())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

//! Paints what asks for it.
void paint()
{
    QCoreApplication::sendPostedEvents();
}

template <typename Show> std::vector<double> eachFrame(const QString &text, Show show)
{
    std::vector<double> frames;
    for (qsizetype at = 0; at < text.size(); at += qsizetype(piece) * piecesPerFrame) {
        const double start = threadMs();
        show(at);
        paint();
        frames.push_back(threadMs() - start);
    }
    return frames;
}

Message answer(const QString &markdown, MessageState state)
{
    Message message;
    message.id = MessageId::create();
    message.role = Role::Agent;
    message.state = state;
    MessagePart part;
    part.content = Text{markdown};
    message.parts.push_back(part);
    return message;
}

std::vector<double> streamed(const QString &text, const QString &find = {})
{
    Theme theme;
    MessageList messages;
    messages.reset({userMessage(u"Go"_s), answer({}, MessageState::Streaming)});
    TranscriptView view(&theme);
    view.resize(size);
    view.setMessages(&messages);
    expose(view);
    if (!find.isEmpty()) {
        view.openFind();
        view.find(find);
        view.jumpToLatest();
    }
    paint();
    return eachFrame(text, [&](qsizetype at) {
        for (int i = 0; i < piecesPerFrame; ++i) {
            const QStringView more = QStringView(text).mid(at + qsizetype(i) * piece).left(piece);
            messages.change(
                1, [&](Message &message) { std::get<Text>(message.parts[0].content).markdown += more; });
        }
        view.showChanges();
    });
}

std::vector<double> inserted(const QString &text)
{
    QPlainTextEdit edit;
    edit.setReadOnly(true);
    edit.resize(size);
    expose(edit);
    paint();
    QTextCursor cursor(edit.document());
    return eachFrame(text, [&](qsizetype at) {
        for (int i = 0; i < piecesPerFrame; ++i) {
            cursor.movePosition(QTextCursor::End);
            cursor.insertText(text.mid(at + qsizetype(i) * piece, piece));
        }
        edit.verticalScrollBar()->setValue(edit.verticalScrollBar()->maximum());
    });
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

Cost medianCost(std::vector<Cost> costs)
{
    std::ranges::sort(costs, {}, &Cost::perThousand);
    return costs[costs.size() / 2];
}

void benchStream(const char *mode, qsizetype length, const QString &find = {})
{
    const QString text = source(QString::fromLatin1(mode), length);
    std::vector<Cost> ours;
    std::vector<Cost> theirs;
    // The peer lays a long paragraph out whole each time: once is enough to know, and on a part of it.
    const bool isSlow = qstrcmp(mode, "paragraph") == 0;
    for (int round = 0; round < (isSlow ? 1 : rounds); ++round) {
        ours.push_back(costOf(streamed(text, find)));
        theirs.push_back(costOf(inserted(isSlow ? text.left(20'000) : text)));
    }
    const Cost mine = medianCost(ours);
    const Cost peer = medianCost(theirs);
    std::printf("%-10s %4lld KB %9.1f %9.1f %7.2f %7.2f %9.2f %7.2f %7.2f\n", find.isEmpty() ? mode : "find",
                static_cast<long long>(length / 1000), mine.perThousand, peer.perThousand,
                mine.perThousand / peer.perThousand, mine.late / mine.early, mine.median, mine.p99,
                mine.worst);
    std::fflush(stdout);
}

std::vector<Message> longConversation(int count)
{
    std::vector<Message> messages;
    for (int i = 0; i < count; ++i)
        messages.push_back(i % 2 == 0
                               ? userMessage(u"Question %1 about something or other"_s.arg(i))
                               : answer(source(u"mixed"_s, 400 + i * 37 % 1400), MessageState::Complete));
    return messages;
}

double residentMb()
{
    QFile file(u"/proc/self/statm"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toDouble() * 4096 / 1e6 : 0;
}

void benchConversation(int count)
{
    Theme theme;
    MessageList messages;
    messages.reset(longConversation(count));
    const double before = residentMb();
    std::vector<double> opens;
    for (int round = 0; round < rounds; ++round) {
        const double start = threadMs();
        TranscriptView view(&theme);
        view.resize(size);
        view.setMessages(&messages);
        expose(view);
        paint();
        opens.push_back(threadMs() - start);
    }
    TranscriptView view(&theme);
    view.resize(size);
    view.setMessages(&messages);
    expose(view);
    paint();
    QScrollBar *bar = view.verticalScrollBar();
    const auto timed = [&](int times, const std::function<void(int)> &act) {
        std::vector<double> all;
        for (int i = 0; i < times; ++i) {
            const double start = threadMs();
            act(i);
            paint();
            all.push_back(threadMs() - start);
        }
        std::ranges::sort(all);
        return all;
    };
    const auto scrolls = timed(1000, [&](int) { bar->setValue(bar->value() - 60); });
    const auto jumps =
        timed(200, [&](int i) { bar->setValue(int(qint64(bar->maximum()) * (i * 61 % 200) / 200)); });
    std::printf("\n%d messages: open %.1f ms; scroll by 60 px %.2f ms (p99 %.2f); jump %.2f ms (p99 %.2f); "
                "%.0f MB resident, %.0f before\n",
                count, median(opens), scrolls[scrolls.size() / 2], scrolls[scrolls.size() * 99 / 100],
                jumps[jumps.size() / 2], jumps[jumps.size() * 99 / 100], residentMb(), before);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() == 4) {
        const QString text = source(arguments[2], arguments[3].toLongLong());
        (void)(arguments[1] == u"peer" ? inserted(text) : streamed(text));
        return 0;
    }
    std::printf(
        "CPU ms for 1,000 pieces of %d characters, %d to a frame; peer: QPlainTextEdit; late/early: last "
        "tenth to first;\nframes in ms without the first ten; median of %d runs\n",
        piece, piecesPerFrame, rounds);
    std::printf("%-10s %7s %9s %9s %7s %7s %9s %7s %7s\n", "", "", "ours", "peer", "ratio", "late/", "frame",
                "p99", "worst");
    benchStream("mixed", 10'000);
    benchStream("mixed", 80'000);
    benchStream("mixed", 400'000);
    benchStream("fence", 80'000);
    benchStream("table", 80'000);
    benchStream("list", 80'000);
    benchStream("paragraph", 80'000);
    benchStream("mixed", 80'000, u"words"_s);
    benchConversation(10'000);
    return 0;
}
