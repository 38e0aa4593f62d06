// SPDX-License-Identifier: Apache-2.0
// What can be pressed in the transcript, and what happens then.
#include "transcript/transcriptview.h"

#include "jsontree/jsonanswer.h"
#include "jsontree/jsontreedialog.h"
#include "theme/theme.h"
#include "transcript/blockmarkup.h"
#include "transcript/markdownwriter.h"
#include "transcript/outputblocks.h"

#include <QAccessible>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QMenu>
#include <QScrollBar>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

bool mayOpen(const QUrl &url)
{
    return url.isValid() && (url.scheme() == u"http"_s || url.scheme() == u"https"_s)
        && !url.host().isEmpty();
}

} // namespace

const LaidBlock *TranscriptView::blockAt(const TextPosition &place) const
{
    if (place.row < 0 || place.row >= m_rows.count() || !m_rows.existing(place.row))
        return nullptr;
    const auto &sections = m_rows.existing(place.row)->sections();
    if (place.section < 0 || size_t(place.section) >= sections.size())
        return nullptr;
    const auto &blocks = sections[size_t(place.section)].blocks;
    return place.block >= 0 && size_t(place.block) < blocks.size() ? &blocks[size_t(place.block)] : nullptr;
}

std::vector<HotAddress> TranscriptView::hotsOf(int row)
{
    std::vector<HotAddress> result;
    const auto &sections = layoutOf(row).sections();
    for (size_t s = 0; s < sections.size(); ++s) {
        for (size_t b = 0; b < sections[s].blocks.size(); ++b) {
            const LaidBlock &laid = sections[s].blocks[b];
            for (size_t h = 0; h < laid.hots.size() && !laid.isHidden; ++h)
                result.push_back({row, int(s), int(b), int(h)});
        }
    }
    return result;
}

const Hot *TranscriptView::hotAt(const HotAddress &address) const
{
    const LaidBlock *laid = blockAt({address.row, address.section, address.block, 0, 0});
    return laid && address.hot >= 0 && size_t(address.hot) < laid->hots.size()
        ? &laid->hots[size_t(address.hot)]
        : nullptr;
}

QRectF TranscriptView::hotRect(const HotAddress &address) const
{
    const Hot *hot = hotAt(address);
    if (!hot)
        return {};
    const LaidBlock *laid = blockAt({address.row, address.section, address.block, 0, 0});
    QRectF all;
    for (const QRectF &rect : laid->rectsOf(*hot))
        all |= rect;
    return all.translated(laid->rect.topLeft() + rowOrigin(address.row));
}

HotAddress TranscriptView::hotAtPoint(const QPointF &point) const
{
    if (m_rows.count() == 0)
        return {};
    const int row = m_rows.rowAt(int(point.y()) + m_lastScroll);
    const MessageLayout *layout = row >= 0 ? m_rows.existing(row) : nullptr;
    if (!layout)
        return {};
    const QPointF inside = point - rowOrigin(row);
    HotAddress found;
    const auto &sections = layout->sections();
    for (size_t s = 0; s < sections.size(); ++s) {
        for (size_t b = 0; b < sections[s].blocks.size(); ++b) {
            const LaidBlock &laid = sections[s].blocks[b];
            if (laid.isHidden || inside.y() < laid.rect.top() || inside.y() > laid.rect.bottom() + 1)
                continue;
            const QPointF local = inside - laid.rect.topLeft();
            for (size_t h = 0; h < laid.hots.size(); ++h) {
                const QList<QRectF> rects = laid.rectsOf(laid.hots[h]);
                if (std::ranges::any_of(rects, [&](const QRectF &rect) { return rect.contains(local); }))
                    found = {row, int(s), int(b), int(h)};
            }
        }
    }
    return found;
}

void TranscriptView::openUrl(const QString &url)
{
    const QUrl address(url, QUrl::StrictMode);
    if (!mayOpen(address))
        return;
    if (m_openLink)
        m_openLink(address);
    else
        QDesktopServices::openUrl(address);
}

// What is asked of a whole message, or of the session it belongs to.
void TranscriptView::actOnMessage(const Hot &hot, const HotAddress &address)
{
    const MessageId id = m_messages->at(address.row).id;
    const auto below = [&] { return viewport()->mapToGlobal(hotRect(address).bottomLeft().toPoint()); };
    switch (hot.action) {
    case Hot::Action::Retry:
        Q_EMIT retryRequested(id);
        return;
    case Hot::Action::ErrorAction:
        if (ErrorAction(hot.value) == ErrorAction::Retry)
            Q_EMIT retryRequested(id);
        else
            Q_EMIT errorActionRequested(id, ErrorAction(hot.value));
        return;
    case Hot::Action::EditQueued:
        Q_EMIT queuedEditRequested(id);
        return;
    case Hot::Action::WithdrawQueued:
        Q_EMIT queuedWithdrawRequested(id);
        return;
    case Hot::Action::SendQueued:
        Q_EMIT queuedSendRequested(id);
        return;
    case Hot::Action::EditSent:
        Q_EMIT editRequested(id);
        return;
    case Hot::Action::Regenerate:
        Q_EMIT regenerateRequested(id, below());
        return;
    case Hot::Action::AttemptList:
        Q_EMIT attemptListRequested(id, below());
        return;
    case Hot::Action::PreviousAttempt:
    case Hot::Action::NextAttempt:
        if (hot.isEnabled)
            Q_EMIT attemptStepRequested(id, hot.action == Hot::Action::NextAttempt ? 1 : -1);
        return;
    case Hot::Action::NewSession:
        Q_EMIT newSessionRequested();
        return;
    case Hot::Action::GoOnInSession:
        Q_EMIT goOnRequested();
        return;
    default:
        return;
    }
}

void TranscriptView::activate(const HotAddress &address)
{
    const Hot *found = hotAt(address);
    if (!found)
        return;
    const Hot hot = *found;
    const MessageId id = m_messages->at(address.row).id;
    const int part = address.section - 1;
    switch (hot.action) {
    case Hot::Action::Fold:
    case Hot::Action::Details:
        toggleFold(address.row, part);
        Q_EMIT partChosen(id, part);
        return;
    case Hot::Action::CopyCode: {
        const Block &block = blockAt({address.row, address.section, address.block, 0, 0})->block;
        // Of an output more is kept than is shown.
        QGuiApplication::clipboard()->setText(block.isConsole ? copiedWords(m_messages->at(address.row))
                                                              : block.texts[0].text);
        showCopied(address);
        return;
    }
    case Hot::Action::WrapCode:
        m_rows.toggleWrap(address.row, address.section, address.block);
        showUnfolded(address.row);
        return;
    case Hot::Action::ShowTree:
        showTree(blockAt({address.row, address.section, address.block, 0, 0})->block.texts[0].text);
        return;
    case Hot::Action::CopyMessage:
        copyMessage(address.row);
        showCopied(address);
        return;
    case Hot::Action::Retry:
    case Hot::Action::ErrorAction:
    case Hot::Action::EditQueued:
    case Hot::Action::WithdrawQueued:
    case Hot::Action::SendQueued:
    case Hot::Action::EditSent:
    case Hot::Action::Regenerate:
    case Hot::Action::AttemptList:
    case Hot::Action::PreviousAttempt:
    case Hot::Action::NextAttempt:
    case Hot::Action::NewSession:
    case Hot::Action::GoOnInSession:
        actOnMessage(hot, address);
        return;
    case Hot::Action::Link:
        openUrl(hot.url);
        return;
    case Hot::Action::Note:
        goToNote(address, hot.url);
        return;
    case Hot::Action::NoteBack:
        goToMark(address, hot.url);
        return;
    case Hot::Action::Picture:
    case Hot::Action::LoadPicture:
    case Hot::Action::Save:
        actOnPicture(hot.action, *blockAt({address.row, address.section, address.block, 0, 0}));
        return;
    }
}

void TranscriptView::copyMessage(int row) const
{
    QGuiApplication::clipboard()->setText(copiedWords(m_messages->at(row)));
}

// The word on the button tells that it worked, for a moment.
void TranscriptView::showCopied(const HotAddress &address)
{
    updateRow(m_copied.row);
    m_copied = address;
    updateRow(m_copied.row);
    if (address.isNull())
        return;
    m_copiedTimer.start();
    announce(tr("Copied"));
}

void TranscriptView::setHovered(const HotAddress &address, int row)
{
    if (address == m_hovered && row == m_hoveredRow)
        return;
    const int before = m_hoveredRow;
    m_hovered = address;
    m_hoveredRow = row;
    updateRow(before);
    updateRow(row);
}

void TranscriptView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isByMouse = event->reason() == QContextMenuEvent::Mouse;
    const QPoint point = isByMouse ? viewport()->mapFromGlobal(event->globalPos()) : keyboardPoint();
    const HotAddress address = isByMouse ? hotAtPoint(point) : hotAt(m_focused) ? m_focused : linkAtCaret();
    const Hot *hot = hotAt(address);
    const int row = m_rows.count() == 0 ? -1
        : !isByMouse && m_current >= 0  ? m_current
                                        : m_rows.rowAt(point.y() + m_lastScroll);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy"), this, [this] { copySelection(); })->setEnabled(hasSelection());
    if (row >= 0) {
        const MessageId id = m_messages->at(row).id;
        menu->addAction(tr("Copy message as Markdown"), this, [this, id] {
            const int now = m_messages ? m_messages->indexOf(id) : -1;
            if (now >= 0)
                copyMessage(now);
        });
    }
    if (hot && hot->action == Hot::Action::Link)
        menu->addAction(tr("Copy link"), this,
                        [url = hot->url] { QGuiApplication::clipboard()->setText(url); });
    addCodeAction(menu, event);
    addTableActions(menu, event);
    addTreeAction(menu, event, row);
    addPictureActions(menu, point);
    addAttemptActions(menu, row, viewport()->mapToGlobal(point));
    const auto quoted = [this, row] {
        return hasSelection() ? selectedText() : row >= 0 ? copiedWords(m_messages->at(row)) : QString();
    };
    menu->addAction(hasSelection() ? tr("Quote") : tr("Quote message"), this,
                    [this, words = quoted()] { Q_EMIT quoteRequested(words); })
        ->setEnabled(!quoted().isEmpty());
    menu->popup(viewport()->mapToGlobal(point));
}

// The block under the mouse, or the one with the caret or the focus.
std::optional<TextPosition> TranscriptView::menuPlace(const QContextMenuEvent *event) const
{
    std::optional<TextPosition> place = caret();
    if (event->reason() == QContextMenuEvent::Mouse)
        place = positionAt(viewport()->mapFromGlobal(event->globalPos()));
    else if (!m_focused.isNull())
        place = TextPosition{m_focused.row, m_focused.section, m_focused.block, 0, 0};
    return place;
}

const LaidBlock *TranscriptView::menuBlock(const QContextMenuEvent *event) const
{
    const std::optional<TextPosition> place = menuPlace(event);
    return place ? blockAt(*place) : nullptr;
}

// Of the part that is pointed at, else of the first in the message that is JSON.
void TranscriptView::addTreeAction(QMenu *menu, const QContextMenuEvent *event, int row)
{
    if (row < 0)
        return;
    const std::vector<MessagePart> &parts = m_messages->at(row).parts;
    const std::optional<TextPosition> place = menuPlace(event);
    QString json;
    if (place && place->row == row && place->section > 0 && size_t(place->section) <= parts.size())
        json = jsonOf(parts[size_t(place->section) - 1].content);
    for (size_t part = 0; part < parts.size() && json.isEmpty(); ++part)
        json = jsonOf(parts[part].content);
    if (json.isEmpty())
        return;
    menu->addAction(tr("Show JSON as a tree…"), this, [this, json] { showTree(json); });
}

void TranscriptView::showTree(const QString &json)
{
    auto *dialog = new JsonTreeDialog(m_theme, json, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void TranscriptView::addCodeAction(QMenu *menu, const QContextMenuEvent *event)
{
    const LaidBlock *laid = menuBlock(event);
    if (laid && laid->block.kind == BlockKind::Code && !laid->block.texts.empty())
        menu->addAction(tr("Copy code"), this,
                        [code = laid->block.texts[0].text] { QGuiApplication::clipboard()->setText(code); });
}

// A table for other programs.
void TranscriptView::addTableActions(QMenu *menu, const QContextMenuEvent *event)
{
    const LaidBlock *laid = menuBlock(event);
    if (!laid || laid->block.kind != BlockKind::Table)
        return;
    const auto add = [&](const QString &text, QString (*write)(const Block &)) {
        menu->addAction(text, this, [table = laid->block, write] {
            QGuiApplication::clipboard()->setText(write(table));
        });
    };
    add(tr("Copy table as Markdown"), &tableMarkdown);
    add(tr("Copy table as tab-separated values"), &tableTsv);
    add(tr("Copy table as CSV"), &tableCsv);
}

bool TranscriptView::focusNextPrevChild(bool next)
{
    if (!hasFocus() || m_rows.count() == 0)
        return QAbstractScrollArea::focusNextPrevChild(next);
    const QRectF seen = viewport()->rect();
    // What was scrolled away is not where the person is.
    if (!m_focused.isNull() && !hotRect(m_focused).intersects(seen))
        m_focused = {};
    const int first = m_rows.rowAt(m_lastScroll);
    const int last = m_rows.rowAt(m_lastScroll + viewport()->height());
    const bool isInside = m_focused.isNull() && m_current >= first && m_current <= last;
    const int begin = isInside ? m_current : m_focused.isNull() ? (next ? first : last) : m_focused.row;
    // The caret goes on to what stands behind it.
    const bool isAtCaret = m_focused.isNull() && m_hasCaret;
    const HotAddress from = isAtCaret ? HotAddress{m_head.row, m_head.section, m_head.block, -1} : m_focused;
    for (int row = begin; row >= first && row <= last; row += next ? 1 : -1) {
        std::vector<HotAddress> hots = hotsOf(row);
        if (!next)
            std::ranges::reverse(hots);
        for (const HotAddress &hot : hots) {
            const bool isBeyond = from.isNull() || (next ? from < hot : hot < from);
            // Within a message the page moves along; to others only as far as they are seen, or a long
            // conversation would not let go of the focus.
            const bool isNear = row == begin || seen.contains(hotRect(hot));
            if (!isBeyond || !isNear)
                continue;
            focusHot(hot);
            return true;
        }
    }
    setFocused({});
    return QAbstractScrollArea::focusNextPrevChild(next);
}

void TranscriptView::setFocused(const HotAddress &address)
{
    const int before = m_focused.row;
    m_focused = address;
    updateRow(before);
    updateRow(address.row);
    if (address.isNull())
        return;
    moveCurrent(address.row);
    if (m_hooks.focusMoved)
        m_hooks.focusMoved();
}

} // namespace Parlance
