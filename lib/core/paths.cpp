// SPDX-License-Identifier: Apache-2.0
#include "core/paths.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString below(QStandardPaths::StandardLocation location)
{
    return QStandardPaths::writableLocation(location) % "/parlance"_L1;
}

} // namespace

QString Paths::databaseFile() const
{
    return dataDirectory % "/parlance.sqlite"_L1;
}

QString Paths::settingsFile() const
{
    return configDirectory % "/settings.ini"_L1;
}

void Paths::makeDirectories() const
{
    for (const QString &path : {dataDirectory, configDirectory}) {
        QDir().mkpath(path);
        QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    }
}

Paths Paths::fromEnvironment()
{
    const QString profile = qEnvironmentVariable("PARLANCE_PROFILE_DIR");
    if (!profile.isEmpty()) {
        const QString root = QDir(profile).absolutePath();
        return {.dataDirectory = root % "/data"_L1, .configDirectory = root % "/config"_L1};
    }
    return {.dataDirectory = below(QStandardPaths::GenericDataLocation),
            .configDirectory = below(QStandardPaths::GenericConfigLocation)};
}

} // namespace Parlance
