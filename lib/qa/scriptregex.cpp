// SPDX-License-Identifier: Apache-2.0
#include "qa/scriptregex.h"

#include <QCoreApplication>
#include <QStringBuilder>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::ScriptRegex)
};

constexpr QStringView spaces =
    u"\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";

bool isHex(QStringView digits)
{
    for (const QChar digit : digits) {
        if (!u"0123456789abcdefABCDEF"_s.contains(digit))
            return false;
    }
    return !digits.isEmpty();
}

//! Goes through a pattern and writes what means the same to PCRE.
class Translation
{
public:
    explicit Translation(QStringView pattern)
        : m_left(pattern)
    {
    }

    QString translated();

private:
    void escape();
    void bracket();
    void outside(QChar first);
    QChar take();

    QStringView m_left;
    QString m_out;
    bool m_isInClass = false;
};

QChar Translation::take()
{
    const QChar first = m_left.front();
    m_left = m_left.sliced(1);
    return first;
}

void Translation::escape()
{
    const QChar name = take();
    if (name == u'u' && m_left.size() >= 4 && isHex(m_left.first(4))) {
        m_out += u"\\x{"_s % m_left.first(4) % u'}';
        m_left = m_left.sliced(4);
    } else if (name == u'x' && m_left.size() >= 2 && isHex(m_left.first(2))) {
        m_out += u"\\x{"_s % m_left.first(2) % u'}';
        m_left = m_left.sliced(2);
    } else if (name == u's') {
        m_out += m_isInClass ? spaces.toString() : QString(u'[' % spaces % u']');
    } else if (name == u'S' && !m_isInClass) {
        m_out += u"[^"_s % spaces % u']';
    } else if (name == u'v') {
        m_out += u"\\x0b"_s;
    } else if (name == u'c' && !m_left.isEmpty() && m_left.front().isLetter()) {
        m_out += u"\\c"_s % take();
    } else if (u"dDwWbBSntrf"_s.contains(name) || name.isDigit()) {
        m_out += u'\\' % name;
    } else if (name == u'k' && m_left.startsWith(u'<')) {
        m_out += u"\\k"_s;
    } else if (name.isLetter()) {
        // Other letters stand for themselves.
        m_out += name;
    } else {
        m_out += u'\\' % name;
    }
}

void Translation::bracket()
{
    if (m_left.startsWith(u"^]")) {
        m_out += u"[\\s\\S]"_s;
        m_left = m_left.sliced(2);
    } else if (m_left.startsWith(u"]")) {
        m_out += u"(?!)"_s;
        m_left = m_left.sliced(1);
    } else {
        m_isInClass = true;
        m_out += u'[';
        if (m_left.startsWith(u'^'))
            m_out += take();
    }
}

void Translation::outside(QChar first)
{
    if (first == u'[')
        bracket();
    else if (first == u'.')
        m_out += u"[^\\n\\r\\x{2028}\\x{2029}]"_s;
    else if (first == u'$')
        m_out += u"\\z"_s;
    else if (first == u'(' && m_left.startsWith(u'*'))
        m_out += u"(?:)("_s; // a verb of PCRE is a fault there; a star that repeats nothing is one here
    else
        m_out += first;
}

QString Translation::translated()
{
    while (!m_left.isEmpty()) {
        const QChar first = take();
        if (first == u'\\' && !m_left.isEmpty()) {
            escape();
        } else if (!m_isInClass) {
            outside(first);
        } else {
            // A bracket within brackets means nothing, but PCRE knows [:names:].
            m_out += first == u'[' ? u"\\["_s : QString(first);
            m_isInClass = first != u']';
        }
    }
    return std::move(m_out);
}

} // namespace

Result<QRegularExpression> scriptRegex(const QString &pattern)
{
    // What backtracks without end is ended.
    QRegularExpression regex(u"(*LIMIT_MATCH=2000000)"_s % Translation(pattern).translated());
    if (!regex.isValid())
        return failure(ErrorKind::Internal,
                       Words::tr("“%1” is not a regular expression: %2.").arg(pattern, regex.errorString()));
    regex.optimize();
    return regex;
}

bool isFound(const QRegularExpression &regex, const QString &text)
{
    return regex.match(text).hasMatch();
}

} // namespace Parlance
