// SPDX-License-Identifier: Apache-2.0
#include "qa/datanode.h"

#include <QCoreApplication>
#include <QStringDecoder>

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

//! Deeper than anything that is meant; each level of it is one of the stack.
constexpr int deepest = 400;

//! JSON by the letter: what another strict reader refuses is refused here.
class DataReader
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::DataReader)
public:
    DataReader(QStringView text, int line)
        : m_text(text)
        , m_line(line)
    {
    }

    bool value(DataNode &node, int depth);
    void skipSpace();
    qsizetype at() const { return m_at; }
    bool isAtEnd() const { return m_at == m_text.size(); }
    Error error() const;
    bool fail(const QString &reason);
    bool failHere();

private:
    bool list(DataNode &node, int depth);
    bool map(DataNode &node, int depth);
    bool string(QString &text);
    bool escape(QString &text);
    bool number(DataNode &node);
    bool digits();
    bool word(QLatin1StringView expected);
    bool take(char16_t wanted);
    QChar here() const { return isAtEnd() ? QChar() : m_text[m_at]; }

    QStringView m_text;
    qsizetype m_at = 0;
    int m_line = 1;
    QString m_reason;
};

Error DataReader::error() const
{
    return {.kind = ErrorKind::Internal, .message = tr("Line %1 is not JSON: %2").arg(m_line).arg(m_reason)};
}

bool DataReader::fail(const QString &reason)
{
    if (m_reason.isEmpty())
        m_reason = reason;
    return false;
}

bool DataReader::failHere()
{
    return isAtEnd() ? fail(tr("it ends too early.")) : fail(tr("“%1” does not belong there.").arg(here()));
}

void DataReader::skipSpace()
{
    for (; !isAtEnd(); ++m_at) {
        const QChar character = m_text[m_at];
        if (character == u'\n')
            ++m_line;
        else if (character != u' ' && character != u'\t' && character != u'\r')
            return;
    }
}

bool DataReader::take(char16_t wanted)
{
    if (here() != wanted || isAtEnd())
        return false;
    ++m_at;
    return true;
}

bool DataReader::word(QLatin1StringView expected)
{
    if (!m_text.sliced(m_at).startsWith(expected))
        return failHere();
    m_at += expected.size();
    return true;
}

bool DataReader::value(DataNode &node, int depth)
{
    if (depth > deepest)
        return fail(tr("it is nested too deeply."));
    node.line = m_line;
    switch (here().unicode()) {
    case u'{':
        return map(node, depth);
    case u'[':
        return list(node, depth);
    case u'"':
        node.kind = DataNode::Kind::String;
        return string(node.text);
    case u't':
    case u'f':
        node.kind = DataNode::Kind::Boolean;
        node.text = here() == u't' ? u"true"_s : u"false"_s;
        return word(here() == u't' ? "true"_L1 : "false"_L1);
    case u'n':
        return word("null"_L1);
    default:
        return number(node);
    }
}

bool DataReader::list(DataNode &node, int depth)
{
    node.kind = DataNode::Kind::List;
    take(u'[');
    skipSpace();
    if (take(u']'))
        return true;
    while (true) {
        skipSpace();
        if (!value(node.items.emplace_back(), depth + 1))
            return false;
        skipSpace();
        if (take(u']'))
            return true;
        if (!take(u','))
            return failHere();
    }
}

bool DataReader::map(DataNode &node, int depth)
{
    node.kind = DataNode::Kind::Map;
    take(u'{');
    skipSpace();
    if (take(u'}'))
        return true;
    while (true) {
        skipSpace();
        QString name;
        if (here() != u'"' || !string(name))
            return failHere();
        skipSpace();
        if (!take(u':'))
            return failHere();
        skipSpace();
        DataNode &member = node.items.emplace_back();
        member.name = std::move(name);
        if (!value(member, depth + 1))
            return false;
        skipSpace();
        if (take(u'}'))
            return true;
        if (!take(u','))
            return failHere();
    }
}

bool DataReader::string(QString &text)
{
    ++m_at;
    qsizetype plain = m_at; // start of the run without escapes
    while (!isAtEnd()) {
        const char16_t unit = m_text[m_at].unicode();
        if (unit == u'"') {
            text += m_text.sliced(plain, m_at - plain);
            ++m_at;
            return true;
        }
        if (unit < 0x20)
            return fail(tr("a string does not end."));
        if (unit != u'\\') {
            ++m_at;
            continue;
        }
        text += m_text.sliced(plain, m_at - plain);
        ++m_at;
        if (!escape(text))
            return false;
        plain = m_at;
    }
    return fail(tr("a string does not end."));
}

bool DataReader::escape(QString &text)
{
    static constexpr QStringView names = u"\"\\/bfnrt";
    static constexpr QStringView meanings = u"\"\\/\b\f\n\r\t";
    if (isAtEnd())
        return failHere();
    const QChar name = m_text[m_at];
    const qsizetype found = names.indexOf(name);
    if (found >= 0) {
        text += meanings[found];
        ++m_at;
        return true;
    }
    if (name != u'u' || m_text.size() - m_at < 5)
        return failHere();
    char16_t unit = 0;
    for (const QChar digit : m_text.sliced(m_at + 1, 4)) {
        const bool isDigit = digit >= u'0' && digit <= u'9';
        const char16_t letter = digit.unicode() | 0x20;
        if (!isDigit && (digit.unicode() > 0x7f || letter < u'a' || letter > u'f'))
            return failHere();
        unit = char16_t(unit * 16 + (isDigit ? digit.unicode() - u'0' : letter - u'a' + 10));
    }
    text += QChar(unit);
    m_at += 5;
    return true;
}

bool DataReader::digits()
{
    const qsizetype begin = m_at;
    while (!isAtEnd() && here() >= u'0' && here() <= u'9')
        ++m_at;
    return m_at > begin || failHere();
}

bool DataReader::number(DataNode &node)
{
    const qsizetype begin = m_at;
    take(u'-');
    if (!take(u'0') && !digits())
        return false;
    if (take(u'.') && !digits())
        return false;
    if (take(u'e') || take(u'E')) {
        if (!take(u'+'))
            take(u'-');
        if (!digits())
            return false;
    }
    node.kind = DataNode::Kind::Number;
    node.text = m_text.sliced(begin, m_at - begin).toString();
    return true;
}

} // namespace

Result<DataNode> readData(QStringView json, int firstLine)
{
    DataReader reader(json, firstLine);
    DataNode node;
    reader.skipSpace();
    bool isRead = reader.value(node, 0);
    if (isRead) {
        reader.skipSpace();
        isRead = reader.isAtEnd() || reader.failHere();
    }
    if (!isRead)
        return failure(reader.error());
    return node;
}

Result<DataNode> readData(QByteArrayView utf8, int firstLine)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(utf8);
    if (decoder.hasError()) {
        DataReader reader({}, firstLine);
        reader.fail(QCoreApplication::translate("Parlance::DataReader", "it is not UTF-8."));
        return failure(reader.error());
    }
    return readData(QStringView(text), firstLine);
}

std::optional<DataNode> readDataPrefix(QStringView json, qsizetype *end)
{
    DataReader reader(json, 0);
    DataNode node;
    if (!reader.value(node, 0))
        return std::nullopt;
    *end = reader.at();
    return node;
}

} // namespace Parlance
