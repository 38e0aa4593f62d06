// SPDX-License-Identifier: Apache-2.0
#include "signin/identitydialog.h"

#include "core/whendone.h"
#include "dialogs/formfields.h"
#include "dialogs/themedlabel.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

bool isThere(const std::optional<Identity> &existing)
{
    return existing && !existing->id.isEmpty();
}

} // namespace

IdentityDialog::IdentityDialog(const Theme *theme, IdentityBook *book,
                               const std::optional<Identity> &existing, QWidget *parent)
    : FormDialog(theme, isThere(existing) ? tr("Edit %1").arg(existing->name) : tr("New identity"),
                 tr("Who you are to one or more agents. Passwords are never kept."), parent)
    , m_book(book)
    , m_identity(existing.value_or(Identity{.kind = CognitoUser{}}))
{
    setObjectName(u"identityDialog"_s);
    m_kind = new QComboBox;
    m_kind->setObjectName(u"identityKind"_s);
    m_kind->addItem(tr("User and password (Cognito user pool)"));
    m_kind->addItem(tr("In the browser (OpenID provider)"));
    m_kind->addItem(tr("A client of its own (client credentials)"));
    m_kind->addItem(tr("AWS keys"));
    addField(body(), tr("Kind"), m_kind);
    m_kind->setEnabled(!isThere(existing));
    makeCognito();
    makeBrowser();
    makeMachine();
    makeAws();
    m_name = new QLineEdit;
    m_name->setObjectName(u"identityName"_s);
    m_name->setPlaceholderText(tr("Named by itself if left empty"));
    addField(body(), tr("Name"), m_name);
    body()->addStretch();
    QPushButton *cancel = addButton(tr("Cancel"));
    cancel->setObjectName(u"cancelIdentity"_s);
    m_save = addDefaultButton(isThere(existing) ? tr("Save") : tr("Add identity"));
    m_save->setObjectName(u"saveIdentity"_s);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &IdentityDialog::save);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &IdentityDialog::showKind);
    load();
    showKind();
    if (isThere(existing))
        m_name->setFocus();
    else
        m_kind->setFocus();
}

IdentityDialog::Fields &IdentityDialog::begin(Kind kind)
{
    Fields &fields = m_fields[size_t(kind)];
    fields.part = new QWidget;
    FormFields::on(theme(), fields.part);
    body()->addWidget(fields.part);
    return fields;
}

QLineEdit *IdentityDialog::addText(Fields &fields, const QString &label, const QString &name,
                                   const QString &hint, const QString &help)
{
    auto *field = new QLineEdit;
    field->setObjectName(name);
    field->setPlaceholderText(hint);
    auto *column = qobject_cast<QVBoxLayout *>(fields.part->layout());
    setHelp(addField(column, label, field), help);
    connect(field, &QLineEdit::textEdited, this, [this] { setFailure({}); });
    return field;
}

void IdentityDialog::addSecret(Fields &fields, bool isKept)
{
    fields.secret = addText(fields, tr("Client secret"), u"clientSecret"_s,
                            isKept ? tr("One is kept; type to replace it") : tr("None"),
                            tr("Kept in the system keychain, never shown again."));
    fields.secret->setEchoMode(QLineEdit::Password);
}

void IdentityDialog::makeCognito()
{
    const auto *user = std::get_if<CognitoUser>(&m_identity.kind);
    Fields &fields = begin(Kind::Cognito);
    fields.place = addText(fields, tr("User pool id or discovery URL"), u"pool"_s, u"eu-west-1_AbCdEfGhI"_s);
    fields.client = addText(fields, tr("Client id"), u"poolClient"_s);
    addSecret(fields, user && user->hasClientSecret);
    fields.userName = addText(fields, tr("User name"), u"poolUser"_s, tr("Asked when you sign in"));
    fields.serviceUrl =
        addText(fields, tr("Service address"), u"serviceUrl"_s, tr("The one of the pool’s region"));
}

void IdentityDialog::makeBrowser()
{
    const auto *user = std::get_if<BrowserUser>(&m_identity.kind);
    Fields &fields = begin(Kind::Browser);
    fields.place =
        addText(fields, tr("Issuer or discovery URL"), u"issuer"_s, u"https://login.example.com"_s);
    fields.client = addText(fields, tr("Client id"), u"browserClient"_s);
    addSecret(fields, user && user->hasClientSecret);
    fields.scopes = addText(fields, tr("Scopes"), u"scopes"_s, u"openid"_s);
    fields.redirect = addText(fields, tr("Redirect URI"), u"redirect"_s, {},
                              tr("Register exactly this with the provider; it compares byte for byte."));
}

void IdentityDialog::makeMachine()
{
    const bool isMachine = std::holds_alternative<MachineClient>(m_identity.kind);
    Fields &fields = begin(Kind::Machine);
    fields.place = addText(fields, tr("Issuer or discovery URL"), u"machineIssuer"_s);
    fields.client = addText(fields, tr("Client id"), u"machineClient"_s);
    addSecret(fields, isMachine);
    fields.scopes = addText(fields, tr("Scopes"), u"machineScopes"_s);
}

void IdentityDialog::makeAws()
{
    Fields &fields = begin(Kind::Aws);
    m_profile = new QComboBox;
    m_profile->setObjectName(u"profile"_s);
    m_profileHelp = addField(qobject_cast<QVBoxLayout *>(fields.part->layout()), tr("Profile"), m_profile);
    setHelp(m_profileHelp, tr("Keys are read when they are needed, and not kept."));
}

void IdentityDialog::load()
{
    m_name->setText(m_identity.name);
    m_fields[size_t(Kind::Browser)].scopes->setText(BrowserUser().scopes.join(u' '));
    m_fields[size_t(Kind::Browser)].redirect->setText(BrowserUser().redirectUri);
    QString profile;
    Fields &fields = m_fields[m_identity.kind.index()];
    m_kind->setCurrentIndex(int(m_identity.kind.index()));
    if (const auto *user = std::get_if<CognitoUser>(&m_identity.kind)) {
        fields.place->setText(user->poolId);
        fields.client->setText(user->clientId);
        fields.userName->setText(user->userName);
        fields.serviceUrl->setText(user->serviceUrl);
    } else if (const auto *person = std::get_if<BrowserUser>(&m_identity.kind)) {
        fields.place->setText(person->issuer);
        fields.client->setText(person->clientId);
        fields.scopes->setText(person->scopes.join(u' '));
        fields.redirect->setText(person->redirectUri);
    } else if (const auto *machine = std::get_if<MachineClient>(&m_identity.kind)) {
        fields.place->setText(machine->issuer);
        fields.client->setText(machine->clientId);
        fields.scopes->setText(machine->scopes.join(u' '));
    } else {
        profile = std::get<AwsKeys>(m_identity.kind).profile;
    }
    loadProfiles(profile);
}

void IdentityDialog::loadProfiles(const QString &wanted)
{
    m_profile->addItem(tr("The environment’s keys"), QString());
    const auto add = [this](const QString &name) {
        if (m_profile->findData(name) < 0)
            m_profile->addItem(name, name);
    };
    add(wanted);
    m_profile->setCurrentIndex(m_profile->findData(wanted));
    whenDone(m_book->awsProfiles(), this, [add](const QStringList &names) {
        for (const QString &name : names)
            add(name);
    });
}

IdentityDialog::Kind IdentityDialog::kind() const
{
    return Kind(m_kind->currentIndex());
}

void IdentityDialog::showKind()
{
    for (size_t i = 0; i < std::size(m_fields); ++i)
        m_fields[i].part->setVisible(i == size_t(kind()));
    setFailure({});
    fit();
}

Identity IdentityDialog::edited() const
{
    Identity identity = m_identity;
    identity.name = m_name->text();
    const Fields &fields = m_fields[size_t(kind())];
    const auto hasSecret = [&fields](const auto *before) {
        return !fields.secret->text().isEmpty() || (before && before->hasClientSecret);
    };
    const auto scopes = [&fields] {
        return fields.scopes->text().simplified().split(u' ', Qt::SkipEmptyParts);
    };
    switch (kind()) {
    case Kind::Cognito:
        identity.kind = CognitoUser{.poolId = fields.place->text(),
                                    .clientId = fields.client->text(),
                                    .hasClientSecret = hasSecret(std::get_if<CognitoUser>(&m_identity.kind)),
                                    .userName = fields.userName->text(),
                                    .serviceUrl = fields.serviceUrl->text().trimmed()};
        break;
    case Kind::Browser:
        identity.kind = BrowserUser{.issuer = fields.place->text(),
                                    .clientId = fields.client->text(),
                                    .hasClientSecret = hasSecret(std::get_if<BrowserUser>(&m_identity.kind)),
                                    .scopes = scopes(),
                                    .redirectUri = fields.redirect->text().trimmed()};
        break;
    case Kind::Machine:
        identity.kind = MachineClient{
            .issuer = fields.place->text(), .clientId = fields.client->text(), .scopes = scopes()};
        break;
    case Kind::Aws:
        identity.kind = AwsKeys{.profile = m_profile->currentData().toString()};
        break;
    }
    return identity;
}

void IdentityDialog::save()
{
    const QLineEdit *secret = m_fields[size_t(kind())].secret;
    const QString typed = secret ? secret->text() : QString();
    if (typed.isEmpty()) {
        onSaved(m_book->save(edited()));
        return;
    }
    // What is typed stays where it is until the keychain has it.
    setFailure({});
    m_save->setEnabled(false);
    whenDone(
        m_book->saveWithSecret(edited(), Secret(typed.toUtf8())), this,
        [this](const Result<Identity> &kept) {
            m_save->setEnabled(true);
            onSaved(kept);
        },
        [this] { m_save->setEnabled(true); });
}

void IdentityDialog::onSaved(const Result<Identity> &kept)
{
    if (!kept) {
        refuse(kept.error());
        return;
    }
    Q_EMIT saved(kept->id);
    accept();
}

void IdentityDialog::refuse(const Error &error)
{
    setFailure(error.message);
    // The first field without which it cannot be right, else the first of all.
    const Fields &fields = m_fields[size_t(kind())];
    if (error.kind == ErrorKind::KeychainLocked || error.kind == ErrorKind::KeychainRefused
        || error.kind == ErrorKind::KeychainUnavailable) {
        goTo(fields.secret);
        return;
    }
    for (QLineEdit *field : {fields.place, fields.client}) {
        if (field && field->text().trimmed().isEmpty()) {
            goTo(field);
            return;
        }
    }
    if (fields.place)
        goTo(fields.place);
}

} // namespace Parlance
