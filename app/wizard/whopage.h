// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "wizard/wizardpage.h"

class QPushButton;

namespace Parlance {

class IdentityCommands;
class SignInChoice;
class Theme;
class ThemedLabel;
class TokenField;
class Workspace;

//! Who one is to the agent. The agent is asked at once how it wants that proved, and what fits is chosen.
class WhoPage : public WizardPage
{
    Q_OBJECT
public:
    WhoPage(const Theme *theme, Workspace *workspace, IdentityCommands *identities);

    void enter(const WizardDraft &draft) override;
    QString leave(WizardDraft &draft) override;
    QWidget *firstField() const override;
    bool hasTyped() const;

private:
    void probe();
    void onFinding(const Result<AuthFinding> &finding);
    //! Chooses who fits, or offers to make somebody who does.
    void prefer(const AuthFinding &finding);
    std::optional<Identity> fitting(const AuthFinding &finding) const;
    void choose(AuthMethod auth, const IdentityId &identity = {});
    void suggest(const std::optional<Identity> &identity);
    void takeSuggestion();
    void refresh();

    const Theme *m_theme;
    Workspace *m_workspace;
    IdentityCommands *m_identities;
    ThemedLabel *m_finding;
    SignInChoice *m_choice;
    QPushButton *m_suggestion;
    QWidget *m_tokenPart;
    TokenField *m_token;
    ThemedLabel *m_state;
    QPushButton *m_signIn;
    WizardDraft m_draft;
    std::optional<Identity> m_suggested; //!< not kept yet
    bool m_isChosenByHand = false;
    bool m_isChoosing = false;
};

} // namespace Parlance
