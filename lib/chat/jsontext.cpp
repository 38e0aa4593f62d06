// SPDX-License-Identifier: Apache-2.0
#include "chat/jsontext.h"

#include <QStringBuilder>

namespace Parlance {
namespace {

void appendEscape(QByteArray &json, char16_t unit)
{
    static constexpr char digits[] = "0123456789abcdef";
    json += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
        json += digits[(unit >> shift) & 0xf];
}

void appendShortEscape(QByteArray &json, char16_t unit)
{
    switch (unit) {
    case u'"':
        json += "\\\"";
        break;
    case u'\\':
        json += "\\\\";
        break;
    case u'\n':
        json += "\\n";
        break;
    case u'\r':
        json += "\\r";
        break;
    case u'\t':
        json += "\\t";
        break;
    default:
        appendEscape(json, unit);
    }
}

bool needsEscape(char16_t unit)
{
    return unit < 0x20 || unit == u'"' || unit == u'\\' || unit == 0x7f || unit == 0x2028 || unit == 0x2029;
}

} // namespace

QByteArray jsonEscaped(QStringView text)
{
    QByteArray json;
    json.reserve(text.size() + 16);
    qsizetype plain = 0; // start of the run that needs no escape
    for (qsizetype index = 0; index < text.size(); ++index) {
        const char16_t unit = text[index].unicode();
        if (!needsEscape(unit))
            continue;
        json += text.sliced(plain, index - plain).toUtf8();
        appendShortEscape(json, unit);
        plain = index + 1;
    }
    json += text.sliced(plain).toUtf8();
    return json;
}

QByteArray jsonString(QStringView text)
{
    return '"' + jsonEscaped(text) + '"';
}

} // namespace Parlance
