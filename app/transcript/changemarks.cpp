// SPDX-License-Identifier: Apache-2.0
#include "transcript/changemarks.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Transcript)
};

bool hasSign(const QString &text)
{
    return std::ranges::any_of(text, ChangeMark::isSign);
}

RichText marked(const RichText &from)
{
    RichText to;
    quint16 change = PlainRun;
    auto run = from.runs.cbegin();
    qsizetype begin = 0;
    for (qsizetype at = 0; at <= from.text.size(); ++at) {
        while (run != from.runs.cend() && run->start + run->length <= begin)
            ++run;
        const bool isInRun = run != from.runs.cend() && run->start <= begin;
        const qsizetype edge = run == from.runs.cend() ? from.text.size()
            : isInRun                                  ? run->start + run->length
                                                       : run->start;
        const bool isSign = at < from.text.size() && ChangeMark::isSign(from.text.at(at));
        if (at < from.text.size() && at < edge && !isSign)
            continue;
        to.append(from.text.mid(begin, at - begin),
                  quint16((isInRun ? run->style : quint16(PlainRun)) | change),
                  isInRun ? run->url : QString());
        begin = at;
        if (!isSign)
            continue;
        const QChar sign = from.text.at(at);
        change = sign == ChangeMark::beginAdded ? AddedRun
            : sign == ChangeMark::beginRemoved  ? RemovedRun
                                                : PlainRun;
        begin = at + 1;
    }
    return to;
}

void markTool(Block &block)
{
    const QString name = block.texts.front().text;
    const QChar sign = name.isEmpty() ? QChar() : name.front();
    const auto say = [&block](BlockChange change, const QString &word) {
        block.change = change;
        block.label = word;
    };
    if (sign == ChangeMark::calledOnlyHere) {
        say(BlockChange::Added, Words::tr("only here"));
    } else if (sign == ChangeMark::notCalled) {
        say(BlockChange::Removed, Words::tr("not called"));
        block.detail.clear();
    } else if (sign == ChangeMark::moved) {
        say(BlockChange::Changed, Words::tr("in another place"));
    } else if (sign == ChangeMark::otherArguments) {
        say(BlockChange::Changed, Words::tr("other arguments"));
    } else if (sign == ChangeMark::otherResult) {
        say(BlockChange::Changed, Words::tr("other result"));
    }
}

} // namespace

QString withoutChangeMarks(QString text)
{
    if (hasSign(text))
        text.removeIf(ChangeMark::isSign);
    return text;
}

std::vector<Block> withChangeMarks(std::vector<Block> blocks)
{
    for (Block &block : blocks) {
        if (block.kind == BlockKind::Tool)
            markTool(block);
        for (RichText &text : block.texts) {
            if (hasSign(text.text))
                text = marked(text);
        }
    }
    return blocks;
}

} // namespace Parlance
