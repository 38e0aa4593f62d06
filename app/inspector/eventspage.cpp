// SPDX-License-Identifier: Apache-2.0
#include "inspector/eventspage.h"

#include "core/whendone.h"
#include "dialogs/themedlabel.h"
#include "inspector/framedelegate.h"
#include "inspector/payloadview.h"
#include "theme/metrics.h"
#include "theme/style.h"
#include "theme/theme.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

void askWithFileDialog(QWidget *parent, const QString &suggestion,
                       const std::function<void(const QString &)> &answer)
{
    auto *dialog = new QFileDialog(parent, EventsPage::tr("Save events"), suggestion,
                                   EventsPage::tr("JSON lines (*.jsonl)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"jsonl"_s);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, answer);
    dialog->open();
}

//! As a dump of memory: place, bytes, and what of them is letters.
QString hexDump(const QByteArray &bytes)
{
    constexpr qsizetype longest = qsizetype(16) * 1024;
    constexpr qsizetype perLine = 16;
    QString lines = EventsPage::tr("%n byte(s)", nullptr, int(bytes.size())) + u'\n';
    const QByteArray shown = bytes.left(longest);
    for (qsizetype at = 0; at < shown.size(); at += perLine) {
        const QByteArray row = shown.mid(at, perLine);
        QString letters;
        for (const char c : row)
            letters += c >= 0x20 && c < 0x7f ? QChar::fromLatin1(c) : u'.';
        lines += QString::number(at, 16).rightJustified(6, u'0') + u"  "_s
            + QString::fromLatin1(row.toHex(' ')).leftJustified(3 * perLine) + u' ' + letters + u'\n';
    }
    if (shown.size() < bytes.size())
        lines += u"…\n"_s;
    return lines;
}

QString frameCaption(const Frame &frame)
{
    QString caption =
        EventsPage::tr("Event %1 at %2 s").arg(QString::number(frame.sequence + 1), frameTime(frame));
    if (!frame.event.isEmpty())
        caption += u" · "_s + QString::fromUtf8(frame.event);
    return caption;
}

} // namespace

EventsPage::EventsPage(const Theme *theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_askSavePath(askWithFileDialog)
{
    m_payload = new PayloadView(theme);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setObjectName(u"eventsSplitter"_s);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeList());
    splitter->addWidget(m_payload);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeFilterRow());
    column->addWidget(makeCountRow());
    m_notice = new ThemedLabel(theme, FontRole::Small, ColourRole::InkQuiet);
    m_notice->setWordWrap(true);
    m_notice->setObjectName(u"eventsNotice"_s);
    m_notice->hide();
    column->addWidget(m_notice);
    column->addWidget(splitter, 1);

    connect(&m_model, &FrameModel::scanned, this, &EventsPage::onScanned);
    // Not the current row: the list makes one current as soon as it gets the keyboard.
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &EventsPage::onSelected);
    followGrowth();
    applyTheme();
    connect(theme, &Theme::changed, this, &EventsPage::applyTheme);
}

QWidget *EventsPage::makeFilterRow()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(m_theme->px(Metric::between), m_theme->px(Metric::inset),
                               m_theme->px(Metric::between), 0);
    m_filter = new QLineEdit;
    m_filter->setObjectName(u"filterEvents"_s);
    m_filter->setAccessibleName(tr("Filter events"));
    m_filter->setPlaceholderText(tr("Filter events"));
    m_filter->setClearButtonEnabled(true);
    m_type = new QPushButton(tr("All types"));
    m_type->setObjectName(u"eventType"_s);
    m_type->setAccessibleName(tr("Event type"));
    m_type->setToolTip(tr("Show events of one type"));
    m_type->setAutoDefault(false);
    setButtonKind(m_type, ButtonKind::Chip);
    // As high as the field beside it.
    m_type->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    auto *menu = new QMenu(m_type);
    connect(menu, &QMenu::aboutToShow, this, &EventsPage::makeTypeMenu);
    m_type->setMenu(menu);
    layout->addWidget(m_filter, 1);
    layout->addWidget(m_type);
    connect(m_filter, &QLineEdit::textChanged, this, &EventsPage::applyFilter);
    return row;
}

QWidget *EventsPage::makeCountRow()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(m_theme->px(Metric::between), m_theme->px(Metric::step),
                               m_theme->px(Metric::tight), m_theme->px(Metric::step));
    m_count = new ThemedLabel(m_theme, FontRole::Small, ColourRole::InkFaint);
    m_count->setObjectName(u"eventCount"_s);
    m_save = new QPushButton(tr("Save as JSONL…"));
    m_save->setObjectName(u"saveEvents"_s);
    m_save->setToolTip(tr("Save the shown events, one to a line"));
    m_save->setAutoDefault(false);
    setButtonKind(m_save, ButtonKind::Flat);
    layout->addWidget(m_count, 1);
    layout->addWidget(m_save);
    connect(m_save, &QPushButton::clicked, this, &EventsPage::save);
    return row;
}

QWidget *EventsPage::makeList()
{
    m_list = new QListView;
    m_list->setObjectName(u"events"_s);
    m_list->setAccessibleName(tr("Events"));
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new FrameDelegate(m_theme, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_list, &QListView::customContextMenuRequested, this, &EventsPage::showListMenu);
    auto *copy = new QShortcut(QKeySequence::Copy, m_list);
    copy->setContext(Qt::WidgetShortcut);
    connect(copy, &QShortcut::activated, this, [this] { m_payload->copy(); });

    m_empty = new ThemedLabel(m_theme, FontRole::Small, ColourRole::InkQuiet);
    m_empty->setObjectName(u"eventsEmpty"_s);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    return m_stack;
}

void EventsPage::makeTypeMenu()
{
    QMenu *menu = m_type->menu();
    menu->clear();
    auto *group = new QActionGroup(menu);
    const auto add = [&](const QString &text, const QString &type) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(type == m_chosenType);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, type] {
            m_chosenType = type;
            applyFilter();
        });
    };
    add(tr("All types"), {});
    menu->addSeparator();
    for (const QString &type : m_model.types())
        add(type, type);
}

void EventsPage::applyTheme()
{
    m_filter->setFont(m_theme->font(FontRole::Small));
    m_type->setFont(m_theme->font(FontRole::Small));
    m_save->setFont(m_theme->font(FontRole::Small));
    QPalette ground = m_list->palette();
    ground.setColor(QPalette::Base, m_theme->colour(ColourRole::Pane));
    m_list->setPalette(ground);
    m_empty->setContentsMargins(m_theme->px(Metric::between), m_theme->px(Metric::between),
                                m_theme->px(Metric::between), 0);
    m_notice->setContentsMargins(m_theme->px(Metric::between), 0, m_theme->px(Metric::between),
                                 m_theme->px(Metric::step));
    m_list->doItemsLayout();
}

void EventsPage::setLog(const FrameLog *log, bool isLive, const QString &emptyText)
{
    m_isLive = isLive;
    m_emptyText = emptyText;
    m_chosen = -1;
    m_payload->clear();
    m_notice->hide();
    m_list->scrollToTop();
    m_followsEnd = isLive;
    m_model.setLog(log);
}

void EventsPage::applyFilter()
{
    m_type->setText(m_chosenType.isEmpty() ? tr("All types") : m_chosenType);
    m_model.setFilter({.text = m_filter->text(), .type = m_chosenType});
}

void EventsPage::followGrowth()
{
    QScrollBar *bar = m_list->verticalScrollBar();
    // A change of range comes before the value is brought into it: here the answer is still the one from
    // before the change.
    connect(bar, &QScrollBar::rangeChanged, this, [this, bar] {
        if (m_followsEnd)
            bar->setValue(bar->maximum());
    });
    connect(bar, &QScrollBar::valueChanged, this,
            [this, bar](int value) { m_followsEnd = m_isLive && value >= bar->maximum(); });
}

void EventsPage::onScanned()
{
    if (m_chosen >= 0 && !m_list->selectionModel()->hasSelection())
        showChosen();
    updateTexts();
}

void EventsPage::updateTexts()
{
    const FrameLog *log = m_model.log();
    const int total = log ? int(log->rows().size()) : 0;
    const int shown = m_model.rowCount();
    const QString size =
        QLocale().formattedDataSize(log ? log->totalBytes() : 0, 1, QLocale::DataSizeTraditionalFormat);
    if (m_model.filter().isEmpty())
        m_count->setText(tr("%n event(s), %1", "", total).arg(size));
    else
        m_count->setText(tr("%1 of %n event(s)", "", total).arg(QLocale().toString(shown)));
    m_count->setVisible(total > 0);
    m_count->setToolTip(log && log->isTruncated() ? tr("The oldest events of this answer were not kept.")
                                                  : QString());
    m_save->setVisible(total > 0);
    m_save->setEnabled(shown > 0);
    if (total > 0)
        m_empty->setText(m_model.isScanning() ? tr("Looking…") : tr("No event matches the filter."));
    else
        m_empty->setText(log && log->isLoading() ? tr("Loading events…") : m_emptyText);
    m_stack->setCurrentIndex(shown > 0 ? 0 : 1);
    // Until an event is chosen the list has the room.
    m_payload->setVisible(total > 0 && m_chosen >= 0);
}

void EventsPage::onSelected(const QItemSelection &selected)
{
    if (selected.isEmpty())
        return;
    const FrameRow &row = m_model.rowAt(selected.indexes().first().row());
    m_chosen = row.frame.sequence;
    m_payload->show();
    showFrame(row);
    if (!m_isChoosing)
        Q_EMIT frameChosen(row.part);
}

void EventsPage::showFrame(const FrameRow &row)
{
    m_payload->showText(frameCaption(row.frame),
                        row.frame.kind == FrameKind::SocketBinary ? hexDump(row.frame.payload)
                                                                  : QString::fromUtf8(row.frame.payload));
}

void EventsPage::chooseSequence(int sequence)
{
    m_chosen = sequence;
    const bool isHidden = m_model.rowOfSequence(sequence) < 0 && !m_model.filter().isEmpty();
    if (isHidden) {
        m_chosenType.clear();
        m_filter->clear();
        applyFilter();
    }
    showChosen();
}

void EventsPage::showChosen()
{
    const int row = m_model.rowOfSequence(m_chosen);
    if (row < 0)
        return;
    const QScopedValueRollback choosing(m_isChoosing, true);
    m_list->setCurrentIndex(m_model.index(row));
    m_list->scrollTo(m_model.index(row));
}

std::vector<FrameRow> EventsPage::shownRows() const
{
    std::vector<FrameRow> rows;
    rows.reserve(size_t(m_model.rowCount()));
    for (int row = 0; row < m_model.rowCount(); ++row)
        rows.push_back(m_model.rowAt(row));
    return rows;
}

void EventsPage::showListMenu(const QPoint &position)
{
    auto *menu = new QMenu(m_list);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *copy = menu->addAction(tr("Copy event"));
    copy->setEnabled(m_list->currentIndex().isValid());
    connect(copy, &QAction::triggered, this, [this] { m_payload->copy(); });
    connect(menu->addAction(tr("Copy all events")), &QAction::triggered, this, &EventsPage::copyAll);
    connect(menu->addAction(tr("Save as JSONL…")), &QAction::triggered, this, &EventsPage::save);
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

void EventsPage::copyAll()
{
    whenDone(m_saver.print(shownRows()), this, [this](const Result<SavedFrames> &printed) {
        if (printed)
            QApplication::clipboard()->setText(QString::fromUtf8(printed->lines));
        reportSaved(tr("Copied."), printed);
    });
}

void EventsPage::save()
{
    m_askSavePath(this, u"events.jsonl"_s, [this](const QString &path) {
        m_save->setEnabled(false);
        whenDone(m_saver.save(shownRows(), path), this, [this, path](const Result<SavedFrames> &saved) {
            m_save->setEnabled(true);
            reportSaved(tr("Saved to %1.").arg(path), saved);
        });
    });
}

void EventsPage::reportSaved(const QString &done, const Result<SavedFrames> &saved)
{
    QString text = saved ? done : saved.error().message;
    if (saved && saved->wasMasked)
        text += u' ' + tr("Secrets in it are hidden.");
    m_notice->setInk(saved ? ColourRole::InkQuiet : ColourRole::Bad);
    m_notice->setText(text);
    m_notice->show();
}

} // namespace Parlance
