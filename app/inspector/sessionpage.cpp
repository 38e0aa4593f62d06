// SPDX-License-Identifier: Apache-2.0
#include "inspector/sessionpage.h"

#include "chat/chat.h"
#include "chat/cloudwatch.h"
#include "chat/trywords.h"
#include "dialogs/themedlabel.h"
#include "sessions/sessionwords.h"
#include "theme/metrics.h"
#include "theme/style.h"
#include "window/qualifierpopup.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QGridLayout>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString seconds(const std::optional<std::chrono::microseconds> &time)
{
    return time ? SessionPage::tr("%1 s").arg(QLocale().toString(double(time->count()) / 1e6, 'f', 3))
                : QString();
}

QString number(const std::optional<qint64> &value)
{
    return value ? QLocale().toString(*value) : QString();
}

QString targetText(const Agent &agent)
{
    if (const auto *url = std::get_if<UrlTarget>(&agent.target))
        return url->url;
    if (const auto *runtime = std::get_if<RuntimeTarget>(&agent.target))
        return runtime->arn;
    return SessionPage::tr("inside this program");
}

QString stateText(MessageState state)
{
    switch (state) {
    case MessageState::Queued:
        return SessionPage::tr("waiting");
    case MessageState::Streaming:
        return SessionPage::tr("streaming");
    case MessageState::Complete:
        return SessionPage::tr("complete");
    case MessageState::Stopped:
        return SessionPage::tr("stopped");
    case MessageState::Interrupted:
        return SessionPage::tr("interrupted");
    case MessageState::Failed:
        return SessionPage::tr("failed");
    }
    return {};
}

} // namespace

SessionPage::SessionPage(const Theme *theme, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *content = new QWidget;
    auto *grid = new QGridLayout(content);
    grid->setContentsMargins(m_theme->px(Metric::between), m_theme->px(Metric::between),
                             m_theme->px(Metric::between), m_theme->px(Metric::between));
    grid->setHorizontalSpacing(m_theme->px(Metric::inset));
    grid->setVerticalSpacing(m_theme->px(Metric::snug));
    grid->setColumnStretch(1, 1);

    m_empty = new ThemedLabel(theme, FontRole::Small, ColourRole::InkQuiet,
                              tr("Choose a conversation to see its session here."));
    m_empty->setObjectName(u"sessionEmpty"_s);
    m_empty->setWordWrap(true);
    grid->addWidget(m_empty, 0, 0, 1, 2);
    addRow(grid, Session, tr("Session"), true);
    m_copySession = new QPushButton(tr("Copy"));
    m_copySession->setObjectName(u"copySession"_s);
    m_copySession->setAccessibleName(tr("Copy session"));
    m_copySession->setToolTip(tr("Copy the runtime session id"));
    setButtonKind(m_copySession, ButtonKind::Flat);
    grid->addWidget(m_copySession, grid->rowCount() - 1, 2);
    connect(m_copySession, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_rows[Session].value->text()); });
    addRow(grid, Ends, tr("Ends"));
    m_endSession = new QPushButton(tr("End session…"));
    m_endSession->setObjectName(u"endThisSession"_s);
    m_endSession->setToolTip(tr("Takes the session's machine away at the service; asks first"));
    m_endSession->setAutoDefault(false);
    m_endSession->hide();
    setButtonKind(m_endSession, ButtonKind::Chip);
    grid->addWidget(m_endSession, grid->rowCount(), 1, 1, 2, Qt::AlignLeft);
    addRow(grid, AgentName, tr("Agent"));
    addRow(grid, Target, tr("Target"), true);
    addRow(grid, Qualifier, tr("Qualifier"));
    addRow(grid, Version, tr("Version"));
    makeCloudWatch(grid);
    m_answerHeading = addHeading(grid, tr("Answer"));
    m_tries = new ThemedLabel(theme, FontRole::Small, ColourRole::InkQuiet);
    m_tries->setObjectName(u"failedTries"_s);
    m_tries->setWordWrap(true);
    m_tries->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_tries->hide();
    grid->addWidget(m_tries, grid->rowCount(), 0, 1, 3);
    addRow(grid, State, tr("State"));
    addRow(grid, StopReason, tr("Stop reason"));
    addRow(grid, HttpStatus, tr("HTTP status"));
    addRow(grid, RequestId, tr("Request id"), true);
    addRow(grid, TraceId, tr("Trace id"), true);
    m_timingHeading = addHeading(grid, tr("Time since sending"));
    addRow(grid, Headers, tr("Headers"));
    addRow(grid, FirstByte, tr("First byte"));
    addRow(grid, FirstText, tr("First text"));
    addRow(grid, Total, tr("Total"));
    m_usageHeading = addHeading(grid, tr("Usage, as the agent told it"));
    addRow(grid, InputTokens, tr("Input tokens"));
    addRow(grid, OutputTokens, tr("Output tokens"));
    addRow(grid, TotalTokens, tr("Total tokens"));
    addRow(grid, ReasoningTokens, tr("Reasoning tokens"));
    addRow(grid, CachedTokens, tr("Cached input tokens"));
    addRow(grid, ModelLatency, tr("Model latency"));
    grid->setRowStretch(grid->rowCount(), 1);
    setWidget(content);
    applyTheme();
    connect(theme, &Theme::changed, this, &SessionPage::applyTheme);
    show(nullptr, nullptr);
}

void SessionPage::setEndAction(QAction *action)
{
    connect(m_endSession, &QPushButton::clicked, action, &QAction::trigger);
    const auto follow = [this, action] { m_endSession->setVisible(action->isEnabled()); };
    connect(action, &QAction::changed, this, follow);
    follow();
}

void SessionPage::makeCloudWatch(QGridLayout *grid)
{
    m_open = [](const QUrl &url) { QDesktopServices::openUrl(url); };
    auto *menu = new QMenu(this);
    const auto add = [&](const QString &words) {
        QAction *action = menu->addAction(words);
        connect(action, &QAction::triggered, this, [this, action] { m_open(action->data().toUrl()); });
        return action;
    };
    connect(menu, &QMenu::aboutToShow, this, &SessionPage::setLinks);
    m_logs = add(tr("Logs of this session"));
    m_spans = add(tr("Spans of this session"));
    m_trace = add(tr("Trace of this answer"));
    m_endpoint = add(tr("Traces of this endpoint"));
    m_cloudWatch = new QPushButton(tr("Open"));
    m_cloudWatch->setObjectName(u"cloudWatch"_s);
    m_cloudWatch->setAccessibleName(tr("Open in CloudWatch"));
    m_cloudWatch->setToolTip(
        tr("In the browser, with its own login. What an agent printed can take ten minutes to show there."));
    m_cloudWatch->setMenu(menu);
    m_cloudWatch->setAutoDefault(false);
    setButtonKind(m_cloudWatch, ButtonKind::Chip);
    m_cloudWatchLabel = new ThemedLabel(m_theme, FontRole::Small, ColourRole::InkFaint, tr("CloudWatch"));
    const int line = grid->rowCount();
    grid->addWidget(m_cloudWatchLabel, line, 0);
    grid->addWidget(m_cloudWatch, line, 1, 1, 2, Qt::AlignLeft);
}

void SessionPage::setLinks()
{
    const int row = m_chat ? m_chat->messages()->indexOf(m_answer) : -1;
    const CloudWatchLinks links = m_chat
        ? cloudWatchLinks(trailOf(*m_chat, row >= 0 ? &m_chat->messages()->at(row) : nullptr))
        : CloudWatchLinks();
    const auto set = [](QAction *action, const QUrl &url) {
        action->setData(url);
        action->setVisible(!url.isEmpty());
    };
    set(m_logs, links.logs);
    set(m_spans, links.spans);
    set(m_trace, links.trace);
    set(m_endpoint, links.agent);
}

ThemedLabel *SessionPage::addHeading(QGridLayout *grid, const QString &text)
{
    auto *heading = new ThemedLabel(m_theme, FontRole::Label, ColourRole::InkFaint, text);
    heading->setContentsMargins(0, m_theme->px(Metric::between), 0, 0);
    grid->addWidget(heading, grid->rowCount(), 0, 1, 3);
    return heading;
}

void SessionPage::addRow(QGridLayout *grid, Row row, const QString &label, bool isId)
{
    Value &made = m_rows[row];
    made.label = new ThemedLabel(m_theme, FontRole::Small, ColourRole::InkFaint, label);
    // A field, not a label: ids are longer than the pane, and a person selects and copies them.
    made.value = new QLineEdit;
    made.value->setReadOnly(true);
    made.value->setFrame(false);
    made.value->setAccessibleName(label);
    made.value->setObjectName(u"session"_s + QString::number(row));
    made.value->setProperty("isId", isId);
    made.label->setBuddy(made.value);
    const int line = grid->rowCount();
    grid->addWidget(made.label, line, 0);
    grid->addWidget(made.value, line, 1, 1, row == Session ? 1 : 2);
}

void SessionPage::applyTheme()
{
    QPalette ground = palette();
    ground.setColor(QPalette::Window, m_theme->colour(ColourRole::Pane));
    setPalette(ground);
    for (const Value &row : m_rows) {
        const bool isId = row.value->property("isId").toBool();
        row.value->setFont(m_theme->font(isId ? FontRole::SmallCode : FontRole::Small));
        // A field of the style is as high as a control; here it stands in a line of text.
        row.value->setFixedHeight(int(m_theme->lineHeight(FontRole::Body)));
        QPalette inks = row.value->palette();
        inks.setColor(QPalette::Base, m_theme->colour(ColourRole::Pane));
        inks.setColor(QPalette::Text, m_theme->colour(ColourRole::Ink));
        row.value->setPalette(inks);
    }
    for (QPushButton *button : {m_copySession, m_endSession, m_cloudWatch}) {
        button->setFont(m_theme->font(FontRole::Small));
        button->setFixedHeight(int(m_theme->lineHeight(FontRole::Body)) + m_theme->px(Metric::tight));
    }
}

void SessionPage::setValue(Row row, const QString &value)
{
    const Value &shown = m_rows[row];
    shown.label->setVisible(!value.isEmpty());
    shown.value->setVisible(!value.isEmpty());
    if (shown.value->text() == value)
        return;
    shown.value->setText(value);
    shown.value->setCursorPosition(0);
    shown.value->setToolTip(value);
}

void SessionPage::show(const Chat *chat, const Message *answer)
{
    m_empty->setVisible(!chat);
    setChat(chat);
    setAnswer(answer);
    m_chat = chat;
    m_answer = answer ? answer->id : MessageId();
    const bool isRuntime = chat && hasLogs(&chat->agent());
    m_cloudWatch->setVisible(isRuntime);
    m_cloudWatchLabel->setVisible(isRuntime);
}

void SessionPage::setChat(const Chat *chat)
{
    const Conversation conversation = chat ? chat->conversation() : Conversation();
    setValue(Session, conversation.session.value());
    m_copySession->setVisible(!conversation.session.isEmpty());
    setValue(Ends, chat ? sessionEndText(chat->sessionLife(), QDateTime::currentDateTimeUtc()) : QString());
    setValue(AgentName, chat ? chat->agent().name : QString());
    setValue(Target, chat ? targetText(chat->agent()) : QString());
    setValue(Qualifier,
             !chat || !conversation.qualifier.isEmpty() ? conversation.qualifier : defaultQualifierName());
}

void SessionPage::setAnswer(const Message *answer)
{
    const Message shown = answer ? Message{.state = answer->state,
                                           .timings = answer->timings,
                                           .usage = answer->usage,
                                           .responseIds = answer->responseIds,
                                           .failedTries = answer->failedTries,
                                           .servedVersion = answer->servedVersion,
                                           .stopReason = answer->stopReason,
                                           .httpStatus = answer->httpStatus}
                                 : Message();
    m_answerHeading->setVisible(answer);
    setValue(Version, shown.servedVersion);
    setValue(State, answer ? stateText(shown.state) : QString());
    const QStringList tries = failedTryLines(shown, nullptr);
    m_tries->setVisible(!tries.isEmpty());
    m_tries->setText(tries.join(u'\n'));
    setValue(StopReason, shown.stopReason);
    setValue(HttpStatus, shown.httpStatus > 0 ? QString::number(shown.httpStatus) : QString());
    setValue(RequestId, shown.responseIds->requestId);
    setValue(TraceId, shown.responseIds->traceId);
    const Timings &times = shown.timings;
    m_timingHeading->setVisible(times.headers || times.firstByte || times.firstText || times.total);
    setValue(Headers, seconds(shown.timings->headers));
    setValue(FirstByte, seconds(shown.timings->firstByte));
    setValue(FirstText, seconds(shown.timings->firstText));
    setValue(Total, seconds(shown.timings->total));
    const Usage &usage = shown.usage;
    m_usageHeading->setVisible(usage.inputTokens || usage.outputTokens || usage.totalTokens
                               || usage.reasoningTokens || usage.cachedInputTokens || usage.modelLatency);
    setValue(InputTokens, number(shown.usage->inputTokens));
    setValue(OutputTokens, number(shown.usage->outputTokens));
    setValue(TotalTokens, number(shown.usage->totalTokens));
    setValue(ReasoningTokens, number(shown.usage->reasoningTokens));
    setValue(CachedTokens, number(shown.usage->cachedInputTokens));
    setValue(ModelLatency, seconds(shown.usage->modelLatency));
}

} // namespace Parlance
