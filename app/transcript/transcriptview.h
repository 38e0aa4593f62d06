// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transcript/autoscroll.h"
#include "transcript/rowtext.h"
#include "transcript/sentencereader.h"
#include "transcript/textposition.h"
#include "transcript/transcriptfind.h"
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

class QMenu;
class QPushButton;

namespace Parlance {

class Announcer;
class Chat;
class FindBar;
struct SavedFile;
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
    //! Part of a page that somebody else scrolls: answers alone, as high as they are, see
    //! contentHeightChanged().
    void setEmbedded();
    //! Of what was said elsewhere: nothing is offered that would ask again or change what was asked.
    void setShownOnly();
    //! The words hold the signs of differences.
    void setMarked(bool isMarked);
    //! Where they are, from top to bottom: words, and lines of tools.
    std::vector<TextRange> changes();
    //! Selects one of them and scrolls it into view.
    void showDifference(const TextRange &change);
    //! What stands in the middle while there is nothing to read.
    void setEmptyState(const QString &title, const QString &text);
    //! Called with an http or https address; the desktop's browser if not set.
    void setLinkOpener(std::function<void(const QUrl &)> opener) { m_openLink = std::move(opener); }

    //! Fetches remote pictures, once a person asks for one; if not set, they stay links.
    void setPictureLoader(PictureLoader loader) { m_pictures.setLoader(std::move(loader)); }
    //! Where the files are that messages carry.
    void setKeptFolder(const QString &folder) { m_pictures.setKeptFolder(folder); }
    const PictureStore &pictures() const { return m_pictures; }

    //! Changes wait for the next frame.
    bool isFramePending() const { return m_frame.isActive(); }
    //! Words of code wait for their colours.
    bool isColouring() const { return m_highlighter.isBusy(); }
    //! Brings the page up to the messages now, not at the next frame.
    void showChanges();
    bool isFollowing() const { return m_autoScroll.isFollowing(); }
    int newCount() const { return m_autoScroll.newCount(); }
    TranscriptRows &rows() { return m_rows; }
    //! A row's layout, made now if it is not there, without moving what is read.
    const MessageLayout &layoutOf(int row);
    //! Where a row's corner is in the viewport.
    QPointF rowOrigin(int row) const;
    //! What can be pressed in a row, from top to bottom. Lays the row out.
    std::vector<HotAddress> hotsOf(int row);
    const Hot *hotAt(const HotAddress &address) const;
    QRectF hotRect(const HotAddress &address) const; //!< in the viewport
    void activate(const HotAddress &address);
    //! What the keyboard would press. Null if nothing.
    HotAddress focusedHot() const { return m_focused; }
    //! Gives it the keyboard, and shows it.
    void focusHot(const HotAddress &address);
    //! The message the keyboard is at, also while it is inside it; -1: none.
    int currentRow() const { return m_current; }
    //! Takes the keyboard to a message as a whole, and shows it.
    void setCurrentRow(int row);
    //! Goes from the message as a whole to the first place in it.
    void enterRow();
    //! The menu of what the keyboard is at.
    void openMenu();
    //! Null if the row is not laid out, or has no such block. The box and offset do not matter.
    const LaidBlock *blockAt(const TextPosition &place) const;
    //! What a row shows, as text.
    QString rowText(int row);
    //! The same with the place of each piece. Valid until the row changes.
    const RowText &rowMap(int row);
    //! A place's caret in the viewport.
    QRectF caretRect(const TextPosition &place);
    //! A place under a point of the viewport, if a row is laid out there.
    std::optional<TextPosition> positionAt(const QPointF &point) const;

    //! The message that a command without a mouse is about: the one with the focus or the caret if it is
    //! of that kind, else the last.
    MessageId currentMessage(Role role) const;
    //! Asks for the attempt before or after, of the message with the focus or the caret, else of the last
    //! one that has any and is seen. False if there is none.
    bool stepAttempt(int by);
    //! Where commands about a message open what they have to ask, on the screen.
    QPoint placeOf(const MessageId &message) const;

    const Agent *agent() const { return m_rows.agent(); }

    QString selectedText() const;
    QString selectedMarkdown() const;
    QString selectedHtml() const;
    bool hasSelection() const { return m_anchor != m_head; }
    TextRange selection() const;
    void selectAll();
    //! Selects from one place to another, where the caret then stands. Lets go of the bottom.
    void select(const TextPosition &anchor, const TextPosition &head);
    //! The keyboard's place in the text; absent while the keyboard scrolls.
    std::optional<TextPosition> caret() const;
    //! Moves the caret, and the selection's end with it if told to.
    void placeCaret(const TextPosition &place, bool isSelecting);
    //! Scrolls a place into view, up and down and sideways.
    void reveal(const TextPosition &place);
    void copySelection() const;

    QWidget *findBar() const;
    void find(const QString &words);
    //! Marks what a search over all conversations found here, and brings it into view: the first of it in
    //! a part of a message, in a fold too, or that part if it has none.
    void showFound(const MessageId &message, int part, const QString &typed);
    //! Where somebody reads. No message: at the end.
    struct ReadingPlace
    {
        MessageId message = {};
        int y = 0; //!< of the message in the viewport
    };
    ReadingPlace readingPlace() const;
    void returnTo(const ReadingPlace &place);
    void stepHit(int step);
    int hitCount() const { return int(m_find.hits().size()); }
    int currentHit() const { return m_find.current(); }
    const TranscriptFind &finder() const { return m_find; }

    //! What the screen readers' side of the view wants to be told.
    struct AccessibleHooks
    {
        //! There are other messages, or the view goes: what was handed out is void.
        std::function<void(bool isFinal)> forget = {};
        std::function<void(int row)> inserted = {};
        std::function<void(int row)> removing = {}; //!< it is still there
        std::function<void(int row)> changed = {};
        std::function<void(const TextPosition &caret)> caretMoved = {};
        std::function<void()> selectionMoved = {};
        std::function<void()> focusMoved = {}; //!< to another message, button or link, or out of one
    };
    void setAccessibleHooks(AccessibleHooks hooks) { m_hooks = std::move(hooks); }

    //! Says a sentence to screen readers.
    void announce(const QString &sentence);
    //! Whether a screen reader hears an answer sentence by sentence, or only that it has ended.
    void setReadsAlong(bool readsAlong) { m_readsAlong = readsAlong; }

public Q_SLOTS:
    void showPart(const Parlance::MessageId &message, int part);
    void openFind();
    //! To the next match or the one before; opens the bar if it is not there.
    void findOn(int step);
    bool closeFind();
    void jumpToLatest();

Q_SIGNALS:
    void answerChosen(const Parlance::MessageId &message);
    void partChosen(const Parlance::MessageId &message, int part);
    void retryRequested(const Parlance::MessageId &message);
    //! Another answer, or other words in a message's place. at: where on the screen it was asked for.
    void regenerateRequested(const Parlance::MessageId &answer, const QPoint &at);
    void editRequested(const Parlance::MessageId &message);
    void attemptStepRequested(const Parlance::MessageId &message, int by);
    void attemptListRequested(const Parlance::MessageId &message, const QPoint &at);
    void errorActionRequested(const Parlance::MessageId &message, Parlance::ErrorAction action);
    //! In the place of a session that is likely over, or on in that one.
    void newSessionRequested();
    void goOnRequested();
    void quoteRequested(const QString &text);
    void queuedEditRequested(const Parlance::MessageId &message);
    void queuedWithdrawRequested(const Parlance::MessageId &message);
    //! Letters have no use here: they are meant for a message.
    void wordsTyped(const QString &words);
    void queuedSendRequested(const Parlance::MessageId &message);
    //! Where to, or what went wrong.
    void fileSaved(const Parlance::Result<QString> &saved);
    //! Embedded: how high it wants to be, and what of it must be seen.
    void contentHeightChanged(int height);
    void revealAsked(const QRectF &rect);
    void findChanged();
    //! Escape closed the find bar.
    void findEscaped();
    //! The wheel with Ctrl: how many steps larger, negative for smaller.
    void textSizeStepped(int steps);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void wheelEvent(QWheelEvent *event) override;
    bool event(QEvent *event) override;
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
    //! What stays where it is while the page around it changes: a row, or a block inside it.
    struct Anchor
    {
        int row = -1;
        int y = 0; //!< in the viewport
        int section = -1; //!< -1: the row's own corner
        int block = -1;
        qreal height = 0; //!< of that block
        int rowY = 0; //!< of the row in the viewport, if that block goes
        int box = 0; //!< of the block, and an offset in its text, if what is above there is only estimated
        int offset = -1;
        int offsetY = 0; //!< where it stands in the viewport
    };
    //! Whether text was set anew at another width or size, so that a place inside a block moves with it.
    enum class Reset { Kept, Anew };

    void forgetAccessibles(bool isFinal = false);
    void onReset();
    void onInserted(int row);
    void onRemoved(int row);
    void onReplaced(int row);
    void onChanged(int row);
    void onStreamingChanged(bool isStreaming);
    void onAnswerFinished(const MessageId &answer);
    void giveBarGround();
    void requestFrame();
    void onFrame();
    void onThemeChanged();
    void onCodeKnown(CodeKey number);
    void onPictureChanged(PictureKey key);
    void actOnMessage(const Hot &hot, const HotAddress &address);
    void actOnPicture(Hot::Action action, const LaidBlock &laid);
    void openPicture(const LaidBlock &laid);
    void copyPicture(PictureKey key);
    void savePicture(PictureKey key, const QString &name);
    void saveAttachment(const Block &block);
    void save(const SavedFile &file);
    void addPictureActions(QMenu *menu, const QPointF &point);

    void arrangeVisible();
    bool settle(int row, int top, int bottom);
    void settleAround(const TextPosition &place);
    void onCorrected(int row, int by);
    void updateRange();
    void relayout();
    Anchor anchor() const;
    void restore(const Anchor &anchor, Reset reset = Reset::Kept);
    int anchorY(const Anchor &anchor, Reset reset = Reset::Kept);
    void releaseFar(bool isForced);
    void setScroll(int value);
    int below() const;
    bool canBlit() const;
    qreal columnWidth() const;
    int columnLeft() const;
    void placeOverlays();
    void updateRow(int row);
    void paintRows(QPainter *painter, const QRect &clip) const;
    void paintRow(QPainter *painter, int row, const MessageLayout &layout, const QRect &clip) const;
    void skipUnread();
    void listenTo(const MessageId &answer);
    void readAlong(const MessageId &answer, bool isComplete);
    void paintRing(QPainter *painter) const;
    void paintEmpty(QPainter *painter);

    void toggleFold(int row, int part);
    void showUnfolded(int row);
    void openUrl(const QString &url);
    void goToNote(const HotAddress &mark, const QString &label);
    void goToMark(const HotAddress &note, const QString &label);
    void goToHot(const HotAddress &address);
    void addAttemptActions(QMenu *menu, int row, const QPoint &at);
    std::optional<TextPosition> menuPlace(const QContextMenuEvent *event) const;
    const LaidBlock *menuBlock(const QContextMenuEvent *event) const;
    void addCodeAction(QMenu *menu, const QContextMenuEvent *event);
    void addTableActions(QMenu *menu, const QContextMenuEvent *event);
    void addTreeAction(QMenu *menu, const QContextMenuEvent *event, int row);
    void showTree(const QString &json);
    HotAddress hotAtPoint(const QPointF &point) const;
    HotAddress attemptHot(int row, Hot::Action action);
    int commandRow() const;
    int partAt(const QPointF &point, int *row) const;
    TextRange unitAt(const TextPosition &position, Unit unit) const;
    void updateSelected(const TextRange &range);
    void extendTo(const QPointF &point);
    void setHovered(const HotAddress &address, int row);
    void setFocused(const HotAddress &address);
    void scrollToShow(const QRectF &rect);
    void copyMessage(int row) const;
    void showCopied(const HotAddress &address);
    void showFind();
    void showHits();
    void goOnFinding();
    void onFindTimer();
    void showHit();
    //! The block under a point that scrolls sideways.
    std::optional<TextPosition> sideBlockAt(const QPointF &point) const;
    QRectF sideThumb(const TextPosition &block) const; //!< in the viewport
    void scrollSide(const TextPosition &block, qreal offset);
    void stepTextSize(int angle);
    void setSideBlock(const TextPosition &block);
    void dragOn();
    bool isSeen(int row) const;
    bool hasRowRing() const;
    QRectF rowRing(int row) const; //!< in the viewport
    int ringReach() const; //!< how far above and below a row something of it may be painted
    void moveCurrent(int row);
    void showRow(int row);
    void stepRow(int direction);
    int seenRow(bool isFirst) const;
    bool leaveInside();
    HotAddress linkAtCaret() const;
    QPoint keyboardPoint();
    bool pressKey(QKeyEvent *event);
    bool scrollByKey(QKeyEvent *event);
    bool moveCaret(QKeyEvent *event);
    bool moveByPage(int direction, bool isSelecting);
    void dropCaret();
    template <typename Visit> void visitSelection(Visit visit) const;

    const Theme *m_theme;
    CodeHighlighter m_highlighter;
    PictureStore m_pictures;
    TranscriptRows m_rows;
    QPointer<Chat> m_chat;
    const MessageList *m_messages = nullptr;
    bool m_isEmbedded = false;
    bool m_isShownOnly = false;
    int m_toldHeight = -1;
    AutoScroll m_autoScroll;
    QTimer m_frame;
    QElapsedTimer m_sinceFrame;
    static constexpr int frameMs = 16;
    int m_frameTime = frameMs; //!< from one frame to the next
    QTimer m_dragScroll;
    QTimer m_readTimer;
    QTimer m_trim; //!< lets go of layouts that were made far from the view
    std::set<int> m_dirty;
    bool m_isArranging = false;
    bool m_isMeasuring = false; //!< heights that turn out to be others are seen to
    bool m_hasRing = false; //!< the keyboard brought the focus here
    int m_lastScroll = 0;

    TextPosition m_anchor;
    TextPosition m_head;
    bool m_hasCaret = false;
    qreal m_caretX = -1; //!< the column that moves up and down keep to; below 0: the caret's own
    Unit m_unit = Unit::Character;
    TextRange m_unitStart;
    bool m_isSelecting = false;
    QPointF m_pressed;
    QPointF m_dragPoint;
    HotAddress m_pressedHot;
    HotAddress m_hovered;
    HotAddress m_focused;
    int m_current = -1;
    int m_hoveredRow = -1;
    int m_wheelRest = 0; //!< of a notch, while Ctrl is held
    TextPosition m_sideBlock{-1, 0, 0, 0, 0}; //!< whose bar is under the mouse or dragged
    std::optional<qreal> m_sideGrab; //!< from the thumb's left end to the mouse
    HotAddress m_copied;
    QTimer m_copiedTimer;
    int m_clicks = 0;
    QElapsedTimer m_clickTime;
    MessageId m_outlinedMessage;
    int m_outlinedPart = -1;

    TranscriptFind m_find;
    QTimer m_findTimer;
    int m_mappedRow = -1;
    int m_mappedRevision = -1;
    RowText m_map;
    int m_releasedAt = 0; //!< scroll and height when layouts were last let go
    int m_releasedHeight = 0;

    QString m_emptyTitle;
    QString m_emptyText;
    std::function<void(const QUrl &)> m_openLink;
    AccessibleHooks m_hooks;
    FindBar *m_findBar = nullptr;
    QPushButton *m_jump = nullptr;
    Announcer *m_announcer = nullptr;
    SentenceReader m_reader;
    MessageId m_read; //!< the answer that is read out
    bool m_readsAlong = true;
};

} // namespace Parlance
