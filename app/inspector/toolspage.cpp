// SPDX-License-Identifier: Apache-2.0
#include "inspector/toolspage.h"

#include "dialogs/themedlabel.h"
#include "inspector/jsonprinter.h"
#include "inspector/payloadview.h"
#include "theme/metrics.h"

#include <QListWidget>
#include <QScopedValueRollback>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString stateText(ToolState state)
{
    switch (state) {
    case ToolState::Streaming:
        return ToolsPage::tr("asked for");
    case ToolState::Running:
        return ToolsPage::tr("running");
    case ToolState::Done:
        return ToolsPage::tr("done");
    case ToolState::Failed:
        return ToolsPage::tr("failed");
    case ToolState::Cancelled:
        return ToolsPage::tr("called off");
    }
    return {};
}

QString prettyOrPlain(const QString &text)
{
    return prettyJson(text).value_or(text);
}

} // namespace

ToolsPage::ToolsPage(const Theme *theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_list(new QListWidget)
    , m_empty(
          new ThemedLabel(theme, FontRole::Small, ColourRole::InkQuiet, tr("This answer has no tool calls.")))
    , m_payload(new PayloadView(theme))
{
    m_list->setObjectName(u"toolCalls"_s);
    m_list->setAccessibleName(tr("Tool calls"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_empty->setObjectName(u"toolsEmpty"_s);
    m_empty->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, m_theme->px(Metric::within), 0, 0);
    column->setSpacing(0);
    column->addWidget(m_empty);
    auto *inset = new QVBoxLayout;
    inset->setContentsMargins(m_theme->px(Metric::within), 0, m_theme->px(Metric::within),
                              m_theme->px(Metric::within));
    inset->addWidget(m_list);
    column->addLayout(inset);
    column->addWidget(m_payload, 1);
    column->addStretch();
    connect(m_list, &QListWidget::currentRowChanged, this, &ToolsPage::showCurrent);
    applyTheme();
    connect(theme, &Theme::changed, this, &ToolsPage::applyTheme);
    setMessage(nullptr);
}

void ToolsPage::applyTheme()
{
    m_list->setFont(m_theme->font(FontRole::Small));
    QPalette ground = m_list->palette();
    ground.setColor(QPalette::Base, m_theme->colour(ColourRole::Pane));
    m_list->setPalette(ground);
    fitList();
    m_empty->setContentsMargins(m_theme->px(Metric::between), m_theme->px(Metric::within),
                                m_theme->px(Metric::between), 0);
}

std::vector<ToolsPage::Call> ToolsPage::callsOf(const Message &message)
{
    std::vector<Call> calls;
    for (size_t i = 0; i < message.parts.size(); ++i) {
        const MessagePart &part = message.parts[i];
        if (const auto *call = std::get_if<ToolCall>(&part.content)) {
            const QString state = tr("%1 · %2").arg(call->name, stateText(call->state));
            calls.push_back({.part = int(i),
                             .title = state,
                             .details = QString(tr("Arguments") + u'\n' + prettyOrPlain(call->arguments))});
        } else if (const auto *result = std::get_if<ToolResult>(&part.content)) {
            const auto sameCall = [&](const Call &known) {
                const auto *start = std::get_if<ToolCall>(&message.parts[size_t(known.part)].content);
                return start && start->callId == result->callId;
            };
            auto owner = std::ranges::find_if(calls, sameCall);
            if (owner == calls.end())
                owner = calls.insert(calls.end(), {.part = int(i), .title = result->name});
            owner->resultPart = int(i);
            if (!owner->details.isEmpty())
                owner->details += u"\n\n"_s;
            owner->details += QString((result->isError ? tr("Error") : tr("Result")) + u'\n'
                                      + prettyOrPlain(result->content));
        }
    }
    return calls;
}

void ToolsPage::setMessage(const Message *message)
{
    std::vector<Call> calls = message ? callsOf(*message) : std::vector<Call>();
    const bool hasCalls = !calls.empty();
    m_empty->setVisible(!hasCalls);
    m_list->setVisible(hasCalls);
    m_payload->setVisible(hasCalls);
    if (calls == m_calls)
        return;
    const QScopedValueRollback choosing(m_isChoosing, true);
    m_calls = std::move(calls);
    while (m_list->count() > int(m_calls.size()))
        delete m_list->takeItem(m_list->count() - 1);
    for (int row = 0; row < int(m_calls.size()); ++row) {
        if (row >= m_list->count())
            m_list->addItem(QString());
        m_list->item(row)->setText(m_calls[size_t(row)].title);
    }
    fitList();
    if (m_list->currentRow() < 0 && hasCalls)
        m_list->setCurrentRow(0);
    showCurrent();
}

void ToolsPage::fitList()
{
    constexpr int mostRows = 8;
    const int rows = std::min(m_list->count(), mostRows);
    m_list->setFixedHeight(rows * std::max(1, m_list->sizeHintForRow(0)));
}

bool ToolsPage::choosePart(int part)
{
    const auto found = std::ranges::find_if(
        m_calls, [part](const Call &call) { return call.part == part || call.resultPart == part; });
    if (found == m_calls.end())
        return false;
    const QScopedValueRollback choosing(m_isChoosing, true);
    m_list->setCurrentRow(int(found - m_calls.begin()));
    return true;
}

void ToolsPage::showCurrent()
{
    const int row = m_list->currentRow();
    if (row < 0 || row >= int(m_calls.size())) {
        m_payload->clear();
        return;
    }
    const Call &call = m_calls[size_t(row)];
    m_payload->showPrinted(call.title, call.details);
    if (!m_isChoosing)
        Q_EMIT callChosen(call.part);
}

} // namespace Parlance
