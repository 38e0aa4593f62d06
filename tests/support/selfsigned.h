// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSslCertificate>
#include <QSslKey>

namespace Parlance {

//! A certificate for localhost that nobody vouches for, with its key. Made anew each time.
struct SelfSigned
{
    QSslKey key;
    QSslCertificate certificate;

    static SelfSigned create();
};

} // namespace Parlance
