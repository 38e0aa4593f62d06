// SPDX-License-Identifier: Apache-2.0
//
// One answer of 5 MB: opened, resized, scrolled and jumped about in, and streamed on. Its kinds are those of
// support/answers.h. The floor of the opening is to read the Markdown alone.
//
//   bench_huge [kind …]   every figure, as lines of JSON; of mixed, fence and list if none is named
#include "support/answers.h"
#include "bench/measure.h"
#include "bench/paints.h"

#include "theme/theme.h"
#include "transcript/markdownstream.h"
#include "transcript/transcriptview.h"

#include <QApplication>
#include <QScrollBar>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Bench;

namespace {

constexpr qsizetype length = 5'000'000;
const QSize size(760, 700);

void benchKind(const Theme &theme, const QString &kind)
{
    const QString text = source(kind, length);
    const QString what = u", 5 MB, "_s + kind;
    const double parsing = timed(1, [&](int) { (void)MarkdownStream().finish(text); }).front();
    MessageList messages;
    messages.reset({userMessage(u"Tell me everything"_s), answer(text, MessageState::Streaming)});
    TranscriptView view(&theme);
    view.resize(size);
    const auto opening = timed(1, [&](int) {
        view.setMessages(&messages);
        expose(view);
    });
    report(u"open"_s + what, opening.front(), parsing);
    const auto growth = timed(100, [&](int i) {
        messages.change(1, [&](Message &message) {
            std::get<Text>(message.parts.back().content).markdown += u" and on %1"_s.arg(i);
        });
        view.showChanges();
    });
    report(u"another delta at the end, median"_s + what, median(growth));
    report(u"another delta at the end, worst"_s + what, quantile(growth, 1));
    QScrollBar *bar = view.verticalScrollBar();
    const auto scrolls = timed(500, [&](int) { bar->setValue(bar->value() - 60); });
    report(u"scroll by 60 px, p99"_s + what, quantile(scrolls, 0.99));
    const auto jumps =
        timed(100, [&](int i) { bar->setValue(int(qint64(bar->maximum()) * (i * 61 % 100) / 100)); });
    report(u"jump anywhere, p99"_s + what, quantile(jumps, 0.99));
    report(u"resize"_s + what,
           median(timed(6, [&](int i) { view.resize(size.width() - 40 - 20 * i, size.height()); })));
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const Theme theme;
    QStringList kinds = QApplication::arguments().mid(1);
    if (kinds.isEmpty())
        kinds = {u"mixed"_s, u"fence"_s, u"list"_s};
    for (const QString &kind : kinds)
        benchKind(theme, kind);
    return 0;
}
