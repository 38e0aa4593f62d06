// SPDX-License-Identifier: Apache-2.0
#include "transport/secretmask.h"

namespace Parlance {
namespace {

//! Masking anything shorter would tear ordinary words apart and hide nothing.
constexpr qsizetype shortestSecret = 6;
constexpr QByteArrayView mask = "\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2";

} // namespace

SecretMask::SecretMask(const QList<SecretHeader> &headers, const QList<Secret> &others)
    : m_secrets(others.begin(), others.end())
{
    for (const SecretHeader &header : headers) {
        const QByteArray value = header.value.reveal().trimmed();
        const qsizetype space = value.indexOf(' ');
        const QByteArray bare = space < 0 ? value : value.mid(space + 1).trimmed();
        if (bare.size() >= shortestSecret)
            m_secrets.emplace_back(bare);
    }
}

void SecretMask::apply(Frame &frame) const
{
    apply(frame.payload);
    apply(frame.event);
    apply(frame.id);
}

void SecretMask::apply(Error &error) const
{
    apply(error.rawBody);
    apply(error.serverMessage);
    apply(error.exceptionType);
    apply(error.requestId);
    apply(error.authenticate);
}

void SecretMask::apply(QByteArray &bytes) const
{
    for (const Secret &secret : m_secrets) {
        const QByteArray plain = secret.reveal();
        if (bytes.contains(plain))
            bytes.replace(plain, mask);
    }
}

void SecretMask::apply(QString &text) const
{
    if (m_secrets.empty() || text.isEmpty())
        return;
    QByteArray bytes = text.toUtf8();
    apply(bytes);
    text = QString::fromUtf8(bytes);
}

} // namespace Parlance
