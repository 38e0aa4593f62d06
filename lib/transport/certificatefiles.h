// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/network.h"
#include "core/networksecrets.h"
#include "core/result.h"

#include <QList>
#include <QSslCertificate>
#include <QSslKey>

namespace Parlance {

//! What proves this client to a server that asks.
struct ClientCertificate
{
    QList<QSslCertificate> chain = {}; //!< its own first
    QSslKey key = {};
};

//! All certificates of a PEM file. Blocks. Errors: NetworkUnusable, in words with the file's name.
Result<QList<QSslCertificate>> readAuthorities(const QString &file);

//! From PEM, with the key in the same file or another, or PKCS #12. Blocks. Errors: NetworkUnusable: a file
//! that cannot be read or is something else, a password that is wrong or missing, a key that is not the
//! certificate's, a certificate that has expired.
Result<ClientCertificate> readClientCertificate(const NetworkSettings &settings, const Secret &password);

} // namespace Parlance
