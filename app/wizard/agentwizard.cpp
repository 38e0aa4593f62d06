// SPDX-License-Identifier: Apache-2.0
#include "wizard/agentwizard.h"

#include "chat/errorcatalogue.h"
#include "chat/takeproposal.h"
#include "core/whendone.h"
#include "signin/identitycommands.h"
#include "window/notices.h"
#include "wizard/endpointpage.h"
#include "wizard/namepage.h"
#include "wizard/shapepage.h"
#include "wizard/sourcepage.h"
#include "wizard/testpage.h"
#include "wizard/whopage.h"

#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {

AgentWizard::AgentWizard(const Collaborators &with, QWidget *parent)
    : FormDialog(with.theme, tr("New agent"), {}, parent)
    , m_with(with)
    , m_source(new SourcePage(with.theme, with.workspace, with.settings))
    , m_who(new WhoPage(with.theme, with.workspace, with.identities))
    , m_test(new TestPage(with.theme, with.workspace))
{
    setObjectName(u"agentWizard"_s);
    m_pages = {m_source,
               m_who,
               new EndpointPage(with.theme, with.workspace),
               new ShapePage(with.theme),
               m_test,
               new NamePage(with.theme, with.workspace)};
    for (WizardPage *page : m_pages) {
        page->hide();
        body()->addWidget(page);
        connect(page, &WizardPage::changed, this, [this, page] {
            if (page == m_page)
                refresh();
        });
        connect(page, &WizardPage::nextAsked, this, &AgentWizard::goNext);
    }
    connect(m_test, &TestPage::cureAsked, this, &AgentWizard::cure);
    // Once it has its place.
    connect(m_test, &TestPage::shown, this, &AgentWizard::bringIntoView, Qt::QueuedConnection);
    body()->addStretch();
    makeButtons();
    show(m_source);
}

void AgentWizard::makeButtons()
{
    m_skip = addSideButton({});
    m_skip->setObjectName(u"skip"_s);
    m_cancel = addButton(tr("Cancel"));
    m_cancel->setObjectName(u"cancel"_s);
    m_back = addButton(tr("Back"));
    m_back->setObjectName(u"back"_s);
    m_next = addDefaultButton(tr("Next"));
    m_next->setObjectName(u"next"_s);
    connect(m_skip, &QPushButton::clicked, this, &AgentWizard::skip);
    connect(m_cancel, &QPushButton::clicked, this, &AgentWizard::reject);
    connect(m_back, &QPushButton::clicked, this, &AgentWizard::goBack);
    connect(m_next, &QPushButton::clicked, this, &AgentWizard::goNext);
}

std::vector<WizardPage *> AgentWizard::needed() const
{
    std::vector<WizardPage *> pages = m_pages;
    // Where the agent is has not been said yet on the first page, and what follows depends on it.
    std::erase_if(pages,
                  [this](const WizardPage *page) { return m_draft.source > 0 && !page->isNeeded(m_draft); });
    return pages;
}

void AgentWizard::show(WizardPage *page)
{
    setFailure({});
    if (m_page)
        m_page->hide();
    m_page = page;
    page->enter(m_draft);
    page->show();
    refresh();
    if (QWidget *field = page->firstField())
        goTo(field);
}

void AgentWizard::refresh()
{
    const std::vector<WizardPage *> pages = needed();
    const auto at = std::ranges::find(pages, m_page);
    const QString progress =
        tr("Step %1 of %2: %3")
            .arg(QString::number(at - pages.begin() + 1), QString::number(pages.size()), m_page->title());
    setSentence(progress);
    // A screen reader says it with the dialog's name when the page turns.
    setAccessibleName(tr("New agent, %1").arg(progress));
    const bool isLast = !pages.empty() && pages.back() == m_page;
    const QString next = m_page->nextText();
    m_next->setText(!next.isEmpty() ? next : isLast ? tr("Open") : tr("Next"));
    const QString skipped = m_page->skipText();
    m_skip->setText(skipped);
    m_skip->setVisible(!skipped.isEmpty());
    m_back->setVisible(m_page != m_source);
    settle(m_page);
    fit();
}

void AgentWizard::refuse(const QString &sentence)
{
    setFailure(sentence);
    if (QWidget *field = m_page->firstField())
        goTo(field);
}

void AgentWizard::goNext()
{
    if (!m_next->isEnabled())
        return;
    if (m_page->takesNext()) {
        refresh();
        return;
    }
    const std::vector<AgentProposal> several = m_source->several();
    if (m_page == m_source && !several.empty())
        addSeveral(several);
    else
        goOn();
}

void AgentWizard::skip()
{
    goOn();
}

void AgentWizard::goOn()
{
    const QString problem = m_page->leave(m_draft);
    if (!problem.isEmpty()) {
        refuse(problem);
        return;
    }
    const std::vector<WizardPage *> pages = needed();
    const auto at = std::ranges::find(pages, m_page);
    if (at + 1 == pages.end())
        finish();
    else
        show(*(at + 1));
}

void AgentWizard::goBack()
{
    // What is not right yet stays on its page.
    WizardDraft draft = m_draft;
    if (m_page->leave(draft).isEmpty())
        m_draft = draft;
    const std::vector<WizardPage *> pages = needed();
    const auto at = std::ranges::find(pages, m_page);
    if (at != pages.begin())
        show(*(at - 1));
}

void AgentWizard::cure(ErrorAction action, ErrorKind kind)
{
    const IdentityId &identity = m_draft.agent.identity;
    if (action == ErrorAction::SignIn && !identity.isEmpty()) {
        m_with.identities->signIn(identity, this);
        return;
    }
    const bool isProof = action != ErrorAction::EditAgent || kind == ErrorKind::AuthMethodMismatch
        || kind == ErrorKind::TokenMissing || kind == ErrorKind::TokenClaimMismatch
        || kind == ErrorKind::AccessDenied || kind == ErrorKind::Unauthorized;
    show(isProof && !m_draft.agent.isBuiltIn() ? static_cast<WizardPage *>(m_who) : m_source);
}

void AgentWizard::addSeveral(const std::vector<AgentProposal> &proposals)
{
    AgentId first;
    for (const AgentProposal &proposal : proposals) {
        const Result<Agent> taken =
            takeProposal(m_with.workspace->agents(), m_with.workspace->identities(), proposal);
        if (!taken) {
            refuse(tr("%1 was not added: %2").arg(proposal.agent.name, taken.error().message));
            return;
        }
        if (first.isEmpty())
            first = taken->id;
    }
    close(first);
}

void AgentWizard::finish()
{
    if (m_draft.agent.isBuiltIn()) {
        close(AgentBook::builtInId());
        return;
    }
    Agent agent = m_draft.agent;
    agent.id = m_kept;
    const Result<Agent> saved = m_with.workspace->agents()->save(agent);
    if (!saved) {
        refuse(saved.error().message);
        return;
    }
    m_kept = saved->id;
    if (saved->auth != AuthMethod::Bearer) {
        close(m_kept);
        return;
    }
    m_next->setEnabled(false);
    whenDone(m_with.workspace->agents()->setToken(m_kept, m_draft.token), this,
             [this](const Result<SecretDurability> &kept) {
                 m_next->setEnabled(true);
                 onTokenKept(kept);
             });
}

void AgentWizard::onTokenKept(const Result<SecretDurability> &kept)
{
    m_isTokenRefused = !kept;
    if (!kept) {
        refuse(kept.error().message);
        return;
    }
    if (*kept == SecretDurability::SessionOnly)
        m_with.notices->show(
            {.key = u"tokenForSession"_s,
             .tone = NoticeTone::Caution,
             .text = tr("There is no usable keychain, so the token is kept for this session only."),
             .lifetime = 20s});
    close(m_kept);
}

void AgentWizard::close(const AgentId &id)
{
    Q_EMIT added(id);
    accept();
}

bool AgentWizard::hasTyped() const
{
    return m_page != m_source || m_source->hasTyped() || m_who->hasTyped();
}

void AgentWizard::reject()
{
    if (m_isTokenRefused) {
        // The agent is there, and its token can be set later.
        close(m_kept);
        return;
    }
    if (!hasTyped()) {
        QDialog::reject();
        return;
    }
    m_with.notices->ask({.title = tr("Stop adding this agent?"),
                         .text = tr("What was filled in is not kept. Identities that were made stay."),
                         .yes = tr("Stop")},
                        this, [this] { QDialog::reject(); });
}

} // namespace Parlance
