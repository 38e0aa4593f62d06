// SPDX-License-Identifier: Apache-2.0
#include "auth/httpcaller.h"

namespace Parlance {

QByteArray HttpReply::header(QByteArrayView name) const
{
    for (const HttpHeader &header : headers) {
        if (header.name.compare(name, Qt::CaseInsensitive) == 0)
            return header.value;
    }
    return {};
}

} // namespace Parlance
