// SPDX-License-Identifier: Apache-2.0
#include "qa/suitetemplate.h"

#include "qa/templateexpression.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringBuilder>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::SuiteTemplate)
};

constexpr int mostRounds = 5;

void trimEnd(QString &text)
{
    while (!text.isEmpty() && text.back().isSpace())
        text.chop(1);
}

QStringView trimmedStart(QStringView text)
{
    while (!text.isEmpty() && text.front().isSpace())
        text = text.sliced(1);
    return text;
}

//! Goes through a text from tag to tag.
class TemplateReader
{
public:
    TemplateReader(QStringView text, const DataNode &variables)
        : m_left(text)
        , m_variables(variables)
    {
    }

    RenderedText render();

private:
    void expression(QStringView inner, QStringView whole);
    void statement(QStringView inner, QStringView whole);

    QStringView m_left;
    const DataNode &m_variables;
    RenderedText m_rendered;
};

QStringView closingOf(char16_t kind)
{
    return kind == u'{' ? u"}}" : kind == u'%' ? u"%}" : u"#}";
}

RenderedText TemplateReader::render()
{
    while (!m_left.isEmpty()) {
        qsizetype begin = m_left.indexOf(u'{');
        while (begin >= 0 && begin + 1 < m_left.size() && !u"{%#"_s.contains(m_left[begin + 1]))
            begin = m_left.indexOf(u'{', begin + 1);
        if (begin < 0 || begin + 1 >= m_left.size())
            break;
        const char16_t kind = m_left[begin + 1].unicode();
        const qsizetype end = m_left.indexOf(closingOf(kind), begin + 2);
        if (end < 0) {
            m_rendered.problems.append(Words::tr("“%1” is not closed.").arg(m_left.sliced(begin).left(20)));
            break;
        }
        const QStringView whole = m_left.sliced(begin, end + 2 - begin);
        QStringView inner = whole.sliced(2, whole.size() - 4);
        m_rendered.text += m_left.first(begin);
        m_left = m_left.sliced(end + 2);
        if (inner.startsWith(u'-')) {
            trimEnd(m_rendered.text);
            inner = inner.sliced(1);
        }
        if (inner.endsWith(u'-')) {
            m_left = trimmedStart(m_left);
            inner.chop(1);
        }
        if (kind == u'{')
            expression(inner, whole);
        else if (kind == u'%')
            statement(inner.trimmed(), whole);
    }
    m_rendered.text += m_left;
    return std::move(m_rendered);
}

void TemplateReader::expression(QStringView inner, QStringView whole)
{
    const ExpressionValue value = evaluateExpression(inner, m_variables);
    m_rendered.missing += value.missing;
    if (value.problem.isEmpty()) {
        m_rendered.text += value.words();
        return;
    }
    m_rendered.problems.append(Words::tr("“%1” is not supported: %2").arg(whole, value.problem));
    m_rendered.text += whole;
}

void TemplateReader::statement(QStringView inner, QStringView whole)
{
    static const QRegularExpression rawEnd(u"\\{%-?\\s*endraw\\s*-?%\\}"_s);
    if (inner == u"raw") {
        const QRegularExpressionMatch end = rawEnd.match(m_left.toString());
        if (end.hasMatch()) {
            m_rendered.text += m_left.first(end.capturedStart());
            m_left = m_left.sliced(end.capturedEnd());
            return;
        }
    }
    m_rendered.problems.append(
        Words::tr("“%1” is not supported: statements are not carried out.").arg(whole.left(40)));
    m_rendered.text += whole;
}

bool mayHoldTags(const QString &text)
{
    return text.contains("{{"_L1) || text.contains("{%"_L1) || text.contains("{#"_L1);
}

void writePretty(const DataNode &node, int depth, QString &out)
{
    if (!(node.isList() || node.isMap()) || node.items.empty()) {
        out += node.isNumber() ? node.words() : node.json();
        return;
    }
    const QString indent = u'\n' % QString((depth + 1) * 2, u' ');
    out += node.isMap() ? u'{' : u'[';
    for (const DataNode &item : node.items) {
        if (&item != &node.items.front())
            out += u',';
        out += indent;
        if (node.isMap())
            out += textNode(item.name).json() % u": "_s;
        writePretty(item, depth + 1, out);
    }
    out += u'\n' % QString(depth * 2, u' ') % (node.isMap() ? u'}' : u']');
}

} // namespace

RenderedText renderTemplate(const QString &text, const DataNode &variables)
{
    if (!mayHoldTags(text))
        return {.text = text};
    return TemplateReader(text, variables).render();
}

DataNode renderedData(const DataNode &value, const DataNode &variables, RenderedText *notes)
{
    DataNode rendered = value;
    if (rendered.isString() && mayHoldTags(rendered.text)) {
        RenderedText words = renderTemplate(rendered.text, variables);
        rendered.text = std::move(words.text);
        notes->problems += words.problems;
        notes->missing += words.missing;
    }
    for (DataNode &item : rendered.items)
        item = renderedData(item, variables, notes);
    return rendered;
}

RenderedText renderPrompt(const QString &prompt, const DataNode &variables)
{
    const QChar first = trimmedStart(prompt).isEmpty() ? QChar() : trimmedStart(prompt).front();
    if (first == u'{' || first == u'[' || first == u'"') {
        if (const Result<DataNode> json = readData(QStringView(prompt))) {
            RenderedText rendered;
            writePretty(renderedData(*json, variables, &rendered), 0, rendered.text);
            return rendered;
        }
    }
    // Variables that are themselves templates come first; what they do not know stays in them.
    DataNode filled = variables;
    for (DataNode &variable : filled.items) {
        if (!variable.isString() || !mayHoldTags(variable.text))
            continue;
        const RenderedText rendered = renderTemplate(variable.text, variables);
        if (rendered.problems.isEmpty() && rendered.missing.isEmpty())
            variable.text = rendered.text;
    }
    return renderTemplate(prompt, filled);
}

DataNode resolvedVariables(DataNode variables)
{
    static const QRegularExpression named(u"\\{\\{\\s*(\\w+)\\s*\\}\\}"_s);
    for (DataNode &variable : variables.items) {
        if (variable.isString() && variable.text.endsWith(u'\n'))
            variable.text.chop(1);
    }
    bool isResolved = false;
    for (int round = 0; !isResolved && round < mostRounds; ++round) {
        isResolved = true;
        for (DataNode &variable : variables.items) {
            if (!variable.isString() || !variable.text.contains("{{"_L1))
                continue;
            const QRegularExpressionMatch match = named.match(variable.text);
            const DataNode *other = match.hasMatch() ? variables.member(match.capturedView(1)) : nullptr;
            if (other == nullptr || other == &variable)
                continue;
            variable.text.replace(match.capturedStart(), match.capturedLength(), other->words());
            isResolved = false;
        }
    }
    return variables;
}

} // namespace Parlance
