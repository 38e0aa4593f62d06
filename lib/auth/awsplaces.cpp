// SPDX-License-Identifier: Apache-2.0
#include "auth/awsplaces.h"

#include "core/runaside.h"

#include <QDir>
#include <QFile>

namespace Parlance {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 maximumFile = 4 * 1024 * 1024;

// "~" and $VARIABLE at their places, as the AWS tools read them.
QString expanded(QString path, const QProcessEnvironment &environment)
{
    if (path == u"~" || path.startsWith("~/"_L1))
        path.replace(0, 1, QDir::homePath());
    for (const QString &name : environment.keys())
        path.replace(u"${"_s + name + u'}', environment.value(name));
    if (path.startsWith(u'$')) {
        const qsizetype end = path.indexOf(u'/') < 0 ? path.size() : path.indexOf(u'/');
        path.replace(0, end, environment.value(path.mid(1, end - 1)));
    }
    return path;
}

} // namespace

QByteArray awsHost(const QByteArray &service, const QByteArray &region)
{
    const QByteArray suffix = region.startsWith("cn-") ? "amazonaws.com.cn"
        : region.startsWith("eusc-")                   ? "amazonaws.eu"
                                                       : "amazonaws.com";
    return service + '.' + region + '.' + suffix;
}

QByteArray awsRegionOr(const QByteArray &region)
{
    return region.isEmpty() ? QByteArray("us-east-1") : region;
}

AwsPlaces AwsPlaces::fromEnvironment(const QProcessEnvironment &environment)
{
    const QString home = QDir::homePath() + u"/.aws"_s;
    const auto place = [&environment](const QString &variable, const QString &standard) {
        const QString set = environment.value(variable);
        return set.isEmpty() ? standard : expanded(set, environment);
    };
    return AwsPlaces{.credentialsFile = place(u"AWS_SHARED_CREDENTIALS_FILE"_s, home + u"/credentials"_s),
                     .configFile = place(u"AWS_CONFIG_FILE"_s, home + u"/config"_s),
                     .ssoCache = home + u"/sso/cache"_s,
                     .loginCache = place(u"AWS_LOGIN_CACHE_DIRECTORY"_s, home + u"/login/cache"_s),
                     .environment = environment};
}

QByteArray AwsPlaces::serviceUrl(const QString &service, const QByteArray &hostPrefix,
                                 const QByteArray &region) const
{
    if (environment.value(u"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"_s).toLower() != u"true") {
        QString set = environment.value(u"AWS_ENDPOINT_URL_"_s + service);
        if (set.isEmpty())
            set = environment.value(u"AWS_ENDPOINT_URL"_s);
        while (set.endsWith(u'/'))
            set.chop(1);
        if (!set.isEmpty())
            return set.toUtf8();
    }
    return "https://" + awsHost(hostPrefix, region);
}

QFuture<std::optional<QByteArray>> readFileAside(const QString &path)
{
    return runAside([path] {
        QFile file(path);
        std::optional<QByteArray> bytes;
        if (file.open(QIODevice::ReadOnly) && file.size() <= maximumFile)
            bytes = file.readAll();
        return bytes;
    });
}

} // namespace Parlance
