// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/awscredentials.h"
#include "core/requestdraft.h"

#include <chrono>

namespace Parlance {

//! AWS Signature Version 4, as pure functions. Written here because Debian has no AWS library for C++.
//! Source: the AWS Signature Version 4 specification and the measured rules of AgentCore: the path is
//! sent encoded once and signed encoded twice.

//! For what, and when, a signature is good.
struct SigningScope
{
    QByteArray region = {};
    QByteArray service = "bedrock-agentcore"; //!< of the data plane and of the control plane
    QDateTime time = {}; //!< UTC
};

//! What is signed, step by step, so that a test can show where two signers part.
struct SigningSteps
{
    QByteArray canonicalRequest = {};
    QByteArray stringToSign = {};
    QByteArray signedHeaders = {}; //!< lower-case names joined by ";"
    QByteArray signature = {}; //!< 64 hexadecimal digits
};

//! Everything but A-Z a-z 0-9 - . _ ~ as %XX.
QByteArray uriEncoded(QByteArrayView bytes);
//! The encoded path of a request with each segment encoded once more; "/" for none.
QByteArray canonicalPath(QByteArrayView encodedPath);
//! Names and values decoded once, encoded again, sorted by encoded name, then value.
QByteArray canonicalQuery(QByteArrayView encodedQuery);

//! Host as Qt sends it: with the port only when it is not the scheme's own.
QByteArray hostHeader(const QUrl &url);

//! The SHA-256 of a body, in hexadecimal digits. Reads its files.
Result<QByteArray> bodyHash(const RequestBody &body);

//! The steps for a draft that has its "X-Amz-Date" and all other headers already. hash: of its body, if that
//! has files.
SigningSteps signingSteps(const RequestDraft &draft, const AwsCredentials &credentials,
                          const SigningScope &scope, const QByteArray &hash = {});

//! The draft with X-Amz-Date, X-Amz-Security-Token (if the keys have one) and Authorization. Every header
//! of the draft is signed but those that may change on the way, so it must be sent as it is.
//! hash: of its body, if that has files.
RequestDraft signedDraft(RequestDraft draft, const AwsCredentials &credentials, const SigningScope &scope,
                         const QByteArray &hash = {});

//! The URL with the signature in its query, good from scope.time for at most the given seconds.
//! Holds a secret: do not log it.
QUrl presignedUrl(const QUrl &url, const AwsCredentials &credentials, const SigningScope &scope,
                  std::chrono::seconds expires);

} // namespace Parlance
