// SPDX-License-Identifier: Apache-2.0
#include "wire/conversetext.h"

#include <QVarLengthArray>

#include <charconv>
#include <string_view>

namespace Parlance {
namespace {

//! Walks over JSON spelt without white space, or with one space after colons and commas as Python does.
class Walker
{
public:
    explicit Walker(QByteArrayView bytes)
        : m_at(bytes.data())
        , m_end(bytes.data() + bytes.size())
    {
    }

    bool isAtEnd() const { return m_at == m_end; }

    //! Skips the token in one of its two spellings.
    bool skip(std::string_view tight, std::string_view spaced)
    {
        const std::string_view rest(m_at, std::size_t(m_end - m_at));
        const std::size_t size = rest.starts_with(tight) ? tight.size()
            : rest.starts_with(spaced)                   ? spaced.size()
                                                         : 0;
        m_at += size;
        return size > 0;
    }
    bool skipDigits()
    {
        const char *const start = m_at;
        while (m_at < m_end && *m_at >= '0' && *m_at <= '9')
            ++m_at;
        return m_at != start;
    }

    //! The rest of a string whose opening quote was skipped, with its closing quote.
    std::optional<QString> string()
    {
        const char *start = m_at;
        QVarLengthArray<char, 512> plain; // only once there is an escape
        while (m_at < m_end && *m_at != '"') {
            if (static_cast<unsigned char>(*m_at) < 0x20)
                return std::nullopt;
            if (*m_at++ != '\\')
                continue;
            plain.append(start, m_at - 1 - start);
            if (!escape(plain))
                return std::nullopt;
            start = m_at;
        }
        if (m_at == m_end)
            return std::nullopt;
        const char *const end = m_at++;
        if (plain.isEmpty())
            return QString::fromUtf8(start, end - start);
        plain.append(start, end - start);
        return QString::fromUtf8(plain.constData(), plain.size());
    }

private:
    //! Appends what stands after a backslash. Surrogates are left to the parser.
    bool escape(QVarLengthArray<char, 512> &out)
    {
        static constexpr QByteArrayView letters = "\"\\/nrt";
        static constexpr QByteArrayView meanings = "\"\\/\n\r\t";
        if (m_at == m_end)
            return false;
        const char letter = *m_at++;
        if (letter == 'u')
            return unicode(out);
        const qsizetype index = letters.indexOf(letter);
        if (index >= 0)
            out.append(meanings[index]);
        return index >= 0;
    }
    bool unicode(QVarLengthArray<char, 512> &out)
    {
        if (m_end - m_at < 4)
            return false;
        unsigned unit = 0;
        const auto [end, error] = std::from_chars(m_at, m_at + 4, unit, 16);
        if (error != std::errc() || end != m_at + 4 || QChar::isSurrogate(unit))
            return false;
        m_at = end;
        if (unit < 0x80) {
            out.append(char(unit));
        } else if (unit < 0x800) {
            out.append(char(0xC0U | unit >> 6U));
            out.append(char(0x80U | (unit & 0x3FU)));
        } else {
            out.append(char(0xE0U | unit >> 12U));
            out.append(char(0x80U | (unit >> 6U & 0x3FU)));
            out.append(char(0x80U | (unit & 0x3FU)));
        }
        return true;
    }

    const char *m_at;
    const char *m_end;
};

} // namespace

std::optional<QString> converseText(QByteArrayView payload)
{
    Walker walker(payload);
    if (!walker.skip(R"({"event":{"contentBlockDelta":{"delta":{"text":")",
                     R"({"event": {"contentBlockDelta": {"delta": {"text": ")"))
        return std::nullopt;
    std::optional<QString> text = walker.string();
    if (text && walker.skip(R"(},"contentBlockIndex":)", R"(}, "contentBlockIndex": )") && walker.skipDigits()
        && walker.skip("}}}", "}}}") && walker.isAtEnd())
        return text;
    return std::nullopt;
}

} // namespace Parlance
