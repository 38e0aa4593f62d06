// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/awscredentials.h"
#include "core/result.h"

namespace Parlance {

//! What a credential_process, or the AWS command line in its "process" format, prints: JSON with Version 1.
//! Errors: SecretMissing with a sentence that holds nothing of the output.
Result<AwsCredentials> keysOfProcess(const QByteArray &output);
//! The answer of IAM Identity Center's portal to GetRoleCredentials.
Result<AwsCredentials> keysOfPortal(const QByteArray &json);
//! The cache file of "aws login".
Result<AwsCredentials> keysOfLoginCache(const QByteArray &json);
//! The XML answer of AWS STS to AssumeRole and AssumeRoleWithWebIdentity.
Result<AwsCredentials> keysOfSts(const QByteArray &xml);

//! An error of AWS STS, from its XML: the code, for example "AccessDenied", and the message.
struct StsRefusal
{
    QString code = {};
    QString message = {};
};
StsRefusal refusalOfSts(const QByteArray &xml);

//! Whether keys that were got at some time are still good for some minutes: botocore renews fifteen minutes
//! before they run out. Those that live for less than an hour are fresh for three quarters of it.
bool isFresh(const AwsCredentials &credentials, const QDateTime &got, const QDateTime &now);

} // namespace Parlance
