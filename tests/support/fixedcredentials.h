// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/credentialsource.h"

namespace Parlance::Test {

//! The same keys whenever they are asked for.
class FixedCredentials : public CredentialSource
{
public:
    explicit FixedCredentials(AwsCredentials keys)
        : m_keys(std::move(keys))
    {
    }
    QFuture<Result<AwsCredentials>> credentials() override
    {
        return QtFuture::makeReadyFuture(Result<AwsCredentials>(m_keys));
    }
    void forget() override { }

private:
    AwsCredentials m_keys;
};

//! As a test server knows them, see tests/servers.
inline AwsCredentials lastingKeys()
{
    return {.accessKeyId = "AKIDGATE", .secretAccessKey = Secret("gate/secret+key")};
}

inline AwsCredentials sessionKeys()
{
    return {.accessKeyId = "AKIDSESSION",
            .secretAccessKey = Secret("gate/session+key"),
            .sessionToken = Secret("session/token+==")};
}

} // namespace Parlance::Test
