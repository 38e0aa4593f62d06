// SPDX-License-Identifier: Apache-2.0
#include "transport/uploaddevice.h"

namespace Parlance {

qint64 UploadDevice::readData(char *data, qint64 maximum)
{
    const qint64 count = m_reader.read(data, maximum);
    if (m_reader.error())
        Q_EMIT broken(*m_reader.error());
    return count > 0 ? count : -1;
}

} // namespace Parlance
