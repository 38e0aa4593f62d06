// SPDX-License-Identifier: Apache-2.0
#include "transport/certificatefiles.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::CertificateFiles)
};

//! Bundles of all authorities there are have a quarter of that.
constexpr qint64 maximumFile = qint64(8) * 1024 * 1024;

tl::unexpected<Error> unusable(const QString &sentence)
{
    return failure(ErrorKind::NetworkUnusable, sentence);
}

Result<QByteArray> contents(const QString &path)
{
    const QString shown = QDir::toNativeSeparators(path);
    QFile file(path);
    if (!file.exists())
        return unusable(Words::tr("There is no file %1.").arg(shown));
    if (!file.open(QIODevice::ReadOnly))
        return unusable(Words::tr("The file %1 cannot be read: %2").arg(shown, file.errorString()));
    if (file.size() > maximumFile)
        return unusable(Words::tr("The file %1 is too large for certificates.").arg(shown));
    return file.readAll();
}

QSslKey readKey(const QByteArray &pem, const QByteArray &password)
{
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        QSslKey key(pem, algorithm, QSsl::Pem, QSsl::PrivateKey, password);
        if (!key.isNull())
            return key;
    }
    return {};
}

//! Both hold the public number: the modulus of RSA, the point of an elliptic curve. A key that does not tell
//! is let pass.
bool belongTogether(const QSslCertificate &certificate, const QSslKey &key)
{
    const QSslKey known = certificate.publicKey();
    if (known.algorithm() != key.algorithm())
        return false;
    if (key.algorithm() != QSsl::Rsa && key.algorithm() != QSsl::Ec)
        return true;
    constexpr qsizetype sample = 24;
    // After the modulus stands the exponent: 02 03 01 00 01.
    const qsizetype behind = key.algorithm() == QSsl::Rsa ? 5 : 0;
    const QByteArray there = known.toDer();
    if (there.size() < sample + behind)
        return true;
    const QByteArray number = there.sliced(there.size() - behind - sample, sample);
    return key.toDer().contains(number);
}

Result<ClientCertificate> checked(ClientCertificate found, const QString &path)
{
    const QString shown = QDir::toNativeSeparators(path);
    const QSslCertificate &own = found.chain.constFirst();
    if (!belongTogether(own, found.key))
        return unusable(Words::tr("The key is not the one of the certificate in %1.").arg(shown));
    if (own.expiryDate() < QDateTime::currentDateTimeUtc()) {
        return unusable(Words::tr("The client certificate in %1 expired on %2.")
                            .arg(shown, own.expiryDate().toString(Qt::ISODate)));
    }
    return found;
}

Result<ClientCertificate> fromPkcs12(const QByteArray &bytes, const QString &path, const QByteArray &password)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    ClientCertificate found;
    QSslCertificate own;
    QList<QSslCertificate> others;
    if (QSslCertificate::importPkcs12(&buffer, &found.key, &own, &others, password) && !own.isNull()
        && !found.key.isNull()) {
        found.chain = QList<QSslCertificate>{own} + others;
        return checked(std::move(found), path);
    }
    const QString shown = QDir::toNativeSeparators(path);
    return unusable(password.isEmpty()
                        ? Words::tr("The file %1 is neither PEM nor a PKCS #12 file that opens without a "
                                    "password.")
                              .arg(shown)
                        : Words::tr("The file %1 does not open with this password, or is not PKCS #12 in a "
                                    "form that is still taken.")
                              .arg(shown));
}

Result<QSslKey> keyFrom(const QByteArray &pem, const QString &path, const QByteArray &password)
{
    const QString shown = QDir::toNativeSeparators(path);
    if (!pem.contains("PRIVATE KEY-----"))
        return unusable(Words::tr("There is no private key in %1.").arg(shown));
    QSslKey key = readKey(pem, password);
    if (!key.isNull())
        return key;
    const bool isLocked = pem.contains("ENCRYPTED");
    if (isLocked && password.isEmpty())
        return unusable(Words::tr("The key in %1 wants a password.").arg(shown));
    return unusable(isLocked ? Words::tr("The password does not fit the key in %1.").arg(shown)
                             : Words::tr("The private key in %1 cannot be read.").arg(shown));
}

} // namespace

Result<QList<QSslCertificate>> readAuthorities(const QString &file)
{
    const Result<QByteArray> bytes = contents(file);
    if (!bytes)
        return failure(bytes.error());
    QList<QSslCertificate> certificates = QSslCertificate::fromData(*bytes, QSsl::Pem);
    if (certificates.isEmpty()) {
        return unusable(Words::tr("There is no certificate in %1. It must be PEM: text with “BEGIN "
                                  "CERTIFICATE” in it.")
                            .arg(QDir::toNativeSeparators(file)));
    }
    return certificates;
}

Result<ClientCertificate> readClientCertificate(const NetworkSettings &settings, const Secret &password)
{
    const QString &path = settings.certificateFile;
    const Result<QByteArray> bytes = contents(path);
    if (!bytes)
        return failure(bytes.error());
    const QByteArray revealed = password.reveal();
    if (!bytes->contains("-----BEGIN"))
        return fromPkcs12(*bytes, path, revealed);
    ClientCertificate found{.chain = QSslCertificate::fromData(*bytes, QSsl::Pem)};
    if (found.chain.isEmpty())
        return unusable(Words::tr("There is no certificate in %1.").arg(QDir::toNativeSeparators(path)));
    const QString &keyPath = settings.keyFile.isEmpty() ? path : settings.keyFile;
    const Result<QByteArray> keyBytes = settings.keyFile.isEmpty() ? bytes : contents(keyPath);
    if (!keyBytes)
        return failure(keyBytes.error());
    Result<QSslKey> key = keyFrom(*keyBytes, keyPath, revealed);
    if (!key)
        return failure(key.error());
    found.key = std::move(*key);
    return checked(std::move(found), path);
}

} // namespace Parlance
