// SPDX-License-Identifier: Apache-2.0
#include "compare/answercell.h"

#include "compare/factsline.h"
#include "compare/markedanswer.h"
#include "dialogs/themedlabel.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "transcript/transcriptview.h"

#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int clockMs = 200;

//! An error often names the endpoint that it came from.
Error withoutNames(Error error, const QStringList &names)
{
    // Letter by letter, so that what is no text stays as it is.
    const auto letters = [](const QString &text) { return QString::fromLatin1(text.toUtf8()); };
    QString body = QString::fromLatin1(error.rawBody);
    for (const QString &name : names) {
        error.message.replace(name, u"…"_s, Qt::CaseInsensitive);
        error.serverMessage.replace(name, u"…"_s, Qt::CaseInsensitive);
        body.replace(letters(name), letters(u"…"_s), Qt::CaseInsensitive);
    }
    error.rawBody = body.toLatin1();
    error.requestId.clear();
    error.serverDate.clear();
    return error;
}

//! What is said above it does not stand in it once more, and while nobody may know which column it is it
//! says nothing of that.
Message plainAnswer(const Message &answer, const AnswerCell::Words &words)
{
    Message plain = answer;
    plain.qualifier.clear();
    plain.servedVersion.clear();
    plain.timings = {};
    plain.usage = {};
    plain.failedTries = {};
    if (words.isBlind) {
        plain.created = {};
        plain.session = {};
        plain.responseIds = {};
        for (MessagePart &part : plain.parts) {
            part.begin = part.end = {};
            if (auto *error = std::get_if<ErrorPart>(&part.content))
                error->error = withoutNames(*error->error, words.hidden);
        }
    }
    return plain;
}

} // namespace

AnswerCell::AnswerCell(const Theme *theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_name(new ThemedLabel(theme, FontRole::BodyStrong, ColourRole::Ink, {}, this))
    , m_part(new ThemedLabel(theme, FontRole::SmallStrong, ColourRole::InkFaint, {}, this))
    , m_detail(new ThemedLabel(theme, FontRole::Small, ColourRole::InkFaint, {}, this))
    , m_note(new ThemedLabel(theme, FontRole::Small, ColourRole::InkFaint, {}, this))
    , m_more(new QToolButton(this))
    , m_facts(new FactsLine(theme, this))
    , m_view(new TranscriptView(theme, this))
{
    setObjectName(u"answerCell"_s);
    m_name->setMinimumWidth(theme->px(Metric::hairline));
    m_facts->setMinimumWidth(theme->px(Metric::hairline));
    m_part->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_detail->setWordWrap(true);
    m_note->setWordWrap(true);
    m_more->setObjectName(u"columnMenu"_s);
    m_more->setText(u"⋯"_s);
    m_more->setAutoRaise(true);
    m_more->setFocusPolicy(Qt::TabFocus);
    connect(m_more, &QToolButton::clicked, this,
            [this] { Q_EMIT menuAsked(m_more->mapToGlobal(QPoint(0, m_more->height()))); });
    m_view->setEmbedded();
    m_view->setMessages(&m_answers);
    connect(m_view, &TranscriptView::contentHeightChanged, this, &AnswerCell::fit);
    connect(m_view, &TranscriptView::retryRequested, this, &AnswerCell::retryAsked);
    connect(m_view, &TranscriptView::regenerateRequested, this, &AnswerCell::retryAsked);
    connect(m_view, &TranscriptView::errorActionRequested, this, &AnswerCell::actionAsked);
    connect(m_view, &TranscriptView::wordsTyped, this, &AnswerCell::wordsTyped);
    connect(m_view, &TranscriptView::revealAsked, this, [this](const QRectF &rect) {
        Q_EMIT revealAsked(rect.toAlignedRect().translated(m_view->pos()));
    });
    m_clock.setInterval(clockMs);
    connect(&m_clock, &QTimer::timeout, this, &AnswerCell::showRunning);

    auto *head = new QHBoxLayout;
    head->addWidget(m_name);
    head->addWidget(m_part, 1);
    head->addWidget(m_more);
    auto *column = new QVBoxLayout;
    column->addLayout(head);
    column->addWidget(m_detail);
    column->addWidget(m_facts);
    column->addWidget(m_note);
    auto *all = new QVBoxLayout(this);
    // The hairline between columns stands in the margin.
    all->setContentsMargins(theme->px(Metric::hairline), 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(column);
    all->addWidget(m_view);
    all->addStretch(1);
    connect(theme, &Theme::changed, this, &AnswerCell::restyle);
    restyle();
    m_view->hide();
}

void AnswerCell::restyle()
{
    QLayout *column = layout()->itemAt(0)->layout();
    const int side = m_theme->px(Metric::between);
    column->setContentsMargins(side, m_theme->px(Metric::inset), side, 0);
    column->setSpacing(m_theme->px(Metric::step));
    column->itemAt(0)->layout()->setSpacing(m_theme->px(Metric::step));
    m_more->setFixedSize(m_theme->px(Metric::tinyControl), m_theme->px(Metric::tinyControl));
}

void AnswerCell::fit(int height)
{
    m_changeCount.reset();
    // Not from within its own layout, which would go on with the size it had.
    m_wantedHeight = std::max(1, height);
    if (std::exchange(m_isFitting, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_isFitting = false;
            m_view->setFixedHeight(m_wantedHeight);
        },
        Qt::QueuedConnection);
}

void AnswerCell::show(const Words &words, const ComparedCell &cell, const Agent *agent)
{
    m_name->setText(words.name);
    m_part->setText(words.part);
    m_detail->setText(words.detail);
    m_detail->setVisible(!words.detail.isEmpty());
    m_more->setAccessibleName(tr("Column %1").arg(words.name));
    m_more->setToolTip(tr("What can be done with this column"));
    m_note->setText(cell.note);
    m_note->setVisible(!cell.note.isEmpty());
    const QString name = tr("%1, turn %2").arg(words.name).arg(words.turn + 1);
    setAccessibleName(words.part.isEmpty() ? name : tr("%1, %2").arg(name, words.part));
    m_view->setAccessibleName(name);
    m_cell = cell;
    const bool isRunning = cell.answer && cell.answer->isLive() && cell.facts;
    m_began = isRunning ? cell.answer->created : QDateTime();
    if (isRunning && !m_clock.isActive())
        m_clock.start();
    else if (!isRunning)
        m_clock.stop();
    showRunning();
    showAnswer(cell, words, agent);
    const bool hasDiff = cell.diff && cell.baseline && cell.answer;
    m_view->setAccessibleDescription(hasDiff ? differenceWords(*cell.baseline, *cell.answer, *cell.diff)
                                             : QString());
    // What these point to may be gone by the next time.
    m_cell.answer = m_cell.baseline = nullptr;
    m_cell.diff = nullptr;
}

void AnswerCell::setShownOnly()
{
    m_more->hide();
    m_view->setShownOnly();
}

void AnswerCell::showRunning()
{
    std::optional<std::chrono::milliseconds> running;
    if (m_began.isValid())
        running =
            std::chrono::milliseconds(std::max<qint64>(0, m_began.msecsTo(QDateTime::currentDateTimeUtc())));
    m_facts->show(m_cell, running);
}

void AnswerCell::showAnswer(const ComparedCell &cell, const Words &words, const Agent *agent)
{
    m_changeCount.reset();
    if (!cell.answer) {
        m_view->hide();
        m_answers.reset(std::vector<Message>());
        return;
    }
    const bool isMarked = cell.diff && !cell.diff->isSame() && cell.baseline;
    const Message shown = isMarked
        ? markedAnswer(*cell.baseline, plainAnswer(*cell.answer, words), *cell.diff, words.onlyDifferent)
        : plainAnswer(*cell.answer, words);
    if (m_view->agent() != agent)
        m_view->setMessages(&m_answers, agent);
    const bool isSame = m_answers.count() == 1 && m_answers.at(0).id == shown.id && isMarked == m_isMarked;
    if (std::exchange(m_isMarked, isMarked) != isMarked)
        m_view->setMarked(isMarked);
    if (!isSame)
        m_answers.reset(std::vector<Message>{shown});
    else if (!(m_answers.at(0) == shown))
        m_answers.change(0, [&shown](Message &message) { message = shown; });
    m_view->show();
    if (!isSame)
        m_view->showChanges();
}

int AnswerCell::changeCount()
{
    if (!m_isMarked || m_view->isHidden())
        return 0;
    if (!m_changeCount)
        m_changeCount = int(m_view->changes().size());
    return *m_changeCount;
}

void AnswerCell::showChange(int index)
{
    const std::vector<TextRange> changes = m_view->changes();
    if (index < 0 || index >= int(changes.size()))
        return;
    m_view->showDifference(changes[size_t(index)]);
}

void AnswerCell::forgetChange()
{
    if (m_view->hasSelection())
        m_view->select({}, {});
}

} // namespace Parlance
