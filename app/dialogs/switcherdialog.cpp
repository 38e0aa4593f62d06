// SPDX-License-Identifier: Apache-2.0
#include "dialogs/switcherdialog.h"

#include "chat/workspace.h"
#include "dialogs/listkeys.h"
#include "dialogs/themedlabel.h"
#include "theme/metrics.h"
#include "theme/style.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

class EntryDelegate : public QStyledItemDelegate
{
public:
    EntryDelegate(const Theme *theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem & /*option*/, const QModelIndex & /*index*/) const override
    {
        const int lines = int(m_theme->lineHeight(FontRole::Body) + m_theme->lineHeight(FontRole::Small));
        return {m_theme->px(Metric::leastRow), lines + m_theme->px(Metric::near)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRect row =
            option.rect.adjusted(m_theme->px(Metric::within), 0, -m_theme->px(Metric::within), 0);
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        if (isSelected || option.state.testFlag(QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(m_theme->colour(isSelected ? ColourRole::AccentGround : ColourRole::PaneHover));
            painter->drawRoundedRect(row, m_theme->px(Metric::within), m_theme->px(Metric::within));
        }
        const int titleHeight = int(m_theme->lineHeight(FontRole::Body));
        const QRect title(row.left() + m_theme->px(Metric::edge), row.top() + m_theme->px(Metric::step),
                          row.width() - m_theme->px(Metric::edge) - m_theme->px(Metric::inset), titleHeight);
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme->agentColour(index.data(SwitcherModel::ColourRole).toInt()));
        painter->drawEllipse(QPointF(row.left() + m_theme->px(Metric::edge) / 2.0, title.center().y() + 1),
                             m_theme->px(Metric::step), m_theme->px(Metric::step));
        drawLine(painter, title, FontRole::Body, ColourRole::Ink, index.data().toString());
        const QRect details(title.left(), title.bottom() + 1, title.width(),
                            int(m_theme->lineHeight(FontRole::Small)));
        drawLine(painter, details, FontRole::Small, isSelected ? ColourRole::InkQuiet : ColourRole::InkFaint,
                 index.data(SwitcherModel::DetailsRole).toString());
        painter->restore();
    }

private:
    void drawLine(QPainter *painter, const QRect &rect, FontRole font, ColourRole ink,
                  const QString &text) const
    {
        painter->setFont(m_theme->font(font));
        painter->setPen(m_theme->colour(ink));
        painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
    }

    const Theme *m_theme;
};

} // namespace

SwitcherDialog::SwitcherDialog(const Theme *theme, Workspace *workspace, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_model(*workspace)
    , m_field(new QLineEdit)
    , m_list(new QListView)
    , m_empty(new ThemedLabel(theme, FontRole::Small, ColourRole::InkQuiet,
                              tr("Nothing has that name. Enter searches all conversations for it.")))
    , m_stack(new QStackedWidget)
    , m_search(new QPushButton(tr("Search all conversations")))
{
    setObjectName(u"switcherDialog"_s);
    setWindowTitle(tr("Go to"));
    m_field->setObjectName(u"switcherField"_s);
    m_field->setAccessibleName(tr("Agent or conversation"));
    m_field->setPlaceholderText(tr("Agent or conversation"));
    m_field->installEventFilter(this);
    m_list->setObjectName(u"switcherList"_s);
    m_list->setAccessibleName(tr("Results"));
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new EntryDelegate(theme, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_empty->setObjectName(u"switcherEmpty"_s);
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    auto *top = new QWidget;
    auto *topLayout = new QVBoxLayout(top);
    topLayout->setContentsMargins(theme->px(Metric::between), theme->px(Metric::between),
                                  theme->px(Metric::between), theme->px(Metric::within));
    topLayout->addWidget(m_field);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, theme->px(Metric::within));
    column->setSpacing(0);
    column->addWidget(top);
    column->addWidget(m_stack, 1);
    m_search->setObjectName(u"switcherSearch"_s);
    m_search->setAutoDefault(false);
    setButtonKind(m_search, ButtonKind::Link);
    auto *footer = new QHBoxLayout;
    footer->setContentsMargins(theme->px(Metric::between), theme->px(Metric::step),
                               theme->px(Metric::between), 0);
    footer->addWidget(m_search);
    footer->addStretch(1);
    column->addLayout(footer);
    connect(m_search, &QPushButton::clicked, this, &SwitcherDialog::searchMessages);
    connect(m_field, &QLineEdit::textChanged, this, &SwitcherDialog::onTyped);
    connect(m_field, &QLineEdit::returnPressed, this, [this] {
        if (m_model.rowCount() > 0)
            choose(m_list->currentIndex());
        else
            searchMessages();
    });
    connect(m_list, &QListView::clicked, this, &SwitcherDialog::choose);
    applyTheme();
    connect(theme, &Theme::changed, this, &SwitcherDialog::applyTheme);
    onTyped({});
}

void SwitcherDialog::applyTheme()
{
    QPalette ground = palette();
    ground.setColor(QPalette::Window, m_theme->colour(ColourRole::Page));
    ground.setColor(QPalette::Base, m_theme->colour(ColourRole::Page));
    setPalette(ground);
    m_list->setPalette(ground);
    m_empty->setContentsMargins(m_theme->px(Metric::section), m_theme->px(Metric::within),
                                m_theme->px(Metric::section), 0);
    m_list->doItemsLayout();
    resize(std::min(m_theme->px(Metric::switcherWidth), 700),
           std::min(m_theme->px(Metric::switcherHeight), 460));
}

void SwitcherDialog::onTyped(const QString &typed)
{
    m_model.setTyped(typed);
    m_stack->setCurrentIndex(m_model.rowCount() > 0 ? 0 : 1);
    m_list->setCurrentIndex(m_model.index(0));
}

bool SwitcherDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    return moveRowByKey(m_list, static_cast<QKeyEvent *>(event)) || QDialog::eventFilter(watched, event);
}

void SwitcherDialog::searchMessages()
{
    Q_EMIT searchAsked(m_field->text().trimmed());
    accept();
}

void SwitcherDialog::choose(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    const SwitcherEntry chosen = m_model.entry(index.row());
    if (chosen.conversation.isEmpty())
        Q_EMIT agentChosen(chosen.agent);
    else
        Q_EMIT conversationChosen(chosen.conversation);
    accept();
}

} // namespace Parlance
