// SPDX-License-Identifier: Apache-2.0
#include "compare/evidencewindow.h"

#include "dialogs/themedlabel.h"
#include "qa/replayer.h"
#include "theme/metrics.h"
#include "theme/panel.h"
#include "theme/theme.h"
#include "transcript/transcriptview.h"

#include <QComboBox>
#include <QFileInfo>
#include <QLocale>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr Qt::TextInteractionFlags readable =
    Qt::TextInteractionFlags(Qt::TextSelectableByMouse) | Qt::TextSelectableByKeyboard;

QString subjectName(const BundleSubject &subject, int index)
{
    QStringList words{subject.label, subject.title, subject.verdict};
    words.removeAll(QString());
    return words.isEmpty() ? QString::number(index + 1) : words.join(u" · "_s);
}

} // namespace

EvidenceWindow::EvidenceWindow(const Theme *theme, Bundle bundle, const QString &path, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_bundle(std::move(bundle))
{
    setObjectName(u"evidenceWindow"_s);
    setWindowTitle(tr("Evidence: %1").arg(QFileInfo(path).fileName()));
    setWindowFlag(Qt::WindowMaximizeButtonHint);
    setAttribute(Qt::WA_DeleteOnClose);
    auto *ground = new Panel(theme, ColourRole::Page, {}, this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(ground);
    auto *parts = new QVBoxLayout(ground);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(0);
    m_transcript = new TranscriptView(theme, ground);
    m_transcript->setShownOnly();
    parts->addWidget(makeBanner());
    parts->addWidget(makeHead());
    parts->addWidget(m_transcript, 1);
    parts->addWidget(makeBar());
    setMinimumSize(int(Metric::narrowestWindow), int(Metric::lowestWindow));
    resize(QSize(theme->px(Metric::viewerWidth), theme->px(Metric::viewerHeight))
               .boundedTo(screen()->availableSize() * 0.9));
    showSubject(0);
    m_transcript->setFocus();
}

EvidenceWindow::~EvidenceWindow()
{
    m_transcript->setMessages(nullptr);
}

QWidget *EvidenceWindow::makeBanner()
{
    const bool isSound = m_bundle.isSound();
    auto *banner =
        new Panel(m_theme, isSound ? ColourRole::Pane : ColourRole::BadGround, Qt::BottomEdge, this);
    auto *rows = new QVBoxLayout(banner);
    rows->setContentsMargins(m_theme->px(Metric::edge), m_theme->px(Metric::near), m_theme->px(Metric::edge),
                             m_theme->px(Metric::near));
    rows->setSpacing(m_theme->px(Metric::tight));
    const auto add = [&](const QString &name, FontRole font, ColourRole ink, const QString &text) {
        auto *label = new ThemedLabel(m_theme, font, ink, text, banner);
        label->setObjectName(name);
        label->setWordWrap(true);
        label->setTextInteractionFlags(readable);
        rows->addWidget(label);
    };
    const BundleManifest &manifest = m_bundle.manifest;
    add(u"evidenceState"_s, FontRole::BodyStrong, isSound ? ColourRole::Good : ColourRole::Bad,
        isSound ? tr("Unchanged since it was made")
                : tr("This file was changed after it was made: do not rely on it"));
    if (!isSound)
        add(u"evidenceFindings"_s, FontRole::Body, ColourRole::Ink, m_bundle.findings.join(u'\n'));
    add(u"evidenceMade"_s, FontRole::Small, ColourRole::InkQuiet,
        tr("Made %1 by %2 on %3. Who changes a file on purpose can write new hashes: compare the manifest's "
           "with the one that was handed over. SHA-256 %4")
            .arg(QLocale().toString(manifest.made.toLocalTime(), QLocale::ShortFormat), manifest.program,
                 manifest.system, m_bundle.manifestHash));
    return banner;
}

QWidget *EvidenceWindow::makeHead()
{
    auto *head = new Panel(m_theme, ColourRole::Page, Qt::BottomEdge, this);
    auto *rows = new QVBoxLayout(head);
    rows->setContentsMargins(m_theme->px(Metric::edge), m_theme->px(Metric::near), m_theme->px(Metric::edge),
                             m_theme->px(Metric::near));
    rows->setSpacing(m_theme->px(Metric::tight));
    const auto add = [&](const QString &name, FontRole font, ColourRole ink) {
        auto *label = new ThemedLabel(m_theme, font, ink, {}, head);
        label->setObjectName(name);
        label->setWordWrap(true);
        label->setTextInteractionFlags(readable);
        rows->addWidget(label);
        return label;
    };
    if (m_bundle.manifest.subjects.size() > 1) {
        m_subjects = new QComboBox(head);
        m_subjects->setObjectName(u"evidenceSubject"_s);
        m_subjects->setAccessibleName(tr("Conversation"));
        m_subjects->setToolTip(tr("Which of its conversations is shown"));
        m_subjects->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        int index = 0;
        for (const BundleSubject &subject : m_bundle.manifest.subjects)
            m_subjects->addItem(subjectName(subject, index++));
        connect(m_subjects, &QComboBox::currentIndexChanged, this, &EvidenceWindow::showSubject);
        rows->addWidget(m_subjects);
    }
    m_title = add(u"evidenceTitle"_s, FontRole::Heading3, ColourRole::Ink);
    m_facts = add(u"evidenceFacts"_s, FontRole::Small, ColourRole::InkQuiet);
    m_verdict = add(u"evidenceVerdict"_s, FontRole::Body, ColourRole::Ink);
    return head;
}

QPushButton *EvidenceWindow::button(const QString &name, const QString &text, const QString &tip)
{
    auto *made = new QPushButton(text, this);
    made->setObjectName(name);
    made->setToolTip(tip);
    made->setAutoDefault(false);
    return made;
}

QWidget *EvidenceWindow::makeBar()
{
    auto *bar = new Panel(m_theme, ColourRole::Page, Qt::TopEdge, this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(m_theme->px(Metric::edge), m_theme->px(Metric::near), m_theme->px(Metric::edge),
                            m_theme->px(Metric::near));
    row->setSpacing(m_theme->px(Metric::within));
    m_play = button(u"replayPlay"_s, tr("&Play"), tr("Shows it as it came, at the times it came"));
    m_step = button(u"replayStep"_s, tr("&Step"), tr("One event or message more"));
    m_startOver = button(u"replayStartOver"_s, tr("Start &over"), tr("Goes back to the beginning"));
    m_showAll = button(u"replayShowAll"_s, tr("Show &all"), tr("Everything that was said"));
    auto *speeds = new QComboBox(bar);
    speeds->setObjectName(u"replaySpeed"_s);
    speeds->setAccessibleName(tr("Speed"));
    speeds->setToolTip(tr("How fast it is shown"));
    for (const double speed : {0.5, 1.0, 2.0, 4.0, 8.0})
        speeds->addItem(tr("%1×").arg(QLocale().toString(speed)), speed);
    speeds->setCurrentIndex(1);
    m_position = new ThemedLabel(m_theme, FontRole::Small, ColourRole::InkQuiet, {}, bar);
    m_position->setObjectName(u"replayPosition"_s);
    for (QWidget *part :
         {static_cast<QWidget *>(m_play), static_cast<QWidget *>(m_step), static_cast<QWidget *>(m_startOver),
          static_cast<QWidget *>(m_showAll), static_cast<QWidget *>(speeds)})
        row->addWidget(part);
    row->addStretch();
    row->addWidget(m_position);
    connect(m_play, &QPushButton::clicked, this, [this] {
        if (m_replayer && m_replayer->isPlaying())
            m_replayer->pause();
        else if (m_replayer)
            m_replayer->play();
    });
    const auto act = [this](QPushButton *pressed, void (Replayer::*command)()) {
        connect(pressed, &QPushButton::clicked, this, [this, command] {
            if (m_replayer)
                (m_replayer->*command)();
        });
    };
    act(m_step, &Replayer::step);
    act(m_startOver, &Replayer::startOver);
    act(m_showAll, &Replayer::showAll);
    connect(speeds, &QComboBox::currentIndexChanged, this, [this, speeds] {
        if (m_replayer)
            m_replayer->setSpeed(speeds->currentData().toDouble());
    });
    return bar;
}

void EvidenceWindow::showSubject(int index)
{
    const double speed = m_replayer ? m_replayer->speed() : 1;
    m_transcript->setMessages(nullptr);
    delete m_replayer;
    m_replayer = nullptr;
    if (index >= 0 && std::size_t(index) < m_bundle.manifest.subjects.size()) {
        const BundleSubject &subject = m_bundle.manifest.subjects[std::size_t(index)];
        showFacts(subject, index);
        m_transcript->setEmptyState(tr("Nothing has been said yet"), tr("Play, or go step by step."));
        if (Result<ConversationFile> file = conversationOf(m_bundle, subject)) {
            m_agent = Agent{};
            m_agent.name = file->agent.name;
            m_agent.target = file->agent.target;
            m_replayer = new Replayer(std::move(*file), this);
            m_replayer->setSpeed(speed);
            connect(m_replayer, &Replayer::changed, this, &EvidenceWindow::refreshBar);
            m_transcript->setMessages(m_replayer->messages(), &m_agent);
        } else {
            m_transcript->setEmptyState(tr("There is nothing to show"), file.error().message);
        }
    } else {
        m_title->setText(m_bundle.manifest.title);
        m_transcript->setEmptyState(tr("There is nothing to show"),
                                    tr("No conversation is in this evidence."));
    }
    refreshBar();
}

void EvidenceWindow::showFacts(const BundleSubject &subject, int index)
{
    m_title->setText(subjectName(subject, index));
    QStringList facts{subject.agent, subject.address};
    facts.removeDuplicates();
    facts.append(subject.qualifier.isEmpty() ? tr("endpoint DEFAULT")
                                             : tr("endpoint %1").arg(subject.qualifier));
    if (!subject.versions.isEmpty())
        facts.append(tr("version %1").arg(subject.versions.join(u", "_s)));
    if (!subject.sessions.isEmpty())
        facts.append(tr("session %1").arg(subject.sessions.join(u", "_s)));
    QStringList requests;
    QStringList traces;
    for (const auto &answer : subject.answers) {
        requests.append(answer.toObject()["request"_L1].toString());
        traces.append(answer.toObject()["trace"_L1].toString());
    }
    requests.removeAll(QString());
    traces.removeAll(QString());
    if (!requests.isEmpty())
        facts.append(tr("request %1").arg(requests.join(u", "_s)));
    if (!traces.isEmpty())
        facts.append(tr("trace %1").arg(traces.join(u", "_s)));
    facts.removeAll(QString());
    m_facts->setText(facts.join(u" · "_s));
    QStringList said;
    if (!subject.verdict.isEmpty())
        said.append(tr("Verdict: %1").arg(subject.verdict));
    if (!subject.note.isEmpty())
        said.append(tr("Note: %1").arg(subject.note));
    m_verdict->setText(said.join(u'\n'));
    m_verdict->setVisible(!said.isEmpty());
}

void EvidenceWindow::refreshBar()
{
    const bool hasSteps = m_replayer && m_replayer->stepCount() > 0;
    const bool isPlaying = hasSteps && m_replayer->isPlaying();
    m_play->setText(isPlaying ? tr("&Pause") : tr("&Play"));
    m_play->setEnabled(hasSteps);
    // What has the keyboard is not switched off, so that it stays there at the end.
    const auto enable = [](QPushButton *one, bool isEnabled) {
        one->setEnabled(isEnabled || one->hasFocus());
    };
    enable(m_step, hasSteps && !m_replayer->isAtEnd());
    enable(m_startOver, hasSteps && m_replayer->position() > 0);
    enable(m_showAll, hasSteps && !m_replayer->isAtEnd());
    m_position->setText(hasSteps ? tr("%1 of %2")
                                       .arg(QLocale().toString(m_replayer->position()),
                                            QLocale().toString(m_replayer->stepCount()))
                                 : QString());
}

} // namespace Parlance
