// SPDX-License-Identifier: Apache-2.0
#include "search/searchview.h"

#include "chat/conversationsearch.h"
#include "chat/workspace.h"
#include "dialogs/listkeys.h"
#include "dialogs/themedlabel.h"
#include "search/hitdelegate.h"
#include "search/hitmodel.h"
#include "search/searchfilters.h"
#include "theme/icons.h"
#include "theme/metrics.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

//! A pause in typing that is worth a question.
constexpr int typingMs = 120;
//! What takes longer is told.
constexpr int slowMs = 400;

} // namespace

SearchView::SearchView(const Theme *theme, Workspace *workspace, QWidget *parent)
    : Panel(theme, ColourRole::Page, {}, parent)
    , m_workspace(workspace)
    , m_search(workspace->conversationSearch())
    , m_model(new HitModel(workspace, m_search.get(), {}, this))
{
    setObjectName(u"searchView"_s);
    setAccessibleName(tr("Search all conversations"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    makeField(column);
    makeResults(column);
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingMs);
    connect(&m_typing, &QTimer::timeout, this, &SearchView::ask);
    m_slow.setSingleShot(true);
    m_slow.setInterval(slowMs);
    connect(&m_slow, &QTimer::timeout, this, [this] { say(tr("Searching…")); });
    connect(m_search.get(), &ConversationSearch::started, this, [this] { m_slow.start(); });
    connect(m_search.get(), &ConversationSearch::answered, this, &SearchView::onAnswered);
    connect(m_search.get(), &ConversationSearch::failed, this, &SearchView::onFailed);
    connect(m_search.get(), &ConversationSearch::progressed, this, [this](int percent) {
        if (percent == 100 && isVisible())
            m_search->askAgain();
    });
    connect(workspace, &Workspace::conversationRemoved, this, [this] {
        if (isVisible())
            m_typing.start();
    });
    connect(theme, &Theme::changed, this, &SearchView::restyle);
    restyle();
    onAnswered(100);
}

SearchView::~SearchView() = default;

void SearchView::makeField(QVBoxLayout *column)
{
    auto *top = new QWidget(this);
    m_top = new QVBoxLayout(top);
    auto *row = new QHBoxLayout;
    m_field = new QLineEdit(top);
    m_field->setObjectName(u"searchField"_s);
    m_field->setAccessibleName(tr("Search all conversations"));
    m_field->setPlaceholderText(tr("Search all conversations"));
    m_field->setClearButtonEnabled(true);
    m_field->installEventFilter(this);
    m_close = new QToolButton(top);
    m_close->setObjectName(u"searchClose"_s);
    m_close->setAccessibleName(tr("Close search"));
    m_close->setToolTip(tr("Close search (Esc)"));
    m_close->setAutoRaise(true);
    m_close->setFocusPolicy(Qt::TabFocus);
    connect(m_close, &QToolButton::clicked, this, &SearchView::closeAsked);
    row->addWidget(m_field, 1);
    row->addWidget(m_close);
    m_top->addLayout(row);
    m_filters = new SearchFilters(m_theme, m_workspace, top);
    m_top->addWidget(m_filters);
    m_status = new ThemedLabel(m_theme, FontRole::Small, ColourRole::InkFaint, {}, top);
    m_status->setObjectName(u"searchStatus"_s);
    m_top->addWidget(m_status);
    column->addWidget(top);
    connect(m_field, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_filters, &SearchFilters::changed, this, &SearchView::ask);
}

void SearchView::makeResults(QVBoxLayout *column)
{
    m_stack = new QStackedWidget(this);
    m_list = new QListView(m_stack);
    m_list->setObjectName(u"searchResults"_s);
    m_list->setAccessibleName(tr("Messages found"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new HitDelegate(m_theme, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setTabKeyNavigation(false);
    m_list->setEditTriggers(QListView::NoEditTriggers);
    m_list->setVerticalScrollMode(QListView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->installEventFilter(this);
    connect(m_list, &QListView::clicked, this, &SearchView::choose);
    m_words = new QWidget(m_stack);
    auto *words = new QVBoxLayout(m_words);
    m_title = new ThemedLabel(m_theme, FontRole::BodyStrong, ColourRole::Ink, {}, m_words);
    m_title->setObjectName(u"searchTitle"_s);
    m_text = new ThemedLabel(m_theme, FontRole::Body, ColourRole::InkQuiet, {}, m_words);
    m_text->setObjectName(u"searchText"_s);
    for (ThemedLabel *label : {m_title, m_text})
        label->setWordWrap(true);
    m_again = new QPushButton(tr("Try again"), m_words);
    m_again->setObjectName(u"searchAgain"_s);
    connect(m_again, &QPushButton::clicked, this, &SearchView::ask);
    words->addWidget(m_title);
    words->addWidget(m_text);
    words->addWidget(m_again, 0, Qt::AlignLeft);
    words->addStretch(1);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_words);
    column->addWidget(m_stack, 1);
}

void SearchView::begin(const QString &words)
{
    m_filters->refresh();
    if (!words.isEmpty())
        m_field->setText(words);
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
    ask();
}

void SearchView::comeBack()
{
    m_field->setFocus(Qt::OtherFocusReason);
}

QString SearchView::typed() const
{
    return m_field->text();
}

void SearchView::ask()
{
    m_typing.stop();
    m_search->ask({.typed = m_field->text(), .filter = m_filters->filter(QDate::currentDate())});
}

void SearchView::onAnswered(int readPercent)
{
    m_slow.stop();
    m_again->hide();
    const int count = m_search->count();
    const bool asks = m_search->question().asks();
    m_stack->setCurrentWidget(count > 0 ? static_cast<QWidget *>(m_list) : m_words);
    if (count > 0) {
        m_list->setCurrentIndex(m_model->index(0, 0));
        m_list->scrollToTop();
    }
    m_title->setText(asks ? tr("No message has that.") : tr("Find anything that was said."));
    m_text->setText(
        asks
            ? tr("Try fewer words or fewer filters. Words are found from their beginning.")
            : tr("Type words, “an exact phrase” in quotes, or -word to leave out what has it. Thoughts, tool "
                 "calls, errors and names of attachments are searched, too."));
    QString sentence = count > 0 ? tr("%n messages found", nullptr, count) : QString();
    if (readPercent < 100)
        sentence = tr("%1 Older conversations are still being read: %2 %.")
                       .arg(count > 0 ? QString(sentence + u'.') : QString())
                       .arg(readPercent)
                       .trimmed();
    say(sentence);
}

void SearchView::onFailed(const Error &error)
{
    m_slow.stop();
    m_stack->setCurrentWidget(m_words);
    m_title->setText(tr("The search did not work."));
    m_text->setText(error.message);
    m_again->show();
    say({});
}

void SearchView::say(const QString &sentence)
{
    if (m_status->text() == sentence)
        return;
    m_status->setText(sentence);
    QAccessibleEvent event(m_status, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&event);
}

void SearchView::choose(const QModelIndex &index)
{
    if (index.isValid())
        Q_EMIT chosen(m_model->at(index.row()));
}

bool SearchView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress || (watched != m_field && watched != m_list))
        return Panel::eventFilter(watched, event);
    const auto *press = static_cast<QKeyEvent *>(event);
    if (press->key() == Qt::Key_Return || press->key() == Qt::Key_Enter) {
        // What is found for half of the words is not what was meant.
        if (m_typing.isActive())
            ask();
        else if (!m_search->isBusy() || watched == m_list)
            choose(m_list->currentIndex());
        return true;
    }
    if (watched == m_field)
        return moveRowByKey(m_list, press) || Panel::eventFilter(watched, event);
    // Letters are meant for the field.
    if (!press->text().isEmpty() && press->text().at(0).isPrint()
        && (press->modifiers() & ~Qt::ShiftModifier) == Qt::NoModifier) {
        m_field->setFocus(Qt::OtherFocusReason);
        m_field->insert(press->text());
        return true;
    }
    return Panel::eventFilter(watched, event);
}

void SearchView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closeAsked();
    else
        Panel::keyPressEvent(event);
}

void SearchView::restyle()
{
    const Theme &look = *m_theme;
    m_top->setContentsMargins(look.px(Metric::apart), look.px(Metric::inset), look.px(Metric::inset),
                              look.px(Metric::within));
    m_top->setSpacing(look.px(Metric::within));
    m_field->setMinimumHeight(look.px(Metric::searchField));
    m_close->setIcon(icon(IconName::Close, look, ColourRole::InkQuiet));
    m_close->setFixedSize(look.px(Metric::smallControl), look.px(Metric::smallControl));
    m_words->layout()->setContentsMargins(look.px(Metric::apart), look.px(Metric::between),
                                          look.px(Metric::apart), look.px(Metric::between));
    m_words->layout()->setSpacing(look.px(Metric::within));
    QPalette ground = palette();
    for (const QPalette::ColorRole role : {QPalette::Window, QPalette::Base})
        ground.setColor(role, look.colour(ColourRole::Page));
    m_list->setPalette(ground);
    m_list->doItemsLayout();
}

} // namespace Parlance
