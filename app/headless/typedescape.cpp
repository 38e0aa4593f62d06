// SPDX-License-Identifier: Apache-2.0
#include "headless/typedescape.h"

namespace Parlance {

TypedEscape::Read TypedEscape::read(QByteArrayView typed)
{
    Read read;
    for (const char c : typed) {
        if (m_place == Place::AfterTilde) {
            m_place = Place::Within;
            if (c == '.') {
                read.wish = Wish::Leave;
                return read;
            }
            if (c == '?') {
                m_place = Place::LineStart;
                read.wish = Wish::Help;
                continue;
            }
            read.bytes += '~';
            if (c == '~')
                continue;
        } else if (m_place == Place::LineStart && c == '~') {
            m_place = Place::AfterTilde;
            continue;
        }
        read.bytes += c;
        m_place = c == '\r' || c == '\n' ? Place::LineStart : Place::Within;
    }
    return read;
}

} // namespace Parlance
