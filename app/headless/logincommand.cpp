// SPDX-License-Identifier: Apache-2.0
#include "headless/logincommand.h"

#include "chat/errorcatalogue.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

using Typing = Terminal::Typing;
constexpr int mostProblems = 3;

} // namespace

LoginCommand::LoginCommand(IdentityBook *identities, Terminal *terminal, SignIn::OpenBrowser open,
                           QObject *parent)
    : QObject(parent)
    , m_identities(identities)
    , m_terminal(terminal)
    , m_open(std::move(open))
{
}

void LoginCommand::start(const Identity &identity)
{
    m_name = identity.name;
    m_signIn = m_identities->signIn(identity.id);
    if (!m_signIn) {
        Terminal::noteLine(tr("“%1” needs no sign-in.").arg(m_name));
        end(2);
        return;
    }
    // Queued: a step may answer from inside the call that began it.
    connect(m_signIn.get(), &SignIn::pageChanged, this, &LoginCommand::onPage, Qt::QueuedConnection);
    connect(m_signIn.get(), &SignIn::signedIn, this, &LoginCommand::onSignedIn);
    onPage();
}

void LoginCommand::onPage()
{
    const SignInPage page = m_signIn->page();
    if (m_isDone || page.isBusy)
        return;
    if (page.problem) {
        const ErrorWords words = errorWords(*page.problem, nullptr);
        Terminal::noteLine(page.problem->message.isEmpty() ? words.title : page.problem->message);
        if (page.kind == SignInPage::Kind::Browser || ++m_problems >= mostProblems) {
            end(1);
            return;
        }
    }
    if (!page.note.isEmpty())
        Terminal::noteLine(page.note);
    show(page);
}

void LoginCommand::show(const SignInPage &page)
{
    using Kind = SignInPage::Kind;
    const Use answer = [this](const Secret &secret) { m_signIn->submitAnswer(secret); };
    switch (page.kind) {
    case Kind::Password:
        if (page.userName.isEmpty())
            ask(tr("User name:"), Typing::Shown,
                [this](const Secret &name) { askPassword(QString::fromUtf8(name.reveal())); });
        else
            askPassword(page.userName);
        break;
    case Kind::Browser:
        if (!m_isBrowserStarted)
            startBrowser();
        break;
    case Kind::NewPassword:
        askAttributes(page.attributes, {});
        break;
    case Kind::Code:
        ask(tr("Code:"), Typing::Hidden, answer);
        break;
    case Kind::ChooseMfa:
        askChoice(page);
        break;
    case Kind::SetUpApp:
        // The person must see this key once: it goes into the authenticator app.
        Terminal::noteLine(
            tr("Key for the authenticator app: %1").arg(QString::fromLatin1(page.setupKey.reveal())));
        ask(tr("Code that the app shows:"), Typing::Hidden, answer);
        break;
    case Kind::Custom:
        ask(tr("Answer:"), Typing::Hidden, answer);
        break;
    case Kind::ResetPassword:
        askReset();
        break;
    case Kind::NotHere:
        end(1);
        break;
    case Kind::Done:
        break;
    }
}

void LoginCommand::ask(const QString &question, Typing typing, const Use &use)
{
    m_terminal->ask(question, typing, [this, use](const std::optional<Secret> &answer) {
        if (answer) {
            use(*answer);
            return;
        }
        Terminal::noteLine(tr("The sign-in was given up."));
        end(1);
    });
}

void LoginCommand::askPassword(const QString &userName)
{
    ask(tr("Password of %1:").arg(userName), Typing::Hidden,
        [this, userName](const Secret &password) { m_signIn->submitPassword(userName, password); });
}

void LoginCommand::askNewPassword(const Use &use)
{
    ask(tr("New password:"), Typing::Hidden, [this, use](const Secret &first) {
        ask(tr("New password again:"), Typing::Hidden, [this, use, first](const Secret &second) {
            if (first == second) {
                use(first);
                return;
            }
            Terminal::noteLine(tr("These are not the same."));
            if (++m_problems >= mostProblems)
                end(1);
            else
                askNewPassword(use);
        });
    });
}

void LoginCommand::askAttributes(QStringList names, const QMap<QString, QString> &given)
{
    if (names.isEmpty()) {
        askNewPassword([this, given](const Secret &password) { m_signIn->submitAnswer(password, given); });
        return;
    }
    const QString name = names.takeFirst();
    ask(name + u':', Typing::Shown, [this, names, given, name](const Secret &value) {
        QMap<QString, QString> more = given;
        more.insert(name, QString::fromUtf8(value.reveal()));
        askAttributes(names, more);
    });
}

void LoginCommand::askChoice(const SignInPage &page)
{
    for (qsizetype index = 0; index < page.choices.size(); ++index)
        Terminal::noteLine(u"%1. %2"_s.arg(index + 1).arg(page.choices.at(index).label));
    ask(tr("Number:"), Typing::Shown, [this, page](const Secret &answer) {
        const int number = answer.reveal().trimmed().toInt();
        if (number >= 1 && number <= page.choices.size()) {
            m_signIn->choose(page.choices.at(number - 1).value);
            return;
        }
        if (++m_problems >= mostProblems)
            end(1);
        else
            askChoice(page);
    });
}

void LoginCommand::askReset()
{
    ask(tr("Code that was sent:"), Typing::Hidden, [this](const Secret &code) {
        askNewPassword([this, code](const Secret &password) {
            m_signIn->resetPassword(QString::fromUtf8(code.reveal()), password);
        });
    });
}

void LoginCommand::startBrowser()
{
    m_isBrowserStarted = true;
    m_signIn->openBrowser([this](const QUrl &url) {
        Terminal::noteLine(tr("Sign in in the browser. If none opens, open this address yourself:"));
        Terminal::noteLine(QString::fromLatin1(url.toEncoded()));
        // Without a browser of its own the address above is still good.
        m_open(url);
        return true;
    });
}

void LoginCommand::onSignedIn(bool isLasting)
{
    if (m_signIn->page().sentPassword)
        Terminal::noteLine(tr("This client does not allow SRP, so the password itself was sent."));
    if (!isLasting) {
        Terminal::noteLine(tr("Signed in, but there is no keychain to keep that for the next command."));
        end(2);
        return;
    }
    Terminal::noteLine(tr("Signed in with “%1”.").arg(m_name));
    end(0);
}

void LoginCommand::end(int exitCode)
{
    if (std::exchange(m_isDone, true))
        return;
    // Queued: the sign-in is still on the stack.
    QMetaObject::invokeMethod(
        this, [this, exitCode] { Q_EMIT done(exitCode); }, Qt::QueuedConnection);
}

} // namespace Parlance
