// SPDX-License-Identifier: Apache-2.0
#include "transcript/markdownwords.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

bool isMark(QChar c)
{
    return u"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"_s.contains(c);
}

// Null stands for either end of a text.
bool isGap(QChar c)
{
    return c.isNull() || c.isSpace();
}

// What CommonMark calls inline HTML, which is shown as it was written.
const QRegularExpression &tags()
{
    static const QRegularExpression expression(
        u"</"
        u"?[A-Za-z][A-Za-z0-9-]*(?:\\s+[A-Za-z_:][\\w.:-]*(?:\\s*=\\s*(?:[^\\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?"
        u")*"
        "\\s*/?>|<!--(?!-?>)(?:(?!--)[^<])*-->|<\\?[^?]*\\?>|<![A-Z]+\\s[^>]*>"_s);
    return expression;
}

const QRegularExpression &entities()
{
    static const QRegularExpression expression(
        u"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);"_s);
    return expression;
}

bool matchesAt(const QRegularExpression &expression, const QString &text, qsizetype at,
               qsizetype *end = nullptr)
{
    const auto match = expression.match(text, at, QRegularExpression::NormalMatch,
                                        QRegularExpression::AnchorAtOffsetMatchOption);
    if (end)
        *end = match.capturedEnd();
    return match.hasMatch();
}

class Escaper
{
public:
    Escaper(const QString &text, qsizetype from, qsizetype to, MarkdownPlace place)
        : m_text(text)
        , m_from(from)
        , m_to(to)
        , m_place(place)
    {
    }

    QString escaped()
    {
        for (m_at = m_from; m_at < m_to; ++m_at) {
            if (m_place == MarkdownPlace::Lines && beginsLine())
                writeLineStart();
            if (m_at < m_to)
                writeOne();
        }
        return std::move(m_result);
    }

private:
    QChar at(qsizetype i) const { return i >= 0 && i < m_text.size() ? m_text[i] : QChar(); }
    bool beginsLine() const { return m_at == 0 || at(m_at - 1) == u'\n'; }

    void escape()
    {
        m_result += u'\\';
        m_result += at(m_at);
    }

    // What would begin a block, up to the character that needs no more than any other.
    void writeLineStart()
    {
        while (m_at < m_to && (at(m_at) == u' ' || at(m_at) == u'\t'))
            m_result += at(m_at++) == u' ' ? u"&#32;"_s : u"&#9;"_s;
        if (m_at >= m_to)
            return;
        qsizetype end = m_text.indexOf(u'\n', m_at);
        end = end < 0 ? m_text.size() : end;
        const QStringView line = QStringView(m_text).mid(m_at, end - m_at);
        if (line.empty())
            return;
        const QChar first = line.front();
        const auto isOf = [&line](QStringView allowed) {
            return std::ranges::all_of(line, [allowed](QChar c) { return allowed.contains(c); });
        };
        qsizetype digits = 0;
        while (digits < line.size() && line[digits] >= u'0' && line[digits] <= u'9')
            ++digits;
        const auto afterDigits = [&](qsizetype i) {
            return digits + i < line.size() ? line[digits + i] : QChar();
        };
        if (digits > 0 && (afterDigits(0) == u'.' || afterDigits(0) == u')') && isGap(afterDigits(1))
            && m_at + digits < m_to) {
            m_result += line.first(digits);
            m_at += digits;
            escape();
            ++m_at;
            return;
        }
        const QChar second = line.size() > 1 ? line[1] : QChar();
        const bool beginsBlock = first == u'>' || (u"-+*"_s.contains(first) && isGap(second))
            || (first == u'<' && (second.isLetter() || u"/!?"_s.contains(second)))
            || (first == u'#' && isHeading(line)) || line.startsWith(u"~~~") || isOf(u"-=:| ");
        if (beginsBlock && isMark(first)) {
            escape();
            ++m_at;
        }
    }

    static bool isHeading(QStringView line)
    {
        qsizetype count = 0;
        while (count < line.size() && line[count] == u'#')
            ++count;
        return count <= 6 && (count == line.size() || line[count].isSpace());
    }

    void writeOne()
    {
        const QChar c = at(m_at);
        const QChar before = at(m_at - 1);
        const QChar after = at(m_at + 1);
        switch (c.unicode()) {
        case u'\n':
            // A line without words would end the paragraph, and spaces before a break are not kept.
            m_result += beginsLine() ? u"&#10;"_s : before == u' ' ? u"\\\n"_s : u"  \n"_s;
            return;
        case u' ':
            m_result += m_at + 1 == m_text.size() ? u"&#32;"_s : u" "_s;
            return;
        case u'\\':
            if (isMark(after) || m_at + 1 == m_to)
                escape();
            else
                m_result += c;
            return;
        case u'`':
            escape();
            return;
        case u'*':
        case u'_':
            if ((isGap(before) && isGap(after))
                || (c == u'_' && before.isLetterOrNumber() && after.isLetterOrNumber()))
                m_result += c;
            else
                escape();
            return;
        case u'~':
            if (before == c || after == c)
                escape();
            else
                m_result += c;
            return;
        case u'$':
            // It opens a formula, if anything here ends one.
            if (m_text.indexOf(c, m_at + 1) > 0 && !isGap(after))
                escape();
            else
                m_result += c;
            return;
        case u'&':
            if (matchesAt(entities(), m_text, m_at))
                escape();
            else
                m_result += c;
            return;
        case u'!':
            if (m_at + 1 == m_to && m_to < m_text.size())
                escape();
            else
                m_result += c;
            return;
        default:
            writeBracket();
        }
    }

    // Whether this bracket would end a link, a footnote or the box of a task.
    bool endsBracket() const
    {
        const QChar after = at(m_at + 1);
        if (after == u'(' || after == u'[' || after == u':' || (m_at + 1 == m_to && m_to < m_text.size()))
            return true;
        const qsizetype open = m_text.lastIndexOf(u'[', m_at);
        return open >= 0 && (at(open + 1) == u'^' || (open == 0 && m_at == 2));
    }

    void writeBracket()
    {
        const QChar c = at(m_at);
        if (c == u'[' || c == u']') {
            // Those of a link must not pair with these. Elsewhere nothing comes of one that is not closed.
            if (m_place == MarkdownPlace::Link)
                m_result += c == u'[' ? u"&#91;"_s : u"&#93;"_s;
            else if (c == u']' && endsBracket())
                escape();
            else
                m_result += c;
            return;
        }
        if (c == u'<') {
            qsizetype end = 0;
            const bool isTag = matchesAt(tags(), m_text, m_at, &end);
            if (isTag && end <= m_to) {
                m_result += QStringView(m_text).mid(m_at, end - m_at);
                m_at = end - 1;
                return;
            }
            const QChar after = at(m_at + 1);
            if (after.isLetter() || u"/!?"_s.contains(after))
                escape();
            else
                m_result += c;
            return;
        }
        const bool isLink = (c == u':' && QStringView(m_text).mid(m_at).startsWith(u"://"))
            || (c == u'.' && QStringView(m_text).first(m_at).endsWith(u"www", Qt::CaseInsensitive));
        if (isLink && m_place != MarkdownPlace::Link)
            escape();
        else
            m_result += c;
    }

    const QString &m_text;
    qsizetype m_from;
    qsizetype m_to;
    MarkdownPlace m_place;
    qsizetype m_at = 0;
    QString m_result;
};

} // namespace

QString escapedWords(const QString &text, qsizetype from, qsizetype to, MarkdownPlace place)
{
    return Escaper(text, from, to, place).escaped();
}

QString writtenCode(const QString &code)
{
    qsizetype longest = 0;
    qsizetype count = 0;
    for (const QChar c : code) {
        count = c == u'`' ? count + 1 : 0;
        longest = std::max(longest, count);
    }
    const QString fence(longest + 1, u'`');
    const bool isPadded = code.startsWith(u' ') && code.endsWith(u' ') && !code.trimmed().isEmpty();
    const QString gap = isPadded || code.startsWith(u'`') || code.endsWith(u'`') ? u" "_s : QString();
    return fence % gap % code % gap % fence;
}

QString writtenAddress(const QString &url)
{
    const auto isPlain = [](QChar c) { return c > u' ' && !u"()<>\\&"_s.contains(c); };
    if (std::ranges::all_of(url, isPlain))
        return url;
    QString result;
    for (const QChar c : url) {
        if (u"<>\\&"_s.contains(c))
            result += u'\\';
        result += c;
    }
    return u'<' % result % u'>';
}

} // namespace Parlance
