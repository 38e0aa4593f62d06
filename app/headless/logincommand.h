// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/identitybook.h"
#include "chat/signin.h"
#include "headless/terminal.h"

#include <QObject>

namespace Parlance {

//! One sign-in, asked page by page on the terminal.
class LoginCommand : public QObject
{
    Q_OBJECT
public:
    //! Both must outlive this.
    LoginCommand(IdentityBook *identities, Terminal *terminal, SignIn::OpenBrowser open,
                 QObject *parent = nullptr);

    void start(const Identity &identity);

Q_SIGNALS:
    //! Exactly once. 0 signed in, 1 refused or given up, 2 there is nothing to sign in to or to keep it.
    void done(int exitCode);

private:
    using Use = std::function<void(const Secret &)>;
    void onPage();
    void show(const SignInPage &page);
    void ask(const QString &question, Terminal::Typing typing, const Use &use);
    void askPassword(const QString &userName);
    void askNewPassword(const Use &use);
    void askAttributes(QStringList names, const QMap<QString, QString> &given);
    void askChoice(const SignInPage &page);
    void askReset();
    void startBrowser();
    void onSignedIn(bool isLasting);
    void end(int exitCode);

    IdentityBook *m_identities;
    Terminal *m_terminal;
    SignIn::OpenBrowser m_open;
    std::unique_ptr<SignIn> m_signIn;
    QString m_name;
    int m_problems = 0;
    bool m_isBrowserStarted = false;
    bool m_isDone = false;
};

} // namespace Parlance
