// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/autoscroll.h"
#include "transcript/textposition.h"
#include "transcript/transcriptrows.h"

#include "chat/errorcatalogue.h"
#include "core/ids.h"

#include <QAbstractScrollArea>
#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <optional>
#include <set>

class QLabel;
class QPushButton;

namespace Parlance {

class Chat;
class FindBar;
class Theme;

//! A conversation as a page: only what is near the view is laid out, only what changed is painted.
class TranscriptView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit TranscriptView(const Theme *theme, QWidget *parent = nullptr);
    ~TranscriptView() override;

    //! Null: shows the empty state.
    void setChat(Chat *chat);
    //! For tests and previews: messages without a chat.
    void setMessages(const MessageList *messages, const Agent *agent = nullptr);
    //! What stands in the middle while there is nothing to read.
    void setEmptyState(const QString &title, const QString &text);
    //! Called with an http or https address; the desktop's browser if not set.
    void setLinkOpener(std::function<void(const QUrl &)> opener) { m_openLink = std::move(opener); }

    //! Changes wait for the next frame.
    bool isFramePending() const { return m_frame.isActive(); }
    bool isFollowing() const { return m_autoScroll.isFollowing(); }
    int newCount() const { return m_autoScroll.newCount(); }
    TranscriptRows &rows() { return m_rows; }
    //! Where a row's corner is in the viewport.
    QPointF rowOrigin(int row) const;
    //! What can be pressed in a row, from top to bottom. Lays the row out.
    std::vector<HotAddress> hotsOf(int row);
    const Hot *hotAt(const HotAddress &address) const;
    QRectF hotRect(const HotAddress &address) const; //!< in the viewport
    void activate(const HotAddress &address);
    //! What a row shows, as text.
    QString rowText(int row);

    QString selectedText() const;
    QString selectedMarkdown() const;
    QString selectedHtml() const;
    bool hasSelection() const { return m_anchor != m_head; }
    void selectAll();
    void copySelection() const;

    void find(const QString &words);
    void stepHit(int step);
    int hitCount() const { return int(m_hits.size()); }
    int currentHit() const { return m_currentHit; }

    //! Called when rows get other numbers, and with true when the view goes: what was handed out to
    //! screen readers is void then.
    void setForgetter(std::function<void(bool isFinal)> forgetter) { m_forget = std::move(forgetter); }

    //! Says a sentence to screen readers.
    void announce(const QString &sentence);

public Q_SLOTS:
    void showPart(const Parlance::MessageId &message, int part);
    void openFind();
    bool closeFind();
    void jumpToLatest();

Q_SIGNALS:
    void answerChosen(const Parlance::MessageId &message);
    void partChosen(const Parlance::MessageId &message, int part);
    void retryRequested(const Parlance::MessageId &message);
    void errorActionRequested(const Parlance::MessageId &message, Parlance::ErrorAction action);
    void quoteRequested(const QString &text);
    void queuedEditRequested(const Parlance::MessageId &message);
    void queuedWithdrawRequested(const Parlance::MessageId &message);
    void queuedSendRequested();
    void findChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool viewportEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    enum class Unit { Character, Word, Block };
    struct Anchor
    {
        int row = -1;
        int y = 0; //!< in the viewport
    };

    void forgetAccessibles(bool isFinal = false);
    void onReset();
    void onInserted(int row);
    void onRemoved(int row);
    void onChanged(int row);
    void onFrame();
    void onThemeChanged();

    void arrangeVisible();
    void updateRange();
    void relayout();
    Anchor anchor() const;
    void restore(const Anchor &anchor);
    void setScroll(int value);
    int below() const;
    bool canBlit() const;
    qreal columnWidth() const;
    int columnLeft() const;
    void placeOverlays();
    void updateRow(int row);
    void paintEmpty(QPainter *painter);

    void toggleFold(int row, int part);
    void openUrl(const QString &url);
    HotAddress hotAtPoint(const QPointF &point) const;
    std::optional<TextPosition> positionAt(const QPointF &point) const;
    int partAt(const QPointF &point, int *row) const;
    TextRange selection() const;
    TextRange unitAt(const TextPosition &position, Unit unit) const;
    void select(const TextPosition &anchor, const TextPosition &head);
    void extendTo(const QPointF &point);
    void setHovered(const HotAddress &address, int row);
    void setFocused(const HotAddress &address);
    void scrollToShow(const QRectF &rect);
    void copyMessage(int row) const;
    void runFind();
    void showHit();
    std::vector<Block> blocksOf(int row, int section) const;
    template <typename Visit> void visitSelection(Visit visit) const;

    const Theme *m_theme;
    TranscriptRows m_rows;
    QPointer<Chat> m_chat;
    const MessageList *m_messages = nullptr;
    AutoScroll m_autoScroll;
    QTimer m_frame;
    QTimer m_dragScroll;
    std::set<int> m_dirty;
    bool m_isArranging = false;
    bool m_hasRing = false; //!< the keyboard brought the focus here
    int m_lastScroll = 0;

    TextPosition m_anchor;
    TextPosition m_head;
    Unit m_unit = Unit::Character;
    TextRange m_unitStart;
    bool m_isSelecting = false;
    QPointF m_pressed;
    QPointF m_dragPoint;
    HotAddress m_pressedHot;
    HotAddress m_hovered;
    HotAddress m_focused;
    int m_hoveredRow = -1;
    int m_clicks = 0;
    QElapsedTimer m_clickTime;
    MessageId m_outlinedMessage;
    int m_outlinedPart = -1;

    QString m_findWords;
    std::vector<TextRange> m_hits;
    int m_currentHit = -1;

    QString m_emptyTitle;
    QString m_emptyText;
    std::function<void(const QUrl &)> m_openLink;
    std::function<void(bool isFinal)> m_forget;
    FindBar *m_findBar = nullptr;
    QPushButton *m_jump = nullptr;
    QLabel *m_announcer = nullptr;
};

} // namespace Parlance
