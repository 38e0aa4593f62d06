// SPDX-License-Identifier: Apache-2.0
#include "dialogs/tokendialog.h"

#include "chat/agentbook.h"
#include "dialogs/themedlabel.h"
#include "dialogs/tokenfield.h"
#include "core/whendone.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString titleOf(const AgentBook &book, const AgentId &id)
{
    const Agent *agent = book.find(id);
    return agent ? TokenDialog::tr("Token for %1").arg(agent->name) : TokenDialog::tr("Token");
}

} // namespace

TokenDialog::TokenDialog(const Theme *theme, AgentBook *book, AgentId agent, QWidget *parent)
    : FormDialog(theme, titleOf(*book, agent), tr("This agent asks for a bearer token with every message."),
                 parent)
    , m_book(book)
    , m_agent(std::move(agent))
    , m_token(new TokenField(theme))
{
    setObjectName(u"tokenDialog"_s);
    m_help = addField(body(), tr("Token"), m_token);
    m_help->setObjectName(u"tokenHelp"_s);
    body()->addStretch();
    QPushButton *cancel = addButton(tr("Cancel"));
    cancel->setObjectName(u"cancel"_s);
    m_save = addDefaultButton(tr("Save"));
    m_save->setObjectName(u"save"_s);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &TokenDialog::save);
    connect(m_token, &TokenField::forgetRequested, this, &TokenDialog::forget);
    showDurability(book->secretDurability());
    connect(book, &AgentBook::secretDurabilityChanged, this, &TokenDialog::showDurability);
    whenDone(book->hasToken(m_agent), this, [this](const Result<bool> &has) {
        if (has)
            m_token->setKept(*has);
        else
            setFailure(has.error().message);
        fit();
    });
    m_token->setFocus();
}

void TokenDialog::showDurability(SecretDurability durability)
{
    const bool isKeychain = durability == SecretDurability::Keychain;
    m_help->setInk(isKeychain ? ColourRole::InkFaint : ColourRole::Caution);
    setHelp(m_help,
            isKeychain ? tr("Kept in the system keychain, never shown again.")
                       : tr("There is no usable keychain, so the token is kept for this session only."));
}

void TokenDialog::save()
{
    const Secret token = m_token->typed();
    if (m_isSaved || (token.isEmpty() && m_token->isKept())) {
        accept();
        return;
    }
    if (token.isEmpty()) {
        setFailure(tr("Paste the token first."));
        m_token->field()->setFocus();
        return;
    }
    m_save->setEnabled(false);
    m_save->setText(tr("Saving…"));
    const bool wasTold = m_book->secretDurability() == SecretDurability::SessionOnly;
    whenDone(m_book->setToken(m_agent, token), this, [this, wasTold](const Result<SecretDurability> &kept) {
        m_save->setEnabled(true);
        m_save->setText(tr("Save"));
        if (!kept) {
            setFailure(kept.error().message);
            return;
        }
        setFailure({});
        m_token->clear();
        m_token->setKept(true);
        Q_EMIT saved(m_agent);
        if (*kept == SecretDurability::Keychain || wasTold) {
            accept();
            return;
        }
        m_isSaved = true;
        showDurability(*kept);
        m_save->setText(tr("Done"));
        fit();
    });
}

void TokenDialog::forget()
{
    whenDone(m_book->removeToken(m_agent), this, [this](const Result<void> &removed) {
        if (removed)
            m_token->setKept(false);
        setFailure(removed ? QString() : removed.error().message);
    });
}

} // namespace Parlance
