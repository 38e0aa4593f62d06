// SPDX-License-Identifier: Apache-2.0
#include "sources/importpanel.h"

#include "chat/takeproposal.h"
#include "chat/workspace.h"
#include "core/whendone.h"
#include "dialogs/formfields.h"
#include "dialogs/themedlabel.h"
#include "signin/identitywords.h"
#include "theme/metrics.h"

#include <QCheckBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QMimeData>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

ImportPanel::ImportPanel(const Theme *theme, Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_workspace(workspace)
    , m_chooseFile(new QPushButton(tr("Choose a file…")))
    , m_chooseFolder(new QPushButton(tr("Choose a folder…")))
    , m_list(new QWidget)
{
    setObjectName(u"importPanel"_s);
    setAcceptDrops(true);
    const FormFields fields = FormFields::on(theme, this);
    auto *row = new QHBoxLayout;
    row->setSpacing(theme->px(Metric::within));
    for (auto *button : {m_chooseFile, m_chooseFolder}) {
        button->setAutoDefault(false);
        button->setAccessibleName(button->text());
        row->addWidget(button);
    }
    m_chooseFile->setObjectName(u"chooseFile"_s);
    m_chooseFolder->setObjectName(u"chooseFolder"_s);
    row->addStretch();
    fields.column()->addLayout(row);
    m_state = fields.addHelp(tr("A .bedrock_agentcore.yaml, an aws-exports.json, the folder of an agentcore "
                                "project, or agents exported from Parlance. It can be dropped here."));
    m_state->setObjectName(u"importState"_s);
    fields.addGap(Metric::within);
    m_list->setObjectName(u"importList"_s);
    FormFields::on(theme, m_list, Metric::tight);
    fields.column()->addWidget(m_list);
    setFocusProxy(m_chooseFile);
    connect(m_chooseFile, &QPushButton::clicked, this, [this] { choose(false); });
    connect(m_chooseFolder, &QPushButton::clicked, this, [this] { choose(true); });
}

void ImportPanel::choose(bool isFolder)
{
    auto *dialog = new QFileDialog(window(), isFolder ? tr("Folder of a project") : tr("File with agents"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(isFolder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    if (isFolder)
        dialog->setOption(QFileDialog::ShowDirsOnly);
    else
        dialog->setNameFilters({tr("Projects and exports (*.yaml *.yml *.json)"), tr("All files (*)")});
    // The file of a project may begin with a dot.
    dialog->setFilter(dialog->filter() | QDir::Hidden);
    connect(dialog, &QFileDialog::fileSelected, this, &ImportPanel::read);
    dialog->open();
}

void ImportPanel::read(const QString &path)
{
    clearEntries();
    m_isReading = true;
    FormFields::setHelp(m_state, tr("Reading %1…").arg(QDir::toNativeSeparators(path)));
    Q_EMIT changed();
    whenDone(readAgents(path), this, [this, path, reading = ++m_reading](const FoundAgents &found) {
        if (reading != m_reading)
            return;
        m_isReading = false;
        FormFields::setHelp(m_state, tr("Read from %1.").arg(QDir::toNativeSeparators(path)));
        show(found);
        Q_EMIT changed();
    });
}

void ImportPanel::clearEntries()
{
    m_entries.clear();
    QLayout *column = m_list->layout();
    while (QLayoutItem *item = column->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
}

void ImportPanel::show(const FoundAgents &found)
{
    for (const QString &note : found.notes)
        addNote(note);
    for (const FoundAgent &agent : found.agents)
        addEntry(agent);
    // A project with one agent alone has named its default by that.
    const auto canBeTaken = [](const Entry &entry) { return entry.tick->isEnabled(); };
    if (std::ranges::count_if(m_entries, canBeTaken) == 1
        && std::ranges::none_of(m_entries, [](const Entry &entry) { return entry.tick->isChecked(); })) {
        const auto only = std::ranges::find_if(m_entries, canBeTaken);
        only->tick->setChecked(only->isHarmless);
    }
}

void ImportPanel::addNote(const QString &note)
{
    auto *label = new ThemedLabel(m_theme, FontRole::Small, ColourRole::Caution, note);
    label->setWordWrap(true);
    m_list->layout()->addWidget(label);
    label->show();
}

QStringList ImportPanel::factsOf(const AgentProposal &proposal) const
{
    QStringList facts;
    const Agent &agent = proposal.agent;
    if (const auto *runtime = std::get_if<RuntimeTarget>(&agent.target); runtime && !runtime->arn.isEmpty())
        facts.append(runtime->arn);
    if (const auto *server = std::get_if<UrlTarget>(&agent.target))
        facts.append(server->url);
    if (!agent.qualifier.isEmpty())
        facts.append(tr("Endpoint %1.").arg(agent.qualifier));
    // What cannot be added is asked by nobody.
    if (!AgentBook::checked(agent))
        return facts + proposal.notes;
    if (const std::optional<Identity> identity = identityFor(*m_workspace->identities(), proposal))
        facts.append(identity->id.isEmpty()
                         ? tr("Asked as a new identity: %1.").arg(IdentityWords::kind(*identity))
                         : tr("Asked as %1.").arg(identity->name));
    else
        facts.append(agent.auth == AuthMethod::Bearer ? tr("Asked with a token, which is not in the file.")
                                                      : tr("Nobody to ask it as."));
    if (const Agent *known = knownAgent(*m_workspace->agents(), proposal))
        facts.append(tr("You know it already as %1.").arg(known->name));
    return facts + proposal.notes;
}

void ImportPanel::addEntry(const FoundAgent &found)
{
    const bool canBeTaken = AgentBook::checked(found.proposal.agent).has_value();
    const QString facts = factsOf(found.proposal).join(u'\n');
    auto *tick = new QCheckBox(QString(found.proposal.agent.name).replace(u'&', u"&&"_s));
    tick->setObjectName(u"importAgent"_s);
    tick->setAccessibleName(found.proposal.agent.name);
    tick->setAccessibleDescription(facts);
    tick->setEnabled(canBeTaken);
    const bool isHarmless =
        canBeTaken && !found.leadsElsewhere && !knownAgent(*m_workspace->agents(), found.proposal);
    tick->setChecked(isHarmless && found.isDefault);
    auto *details = new ThemedLabel(m_theme, FontRole::Small, ColourRole::InkFaint, facts);
    details->setObjectName(u"importFacts"_s);
    details->setWordWrap(true);
    details->setTextInteractionFlags(Qt::TextSelectableByMouse);
    details->setContentsMargins(m_theme->px(Metric::section), 0, 0, m_theme->px(Metric::near));
    m_list->layout()->addWidget(tick);
    m_list->layout()->addWidget(details);
    tick->show();
    details->show();
    m_entries.push_back({.tick = tick, .proposal = found.proposal, .isHarmless = isHarmless});
    connect(tick, &QCheckBox::toggled, this, &ImportPanel::changed);
}

std::vector<AgentProposal> ImportPanel::proposals() const
{
    std::vector<AgentProposal> ticked;
    for (const Entry &entry : m_entries) {
        if (entry.tick->isChecked())
            ticked.push_back(entry.proposal);
    }
    return ticked;
}

void ImportPanel::markTaken(const AgentProposal &proposal)
{
    const auto taken = std::ranges::find_if(m_entries, [&proposal](const Entry &entry) {
        return entry.tick->isChecked() && entry.proposal == proposal;
    });
    if (taken == m_entries.end())
        return;
    taken->tick->setEnabled(false);
    taken->tick->setChecked(false);
}

QString ImportPanel::pathOf(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 && urls.constFirst().isLocalFile() ? urls.constFirst().toLocalFile() : QString();
}

void ImportPanel::dragEnterEvent(QDragEnterEvent *event)
{
    if (!pathOf(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void ImportPanel::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    read(pathOf(event->mimeData()));
}

} // namespace Parlance
