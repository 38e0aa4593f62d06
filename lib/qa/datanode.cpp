// SPDX-License-Identifier: Apache-2.0
#include "qa/datanode.h"

#include <QLocale>
#include <QStringBuilder>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

void writeString(const QString &text, QString &out)
{
    static constexpr char16_t digits[] = u"0123456789abcdef";
    out += u'"';
    for (const QChar character : text) {
        const char16_t unit = character.unicode();
        switch (unit) {
        case u'"':
            out += u"\\\""_s;
            break;
        case u'\\':
            out += u"\\\\"_s;
            break;
        case u'\n':
            out += u"\\n"_s;
            break;
        case u'\r':
            out += u"\\r"_s;
            break;
        case u'\t':
            out += u"\\t"_s;
            break;
        default:
            if (unit < 0x20)
                out += u"\\u00"_s % QChar(digits[unit >> 4]) % QChar(digits[unit & 0xf]);
            else
                out += character;
        }
    }
    out += u'"';
}

// Numbers as they were written, or as JavaScript has them.
void write(const DataNode &node, bool asScript, QString &out)
{
    switch (node.kind) {
    case DataNode::Kind::Null:
        out += u"null"_s;
        return;
    case DataNode::Kind::Boolean:
        out += node.text;
        return;
    case DataNode::Kind::Number:
        out += asScript ? scriptNumber(node.number()) : node.text;
        return;
    case DataNode::Kind::String:
        writeString(node.text, out);
        return;
    case DataNode::Kind::List:
    case DataNode::Kind::Map:
        break;
    }
    out += node.isMap() ? u'{' : u'[';
    for (const DataNode &item : node.items) {
        if (&item != &node.items.front())
            out += u',';
        if (node.isMap()) {
            writeString(item.name, out);
            out += u':';
        }
        write(item, asScript, out);
    }
    out += node.isMap() ? u'}' : u']';
}

bool isSameMember(const DataNode *left, const DataNode *right)
{
    return left->name == right->name && meansTheSame(*left, *right);
}

} // namespace

bool DataNode::isTrue() const
{
    return kind == Kind::Boolean && text.compare("true"_L1, Qt::CaseInsensitive) == 0;
}

double DataNode::number() const
{
    return isNumber() ? QLocale::c().toDouble(text) : 0;
}

const DataNode *DataNode::member(QStringView wanted) const
{
    if (!isMap())
        return nullptr;
    const auto found =
        std::find_if(items.rbegin(), items.rend(), [&](const DataNode &one) { return one.name == wanted; });
    return found == items.rend() ? nullptr : &*found;
}

std::vector<const DataNode *> membersByName(const DataNode &map)
{
    std::vector<const DataNode *> members;
    members.reserve(map.items.size());
    for (auto item = map.items.rbegin(); item != map.items.rend(); ++item)
        members.push_back(&*item);
    std::ranges::stable_sort(members, {}, [](const DataNode *one) -> const QString & { return one->name; });
    const auto isRepeated = [](const DataNode *left, const DataNode *right) {
        return left->name == right->name;
    };
    members.erase(std::unique(members.begin(), members.end(), isRepeated), members.end());
    return members;
}

QString DataNode::json() const
{
    QString out;
    write(*this, false, out);
    return out;
}

QString DataNode::words() const
{
    if (isString())
        return text;
    QString out;
    write(*this, true, out);
    return out;
}

bool operator==(const DataNode &left, const DataNode &right)
{
    return left.kind == right.kind && left.name == right.name && left.text == right.text
        && left.items == right.items;
}

DataNode textNode(const QString &text)
{
    return {.kind = DataNode::Kind::String, .text = text};
}

bool meansTheSame(const DataNode &left, const DataNode &right)
{
    if (left.kind != right.kind)
        return false;
    switch (left.kind) {
    case DataNode::Kind::Null:
        return true;
    case DataNode::Kind::Boolean:
        return left.isTrue() == right.isTrue();
    case DataNode::Kind::Number:
        // NOLINTNEXTLINE(clang-diagnostic-float-equal): that is how JavaScript compares them
        return left.text == right.text || left.number() == right.number();
    case DataNode::Kind::String:
        return left.text == right.text;
    case DataNode::Kind::List:
        return std::ranges::equal(left.items, right.items, meansTheSame);
    case DataNode::Kind::Map:
        return std::ranges::equal(membersByName(left), membersByName(right), isSameMember);
    }
    return false;
}

QString canonicalNumber(const QString &text)
{
    const qsizetype exponent = text.indexOf(u'e', 0, Qt::CaseInsensitive);
    QString mantissa = exponent < 0 ? text : text.first(exponent);
    const bool isNegative = mantissa.startsWith(u'-');
    if (isNegative)
        mantissa.remove(0, 1);
    const qsizetype point = mantissa.indexOf(u'.');
    QString digits = mantissa;
    digits.remove(u'.');
    bool isRead = true;
    qint64 power = exponent < 0 ? 0 : text.mid(exponent + 1).toLongLong(&isRead);
    if (!isRead || std::abs(power) > 1'000'000'000'000)
        return text;
    if (point >= 0)
        power -= mantissa.size() - point - 1;
    qsizetype zeros = 0;
    while (zeros < digits.size() && digits[zeros] == u'0')
        ++zeros;
    digits.remove(0, zeros);
    while (digits.endsWith(u'0')) {
        digits.chop(1);
        ++power;
    }
    if (digits.isEmpty())
        return u"0"_s;
    return (isNegative ? u"-"_s : QString()) % digits % u'e' % QString::number(power);
}

bool isSameNumber(const QString &left, const QString &right)
{
    return left == right || canonicalNumber(left) == canonicalNumber(right);
}

QString scriptNumber(double number)
{
    if (std::isnan(number))
        return u"NaN"_s;
    if (std::isinf(number))
        return number < 0 ? u"-Infinity"_s : u"Infinity"_s;
    if (number == 0)
        return u"0"_s;
    const double size = std::abs(number);
    if (size >= 1e-6 && size < 1e21)
        return QString::number(number, 'f', QLocale::FloatingPointShortest);
    QString text = QString::number(number, 'e', QLocale::FloatingPointShortest);
    // Qt writes at least two digits of the exponent.
    const qsizetype exponent = text.indexOf(u'e') + 2;
    while (exponent < text.size() - 1 && text[exponent] == u'0')
        text.remove(exponent, 1);
    return text;
}

} // namespace Parlance
