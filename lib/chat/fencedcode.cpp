// SPDX-License-Identifier: Apache-2.0
#include "chat/fencedcode.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

QString fencedCode(const QString &text, const QString &language)
{
    qsizetype longest = 2;
    qsizetype run = 0;
    for (const QChar letter : text) {
        run = letter == u'`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const QString fence(longest + 1, u'`');
    return fence % language % u'\n' % text % (text.endsWith(u'\n') ? u""_s : u"\n"_s) % fence;
}

} // namespace Parlance
