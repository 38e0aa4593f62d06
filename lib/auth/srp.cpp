// SPDX-License-Identifier: Apache-2.0
#include "auth/srp.h"

#include "core/wipe.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QLocale>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>

#include <gmp.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <cstring>

namespace Parlance {
namespace {

constexpr auto groupPrime =
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3"
    "CD3A431B"
    "302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F2411"
    "7C4B1FE6"
    "49286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED52907"
    "7096966D"
    "670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6"
    "95581718"
    "3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA7157"
    "5D060C7D"
    "B3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18"
    "177B200C"
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF";

// What a number leaves in memory is wiped before the memory is given back: the password is in it.
void *wipingReallocate(void *old, size_t oldSize, size_t newSize)
{
    void *made = std::malloc(newSize);
    if (!made)
        std::abort(); // as GMP itself does; it cannot go on without memory
    std::memcpy(made, old, std::min(oldSize, newSize));
    wipe(old, oldSize);
    std::free(old);
    return made;
}

void wipingFree(void *old, size_t size)
{
    wipe(old, size);
    std::free(old);
}

void wipeFreedNumbers()
{
    static const bool isSet = [] {
        mp_set_memory_functions(nullptr, wipingReallocate, wipingFree);
        return true;
    }();
    (void)isSet;
}

// A big number, zero or positive.
class Number
{
public:
    Number()
    {
        wipeFreedNumbers();
        mpz_init(m_number);
    }
    ~Number() { mpz_clear(m_number); }
    Number(const Number &) = delete;
    Number &operator=(const Number &) = delete;
    Number(Number &&other) noexcept
        : Number()
    {
        mpz_swap(m_number, other.m_number);
    }
    Number &operator=(Number &&) = delete;

    //! Zero if anything but digits is in it.
    static Number fromHex(const QByteArray &digits)
    {
        const bool isHex = std::ranges::all_of(digits, [](char c) { return std::isxdigit(uchar(c)) != 0; });
        return isHex ? fromBytes(QByteArray::fromHex(digits)) : Number();
    }
    static Number fromBytes(const QByteArray &bytes)
    {
        Number made;
        mpz_import(made.m_number, size_t(bytes.size()), 1, 1, 0, 0, bytes.constData());
        return made;
    }

    mpz_ptr get() { return m_number; }
    mpz_srcptr get() const { return m_number; }
    bool isZero() const { return mpz_sgn(m_number) == 0; }

    QByteArray bytes() const
    {
        if (isZero())
            return {};
        QByteArray made(qsizetype((mpz_sizeinbase(m_number, 2) + 7) / 8), '\0');
        mpz_export(made.data(), nullptr, 1, 1, 0, 0, m_number);
        return made;
    }
    // Cognito's padding: a zero byte in front where the first bit is set, so that it reads as positive.
    QByteArray paddedBytes() const
    {
        QByteArray made = bytes();
        if (made.isEmpty() || (static_cast<unsigned char>(made.front()) & 0x80) != 0)
            made.prepend('\0');
        return made;
    }
    // Without leading zeros, as JavaScript prints a number.
    QByteArray digits() const
    {
        const QByteArray hex = bytes().toHex();
        return hex.startsWith('0') ? hex.sliced(1) : hex;
    }

private:
    mpz_t m_number;
};

QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

QByteArray hmac(const QByteArray &key, const QByteArray &bytes)
{
    return QMessageAuthenticationCode::hash(bytes, key, QCryptographicHash::Sha256);
}

const Number &prime()
{
    static const Number number = Number::fromHex(groupPrime);
    return number;
}

// In a time that tells nothing of the exponent, which must be above zero.
Number power(const Number &base, const Number &exponent)
{
    Number made;
    mpz_powm_sec(made.get(), base.get(), exponent.get(), prime().get());
    return made;
}

Number generator()
{
    return Number::fromHex("2");
}

Result<SrpProof> untrusted()
{
    return failure(
        ErrorKind::SecretMissing,
        QCoreApplication::translate("SrpClient", "The sign-in service sent numbers that cannot be trusted."));
}

} // namespace

SrpClient::SrpClient()
{
    std::array<quint32, 32> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    m_exponent =
        Secret(QByteArrayView(reinterpret_cast<const char *>(words.data()), qsizetype(sizeof words)));
    words.fill(0);
    computePublicValue();
}

SrpClient::SrpClient(const Secret &exponent)
    : m_exponent(exponent)
{
    computePublicValue();
}

void SrpClient::computePublicValue()
{
    m_publicA = power(generator(), Number::fromBytes(m_exponent.reveal())).digits();
}

Result<SrpProof> SrpClient::prove(const SrpChallenge &challenge, const Secret &password,
                                  const QByteArray &timestamp) const
{
    const Number publicB = Number::fromHex(challenge.publicB);
    const Number salt = Number::fromHex(challenge.salt);
    Number remainder;
    mpz_mod(remainder.get(), publicB.get(), prime().get());
    const QByteArray block = QByteArray::fromBase64(challenge.secretBlock);
    if (remainder.isZero() || salt.isZero() || block.isEmpty())
        return untrusted();

    const Number publicA = Number::fromHex(m_publicA);
    const Number u = Number::fromBytes(sha256(publicA.paddedBytes() + publicB.paddedBytes()));
    if (u.isZero())
        return untrusted();
    const Number k = Number::fromBytes(sha256(prime().paddedBytes() + generator().paddedBytes()));
    const QByteArray identity = sha256(challenge.poolName + challenge.userId + ':' + password.reveal());
    const Number x = Number::fromBytes(sha256(salt.paddedBytes() + identity));

    // S = (B - k * g^x) ^ (a + u * x) mod N, with a base that is never negative.
    Number base;
    mpz_mul(base.get(), k.get(), power(generator(), x).get());
    mpz_sub(base.get(), publicB.get(), base.get());
    mpz_mod(base.get(), base.get(), prime().get());
    Number exponent;
    mpz_mul(exponent.get(), u.get(), x.get());
    mpz_add(exponent.get(), exponent.get(), Number::fromBytes(m_exponent.reveal()).get());
    const Number shared = power(base, exponent);

    const QByteArray extracted = hmac(u.paddedBytes(), shared.paddedBytes());
    const QByteArray key = hmac(extracted, QByteArray("Caldera Derived Key\x01")).first(16);
    const QByteArray claim = challenge.poolName + challenge.userId + block + timestamp;
    return SrpProof{.u = u.digits(),
                    .x = x.digits(),
                    .sharedSecret = shared.digits(),
                    .key = key.toHex(),
                    .signature = hmac(key, claim).toBase64()};
}

QByteArray srpTimestamp(const QDateTime &time)
{
    return QLocale::c().toString(time.toUTC(), QStringLiteral("ddd MMM d HH:mm:ss 'UTC' yyyy")).toLatin1();
}

} // namespace Parlance
