// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"

#include <QComboBox>

namespace Parlance {

class IdentityBook;
class Theme;

//! How an agent is signed in to: not at all, by a token of its own, or as one of the identities. The last
//! row makes a new one.
class SignInChoice : public QComboBox
{
    Q_OBJECT
public:
    SignInChoice(const Theme *theme, IdentityBook *book, QWidget *parent = nullptr);

    void load(const Agent &agent);
    AuthMethod auth() const;
    //! Of AuthMethod::Identity.
    IdentityId identity() const;
    //! An identity with tokens is chosen, of which an agent may want either.
    bool hasTokens() const;

Q_SIGNALS:
    void chosen();

private:
    void rebuild();
    void choose(AuthMethod auth, const IdentityId &identity);
    void onIndexChanged();
    void makeIdentity();

    const Theme *m_theme;
    IdentityBook *m_book;
    AuthMethod m_auth = AuthMethod::None;
    IdentityId m_identity;
};

} // namespace Parlance
