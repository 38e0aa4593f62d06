// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QIODevice>

namespace Parlance {

//! A body that can be read once. Qt sends a request again by itself when the server closes the
//! connection before it answers; an agent may have begun its work by then, so the body refuses.
class UploadDevice : public QIODevice
{
    Q_OBJECT
public:
    UploadDevice(QByteArray body, QObject *parent)
        : QIODevice(parent)
        , m_body(std::move(body))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    bool isSequential() const override { return true; }
    bool atEnd() const override { return m_next == m_body.size(); }
    qint64 bytesAvailable() const override { return m_body.size() - m_next; }
    bool reset() override { return false; }

protected:
    qint64 readData(char *data, qint64 maximum) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_body;
    qsizetype m_next = 0;
};

} // namespace Parlance
