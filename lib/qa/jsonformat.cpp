// SPDX-License-Identifier: Apache-2.0
#include "qa/jsonschemacheck.h"

#include "qa/scriptregex.h"

#include <QDate>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

bool isDate(const QString &text)
{
    static const QRegularExpression shape(u"\\A\\d{4}-\\d\\d-\\d\\d\\z"_s);
    return shape.match(text).hasMatch() && QDate::fromString(text, Qt::ISODate).isValid();
}

bool isTime(const QString &text)
{
    static const QRegularExpression shape(
        u"\\A([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)(\\.\\d+)?([Zz]|[+-]([01]\\d|2[0-3])(:?[0-5]\\d)?)\\z"_s);
    return shape.match(text).hasMatch();
}

bool isDateTime(const QString &text)
{
    static const QRegularExpression parting(u"[Tt\\s]"_s);
    const QStringList parts = text.split(parting);
    return parts.size() == 2 && isDate(parts[0]) && isTime(parts[1]);
}

const QHash<QString, QRegularExpression> &shapes()
{
    const QString byte = u"(25[0-5]|2[0-4]\\d|1?\\d?\\d)"_s;
    const QString address = byte + u"(\\."_s + byte + u"){3}"_s;
    const QString group = u"[0-9a-fA-F]{1,4}"_s;
    const QString label = u"[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"_s;
    const auto whole = [](const QString &shape) { return QRegularExpression(u"\\A("_s + shape + u")\\z"_s); };
    static const QHash<QString, QRegularExpression> all{
        {u"email"_s,
         whole(u"[\\w!#$%&'*+/=?^`{|}~-]+(\\.[\\w!#$%&'*+/=?^`{|}~-]+)*@("_s + label + u"\\.)+"_s + label)},
        {u"hostname"_s, whole(u"(?=.{1,253}\\.?\\z)"_s + label + u"(\\."_s + label + u")*\\.?"_s)},
        {u"ipv4"_s, whole(address)},
        {u"ipv6"_s,
         whole(u"("_s + group + u":){7}"_s + group + u"|(?=([^:]|:(?!:))*::([^:]|:(?!:))*\\z)(?!((:?"_s
               + group + u":?){8,}))(("_s + group + u":)*"_s + group + u")?::(("_s + group + u":)*("_s + group
               + u"|"_s + address + u"))?|("_s + group + u":){6}"_s + address)},
        {u"uuid"_s, whole(u"(urn:uuid:)?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"_s)},
        {u"json-pointer"_s, whole(u"(/([^~/]|~0|~1)*)*"_s)},
        {u"relative-json-pointer"_s, whole(u"(0|[1-9][0-9]*)(#|(/([^~/]|~0|~1)*)*)"_s)},
        {u"duration"_s,
         whole(u"P(?!\\z)((\\d+Y)?(\\d+M)?(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+S)?)?|(\\d+W)?)"_s)},
        {u"uri"_s, whole(u"[a-zA-Z][a-zA-Z0-9+.-]*:[!#$%&'()*+,./0-9:;=?@A-Z\\[\\]_a-z~-]*"_s)},
        {u"url"_s, whole(u"(https?|ftp)://[^\\s/$.?#-][^\\s]*"_s)},
        {u"uri-reference"_s, whole(u"[!#$%&'()*+,./0-9:;=?@A-Z\\[\\]_a-z~-]*"_s)},
        {u"byte"_s, whole(u"([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"_s)},
    };
    return all;
}

} // namespace

bool isKnownFormat(const QString &format)
{
    static const QStringList others{u"date"_s,          u"time"_s,
                                    u"date-time"_s,     u"iso-time"_s,
                                    u"iso-date-time"_s, u"regex"_s,
                                    u"uri-template"_s,  u"int32"_s,
                                    u"int64"_s,         u"float"_s,
                                    u"double"_s,        u"password"_s,
                                    u"binary"_s,        u"json-pointer-uri-fragment"_s};
    return others.contains(format) || shapes().contains(format);
}

bool hasFormat(const QString &format, const QString &text)
{
    if (format == "date"_L1)
        return isDate(text);
    if (format == "time"_L1)
        return isTime(text);
    if (format == "date-time"_L1)
        return isDateTime(text);
    if (format == "regex"_L1)
        return scriptRegex(text).has_value();
    const auto shape = shapes().constFind(format);
    return shape == shapes().constEnd() || shape->match(text).hasMatch();
}

} // namespace Parlance
