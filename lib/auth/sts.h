// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/awscredentials.h"
#include "auth/credentialplan.h"
#include "auth/httpcaller.h"

#include <QDateTime>

namespace Parlance {

//! The request for a role's keys, signed with the keys of its source. The code: of the MFA device, or
//! empty. Source: AWS STS API, version 2011-06-15.
RequestDraft assumeRoleDraft(const AssumeRole &role, const QByteArray &serviceUrl, const QByteArray &mfaCode,
                             const AwsCredentials &source, const QDateTime &now);
//! The request for a role's keys by the token of a web identity; it needs no signature.
RequestDraft webIdentityDraft(const WebIdentity &identity, const QByteArray &serviceUrl, const Secret &token);

//! The keys of an answer, or why there are none, as a sentence.
Result<AwsCredentials> stsResult(const Result<HttpReply> &answer, const QByteArray &roleArn);

} // namespace Parlance
