// SPDX-License-Identifier: Apache-2.0
//
// What it costs to read an answer: 200,000 Converse text events in reads of 16 KiB, each half with \u
// escapes. Every stage is timed in the same run as its floor (finding the lines with memchr) and a peer
// (the same floor with QJsonDocument), so that the ratios hold on a noisy machine.
//
//   bench_wire [ours|peer COUNT]   without arguments every stage; with them one way from bytes to a message
//                                  alone, for counting instructions. COUNT 0 gives the start-up to take off
#include "chat/messagefold.h"
#include "wire/choosedecoder.h"
#include "wire/chooseinterpreter.h"
#include "wire/conversetext.h"
#include "wire/json.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <functional>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int eventCount = 200'000;
constexpr qsizetype readSize = qsizetype(16) * 1024;
constexpr int rounds = 7;

QByteArray body(int count)
{
    QByteArray bytes;
    bytes.reserve(qsizetype(count) * 96);
    for (int i = 0; i < count; ++i) {
        bytes += R"(data: {"event":{"contentBlockDelta":{"delta":{"text":")";
        bytes += i % 2 == 0 ? R"( caf\u00e9)" : " plain text";
        bytes += R"("},"contentBlockIndex":0}}})";
        bytes += "\n\n";
    }
    return bytes;
}

double threadSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) + 1e-9 * double(time.tv_nsec);
}

template <typename Take> void eachRead(const QByteArray &bytes, Take take)
{
    for (qsizetype at = 0; at < bytes.size(); at += readSize)
        take(QByteArrayView(bytes).sliced(at, std::min(readSize, bytes.size() - at)));
}

//! Calls take with each line; lines cut by a read are put together.
template <typename Take> void eachLine(const QByteArray &bytes, Take take)
{
    QByteArray pending;
    eachRead(bytes, [&](QByteArrayView piece) {
        while (!piece.isEmpty()) {
            const void *found = std::memchr(piece.data(), '\n', size_t(piece.size()));
            if (!found) {
                pending += piece;
                return;
            }
            const qsizetype end = static_cast<const char *>(found) - piece.data();
            if (pending.isEmpty()) {
                take(piece.first(end));
            } else {
                pending += piece.first(end);
                take(QByteArrayView(pending));
                pending.clear();
            }
            piece = piece.sliced(end + 1);
        }
    });
}

qsizetype floorOnly(const QByteArray &bytes)
{
    qsizetype sum = 0;
    eachLine(bytes, [&](QByteArrayView line) { sum += line.size(); });
    return sum;
}

qsizetype peer(const QByteArray &bytes)
{
    qsizetype sum = 0;
    eachLine(bytes, [&](QByteArrayView line) {
        if (!line.startsWith("data: "))
            return;
        const QByteArray json = QByteArray::fromRawData(line.data() + 6, line.size() - 6);
        const QJsonObject event = QJsonDocument::fromJson(json).object().value("event"_L1).toObject();
        const QJsonObject delta = event.value("contentBlockDelta"_L1).toObject().value("delta"_L1).toObject();
        sum += delta.value("text"_L1).toString().size();
    });
    return sum;
}

template <typename Take> void eachFrame(const QByteArray &bytes, Take take)
{
    const auto decoder = makeDecoder("text/event-stream");
    std::vector<Frame> frames;
    eachRead(bytes, [&](QByteArrayView piece) {
        frames.clear();
        decoder->feed(piece, frames);
        for (const Frame &frame : frames)
            take(frame);
    });
}

qsizetype decode(const QByteArray &bytes)
{
    qsizetype sum = 0;
    eachFrame(bytes, [&](const Frame &frame) { sum += frame.payload.size(); });
    return sum;
}

qsizetype decodeAndRead(const QByteArray &bytes)
{
    qsizetype sum = 0;
    eachFrame(bytes,
              [&](const Frame &frame) { sum += converseText(frame.payload).value_or(QString()).size(); });
    return sum;
}

qsizetype decodeAndParse(const QByteArray &bytes)
{
    qsizetype sum = 0;
    Json json;
    eachFrame(bytes, [&](const Frame &frame) {
        const JsonValue event = json.parse(frame.payload).find("event");
        sum += event.find("contentBlockDelta").find("delta").find("text").utf8().size();
    });
    return sum;
}

qsizetype decodeAndInterpret(const QByteArray &bytes)
{
    const auto interpreter = makeInterpreter();
    std::vector<Delta> deltas;
    qsizetype sum = 0;
    eachFrame(bytes, [&](const Frame &frame) {
        deltas.clear();
        interpreter->interpret(frame, deltas);
        sum += qsizetype(deltas.size());
    });
    return sum;
}

qsizetype everything(const QByteArray &bytes)
{
    const auto interpreter = makeInterpreter();
    std::vector<Delta> deltas;
    Message message;
    eachFrame(bytes, [&](const Frame &frame) {
        deltas.clear();
        interpreter->interpret(frame, deltas);
        for (const Delta &delta : deltas)
            foldDelta(message, delta, &frame);
    });
    return message.text().size();
}

struct Stage
{
    const char *name;
    qsizetype (*run)(const QByteArray &);
    std::vector<double> seconds = {};
    qsizetype result = 0;
};

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

} // namespace

int main(int argc, char **argv)
{
    if (argc == 3) {
        const QByteArray some = body(QByteArray(argv[2]).toInt());
        (void)(qstrcmp(argv[1], "peer") == 0 ? peer(some) : everything(some));
        return 0;
    }
    const QByteArray bytes = body(eventCount);
    std::array<Stage, 7> stages{
        Stage{"floor: lines by memchr", floorOnly},       Stage{"decode to frames", decode},
        Stage{"decode + JSON, fast path", decodeAndRead}, Stage{"decode + JSON, real parser", decodeAndParse},
        Stage{"decode + interpret", decodeAndInterpret},  Stage{"decode + interpret + fold", everything},
        Stage{"peer: lines + QJsonDocument", peer}};
    // In turns, so that a noisy moment hits every stage.
    for (int round = 0; round < rounds; ++round) {
        for (Stage &stage : stages) {
            const double start = threadSeconds();
            stage.result = stage.run(bytes);
            stage.seconds.push_back(threadSeconds() - start);
        }
    }
    const double floorSeconds = median(stages.front().seconds);
    const double peerSeconds = median(stages.back().seconds);
    std::printf("%d events, %.1f MB, CPU time, median of %d\n", eventCount, double(bytes.size()) / 1e6,
                rounds);
    std::printf("%-30s %9s %9s %9s %9s\n", "", "ns/event", "MB/s", "x floor", "peer/x");
    for (const Stage &stage : stages) {
        const double seconds = median(stage.seconds);
        std::printf("%-30s %9.0f %9.0f %9.1f %9.1f\n", stage.name, seconds / eventCount * 1e9,
                    double(bytes.size()) / seconds / 1e6, seconds / floorSeconds, peerSeconds / seconds);
        if (stage.result == 0)
            return 1;
    }
    return 0;
}
