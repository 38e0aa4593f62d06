// SPDX-License-Identifier: Apache-2.0
#include "signin/identitychip.h"

#include "chat/identitybook.h"
#include "signin/identitycommands.h"
#include "signin/identitywords.h"

#include <QAction>
#include <QMenu>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {

IdentityChip::IdentityChip(const Theme *theme, IdentityBook *book, QWidget *parent)
    : Chip(theme, parent)
    , m_book(book)
{
    setObjectName(u"identity"_s);
    setAccessibleName(tr("Identity"));
    setOpensSomething(true);
    for (const auto changed :
         {&IdentityBook::identityChanged, &IdentityBook::identityRemoved, &IdentityBook::stateChanged})
        connect(book, changed, this, &IdentityChip::refresh);
    m_clock.setInterval(20s);
    connect(&m_clock, &QTimer::timeout, this, &IdentityChip::refresh);
    connect(this, &QPushButton::clicked, this, &IdentityChip::openMenu);
}

void IdentityChip::setAgent(const Agent &agent)
{
    m_agent = agent;
    m_identity = agent.auth == AuthMethod::Identity ? agent.identity : IdentityId();
    if (m_commands)
        m_commands->look(m_identity);
    if (hasIdentity())
        m_clock.start();
    else
        m_clock.stop();
    refresh();
}

bool IdentityChip::hasIdentity() const
{
    return m_book->find(m_identity) != nullptr;
}

void IdentityChip::setShort(bool isShort)
{
    if (m_isShort != isShort) {
        m_isShort = isShort;
        refresh();
    }
}

void IdentityChip::refresh()
{
    const Identity *identity = m_book->find(m_identity);
    if (!identity) {
        hide();
        return;
    }
    const IdentityState state = m_book->state(m_identity);
    const QString time = IdentityWords::state(state, QDateTime::currentDateTimeUtc());
    // How keys stand is not known before they are needed; their name says enough.
    const QString quiet = state.kind == IdentityState::Kind::Keys ? QString() : time;
    setWords(m_isShort && !quiet.isEmpty() ? QString() : identity->name, quiet);
    setAccessibleDescription(tr("%1, %2").arg(identity->name, time));
    setToolTip(details(*identity, state).join(u'\n'));
    if (const QString words = identity->name + u'\n' + quiet; m_words != words) {
        m_words = words;
        Q_EMIT wordsChanged();
    }
}

QStringList IdentityChip::details(const Identity &identity, const IdentityState &state) const
{
    return IdentityWords::details(identity, state)
        + QStringList{IdentityWords::sent(m_book->sentToken(m_agent))};
}

void IdentityChip::openMenu()
{
    const Identity *identity = m_book->find(m_identity);
    if (!identity || !m_commands)
        return;
    const IdentityState state = m_book->state(m_identity);
    auto *menu = new QMenu(this);
    menu->setObjectName(u"identityMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const QString &line : details(*identity, state)) {
        if (!line.isEmpty())
            menu->addAction(QString(line).replace(u'&', u"&&"_s))->setEnabled(false);
    }
    menu->addSeparator();
    const IdentityId id = m_identity;
    const auto add = [this, menu](const QString &text, auto run) {
        connect(menu->addAction(text), &QAction::triggered, m_commands, run);
    };
    if (IdentityWords::isPerson(*identity)) {
        if (IdentityCommands::isSignedIn(state))
            add(tr("Sign out"), [this, id] { m_commands->signOut(id); });
        else
            add(tr("Sign in…"), [this, id] { m_commands->signIn(id); });
    }
    add(tr("Check"), [this, id] { m_commands->check(id); });
    add(tr("Edit identity…"), [this, id] { m_commands->edit(id); });
    add(tr("Identities…"), [this] { m_commands->openAll(); });
    menu->popup(mapToGlobal(QPoint(0, height())));
}

} // namespace Parlance
