// SPDX-License-Identifier: Apache-2.0
#include "forms/toolpanel.h"

#include "chat/schemareader.h"
#include "dialogs/themedlabel.h"
#include "forms/schemaform.h"
#include "theme/metrics.h"
#include "theme/style.h"
#include "theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>

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
    : QWidget(parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
    , m_search(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_model(new QStandardItemModel(this))
    , m_found(new QSortFilterProxyModel(this))
    , m_title(new ThemedLabel(theme, FontRole::BodyStrong, ColourRole::Ink, {}, this))
    , m_help(new ThemedLabel(theme, FontRole::Small, ColourRole::InkQuiet, {}, this))
    , m_scroll(new QScrollArea(this))
    , m_content(new QWidget)
    , m_inside(new QVBoxLayout(m_content))
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
    m_found->setSourceModel(m_model);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list->setModel(m_found);
    m_title->setObjectName(u"toolTitle"_s);
    m_title->setWordWrap(true);
    m_help->setObjectName(u"toolHelp"_s);
    m_help->setWordWrap(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(m_content);
    m_content->installEventFilter(this);
    m_search->installEventFilter(this);
    m_inside->setContentsMargins(0, 0, 0, 0);
    m_row->addStretch();
    for (QPushButton *button : {m_retry, m_back, m_call, m_stop})
        m_row->addWidget(button);
    for (QWidget *part : std::initializer_list<QWidget *>{m_search, m_list, m_title, m_help, m_scroll})
        m_column->addWidget(part);
    m_column->addLayout(m_row);
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
    connect(theme, &Theme::changed, this, &ToolPanel::restyle);
    restyle();
    refresh();
    hide();
}

void ToolPanel::setNote(const QString &note, bool offersRetry)
{
    m_tools.clear();
    m_model->clear();
    m_offersRetry = offersRetry;
    leave();
    m_help->setText(note);
    refresh();
}

void ToolPanel::setTools(std::vector<AgentTool> tools)
{
    setNote(tools.empty() ? tr("The server has no tools.") : QString());
    m_tools = std::move(tools);
    for (const AgentTool &tool : m_tools) {
        const QString help = tool.description.section(u'\n', 0, 0);
        auto *item =
            new QStandardItem(help.isEmpty() ? titleOf(tool) : tr("%1: %2").arg(titleOf(tool), help));
        item->setToolTip(tool.description);
        m_model->appendRow(item);
    }
    m_list->setCurrentIndex(m_found->index(0, 0));
    refresh();
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

void ToolPanel::choose(int index)
{
    if (index < 0 || size_t(index) >= m_tools.size())
        return;
    leave();
    m_chosen = index;
    const AgentTool &tool = m_tools[size_t(index)];
    m_title->setText(titleOf(tool));
    m_help->setText(tool.description);
    m_form = new SchemaForm(m_theme, readSchema(tool.inputSchema), m_content);
    m_inside->addWidget(m_form);
    refresh();
    QWidget *target = m_form->target() == m_form ? static_cast<QWidget *>(m_call) : m_form->target();
    target->setFocus(Qt::OtherFocusReason);
}

void ToolPanel::leave()
{
    m_chosen = -1;
    m_title->clear();
    m_help->clear();
    if (m_form) {
        m_form->hide();
        m_form->deleteLater();
        m_form = nullptr;
    }
    refresh();
    if (isVisible())
        m_search->setFocus(Qt::OtherFocusReason);
}

void ToolPanel::call()
{
    if (m_chosen < 0 || m_isStreaming)
        return;
    if (QWidget *wrong = m_form->check()) {
        fit();
        wrong->setFocus(Qt::OtherFocusReason);
        m_scroll->ensureWidgetVisible(wrong, 0, m_theme->px(Metric::control));
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
    m_search->setVisible(isList);
    m_list->setVisible(isList);
    m_title->setVisible(isChosen);
    m_help->setVisible(!m_help->text().isEmpty());
    m_scroll->setVisible(isChosen);
    m_retry->setVisible(!isChosen && m_offersRetry);
    m_back->setVisible(isChosen);
    m_call->setVisible(isChosen && !m_isStreaming);
    m_stop->setVisible(m_isStreaming);
    fit();
}

void ToolPanel::setMostHeight(int height)
{
    m_mostHeight = height;
    fit();
}

QMargins ToolPanel::outside() const
{
    // As wide as the page above it.
    const int page = m_theme->px(Metric::readingColumn) + 2 * m_theme->px(Metric::between);
    const int side = std::max(m_theme->px(Metric::inset), (width() - page) / 2);
    return {side, m_theme->px(Metric::within), side, m_theme->px(Metric::between)};
}

void ToolPanel::place()
{
    const int inset = m_theme->px(Metric::between);
    const int rise = m_theme->px(Metric::inset);
    m_column->setContentsMargins(outside() + QMargins(inset, rise, inset, rise));
}

void ToolPanel::fit()
{
    const int most = std::max(m_mostHeight, m_theme->px(Metric::leastRequest));
    const int row = std::max(m_list->sizeHintForRow(0), m_theme->px(Metric::smallControl));
    m_list->setFixedHeight(std::min(most, row * std::max(1, m_found->rowCount()) + 2 * m_list->frameWidth()));
    if (!m_form)
        return;
    m_inside->activate();
    const QMargins margins = m_column->contentsMargins();
    const int inside = width() - margins.left() - margins.right();
    const int content = m_content->hasHeightForWidth()
        ? std::max(m_content->heightForWidth(inside), m_content->minimumSizeHint().height())
        : m_content->sizeHint().height();
    m_scroll->setMinimumHeight(std::min(content, m_theme->px(Metric::leastRequest)));
    m_scroll->setMaximumHeight(std::min(content, most));
}

void ToolPanel::restyle()
{
    m_column->setSpacing(m_theme->px(Metric::within));
    m_row->setSpacing(m_theme->px(Metric::within));
    QPalette ground = palette();
    ground.setColor(QPalette::Window, m_theme->colour(ColourRole::Pane));
    m_scroll->setPalette(ground);
    m_content->setPalette(ground);
    m_content->setAutoFillBackground(true);
    m_list->setFont(m_theme->font(FontRole::Small));
    place();
    fit();
    update();
}

void ToolPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
    fit();
}

bool ToolPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_content && event->type() == QEvent::LayoutRequest)
        fit();
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
    return QWidget::eventFilter(watched, event);
}

void ToolPanel::paintEvent(QPaintEvent *event)
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
