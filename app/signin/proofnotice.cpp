// SPDX-License-Identifier: Apache-2.0
#include "signin/proofnotice.h"

#include "chat/workspace.h"
#include "core/whendone.h"
#include "window/notices.h"

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

const QString key = u"proof"_s;

} // namespace

ProofNotice::ProofNotice(Workspace *workspace, Notices *notices, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_notices(notices)
{
    const IdentityBook *book = workspace->identities();
    for (const auto changed :
         {&IdentityBook::identityChanged, &IdentityBook::identityRemoved, &IdentityBook::stateChanged})
        connect(book, changed, this, &ProofNotice::refresh);
    connect(workspace->agents(), &AgentBook::agentChanged, this, &ProofNotice::refresh);
    connect(workspace->agents(), &AgentBook::tokenChanged, this, &ProofNotice::refresh);
}

void ProofNotice::setChat(Chat *chat)
{
    if (m_chat != chat) {
        if (m_chat)
            m_chat->disconnect(this);
        m_chat = chat;
        m_told.clear();
        m_notices->dismiss(key);
        if (chat)
            connect(chat, &Chat::conversationChanged, this, &ProofNotice::refresh);
    }
    refresh();
}

void ProofNotice::refresh()
{
    // What is known is known of the agent's own endpoint.
    if (!m_chat || m_chat->conversation().qualifier != m_chat->agent().qualifier) {
        show({});
        return;
    }
    const Agent agent = m_chat->agent();
    const bool isPasted = agent.auth == AuthMethod::Bearer && agent.facts && agent.facts->authorizer;
    if (!isPasted) {
        show(m_workspace->identities()->mismatch(agent));
        return;
    }
    whenDone(m_workspace->agents()->tokenClaims(agent.id), this,
             [this, agent, chat = m_chat](const std::optional<TokenClaims> &claims) {
                 if (chat && chat == m_chat && chat->agent() == agent)
                     show(proofMismatch(agent, nullptr, claims, QDateTime::currentDateTimeUtc()));
             });
}

void ProofNotice::show(const std::optional<ProofMismatch> &mismatch)
{
    const QString sentence = mismatch ? mismatch->sentence : QString();
    if (sentence == m_told)
        return;
    m_told = sentence;
    if (!mismatch) {
        m_notices->dismiss(key);
        return;
    }
    using Cure = ProofMismatch::Cure;
    QString button;
    switch (mismatch->cure) {
    case Cure::None:
        break;
    case Cure::ChooseIdentity:
        button = tr("Choose an identity…");
        break;
    case Cure::SignIn:
        button = tr("Sign in…");
        break;
    case Cure::SetToken:
        button = tr("Set the token…");
        break;
    }
    m_notices->show({.key = key,
                     .tone = NoticeTone::Caution,
                     .text = sentence,
                     .actionText = button,
                     .action = [this, cure = mismatch->cure] { Q_EMIT cureAsked(cure); }});
}

} // namespace Parlance
