// SPDX-License-Identifier: Apache-2.0
#include "transcript/transcriptaccessible.h"

#include "transcript/transcriptview.h"
#include "transcript/viewaccessible.h"

namespace Parlance {
namespace {

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *view = qobject_cast<TranscriptView *>(object);
    return view ? new ViewAccessible(view) : nullptr;
}

} // namespace

void installTranscriptAccessibility()
{
    // The factory is a plain function in a list: installing it anew replaces nothing.
    QAccessible::removeFactory(makeInterface);
    QAccessible::installFactory(makeInterface);
}

} // namespace Parlance
