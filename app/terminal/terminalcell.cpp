// SPDX-License-Identifier: Apache-2.0
#include "terminal/terminalcell.h"

namespace Parlance {

QString TerminalCell::text() const
{
    if (width == 0)
        return {};
    if (characters[0] == 0)
        return QStringLiteral(" ");
    QString text;
    for (const char32_t character : characters) {
        if (character != 0)
            text.append(QString::fromUcs4(&character, 1));
    }
    return text;
}

const TerminalCell &cellAt(const TerminalLine &line, int column)
{
    static const TerminalCell blank;
    return column >= 0 && std::size_t(column) < line.size() ? line[std::size_t(column)] : blank;
}

} // namespace Parlance
