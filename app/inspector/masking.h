// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace Parlance {

struct MaskedText
{
    QString text = {};
    bool wasMasked = false;
};

//! Secrets are masked before frames are kept. This is the second net, for what an agent itself repeats:
//! a JSON web token, a bearer token, the value of an Authorization header or member.
MaskedText maskSecrets(const QString &text);

} // namespace Parlance
