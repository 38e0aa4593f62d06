// SPDX-License-Identifier: Apache-2.0
// What can be done with a message, at the end of its last line.
#include "transcript/messagelayout.h"

#include "theme/metrics.h"
#include "transcript/outputblocks.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Transcript)
};

} // namespace

std::vector<Hot> MessageLayout::footerActions(const Message &message) const
{
    std::vector<Hot> actions;
    const auto add = [&](Hot::Action action, const QString &label, bool isOnHover) {
        actions.push_back(
            Hot{.action = action, .look = Hot::Look::Words, .label = label, .isOnHover = isOnHover});
    };
    if (message.state == MessageState::Queued) {
        add(Hot::Action::EditQueued, Words::tr("Edit"), false);
        add(Hot::Action::WithdrawQueued, Words::tr("Withdraw"), false);
        if (m_offersSend)
            add(Hot::Action::SendQueued, Words::tr("Send now"), false);
    } else if (m_isShownOnly && message.state != MessageState::Streaming) {
        add(Hot::Action::CopyMessage, Words::tr("Copy"), true);
    } else if (m_isUser) {
        add(Hot::Action::EditSent, Words::tr("Edit"), true);
        add(Hot::Action::CopyMessage, Words::tr("Copy"), true);
    } else if (message.state != MessageState::Streaming) {
        const bool failed = message.state != MessageState::Complete;
        const bool hasCard = std::ranges::any_of(message.parts, [](const MessagePart &part) {
            return std::holds_alternative<ErrorPart>(part.content);
        });
        // What is always there stands at the edge, so that nothing seems missing beside it.
        add(Hot::Action::CopyMessage, Words::tr("Copy"), true);
        add(Hot::Action::Regenerate, isCommandRun(message) ? Words::tr("Run again") : Words::tr("Regenerate"),
            true);
        if (failed && !hasCard)
            add(Hot::Action::Retry, Words::tr("Retry"), false);
    }
    if (m_attempt.count > 1) {
        add(Hot::Action::PreviousAttempt, u"‹"_s, false);
        actions.back().isEnabled = m_attempt.index > 0;
        add(Hot::Action::AttemptList, Words::tr("%1/%2").arg(m_attempt.index + 1).arg(m_attempt.count),
            false);
        actions.back().url = attemptFacts(message, m_attempt);
        add(Hot::Action::NextAttempt, u"›"_s, false);
        actions.back().isEnabled = m_attempt.index + 1 < m_attempt.count;
    }
    return actions;
}

void MessageLayout::addFooterActions(LaidSection &footer, const Message &message, const Theme &theme)
{
    const bool hasBreak =
        !footer.blocks.empty() && footer.blocks.back().block.kind == BlockKind::SessionBreak;
    const size_t lines = footer.blocks.size() - (hasBreak ? 1 : 0);
    if (lines == 0)
        return;
    const qreal height = theme.lineHeight(FontRole::Small);
    const QFontMetricsF metrics(theme.font(FontRole::Small));
    LaidBlock &last = footer.blocks[lines - 1];
    std::vector<Hot> actions = footerActions(message);
    qreal whole = 0;
    for (Hot &hot : actions) {
        hot.rect = QRectF(
            0, 0, textWidth(theme, FontRole::Small, hot.label) + 2 * theme.px(Metric::wordsPadding), height);
        whole += hot.rect.width() + theme.px(Metric::within);
    }
    const TextFlow *words = last.boxes.empty() ? nullptr : &last.boxes[0].flow;
    const bool isMoved = m_isUser && message.state == MessageState::Queued && words;
    // Of a sent message the words are always there and the actions come and go: these stand before them.
    const bool isAtEdge = m_isUser && !isMoved && words && m_isFolded;
    // Beside the words if there is room, else below them.
    const bool isBeside = !words || words->naturalWidth() + whole <= m_blockWidth;
    qreal x = m_blockWidth - (isAtEdge && isBeside ? words->naturalWidth() + theme.px(Metric::within) : 0);
    qreal y = isBeside ? 0 : words->height();
    for (auto hot = actions.rbegin(); hot != actions.rend(); ++hot) {
        if (x - hot->rect.width() < 0 && x < m_blockWidth) {
            x = m_blockWidth;
            y += height;
        }
        x -= hot->rect.width();
        hot->rect.moveTopLeft({x, y});
        // The arrows stand close to their number.
        const bool isInside =
            hot->action == Hot::Action::NextAttempt || hot->action == Hot::Action::AttemptList;
        x -= isInside ? 0 : theme.px(Metric::within);
    }
    if (isMoved)
        last.boxes[0].position.setX((isBeside ? x - theme.px(Metric::within) : m_blockWidth)
                                    - words->naturalWidth());
    if (isAtEdge)
        last.boxes[0].position.setX(m_blockWidth - words->naturalWidth());
    last.rect.setHeight(std::max(words ? words->height() : height, actions.empty() ? 0 : y + height));
    if (hasBreak)
        footer.blocks.back().rect.moveTop(last.rect.bottom() + footer.blocks.back().gap);
    footer.height = footer.blocks.back().rect.bottom() - footer.top;
    last.hots = std::move(actions);
}

} // namespace Parlance
