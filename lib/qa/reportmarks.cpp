// SPDX-License-Identifier: Apache-2.0
#include "qa/reportmarks.h"

#include "chat/fencedcode.h"

using namespace Qt::StringLiterals;

namespace Parlance {

QString plainMarkdown(QString text)
{
    static const QString special = u"\\`*_{}[]#|>~"_s;
    text = text.simplified();
    QString escaped;
    for (const QChar letter : text) {
        if (letter == u'@')
            escaped += u"@\u200b"_s; // mentions nobody
        else if (letter == u'&')
            escaped += u"&amp;"_s;
        else if (letter == u'<')
            escaped += u"&lt;"_s;
        else if (special.contains(letter))
            escaped += u'\\' + QString(letter);
        else
            escaped += letter;
    }
    return escaped;
}

QString markdownBlock(const QString &text)
{
    return fencedCode(text, u"text"_s) + u"\n\n"_s;
}

QString markdownRow(const QStringList &cells)
{
    return u"| "_s + cells.join(u" | "_s) + u" |\n"_s;
}

} // namespace Parlance
