// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QSslCertificate>
#include <QSslKey>

#include <memory>

namespace Parlance {

//! What a certificate is to say.
struct CertificateWish
{
    QByteArray name = "localhost";
    QByteArray alternative = "DNS:localhost,IP:127.0.0.1,IP:0.0.0.0,DNS:agent.test";
    qint64 validFrom = -3600; //!< seconds from now
    qint64 validTo = 86'400;
    bool isForClient = false;
};

struct IssuedCertificate
{
    QByteArray certificatePem;
    QByteArray keyPem;
    QByteArray lockedKeyPem; //!< with the password "open sesame"
    QByteArray pkcs12; //!< with the same password
    QSslCertificate certificate() const { return QSslCertificate(certificatePem); }
    QSslKey key() const { return QSslKey(keyPem, QSsl::Rsa); }
};

//! An authority of a test's own that certifies what it is asked for. Made anew each time, by OpenSSL.
class TestAuthority
{
public:
    explicit TestAuthority(const QByteArray &name = "Test authority");
    ~TestAuthority();

    QByteArray pem() const;
    QSslCertificate certificate() const { return QSslCertificate(pem()); }
    IssuedCertificate issue(const CertificateWish &wish = {}) const;

    static constexpr const char *password = "open sesame";

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace Parlance
