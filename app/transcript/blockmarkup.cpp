// SPDX-License-Identifier: Apache-2.0
#include "transcript/blockmarkup.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString mathDelimiter(quint16 style, bool isOpening)
{
    const bool isDisplay = style & DisplayMathRun;
    if (style & RoundMathRun)
        return isDisplay ? (isOpening ? u"\\["_s : u"\\]"_s) : (isOpening ? u"\\("_s : u"\\)"_s);
    return isDisplay ? u"$$"_s : u"$"_s;
}

QString marked(const RichText &text, int start, int length, bool asHtml)
{
    QString result;
    int at = start;
    const int end = start + length;
    const auto plain = [&](int to) {
        const QString piece = text.text.mid(at, to - at);
        result += asHtml ? piece.toHtmlEscaped().replace(u'\n', u"<br>"_s) : piece;
        at = to;
    };
    for (const TextRun &run : text.runs) {
        const int from = std::max(run.start, start);
        const int to = std::min(run.start + run.length, end);
        if (from >= to)
            continue;
        plain(from);
        QString open;
        QString close;
        if (run.style & NoteRun) {
            result += asHtml ? u"<sup>"_s : u"[^"_s;
            plain(to);
            result += asHtml ? u"</sup>"_s : u"]"_s;
            continue;
        }
        const auto wrap = [&](bool has, const QString &markdown, const QString &tag) {
            if (!has)
                return;
            open += asHtml ? QString(u'<' + tag + u'>') : markdown;
            close.prepend(asHtml ? QString(u"</"_s + tag + u'>') : markdown);
        };
        wrap(run.style & BoldRun, u"**"_s, u"strong"_s);
        wrap(run.style & ItalicRun, u"*"_s, u"em"_s);
        wrap(run.style & StrikeRun, u"~~"_s, u"del"_s);
        if (run.style & MathRun && !asHtml) {
            open += mathDelimiter(run.style, true);
            close.prepend(mathDelimiter(run.style, false));
        } else {
            wrap(run.style & CodeRun, u"`"_s, u"code"_s);
        }
        if (!run.url.isEmpty()) {
            open.prepend(asHtml ? QString(u"<a href=\""_s + run.url.toHtmlEscaped() + u"\">"_s) : u"["_s);
            close.append(asHtml ? u"</a>"_s : QString(u"]("_s + run.url + u')'));
        }
        result += open;
        plain(to);
        result += close;
    }
    plain(end);
    return result;
}

// The rows of a table, each cell by a function, joined.
QString table(const Block &table, const QString &between, const auto &cellText)
{
    QString result;
    for (size_t i = 0; i < table.texts.size(); ++i) {
        if (i > 0)
            result += int(i) % table.columns == 0 ? u"\n"_s : between;
        result += cellText(table.texts[i]);
    }
    return result;
}

} // namespace

QString plainOf(const RichText &text, int start, int length)
{
    QString result;
    int at = start;
    for (const TextRun &run : text.runs) {
        const bool isWhole = run.start >= start && run.start + run.length <= start + length;
        if (!isWhole || !(run.style & (NoteRun | MathRun)))
            continue;
        const bool isNote = run.style & NoteRun;
        result += QStringView(text.text).mid(at, run.start - at);
        result += isNote ? u"[^"_s : mathDelimiter(run.style, true);
        result += QStringView(text.text).mid(run.start, run.length);
        result += isNote ? u"]"_s : mathDelimiter(run.style, false);
        at = run.start + run.length;
    }
    return result += QStringView(text.text).mid(at, start + length - at);
}

QString formulaSource(const Block &formula)
{
    const QString &open = formula.detail;
    return open % u'\n' % formula.texts[0].text % u'\n' % (open == u"\\["_s ? u"\\]"_s : open);
}

QString markdownOf(const RichText &text, int start, int length)
{
    return marked(text, start, length, false);
}

QString htmlOf(const RichText &text, int start, int length)
{
    return marked(text, start, length, true);
}

QString markdownPrefix(const Block &block)
{
    QString prefix;
    for (int i = 0; i < block.quoteDepth; ++i)
        prefix += u"> "_s;
    if (!block.note.isEmpty()) {
        const bool isFirst = block.marker == QString(block.note % u'.');
        return isFirst ? QString(u"[^"_s % block.note % u"]: "_s) : u"    "_s;
    }
    prefix += QString(std::max(0, block.listDepth - 1) * 2, u' ');
    if (!block.marker.isEmpty())
        prefix += (block.marker == u"•"_s ? u"-"_s : block.marker) + u' ';
    else if (block.listDepth > 0)
        prefix += u"  "_s;
    if (block.task != TaskMark::None)
        prefix += block.task == TaskMark::Done ? u"[x] "_s : u"[ ] "_s;
    if (block.kind == BlockKind::Heading)
        prefix += QString(block.level, u'#') + u' ';
    return prefix;
}

QString tableRule(const Block &table)
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

QString tableMarkdown(const Block &table)
{
    QString result;
    for (int row = 0; row < table.rows(); ++row) {
        for (int column = 0; column < table.columns; ++column) {
            const RichText &cell = table.texts[size_t(row * table.columns + column)];
            QString text = markdownOf(cell, 0, int(cell.text.size()));
            text.replace(u'|', u"\\|"_s).replace(u'\n', u"<br>"_s);
            result += u"| "_s % text % u' ';
        }
        result += u"|\n"_s;
        if (row == 0)
            result += tableRule(table);
    }
    return result;
}

QString tableCellHtml(const Block &table, int cell, int start, int length)
{
    const CellAlignment alignment = table.alignments.value(cell % table.columns, CellAlignment::Left);
    const QString align = alignment == CellAlignment::Right ? u" align=\"right\""_s
        : alignment == CellAlignment::Centre                ? u" align=\"center\""_s
                                                            : QString();
    const QString tag = cell < table.columns ? u"th"_s : u"td"_s;
    const QString text = htmlOf(table.texts[size_t(cell)], start, length);
    return u'<' % tag % align % u'>' % text % u"</"_s % tag % u'>';
}

QString tableCsv(const Block &block)
{
    return table(block, u","_s, [](const RichText &cell) {
        QString text = cell.text;
        if (!text.contains(u',') && !text.contains(u'"') && !text.contains(u'\n'))
            return text;
        return QString(u'"' % text.replace(u'"', u"\"\""_s) % u'"');
    });
}

QString tableTsv(const Block &block)
{
    return table(block, u"\t"_s, [](const RichText &cell) {
        QString text = cell.text;
        return text.replace(u'\t', u' ').replace(u'\n', u' ');
    });
}

} // namespace Parlance
