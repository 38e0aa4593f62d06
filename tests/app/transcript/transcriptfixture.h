// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/transcript/conversations.h"

#include "theme/theme.h"
#include "transcript/transcriptview.h"

#include "support/waited.h"

#include <QScreen>
#include <QScrollBar>
#include <QTest>

namespace Parlance::Test {

//! A shown view over messages that a test writes.
struct Fixture
{
    Theme theme;
    MessageList messages;
    TranscriptView view{&theme};

    explicit Fixture(std::vector<Message> initial = {}, QSize size = {760, 600})
    {
        messages.reset(std::move(initial));
        view.resize(size);
        view.setMessages(&messages);
        view.show();
        (void)QTest::qWaitForWindowExposed(&view);
    }
    QScrollBar *bar() const { return view.verticalScrollBar(); }
    void type(int row, const QString &more)
    {
        messages.change(
            row, [&](Message &message) { std::get<Text>(message.parts.back().content).markdown += more; });
    }
    Hot::Action actionOf(const HotAddress &address) const { return view.hotAt(address)->action; }
    HotAddress hot(int row, Hot::Action action)
    {
        for (const HotAddress &address : view.hotsOf(row)) {
            if (actionOf(address) == action)
                return address;
        }
        return {};
    }
};

//! What stands in the window, as the paints so far have left it.
inline QImage shown(const QWidget &widget)
{
    return widget.screen()->grabWindow(widget.winId()).toImage();
}

//! Compares what the partial paints left with a paint of everything.
inline bool isPaintedRight(const TranscriptView &view)
{
    // Colours and pictures that come in between would make a difference of their own.
    if (!QTest::qWaitFor([&view] { return !view.isColouring() && !view.pictures().isBusy(); }, longWait))
        return false;
    QCoreApplication::sendPostedEvents();
    const QImage partial = shown(view);
    view.viewport()->update();
    QCoreApplication::sendPostedEvents();
    return !partial.isNull() && partial == shown(view);
}

inline std::vector<Message> longConversation(int count)
{
    std::vector<Message> messages;
    for (int i = 0; i < count; ++i) {
        if (i % 2 == 0)
            messages.push_back(userMessage(QStringLiteral("Question %1 about something").arg(i)));
        else
            messages.push_back(
                answer(QStringLiteral(
                           "Answer **%1** with some words.\n\n- a\n- b\n\nAnd a second paragraph that is a "
                           "little longer than the first one was.")
                           .arg(i)));
    }
    return messages;
}

} // namespace Parlance::Test
