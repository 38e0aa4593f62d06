// SPDX-License-Identifier: Apache-2.0
#include "support/authority.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <atomic>

namespace Parlance {
namespace {

struct Free
{
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
    void operator()(X509 *certificate) const { X509_free(certificate); }
    void operator()(BIO *bio) const { BIO_free(bio); }
    void operator()(PKCS12 *file) const { PKCS12_free(file); }
};

using Key = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;

template <typename Write> QByteArray written(Write write)
{
    const std::unique_ptr<BIO, Free> bio(BIO_new(BIO_s_mem()));
    write(bio.get());
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return QByteArray(data, qsizetype(size));
}

Key newKey()
{
    constexpr size_t bits = 2048;
    return Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", bits));
}

void extend(X509 *certificate, X509 *issuer, int kind, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.constData());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

Certificate blank(EVP_PKEY *key, const QByteArray &name, qint64 from, qint64 to)
{
    static std::atomic<long> serial = 1;
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), long(from));
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), long(to));
    X509_set_pubkey(certificate.get(), key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char *>(name.constData()), -1, -1, 0);
    return certificate;
}

QByteArray pemOf(X509 *certificate)
{
    return written([certificate](BIO *bio) { PEM_write_bio_X509(bio, certificate); });
}

} // namespace

struct TestAuthority::Parts
{
    Key key;
    Certificate certificate;
};

TestAuthority::TestAuthority(const QByteArray &name)
    : m_parts(std::make_unique<Parts>())
{
    m_parts->key = newKey();
    m_parts->certificate = blank(m_parts->key.get(), name, -7200, 864'000);
    X509 *own = m_parts->certificate.get();
    X509_set_issuer_name(own, X509_get_subject_name(own));
    extend(own, own, NID_basic_constraints, "critical,CA:TRUE");
    extend(own, own, NID_key_usage, "critical,keyCertSign,cRLSign");
    extend(own, own, NID_subject_key_identifier, "hash");
    X509_sign(own, m_parts->key.get(), EVP_sha256());
}

TestAuthority::~TestAuthority() = default;

QByteArray TestAuthority::pem() const
{
    return pemOf(m_parts->certificate.get());
}

IssuedCertificate TestAuthority::issue(const CertificateWish &wish) const
{
    const Key key = newKey();
    const Certificate certificate = blank(key.get(), wish.name, wish.validFrom, wish.validTo);
    X509 *issuer = m_parts->certificate.get();
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer));
    extend(certificate.get(), issuer, NID_basic_constraints, "CA:FALSE");
    extend(certificate.get(), issuer, NID_ext_key_usage, wish.isForClient ? "clientAuth" : "serverAuth");
    if (!wish.isForClient)
        extend(certificate.get(), issuer, NID_subject_alt_name, wish.alternative);
    X509_sign(certificate.get(), m_parts->key.get(), EVP_sha256());

    IssuedCertificate issued;
    issued.certificatePem = pemOf(certificate.get());
    issued.keyPem = written(
        [&](BIO *bio) { PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
    const QByteArray secret(password);
    issued.lockedKeyPem = written([&](BIO *bio) {
        PEM_write_bio_PrivateKey(bio, key.get(), EVP_aes_256_cbc(),
                                 reinterpret_cast<const unsigned char *>(secret.constData()),
                                 int(secret.size()), nullptr, nullptr);
    });
    const std::unique_ptr<PKCS12, Free> file(
        PKCS12_create(password, "client", key.get(), certificate.get(), nullptr, 0, 0, 0, 0, 0));
    issued.pkcs12 = written([&](BIO *bio) { i2d_PKCS12_bio(bio, file.get()); });
    return issued;
}

} // namespace Parlance
