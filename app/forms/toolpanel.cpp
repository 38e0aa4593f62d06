// SPDX-License-Identifier: Apache-2.0
#include "forms/toolpanel.h"

#include "chat/schemareader.h"
#include "dialogs/themedlabel.h"
#include "forms/schemaform.h"
#include "forms/tooldelegate.h"
#include "theme/metrics.h"
#include "theme/style.h"
#include "theme/theme.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString titleOf(const AgentTool &tool)
{
    return tool.title.isEmpty() ? tool.name : tool.title;
}

QPushButton *makeButton(const QString &words, const QString &name, const QString &tip, ButtonKind kind,
                        QWidget *parent)
{
    auto *button = new QPushButton(words, parent);
    button->setObjectName(name);
    button->setAccessibleName(words);
    button->setToolTip(tip);
    setButtonKind(button, kind);
    return button;
}

} // namespace

ToolPanel::ToolPanel(const Theme *theme, QWidget *parent)
    : BoxPanel(theme, parent)
    , m_search(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_model(new QStandardItemModel(this))
    , m_found(new QSortFilterProxyModel(this))
    , m_title(new ThemedLabel(theme, FontRole::BodyStrong, ColourRole::Ink, {}, this))
    , m_help(new ThemedLabel(theme, FontRole::Small, ColourRole::InkQuiet, {}, this))
    , m_row(new QHBoxLayout)
    , m_retry(makeButton(tr("Try again"), u"retryTools"_s, tr("Ask for the tools again"), ButtonKind::Plain,
                         this))
    , m_back(makeButton(tr("Other tool"), u"otherTool"_s, tr("Back to the list of tools"), ButtonKind::Flat,
                        this))
    , m_call(makeButton(tr("Call"), u"callTool"_s, tr("Call the tool with what is filled in"),
                        ButtonKind::Accent, this))
    , m_stop(makeButton(tr("Stop"), u"stopTool"_s, tr("Stop the answer (Esc)"), ButtonKind::Danger, this))
{
    setObjectName(u"tools"_s);
    setAccessibleName(tr("Tools"));
    m_search->setObjectName(u"searchTools"_s);
    m_search->setAccessibleName(tr("Search the tools"));
    m_search->setPlaceholderText(tr("Search the tools"));
    m_list->setObjectName(u"toolList"_s);
    m_list->setAccessibleName(tr("Tools"));
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setItemDelegate(new ToolDelegate(theme, m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_found->setSourceModel(m_model);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list->setModel(m_found);
    m_title->setObjectName(u"toolTitle"_s);
    m_title->setWordWrap(true);
    m_help->setObjectName(u"toolHelp"_s);
    m_help->setWordWrap(true);
    m_search->installEventFilter(this);
    m_row->addStretch();
    for (QPushButton *button : {m_retry, m_back, m_call, m_stop})
        m_row->addWidget(button);
    for (QWidget *part : std::initializer_list<QWidget *>{m_search, m_list, m_title, m_help, scroll()})
        column()->addWidget(part);
    column()->addLayout(m_row);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &words) {
        m_found->setFilterFixedString(words);
        m_list->setCurrentIndex(m_found->index(0, 0));
        fit();
    });
    const auto open = [this](const QModelIndex &index) { choose(m_found->mapToSource(index).row()); };
    connect(m_list, &QListView::clicked, this, open);
    connect(m_list, &QListView::activated, this, open);
    connect(m_search, &QLineEdit::returnPressed, this, [this, open] {
        if (m_list->currentIndex().isValid())
            open(m_list->currentIndex());
    });
    connect(m_back, &QPushButton::clicked, this, &ToolPanel::leave);
    connect(m_call, &QPushButton::clicked, this, &ToolPanel::call);
    connect(m_stop, &QPushButton::clicked, this, &ToolPanel::stopAsked);
    connect(m_retry, &QPushButton::clicked, this, &ToolPanel::retryAsked);
    ToolPanel::restyle();
    refresh();
    hide();
}

void ToolPanel::setNote(const QString &note, bool offersRetry)
{
    const bool hadKeyboard = hasKeyboard();
    empty(note);
    m_offersRetry = offersRetry;
    refresh();
    if (hadKeyboard)
        focusFirst();
}

void ToolPanel::setAsking(const QString &note)
{
    const bool hadKeyboard = hasKeyboard();
    empty(note);
    m_isAsking = true;
    refresh();
    if (hadKeyboard)
        focusFirst();
}

void ToolPanel::empty(const QString &note)
{
    m_tools.clear();
    m_model->clear();
    m_offersRetry = false;
    m_isAsking = false;
    closeForm();
    m_help->setText(note);
}

bool ToolPanel::hasKeyboard() const
{
    return isAncestorOf(QApplication::focusWidget());
}

void ToolPanel::focusFirst()
{
    QWidget *first = m_chosen < 0    ? (m_offersRetry ? static_cast<QWidget *>(m_retry) : m_search)
        : m_form->target() == m_form ? static_cast<QWidget *>(m_call)
                                     : m_form->target();
    first->setFocus(Qt::OtherFocusReason);
}

void ToolPanel::setDraft(const QString &draft)
{
    m_draft = QJsonDocument::fromJson(draft.toUtf8()).object();
}

void ToolPanel::setTools(std::vector<AgentTool> tools)
{
    const bool hadKeyboard = hasKeyboard();
    empty(tools.empty() ? tr("The server has no tools.") : QString());
    m_tools = std::move(tools);
    for (const AgentTool &tool : m_tools) {
        const QString help = tool.description.section(u'\n', 0, 0);
        auto *item =
            new QStandardItem(help.isEmpty() ? titleOf(tool) : tr("%1: %2").arg(titleOf(tool), help));
        item->setToolTip(tool.description);
        item->setData(titleOf(tool), ToolDelegate::TitleRole);
        item->setData(help, ToolDelegate::HelpRole);
        m_model->appendRow(item);
    }
    m_list->setCurrentIndex(m_found->index(0, 0));
    const auto left = std::ranges::find(m_tools, m_draft.value(u"tool"_s).toString(), &AgentTool::name);
    if (left != m_tools.end())
        showForm(int(left - m_tools.begin()));
    refresh();
    if (hadKeyboard)
        focusFirst();
}

void ToolPanel::setStreaming(bool isStreaming)
{
    // The button in the same place has the keyboard then.
    const bool hadFocus = m_call->hasFocus() || m_stop->hasFocus();
    m_isStreaming = isStreaming;
    refresh();
    if (hadFocus)
        (isStreaming ? m_stop : m_chosen >= 0 ? m_call : m_back)->setFocus(Qt::OtherFocusReason);
}

void ToolPanel::showForm(int index)
{
    closeForm();
    m_chosen = index;
    const AgentTool &tool = m_tools[size_t(index)];
    m_title->setText(titleOf(tool));
    m_help->setText(tool.description);
    m_form = new SchemaForm(theme(), readSchema(tool.inputSchema), content());
    inside()->addWidget(m_form);
    const QJsonObject forms = m_draft.value(u"forms"_s).toObject();
    if (const QJsonValue left = forms.value(tool.name); !left.isUndefined())
        m_form->setDraft(left);
    connect(m_form, &SchemaForm::changed, this, &ToolPanel::keepDraft);
    refresh();
    orderTabs();
}

void ToolPanel::choose(int index)
{
    if (index < 0 || size_t(index) >= m_tools.size())
        return;
    showForm(index);
    keepDraft();
    focusFirst();
}

void ToolPanel::closeForm()
{
    m_chosen = -1;
    m_title->clear();
    m_help->clear();
    if (m_form) {
        m_form->hide();
        m_form->deleteLater();
        m_form = nullptr;
    }
}

void ToolPanel::leave()
{
    closeForm();
    refresh();
    keepDraft();
    focusFirst();
}

void ToolPanel::keepDraft()
{
    const QString tool = m_chosen >= 0 ? m_tools[size_t(m_chosen)].name : QString();
    m_draft.insert(u"tool"_s, tool);
    if (m_form) {
        QJsonObject forms = m_draft.value(u"forms"_s).toObject();
        forms.insert(tool, m_form->draft());
        m_draft.insert(u"forms"_s, forms);
    }
    Q_EMIT drafted(QString::fromUtf8(QJsonDocument(m_draft).toJson(QJsonDocument::Compact)));
}

void ToolPanel::call()
{
    if (m_chosen < 0 || m_isStreaming)
        return;
    if (QWidget *wrong = m_form->check()) {
        leadTo(wrong);
        return;
    }
    const QJsonObject arguments = m_form->value().toObject();
    Q_EMIT called(m_tools[size_t(m_chosen)].name,
                  QString::fromUtf8(QJsonDocument(arguments).toJson(QJsonDocument::Compact)));
}

void ToolPanel::refresh()
{
    const bool isChosen = m_chosen >= 0;
    const bool isList = !isChosen && !m_tools.empty();
    m_search->setVisible(isList || m_isAsking);
    m_list->setVisible(isList);
    m_title->setVisible(isChosen);
    m_help->setVisible(!m_help->text().isEmpty());
    scroll()->setVisible(isChosen);
    m_retry->setVisible(!isChosen && m_offersRetry);
    m_back->setVisible(isChosen);
    m_call->setVisible(isChosen && !m_isStreaming);
    m_stop->setVisible(m_isStreaming);
    fit();
}

QList<QWidget *> ToolPanel::lastTabs() const
{
    return {m_retry, m_back, m_call, m_stop};
}

int ToolPanel::below() const
{
    return theme()->px(Metric::between);
}

void ToolPanel::fit()
{
    const int row = std::max(m_list->sizeHintForRow(0), theme()->px(Metric::smallControl));
    m_list->setFixedHeight(
        std::min(mostHeight(), row * std::max(1, m_found->rowCount()) + 2 * m_list->frameWidth()));
    if (m_form)
        fitContent();
}

void ToolPanel::restyle()
{
    column()->setSpacing(theme()->px(Metric::within));
    m_row->setSpacing(theme()->px(Metric::within));
    QPalette ground = palette();
    ground.setColor(QPalette::Base, theme()->colour(ColourRole::Pane));
    m_list->setPalette(ground);
    BoxPanel::restyle();
}

bool ToolPanel::eventFilter(QObject *watched, QEvent *event)
{
    // The arrows walk through the list while one types.
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const int by = key->key() == Qt::Key_Down ? 1 : key->key() == Qt::Key_Up ? -1 : 0;
        const int row = m_list->currentIndex().row() + by;
        if (by != 0 && row >= 0 && row < m_found->rowCount()) {
            m_list->setCurrentIndex(m_found->index(row, 0));
            return true;
        }
    }
    return BoxPanel::eventFilter(watched, event);
}

} // namespace Parlance
