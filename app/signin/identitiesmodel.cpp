// SPDX-License-Identifier: Apache-2.0
#include "signin/identitiesmodel.h"

#include "chat/identitybook.h"
#include "signin/identitywords.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {

IdentitiesModel::IdentitiesModel(IdentityBook *book, QObject *parent)
    : RowModel(parent)
    , m_book(book)
{
    for (const auto changed : {&IdentityBook::identityAdded, &IdentityBook::identityChanged,
                               &IdentityBook::identityRemoved, &IdentityBook::stateChanged})
        connect(book, changed, this, &IdentitiesModel::refresh);
    connect(book, &IdentityBook::wasReset, this, &IdentitiesModel::refresh);
    m_clock.setInterval(20s);
    connect(&m_clock, &QTimer::timeout, this, &IdentitiesModel::refresh);
    m_clock.start();
    refresh();
}

void IdentitiesModel::refresh()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    std::vector<Row> rows;
    for (const Identity &identity : m_book->identities()) {
        const IdentityState state = m_book->state(identity.id);
        QStringList facts{IdentityWords::state(state, now), IdentityWords::kind(identity)};
        if (!state.who.isEmpty() && state.who != identity.name)
            facts.append(state.who);
        rows.push_back({.id = identity.id.value(), .title = identity.name, .detail = facts.join(u" · "_s)});
    }
    setRows(rows);
}

} // namespace Parlance
