// SPDX-License-Identifier: Apache-2.0
#include "window/composer.h"

#include "attachments/attachmentbar.h"
#include "attachments/attachmentdraft.h"
#include "chat/agui.h"
#include "chat/chat.h"
#include "chat/questionwords.h"
#include "chat/typedwords.h"
#include "core/attachment.h"
#include "dialogs/elidinglabel.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/style.h"
#include "theme/theme.h"
#include "window/composeredit.h"
#include "window/editstrip.h"
#include "window/timeoutbutton.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {
namespace {

constexpr auto draftPause = 200ms;

} // namespace

Composer::Composer(const Theme *theme, Settings *settings, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_settings(settings)
    , m_column(new QVBoxLayout(this))
    , m_body(new QBoxLayout(QBoxLayout::TopToBottom))
    , m_row(new QHBoxLayout)
    , m_edit(new ComposerEdit(this))
    , m_strip(new EditStrip(theme, this))
    , m_files(new AttachmentDraft(this))
    , m_bar(new AttachmentBar(theme, m_files, this))
    , m_attach(new QToolButton(this))
    , m_template(new QPushButton(tr("Template"), this))
    , m_timeout(new TimeoutButton(settings, this))
    , m_helper(new ElidingLabel(this))
    , m_send(new QPushButton(tr("Send"), this))
    , m_stop(new QPushButton(tr("Stop"), this))
{
    setObjectName(u"composer"_s);
    m_edit->setObjectName(u"message"_s);
    m_edit->setAccessibleName(tr("Message"));
    m_attach->setObjectName(u"attach"_s);
    m_attach->setAccessibleName(tr("Attach"));
    m_attach->setToolTip(tr("Attach files (Ctrl+Shift+O); they can be dropped and pasted, too"));
    m_attach->setAutoRaise(true);
    m_attach->setFocusPolicy(Qt::TabFocus);
    m_template->setObjectName(u"template"_s);
    m_template->setAccessibleName(tr("Payload template"));
    m_template->setToolTip(tr("What is sent to the agent around your words"));
    setButtonKind(m_template, ButtonKind::Flat);
    m_send->setObjectName(u"send"_s);
    m_send->setAccessibleName(tr("Send"));
    m_send->setToolTip(tr("Send the message"));
    setButtonKind(m_send, ButtonKind::Accent);
    m_send->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_stop->setObjectName(u"stop"_s);
    m_stop->setAccessibleName(tr("Stop"));
    m_stop->setToolTip(tr("Stop the answer (Esc)"));
    setButtonKind(m_stop, ButtonKind::Danger);
    m_stop->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_stop->hide();
    m_helper->setObjectName(u"helper"_s);
    m_helper->setTextFormat(Qt::PlainText);
    m_helper->setWholeOrNothing(true);
    m_helper->setAlignment(Qt::AlignRight | Qt::AlignVCenter);

    m_row->addWidget(m_attach);
    m_row->addWidget(m_template);
    m_row->addWidget(m_timeout);
    m_row->addWidget(m_helper, 1);
    m_row->addWidget(m_send);
    m_row->addWidget(m_stop);
    m_column->addWidget(m_strip);
    m_column->addWidget(m_bar);
    m_body->addWidget(m_edit);
    m_body->addLayout(m_row);
    m_column->addLayout(m_body);
    setFocusProxy(m_edit);
    m_edit->installEventFilter(this);

    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(draftPause);
    connect(&m_draftTimer, &QTimer::timeout, this, &Composer::keepDraft);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_draftTimer.isActive())
            m_draftTimer.start();
        refresh();
    });
    connect(m_edit, &ComposerEdit::sendAsked, this, &Composer::send);
    connect(m_edit, &ComposerEdit::recallAsked, this, &Composer::recall);
    connect(m_strip, &EditStrip::cancelled, this, &Composer::cancelEdit);
    connect(m_send, &QPushButton::clicked, this, &Composer::send);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        if (m_chat)
            m_chat->stop();
    });
    connect(m_template, &QPushButton::clicked, this, &Composer::templateAsked);
    connectFiles();
    connect(settings, &Settings::changed, this, &Composer::refresh);
    connect(theme, &Theme::changed, this, &Composer::restyle);
    restyle();
    refresh();
}

void Composer::connectFiles()
{
    connect(m_attach, &QToolButton::clicked, this, &Composer::attachAsked);
    connect(m_edit, &ComposerEdit::filesGiven, m_files, &AttachmentDraft::addFiles);
    connect(m_edit, &ComposerEdit::pictureGiven, m_files, &AttachmentDraft::addPicture);
    connect(m_files, &AttachmentDraft::changed, this, &Composer::refresh);
    connect(m_bar, &AttachmentBar::emptied, this, &Composer::focusText);
}

void Composer::setChat(Chat *chat)
{
    if (m_chat == chat)
        return;
    const bool isFirst = m_chat.isNull();
    const QString typedEarly = isFirst ? text() : QString();
    if (m_chat) {
        keepDraft();
        m_chat->disconnect(this);
    }
    m_chat = chat;
    m_recallIndex = 0;
    if (chat) {
        connect(chat, &Chat::streamingChanged, this, &Composer::refresh);
        connect(chat, &Chat::answerFinished, this, &Composer::refresh);
        connect(chat, &Chat::loaded, this, &Composer::onLoaded);
        connect(chat, &Chat::loadFailed, this, &Composer::onLoadFailed);
        m_edited = chat->conversation().editedMessage;
        m_strip->setVisible(isEditing());
        if (isEditing())
            m_edit->setPlainText(chat->conversation().edit);
        else if (typedEarly.isEmpty())
            m_edit->setPlainText(chat->conversation().draft);
        if (chat->isLoaded())
            onLoaded();
        m_edit->moveCursor(QTextCursor::End);
        m_draftTimer.stop();
        if (!typedEarly.isEmpty())
            m_draftTimer.start();
    }
    m_files->setChat(chat);
    refresh();
}

QString Composer::text() const
{
    return m_edit->toPlainText();
}

void Composer::setText(const QString &text)
{
    m_edit->replaceText(text);
}

void Composer::quote(const QString &text)
{
    QString quoted;
    for (const QString &line : text.split(u'\n'))
        quoted += "> "_L1 + line + u'\n';
    QTextCursor cursor = m_edit->textCursor();
    cursor.movePosition(QTextCursor::End);
    if (!m_edit->document()->isEmpty())
        cursor.insertText(u"\n\n"_s);
    cursor.insertText(quoted + u'\n');
    m_edit->setTextCursor(cursor);
    focusText();
}

void Composer::type(const QString &words)
{
    m_edit->insertPlainText(words);
    focusText();
}

void Composer::addTextAction(QAction *action)
{
    m_edit->addAction(action);
}

void Composer::focusText()
{
    m_edit->setFocus(Qt::OtherFocusReason);
}

void Composer::keepDraft()
{
    m_draftTimer.stop();
    // What is drafted there is a tool's form.
    if (m_chat && protocolOf(m_chat->agent()) == ServerProtocol::Mcp)
        return;
    if (m_chat && isEditing())
        m_chat->setEdit(m_edited, text(), m_chat->conversation().editFiles);
    else if (m_chat && m_chat->conversation().draft != text())
        m_chat->setDraft(text());
}

void Composer::edit(const MessageId &message)
{
    const Message *sent = m_chat ? m_chat->find(message) : nullptr;
    if (!sent || sent->role != Role::User)
        return;
    keepDraft();
    if (m_edited != message) {
        m_edited = message;
        m_edit->replaceOwnText(typedText(*sent));
        m_strip->begin(*m_chat, message);
        m_chat->setEdit(message, text(), attachmentsOf(*sent));
    }
    refresh();
    focusText();
}

bool Composer::cancelEdit()
{
    if (!isEditing())
        return false;
    endEdit();
    focusText();
    return true;
}

void Composer::endEdit()
{
    m_edited = {};
    m_strip->hide();
    m_edit->replaceOwnText(m_chat->conversation().draft);
    m_chat->setEdit({}, {}, {});
    refresh();
}

// Only now it is known whether what was being changed is there.
void Composer::onLoaded()
{
    if (isEditing() && m_chat->find(m_edited)) {
        m_strip->begin(*m_chat, m_edited);
    } else if (isEditing()) {
        const QString words = text();
        endEdit();
        if (!words.trimmed().isEmpty())
            m_edit->replaceOwnText(text().isEmpty() ? words : QString(text() % u"\n\n"_s % words));
    }
    refresh();
}

void Composer::send()
{
    const QString words = text();
    if (!m_chat || m_chat->loadError() || !hasSomething() || m_files->isBusy())
        return;
    const std::optional<QString> line = commandIn(words);
    if (!line || !m_gate) {
        sendWords(words);
        return;
    }
    m_gate(*line, [self = QPointer<Composer>(this), chat = m_chat, words] {
        // Another conversation may be in front by then, or the words may have been changed.
        if (self && self->m_chat == chat && self->text() == words)
            self->sendWords(words);
    });
}

void Composer::sendWords(const QString &words)
{
    m_chat->setCommandTimeout(m_timeout->timeout());
    m_recallIndex = 0;
    if (isEditing()) {
        const MessageId message = m_edited;
        const AttemptSession session = m_strip->session();
        const std::vector<Attachment> files = m_chat->conversation().editFiles;
        endEdit();
        m_chat->sendEdited(message, words, files, session);
        focusText();
        return;
    }
    // To a command files mean nothing: they stay for the next message.
    std::vector<Attachment> files;
    if (!commandIn(words))
        files = m_chat->conversation().draftFiles;
    m_edit->clear();
    keepDraft();
    if (!files.empty())
        m_chat->setDraftFiles({});
    m_chat->send(words, files);
    focusText();
}

// What was sent meanwhile has come back into the draft.
void Composer::onLoadFailed()
{
    const QString typed = text();
    const QString draft = m_chat->conversation().draft;
    if (!draft.endsWith(typed))
        m_edit->setPlainText(draft.isEmpty() ? typed : QString(draft % u"\n\n"_s % typed));
    else if (draft != typed)
        m_edit->setPlainText(draft);
    m_edit->moveCursor(QTextCursor::End);
    refresh();
}

void Composer::recall(int direction)
{
    if (!m_chat || isEditing())
        return;
    const int wanted = m_recallIndex - direction;
    if (wanted <= 0) {
        m_recallIndex = 0;
        m_edit->replaceText({});
        return;
    }
    int seen = 0;
    const MessageList *messages = m_chat->messages();
    for (int i = messages->count() - 1; i >= 0; --i) {
        const Message &message = messages->at(i);
        if (message.role != Role::User || ++seen < wanted)
            continue;
        m_recallIndex = wanted;
        // A message that still waits is not repeated but taken back, so that it is sent once.
        if (message.state == MessageState::Queued) {
            m_files->add(attachmentsOf(message));
            m_edit->replaceText(m_chat->withdrawQueued(MessageId(message.id)));
        } else {
            m_edit->replaceText(typedText(message));
        }
        return;
    }
}

void Composer::takeBack(const MessageId &queued)
{
    const Message *message = m_chat ? m_chat->find(queued) : nullptr;
    if (!message)
        return;
    m_files->add(attachmentsOf(*message));
    const QString words = m_chat->withdrawQueued(queued);
    const QString draft = text();
    // Before other words a command would take them for more of itself.
    setText(draft.trimmed().isEmpty() ? words
                : commandIn(words)    ? QString(draft % u"\n\n"_s % words)
                                      : QString(words % u"\n\n"_s % draft));
    focusText();
}

bool Composer::hasSomething() const
{
    return !text().trimmed().isEmpty() || !m_files->files().empty();
}

QString Composer::helperText() const
{
    if (m_files->isBusy())
        return tr("Copying what is attached");
    const bool isStreaming = m_chat && m_chat->isStreaming();
    const bool usesEnter = m_settings->sendKey() == SendKey::Enter;
    if (isStreaming)
        return usesEnter ? tr("Enter to queue") : tr("Ctrl+Enter to queue");
    if (m_edit->document()->isEmpty())
        return {};
    if (m_isCommand)
        return tr("Runs on the session's machine");
    return usesEnter ? tr("Shift+Enter for a new line") : tr("Ctrl+Enter to send");
}

void Composer::refresh()
{
    const bool isStreaming = m_chat && m_chat->isStreaming();
    m_edit->setSendKey(m_settings->sendKey());
    if (m_edit->document()->isEmpty())
        m_recallIndex = 0;
    showKind();
    const QString helper = helperText();
    m_helper->setText(helper);
    m_edit->setAccessibleDescription(helper);
    const bool hadFocus = m_send->hasFocus() || m_stop->hasFocus();
    m_stop->setVisible(isStreaming);
    m_send->setVisible(!isStreaming);
    m_send->setText(m_isCommand ? tr("Run") : isEditing() ? tr("Send again") : tr("Send"));
    m_send->setToolTip(m_isCommand
                           ? tr("Run the command in the session; a backslash before the mark makes it words")
                           : tr("Send the message"));
    const bool isEmpty = m_edit->document()->isEmpty() && m_files->files().empty();
    m_send->setEnabled(m_chat && !m_chat->loadError() && !isEmpty && !m_files->isBusy());
    m_attach->setEnabled(m_chat);
    if (hadFocus && !m_send->hasFocus() && !m_stop->hasFocus())
        focusText();
    // Words that do not fit would be broken, and only the first line of them seen.
    const std::vector<InputRequest> asked = m_chat ? m_chat->openRequests() : std::vector<InputRequest>();
    const bool isAsked =
        std::ranges::any_of(asked, [](const InputRequest &request) { return request.schema.isEmpty(); });
    m_edit->setPlaceholderText(isAsked                       ? tr("Answer the agent…")
                                   : !m_invitation.isEmpty() ? m_invitation
                                   : m_chat && !m_isCompact  ? tr("Message %1").arg(m_chat->agent().name)
                                                             : tr("Message"));
    // Qt draws other words in the place of some only when something else has to be drawn there.
    m_edit->viewport()->update();
    const bool hasTemplate =
        m_chat && !m_chat->agent().isBuiltIn() && usesTemplate(protocolOf(m_chat->agent()));
    m_template->setVisible(hasTemplate && !m_isCompact && !m_isCommand && m_invitation.isEmpty());
    m_timeout->setVisible(m_isCommand && !m_isCompact);
    m_helper->setVisible(!m_isCompact);
    if (m_extra)
        m_extra->setVisible(!m_isCompact && !m_isCommand);
    if (hasTemplate)
        m_template->setText(speaksAgUi(m_chat->agent())                     ? tr("Template: AG-UI")
                                : m_chat->agent().payloadTemplate.isEmpty() ? tr("Template: prompt")
                                                                            : tr("Template: own"));
}

// A command looks like one before it is sent.
void Composer::showKind()
{
    const bool isCommand = commandIn(text()).has_value();
    if (std::exchange(m_isCommand, isCommand) == isCommand)
        return;
    m_edit->setFont(m_theme->font(isCommand ? FontRole::Code : FontRole::Body));
    m_edit->updateGeometry();
}

QMargins Composer::outside() const
{
    // In a wide window it is as wide as the page above it, so that words stand below words.
    const int page = m_theme->px(Metric::readingColumn) + 2 * m_theme->px(Metric::between);
    const int side = std::max(m_theme->px(Metric::inset), (width() - page) / 2);
    return {side, m_theme->px(m_isCompact ? Metric::step : Metric::within), side,
            m_theme->px(m_isCompact ? Metric::within : Metric::between)};
}

void Composer::setCompact(bool isCompact)
{
    if (m_isCompact == isCompact)
        return;
    m_isCompact = isCompact;
    m_body->setDirection(isCompact ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_strip->setCompact(isCompact);
    restyle();
    refresh();
}

void Composer::addHelperAction(QAction *action)
{
    m_extra = new QPushButton(action->text(), this);
    m_extra->setObjectName(QString(action->objectName() % u"Button"_s));
    m_extra->setToolTip(
        tr("%1 (%2)").arg(action->text(), action->shortcut().toString(QKeySequence::NativeText)));
    setButtonKind(m_extra, ButtonKind::Flat);
    connect(m_extra, &QPushButton::clicked, action, &QAction::trigger);
    m_row->insertWidget(1, m_extra);
    refresh();
}

void Composer::setInvitation(const QString &words)
{
    m_invitation = words;
    refresh();
}

void Composer::setMaximumLines(int lines)
{
    m_edit->setMaximumLines(lines);
}

void Composer::placeInside()
{
    const Theme &theme = *m_theme;
    const QMargins inside = m_isCompact
        ? QMargins(theme.px(Metric::step), theme.px(Metric::snug), theme.px(Metric::snug),
                   theme.px(Metric::snug))
        : QMargins(theme.px(Metric::step), theme.px(Metric::composerRise), theme.px(Metric::frameInset),
                   theme.px(Metric::composerDrop));
    m_column->setContentsMargins(outside() + inside);
}

void Composer::restyle()
{
    const Theme &theme = *m_theme;
    placeInside();
    m_column->setSpacing(theme.px(Metric::near));
    m_body->setSpacing(theme.px(Metric::near));
    m_row->setSpacing(theme.px(Metric::within));
    m_edit->setFont(theme.font(m_isCommand ? FontRole::Code : FontRole::Body));
    // In line with the words of the button below, which has no box until it is pointed at.
    m_edit->setIndent(theme.px(Metric::frameInset));
    QFont small = theme.font(FontRole::Small);
    m_helper->setFont(small);
    m_template->setFont(small);
    m_attach->setIcon(icon(IconName::Paperclip, theme, ColourRole::InkQuiet));
    // Lower, like the other buttons, where the window has no room.
    m_attach->setFixedWidth(theme.px(Metric::smallControl));
    m_attach->setMaximumHeight(theme.px(Metric::smallControl));
    m_timeout->setFont(small);
    QPalette faint = m_helper->palette();
    faint.setColor(QPalette::WindowText, theme.colour(ColourRole::InkFaint));
    m_helper->setPalette(faint);
    QFont button = small;
    button.setPixelSize(theme.px(Metric::buttonText));
    m_stop->setFont(button);
    button.setWeight(QFont::DemiBold);
    m_send->setFont(button);
    m_edit->updateGeometry();
    update();
}

void Composer::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    placeInside();
}

void Composer::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isFocused = m_edit->hasFocus();
    const qreal width = isFocused ? m_theme->px(Metric::focusRing) : 1;
    const qreal half = width / 2;
    painter.setPen(QPen(m_theme->colour(isFocused ? ColourRole::Accent : ColourRole::Line), width));
    painter.setBrush(m_theme->colour(ColourRole::Page));
    const QRectF field = QRectF(rect().marginsRemoved(outside())).adjusted(half, half, -half, -half);
    painter.drawRoundedRect(field, m_theme->px(Metric::composerCorner), m_theme->px(Metric::composerCorner));
}

void Composer::mousePressEvent(QMouseEvent *event)
{
    QWidget::mousePressEvent(event);
    focusText();
}

bool Composer::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut))
        update();
    return QWidget::eventFilter(watched, event);
}

} // namespace Parlance
