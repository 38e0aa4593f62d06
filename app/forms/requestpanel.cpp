// SPDX-License-Identifier: Apache-2.0
#include "forms/requestpanel.h"

#include "chat/asking.h"
#include "forms/requestform.h"
#include "theme/metrics.h"
#include "theme/style.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

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
    : BoxPanel(theme, parent)
    , m_row(new QHBoxLayout)
    , m_refuse(new QPushButton(tr("Don’t answer"), this))
    , m_send(new QPushButton(tr("Answer"), this))
{
    setObjectName(u"requests"_s);
    setAccessibleName(tr("What the agent asks"));
    m_refuse->setObjectName(u"refuseRequests"_s);
    m_refuse->setAccessibleName(tr("Don’t answer"));
    m_refuse->setToolTip(tr("The agent goes on without an answer"));
    setButtonKind(m_refuse, ButtonKind::Flat);
    m_send->setObjectName(u"answerRequests"_s);
    m_send->setAccessibleName(tr("Answer"));
    m_send->setToolTip(tr("Send the answer, and the agent goes on"));
    setButtonKind(m_send, ButtonKind::Accent);
    m_row->addStretch();
    m_row->addWidget(m_refuse);
    m_row->addWidget(m_send);
    column()->addWidget(scroll());
    column()->addLayout(m_row);
    connect(m_refuse, &QPushButton::clicked, this, &RequestPanel::refuse);
    connect(m_send, &QPushButton::clicked, this, &RequestPanel::send);
    RequestPanel::restyle();
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
        auto *form = new RequestForm(theme(), request,
                                     {.toolName = call ? call->name : QString(),
                                      .toolArguments = call ? call->arguments.toString() : QString(),
                                      .isAlone = requests.size() == 1,
                                      .isExpired = isExpired(request, now)},
                                     content());
        inside()->addWidget(form);
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
    orderTabs();
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
        leadTo(wrong);
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

QList<QWidget *> RequestPanel::lastTabs() const
{
    return {m_refuse, m_send};
}

void RequestPanel::fit()
{
    if (!m_forms.empty())
        fitContent();
}

void RequestPanel::restyle()
{
    column()->setSpacing(theme()->px(Metric::inset));
    m_row->setSpacing(theme()->px(Metric::within));
    inside()->setSpacing(theme()->px(Metric::section));
    BoxPanel::restyle();
}

} // namespace Parlance
