// SPDX-License-Identifier: Apache-2.0
#include "transport/uploaddevice.h"

#include <algorithm>
#include <cstring>

namespace Parlance {

qint64 UploadDevice::readData(char *data, qint64 maximum)
{
    const qsizetype count = std::min<qsizetype>(maximum, m_body.size() - m_next);
    if (count == 0)
        return -1;
    std::memcpy(data, m_body.constData() + m_next, static_cast<std::size_t>(count));
    m_next += count;
    return count;
}

} // namespace Parlance
