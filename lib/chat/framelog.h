// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/frame.h"
#include "core/ids.h"

#include <QObject>
#include <QString>

#include <vector>

namespace Parlance {

struct FrameRow
{
    Frame frame = {};
    QString label =
        {}; //!< what it is, in a few words: "messageStart", "toolUse get_order", "text “What can”"
    int part = -1; //!< index of the message part it made; -1: none
};

//! The frames of one answer, as they came: loaded from disk, or growing while it streams.
class FrameLog : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    const std::vector<FrameRow> &rows() const { return m_rows; }
    qint64 totalBytes() const { return m_totalBytes; }
    bool isLoading() const { return m_isLoading; }
    //! True when old frames of this answer were dropped to keep within the size setting.
    bool isTruncated() const { return m_isTruncated; }

Q_SIGNALS:
    void wasReset();
    void rowsAppended(int first, int last); //!< inclusive

protected:
    std::vector<FrameRow> m_rows;
    qint64 m_totalBytes = 0;
    bool m_isLoading = false;
    bool m_isTruncated = false;
};

} // namespace Parlance
