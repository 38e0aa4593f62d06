// SPDX-License-Identifier: Apache-2.0
#include "dialogs/agentdialog.h"

#include "chat/agentbook.h"
#include "chat/agentplace.h"
#include "chat/agui.h"
#include "chat/networkbook.h"
#include "chat/runtimefacts.h"
#include "chat/workspace.h"
#include "core/whendone.h"
#include "dialogs/colourpicker.h"
#include "dialogs/formfields.h"
#include "dialogs/headerrows.h"
#include "dialogs/socketfields.h"
#include "dialogs/targetfields.h"
#include "dialogs/themedlabel.h"
#include "dialogs/tokenfield.h"
#include "network/hostdialog.h"
#include "network/networkfields.h"
#include "signin/senttokenchoice.h"
#include "signin/signinchoice.h"
#include "theme/metrics.h"
#include "theme/style.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString titleOf(const std::optional<Agent> &existing)
{
    return existing ? AgentDialog::tr("Edit %1").arg(existing->name) : AgentDialog::tr("New agent");
}

QString sentenceOf(const std::optional<Agent> &existing)
{
    if (existing && existing->isBuiltIn())
        return AgentDialog::tr("This agent lives inside Parlance, so its address cannot change.");
    return existing ? AgentDialog::tr("Changes count from the next message on.")
                    : AgentDialog::tr("Tell where it runs and how to sign in.");
}

} // namespace

AgentDialog::AgentDialog(const Theme *theme, Workspace *workspace, std::optional<Agent> existing,
                         QWidget *parent)
    : FormDialog(theme, titleOf(existing), sentenceOf(existing), parent)
    , m_book(workspace->agents())
    , m_identities(workspace->identities())
    , m_agent(existing.value_or(Agent{.target = UrlTarget{}}))
    , m_isBuiltIn(existing && existing->isBuiltIn())
    , m_networkBook(workspace->network())
{
    setObjectName(u"agentDialog"_s);
    makeBasics();
    makeMore();
    body()->addStretch();
    m_cancel = addButton(tr("Cancel"));
    m_cancel->setObjectName(u"cancel"_s);
    m_save = addDefaultButton(existing ? tr("Save") : tr("Add agent"));
    m_save->setObjectName(u"save"_s);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &AgentDialog::save);
    load();
    m_name->setFocus();
}

void AgentDialog::makeBasics()
{
    m_name = new QLineEdit;
    m_name->setObjectName(u"name"_s);
    addField(body(), tr("Name"), m_name);
    m_colour = new ColourPicker(theme());
    m_colour->setObjectName(u"colour"_s);
    addField(body(), tr("Colour"), m_colour);
    m_target = new TargetFields(theme());
    body()->addWidget(m_target);
    connect(m_target, &TargetFields::kindChanged, this, &AgentDialog::showKind);
    connect(m_target, &TargetFields::edited, this, [this] {
        setFailure({});
        checkHeaders();
    });
    m_socket = new SocketFields(theme());
    m_socket->setVisible(!m_isBuiltIn);
    body()->addWidget(m_socket);
    makeSignIn();
    connect(m_socket, &SocketFields::changed, this, &AgentDialog::showSignIn);
    connect(m_socket, &SocketFields::changed, this, &AgentDialog::checkTemplate);
}

void AgentDialog::makeSignIn()
{
    m_signIn = new SignInChoice(theme(), m_identities);
    m_signIn->setObjectName(u"signIn"_s);
    m_tokenSection = new QWidget;
    m_token = new TokenField(theme());
    m_tokenHelp = FormFields::on(theme(), m_tokenSection).addField(tr("Token"), m_token);
    m_tokenHelp->setObjectName(u"tokenHelp"_s);
    if (!m_isBuiltIn) {
        addField(body(), tr("Sign in"), m_signIn);
    } else {
        m_signIn->setParent(this);
        m_signIn->hide();
    }
    body()->addWidget(m_tokenSection);
    connect(m_signIn, &SignInChoice::chosen, this, &AgentDialog::showSignIn);
    connect(m_token, &TokenField::edited, this, &AgentDialog::showSignIn);
    connect(m_token, &TokenField::forgetRequested, this, &AgentDialog::forgetToken);
}

void AgentDialog::makeMore()
{
    m_moreButton = new QPushButton;
    m_moreButton->setObjectName(u"more"_s);
    m_moreButton->setAutoDefault(false);
    setButtonKind(m_moreButton, ButtonKind::Link);
    body()->addWidget(m_moreButton, 0, Qt::AlignLeft);
    m_more = new QWidget;
    QVBoxLayout *section = FormFields::on(theme(), m_more).column();
    addGap(section, Metric::within);
    makeTemplate();

    m_sentTokenSection = new QWidget;
    m_sentToken = new SentTokenChoice(m_identities);
    m_sentToken->setObjectName(u"sentToken"_s);
    ThemedLabel *sentHelp =
        FormFields::on(theme(), m_sentTokenSection).addField(tr("Token to send"), m_sentToken);
    setHelp(sentHelp,
            tr("The access token if the agent checks clients or scopes, the ID token if it checks Cognito’s "
               "audience."));
    section->addWidget(m_sentTokenSection);

    m_headers = new HeaderRows(theme());
    m_headers->setObjectName(u"headers"_s);
    m_headersHelp = addField(section, tr("Extra headers"), m_headers);
    m_headersHelp->setObjectName(u"headersHelp"_s);
    m_endpointSection = new QWidget;
    m_endpoint = new QLineEdit;
    m_endpoint->setObjectName(u"endpoint"_s);
    m_endpoint->setPlaceholderText(tr("The one of the ARN’s region"));
    FormFields::on(theme(), m_endpointSection).addField(tr("Endpoint address"), m_endpoint);
    section->addWidget(m_endpointSection);

    m_connectTimeout = new QSpinBox;
    m_connectTimeout->setObjectName(u"connectTimeout"_s);
    m_connectTimeout->setRange(1, 600);
    addField(section, tr("Connect timeout, in seconds"), m_connectTimeout);
    m_idleTimeout = new QSpinBox;
    m_idleTimeout->setObjectName(u"idleTimeout"_s);
    m_idleTimeout->setRange(1, 24 * 60);
    ThemedLabel *idleHelp = addField(section, tr("Idle timeout, in minutes"), m_idleTimeout);
    setHelp(idleHelp, tr("How long an answer may be silent. There is no limit on the whole answer."));
    makeNetwork();
    m_isProduction = new QCheckBox(tr("This is a production agent"));
    m_isProduction->setObjectName(u"isProduction"_s);
    section->addWidget(m_isProduction);
    setHelp(addHelp(section), tr("A strip in its colour under the header reminds you."));
    body()->addWidget(m_more);

    connect(m_moreButton, &QPushButton::clicked, this, [this] { setMoreShown(m_more->isHidden()); });
    connect(m_headers, &HeaderRows::edited, this, &AgentDialog::checkHeaders);
    connect(m_headers, &HeaderRows::rowsChanged, this, &AgentDialog::fit);
}

void AgentDialog::makeNetwork()
{
    auto *section = qobject_cast<QVBoxLayout *>(m_more->layout());
    m_network = new QComboBox;
    m_network->setObjectName(u"network"_s);
    m_network->addItems({tr("As for all agents"), tr("Its own")});
    m_networkFields = new NetworkFields(theme(), m_networkBook);
    if (m_isBuiltIn || !m_networkBook) {
        m_network->setParent(this);
        m_network->hide();
    } else {
        setHelp(addField(section, tr("Network"), m_network),
                tr("The proxy, the trusted authorities and the client certificate. Those for all are in the "
                   "settings."));
    }
    section->addWidget(m_networkFields);
    auto *test = new QPushButton(tr("Test its host…"));
    test->setObjectName(u"testAgentHost"_s);
    test->setToolTip(tr("Goes the way to the agent’s host by this network and sends nothing"));
    test->setAutoDefault(false);
    setButtonKind(test, ButtonKind::Chip);
    section->addWidget(test, 0, Qt::AlignLeft);
    if (m_isBuiltIn || !m_networkBook)
        test->hide();
    connect(test, &QPushButton::clicked, this, &AgentDialog::testHost);
    const auto fitAround = [this] {
        m_networkFields->setVisible(m_network->currentIndex() == 1);
        fit();
    };
    connect(m_network, &QComboBox::currentIndexChanged, this, fitAround);
    connect(m_networkFields, &NetworkFields::changed, this, fitAround);
}

void AgentDialog::testHost()
{
    const Agent agent = edited();
    auto *dialog = new HostDialog(theme(), m_networkBook, agent.network.value_or(m_networkBook->settings()),
                                  agentHost(agent), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void AgentDialog::makeTemplate()
{
    m_templateSection = new QWidget;
    const FormFields fields = FormFields::on(theme(), m_templateSection);
    m_template = new QPlainTextEdit;
    m_template->setObjectName(u"template"_s);
    m_template->setTabChangesFocus(true);
    m_template->setPlaceholderText(u"{\"prompt\": ${prompt}}"_s);
    m_template->setFixedHeight(theme()->px(Metric::templateHeight));
    m_templateHelp = fields.addField(tr("Payload template"), m_template);
    m_templateHelp->setObjectName(u"templateHelp"_s);
    auto *reset = new QPushButton(tr("Reset"));
    reset->setObjectName(u"resetTemplate"_s);
    reset->setAccessibleName(tr("Reset payload template"));
    reset->setAutoDefault(false);
    setButtonKind(reset, ButtonKind::Link);
    fields.column()->insertWidget(fields.column()->count() - 1, reset, 0, Qt::AlignLeft);
    m_more->layout()->addWidget(m_templateSection);
    const auto useCodeFont = [this] {
        m_template->setFont(theme()->font(FontRole::Code));
        m_template->document()->setDocumentMargin(theme()->px(Metric::within));
        m_template->setFixedHeight(theme()->px(Metric::templateHeight));
    };
    useCodeFont();
    connect(theme(), &Theme::changed, m_template, useCodeFont);
    connect(reset, &QPushButton::clicked, m_template, &QPlainTextEdit::clear);
    connect(m_template, &QPlainTextEdit::textChanged, this, &AgentDialog::checkTemplate);
}

void AgentDialog::load()
{
    m_name->setText(m_agent.name);
    m_colour->setColour(m_agent.colour);
    const auto *runtime = std::get_if<RuntimeTarget>(&m_agent.target);
    m_endpoint->setText(runtime ? runtime->endpointOverride : QString());
    m_target->load(m_agent);
    m_socket->load(m_agent);
    m_signIn->load(m_agent);
    m_sentToken->choose(m_agent.sentToken);
    m_template->setPlainText(m_agent.payloadTemplate);
    m_headers->setHeaders(m_agent.extraHeaders);
    m_connectTimeout->setValue(int(m_agent.connectTimeout.count()));
    m_idleTimeout->setValue(int(m_agent.idleTimeout.count() / 60));
    m_networkFields->load(m_agent.network.value_or(NetworkSettings{}));
    m_network->setCurrentIndex(m_agent.network ? 1 : 0);
    m_networkFields->setVisible(m_agent.network.has_value());
    m_isProduction->setChecked(m_agent.isProduction);
    m_target->setVisible(!m_isBuiltIn);
    setMoreShown(m_isBuiltIn);
    m_moreButton->setVisible(!m_isBuiltIn);
    showKind();
    showSignIn();
    checkTemplate();
    checkHeaders();
    askForToken();
}

AgentTarget AgentDialog::editedTarget() const
{
    if (m_isBuiltIn)
        return BuiltInTarget{};
    AgentTarget target = m_target->target();
    if (auto *runtime = std::get_if<RuntimeTarget>(&target))
        runtime->endpointOverride = m_endpoint->text().trimmed();
    return target;
}

Agent AgentDialog::edited() const
{
    Agent agent = m_agent;
    agent.name = m_name->text().trimmed();
    agent.colour = m_colour->colour();
    agent.target = editedTarget();
    agent.qualifier = m_target->qualifier();
    agent.auth = m_signIn->auth();
    agent.identity = m_signIn->identity();
    agent.sentToken = m_sentToken->chosen();
    agent.payloadTemplate = m_template->toPlainText().trimmed();
    agent.extraHeaders = m_headers->headers();
    agent.connectTimeout = std::chrono::seconds(m_connectTimeout->value());
    agent.idleTimeout = std::chrono::minutes(m_idleTimeout->value());
    agent.network =
        m_network->currentIndex() == 1 ? std::optional(m_networkFields->settings()) : std::nullopt;
    agent.isProduction = m_isProduction->isChecked();
    agent.allowsPlainHttp = m_target->allowsPlainHttp();
    m_socket->store(agent);
    return agent;
}

void AgentDialog::checkTemplate()
{
    const Result<Agent> result =
        AgentBook::checked({.name = u"-"_s, .payloadTemplate = m_template->toPlainText().trimmed()});
    m_templateHelp->setInk(result ? ColourRole::InkFaint : ColourRole::Caution);
    if (m_socket->protocol() == ServerProtocol::AgUi && isAgUiTemplate(m_template->toPlainText())) {
        setHelp(m_templateHelp,
                tr("The usual shape of AG-UI. It is asked as its protocol wants, which is this with what was "
                   "said and the shared state."));
        fit();
        return;
    }
    setHelp(m_templateHelp,
            result ? tr("JSON. ${prompt}, ${session}, ${conversation}, ${messages}, ${attachments} and "
                        "${uuid} are filled in "
                        "for each message.")
                   : result.error().message);
    fit();
}

void AgentDialog::checkHeaders()
{
    const Result<Agent> result = AgentBook::checked({.name = u"-"_s, .extraHeaders = m_headers->headers()});
    const bool isKnown = editedTarget() == m_agent.target && m_target->qualifier() == m_agent.qualifier;
    const QStringList dropped = droppedHeaders(isKnown ? m_agent.facts : std::nullopt, m_headers->headers());
    m_headersHelp->setInk(result && dropped.isEmpty() ? ColourRole::InkFaint : ColourRole::Caution);
    setHelp(m_headersHelp,
            !result ? result.error().message
                : dropped.isEmpty()
                ? tr("Kept on disk as they are, so no secrets here.")
                : tr("The runtime does not pass this on to the agent: %1.").arg(dropped.join(u", "_s)));
    fit();
}

void AgentDialog::showKind()
{
    m_endpointSection->setVisible(m_target->isRuntime());
    fit();
}

void AgentDialog::showSignIn()
{
    m_templateSection->setVisible(m_socket->usesTemplate());
    m_tokenSection->setVisible(m_signIn->auth() == AuthMethod::Bearer && !m_isBuiltIn);
    m_sentTokenSection->setVisible(m_signIn->hasTokens());
    m_sentToken->setAgent(edited());
    const bool isKeychain = m_book->secretDurability() == SecretDurability::Keychain;
    const QString kept = isKeychain
        ? tr("Kept in the system keychain, never shown again.")
        : tr("There is no usable keychain, so the token is kept for this session only.");
    const QString address = AgentBook::addressNote(m_token->typed());
    setHelp(m_tokenHelp,
            !address.isEmpty() ? address
                : m_socket->isSocket()
                ? tr("A token, or a presigned address that begins with wss://. %1").arg(kept)
                : kept);
    fit();
}

void AgentDialog::setMoreShown(bool isShown)
{
    m_more->setVisible(isShown);
    m_moreButton->setText(isShown ? tr("Less") : tr("More"));
    fit();
}

void AgentDialog::askForToken()
{
    if (m_agent.id.isEmpty() || m_isBuiltIn)
        return;
    whenDone(m_book->hasToken(m_agent.id), this, [this](const Result<bool> &has) {
        if (has)
            m_token->setKept(*has);
        else
            setHelp(m_tokenHelp, has.error().message);
        fit();
    });
}

void AgentDialog::forgetToken()
{
    whenDone(m_book->removeToken(m_agent.id), this, [this](const Result<void> &removed) {
        if (removed)
            m_token->setKept(false);
        setFailure(removed ? QString() : removed.error().message);
    });
}

void AgentDialog::save()
{
    if (m_isSaved) {
        accept();
        return;
    }
    m_target->splitEndpointArn();
    const Agent draft = edited();
    if (draft.name.isEmpty()) {
        refuse({.kind = ErrorKind::Internal, .message = tr("Give the agent a name.")});
        goTo(m_name);
        return;
    }
    if (draft.network)
        keepNetwork(draft);
    else
        keep(draft);
}

void AgentDialog::keepNetwork(const Agent &draft)
{
    const auto fail = [this](const Error &error) {
        setBusy(false);
        setFailure(error.message);
        setMoreShown(true);
        goTo(m_networkFields->faultyField());
    };
    setBusy(true);
    whenDone(m_networkBook->check(*draft.network, m_networkFields->typed()), this,
             [this, draft, fail](const Result<void> &usable) {
                 if (!usable) {
                     fail(usable.error());
                     return;
                 }
                 whenDone(m_networkBook->keep(*draft.network, m_networkFields->typed()), this,
                          [this, draft, fail](const Result<SecretDurability> &kept) {
                              if (!kept) {
                                  fail(kept.error());
                                  return;
                              }
                              setBusy(false);
                              keep(draft);
                          });
             });
}

void AgentDialog::keep(const Agent &draft)
{
    const Result<Agent> kept = m_book->save(draft);
    if (!kept) {
        refuse(kept.error());
        return;
    }
    if (m_agent.network && m_networkBook)
        m_networkBook->forgetUnused(*m_agent.network);
    m_agent = *kept;
    setFailure({});
    if (draft.auth == AuthMethod::Bearer && !m_token->typed().isEmpty()) {
        keepToken();
        return;
    }
    Q_EMIT saved(m_agent.id);
    accept();
}

void AgentDialog::keepToken()
{
    setBusy(true);
    whenDone(m_book->setToken(m_agent.id, m_token->typed()), this,
             [this](const Result<SecretDurability> &kept) {
                 setBusy(false);
                 onTokenKept(kept);
             });
}

void AgentDialog::onTokenKept(const Result<SecretDurability> &kept)
{
    if (!kept) {
        refuse(kept.error());
        return;
    }
    m_token->clear();
    m_token->setKept(true);
    Q_EMIT saved(m_agent.id);
    if (*kept == SecretDurability::Keychain) {
        accept();
        return;
    }
    // It was hoped to be kept for longer: that must be read before the dialog goes.
    m_isSaved = true;
    setHelp(m_tokenHelp, tr("There is no usable keychain, so the token is kept for this session only."));
    m_tokenHelp->setInk(ColourRole::Caution);
    m_save->setText(tr("Done"));
    m_cancel->hide();
    fit();
}

void AgentDialog::setBusy(bool isBusy)
{
    m_save->setEnabled(!isBusy);
    m_save->setText(isBusy ? tr("Saving…") : tr("Save"));
}

void AgentDialog::refuse(const Error &error)
{
    setFailure(error.message);
    switch (error.kind) {
    case ErrorKind::InvalidTarget:
    case ErrorKind::InsecureHttp:
        // Said once: the card stays until the field is edited.
        goTo(m_target->refuse());
        break;
    case ErrorKind::InvalidTemplate:
        setMoreShown(true);
        goTo(m_template);
        break;
    case ErrorKind::InvalidHeader:
        setMoreShown(true);
        goTo(m_headers);
        break;
    default:
        break;
    }
}

} // namespace Parlance
