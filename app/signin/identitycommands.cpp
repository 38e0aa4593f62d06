// SPDX-License-Identifier: Apache-2.0
#include "signin/identitycommands.h"

#include "core/whendone.h"
#include "signin/identitiesdialog.h"
#include "signin/identitydialog.h"
#include "signin/identitywords.h"
#include "signin/mfadialog.h"
#include "signin/signindialog.h"
#include "window/notices.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {
namespace {

QString noticeKey(const IdentityId &id)
{
    return u"identity-"_s + id.value();
}

void open(QDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace

IdentityCommands::IdentityCommands(const Theme *theme, IdentityBook *book, Notices *notices, QWidget *window)
    : QObject(window)
    , m_theme(theme)
    , m_book(book)
    , m_notices(notices)
    , m_window(window)
{
    connect(book, &IdentityBook::stateChanged, this, &IdentityCommands::onStateChanged);
    connect(book, &IdentityBook::mfaCodeAsked, this, &IdentityCommands::askMfaCode);
    connect(book, &IdentityBook::clockCorrected, this, &IdentityCommands::tellClock);
    connect(book, &IdentityBook::revocationFailed, this,
            [this](const Identity &identity, const Error &error) {
                tell(tr("%1 was removed here, but its provider could not be told to end the sign-in. %2")
                         .arg(identity.name, error.message),
                     true);
            });
    connect(book, &IdentityBook::identityRemoved, this,
            [this](const IdentityId &id) { m_notices->dismiss(noticeKey(id)); });
}

bool IdentityCommands::isSignedIn(const IdentityState &state)
{
    return state.kind == IdentityState::Kind::SignedIn || state.kind == IdentityState::Kind::Renewing;
}

void IdentityCommands::openAll()
{
    for (const Identity &identity : m_book->identities())
        look(identity.id);
    open(new IdentitiesDialog(m_theme, m_book, this, m_window));
}

void IdentityCommands::look(const IdentityId &id)
{
    const Identity *identity = m_book->find(id);
    if (identity && IdentityWords::isPerson(*identity)
        && m_book->state(id).kind == IdentityState::Kind::Unknown)
        m_book->check(id);
}

void IdentityCommands::signIn(const IdentityId &id, QWidget *over)
{
    const Identity *identity = m_book->find(id);
    if (!identity)
        return;
    std::unique_ptr<SignIn> signIn = m_book->signIn(id);
    if (!signIn) {
        edit(id, over);
        return;
    }
    auto *dialog = new SignInDialog(m_theme, std::move(signIn),
                                    tr("%1, %2").arg(identity->name, IdentityWords::kind(*identity)),
                                    over ? over : m_window);
    if (m_openBrowser)
        dialog->setBrowser(m_openBrowser);
    open(dialog);
}

void IdentityCommands::signOut(const IdentityId &id)
{
    whenDone(m_book->signOut(id), this, [this](const Result<void> &done) {
        tell(done ? tr("Signed out.") : done.error().message, !done);
    });
}

void IdentityCommands::check(const IdentityId &id)
{
    whenDone(m_book->check(id), this, [this](const Result<QString> &who) {
        tell(!who                 ? who.error().message
                 : who->isEmpty() ? tr("This identity can prove itself.")
                                  : tr("This identity can prove itself, as %1.").arg(*who),
             !who);
    });
}

void IdentityCommands::edit(const IdentityId &id, QWidget *over)
{
    const Identity *identity = m_book->find(id);
    open(new IdentityDialog(m_theme, m_book, identity ? std::optional<Identity>(*identity) : std::nullopt,
                            over ? over : m_window));
}

void IdentityCommands::remove(const IdentityId &id, QWidget *over)
{
    const Identity *identity = m_book->find(id);
    if (!identity)
        return;
    m_notices->ask({.title = tr("Remove the identity %1?").arg(identity->name),
                    .text = tr("It is signed out, and what the keychain has of it goes too. Agents that name "
                               "it need another."),
                    .yes = tr("Remove")},
                   over ? over : m_window, [this, id] {
                       whenDone(m_book->remove(id), this, [this](const Result<void> &removed) {
                           if (!removed)
                               tell(removed.error().message, true);
                       });
                   });
}

void IdentityCommands::tell(const QString &text, bool isBad)
{
    Q_EMIT said(isBad ? text : QString());
    m_notices->show({.key = u"identity"_s,
                     .tone = isBad ? NoticeTone::Bad : NoticeTone::Plain,
                     .text = text,
                     .lifetime = isBad ? 0ms : std::chrono::milliseconds(6s)});
}

void IdentityCommands::onStateChanged(const IdentityId &id)
{
    const Identity *identity = m_book->find(id);
    const IdentityState state = m_book->state(id);
    if (!identity || state.kind != IdentityState::Kind::Ended) {
        m_notices->dismiss(noticeKey(id));
        return;
    }
    m_notices->show(
        {.key = noticeKey(id),
         .tone = NoticeTone::Caution,
         .text = tr("The sign-in of %1 has ended. %2").arg(identity->name, state.reason).trimmed(),
         .actionText = IdentityWords::isPerson(*identity) ? tr("Sign in…") : tr("Edit identity…"),
         .action = [this, id] { signIn(id); }});
}

void IdentityCommands::askMfaCode(const MfaCodeQuestion &question)
{
    auto *dialog = new MfaDialog(m_theme, question, m_window);
    connect(dialog, &MfaDialog::answered, m_book, &IdentityBook::answerMfaCode);
    open(dialog);
}

void IdentityCommands::tellClock(std::chrono::seconds correction)
{
    const int minutes = int(std::abs(correction.count()) / 60);
    m_notices->show({.key = u"clock"_s,
                     .tone = NoticeTone::Caution,
                     .text = correction.count() > 0
                         ? tr("This computer's clock is %n minute(s) behind. Requests are signed with the "
                              "service's time; set the clock.",
                              nullptr, minutes)
                         : tr("This computer's clock is %n minute(s) ahead. Requests are signed with the "
                              "service's time; set the clock.",
                              nullptr, minutes)});
}

} // namespace Parlance
