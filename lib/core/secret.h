// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <memory>

namespace Parlance {

//! Bytes that must not leave memory except into the keychain or a request header. Not printable, not
//! comparable with plain text by accident, wiped when the last owner goes. Reading them takes reveal().
class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArrayView bytes);
    Secret(const Secret &) = default;
    Secret(Secret &&) noexcept = default;
    Secret &operator=(const Secret &) = default;
    Secret &operator=(Secret &&) noexcept = default;
    ~Secret() = default;

    bool isEmpty() const;
    //! The bytes themselves. Do not store or log what this returns.
    QByteArray reveal() const;

    friend bool operator==(const Secret &a, const Secret &b) { return a.reveal() == b.reveal(); }

private:
    struct Bytes;
    std::shared_ptr<const Bytes> m_bytes;
};

} // namespace Parlance
