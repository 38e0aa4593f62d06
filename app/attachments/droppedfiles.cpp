// SPDX-License-Identifier: Apache-2.0
#include "attachments/droppedfiles.h"

#include <QMimeData>
#include <QUrl>

namespace Parlance {

QStringList filesIn(const QMimeData *data)
{
    QStringList paths;
    for (const QUrl &url : data->urls()) {
        if (!url.isLocalFile())
            return {};
        paths.append(url.toLocalFile());
    }
    return paths;
}

bool isPicture(const QMimeData *data)
{
    return data->hasImage() && !data->hasText() && filesIn(data).isEmpty();
}

} // namespace Parlance
