// SPDX-License-Identifier: Apache-2.0
#include "terminal/terminalscreen.h"

#include "terminal/terminalkeys.h"

#include <vterm.h>

#include <algorithm>
#include <utility>

namespace Parlance {
namespace {

TerminalColour colourOf(const VTermColor &colour)
{
    if (VTERM_COLOR_IS_DEFAULT_FG(&colour) || VTERM_COLOR_IS_DEFAULT_BG(&colour))
        return {};
    if (VTERM_COLOR_IS_INDEXED(&colour))
        return {.kind = TerminalColour::Kind::Indexed, .value = {colour.indexed.idx, 0, 0}};
    return {.kind = TerminalColour::Kind::Rgb, .value = {colour.rgb.red, colour.rgb.green, colour.rgb.blue}};
}

TerminalCell cellOf(const VTermScreenCell &from)
{
    TerminalCell cell;
    const bool isRightHalf = from.chars[0] == uint32_t(-1);
    for (std::size_t i = 0; i < cell.characters.size() && !isRightHalf; ++i)
        cell.characters[i] = from.chars[i];
    cell.width = isRightHalf ? 0 : quint8(from.width);
    cell.style.ink = colourOf(from.fg);
    cell.style.ground = colourOf(from.bg);
    cell.style.isBold = from.attrs.bold != 0;
    cell.style.isItalic = from.attrs.italic != 0;
    cell.style.isUnderlined = from.attrs.underline != 0;
    cell.style.isStruck = from.attrs.strike != 0;
    cell.style.isReversed = from.attrs.reverse != 0;
    return cell;
}

void trim(TerminalLine &line)
{
    static const TerminalCell blank;
    const auto isNothing = [](const TerminalCell &cell) {
        return cell == blank || (cell.isBlank() && cell.width == 1 && cell.style == TerminalStyle());
    };
    while (!line.empty() && isNothing(line.back()))
        line.pop_back();
}

//! Where a command to the terminal begins that has words in it and has not come to its end; -1: nowhere.
qsizetype unfinishedString(QByteArrayView bytes)
{
    const qsizetype start = bytes.lastIndexOf(QByteArrayView("\x1b]"));
    if (start >= 0) {
        const QByteArrayView rest = bytes.sliced(start + 2);
        const qsizetype escape = rest.indexOf('\x1b');
        if (!rest.contains('\x07') && (escape < 0 || escape == rest.size() - 1))
            return start;
    }
    return bytes.endsWith('\x1b') ? bytes.size() - 1 : -1;
}

VTermColor colourFor(const TerminalColour &colour, bool isGround)
{
    VTermColor made{};
    switch (colour.kind) {
    case TerminalColour::Kind::Rgb:
        vterm_color_rgb(&made, colour.value[0], colour.value[1], colour.value[2]);
        break;
    case TerminalColour::Kind::Indexed:
        vterm_color_indexed(&made, colour.value[0]);
        break;
    case TerminalColour::Kind::Usual:
        vterm_color_rgb(&made, 0, 0, 0);
        made.type |= isGround ? VTERM_COLOR_DEFAULT_BG : VTERM_COLOR_DEFAULT_FG;
        break;
    }
    return made;
}

VTermModifier modifiersOf(Qt::KeyboardModifiers modifiers)
{
    int made = VTERM_MOD_NONE;
    if (modifiers & Qt::ShiftModifier)
        made |= VTERM_MOD_SHIFT;
    if (modifiers & Qt::AltModifier)
        made |= VTERM_MOD_ALT;
    if (modifiers & Qt::ControlModifier)
        made |= VTERM_MOD_CTRL;
    return VTermModifier(made);
}

} // namespace

//! What libvterm keeps, and its calls back.
struct TerminalScreen::Emulator
{
    explicit Emulator(TerminalScreen *screen)
        : terminal(vterm_new(screen->m_rows, screen->m_columns))
        , cells(vterm_obtain_screen(terminal))
    {
        static const VTermScreenCallbacks callbacks = {.damage = damage,
                                                       .moverect = nullptr,
                                                       .movecursor = moveCursor,
                                                       .settermprop = setProperty,
                                                       .bell = ring,
                                                       .resize = nullptr,
                                                       .sb_pushline = pushLine,
                                                       .sb_popline = popLine};
        vterm_set_utf8(terminal, 1);
        vterm_output_set_callback(terminal, output, screen);
        vterm_screen_set_callbacks(cells, &callbacks, screen);
        vterm_screen_set_damage_merge(cells, VTERM_DAMAGE_ROW);
        vterm_screen_enable_altscreen(cells, 1);
        vterm_screen_reset(cells, 1);
    }
    ~Emulator() { vterm_free(terminal); }
    Emulator(const Emulator &) = delete;
    Emulator &operator=(const Emulator &) = delete;

    static TerminalScreen &of(void *screen) { return *static_cast<TerminalScreen *>(screen); }

    static void output(const char *bytes, size_t size, void *screen)
    {
        of(screen).m_reply.append(bytes, qsizetype(size));
    }

    static int damage(VTermRect rect, void *screen)
    {
        for (int row = rect.start_row; row < rect.end_row; ++row)
            of(screen).m_stale.insert(row);
        return 1;
    }

    static int moveCursor(VTermPos to, VTermPos from, int isVisible, void *screen)
    {
        TerminalScreen &self = of(screen);
        self.m_cursor.row = to.row;
        self.m_cursor.column = to.col;
        self.m_cursor.isVisible = isVisible != 0;
        self.m_damage.insert({from.row, to.row});
        return 1;
    }

    static int setProperty(VTermProp property, VTermValue *value, void *screen)
    {
        TerminalScreen &self = of(screen);
        switch (property) {
        case VTERM_PROP_TITLE:
            self.m_title = QString::fromUtf8(value->string).simplified();
            break;
        case VTERM_PROP_ALTSCREEN:
            self.m_isAlternate = value->boolean != 0;
            break;
        case VTERM_PROP_CURSORVISIBLE:
            self.m_cursor.isVisible = value->boolean != 0;
            self.m_damage.insert(self.m_cursor.row);
            break;
        case VTERM_PROP_CURSORBLINK:
            self.m_cursor.blinks = value->boolean != 0;
            break;
        case VTERM_PROP_CURSORSHAPE:
            self.m_cursor.shape = value->number == VTERM_PROP_CURSORSHAPE_UNDERLINE ? CursorShape::Underline
                : value->number == VTERM_PROP_CURSORSHAPE_BAR_LEFT                  ? CursorShape::Bar
                                                                                    : CursorShape::Block;
            self.m_damage.insert(self.m_cursor.row);
            break;
        case VTERM_PROP_MOUSE:
            self.m_mouse = MouseWish(value->number);
            break;
        default:
            return 0;
        }
        return 1;
    }

    static int ring(void *screen)
    {
        of(screen).m_hasRung = true;
        return 1;
    }

    static int pushLine(int columns, const VTermScreenCell *from, void *screen)
    {
        TerminalLine line;
        line.reserve(std::size_t(columns));
        for (int column = 0; column < columns; ++column)
            line.push_back(cellOf(from[column]));
        of(screen).keepAbove(std::move(line));
        return 1;
    }

    static int popLine(int columns, VTermScreenCell *into, void *screen)
    {
        TerminalScreen &self = of(screen);
        if (self.m_above.empty())
            return 0;
        const TerminalLine line = std::move(self.m_above.back());
        self.m_above.pop_back();
        for (int column = 0; column < columns; ++column) {
            const TerminalCell &cell = cellAt(line, column);
            VTermScreenCell &made = into[column];
            made = {};
            for (std::size_t i = 0; i < cell.characters.size(); ++i)
                made.chars[i] = cell.characters[i];
            if (cell.width == 0)
                made.chars[0] = uint32_t(-1);
            // A wide one that the screen's edge would cut is left out.
            const bool isCut = cell.width == 2 && column + 1 == columns;
            if (isCut)
                made.chars[0] = 0;
            made.width = char(cell.width == 2 && !isCut ? 2 : 1);
            made.attrs.bold = cell.style.isBold ? 1 : 0;
            made.attrs.italic = cell.style.isItalic ? 1 : 0;
            made.attrs.underline = cell.style.isUnderlined ? 1 : 0;
            made.attrs.strike = cell.style.isStruck ? 1 : 0;
            made.attrs.reverse = cell.style.isReversed ? 1 : 0;
            made.fg = colourFor(cell.style.ink, false);
            made.bg = colourFor(cell.style.ground, true);
        }
        return 1;
    }

    VTerm *terminal;
    VTermScreen *cells;
};

TerminalScreen::TerminalScreen(int columns, int rows, int scrollbackLimit)
    : m_columns(std::max(1, columns))
    , m_rows(std::max(1, rows))
    , m_limit(std::max(0, scrollbackLimit))
    , m_screen(std::size_t(m_rows))
    , m_emulator(std::make_unique<Emulator>(this))
{
    damageAll();
}

TerminalScreen::~TerminalScreen() = default;

// The emulator loses a title that comes in pieces, so one waits for its end.
void TerminalScreen::feed(QByteArrayView bytes)
{
    constexpr qsizetype longestHeld = qsizetype(8) * 1024;
    QByteArray joined;
    if (!m_held.isEmpty()) {
        joined = std::exchange(m_held, {});
        joined.append(bytes);
        bytes = joined;
    }
    const qsizetype start = unfinishedString(bytes);
    if (start >= 0 && bytes.size() - start <= longestHeld) {
        m_held = bytes.sliced(start).toByteArray();
        bytes = bytes.first(start);
    }
    vterm_input_write(m_emulator->terminal, bytes.data(), std::size_t(bytes.size()));
    readDamaged();
}

void TerminalScreen::resize(int columns, int rows)
{
    columns = std::max(1, columns);
    rows = std::max(1, rows);
    if (columns == m_columns && rows == m_rows)
        return;
    m_columns = columns;
    m_rows = rows;
    vterm_set_size(m_emulator->terminal, rows, columns);
    m_screen.resize(std::size_t(rows));
    for (int row = 0; row < rows; ++row)
        m_stale.insert(row);
    readDamaged();
    damageAll();
}

void TerminalScreen::begin()
{
    if (!m_isAlternate) {
        const auto used = std::ranges::find_if(m_screen.rbegin(), m_screen.rend(),
                                               [](const TerminalLine &line) { return !line.empty(); });
        for (auto line = m_screen.begin(); line != used.base(); ++line)
            keepAbove(*line);
    }
    m_title.clear();
    m_held.clear();
    m_cursor = {};
    m_isAlternate = false;
    m_mouse = MouseWish::None;
    m_emulator = std::make_unique<Emulator>(this);
    for (int row = 0; row < m_rows; ++row)
        m_stale.insert(row);
    readDamaged();
    damageAll();
}

void TerminalScreen::readDamaged()
{
    vterm_screen_flush_damage(m_emulator->cells);
    // It is not told of where a smaller screen puts it.
    VTermPos at{};
    vterm_state_get_cursorpos(vterm_obtain_state(m_emulator->terminal), &at);
    m_cursor.row = std::clamp(at.row, 0, m_rows - 1);
    m_cursor.column = std::clamp(at.col, 0, m_columns);
    for (const int row : std::exchange(m_stale, {})) {
        if (row < 0 || row >= m_rows)
            continue;
        TerminalLine line;
        line.reserve(std::size_t(m_columns));
        bool isRightHalf = false;
        for (int column = 0; column < m_columns; ++column) {
            VTermScreenCell cell{};
            vterm_screen_get_cell(m_emulator->cells, {.row = row, .col = column}, &cell);
            line.push_back(cellOf(cell));
            if (std::exchange(isRightHalf, cell.width == 2)) {
                line.back().characters = {};
                line.back().width = 0;
            }
        }
        trim(line);
        m_screen[std::size_t(row)] = std::move(line);
        m_damage.insert(row);
    }
}

void TerminalScreen::damageAll()
{
    for (int row = 0; row < m_rows; ++row)
        m_damage.insert(row);
}

void TerminalScreen::keepAbove(TerminalLine line)
{
    trim(line);
    line.shrink_to_fit();
    m_above.push_back(std::move(line));
    if (int(m_above.size()) > m_limit) {
        m_above.pop_front();
        ++m_forgotten;
    }
    damageAll();
}

const TerminalLine &TerminalScreen::line(int index) const
{
    static const TerminalLine none;
    if (index < 0 || index >= lineCount())
        return none;
    return index < scrollback() ? m_above[std::size_t(index)] : m_screen[std::size_t(index - scrollback())];
}

QString TerminalScreen::text(int index) const
{
    QString text;
    for (const TerminalCell &cell : line(index))
        text += cell.text();
    while (text.endsWith(u' '))
        text.chop(1);
    return text;
}

// The emulator does not tell. A program that has the whole screen sets its lines one by one.
bool TerminalScreen::goesOn(int index) const
{
    if (index + 1 >= lineCount() || (m_isAlternate && index >= scrollback()))
        return false;
    const TerminalCell &last = cellAt(line(index), m_columns - 1);
    return (last.width == 0 || !last.isBlank()) && !cellAt(line(index + 1), 0).isBlank();
}

bool TerminalScreen::knowsPaste() const
{
    const qsizetype before = m_reply.size();
    vterm_keyboard_start_paste(m_emulator->terminal);
    const bool isTold = m_reply.size() > before;
    m_reply.truncate(before);
    return isTold;
}

bool TerminalScreen::press(int key, Qt::KeyboardModifiers modifiers, const QString &text)
{
    if (const int special = terminalKey(key); special != VTERM_KEY_NONE) {
        vterm_keyboard_key(m_emulator->terminal, VTermKey(special),
                           modifiersOf(meaningfulModifiers(key, modifiers)));
        return true;
    }
    if (const std::optional<char> control = controlCharacter(key, modifiers)) {
        type(QString(QChar::fromLatin1(*control)), modifiers);
        return true;
    }
    if (text.isEmpty() || (modifiers & Qt::ControlModifier))
        return false;
    type(text, modifiers);
    return true;
}

void TerminalScreen::type(const QString &text, Qt::KeyboardModifiers modifiers)
{
    if (modifiers & Qt::AltModifier)
        m_reply += '\x1b';
    m_reply += text.toUtf8();
}

void TerminalScreen::paste(const QString &text)
{
    QString typed = text;
    typed.replace(QStringLiteral("\r\n"), QStringLiteral("\r")).replace(u'\n', u'\r');
    // What ends a paste must not be in it, or the rest would be taken for typed.
    typed.remove(u'\x1b');
    vterm_keyboard_start_paste(m_emulator->terminal);
    m_reply += typed.toUtf8();
    vterm_keyboard_end_paste(m_emulator->terminal);
}

void TerminalScreen::mouse(int row, int column, int button, bool isPressed, Qt::KeyboardModifiers modifiers)
{
    const VTermModifier with = modifiersOf(modifiers);
    vterm_mouse_move(m_emulator->terminal, std::clamp(row, 0, m_rows - 1),
                     std::clamp(column, 0, m_columns - 1), with);
    if (button > 0)
        vterm_mouse_button(m_emulator->terminal, button, isPressed, with);
}

void TerminalScreen::setFocused(bool isFocused)
{
    VTermState *state = vterm_obtain_state(m_emulator->terminal);
    if (isFocused)
        vterm_state_focus_in(state);
    else
        vterm_state_focus_out(state);
}

} // namespace Parlance
