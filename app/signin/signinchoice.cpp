// SPDX-License-Identifier: Apache-2.0
#include "signin/signinchoice.h"

#include "chat/identitybook.h"
#include "signin/identitydialog.h"
#include "signin/identitywords.h"

#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int noneRow = 0;
constexpr int tokenRow = 1;
constexpr int firstIdentityRow = 2;

} // namespace

SignInChoice::SignInChoice(const Theme *theme, IdentityBook *book, QWidget *parent)
    : QComboBox(parent)
    , m_theme(theme)
    , m_book(book)
{
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(20);
    rebuild();
    connect(this, &QComboBox::currentIndexChanged, this, &SignInChoice::onIndexChanged);
    for (const auto changed :
         {&IdentityBook::identityAdded, &IdentityBook::identityChanged, &IdentityBook::identityRemoved})
        connect(book, changed, this, &SignInChoice::rebuild);
}

void SignInChoice::load(const Agent &agent)
{
    choose(agent.auth, agent.identity);
}

AuthMethod SignInChoice::auth() const
{
    return m_auth;
}

IdentityId SignInChoice::identity() const
{
    return m_auth == AuthMethod::Identity ? m_identity : IdentityId();
}

bool SignInChoice::hasTokens() const
{
    const Identity *identity = m_book->find(this->identity());
    return identity && !identity->isAws();
}

void SignInChoice::choose(AuthMethod auth, const IdentityId &identity)
{
    m_auth = auth;
    m_identity = identity;
    rebuild();
    Q_EMIT chosen();
}

void SignInChoice::rebuild()
{
    const QSignalBlocker blocker(this);
    clear();
    addItem(tr("None"));
    addItem(tr("Bearer token"));
    for (const Identity &identity : m_book->identities())
        addItem(tr("%1 (%2)").arg(identity.name, IdentityWords::kind(identity)), identity.id.value());
    // What an agent already names is kept until the person chooses something else.
    if (!m_identity.isEmpty() && !m_book->find(m_identity))
        addItem(tr("An identity that was removed"), m_identity.value());
    insertSeparator(count());
    addItem(tr("New identity…"));
    setCurrentIndex(m_auth == AuthMethod::Identity     ? findData(m_identity.value())
                        : m_auth == AuthMethod::Bearer ? tokenRow
                                                       : noneRow);
}

void SignInChoice::onIndexChanged()
{
    const int row = currentIndex();
    if (row == count() - 1) {
        rebuild();
        makeIdentity();
    } else if (row >= firstIdentityRow) {
        m_auth = AuthMethod::Identity;
        m_identity = IdentityId(currentData().toString());
        Q_EMIT chosen();
    } else {
        m_auth = row == tokenRow ? AuthMethod::Bearer : AuthMethod::None;
        Q_EMIT chosen();
    }
}

void SignInChoice::makeIdentity()
{
    auto *dialog = new IdentityDialog(m_theme, m_book, std::nullopt, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &IdentityDialog::saved, this,
            [this](const IdentityId &id) { choose(AuthMethod::Identity, id); });
    dialog->open();
}

} // namespace Parlance
