// SPDX-License-Identifier: Apache-2.0
#include "chat/payloadparser.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int deepestNesting = 100;

constexpr auto names = std::to_array<std::pair<QLatin1StringView, Placeholder>>({
    {"prompt"_L1, Placeholder::Prompt},
    {"session"_L1, Placeholder::Session},
    {"conversation"_L1, Placeholder::Conversation},
    {"messages"_L1, Placeholder::Messages},
    {"uuid"_L1, Placeholder::Uuid},
    {"attachments"_L1, Placeholder::Attachments},
    {"content"_L1, Placeholder::Content},
});

bool isDigit(QChar character)
{
    return character >= u'0' && character <= u'9';
}

} // namespace

Result<std::vector<TemplatePiece>> PayloadParser::parse()
{
    skipSpace();
    if (value(0)) {
        skipSpace();
        if (m_at < m_text.size())
            fail(tr("there is something after the end"));
    }
    if (m_error)
        return failure(*m_error);
    m_pieces.push_back(TemplatePiece{.literal = m_text.sliced(m_literalStart)});
    return m_pieces;
}

bool PayloadParser::fail(const QString &reason)
{
    if (m_error)
        return false;
    const QStringView before = QStringView(m_text).left(m_at);
    const qsizetype line = before.count(u'\n') + 1;
    const qsizetype column = m_at - (before.lastIndexOf(u'\n') + 1) + 1;
    m_error = Error{.kind = ErrorKind::InvalidTemplate,
                    .message = tr("The payload template is not valid JSON at line %1, column %2: %3.")
                                   .arg(line)
                                   .arg(column)
                                   .arg(reason)};
    return false;
}

void PayloadParser::skipSpace()
{
    while (isAt(u' ') || isAt(u'\n') || isAt(u'\r') || isAt(u'\t'))
        ++m_at;
}

bool PayloadParser::expect(QChar wanted)
{
    if (!isAt(wanted))
        return fail(tr("“%1” is missing").arg(wanted));
    ++m_at;
    return true;
}

bool PayloadParser::value(int depth)
{
    if (depth > deepestNesting)
        return fail(tr("it is nested too deeply"));
    if (m_at >= m_text.size())
        return fail(tr("a value is missing"));
    const QChar character = m_text[m_at];
    if (character == u'{')
        return object(depth);
    if (character == u'[')
        return array(depth);
    if (character == u'"')
        return string(false);
    if (isAtPlaceholder())
        return placeholder(PlaceholderPlace::Value);
    if (character == u'-' || isDigit(character))
        return number();
    if (character == u't')
        return word("true"_L1);
    if (character == u'f')
        return word("false"_L1);
    if (character == u'n')
        return word("null"_L1);
    return fail(tr("a value is missing"));
}

bool PayloadParser::object(int depth)
{
    take(1);
    skipSpace();
    if (isAt(u'}')) {
        take(1);
        return true;
    }
    for (;;) {
        skipSpace();
        if (!isAt(u'"'))
            return fail(tr("a name in quotes is missing"));
        if (!string(true))
            return false;
        skipSpace();
        if (!expect(u':'))
            return false;
        skipSpace();
        if (!value(depth + 1))
            return false;
        skipSpace();
        if (!isAt(u','))
            return expect(u'}');
        take(1);
    }
}

bool PayloadParser::array(int depth)
{
    take(1);
    skipSpace();
    if (isAt(u']')) {
        take(1);
        return true;
    }
    for (;;) {
        skipSpace();
        if (!value(depth + 1))
            return false;
        skipSpace();
        if (!isAt(u','))
            return expect(u']');
        take(1);
    }
}

//! The end of `"${name}"` if the string at this place is nothing else; -1 otherwise.
qsizetype PayloadParser::loneQuotedPlaceholderEnd() const
{
    if (m_text.sliced(m_at, std::min<qsizetype>(3, m_text.size() - m_at)) != "\"${"_L1)
        return -1;
    const qsizetype close = m_text.indexOf(u'}', m_at);
    const bool isAlone = close >= 0 && close + 1 < m_text.size() && m_text[close + 1] == u'"'
        && m_text.indexOf(u'"', m_at + 1) == close + 1;
    return isAlone ? close + 2 : -1;
}

bool PayloadParser::string(bool isKey)
{
    const qsizetype end = isKey ? -1 : loneQuotedPlaceholderEnd();
    if (end >= 0) {
        closeLiteral(m_at);
        take(1);
        m_literalStart = m_at;
        if (!placeholder(PlaceholderPlace::Value))
            return false;
        take(1);
        m_literalStart = m_at;
        return true;
    }
    take(1);
    while (m_at < m_text.size()) {
        const QChar character = m_text[m_at];
        if (character == u'"') {
            take(1);
            return true;
        }
        if (character < u' ')
            return fail(tr("a line break or control character stands in a string"));
        const bool isGood = character == u'\\' ? escape()
            : isAtPlaceholder()                ? placeholder(PlaceholderPlace::InString)
                                               : (take(1), true);
        if (!isGood)
            return false;
    }
    return fail(tr("a string is not closed"));
}

bool PayloadParser::escape()
{
    take(1);
    const QChar character = m_at < m_text.size() ? m_text[m_at] : QChar();
    if (character == u'u') {
        const QString hex = m_text.mid(m_at + 1, 4);
        bool isNumber = false;
        hex.toUInt(&isNumber, 16);
        if (hex.size() < 4 || !isNumber || !hex.at(0).isLetterOrNumber())
            return fail(tr("“\\u” needs four hexadecimal digits"));
        take(5);
        return true;
    }
    if (character.isNull() || !u"\"\\/bfnrt"_s.contains(character))
        return fail(tr("an escape is not known"));
    take(1);
    return true;
}

bool PayloadParser::digits()
{
    const qsizetype start = m_at;
    while (m_at < m_text.size() && isDigit(m_text[m_at]))
        ++m_at;
    return m_at > start || fail(tr("a digit is missing"));
}

bool PayloadParser::number()
{
    if (isAt(u'-'))
        take(1);
    if (isAt(u'0')) {
        take(1);
        if (m_at < m_text.size() && isDigit(m_text[m_at]))
            return fail(tr("a number begins with a needless zero"));
    } else if (!digits()) {
        return false;
    }
    if (isAt(u'.')) {
        take(1);
        if (!digits())
            return false;
    }
    if (isAt(u'e') || isAt(u'E')) {
        take(1);
        if (isAt(u'+') || isAt(u'-'))
            take(1);
        return digits();
    }
    return true;
}

bool PayloadParser::word(QLatin1StringView expected)
{
    if (!QStringView(m_text).sliced(m_at).startsWith(expected))
        return fail(tr("a value is missing"));
    take(expected.size());
    return true;
}

bool PayloadParser::isAtPlaceholder() const
{
    return m_at + 1 < m_text.size() && m_text[m_at] == u'$' && m_text[m_at + 1] == u'{';
}

void PayloadParser::closeLiteral(qsizetype end)
{
    m_pieces.push_back(TemplatePiece{.literal = m_text.sliced(m_literalStart, end - m_literalStart)});
    m_literalStart = end;
}

// What may hold files names their form after a colon, and is a list of its own.
bool PayloadParser::checkForm(TemplatePiece &piece, const QString &name, const QString &form)
{
    const bool takesForm = piece.placeholder == Placeholder::Attachments
        || piece.placeholder == Placeholder::Content || piece.placeholder == Placeholder::Messages;
    if (!form.isEmpty()) {
        piece.form = attachmentFormFrom(QStringView(form).sliced(1));
        if (!takesForm)
            return fail(tr("the placeholder ${%1} takes no form").arg(name));
        if (!piece.form)
            return fail(tr("the form “%1” is not known; use converse, ag-ui, a2a or a2a-1")
                            .arg(form.sliced(1).left(40)));
    } else if (piece.placeholder == Placeholder::Content) {
        return fail(tr("${content} needs a form, such as ${content:converse}"));
    }
    if (piece.place == PlaceholderPlace::InString
        && (piece.form || piece.placeholder == Placeholder::Attachments))
        return fail(tr("${%1} stands for a list and cannot be part of a string").arg(name));
    return true;
}

bool PayloadParser::placeholder(PlaceholderPlace place)
{
    const qsizetype close = m_text.indexOf(u'}', m_at);
    if (close < 0)
        return fail(tr("a placeholder is not closed"));
    const QString whole = m_text.sliced(m_at + 2, close - m_at - 2);
    const QString name = whole.section(u':', 0, 0);
    const auto known = std::ranges::find_if(names, [&name](const auto &row) { return name == row.first; });
    if (known == names.end()) {
        return fail(tr("the placeholder ${%1} is not known; use ${prompt}, ${session}, ${conversation}, "
                       "${messages} or ${attachments}")
                        .arg(name.left(40)));
    }
    TemplatePiece piece{.placeholder = known->second, .place = place};
    if (!checkForm(piece, name, whole.sliced(name.size())))
        return false;
    closeLiteral(m_at);
    m_pieces.back().placeholder = piece.placeholder;
    m_pieces.back().place = piece.place;
    m_pieces.back().form = piece.form;
    m_at = close + 1;
    m_literalStart = m_at;
    return true;
}

} // namespace Parlance
