// SPDX-License-Identifier: Apache-2.0
#include "suites/rundialog.h"

#include "chat/servedversions.h"
#include "chat/workspace.h"
#include "core/serverprotocol.h"
#include "core/whendone.h"
#include "dialogs/themedlabel.h"
#include "window/qualifierpopup.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int mostRepeats = 1000;
constexpr int mostAtOnce = 64;
constexpr int mostPerSecond = 1000;

QString shownName(const QString &qualifier)
{
    return qualifier.isEmpty() ? defaultQualifierName() : qualifier;
}

} // namespace

QString RunDialog::findingsText(const std::vector<SuiteFinding> &findings)
{
    QStringList lines;
    for (const SuiteFinding &finding : findings) {
        const QString where =
            finding.line > 0 ? tr("%1, line %2").arg(finding.file).arg(finding.line) : finding.file;
        const QString kind = finding.kind == FindingKind::Fault ? tr("cannot be run")
            : finding.kind == FindingKind::Unsupported          ? tr("not supported")
                                                                : tr("note");
        lines.append(tr("%1 · %2: %3").arg(where, kind, finding.message));
    }
    return lines.join(u'\n');
}

RunDialog::RunDialog(const Theme *theme, Workspace *workspace, const QString &path, HashedSuite suite,
                     const std::vector<Earlier> &earlier, QWidget *parent)
    : FormDialog(theme,
                 suite.reading.suite.description.isEmpty() ? QFileInfo(path).fileName()
                                                           : suite.reading.suite.description,
                 QDir::toNativeSeparators(path), parent)
    , m_workspace(workspace)
    , m_path(path)
    , m_suite(std::move(suite))
    , m_earlier(earlier)
{
    setObjectName(u"runDialog"_s);
    setMinimumWidth(theme->px(Metric::dialogWidth));
    makeFindings();
    makeFields();
    QPushButton *cancel = addButton(tr("Cancel"));
    cancel->setObjectName(u"cancel"_s);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_begin = addDefaultButton(tr("Run"));
    m_begin->setObjectName(u"beginRun"_s);
    connect(m_begin, &QPushButton::clicked, this, &RunDialog::take);
    if (!m_suite.reading.isSound()) {
        m_begin->setEnabled(false);
        setFailure(tr("This suite cannot be run as it is. Nothing was asked."));
    }
    showAgent();
    fit();
    m_qualifiers->setFocus();
}

void RunDialog::makeFindings()
{
    if (m_suite.reading.findings.empty())
        return;
    auto *findings = new QPlainTextEdit;
    findings->setObjectName(u"findings"_s);
    findings->setReadOnly(true);
    findings->setPlainText(findingsText(m_suite.reading.findings));
    findings->setFont(theme()->font(FontRole::Small));
    findings->setTabChangesFocus(true);
    findings->setFixedHeight(theme()->px(Metric::templateHeight));
    addField(body(), tr("What of the file is passed over or worth knowing"), findings);
    addGap(body());
}

void RunDialog::makeFields()
{
    m_agent = new QComboBox;
    m_agent->setObjectName(u"agentOfRun"_s);
    m_agent->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const Agent &one : m_workspace->agents()->agents()) {
        // A tool is not asked in words.
        if (protocolOf(one) != ServerProtocol::Mcp)
            m_agent->addItem(one.name, one.id.value());
    }
    addField(body(), tr("Agent"), m_agent);
    addGap(body());
    auto *row = new QHBoxLayout;
    row->setSpacing(theme()->px(Metric::within));
    auto *endpoints = new QWidget;
    endpoints->setLayout(row);
    row->setContentsMargins(0, 0, 0, 0);
    m_qualifiers = new QLineEdit;
    m_qualifiers->setObjectName(u"qualifiersOfRun"_s);
    m_qualifiers->setAccessibleName(tr("Endpoints"));
    auto *known = new QPushButton(tr("Known"));
    known->setObjectName(u"knownQualifiers"_s);
    known->setAccessibleName(tr("Known endpoints"));
    known->setAutoDefault(false);
    row->addWidget(m_qualifiers, 1);
    row->addWidget(known);
    endpoints->setFocusProxy(m_qualifiers);
    addField(body(), tr("Endpoints, with commas between them"), endpoints);
    addGap(body());
    m_baseline = new QComboBox;
    m_baseline->setObjectName(u"baselineOfRun"_s);
    m_baseline->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    addField(body(), tr("Held against"), m_baseline);
    addGap(body());
    auto *numbers = new QHBoxLayout;
    numbers->setSpacing(theme()->px(Metric::between));
    const auto number = [&](const QString &name, const QString &label, int least, int most, int value) {
        auto *field = new QSpinBox;
        field->setObjectName(name);
        field->setRange(least, most);
        field->setValue(value);
        auto *column = new QVBoxLayout;
        column->setSpacing(theme()->px(Metric::step));
        addField(column, label, field);
        numbers->addLayout(column, 1);
        connect(field, &QSpinBox::valueChanged, this, &RunDialog::refresh);
        return field;
    };
    const Suite &suite = m_suite.reading.suite;
    m_repeats = number(u"repeatsOfRun"_s, tr("Repeats"), 1, mostRepeats, suite.repeats.value_or(1));
    const int atOnce =
        suite.concurrency.value_or(suite.delayMs.value_or(0) > 0 ? 1 : RunSettings().concurrency);
    m_concurrency = number(u"concurrencyOfRun"_s, tr("At once"), 1, mostAtOnce, atOnce);
    m_rate = number(u"rateOfRun"_s, tr("Begun per second"), 0, mostPerSecond, 0);
    m_rate->setSpecialValueText(tr("no limit"));
    body()->addLayout(numbers);
    m_estimate = addHelp(body(), u" "_s);
    m_estimate->setObjectName(u"estimate"_s);
    m_ends = new QCheckBox(tr("End each session once its cases are done"));
    m_ends->setObjectName(u"endSessionsOfRun"_s);
    m_ends->setToolTip(
        tr("Else its machine stays until it idles out, and an account may have only so many. Work that an "
           "agent does after its answer, such as handing on its traces, is cut short."));
    m_ends->setAccessibleDescription(m_ends->toolTip());
    addGap(body());
    body()->addWidget(m_ends);
    connect(m_baseline, &QComboBox::currentIndexChanged, this, [this] { m_isBaselineChosen = true; });
    connect(m_agent, &QComboBox::currentIndexChanged, this, &RunDialog::showAgent);
    connect(m_qualifiers, &QLineEdit::textChanged, this, &RunDialog::refresh);
    connect(known, &QPushButton::clicked, this, &RunDialog::offerKnown);
}

const Agent *RunDialog::agent() const
{
    return m_workspace->agents()->find(AgentId(m_agent->currentData().toString()));
}

QStringList RunDialog::qualifiers() const
{
    QStringList typed;
    for (const QString &part : m_qualifiers->text().split(u',')) {
        const QString name = part.trimmed();
        const QString qualifier = name == defaultQualifierName() ? QString() : name;
        if (!name.isEmpty() && !typed.contains(qualifier))
            typed.append(qualifier);
    }
    return typed;
}

void RunDialog::showAgent()
{
    const Agent *one = agent();
    if (!one)
        return;
    m_known.clear();
    const auto learn = [this](const QString &qualifier) {
        if (!m_known.contains(shownName(qualifier)))
            m_known.append(shownName(qualifier));
    };
    learn(one->qualifier);
    for (const Conversation &conversation : m_workspace->conversations(one->id))
        learn(conversation.qualifier);
    learn({});
    m_ends->setEnabled(std::holds_alternative<RuntimeTarget>(one->target));
    // The two that are nearest, since a suite is mostly run to see whether one is worse than the other.
    constexpr qsizetype usual = 2;
    m_qualifiers->setText(m_known.first(std::min(usual, m_known.size())).join(u", "_s));
    refresh();
    if (!std::holds_alternative<RuntimeTarget>(one->target))
        return;
    whenDone(m_workspace->servedVersions()->endpoints(*one), this,
             [this, learn, id = one->id](const Result<std::vector<RuntimeEndpoint>> &endpoints) {
                 if (!endpoints || !agent() || agent()->id != id)
                     return;
                 for (const RuntimeEndpoint &endpoint : *endpoints)
                     learn(endpoint.name);
             });
}

void RunDialog::chooseAgent(const AgentId &agent)
{
    if (const int index = m_agent->findData(agent.value()); index >= 0)
        m_agent->setCurrentIndex(index);
}

void RunDialog::choose(const Run &like)
{
    chooseAgent(like.agent.id);
    QStringList names;
    for (const RunTarget &target : like.targets)
        names.append(target.label);
    m_qualifiers->setText(names.join(u", "_s));
    m_repeats->setValue(like.settings.repeats);
    m_concurrency->setValue(like.settings.concurrency);
    m_rate->setValue(int(like.settings.startsPerSecond));
    m_ends->setChecked(like.settings.endsSessions);
    if (const int index = m_baseline->findData(like.baseline); index > 0)
        m_baseline->setCurrentIndex(index);
}

void RunDialog::offerKnown()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"knownMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QStringList chosen;
    for (const QString &qualifier : qualifiers())
        chosen.append(shownName(qualifier));
    for (const QString &name : m_known) {
        QAction *choice = menu->addAction(QString(name).replace(u'&', u"&&"_s), this, [this, chosen, name] {
            QStringList now = chosen;
            if (now.removeAll(name) == 0)
                now.append(name);
            m_qualifiers->setText(now.join(u", "_s));
        });
        choice->setCheckable(true);
        choice->setChecked(chosen.contains(name));
    }
    auto *button = findChild<QPushButton *>(u"knownQualifiers"_s);
    menu->popup(button->mapToGlobal(QPoint(0, button->height())));
}

void RunDialog::refresh()
{
    const QString before = m_baseline->currentText();
    {
        const QSignalBlocker blocker(m_baseline);
        m_baseline->clear();
        m_baseline->addItem(tr("Nothing"));
        for (const QString &qualifier : qualifiers())
            m_baseline->addItem(tr("%1 of this run").arg(shownName(qualifier)), shownName(qualifier));
        for (const Earlier &run : m_earlier)
            m_baseline->addItem(run.name, QVariant::fromValue(run.id.value()));
        // The first endpoint, unless somebody chose something that is still there.
        const int usual = qualifiers().size() > 1 ? 1 : 0;
        m_baseline->setCurrentIndex(
            m_isBaselineChosen && m_baseline->findText(before) >= 0 ? m_baseline->findText(before) : usual);
    }
    const Suite &suite = m_suite.reading.suite;
    std::size_t turns = 0;
    for (const SuiteCase &one : suite.cases)
        turns += one.turns.size();
    const auto targets = std::size_t(std::max<qsizetype>(1, qualifiers().size()));
    const std::size_t times = targets * std::size_t(m_repeats->value());
    QString words = tr("%n case(s)", nullptr, int(suite.cases.size())) + u" × "_s
        + tr("%n endpoint(s)", nullptr, int(targets));
    if (m_repeats->value() > 1)
        words += u" × "_s + tr("%n repeat(s)", nullptr, m_repeats->value());
    words += u" = "_s + tr("%n cell(s)", nullptr, int(suite.cases.size() * times)) + u", "_s
        + tr("%n call(s)", nullptr, int(turns * times));
    setHelp(m_estimate, words);
}

void RunDialog::take()
{
    const Agent *one = agent();
    if (!one) {
        setFailure(tr("There is no agent that can be asked in words."));
        return;
    }
    Run run = newRun(m_suite, m_path, *one, qualifiers());
    run.settings.repeats = m_repeats->value();
    run.settings.concurrency = m_concurrency->value();
    run.settings.startsPerSecond = m_rate->value();
    run.settings.endsSessions = m_ends->isEnabled() && m_ends->isChecked();
    const int held = m_baseline->currentIndex() - 1;
    const int own = int(qualifiers().size());
    if (held >= own)
        run.baselineRun = m_earlier[std::size_t(held - own)].id;
    else if (held >= 0)
        run.baseline = m_baseline->currentData().toString();
    Q_EMIT chosen(*one, m_suite.reading.suite, run);
    accept();
}

} // namespace Parlance
