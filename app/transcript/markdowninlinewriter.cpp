// SPDX-License-Identifier: Apache-2.0
#include "transcript/markdowninlinewriter.h"

#include "transcript/blockmarkup.h"

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Piece
{
    int from = 0;
    int to = 0;
    quint16 style = PlainRun; //!< of the marks below, and what is no words
    std::optional<QString> url = {};
};

// What goes around words. Code, formulas and marks of footnotes are something in the place of words.
constexpr quint16 around = BoldRun | ItalicRun | StrikeRun;
constexpr quint16 instead = CodeRun | MathRun | NoteRun;

// A mark that is open, and what closes it.
struct Mark
{
    quint16 style = PlainRun; //!< one of around; plain: a link
    QString url = {};
    QString close = {};
    bool isOf(const Piece &piece) const { return style == PlainRun ? piece.url == url : piece.style & style; }
};

class Writer
{
public:
    Writer(const RichText &text, MarkdownPlace place)
        : m_text(text.text)
        , m_place(place)
    {
        int at = 0;
        for (const TextRun &run : text.runs) {
            if (run.start > at)
                m_pieces.push_back({at, run.start});
            at = run.start + run.length;
            Piece piece{run.start, at,
                        quint16(run.style & (around | instead | RoundMathRun | DisplayMathRun))};
            if (run.style & LinkRun && !(run.style & NoteRun))
                piece.url = run.url;
            m_pieces.push_back(std::move(piece));
        }
        if (at < m_text.size())
            m_pieces.push_back({at, int(m_text.size())});
        for (const quint16 style : {BoldRun, ItalicRun, StrikeRun})
            takeEdgesOut(style);
    }

    QString written()
    {
        for (m_at = 0; m_at < m_pieces.size(); ++m_at) {
            const Piece &piece = m_pieces[m_at];
            closeFor(&piece);
            if (isAddress(piece)) {
                m_result += u'<' + words(piece) + u'>';
                continue;
            }
            openFor(piece);
            write(piece);
        }
        closeFor(nullptr);
        return std::move(m_result);
    }

private:
    QString words(const Piece &piece) const { return m_text.mid(piece.from, piece.to - piece.from); }

    // Spaces at the ends of bold words would keep the marks from being marks.
    void takeEdgesOut(quint16 style)
    {
        const auto hasStyle = [this, style](size_t i) {
            return i < m_pieces.size() && m_pieces[i].style & style;
        };
        for (size_t i = 0; i < m_pieces.size(); ++i) {
            if (!hasStyle(i) || m_pieces[i].style & instead)
                continue;
            const QString text = words(m_pieces[i]);
            int begin = 0;
            int end = int(text.size());
            while (!hasStyle(i - 1) && begin < end && text[begin].isSpace())
                ++begin;
            while (!hasStyle(i + 1) && end > begin && text[end - 1].isSpace())
                --end;
            i += split(i, begin, end, style);
        }
    }

    // Takes a style from what stands before begin and from end on. Returns how many pieces were added before
    // and after.
    size_t split(size_t i, int begin, int end, quint16 style)
    {
        const Piece whole = m_pieces[i];
        const int length = whole.to - whole.from;
        if (begin == 0 && end == length)
            return 0;
        std::vector<Piece> parts;
        const auto add = [&](int from, int to, quint16 kept) {
            if (to <= from)
                return;
            Piece &part = parts.emplace_back(whole);
            part.from = whole.from + from;
            part.to = whole.from + to;
            part.style = kept;
        };
        add(0, begin, whole.style & ~style);
        add(begin, end, whole.style);
        add(std::max(begin, end), length, whole.style & ~style);
        m_pieces.erase(m_pieces.begin() + qsizetype(i));
        m_pieces.insert(m_pieces.begin() + qsizetype(i), parts.begin(), parts.end());
        return parts.size() - 1;
    }

    // Closes what does not go on into a piece; null: everything.
    void closeFor(const Piece *piece)
    {
        const auto first =
            std::ranges::find_if(m_open, [piece](const Mark &mark) { return !piece || !mark.isOf(*piece); });
        for (auto left = m_open.end() - first; left > 0; --left) {
            m_result += m_open.back().close;
            m_open.pop_back();
            m_closed = m_result.size();
        }
    }

    void openFor(const Piece &piece)
    {
        std::vector<Mark> missing;
        const auto isOpen = [this](const Mark &mark) {
            return std::ranges::any_of(m_open, [&mark](const Mark &other) {
                return other.style == mark.style && other.url == mark.url;
            });
        };
        const auto want = [&](const Mark &mark) {
            if (!isOpen(mark))
                missing.push_back(mark);
        };
        if (piece.url)
            want({.url = *piece.url});
        for (const quint16 style : {BoldRun, ItalicRun, StrikeRun}) {
            if (piece.style & style)
                want({.style = style});
        }
        // What lasts longest is outermost.
        const auto lasts = [this](const Mark &mark) {
            size_t end = m_at;
            while (end < m_pieces.size() && mark.isOf(m_pieces[end]))
                ++end;
            return end;
        };
        std::ranges::stable_sort(missing, std::ranges::greater{}, lasts);
        for (Mark &mark : missing) {
            m_result += opening(mark);
            m_open.push_back(std::move(mark));
        }
    }

    QString opening(Mark &mark) const
    {
        if (mark.style == PlainRun) {
            mark.close = u"]("_s + writtenAddress(mark.url) + u')';
            return u"["_s;
        }
        // Stars that end one thing and stars that begin another would run together.
        const bool isAfterStar = m_closed == m_result.size() && m_result.endsWith(u'*');
        const QChar star = isAfterStar ? u'_' : u'*';
        mark.close = mark.style == StrikeRun ? u"~~"_s
            : mark.style == BoldRun          ? QString(2, star)
                                             : QString(1, star);
        return mark.close;
    }

    void write(const Piece &piece)
    {
        if (piece.style & NoteRun)
            m_result += u"[^"_s + words(piece) + u']';
        else if (piece.style & MathRun)
            m_result +=
                inCell(mathDelimiter(piece.style, true) + words(piece) + mathDelimiter(piece.style, false));
        else if (piece.style & CodeRun)
            m_result += inCell(writtenCode(words(piece)));
        else
            m_result +=
                inCell(escapedWords(m_text, piece.from, piece.to, piece.url ? MarkdownPlace::Link : m_place));
    }

    QString inCell(QString written) const
    {
        if (m_place == MarkdownPlace::Cell)
            written.replace(u'|', u"\\|"_s).replace(u'\n', u' ');
        return written;
    }

    // A link that says where it leads.
    bool isAddress(const Piece &piece) const
    {
        if (!piece.url || piece.style != PlainRun || !m_open.empty())
            return false;
        const QString text = words(piece);
        const bool goesOn = m_at + 1 < m_pieces.size() && m_pieces[m_at + 1].url == piece.url;
        const bool isPlain =
            std::ranges::none_of(text, [](QChar c) { return c <= u' ' || u"<>\\|"_s.contains(c); });
        return isPlain && !goesOn
            && ((text == *piece.url && (text.startsWith(u"http://"_s) || text.startsWith(u"https://"_s)))
                || *piece.url == QString(u"mailto:"_s + text));
    }

    QString m_text;
    MarkdownPlace m_place;
    std::vector<Piece> m_pieces;
    size_t m_at = 0;
    std::vector<Mark> m_open;
    qsizetype m_closed = -1; //!< where the last mark that was closed ends
    QString m_result;
};

} // namespace

QString writtenInlines(const RichText &text, MarkdownPlace place)
{
    return Writer(text, place).written();
}

} // namespace Parlance
