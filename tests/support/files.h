// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFile>
#include <QTest>

namespace Parlance::Test {

//! What a file holds; nothing if it cannot be read.
inline QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

//! Writes a file anew.
inline void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

} // namespace Parlance::Test
