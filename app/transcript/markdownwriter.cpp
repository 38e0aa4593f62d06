// SPDX-License-Identifier: Apache-2.0
#include "transcript/markdownwriter.h"

#include "transcript/blockmarkup.h"
#include "transcript/markdowninlinewriter.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString codeOf(const Block &block)
{
    if (block.isFormula())
        return formulaSource(block);
    const QString &text = block.texts[0].text;
    const QChar sign = block.label.contains(u'`') ? u'~' : u'`';
    QString fence(3, sign);
    while (text.contains(fence))
        fence += sign;
    QString label = block.label;
    label.replace(u'\\', u"\\\\"_s).replace(u'&', u"\\&"_s);
    const QString end = text.isEmpty() ? QString() : text + u'\n';
    return QString(fence % label % u'\n' % end % fence);
}

QString headingOf(const Block &block)
{
    const RichText &text = block.texts[0];
    if (text.text.contains(u'\n') && block.level <= 2)
        return writtenInlines(text, MarkdownPlace::Lines) + (block.level == 1 ? u"\n==="_s : u"\n---"_s);
    QString words = writtenInlines(text, MarkdownPlace::Line);
    if (words.endsWith(u'#'))
        words.insert(words.size() - 1, u'\\');
    return QString(QString(block.level, u'#') % (words.isEmpty() ? u""_s : u" "_s) % words);
}

QString contentOf(const Block &block)
{
    const RichText &text = block.texts[0];
    switch (block.kind) {
    case BlockKind::Heading:
        return headingOf(block);
    case BlockKind::Code:
        return codeOf(block);
    case BlockKind::Table:
        return tableMarkdown(block).chopped(1);
    case BlockKind::Rule:
        return u"***"_s;
    case BlockKind::Image:
        if (!block.url.isEmpty())
            return u"!["_s % escapedWords(text.text, 0, text.text.size(), MarkdownPlace::Link) % u"]("_s
                % writtenAddress(block.url) % u')';
        break;
    default:
        break;
    }
    return block.isVerbatim ? text.text : writtenInlines(text, MarkdownPlace::Lines);
}

bool beginsNote(const Block &block)
{
    return !block.note.isEmpty() && block.marker == QString(block.note % u'.');
}

bool isEmptyItem(const Block &block)
{
    return !block.marker.isEmpty() && block.kind == BlockKind::Paragraph && block.texts[0].text.isEmpty();
}

class Writer
{
public:
    void write(const Block &block)
    {
        const std::vector<Nest> nest = nestOf(block);
        const size_t kept = keptOf(block, nest);
        const bool wasInItem = !m_open.empty() && m_open.back().kind == Nest::Item;
        const bool goesDeeper = kept == m_open.size();
        m_open.resize(kept);
        // On the line of a marker without words of its own, or on the next, or a line further.
        if (m_isEmptyItem && goesDeeper && !m_result.isEmpty())
            m_result += u' ';
        else if (!m_result.isEmpty())
            breakLine(wasInItem && standsClose(block, goesDeeper));
        for (size_t i = kept; i < nest.size(); ++i) {
            if (nest[i] == Nest::Quote)
                open(nest[i], u"> "_s, u"> "_s);
            else if (beginsNote(block) && i == kept)
                open(nest[i], u"[^"_s % block.note % u"]: "_s, u"    "_s);
            else if (!block.marker.isEmpty() && isInnermostItem(nest, i))
                openItem(block.marker == u"•"_s ? u"- "_s : block.marker + u' ');
            else if (nest[i] == Nest::Item)
                open(nest[i], {}, {}); // its marker is not among what is written
        }
        if (block.task != TaskMark::None)
            m_result += block.task == TaskMark::Done ? u"[x] "_s : u"[ ] "_s;
        writeLines(contentOf(block));
        m_isEmptyItem = isEmptyItem(block);
        while (m_result.endsWith(u' ') && m_isEmptyItem && block.task == TaskMark::None)
            m_result.chop(1);
        m_last = block.kind;
        m_wasVerbatim = block.isVerbatim;
    }

    QString written() { return std::move(m_result); }

private:
    struct Open
    {
        Nest kind = Nest::Quote;
        QString onward = {}; //!< what each further line begins with
    };

    static bool isInnermostItem(const std::vector<Nest> &nest, size_t i)
    {
        return nest[i] == Nest::Item
            && std::find(nest.begin() + qsizetype(i) + 1, nest.end(), Nest::Item) == nest.end();
    }

    // How many of the lists and quotes that are open go on. An item that begins ends the one before it.
    size_t keptOf(const Block &block, const std::vector<Nest> &nest) const
    {
        const bool begins = !block.marker.isEmpty();
        size_t most = nest.size();
        for (size_t i = 0; begins && i < nest.size(); ++i) {
            if (isInnermostItem(nest, i))
                most = i;
        }
        size_t kept = 0;
        while (kept < std::min(most, m_open.size()) && m_open[kept].kind == nest[kept])
            ++kept;
        return kept;
    }

    // Whether no empty line is needed before an item. A paragraph goes on where a list cannot begin.
    bool standsClose(const Block &block, bool goesDeeper) const
    {
        if (block.marker.isEmpty() || beginsNote(block) || m_wasVerbatim)
            return false;
        const bool isText = m_last == BlockKind::Paragraph || m_last == BlockKind::Heading;
        const bool canBegin = (block.marker == u"•"_s || block.marker == u"1."_s || block.marker == u"1)"_s)
            && !isEmptyItem(block);
        return isText && (!goesDeeper || canBegin);
    }

    QString onward() const
    {
        QString result;
        for (const Open &one : m_open)
            result += one.onward;
        return result;
    }

    void breakLine(bool isClose)
    {
        m_result += u'\n';
        QString prefix = onward();
        if (!isClose) {
            QString bare = prefix;
            while (bare.endsWith(u' '))
                bare.chop(1);
            m_result += bare + u'\n';
        }
        m_result += prefix;
    }

    void open(Nest kind, const QString &now, const QString &onward)
    {
        m_result += now;
        m_open.push_back({kind, onward});
    }

    void openItem(const QString &marker) { open(Nest::Item, marker, QString(marker.size(), u' ')); }

    void writeLines(const QString &content)
    {
        const QString prefix = onward();
        QString bare = prefix;
        while (bare.endsWith(u' '))
            bare.chop(1);
        qsizetype at = 0;
        for (qsizetype end = content.indexOf(u'\n'); end >= 0; end = content.indexOf(u'\n', at)) {
            m_result += QStringView(content).mid(at, end + 1 - at);
            at = end + 1;
            m_result += at < content.size() && content[at] == u'\n' ? bare : prefix;
        }
        m_result += QStringView(content).mid(at);
    }

    std::vector<Open> m_open;
    bool m_isEmptyItem = false; //!< what was written last is a marker alone
    BlockKind m_last = BlockKind::Rule;
    bool m_wasVerbatim = false;
    QString m_result;
};

QString ruleBelowHead(const Block &table)
{
    QString result;
    for (int column = 0; column < table.columns; ++column) {
        const CellAlignment alignment = table.alignments.value(column, CellAlignment::Left);
        result += alignment == CellAlignment::Right ? u"| ---: "_s
            : alignment == CellAlignment::Centre    ? u"| :---: "_s
                                                    : u"| --- "_s;
    }
    return result % u"|\n"_s;
}

} // namespace

QString markdownOf(const std::vector<Block> &blocks)
{
    Writer writer;
    for (size_t i = 0; i < blocks.size(); ++i) {
        // The line above footnotes is not written, it comes with them.
        const bool isAboveNotes = blocks[i].kind == BlockKind::Rule && blocks[i].isQuiet
            && i + 1 < blocks.size() && !blocks[i + 1].note.isEmpty();
        if (!isAboveNotes)
            writer.write(blocks[i]);
    }
    return writer.written();
}

QString tableMarkdown(const Block &table)
{
    QString result;
    for (int row = 0; row < table.rows(); ++row) {
        for (int column = 0; column < table.columns; ++column)
            result += u"| "_s
                % writtenInlines(table.texts[size_t(row * table.columns + column)], MarkdownPlace::Cell)
                % u' ';
        result += u"|\n"_s;
        if (row == 0)
            result += ruleBelowHead(table);
    }
    return result;
}

} // namespace Parlance
