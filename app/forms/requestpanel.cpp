// SPDX-License-Identifier: Apache-2.0
#include "forms/requestpanel.h"

#include "chat/asking.h"
#include "forms/requestform.h"
#include "theme/metrics.h"
#include "theme/style.h"
#include "theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

const ToolCall *callOf(const Message &answer, const QString &callId)
{
    for (const MessagePart &part : answer.parts) {
        const auto *call = std::get_if<ToolCall>(&part.content);
        if (call && !callId.isEmpty() && call->callId == callId)
            return call;
    }
    return nullptr;
}

} // namespace

RequestPanel::RequestPanel(const Theme *theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
    , m_scroll(new QScrollArea(this))
    , m_content(new QWidget)
    , m_list(new QVBoxLayout(m_content))
    , m_row(new QHBoxLayout)
    , m_refuse(new QPushButton(tr("Don't answer"), this))
    , m_send(new QPushButton(tr("Answer"), this))
{
    setObjectName(u"requests"_s);
    setAccessibleName(tr("What the agent asks"));
    m_refuse->setObjectName(u"refuseRequests"_s);
    m_refuse->setAccessibleName(tr("Don't answer"));
    m_refuse->setToolTip(tr("The agent goes on without an answer"));
    setButtonKind(m_refuse, ButtonKind::Flat);
    m_send->setObjectName(u"answerRequests"_s);
    m_send->setAccessibleName(tr("Answer"));
    m_send->setToolTip(tr("Send the answer, and the agent goes on"));
    setButtonKind(m_send, ButtonKind::Accent);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(m_content);
    m_content->installEventFilter(this);
    m_row->addStretch();
    m_row->addWidget(m_refuse);
    m_row->addWidget(m_send);
    m_column->addWidget(m_scroll);
    m_column->addLayout(m_row);
    connect(m_refuse, &QPushButton::clicked, this, &RequestPanel::refuse);
    connect(m_send, &QPushButton::clicked, this, &RequestPanel::send);
    connect(theme, &Theme::changed, this, &RequestPanel::restyle);
    restyle();
    hide();
}

void RequestPanel::clear()
{
    for (RequestForm *form : m_forms) {
        form->hide();
        // A button of it may be what is being pressed.
        form->deleteLater();
    }
    m_forms.clear();
    hide();
}

void RequestPanel::ask(const Message &answer, const std::vector<InputRequest> &requests, const QDateTime &now)
{
    clear();
    for (const InputRequest &request : requests) {
        const ToolCall *call = callOf(answer, request.callId);
        auto *form = new RequestForm(m_theme, request,
                                     {.toolName = call ? call->name : QString(),
                                      .toolArguments = call ? call->arguments.toString() : QString(),
                                      .isAlone = requests.size() == 1,
                                      .isExpired = isExpired(request, now)},
                                     m_content);
        m_list->addWidget(form);
        connect(form, &RequestForm::changed, this,
                [this, form] { Q_EMIT drafted(form->request().id, form->draft()); });
        connect(form, &RequestForm::decided, this, &RequestPanel::send);
        m_forms.push_back(form);
    }
    const bool isOver = std::ranges::all_of(m_forms, &RequestForm::isExpired);
    m_send->setVisible(std::ranges::any_of(m_forms, &RequestForm::needsSendButton));
    m_refuse->setVisible(!isOver && std::ranges::any_of(m_forms, [](const RequestForm *form) {
        return canBeRefused(form->request());
    }));
    setVisible(!m_forms.empty());
    fit();
}

void RequestPanel::send()
{
    QWidget *wrong = nullptr;
    for (RequestForm *form : m_forms) {
        QWidget *here = form->check();
        wrong = wrong ? wrong : here;
    }
    if (wrong) {
        fit();
        wrong->setFocus(Qt::OtherFocusReason);
        m_scroll->ensureWidgetVisible(wrong, 0, m_theme->px(Metric::control));
        return;
    }
    std::vector<InputAnswer> answers;
    QStringList words;
    for (const RequestForm *form : m_forms) {
        if (form->isExpired())
            continue;
        answers.push_back(form->answer());
        words.append(form->words());
    }
    Q_EMIT answered(answers, words.join(u"\n\n"_s));
}

void RequestPanel::refuse()
{
    std::vector<InputAnswer> answers;
    for (const RequestForm *form : m_forms) {
        if (!form->isExpired())
            answers.push_back({.requestId = form->request().id, .isCancelled = true});
    }
    Q_EMIT answered(answers, {});
}

void RequestPanel::setMostHeight(int height)
{
    m_mostHeight = height;
    fit();
}

QMargins RequestPanel::outside() const
{
    // As wide as the composer below it.
    const int page = m_theme->px(Metric::readingColumn) + 2 * m_theme->px(Metric::between);
    const int side = std::max(m_theme->px(Metric::inset), (width() - page) / 2);
    return {side, m_theme->px(Metric::within), side, 0};
}

void RequestPanel::place()
{
    const int inset = m_theme->px(Metric::between);
    const int rise = m_theme->px(Metric::inset);
    m_column->setContentsMargins(outside() + QMargins(inset, rise, inset, rise));
}

void RequestPanel::fit()
{
    if (m_forms.empty())
        return;
    m_list->activate();
    const QMargins margins = m_column->contentsMargins();
    const int inside = width() - margins.left() - margins.right();
    const int content = m_content->hasHeightForWidth()
        ? std::max(m_content->heightForWidth(inside), m_content->minimumSizeHint().height())
        : m_content->sizeHint().height();
    const int most = std::max(m_mostHeight, m_theme->px(Metric::leastRequest));
    // Where the window has no room for that, it gives way.
    m_scroll->setMinimumHeight(std::min(content, m_theme->px(Metric::leastRequest)));
    m_scroll->setMaximumHeight(std::min(content, most));
}

void RequestPanel::restyle()
{
    m_column->setSpacing(m_theme->px(Metric::inset));
    m_row->setSpacing(m_theme->px(Metric::within));
    m_list->setContentsMargins(0, 0, 0, 0);
    m_list->setSpacing(m_theme->px(Metric::section));
    QPalette ground = palette();
    ground.setColor(QPalette::Window, m_theme->colour(ColourRole::Pane));
    m_scroll->setPalette(ground);
    m_content->setPalette(ground);
    m_content->setAutoFillBackground(true);
    place();
    fit();
    update();
}

void RequestPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
    fit();
}

// A sentence below a field, or one more item, makes it higher.
bool RequestPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_content && event->type() == QEvent::LayoutRequest)
        fit();
    return QWidget::eventFilter(watched, event);
}

void RequestPanel::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme->colour(ColourRole::Line), 1));
    painter.setBrush(m_theme->colour(ColourRole::Pane));
    const QRectF box = QRectF(rect().marginsRemoved(outside())).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRoundedRect(box, m_theme->px(Metric::composerCorner), m_theme->px(Metric::composerCorner));
}

} // namespace Parlance
