// SPDX-License-Identifier: Apache-2.0
#include "core/filename.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr qsizetype longestName = 80;
constexpr qsizetype longestSuffix = 8;

bool isEdge(QChar c)
{
    return c == u'.' || c == u' ';
}

} // namespace

QString fileNameFor(const QString &name, const QString &otherwise)
{
    // \p{C}: controls, and what turns the direction of writing, so that gpj.exe reads exe.jpg.
    static const QRegularExpression forbidden(u"[\\p{C}/\\\\:*?\"<>|]+"_s);
    QString whole = QString(name).replace(forbidden, u" "_s).simplified();
    while (!whole.isEmpty() && isEdge(whole.front()))
        whole.remove(0, 1);
    const qsizetype dot = whole.lastIndexOf(u'.');
    const bool hasSuffix = dot > 0 && whole.size() - dot <= longestSuffix + 1;
    const QString suffix = hasSuffix && whole.size() > longestName ? whole.sliced(dot) : QString();
    whole = whole.left(longestName - suffix.size());
    while (!whole.isEmpty() && isEdge(whole.back()))
        whole.chop(1);
    return whole.isEmpty() ? otherwise : QString(whole % suffix);
}

} // namespace Parlance
