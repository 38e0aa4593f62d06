// SPDX-License-Identifier: Apache-2.0
#include "inspector/masking.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct SecretPattern
{
    QString mark; //!< without it in the text the pattern cannot match: saves the expensive look
    QRegularExpression pattern; //!< everything after the first group is replaced
};

const std::array<SecretPattern, 3> &secretPatterns()
{
    constexpr auto options = QRegularExpression::CaseInsensitiveOption;
    static const std::array<SecretPattern, 3> patterns = {{
        {u"eyJ"_s, QRegularExpression(uR"(()eyJ[A-Za-z0-9_\-]+\.[A-Za-z0-9_\-]+\.[A-Za-z0-9_\-]*)"_s)},
        // The name, its separator and an opening quote, each as plain text or escaped inside a string.
        {u"authorization"_s,
         QRegularExpression(
             uR"((\bauthorization\\*["']?\s*[:=]\s*+\\*+["']?+(?:(?:bearer|basic|aws4-hmac-sha256)\s+)?+)(?!null|true|false)[^"'\\\r\n{}\[\]]+)"_s,
             options)},
        {u"bearer "_s, QRegularExpression(uR"((\bbearer\s+)[A-Za-z0-9._~+/=\-]{12,})"_s, options)},
    }};
    return patterns;
}

} // namespace

MaskedText maskSecrets(const QString &text)
{
    MaskedText masked{text};
    for (const SecretPattern &secret : secretPatterns()) {
        if (!masked.text.contains(secret.mark, Qt::CaseInsensitive))
            continue;
        const QString before = masked.text;
        masked.text.replace(secret.pattern, u"\\1••••"_s);
        masked.wasMasked = masked.wasMasked || masked.text != before;
    }
    return masked;
}

} // namespace Parlance
