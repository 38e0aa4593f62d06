// SPDX-License-Identifier: Apache-2.0
#include "core/foldedwords.h"

#include <QList>
#include <QVarLengthArray>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

//! Longer ones are data, not words; both sides of a comparison are cut.
constexpr qsizetype longestWord = 64;
//! Begins a word that stands for a symbol. For private use, so no text has it for anything else.
constexpr char16_t symbolMark = u'\uE000';

using CodePoints = QVarLengthArray<char32_t, 8>;

bool isUnspaced(char32_t letter)
{
    // The mark that makes a vowel long counts as common to scripts, but stands among Kana.
    if (letter == 0x30FC || letter == 0x3099 || letter == 0x309A)
        return true;
    switch (QChar::script(letter)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Hangul:
    case QChar::Script_Bopomofo:
    case QChar::Script_Yi:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
    case QChar::Script_Tibetan:
        return true;
    default:
        return false;
    }
}

// Accents and points that people leave out; the marks of other scripts are part of their words.
bool isAccent(char32_t mark)
{
    struct Range
    {
        char32_t first;
        char32_t last;
    };
    static constexpr auto accents = std::to_array<Range>({{0x0300, 0x036F},
                                                          {0x0591, 0x05C7},
                                                          {0x0610, 0x061A},
                                                          {0x064B, 0x065F},
                                                          {0x0670, 0x0670},
                                                          {0x1AB0, 0x1AFF},
                                                          {0x1DC0, 0x1DFF},
                                                          {0x20D0, 0x20FF},
                                                          {0xFE00, 0xFE0F},
                                                          {0xFE20, 0xFE2F},
                                                          {0xE0100, 0xE01EF}});
    return std::ranges::any_of(
        accents, [mark](const Range &range) { return range.first <= mark && mark <= range.last; });
}

// Letters that Unicode does not take apart, but people do.
QStringView spelledOut(char32_t letter)
{
    switch (letter) {
    case 0x00DF:
        return u"ss";
    case 0x00E6:
        return u"ae";
    case 0x00F0:
    case 0x0111:
        return u"d";
    case 0x00F8:
        return u"o";
    case 0x00FE:
        return u"th";
    case 0x0127:
        return u"h";
    case 0x0131:
        return u"i";
    case 0x0142:
        return u"l";
    case 0x0153:
        return u"oe";
    default:
        return {};
    }
}

void takeApart(char32_t letter, CodePoints &into)
{
    // A syllable of Hangul stays whole.
    const bool isSyllable = letter >= 0xAC00 && letter <= 0xD7A3;
    const QString pieces = isSyllable ? QString() : QChar::decomposition(letter);
    if (pieces.isEmpty()) {
        into.append(letter);
        return;
    }
    for (const uint piece : pieces.toUcs4())
        takeApart(piece, into);
}

class WordReader
{
public:
    explicit WordReader(const TakeWord &take)
        : m_take(take)
    {
    }

    //! A code point of the text, which stands at [begin, end). False: enough.
    bool read(char32_t point, qsizetype begin, qsizetype end)
    {
        if (point < 0x80)
            return readAscii(char16_t(point), begin, end);
        CodePoints pieces;
        takeApart(point, pieces);
        return std::ranges::all_of(
            pieces, [&](char32_t piece) { return readPiece(QChar::toCaseFolded(piece), begin, end); });
    }

    bool endWord()
    {
        if (m_word.isEmpty())
            return true;
        const QStringView word(m_word.constData(), std::min<qsizetype>(m_word.size(), longestWord));
        const bool goesOn = m_take(word, m_begin, m_end);
        m_word.clear();
        return goesOn;
    }

private:
    bool readAscii(char16_t letter, qsizetype begin, qsizetype end)
    {
        if (letter >= u'A' && letter <= u'Z')
            letter = char16_t(letter + (u'a' - u'A'));
        else if (!((letter >= u'a' && letter <= u'z') || (letter >= u'0' && letter <= u'9')))
            return endWord();
        append(QStringView(&letter, 1), begin, end);
        return true;
    }

    bool readPiece(char32_t piece, qsizetype begin, qsizetype end)
    {
        if (piece < 0x80)
            return readAscii(char16_t(piece), begin, end);
        const QChar::Category category = QChar::category(piece);
        if (isAccent(piece) || category == QChar::Other_Format) {
            if (!m_word.isEmpty())
                m_end = end;
            return true;
        }
        const bool isMark = category <= QChar::Mark_Enclosing;
        if (!isMark && !QChar::isLetterOrNumber(piece))
            return readOther(piece, category, begin, end);
        const auto units = QChar::fromUcs4(piece);
        if (isUnspaced(piece))
            return endWord() && m_take(QStringView(units), begin, end);
        if (isMark && m_word.isEmpty())
            return true;
        const QStringView letters = spelledOut(piece);
        append(letters.isEmpty() ? QStringView(units) : letters, begin, end);
        return true;
    }

    bool readOther(char32_t piece, QChar::Category category, qsizetype begin, qsizetype end)
    {
        if (!endWord())
            return false;
        if (category != QChar::Symbol_Other && category != QChar::Symbol_Currency
            && category != QChar::Symbol_Math)
            return true;
        // What SQLite takes for a letter depends on its age; letters and digits it has always known.
        const QString word = QChar(symbolMark) + QString::number(piece, 16);
        return m_take(word, begin, end);
    }

    void append(QStringView letters, qsizetype begin, qsizetype end)
    {
        if (m_word.isEmpty())
            m_begin = begin;
        m_end = end;
        if (m_word.size() < longestWord)
            m_word.append(letters.utf16(), letters.size());
    }

    const TakeWord &m_take;
    QVarLengthArray<char16_t, longestWord + 8> m_word;
    qsizetype m_begin = 0;
    qsizetype m_end = 0;
};

bool isJamo(char16_t unit)
{
    return unit >= 0x1100 && unit <= 0x11FF;
}

} // namespace

void eachWord(QStringView text, const TakeWord &take)
{
    WordReader reader(take);
    for (qsizetype at = 0; at < text.size();) {
        const char16_t unit = text[at].unicode();
        if (isJamo(unit)) {
            // Syllables that were taken apart are put together; all of them stand where the run stands.
            qsizetype end = at + 1;
            while (end < text.size() && isJamo(text[end].unicode()))
                ++end;
            const QString run = text.sliced(at, end - at).toString();
            for (const QChar syllable : run.normalized(QString::NormalizationForm_C)) {
                if (!reader.read(syllable.unicode(), at, end))
                    return;
            }
            at = end;
            continue;
        }
        const bool isPair =
            QChar::isHighSurrogate(unit) && at + 1 < text.size() && text[at + 1].isLowSurrogate();
        const qsizetype end = at + (isPair ? 2 : 1);
        const char32_t point = isPair ? QChar::surrogateToUcs4(unit, text[at + 1].unicode()) : char32_t(unit);
        if (!reader.read(point, at, end))
            return;
        at = end;
    }
    reader.endWord();
}

QString foldedWords(QStringView text)
{
    QString words;
    words.reserve(text.size() + text.size() / 8);
    eachWord(text, [&words](QStringView word, qsizetype, qsizetype) {
        if (!words.isEmpty())
            words += u' ';
        words += word;
        return true;
    });
    return words;
}

bool isWholeWord(QStringView word)
{
    if (word.isEmpty())
        return false;
    const char16_t first = word.front().unicode();
    if (first == symbolMark)
        return true;
    const char32_t point = QChar::isHighSurrogate(first) && word.size() > 1
        ? QChar::surrogateToUcs4(first, word[1].unicode())
        : char32_t(first);
    return point >= 0x80 && isUnspaced(point);
}

} // namespace Parlance
