// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/agentproposal.h"
#include "chat/workspace.h"
#include "dialogs/formdialog.h"
#include "wizard/wizardpage.h"

#include <vector>

namespace Parlance {

class IdentityCommands;
class NamePage;
class Notices;
class Settings;
class SourcePage;
class TestPage;
class WhoPage;
enum class ErrorAction;

//! Adds an agent, a page at a time. Nothing is kept before the end but the identities made on the way.
class AgentWizard : public FormDialog
{
    Q_OBJECT
public:
    struct Collaborators
    {
        const Theme *theme = nullptr;
        Workspace *workspace = nullptr;
        Settings *settings = nullptr; //!< may be null: nothing is remembered
        Notices *notices = nullptr;
        IdentityCommands *identities = nullptr;
    };
    explicit AgentWizard(const Collaborators &with, QWidget *parent = nullptr);

    void reject() override;

Q_SIGNALS:
    //! Once: the agent to open. Of several it is the first; the built-in one was there before.
    void added(const Parlance::AgentId &id);

private:
    void makeButtons();
    //! The pages that make sense for the draft, in order.
    std::vector<WizardPage *> needed() const;
    void show(WizardPage *page);
    void goNext();
    void goOn();
    void goBack();
    void skip();
    void refresh();
    void refuse(const QString &sentence);
    void cure(ErrorAction action, ErrorKind kind);
    void addSeveral(const std::vector<AgentProposal> &proposals);
    void finish();
    void onTokenKept(const Result<SecretDurability> &kept);
    void close(const AgentId &id);
    bool hasTyped() const;

    Collaborators m_with;
    SourcePage *m_source;
    WhoPage *m_who;
    TestPage *m_test;
    std::vector<WizardPage *> m_pages;
    WizardPage *m_page = nullptr;
    WizardDraft m_draft;
    AgentId m_kept; //!< the agent is there, its token is not yet
    bool m_isTokenRefused = false;
    QPushButton *m_skip = nullptr;
    QPushButton *m_back = nullptr;
    QPushButton *m_cancel = nullptr;
    QPushButton *m_next = nullptr;
};

} // namespace Parlance
