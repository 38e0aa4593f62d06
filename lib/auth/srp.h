// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QDateTime>

namespace Parlance {

//! What Cognito says in its PASSWORD_VERIFIER challenge.
struct SrpChallenge
{
    QByteArray poolName = {}; //!< the pool id after "_"
    QByteArray userId = {}; //!< USER_ID_FOR_SRP, not the alias that was typed
    QByteArray salt = {}; //!< hexadecimal
    QByteArray publicB = {}; //!< hexadecimal
    QByteArray secretBlock = {}; //!< base64, as sent
};

//! The proof, and the values on the way to it, in hexadecimal, so that a test can show where two sides part.
struct SrpProof
{
    QByteArray u = {};
    QByteArray x = {};
    QByteArray sharedSecret = {};
    QByteArray key = {};
    QByteArray signature = {}; //!< base64: PASSWORD_CLAIM_SIGNATURE
};

//! The client's side of the Secure Remote Password protocol as Cognito speaks it (3072 bit group of
//! RFC 5054, SHA-256). Written here because no library knows Cognito's padding and key derivation;
//! GMP does the numbers.
class SrpClient
{
public:
    //! With 128 bytes of the system's randomness.
    SrpClient();
    //! With a known secret exponent, big-endian, for tests.
    explicit SrpClient(const Secret &exponent);

    //! SRP_A: hexadecimal without padding.
    QByteArray publicValue() const { return m_publicA; }

    //! Errors: SecretMissing if the server's values would give the password away (B mod N = 0, u = 0) or
    //! are not numbers. The timestamp: srpTimestamp().
    Result<SrpProof> prove(const SrpChallenge &challenge, const Secret &password,
                           const QByteArray &timestamp) const;

private:
    void computePublicValue();

    Secret m_exponent;
    QByteArray m_publicA;
};

//! "Tue Jan 7 06:06:09 UTC 2025": English names, the day without a zero.
QByteArray srpTimestamp(const QDateTime &time);

} // namespace Parlance
