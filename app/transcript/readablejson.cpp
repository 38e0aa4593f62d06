// SPDX-License-Identifier: Apache-2.0
#include "transcript/partblocks.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr qsizetype maxIndented = 500'000;
constexpr int maxIndent = 32;

// Sets the white space anew and leaves every token as it came: numbers beyond a double, escapes and the
// order of keys are evidence.
class Indenter
{
public:
    QString indented(const QString &text)
    {
        m_result.reserve(text.size() * 2);
        for (qsizetype i = 0; i < text.size(); ++i) {
            const QChar c = text[i];
            if (m_isInString)
                takeInString(c);
            else if (!c.isSpace())
                take(c, text, i);
        }
        return m_result;
    }

private:
    void takeInString(QChar c)
    {
        m_result += c;
        if (m_isEscaped)
            m_isEscaped = false;
        else if (c == u'\\')
            m_isEscaped = true;
        else if (c == u'"')
            m_isInString = false;
    }

    void take(QChar c, const QString &text, qsizetype &i)
    {
        if (c == u'{' || c == u'[') {
            m_result += c;
            qsizetype next = i + 1;
            while (next < text.size() && text[next].isSpace())
                ++next;
            if (next < text.size() && (text[next] == u'}' || text[next] == u']')) {
                m_result += text[next];
                i = next;
                return;
            }
            ++m_depth;
            breakLine();
        } else if (c == u'}' || c == u']') {
            --m_depth;
            breakLine();
            m_result += c;
        } else if (c == u',') {
            m_result += c;
            breakLine();
        } else if (c == u':') {
            m_result += u": "_s;
        } else {
            m_isInString = c == u'"';
            m_result += c;
        }
    }

    void breakLine()
    {
        m_result += u'\n';
        m_result += QString(qBound(0, m_depth, maxIndent) * 2, u' ');
    }

    QString m_result;
    int m_depth = 0;
    bool m_isInString = false;
    bool m_isEscaped = false;
};

} // namespace

std::optional<QString> indentedJson(const QString &text)
{
    const QString trimmed = text.trimmed();
    const bool mayBeJson = trimmed.startsWith(u'{') || trimmed.startsWith(u'[');
    if (!mayBeJson || trimmed.size() > maxIndented)
        return std::nullopt;
    // Only a check: its numbers are doubles, so nothing is taken from it.
    QJsonParseError problem;
    (void)QJsonDocument::fromJson(trimmed.toUtf8(), &problem);
    if (problem.error != QJsonParseError::NoError)
        return std::nullopt;
    return Indenter().indented(trimmed);
}

QString readableJson(const QString &text)
{
    return indentedJson(text).value_or(text);
}

} // namespace Parlance
