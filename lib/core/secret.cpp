// SPDX-License-Identifier: Apache-2.0
#include "core/secret.h"

#include "core/wipe.h"

namespace Parlance {

struct Secret::Bytes
{
    explicit Bytes(QByteArrayView view)
        : value(view.data(), view.size())
    {
    }
    Bytes(const Bytes &) = delete;
    Bytes &operator=(const Bytes &) = delete;
    ~Bytes() { wipe(value.data(), size_t(value.size())); }
    QByteArray value;
};

Secret::Secret(QByteArrayView bytes)
    : m_bytes(bytes.isEmpty() ? nullptr : std::make_shared<const Bytes>(bytes))
{
}

bool Secret::isEmpty() const
{
    return !m_bytes;
}

QByteArray Secret::reveal() const
{
    // A deep copy: a shared one would keep the wiped buffer from being ours alone.
    return m_bytes ? QByteArray(m_bytes->value.constData(), m_bytes->value.size()) : QByteArray();
}

} // namespace Parlance
