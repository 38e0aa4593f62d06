// SPDX-License-Identifier: Apache-2.0
#include "inspector/payloadview.h"

#include "dialogs/themedlabel.h"
#include "inspector/jsonhighlighter.h"
#include "inspector/jsonprinter.h"
#include "inspector/masking.h"
#include "theme/metrics.h"
#include "theme/style.h"
#include "theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int mostMatches = 500;

QPushButton *flatButton(const QString &text, const char *name)
{
    auto *button = new QPushButton(text);
    setButtonKind(button, ButtonKind::Flat);
    button->setObjectName(QLatin1StringView(name));
    button->setAutoDefault(false);
    return button;
}

} // namespace

PayloadView::PayloadView(const Theme *theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_caption(new ThemedLabel(theme, FontRole::Small, ColourRole::InkFaint))
    , m_note(new ThemedLabel(theme, FontRole::Small, ColourRole::Caution))
    , m_matchCount(new ThemedLabel(theme, FontRole::Small, ColourRole::InkFaint))
    , m_raw(flatButton(tr("Raw"), "rawPayload"))
    , m_copy(flatButton(tr("Copy"), "copyPayload"))
    , m_find(new QLineEdit)
    , m_text(new QPlainTextEdit)
    , m_highlighter(new JsonHighlighter(theme, m_text->document()))
    , m_findButton(flatButton(tr("Find"), "findInPayload"))
{
    m_raw->setCheckable(true);
    m_findButton->setCheckable(true);
    m_findButton->setToolTip(tr("Find in event"));
    m_raw->setToolTip(tr("Show the event as it came"));
    m_copy->setToolTip(tr("Copy the event as it came"));
    m_text->setObjectName(u"payload"_s);
    m_text->setAccessibleName(tr("Event"));
    m_text->setReadOnly(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_text->setTabChangesFocus(true);
    m_text->setUndoRedoEnabled(false);
    m_note->setWordWrap(true);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeToolRow());
    m_findRow = makeFindRow();
    m_findRow->hide();
    column->addWidget(m_findRow);
    column->addWidget(m_note);
    column->addWidget(m_text, 1);

    connect(m_raw, &QAbstractButton::toggled, this, &PayloadView::update);
    connect(m_findButton, &QAbstractButton::toggled, this, [this](bool isOpen) {
        m_findRow->setVisible(isOpen);
        if (isOpen)
            m_find->setFocus(Qt::OtherFocusReason);
        else
            m_find->clear();
    });
    connect(m_copy, &QAbstractButton::clicked, this, &PayloadView::copy);
    applyTheme();
    connect(theme, &Theme::changed, this, &PayloadView::applyTheme);
    clear();
}

QWidget *PayloadView::makeToolRow()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(m_theme->px(Metric::between), m_theme->px(Metric::step),
                               m_theme->px(Metric::within), 0);
    layout->setSpacing(0);
    layout->addWidget(m_caption, 1);
    layout->addWidget(m_findButton);
    layout->addWidget(m_raw);
    layout->addWidget(m_copy);
    return row;
}

QWidget *PayloadView::makeFindRow()
{
    auto *row = new QWidget;
    row->setObjectName(u"payloadFindRow"_s);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(m_theme->px(Metric::between), 0, m_theme->px(Metric::between),
                               m_theme->px(Metric::step));
    m_find->setObjectName(u"payloadFind"_s);
    m_find->setAccessibleName(tr("Find in event"));
    m_find->setPlaceholderText(tr("Find in event"));
    m_find->setClearButtonEnabled(true);
    layout->addWidget(m_find, 1);
    layout->addWidget(m_matchCount);
    connect(m_find, &QLineEdit::textChanged, this, [this] {
        m_match = 0;
        markMatches();
    });
    connect(m_find, &QLineEdit::returnPressed, this, [this] { stepMatch(+1); });
    auto *back = new QShortcut(QKeySequence(Qt::SHIFT | Qt::Key_Return), m_find);
    back->setContext(Qt::WidgetShortcut);
    connect(back, &QShortcut::activated, this, [this] { stepMatch(-1); });
    return row;
}

void PayloadView::applyTheme()
{
    m_text->setFont(m_theme->font(FontRole::SmallCode));
    m_find->setFont(m_theme->font(FontRole::Small));
    for (QAbstractButton *button : {m_findButton, m_raw, m_copy})
        button->setFont(m_theme->font(FontRole::Small));
    QPalette inks = m_text->palette();
    inks.setColor(QPalette::Base, m_theme->colour(ColourRole::Pane));
    inks.setColor(QPalette::Text, m_theme->colour(ColourRole::Ink));
    m_text->setPalette(inks);
    m_note->setContentsMargins(m_theme->px(Metric::between), 0, m_theme->px(Metric::between),
                               m_theme->px(Metric::step));
    m_text->document()->setDocumentMargin(m_theme->px(Metric::between));
    markMatches();
}

void PayloadView::showText(const QString &caption, const QString &payload)
{
    setPayload(caption, payload, false);
}

void PayloadView::showPrinted(const QString &caption, const QString &text)
{
    setPayload(caption, text, true);
}

void PayloadView::setPayload(const QString &caption, const QString &payload, bool isPrinted)
{
    m_isPrinted = isPrinted;
    m_caption->setText(caption);
    m_payload = payload;
    setEnabled(true);
    update();
}

void PayloadView::clear()
{
    m_caption->clear();
    m_payload.clear();
    setEnabled(false);
    update();
}

QString PayloadView::shownText() const
{
    return m_text->toPlainText();
}

void PayloadView::openFind()
{
    m_findButton->setChecked(true);
    m_find->setFocus(Qt::ShortcutFocusReason);
    m_find->selectAll();
}

void PayloadView::update()
{
    const bool isLong = m_payload.size() > longestShown;
    const MaskedText masked = maskSecrets(isLong ? m_payload.first(longestShown) : m_payload);
    const std::optional<QString> pretty = isLong || m_isPrinted ? std::nullopt : prettyJson(masked.text);
    m_raw->setVisible(pretty.has_value());
    m_highlighter->setEnabled(pretty.has_value() || m_isPrinted);
    m_text->setPlainText(pretty && !m_raw->isChecked() ? *pretty : masked.text);
    QStringList notes;
    if (masked.wasMasked)
        notes.append(tr("Secrets in it are hidden."));
    if (isLong)
        notes.append(tr("This is the beginning of a long event. Copy gives all of it."));
    m_note->setText(notes.join(u' '));
    m_note->setVisible(!notes.isEmpty());
    m_match = 0;
    markMatches();
}

void PayloadView::copy()
{
    QApplication::clipboard()->setText(maskSecrets(m_payload).text);
}

void PayloadView::markMatches()
{
    QList<QTextEdit::ExtraSelection> marks;
    const QString wanted = m_find->text();
    QTextCursor cursor(m_text->document());
    while (!wanted.isEmpty() && marks.size() < mostMatches) {
        cursor = m_text->document()->find(wanted, cursor);
        if (cursor.isNull())
            break;
        QTextEdit::ExtraSelection mark;
        mark.cursor = cursor;
        const bool isCurrent = marks.size() == m_match;
        mark.format.setBackground(m_theme->colour(isCurrent ? ColourRole::FindCurrent : ColourRole::FindHit));
        mark.format.setForeground(m_theme->colour(isCurrent ? ColourRole::OnFindCurrent : ColourRole::Ink));
        if (isCurrent)
            mark.format.setForeground(m_theme->colour(ColourRole::Ink));
        marks.append(mark);
    }
    m_text->setExtraSelections(marks);
    m_matchCount->setVisible(!wanted.isEmpty());
    m_matchCount->setText(marks.isEmpty() ? tr("None") : tr("%1 of %2").arg(m_match + 1).arg(marks.size()));
    if (m_match < marks.size()) {
        QTextCursor place = marks[m_match].cursor;
        place.clearSelection();
        m_text->setTextCursor(place);
        m_text->ensureCursorVisible();
    }
}

void PayloadView::stepMatch(int direction)
{
    const int count = int(m_text->extraSelections().size());
    if (count == 0)
        return;
    m_match = (m_match + direction + count) % count;
    markMatches();
}

} // namespace Parlance
