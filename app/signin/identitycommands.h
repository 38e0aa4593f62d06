// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/identitybook.h"
#include "chat/signin.h"

#include <QObject>

namespace Parlance {

class Notices;
class Theme;

//! What the window does with identities: opens their dialogs, asks what must be asked, and says what a
//! person should know without having asked.
class IdentityCommands : public QObject
{
    Q_OBJECT
public:
    //! Dialogs that are not told otherwise open over the window.
    IdentityCommands(const Theme *theme, IdentityBook *book, Notices *notices, QWidget *window);

    static bool isSignedIn(const IdentityState &state);
    //! The desktop opens addresses unless a test does.
    void setBrowser(SignIn::OpenBrowser open) { m_openBrowser = std::move(open); }

    void openAll();
    //! Whoever cannot sign in by hand is edited instead.
    void signIn(const IdentityId &id, QWidget *over = nullptr);
    void signOut(const IdentityId &id);
    void check(const IdentityId &id);
    //! An empty id: a new one.
    void edit(const IdentityId &id, QWidget *over = nullptr);
    void remove(const IdentityId &id, QWidget *over = nullptr);
    //! Learns how an identity stands that nobody asked yet.
    void look(const IdentityId &id);

Q_SIGNALS:
    //! How a command ended that went wrong; empty: well.
    void said(const QString &problem);

private:
    void onStateChanged(const IdentityId &id);
    void askMfaCode(const MfaCodeQuestion &question);
    void tellClock(std::chrono::seconds correction);
    void tell(const QString &text, bool isBad);

    const Theme *m_theme;
    IdentityBook *m_book;
    Notices *m_notices;
    QWidget *m_window;
    SignIn::OpenBrowser m_openBrowser;
};

} // namespace Parlance
