// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QString>
#include <QUuid>

#include <compare>

namespace Parlance {

//! An id that cannot be mistaken for an id of another kind. Empty means "none".
template <typename Tag> class Id
{
public:
    Id() = default;
    explicit Id(QString value)
        : m_value(std::move(value))
    {
    }

    //! A fresh random id: 36 characters, lower-case UUID.
    static Id create() { return Id(QUuid::createUuid().toString(QUuid::WithoutBraces)); }

    const QString &value() const { return m_value; }
    bool isEmpty() const { return m_value.isEmpty(); }

    friend bool operator==(const Id &, const Id &) = default;
    friend bool operator<(const Id &a, const Id &b) { return a.m_value < b.m_value; }
    friend size_t qHash(const Id &id, size_t seed = 0) { return qHash(id.m_value, seed); }

private:
    QString m_value;
};

using AgentId = Id<struct AgentTag>;
using ConversationId = Id<struct ConversationTag>;
using IdentityId = Id<struct IdentityTag>;
using MessageId = Id<struct MessageTag>;

//! The runtime session id: made by us, 33 to 100 characters of [A-Za-z0-9-_], sent on every call
//! (protocol: the request model asks for 33 to 256, the response model allows at most 100).
using RuntimeSessionId = Id<struct RuntimeSessionTag>;

} // namespace Parlance
