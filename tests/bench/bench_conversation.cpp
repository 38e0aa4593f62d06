// SPDX-License-Identifier: Apache-2.0
//
// A conversation of 10,000 messages: opened, scrolled, jumped about in. The peer is a QListView whose
// delegate lays each message out in a QTextDocument, keeps the last 120 of them, and tells true heights.
//
//   bench_conversation [--quick]   every figure, as lines of JSON
//   bench_conversation memory      opens it, scrolls through all of it in jumps, and tells what is resident
#include "support/answers.h"
#include "bench/measure.h"
#include "bench/paints.h"

#include "theme/theme.h"
#include "transcript/transcriptview.h"

#include <QAbstractListModel>
#include <QApplication>
#include <QCache>
#include <QListView>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QTextDocument>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Bench;

namespace {

constexpr int messageCount = 10'000;
const QSize size(760, 700);

class PeerModel : public QAbstractListModel
{
public:
    explicit PeerModel(const MessageList *messages)
        : m_messages(messages)
    {
    }
    int rowCount(const QModelIndex &parent) const override
    {
        return parent.isValid() ? 0 : m_messages->count();
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        return role == Qt::DisplayRole ? m_messages->at(index.row()).text() : QVariant();
    }

private:
    const MessageList *m_messages;
};

class PeerDelegate : public QStyledItemDelegate
{
public:
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        int &height = m_heights[size_t(index.row())];
        if (height == 0)
            height = int(document(option, index)->size().height());
        return {option.rect.width(), height};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        painter->translate(option.rect.topLeft());
        document(option, index)->drawContents(painter, QRectF({}, option.rect.size()));
        painter->restore();
    }

private:
    QTextDocument *document(const QStyleOptionViewItem &option, const QModelIndex &index) const
    {
        if (QTextDocument *kept = m_documents.object(index.row()))
            return kept;
        auto *made = new QTextDocument;
        made->setDefaultFont(option.font);
        made->setTextWidth(size.width() - 60);
        made->setMarkdown(index.data().toString());
        m_documents.insert(index.row(), made);
        return made;
    }

    mutable QCache<int, QTextDocument> m_documents{120};
    mutable std::vector<int> m_heights = std::vector<int>(messageCount);
};

double peerOpening(const MessageList &messages)
{
    PeerModel model(&messages);
    PeerDelegate delegate;
    const double start = threadMs();
    QListView view;
    view.setItemDelegate(&delegate);
    view.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view.resize(size);
    view.setModel(&model);
    expose(view);
    view.scrollToBottom();
    paint();
    return threadMs() - start;
}

//! A view with everything in it, painted once.
struct Opened
{
    explicit Opened(const Theme &theme, const MessageList &messages)
        : view(&theme)
    {
        view.resize(size);
        view.setMessages(&messages);
        expose(view);
        paint();
    }
    TranscriptView view;
};

double opening(const Theme &theme, const MessageList &messages)
{
    const double start = threadMs();
    const Opened opened(theme, messages);
    return threadMs() - start;
}

void benchMoves(const Theme &theme, MessageList &messages, int times)
{
    Opened opened(theme, messages);
    QScrollBar *bar = opened.view.verticalScrollBar();
    const auto scrolls = timed(5 * times, [&](int) { bar->setValue(bar->value() - 60); });
    report(u"scroll by 60 px, p99 of a frame"_s, quantile(scrolls, 0.99));
    const auto jumps =
        timed(2 * times, [&](int i) { bar->setValue(int(qint64(bar->maximum()) * (i * 61 % 400) / 400)); });
    report(u"jump anywhere, p99"_s, quantile(jumps, 0.99));
    report(u"worst frame, scrolling and jumping"_s,
           std::max(quantile({scrolls.begin() + 10, scrolls.end()}, 1), quantile(jumps, 1)));
    report(u"resize with 10,000 messages"_s,
           median(timed(6, [&](int i) { opened.view.resize(size.width() - 40 - 20 * i, size.height()); })));
    report(u"append a message to 10,000"_s,
           median(timed(50, [&](int) { messages.append(userMessage(u"One more"_s)); })));
}

void benchOpening(const Theme &theme, const MessageList &messages, int rounds)
{
    std::vector<double> ours;
    std::vector<double> peers;
    for (int round = 0; round < std::max(rounds, 5); ++round)
        ours.push_back(opening(theme, messages));
    for (int round = 0; round < rounds; ++round)
        peers.push_back(peerOpening(messages));
    report(u"open 10,000 messages, first paint"_s, median(ours), median(peers));
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    const Theme theme;
    MessageList messages;
    messages.reset(longConversation(messageCount));
    if (arguments.contains(u"memory"_s)) {
        Opened opened(theme, messages);
        QScrollBar *bar = opened.view.verticalScrollBar();
        (void)timed(200, [&](int i) { bar->setValue(int(qint64(bar->maximum()) * (i * 61 % 200) / 200)); });
        report(u"memory with 10,000 messages open"_s, residentMb());
        return 0;
    }
    const bool isQuick = arguments.contains(u"--quick"_s);
    benchOpening(theme, messages, isQuick ? 1 : 3);
    benchMoves(theme, messages, isQuick ? 100 : 200);
    return 0;
}
