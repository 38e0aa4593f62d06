// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "core/frame.h"
#include "core/requestdraft.h"

#include <vector>

namespace Parlance {

//! Takes out of an answer what went into the request as a secret, should the server echo it.
class SecretMask
{
public:
    SecretMask() = default;
    explicit SecretMask(const QList<SecretHeader> &headers, const QList<Secret> &others = {});

    const std::vector<Secret> &secrets() const { return m_secrets; }
    void apply(Frame &frame) const;
    void apply(Error &error) const;
    void apply(QString &text) const;

private:
    void apply(QByteArray &bytes) const;

    std::vector<Secret> m_secrets;
};

} // namespace Parlance
