// SPDX-License-Identifier: Apache-2.0
#include "qa/templateexpression.h"

#include "qa/suitetemplate.h"

#include <QCoreApplication>
#include <QStringBuilder>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int deepest = 20;

//! One expression, read and worked out at once.
class Expression
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::TemplateExpression)
public:
    Expression(QStringView text, const DataNode &variables)
        : m_text(text)
        , m_variables(variables)
    {
    }

    ExpressionValue whole();

private:
    using Value = std::optional<DataNode>;

    Value filtered(int depth);
    Value primary(int depth);
    Value name();
    Value string();
    Value number();
    Value withMembers(Value value, int depth);
    Value filter(const QString &name, const Value &value, const std::vector<Value> &arguments);
    Value replaced(const Value &value, const std::vector<Value> &arguments);
    std::vector<Value> arguments(int depth);
    QString identifier();
    void skipSpace();
    bool take(char16_t wanted);
    Value fail(const QString &problem);
    bool hasFailed() const { return !m_result.problem.isEmpty(); }

    QStringView m_text;
    qsizetype m_at = 0;
    const DataNode &m_variables;
    ExpressionValue m_result;
};

bool beginsName(QChar character)
{
    return character.isLetter() || character == u'_' || character == u'$';
}

bool isTruthy(const DataNode &value)
{
    return !(value.isNull() || (value.isBoolean() && !value.isTrue())
             || (value.isString() && value.text.isEmpty()) || (value.isNumber() && value.number() == 0));
}

//! As JavaScript makes a string of it.
QString scriptWords(const std::optional<DataNode> &value)
{
    if (!value || value->isNull())
        return {};
    if (value->isMap())
        return u"[object Object]"_s;
    if (!value->isList())
        return value->words();
    QStringList words;
    for (const DataNode &item : value->items)
        words.append(scriptWords(item));
    return words.join(u',');
}

std::optional<DataNode> textValue(const QString &text)
{
    return textNode(text);
}

ExpressionValue Expression::whole()
{
    m_result.value = filtered(0);
    skipSpace();
    if (!hasFailed() && m_at < m_text.size())
        fail(tr("“%1” is not understood.").arg(m_text.sliced(m_at).trimmed()));
    if (hasFailed())
        m_result.value = std::nullopt;
    return std::move(m_result);
}

std::optional<DataNode> Expression::fail(const QString &problem)
{
    if (m_result.problem.isEmpty())
        m_result.problem = problem;
    return std::nullopt;
}

void Expression::skipSpace()
{
    while (m_at < m_text.size() && m_text[m_at].isSpace())
        ++m_at;
}

bool Expression::take(char16_t wanted)
{
    skipSpace();
    if (m_at == m_text.size() || m_text[m_at] != wanted)
        return false;
    ++m_at;
    return true;
}

QString Expression::identifier()
{
    skipSpace();
    const qsizetype begin = m_at;
    while (m_at < m_text.size() && (beginsName(m_text[m_at]) || (m_at > begin && m_text[m_at].isDigit())))
        ++m_at;
    return m_text.sliced(begin, m_at - begin).toString();
}

Expression::Value Expression::filtered(int depth)
{
    if (depth > deepest)
        return fail(tr("it is nested too deeply."));
    Value value = withMembers(primary(depth), depth);
    while (!hasFailed() && take(u'|')) {
        const QString name = identifier();
        value = filter(name, value, arguments(depth));
    }
    return value;
}

std::vector<Expression::Value> Expression::arguments(int depth)
{
    std::vector<Value> list;
    if (!take(u'('))
        return list;
    while (!hasFailed() && !take(u')')) {
        if (!list.empty() && !take(u','))
            fail(tr("“)” is missing."));
        list.push_back(filtered(depth + 1));
    }
    return list;
}

Expression::Value Expression::primary(int depth)
{
    skipSpace();
    if (m_at == m_text.size())
        return fail(tr("nothing stands there."));
    const QChar first = m_text[m_at];
    if (take(u'(')) {
        const Value value = filtered(depth + 1);
        return take(u')') ? value : fail(tr("“)” is missing."));
    }
    if (first == u'"' || first == u'\'')
        return string();
    if (first.isDigit())
        return number();
    return beginsName(first) ? name()
                             : fail(tr("“%1” is not understood.").arg(m_text.sliced(m_at).trimmed()));
}

Expression::Value Expression::string()
{
    const QChar quote = m_text[m_at++];
    QString text;
    for (; m_at < m_text.size() && m_text[m_at] != quote; ++m_at) {
        if (m_text[m_at] == u'\\' && m_at + 1 < m_text.size()) {
            const QChar escaped = m_text[++m_at];
            text += escaped == u'n' ? QChar(u'\n') : escaped == u't' ? QChar(u'\t') : escaped;
        } else {
            text += m_text[m_at];
        }
    }
    if (m_at == m_text.size())
        return fail(tr("a string does not end."));
    ++m_at;
    return textValue(text);
}

Expression::Value Expression::number()
{
    const qsizetype begin = m_at;
    while (m_at < m_text.size() && (m_text[m_at].isDigit() || m_text[m_at] == u'.'))
        ++m_at;
    return DataNode{.kind = DataNode::Kind::Number, .text = m_text.sliced(begin, m_at - begin).toString()};
}

Expression::Value Expression::name()
{
    const QString name = identifier();
    if (name == "true"_L1 || name == "false"_L1)
        return DataNode{.kind = DataNode::Kind::Boolean, .text = name};
    if (name == "none"_L1 || name == "null"_L1)
        return DataNode();
    const DataNode *variable = m_variables.member(name);
    if (variable != nullptr)
        return *variable;
    if (name == "env"_L1)
        return fail(tr("the environment is not read."));
    m_result.missing.append(name);
    return std::nullopt;
}

Expression::Value Expression::withMembers(Value value, int depth)
{
    while (!hasFailed()) {
        std::optional<DataNode> key;
        if (take(u'.')) {
            key = textNode(identifier());
        } else if (take(u'[')) {
            key = filtered(depth + 1);
            if (!take(u']'))
                return fail(tr("“]” is missing."));
        } else {
            return value;
        }
        if (!value || !key)
            continue;
        const DataNode *member = value->member(key->words());
        if (value->isList() && key->isNumber() && key->number() < double(value->items.size()))
            member = &value->items[std::size_t(key->number())];
        // The value is a copy, and so is what is in it.
        value = member != nullptr ? Value(DataNode(*member)) : std::nullopt;
    }
    return value;
}

Expression::Value Expression::replaced(const Value &value, const std::vector<Value> &arguments)
{
    if (arguments.size() != 2)
        return fail(tr("“replace” wants two texts."));
    const QString wanted = scriptWords(arguments[0]);
    QString text = scriptWords(value);
    return wanted.isEmpty() ? value : textValue(text.replace(wanted, scriptWords(arguments[1])));
}

Expression::Value Expression::filter(const QString &name, const Value &value,
                                     const std::vector<Value> &arguments)
{
    const QString text = scriptWords(value);
    if (name == "upper"_L1)
        return textValue(text.toUpper());
    if (name == "lower"_L1)
        return textValue(text.toLower());
    if (name == "trim"_L1)
        return textValue(text.trimmed());
    if (name == "capitalize"_L1)
        return textValue(QString(text.left(1).toUpper() % text.mid(1).toLower()));
    if (name == "safe"_L1 || name == "string"_L1)
        return textValue(text);
    if (name == "dump"_L1)
        return value ? textValue(value->json()) : textValue({});
    if (name == "replace"_L1)
        return replaced(value, arguments);
    if (name == "load"_L1) {
        const Result<DataNode> loaded = readData(QStringView(text));
        return loaded ? Value(*loaded) : fail(loaded.error().message);
    }
    if (name == "default"_L1 || name == "d"_L1) {
        const bool wantsTruth = arguments.size() > 1 && arguments[1] && isTruthy(*arguments[1]);
        const bool isThere = value && (!wantsTruth || isTruthy(*value));
        if (!isThere && !m_result.missing.isEmpty())
            m_result.missing.removeLast();
        return isThere || arguments.empty() ? value : arguments.front();
    }
    const bool isList = value && value->isList();
    if (name == "length"_L1) {
        const qsizetype count =
            value && (isList || value->isMap()) ? qsizetype(value->items.size()) : text.size();
        return DataNode{.kind = DataNode::Kind::Number, .text = QString::number(count)};
    }
    if (name == "first"_L1 || name == "last"_L1) {
        if (!isList || value->items.empty())
            return std::nullopt;
        return Value(DataNode(name == "first"_L1 ? value->items.front() : value->items.back()));
    }
    if (name == "join"_L1) {
        QStringList words;
        for (const DataNode &item : isList ? value->items : std::vector<DataNode>())
            words.append(scriptWords(item));
        return textValue(words.join(arguments.empty() ? QString() : scriptWords(arguments.front())));
    }
    return fail(tr("there is no filter “%1”.").arg(name));
}

} // namespace

QString ExpressionValue::words() const
{
    return scriptWords(value);
}

ExpressionValue evaluateExpression(QStringView expression, const DataNode &variables)
{
    return Expression(expression, variables).whole();
}

QStringList filterNames()
{
    return {u"capitalize"_s, u"d"_s,    u"default"_s, u"dump"_s, u"first"_s,
            u"join"_s,       u"last"_s, u"length"_s,  u"load"_s, u"lower"_s,
            u"replace"_s,    u"safe"_s, u"string"_s,  u"trim"_s, u"upper"_s};
}

} // namespace Parlance
