// SPDX-License-Identifier: Apache-2.0
#include "signin/senttokenchoice.h"

#include "chat/identitybook.h"

namespace Parlance {

SentTokenChoice::SentTokenChoice(const IdentityBook *book, QWidget *parent)
    : QComboBox(parent)
    , m_book(book)
{
    addItem(tr("Automatic"), int(SentToken::Automatic));
    addItem(tr("Access token"), int(SentToken::Access));
    addItem(tr("ID token"), int(SentToken::Id));
}

void SentTokenChoice::choose(SentToken token)
{
    setCurrentIndex(findData(int(token)));
}

SentToken SentTokenChoice::chosen() const
{
    return SentToken(currentData().toInt());
}

void SentTokenChoice::setAgent(Agent agent)
{
    agent.sentToken = SentToken::Automatic;
    const std::optional<SentToken> sent = m_book->sentToken(agent);
    setItemText(0,
                !sent                        ? tr("Automatic")
                    : *sent == SentToken::Id ? tr("Automatic (ID token)")
                                             : tr("Automatic (access token)"));
}

} // namespace Parlance
