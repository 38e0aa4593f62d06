// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/framelog.h"
#include "core/result.h"

#include <QFuture>
#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <memory>

namespace Parlance {

struct SavedFrames
{
    int count = 0;
    bool wasMasked = false;
    QByteArray lines = {}; //!< empty when they went to a file
};

//! One frame as one line of JSON: sequence, sinceSendMs, kind, event, payload. Secrets masked; told
//! through wasMasked, which is never set back to false.
QByteArray frameLine(const Frame &frame, bool &wasMasked);

//! Writes frames as JSON lines, away from the window's thread.
class FrameSaver : public QObject
{
    Q_OBJECT
public:
    explicit FrameSaver(QObject *parent = nullptr);
    //! What is being written is given up; a file that was there before stays as it was.
    ~FrameSaver() override;

    QFuture<Result<SavedFrames>> save(std::vector<FrameRow> rows, const QString &path);
    QFuture<Result<SavedFrames>> print(std::vector<FrameRow> rows);

private:
    QThreadPool m_pool;
    std::shared_ptr<std::atomic<bool>> m_isGivenUp = std::make_shared<std::atomic<bool>>(false);
};

} // namespace Parlance
