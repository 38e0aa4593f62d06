// SPDX-License-Identifier: Apache-2.0
#include "core/consoletext.h"

#include <QList>

#include <algorithm>
#include <array>
#include <iterator>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr QChar escape(0x1b);
constexpr QChar bell(0x07);
//! Moves beyond that are of no use and would fill the memory with blanks.
constexpr int widest = 2000;

bool isControl(QChar letter)
{
    const auto unit = letter.unicode();
    return unit < 0x20 || (unit >= 0x7f && unit < 0xa0);
}

//! One of the sixteen for a colour of any kind.
qint8 nearestColour(int red, int green, int blue)
{
    const int most = std::max({red, green, blue});
    const int least = std::min({red, green, blue});
    if (most - least < 40)
        return qint8(most < 64 ? 0 : most < 150 ? 8 : most < 220 ? 7 : 15);
    const int middle = (most + least) / 2;
    const int hue = (red > middle ? 1 : 0) | (green > middle ? 2 : 0) | (blue > middle ? 4 : 0);
    return qint8(hue + (most > 215 ? 8 : 0));
}

qint8 nearestOf256(int number)
{
    if (number < 16)
        return qint8(std::max(0, number));
    if (number >= 232) {
        const int grey = 8 + (std::min(number, 255) - 232) * 10;
        return nearestColour(grey, grey, grey);
    }
    constexpr std::array<int, 6> steps{0, 95, 135, 175, 215, 255};
    const auto cube = std::size_t(number - 16);
    return nearestColour(steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6]);
}

class ConsoleReader
{
public:
    void read(QStringView text, bool isError);
    ConsoleText take() const;

private:
    struct Line
    {
        QString text = {};
        std::vector<quint16> styles = {}; //!< one for each character: index into m_styles
    };

    qsizetype takeControl(QStringView rest);
    qsizetype takeEscape(QStringView rest);
    void takeSequence(QStringView parameters, QChar final);
    void setGraphics(const QList<int> &numbers);
    qsizetype takeColour(const QList<int> &numbers, qsizetype at, qint8 &colour) const;
    void write(QStringView words);
    void newLine();
    void moveTo(int row, int column);
    void eraseLine(int how);
    quint16 styleIndex();
    Line &line() { return m_lines[std::size_t(m_row)]; }

    std::vector<Line> m_lines{Line{}};
    std::vector<ConsoleStyle> m_styles{ConsoleStyle{}};
    ConsoleStyle m_style;
    bool m_isInverse = false;
    int m_row = 0;
    int m_column = 0;
};

void ConsoleReader::read(QStringView text, bool isError)
{
    m_style.isError = isError;
    while (!text.isEmpty()) {
        const auto *end = std::ranges::find_if(text, isControl);
        const qsizetype plain = end - text.begin();
        if (plain > 0)
            write(text.first(plain));
        text = text.sliced(plain);
        if (!text.isEmpty())
            text = text.sliced(takeControl(text));
    }
}

// Each returns how many characters it took.
qsizetype ConsoleReader::takeControl(QStringView rest)
{
    switch (rest.front().unicode()) {
    case u'\n':
        newLine();
        return 1;
    case u'\r':
        m_column = 0;
        return 1;
    case u'\b':
        m_column = std::max(0, m_column - 1);
        return 1;
    case u'\t':
        write(u"\t");
        return 1;
    case 0x1b:
        return takeEscape(rest);
    default:
        return 1;
    }
}

qsizetype ConsoleReader::takeEscape(QStringView rest)
{
    if (rest.size() < 2)
        return 1;
    const QChar kind = rest.at(1);
    if (kind == u'[') {
        const auto *final =
            std::find_if(rest.begin() + 2, rest.end(), [](QChar c) { return c < u' ' || c > u'?'; });
        if (final == rest.end())
            return rest.size();
        const qsizetype size = final - rest.begin();
        // A sequence that is broken by another control begins anew there.
        if (isControl(*final))
            return size;
        takeSequence(rest.sliced(2, size - 2), *final);
        return size + 1;
    }
    if (kind == u']' || kind == u'P' || kind == u'X' || kind == u'^' || kind == u'_') {
        // Titles, links and the like end with a bell or with ESC \.
        for (qsizetype i = 2; i < rest.size(); ++i) {
            if (rest.at(i) == bell)
                return i + 1;
            if (rest.at(i) == escape)
                return i + (i + 1 < rest.size() && rest.at(i + 1) == u'\\' ? 2 : 0);
        }
        return rest.size();
    }
    // A choice of characters has one more.
    const bool isLonger = QStringView(u"()*+-./#%").contains(kind);
    return std::min<qsizetype>(rest.size(), isLonger ? 3 : 2);
}

void ConsoleReader::takeSequence(QStringView parameters, QChar final)
{
    QList<int> numbers;
    for (const QStringView number : QString(parameters.toString().replace(u':', u';')).split(u';'))
        numbers.append(number.isEmpty() ? -1 : std::min(number.toInt(), 100'000));
    const int first = numbers.constFirst();
    const int count = std::max(1, first);
    switch (final.unicode()) {
    case u'm':
        // "<", "=", ">" and "?" make a sequence of the terminal's own.
        if (parameters.isEmpty() || parameters.front() < u'<')
            setGraphics(numbers);
        break;
    case u'K':
        eraseLine(std::max(0, first));
        break;
    case u'J':
        if (first <= 0) {
            eraseLine(0);
            m_lines.resize(std::size_t(m_row) + 1);
        }
        break;
    case u'A':
    case u'F':
        moveTo(m_row - count, final == u'F' ? 0 : m_column);
        break;
    case u'B':
    case u'E':
        moveTo(std::min(m_row + count, int(m_lines.size()) - 1), final == u'E' ? 0 : m_column);
        break;
    case u'C':
        moveTo(m_row, m_column + count);
        break;
    case u'D':
        moveTo(m_row, m_column - count);
        break;
    case u'G':
        moveTo(m_row, count - 1);
        break;
    default:
        break;
    }
}

void ConsoleReader::setGraphics(const QList<int> &numbers)
{
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        const int number = std::max(0, numbers.at(i));
        const bool isError = m_style.isError;
        if (number == 0) {
            m_style = ConsoleStyle{.isError = isError};
            m_isInverse = false;
        } else if (number == 1 || number == 22) {
            m_style.isBold = number == 1;
            m_style.isFaint = m_style.isFaint && number != 22;
        } else if (number == 2) {
            m_style.isFaint = true;
        } else if (number == 3 || number == 23) {
            m_style.isItalic = number == 3;
        } else if (number == 4 || number == 21 || number == 24) {
            m_style.isUnderlined = number != 24;
        } else if (number == 7 || number == 27) {
            m_isInverse = number == 7;
        } else if (number == 9 || number == 29) {
            m_style.isStruck = number == 9;
        } else if ((number >= 30 && number <= 37) || (number >= 90 && number <= 97)) {
            m_style.ink = qint8(number < 90 ? number - 30 : number - 90 + 8);
        } else if ((number >= 40 && number <= 47) || (number >= 100 && number <= 107)) {
            m_style.ground = qint8(number < 100 ? number - 40 : number - 100 + 8);
        } else if (number == 39) {
            m_style.ink = -1;
        } else if (number == 49) {
            m_style.ground = -1;
        } else if (number == 38 || number == 48) {
            i += takeColour(numbers, i + 1, number == 38 ? m_style.ink : m_style.ground);
        }
    }
}

// "5;n", "2;r;g;b", and with colons "2::r:g:b".
qsizetype ConsoleReader::takeColour(const QList<int> &numbers, qsizetype at, qint8 &colour) const
{
    const int kind = numbers.value(at, -1);
    if (kind == 5 && at + 1 < numbers.size()) {
        colour = nearestOf256(numbers.at(at + 1));
        return 2;
    }
    const qsizetype gap = numbers.value(at + 1) < 0 ? 1 : 0;
    if (kind == 2 && at + gap + 3 < numbers.size()) {
        colour = nearestColour(std::max(0, numbers.at(at + gap + 1)), std::max(0, numbers.at(at + gap + 2)),
                               std::max(0, numbers.at(at + gap + 3)));
        return gap + 4;
    }
    return numbers.size() - at;
}

quint16 ConsoleReader::styleIndex()
{
    ConsoleStyle style = m_style;
    if (m_isInverse) {
        // Without colours of their own, ink and ground change places: black on white, or so.
        style.ground = m_style.ink < 0 ? qint8(7) : m_style.ink;
        style.ink = m_style.ground;
    }
    const auto known = std::ranges::find(m_styles, style);
    if (known != m_styles.end())
        return quint16(known - m_styles.begin());
    m_styles.push_back(style);
    return quint16(m_styles.size() - 1);
}

void ConsoleReader::write(QStringView words)
{
    Line &now = line();
    const quint16 style = styleIndex();
    if (m_column > now.text.size()) {
        const qsizetype gap = m_column - now.text.size();
        now.text += QString(gap, u' ');
        now.styles.insert(now.styles.end(), std::size_t(gap), quint16(0));
    }
    const qsizetype over = std::min<qsizetype>(words.size(), now.text.size() - m_column);
    if (over > 0) {
        now.text.replace(m_column, over, words.first(over).data(), over);
        std::fill_n(now.styles.begin() + m_column, over, style);
    }
    now.text += words.sliced(over);
    now.styles.insert(now.styles.end(), std::size_t(words.size() - over), style);
    m_column += int(words.size());
}

void ConsoleReader::newLine()
{
    ++m_row;
    m_column = 0;
    if (m_row == int(m_lines.size()))
        m_lines.emplace_back();
}

void ConsoleReader::moveTo(int row, int column)
{
    m_row = std::clamp(row, 0, int(m_lines.size()) - 1);
    m_column = std::clamp(column, 0, std::max(widest, m_column));
}

// 0: from here on; 1: up to here; 2: all of it.
void ConsoleReader::eraseLine(int how)
{
    Line &now = line();
    if (how == 1) {
        const qsizetype end = std::min<qsizetype>(m_column + 1, now.text.size());
        now.text.replace(0, end, QString(end, u' '));
        std::fill_n(now.styles.begin(), end, quint16(0));
        return;
    }
    const qsizetype begin = how == 0 ? std::min<qsizetype>(m_column, now.text.size()) : 0;
    now.text.truncate(begin);
    now.styles.resize(std::size_t(begin));
}

ConsoleText ConsoleReader::take() const
{
    ConsoleText result;
    for (const Line &now : m_lines) {
        if (&now != &m_lines.front())
            result.text += u'\n';
        const int base = int(result.text.size());
        result.text += now.text;
        for (std::size_t from = 0; from < now.styles.size();) {
            std::size_t to = from;
            while (to < now.styles.size() && now.styles[to] == now.styles[from])
                ++to;
            if (now.styles[from] != 0)
                result.runs.push_back({.start = base + int(from),
                                       .length = int(to - from),
                                       .style = m_styles[now.styles[from]]});
            from = to;
        }
    }
    // What was written over may have left half a character.
    for (qsizetype i = 0; i < result.text.size(); ++i) {
        const QChar letter = result.text.at(i);
        if (!letter.isSurrogate())
            continue;
        const bool isWhole =
            letter.isHighSurrogate() && i + 1 < result.text.size() && result.text.at(i + 1).isLowSurrogate();
        if (isWhole)
            ++i;
        else
            result.text[i] = QChar(QChar::ReplacementCharacter);
    }
    return result;
}

} // namespace

ConsoleText readConsole(const CommandOutput &output, qsizetype from)
{
    const QString all = output.text.toString();
    ConsoleReader reader;
    qsizetype at = std::clamp<qsizetype>(from, 0, all.size());
    for (std::size_t i = 0; i <= output.turns.size(); ++i) {
        const qsizetype to = i < output.turns.size() ? output.turns[i] : all.size();
        if (to > at) {
            reader.read(QStringView(all).sliced(at, to - at), i % 2 == 1);
            at = to;
        }
    }
    return reader.take();
}

std::vector<std::pair<int, int>> errorRuns(const ConsoleText &console)
{
    std::vector<std::pair<int, int>> errors;
    for (const ConsoleRun &run : console.runs) {
        if (!run.style.isError)
            continue;
        const int end = errors.empty() ? 0 : errors.back().first + errors.back().second;
        const QStringView between = QStringView(console.text).sliced(end, run.start - end);
        // A line's end has no style.
        const bool goesOn =
            !errors.empty() && std::ranges::all_of(between, [](QChar letter) { return letter == u'\n'; });
        if (goesOn)
            errors.back().second = run.start + run.length - errors.back().first;
        else
            errors.emplace_back(run.start, run.length);
    }
    return errors;
}

} // namespace Parlance
