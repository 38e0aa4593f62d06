// SPDX-License-Identifier: Apache-2.0
#include "transcript/blockmarkup.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

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

QString mathDelimiter(quint16 style, bool isOpening)
{
    const bool isDisplay = style & DisplayMathRun;
    if (style & RoundMathRun)
        return isDisplay ? (isOpening ? u"\\["_s : u"\\]"_s) : (isOpening ? u"\\("_s : u"\\)"_s);
    return isDisplay ? u"$$"_s : u"$"_s;
}

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

QString htmlOf(const RichText &text, int start, int length)
{
    QString result;
    int at = start;
    const int end = start + length;
    const auto words = [&](int to) {
        result += text.text.mid(at, to - at).toHtmlEscaped().replace(u'\n', u"<br>"_s);
        at = to;
    };
    for (const TextRun &run : text.runs) {
        const int from = std::max(run.start, start);
        const int to = std::min(run.start + run.length, end);
        if (from >= to)
            continue;
        words(from);
        const bool isNote = run.style & NoteRun;
        QString close;
        const auto wrap = [&](bool has, const QString &tag) {
            if (!has)
                return;
            result += u'<' + tag + u'>';
            close.prepend(u"</"_s + tag + u'>');
        };
        if (!isNote && !run.url.isEmpty()) {
            result += u"<a href=\""_s + run.url.toHtmlEscaped() + u"\">"_s;
            close = u"</a>"_s;
        }
        wrap(isNote, u"sup"_s);
        wrap(!isNote && run.style & BoldRun, u"strong"_s);
        wrap(!isNote && run.style & ItalicRun, u"em"_s);
        wrap(!isNote && run.style & StrikeRun, u"del"_s);
        wrap(!isNote && run.style & CodeRun, u"code"_s);
        words(to);
        result += close;
    }
    words(end);
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
