// SPDX-License-Identifier: Apache-2.0
//
// What an answer costs that streams in. It comes in pieces of four characters, eight to a frame (500 a
// second at 60 Hz), and each frame is painted. The peer is the same text put into a QPlainTextEdit that is
// painted as often. Both run in the same process in turns, by the CPU time of the one thread, so that the
// ratio holds on a noisy machine.
//
//   bench_transcript [--quick]                     every figure, as lines of JSON
//   bench_transcript growth                        only what a long reply costs
//   bench_transcript stream|peer MODE SIZE         one stream alone, for counting instructions; SIZE 0
//                                                  gives the start-up to take off
//   bench_transcript after LENGTH SIZE             the same with mixed text, of which LENGTH is there already
#include "support/answers.h"
#include "bench/measure.h"
#include "bench/paints.h"

#include "theme/theme.h"
#include "transcript/transcriptview.h"

#include <QApplication>
#include <QPlainTextEdit>
#include <QScrollBar>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Bench;

namespace {

constexpr int piece = 4;
constexpr int piecesPerFrame = 8;
constexpr qsizetype perFrame = qsizetype(piece) * piecesPerFrame;
constexpr size_t firstFrames = 10; //!< fonts are loaded in them
const QSize size(760, 700);

using Frames = std::vector<double>;

double perThousand(const Frames &frames, size_t from, size_t to)
{
    double total = 0;
    for (size_t i = from; i < to; ++i)
        total += frames[i];
    return total / double(to - from) / piecesPerFrame * 1000;
}

double perThousand(const Frames &frames)
{
    return perThousand(frames, 0, frames.size());
}

template <typename Show> Frames eachFrame(const QString &text, qsizetype from, Show show)
{
    Frames frames;
    for (qsizetype at = from; at < text.size(); at += perFrame) {
        const double start = threadMs();
        show(at);
        paint();
        frames.push_back(threadMs() - start);
    }
    return frames;
}

//! What is there already when the measuring begins: so many characters, and what is looked for.
struct Before
{
    qsizetype length = 0;
    QString find = {};
};

Frames streamed(const QString &text, const Before &before = {})
{
    Theme theme;
    MessageList messages;
    messages.reset({userMessage(u"Go"_s), answer(text.left(before.length), MessageState::Streaming)});
    TranscriptView view(&theme);
    view.resize(size);
    view.setMessages(&messages);
    expose(view);
    if (!before.find.isEmpty()) {
        view.openFind();
        view.find(before.find);
        view.jumpToLatest();
    }
    paint();
    return eachFrame(text, before.length, [&](qsizetype at) {
        for (int i = 0; i < piecesPerFrame; ++i) {
            const QStringView more = QStringView(text).mid(at + qsizetype(i) * piece).left(piece);
            messages.change(1, [&](Message &message) {
                std::get<Text>(message.parts[0].content).markdown += more.toString();
            });
        }
        view.showChanges();
    });
}

Frames inserted(const QString &text)
{
    QPlainTextEdit edit;
    edit.setReadOnly(true);
    edit.resize(size);
    expose(edit);
    paint();
    QTextCursor cursor(edit.document());
    return eachFrame(text, 0, [&](qsizetype at) {
        for (int i = 0; i < piecesPerFrame; ++i) {
            cursor.movePosition(QTextCursor::End);
            cursor.insertText(text.mid(at + qsizetype(i) * piece, piece));
        }
        edit.verticalScrollBar()->setValue(edit.verticalScrollBar()->maximum());
    });
}

Frames settled(const Frames &frames)
{
    return {frames.begin() + std::min(firstFrames, frames.size()), frames.end()};
}

//! Of several runs the one in the middle, for each frame's figure by itself.
void reportFrames(const QString &what, const std::vector<Frames> &runs)
{
    std::vector<double> late;
    std::vector<double> worst;
    for (const Frames &run : runs) {
        late.push_back(quantile(settled(run), 0.99));
        worst.push_back(quantile(settled(run), 1));
    }
    report(u"frame p99, "_s + what, median(late));
    report(u"worst frame, "_s + what, median(worst));
}

void benchAgainstInsert(const QString &mode, const QString &what, int rounds, qsizetype length,
                        const QString &find = {})
{
    const QString text = source(mode, length);
    // The peer lays a long paragraph out whole each time: a part of it is enough to know.
    const QString theirs = mode == u"paragraph" ? text.left(length / 10) : text;
    std::vector<Frames> runs;
    std::vector<double> ours;
    std::vector<double> peers;
    for (int round = 0; round < rounds; ++round) {
        runs.push_back(streamed(text, {.find = find}));
        ours.push_back(perThousand(runs.back()));
        peers.push_back(perThousand(inserted(theirs)));
    }
    report(u"CPU per 1,000 deltas, 80 KB "_s + what, median(ours), median(peers));
    reportFrames(what, runs);
}

//! The cost of a delta that comes after 400 KB of a reply, against that after 10 KB. The two take turns, with
//! what came before already there, so that a machine whose speed changes does not change their ratio.
void benchGrowth(int rounds)
{
    constexpr qsizetype part = 10'000;
    const QString text = source(u"mixed"_s, 400'000 + part);
    const auto after = [&](qsizetype length) {
        const Frames frames = streamed(text.left(length + part), {.length = length});
        return perThousand(frames, firstFrames, frames.size());
    };
    std::vector<double> early;
    std::vector<double> late;
    for (int round = 0; round < rounds; ++round) {
        early.push_back(after(10'000));
        late.push_back(after(400'000));
    }
    report(u"CPU per 1,000 deltas at 400 KB against at 10 KB"_s, median(late), median(early));
}

//! The same from the first delta to the last, which nothing but patience can tell.
void benchLongStream(int rounds)
{
    const QString text = source(u"mixed"_s, 400'000);
    constexpr size_t part = 10'000 / perFrame;
    std::vector<double> early;
    std::vector<double> late;
    std::vector<Frames> runs;
    for (int round = 0; round < rounds; ++round) {
        runs.push_back(streamed(text));
        const Frames &run = runs.back();
        early.push_back(perThousand(run, part, 2 * part));
        late.push_back(perThousand(run, run.size() - part, run.size()));
    }
    report(u"CPU per 1,000 deltas at 400 KB against at 10 KB, one stream"_s, median(late), median(early));
    reportFrames(u"400 KB mixed"_s, runs);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() == 4 && arguments[1] == u"after"_s) {
        const qsizetype length = arguments[2].toLongLong();
        (void)streamed(source(u"mixed"_s, length + arguments[3].toLongLong()), {.length = length});
        return 0;
    }
    if (arguments.size() == 4) {
        const QString text = source(arguments[2], arguments[3].toLongLong());
        (void)(arguments[1] == u"peer" ? inserted(text) : streamed(text));
        return 0;
    }
    const bool isQuick = arguments.contains(u"--quick"_s);
    const int rounds = isQuick ? 1 : 5;
    // Fonts and code pages are there before anything counts, on both sides.
    (void)streamed(source(u"mixed"_s, 2'000));
    (void)inserted(source(u"mixed"_s, 2'000));
    if (arguments.contains(u"growth"_s)) {
        benchGrowth(9);
        benchLongStream(3);
        return 0;
    }
    // A look in between is content with the shapes' beginnings.
    const qsizetype length = isQuick ? 8'000 : 80'000;
    benchAgainstInsert(u"mixed"_s, u"mixed"_s, isQuick ? 2 : 5, 80'000);
    for (const QString &mode : {u"list"_s, u"table"_s, u"fence"_s, u"paragraph"_s})
        benchAgainstInsert(mode, u"one "_s + mode, rounds, length);
    benchAgainstInsert(u"mixed"_s, u"mixed with find open"_s, rounds, length, u"words"_s);
    benchGrowth(isQuick ? 5 : 9);
    if (!isQuick)
        benchLongStream(3);
    return 0;
}
