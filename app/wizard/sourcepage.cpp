// SPDX-License-Identifier: Apache-2.0
#include "wizard/sourcepage.h"

#include "chat/agentbook.h"
#include "dialogs/formfields.h"
#include "dialogs/themedlabel.h"
#include "sources/importpanel.h"
#include "sources/runtimepicker.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QLineEdit>
#include <QRadioButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

SourcePage::SourcePage(const Theme *theme, Workspace *workspace, Settings *settings)
    : WizardPage(tr("Where it runs"))
    , m_theme(theme)
    , m_sources(new QButtonGroup(this))
    , m_addressPart(new QWidget)
    , m_label(new ThemedLabel(theme, FontRole::Small, ColourRole::InkQuiet))
    , m_address(new QLineEdit)
    , m_allowsHttp(new QCheckBox(tr("Allow plain http to another machine")))
    , m_servicePart(new QWidget)
    , m_service(new QLineEdit)
    , m_picker(new RuntimePicker(theme, workspace))
    , m_import(new ImportPanel(theme, workspace))
{
    const FormFields fields = FormFields::on(theme, this, Metric::snug);
    addChoice(Source::Url, u"sourceUrl"_s, tr("A server at a URL"), tr("Such as one on this machine"));
    addChoice(Source::Arn, u"sourceArn"_s, tr("A deployed runtime"), tr("By its ARN"));
    addChoice(Source::Account, u"sourceAccount"_s, tr("Choose from an AWS account"),
              tr("Needs AWS keys that may list"));
    addChoice(Source::Import, u"sourceImport"_s, tr("Read a project’s files"),
              tr("What the AgentCore tools, Amplify or Parlance wrote"));
    addChoice(Source::BuiltIn, u"sourceBuiltIn"_s, tr("The built-in agent"), tr("To try Parlance"));
    fields.addGap(Metric::within);
    makeAddress();
    m_picker->setSettings(settings);
    fields.column()->addWidget(m_picker);
    fields.column()->addWidget(m_import);
    connect(m_sources, &QButtonGroup::idToggled, this, [this](int, bool isOn) {
        if (isOn)
            showSource();
    });
    connect(m_picker, &RuntimePicker::changed, this, [this] {
        givePickerRoom();
        Q_EMIT changed();
    });
    connect(m_picker, &RuntimePicker::activated, this, &WizardPage::nextAsked);
    connect(m_picker, &RuntimePicker::arnAsked, this, [this] {
        choose(Source::Arn);
        m_address->setFocus(Qt::OtherFocusReason);
    });
    connect(m_import, &ImportPanel::changed, this, &WizardPage::changed);
    choose(Source::Url);
}

void SourcePage::addChoice(Source source, const QString &name, const QString &text, const QString &hint)
{
    auto *choice = new QRadioButton(text);
    choice->setObjectName(name);
    choice->setToolTip(hint);
    choice->setAccessibleDescription(hint);
    m_sources->addButton(choice, int(source));
    layout()->addWidget(choice);
}

void SourcePage::makeAddress()
{
    const FormFields fields = FormFields::on(m_theme, m_addressPart);
    m_address->setObjectName(u"target"_s);
    m_label->setBuddy(m_address);
    fields.column()->addWidget(m_label);
    fields.column()->addWidget(m_address);
    m_help = fields.addHelp();
    m_help->setObjectName(u"targetHelp"_s);
    m_help->setInk(ColourRole::Caution);
    m_allowsHttp->setObjectName(u"allowsHttp"_s);
    m_allowsHttp->setToolTip(
        tr("Anyone between you and that machine can read the conversation and the token"));
    fields.column()->addWidget(m_allowsHttp);
    fields.addGap();
    m_service->setObjectName(u"endpoint"_s);
    m_service->setPlaceholderText(tr("The one of the ARN’s region"));
    FormFields::on(m_theme, m_servicePart).addField(tr("Service address"), m_service);
    fields.column()->addWidget(m_servicePart);
    layout()->addWidget(m_addressPart);
    connect(m_address, &QLineEdit::textChanged, this, &SourcePage::onAddressEdited);
    connect(m_allowsHttp, &QCheckBox::toggled, this, [this] { onAddressEdited(m_address->text()); });
}

void SourcePage::enter(const WizardDraft & /*draft*/)
{
    showSource();
}

SourcePage::Source SourcePage::source() const
{
    return Source(m_sources->checkedId());
}

void SourcePage::choose(Source source)
{
    m_sources->button(int(source))->setChecked(true);
}

void SourcePage::showSource()
{
    // Tab stops at the chosen one, and arrows go on from there.
    for (QAbstractButton *choice : m_sources->buttons())
        choice->setFocusPolicy(choice->isChecked() ? Qt::StrongFocus : Qt::ClickFocus);
    const Source now = source();
    const bool isArn = now == Source::Arn;
    const QString label = isArn ? tr("Runtime ARN") : tr("URL");
    m_label->setText(label);
    m_address->setAccessibleName(label);
    m_address->setPlaceholderText(isArn ? u"arn:aws:bedrock-agentcore:…:runtime/…"_s
                                        : u"http://localhost:8080"_s);
    m_addressPart->setVisible(isArn || now == Source::Url);
    m_servicePart->setVisible(isArn);
    m_picker->setVisible(now == Source::Account);
    m_import->setVisible(now == Source::Import);
    if (now == Source::Account && isVisible())
        m_picker->start();
    givePickerRoom();
    onAddressEdited(m_address->text());
}

// Among words that wrap, a layout asks for the height at a width, and forgets the least height there is.
void SourcePage::givePickerRoom()
{
    m_picker->setMinimumHeight(m_picker->minimumSizeHint().height());
}

void SourcePage::onAddressEdited(const QString &text)
{
    const QString address = text.trimmed();
    if (source() == Source::Url && address.startsWith("arn:"_L1))
        choose(Source::Arn);
    else if (source() == Source::Arn && (address.startsWith("http:"_L1) || address.startsWith("https:"_L1)))
        choose(Source::Url);
    Agent agent = typed();
    agent.name = u"-"_s;
    const Result<Agent> checked = AgentBook::checked(agent);
    const bool isInsecure = !checked && checked.error().kind == ErrorKind::InsecureHttp;
    m_allowsHttp->setVisible(isInsecure || m_allowsHttp->isChecked());
    FormFields::setHelp(m_help, checked || address.isEmpty() ? QString() : checked.error().message);
    Q_EMIT changed();
}

Agent SourcePage::typed() const
{
    Agent agent;
    const QString address = m_address->text().trimmed();
    if (source() == Source::Arn)
        agent.target = RuntimeTarget{.arn = address, .endpointOverride = m_service->text().trimmed()};
    else
        agent.target = UrlTarget{.url = address};
    agent.allowsPlainHttp = m_allowsHttp->isChecked();
    return agent;
}

std::vector<AgentProposal> SourcePage::several() const
{
    if (source() != Source::Import)
        return {};
    std::vector<AgentProposal> ticked = m_import->proposals();
    return ticked.size() > 1 ? ticked : std::vector<AgentProposal>();
}

bool SourcePage::hasTyped() const
{
    return !m_address->text().trimmed().isEmpty() || !m_service->text().trimmed().isEmpty()
        || !several().empty();
}

std::optional<AgentProposal> SourcePage::proposal(QString &problem) const
{
    switch (source()) {
    case Source::BuiltIn:
        return AgentProposal{.agent = AgentBook::builtInAgent()};
    case Source::Account: {
        std::optional<AgentProposal> chosen = m_picker->proposal();
        if (!chosen)
            problem = tr("Choose an agent of the list.");
        return chosen;
    }
    case Source::Import: {
        const std::vector<AgentProposal> ticked = m_import->proposals();
        if (ticked.empty())
            problem = tr("Choose a file or a folder, and tick an agent.");
        return ticked.empty() ? std::nullopt : std::optional(ticked.front());
    }
    case Source::Url:
    case Source::Arn:
        break;
    }
    if (m_address->text().trimmed().isEmpty()) {
        problem = source() == Source::Arn ? tr("Paste the runtime’s ARN.") : tr("Give the server’s URL.");
        return std::nullopt;
    }
    Agent agent = typed();
    agent.name = u"-"_s;
    Result<Agent> checked = AgentBook::checked(agent);
    if (!checked) {
        problem = checked.error().message;
        return std::nullopt;
    }
    checked->name.clear();
    return AgentProposal{.agent = *checked};
}

QString SourcePage::leave(WizardDraft &draft)
{
    QString problem;
    const std::optional<AgentProposal> chosen = proposal(problem);
    if (!chosen)
        return problem;
    if (m_taken && *m_taken == *chosen)
        return {};
    m_taken = chosen;
    draft = WizardDraft{.agent = chosen->agent, .identity = chosen->identity, .source = draft.source + 1};
    return {};
}

QWidget *SourcePage::firstField() const
{
    switch (source()) {
    case Source::Url:
    case Source::Arn:
        return m_address;
    case Source::Account:
        return m_picker;
    case Source::Import:
    case Source::BuiltIn:
        break;
    }
    return m_sources->checkedButton();
}

QString SourcePage::nextText() const
{
    const std::size_t count = several().size();
    return count > 1 ? tr("Add %n agents", nullptr, int(count)) : QString();
}

} // namespace Parlance
