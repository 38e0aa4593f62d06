// SPDX-License-Identifier: Apache-2.0
#include "core/packedtext.h"

#include <algorithm>

namespace Parlance {
namespace {

//! Turning this many back takes some ten microseconds.
constexpr qsizetype longestPacked = 64 * 1024;

} // namespace

void PackedText::pack()
{
    const auto *text = std::get_if<QString>(&m_held);
    if (!text || text->size() > longestPacked)
        return;
    const QByteArray packed = text->toUtf8();
    // Half a surrogate pair, or a byte order mark at the beginning, does not survive.
    if (packed.size() >= 2 * text->size() || QString::fromUtf8(packed) != *text)
        return;
    // What Qt converted into has room for three times as much.
    m_held = QByteArray(packed.constData(), packed.size());
}

QString PackedText::toString() const
{
    const auto *packed = std::get_if<QByteArray>(&m_held);
    return packed ? QString::fromUtf8(*packed) : std::get<QString>(m_held);
}

bool PackedText::isEmpty() const
{
    return std::visit([](const auto &held) { return held.isEmpty(); }, m_held);
}

qsizetype PackedText::size() const
{
    const auto *packed = std::get_if<QByteArray>(&m_held);
    if (!packed)
        return std::get<QString>(m_held).size();
    // Each character begins with one byte, and one that begins with 0xF0 or more is a surrogate pair.
    qsizetype units = 0;
    for (const char byte : *packed)
        units += qsizetype((byte & 0xC0) != 0x80) + qsizetype((byte & 0xF0) == 0xF0);
    return units;
}

qsizetype PackedText::count(char character) const
{
    if (const auto *packed = std::get_if<QByteArray>(&m_held))
        return std::count(packed->begin(), packed->end(), character);
    return std::get<QString>(m_held).count(QLatin1Char(character));
}

PackedText &PackedText::operator+=(const QString &more)
{
    if (isPacked())
        m_held = toString();
    std::get<QString>(m_held) += more;
    return *this;
}

bool operator==(const PackedText &one, const PackedText &other)
{
    return one.m_held.index() == other.m_held.index() ? one.m_held == other.m_held
                                                      : one.toString() == other.toString();
}

} // namespace Parlance
