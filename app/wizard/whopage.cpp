// SPDX-License-Identifier: Apache-2.0
#include "wizard/whopage.h"

#include "chat/takeproposal.h"
#include "chat/workspace.h"
#include "core/whendone.h"
#include "dialogs/formfields.h"
#include "dialogs/themedlabel.h"
#include "dialogs/tokenfield.h"
#include "signin/identitycommands.h"
#include "signin/identitydialog.h"
#include "signin/identitywords.h"
#include "signin/signinchoice.h"
#include "theme/metrics.h"

#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// "https://cognito-idp.REGION.amazonaws.com/POOL"
QString poolOf(const QString &issuer)
{
    const QUrl url(issuer);
    return url.host().startsWith("cognito-idp."_L1) ? url.path().section(u'/', 1, 1) : QString();
}

bool isOf(const Identity &identity, const QString &issuer)
{
    if (const auto *user = std::get_if<CognitoUser>(&identity.kind))
        return !issuer.isEmpty() && user->poolId == issuer.section(u'/', -1);
    if (const auto *user = std::get_if<BrowserUser>(&identity.kind))
        return user->issuer == issuer;
    if (const auto *client = std::get_if<MachineClient>(&identity.kind))
        return client->issuer == issuer;
    return false;
}

Identity newOf(const AuthFinding &finding)
{
    if (const QString pool = poolOf(finding.issuer); !pool.isEmpty())
        return {.kind = CognitoUser{.poolId = pool}};
    BrowserUser user{.issuer = finding.issuer};
    for (const QString &scope : finding.scopes) {
        if (!user.scopes.contains(scope))
            user.scopes.append(scope);
    }
    return {.kind = user};
}

} // namespace

WhoPage::WhoPage(const Theme *theme, Workspace *workspace, IdentityCommands *identities)
    : WizardPage(tr("Who you are"))
    , m_theme(theme)
    , m_workspace(workspace)
    , m_identities(identities)
    , m_finding(new ThemedLabel(theme, FontRole::Body, ColourRole::Ink))
    , m_choice(new SignInChoice(theme, workspace->identities()))
    , m_suggestion(new QPushButton)
    , m_tokenPart(new QWidget)
    , m_token(new TokenField(theme))
    , m_state(new ThemedLabel(theme, FontRole::Small, ColourRole::InkQuiet))
    , m_signIn(new QPushButton(tr("Sign in…")))
{
    const FormFields fields = FormFields::on(theme, this);
    m_finding->setObjectName(u"finding"_s);
    m_finding->setWordWrap(true);
    fields.column()->addWidget(m_finding);
    fields.addGap(Metric::within);
    m_choice->setObjectName(u"signIn"_s);
    fields.addField(tr("Sign in"), m_choice);
    m_suggestion->setObjectName(u"suggestion"_s);
    // Enter presses it while it has the keyboard.
    m_suggestion->setAutoDefault(true);
    fields.column()->addWidget(m_suggestion, 0, Qt::AlignLeft);
    FormFields::on(theme, m_tokenPart).addField(tr("Token"), m_token);
    fields.column()->addWidget(m_tokenPart);
    m_state->setObjectName(u"identityState"_s);
    m_state->setWordWrap(true);
    fields.column()->addWidget(m_state);
    m_signIn->setObjectName(u"signInNow"_s);
    m_signIn->setAutoDefault(true);
    fields.column()->addWidget(m_signIn, 0, Qt::AlignLeft);
    fields.addGap(Metric::within);
    fields.addHelp(
        tr("An identity is kept as soon as it is made, since other agents can use it too. A token is "
           "kept with the agent, in the keychain, at the end."));
    connect(m_choice, &SignInChoice::chosen, this, [this] {
        m_isChosenByHand = m_isChosenByHand || !m_isChoosing;
        m_identities->look(m_choice->identity());
        refresh();
    });
    connect(m_suggestion, &QPushButton::clicked, this, &WhoPage::takeSuggestion);
    connect(m_signIn, &QPushButton::clicked, this,
            [this] { m_identities->signIn(m_choice->identity(), window()); });
    connect(workspace->identities(), &IdentityBook::stateChanged, this, &WhoPage::refresh);
    connect(workspace->identities(), &IdentityBook::identityChanged, this, &WhoPage::refresh);
}

void WhoPage::enter(const WizardDraft &draft)
{
    if (m_draft.source == draft.source)
        return;
    m_draft = draft;
    m_isChosenByHand = false;
    suggest({});
    choose(draft.agent.auth, draft.agent.identity);
    if (draft.identity) {
        const std::optional<Identity> wanted =
            identityFor(*m_workspace->identities(), {.agent = draft.agent, .identity = draft.identity});
        if (wanted && !wanted->id.isEmpty())
            choose(AuthMethod::Identity, wanted->id);
        else
            suggest(wanted);
    }
    probe();
}

void WhoPage::probe()
{
    m_finding->setText(tr("Asking the agent how to sign in…"));
    whenDone(m_workspace->authProbe()->probe(m_draft.agent.target, m_draft.agent.qualifier), this,
             [this, source = m_draft.source](const Result<AuthFinding> &finding) {
                 if (source == m_draft.source)
                     onFinding(finding);
             });
}

void WhoPage::onFinding(const Result<AuthFinding> &finding)
{
    using Kind = AuthFinding::Kind;
    if (!finding) {
        m_finding->setText(tr("How to sign in could not be found out: %1").arg(finding.error().message));
    } else if (finding->kind == Kind::Iam) {
        m_finding->setText(tr("This agent wants requests signed with AWS keys."));
    } else if (finding->kind == Kind::OAuth) {
        const QString who = finding->issuer.isEmpty()
            ? tr("This agent wants a token.")
            : tr("This agent wants a token of %1.").arg(finding->issuer);
        m_finding->setText(finding->sentence.isEmpty() ? who : tr("%1 %2").arg(who, finding->sentence));
    } else if (finding->kind == Kind::None) {
        m_finding->setText(tr("This agent asks for no sign-in."));
    } else {
        m_finding->setText(finding->sentence);
    }
    if (finding && !m_isChosenByHand)
        prefer(*finding);
    Q_EMIT changed();
}

void WhoPage::prefer(const AuthFinding &finding)
{
    using Kind = AuthFinding::Kind;
    const Identity *chosen = m_workspace->identities()->find(m_choice->identity());
    if (finding.kind == Kind::None) {
        // What the source tells may be right all the same: a server may ask only when it is invoked.
        if (!m_draft.identity && m_draft.agent.auth == AuthMethod::None)
            choose(AuthMethod::None);
        return;
    }
    if (finding.kind == Kind::Unknown || (chosen && chosen->isAws() == (finding.kind == Kind::Iam)))
        return;
    const bool isProposed = m_suggested && m_suggested->isAws() == (finding.kind == Kind::Iam);
    const std::optional<Identity> fits = isProposed ? m_suggested : fitting(finding);
    if (fits && !fits->id.isEmpty())
        choose(AuthMethod::Identity, fits->id);
    else
        suggest(fits);
}

std::optional<Identity> WhoPage::fitting(const AuthFinding &finding) const
{
    const IdentityBook &book = *m_workspace->identities();
    if (finding.kind == AuthFinding::Kind::Iam) {
        Agent agent = m_draft.agent;
        agent.auth = AuthMethod::Identity;
        agent.identity = {};
        return identityFor(book, {.agent = agent});
    }
    const auto known = std::ranges::find_if(
        book.identities(), [&finding](const Identity &one) { return isOf(one, finding.issuer); });
    return known == book.identities().end() ? newOf(finding) : *known;
}

void WhoPage::choose(AuthMethod auth, const IdentityId &identity)
{
    m_isChoosing = true;
    m_choice->load({.auth = auth, .identity = identity});
    m_isChoosing = false;
}

void WhoPage::suggest(const std::optional<Identity> &identity)
{
    m_suggested = identity;
    if (identity && identity->isAws())
        m_suggestion->setText(tr("Use %1").arg(IdentityWords::kind(*identity)));
    else if (identity)
        m_suggestion->setText(tr("New identity for it…"));
    refresh();
}

void WhoPage::takeSuggestion()
{
    if (!m_suggested)
        return;
    const auto use = [this](const IdentityId &id) {
        suggest({});
        choose(AuthMethod::Identity, id);
        m_choice->setFocus(Qt::OtherFocusReason);
    };
    if (m_suggested->isAws()) {
        if (const Result<Identity> saved = m_workspace->identities()->save(*m_suggested))
            use(saved->id);
        return;
    }
    auto *dialog = new IdentityDialog(m_theme, m_workspace->identities(), m_suggested, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &IdentityDialog::saved, this, use);
    dialog->open();
}

void WhoPage::refresh()
{
    const Identity *identity = m_workspace->identities()->find(m_choice->identity());
    const IdentityState state = identity ? m_workspace->identities()->state(identity->id) : IdentityState();
    const bool isPerson = identity && IdentityWords::isPerson(*identity);
    FormFields::setHelp(m_state,
                        identity ? IdentityWords::state(state, QDateTime::currentDateTimeUtc()) : QString());
    m_signIn->setVisible(isPerson && !IdentityCommands::isSignedIn(state)
                         && state.kind != IdentityState::Kind::Unknown);
    m_suggestion->setVisible(m_suggested && !identity);
    m_tokenPart->setVisible(m_choice->auth() == AuthMethod::Bearer);
    Q_EMIT changed();
}

QString WhoPage::leave(WizardDraft &draft)
{
    draft.agent.auth = m_choice->auth();
    draft.agent.identity = m_choice->identity();
    const bool isBearer = draft.agent.auth == AuthMethod::Bearer;
    draft.token = isBearer ? m_token->typed() : Secret();
    return isBearer && draft.token.isEmpty() ? tr("Paste the token, or choose another way to sign in.")
                                             : QString();
}

QWidget *WhoPage::firstField() const
{
    return m_suggestion->isVisibleTo(this) ? static_cast<QWidget *>(m_suggestion) : m_choice;
}

bool WhoPage::hasTyped() const
{
    return !m_token->typed().isEmpty();
}

} // namespace Parlance
