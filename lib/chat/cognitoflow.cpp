// SPDX-License-Identifier: Apache-2.0
#include "chat/cognitoflow.h"

#include "core/whendone.h"

#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

SignInPage firstPage(const QString &userName)
{
    return SignInPage{.kind = SignInPage::Kind::Password, .userName = userName};
}

// The form that authenticator apps read from a QR code.
QUrl setupUri(const QString &userName, const Secret &key)
{
    QUrl uri;
    uri.setScheme(u"otpauth"_s);
    uri.setHost(u"totp"_s);
    uri.setPath(u"/Cognito:"_s + userName);
    QUrlQuery query;
    query.addQueryItem(u"secret"_s, QString::fromLatin1(key.reveal()));
    query.addQueryItem(u"issuer"_s, u"Cognito"_s);
    uri.setQuery(query);
    return uri;
}

} // namespace

CognitoFlow::CognitoFlow(CognitoUser user, ReadSecret readSecret, HttpCaller *http, TokenKeeper *keeper)
    : m_user(std::move(user))
    , m_readSecret(std::move(readSecret))
    , m_http(http)
    , m_keeper(keeper)
    , m_page(firstPage(m_user.userName))
{
}

CognitoPool CognitoFlow::pool(const CognitoUser &user, const Secret &clientSecret)
{
    return CognitoPool{.poolId = user.poolId,
                       .clientId = user.clientId,
                       .clientSecret = clientSecret,
                       .serviceUrl = user.serviceUrl.toUtf8()};
}

// Runs a step once the client's secret is known, which it is after the first.
void CognitoFlow::begin(const std::function<void()> &step)
{
    const int began = ++m_step;
    m_page.isBusy = true;
    m_page.problem.reset();
    Q_EMIT pageChanged();
    if (m_signIn) {
        step();
        return;
    }
    const auto start = [this, step](const Secret &secret) {
        m_signIn = std::make_unique<CognitoSignIn>(m_http, pool(m_user, secret));
        step();
    };
    if (!m_user.hasClientSecret) {
        start({});
        return;
    }
    whenDone(m_readSecret(), this, [this, start, began](const Result<std::optional<Secret>> &secret) {
        if (began != m_step)
            return;
        if (!secret)
            fail(secret.error());
        else
            start(secret->value_or(Secret()));
    });
}

void CognitoFlow::await(const QFuture<Result<CognitoStep>> &step)
{
    whenDone(step, this, [this](const Result<CognitoStep> &result) { onStep(result); });
}

void CognitoFlow::submitPassword(const QString &userName, const Secret &password)
{
    m_page.userName = userName.trimmed();
    begin([this, password] { await(m_signIn->signIn(m_page.userName, password)); });
}

void CognitoFlow::submitAnswer(const Secret &answer, const QMap<QString, QString> &attributes)
{
    begin([this, answer, attributes] {
        await(m_signIn->answer(CognitoAnswer{.text = answer, .attributes = attributes}));
    });
}

void CognitoFlow::choose(const QString &value)
{
    begin([this, value] { await(m_signIn->answer(CognitoAnswer{.choice = value})); });
}

void CognitoFlow::forgotPassword(const QString &userName)
{
    m_page.userName = userName.trimmed();
    begin([this] {
        whenDone(m_signIn->forgotPassword(m_page.userName), this, [this](const Result<QString> &destination) {
            if (!destination) {
                fail(destination.error());
                return;
            }
            show({.kind = SignInPage::Kind::ResetPassword,
                  .note = destination->isEmpty() ? tr("A code was sent to you.")
                                                 : tr("A code was sent to %1.").arg(*destination),
                  .userName = m_page.userName});
        });
    });
}

void CognitoFlow::resetPassword(const QString &code, const Secret &newPassword)
{
    begin([this, code, newPassword] {
        whenDone(m_signIn->confirmForgotPassword(m_page.userName, code.trimmed(), newPassword), this,
                 [this, newPassword](const Result<void> &confirmed) {
                     if (confirmed)
                         await(m_signIn->signIn(m_page.userName, newPassword));
                     else
                         fail(confirmed.error());
                 });
    });
}

void CognitoFlow::cancel()
{
    ++m_step;
    m_signIn.reset();
    show(firstPage(m_page.userName));
}

void CognitoFlow::onStep(const Result<CognitoStep> &step)
{
    if (!step)
        fail(step.error());
    else if (const auto *tokens = std::get_if<TokenSet>(&*step))
        keep(*tokens);
    else
        show(std::get<CognitoChallenge>(*step));
}

void CognitoFlow::show(const CognitoChallenge &challenge)
{
    using Kind = SignInPage::Kind;
    SignInPage page{.userName = m_page.userName};
    const auto sentTo = [&challenge](const QString &known, const QString &unknown) {
        return challenge.destination.isEmpty() ? unknown : known.arg(challenge.destination);
    };
    switch (challenge.kind) {
    case CognitoChallengeKind::NewPassword:
        page.kind = Kind::NewPassword;
        page.note = tr("Your password was a temporary one. Choose your own.");
        page.attributes = challenge.requiredAttributes;
        break;
    case CognitoChallengeKind::SmsCode:
        page.kind = Kind::Code;
        page.note =
            sentTo(tr("A code was sent to %1 by text message."), tr("A code was sent by text message."));
        break;
    case CognitoChallengeKind::EmailCode:
        page.kind = Kind::Code;
        page.note = sentTo(tr("A code was sent to %1 by e-mail."), tr("A code was sent by e-mail."));
        break;
    case CognitoChallengeKind::AppCode:
        page.kind = Kind::Code;
        page.note = tr("Enter the code that your authenticator app shows now.");
        break;
    case CognitoChallengeKind::ChooseMfa:
        page.kind = Kind::ChooseMfa;
        page.note = tr("How do you want to prove that it is you?");
        for (const QString &choice : challenge.choices) {
            const QString label = choice.startsWith("SMS"_L1) ? tr("By text message")
                : choice == u"SOFTWARE_TOKEN_MFA"             ? tr("By authenticator app")
                : choice.startsWith("EMAIL"_L1)               ? tr("By e-mail")
                                                              : choice;
            page.choices.append({.value = choice, .label = label});
        }
        break;
    case CognitoChallengeKind::SetUpApp:
        page.kind = Kind::SetUpApp;
        page.note = tr("Add this key to an authenticator app, then enter the code it shows.");
        page.setupKey = challenge.setupKey;
        page.setupUri = setupUri(m_page.userName, challenge.setupKey);
        break;
    case CognitoChallengeKind::Custom: {
        page.kind = Kind::Custom;
        QStringList lines;
        for (auto one = challenge.parameters.begin(); one != challenge.parameters.end(); ++one) {
            if (!one.key().startsWith("USER"_L1))
                lines.append(*one);
        }
        page.note = lines.join(u'\n');
        break;
    }
    case CognitoChallengeKind::Password:
        page.kind = Kind::Password;
        break;
    case CognitoChallengeKind::Unknown:
        page.kind = Kind::NotHere;
        page.note = tr("This user pool asks for %1, which works only in a browser. Sign in with the browser "
                       "instead.")
                        .arg(challenge.name);
        break;
    }
    show(std::move(page));
}

void CognitoFlow::show(SignInPage page)
{
    m_page = std::move(page);
    Q_EMIT pageChanged();
}

void CognitoFlow::fail(const Error &error)
{
    m_page.isBusy = false;
    m_page.problem = error;
    Q_EMIT pageChanged();
}

void CognitoFlow::keep(const TokenSet &tokens)
{
    if (!m_keeper) {
        fail(Error{.kind = ErrorKind::Cancelled, .message = tr("This identity was removed meanwhile.")});
        return;
    }
    const bool sentPassword = m_signIn->usedFlow() == CognitoSignIn::Flow::Password;
    whenDone(m_keeper->accept(tokens), this, [this, sentPassword](const Result<SecretDurability> &kept) {
        show({.kind = SignInPage::Kind::Done,
              .userName = m_page.userName,
              .sentPassword = sentPassword,
              .provedPassword = !sentPassword});
        Q_EMIT signedIn(kept && *kept == SecretDurability::Keychain);
    });
}

} // namespace Parlance
