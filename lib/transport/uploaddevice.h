// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/requestbody.h"

#include <QIODevice>

namespace Parlance {

//! A body that can be read once. Qt sends a request again by itself when the server closes the
//! connection before it answers; an agent may have begun its work by then, so the body refuses.
class UploadDevice : public QIODevice
{
    Q_OBJECT
public:
    UploadDevice(RequestBody body, QObject *parent)
        : QIODevice(parent)
        , m_reader(std::move(body))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    bool isSequential() const override { return true; }
    bool atEnd() const override { return m_reader.left() == 0; }
    qint64 bytesAvailable() const override { return m_reader.left(); }
    bool reset() override { return false; }

Q_SIGNALS:
    //! A file of the body is not there as it was: what was sent so far is no whole request.
    void broken(const Parlance::Error &error);

protected:
    qint64 readData(char *data, qint64 maximum) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    BodyReader m_reader;
};

} // namespace Parlance
