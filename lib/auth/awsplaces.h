// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFuture>
#include <QProcessEnvironment>
#include <QString>

#include <optional>

namespace Parlance {

//! The host of a service in a region: "<service>.<region>.<suffix of the region's partition>".
QByteArray awsHost(const QByteArray &service, const QByteArray &region);
//! The region, or the one that global services are in where none is named.
QByteArray awsRegionOr(const QByteArray &region);

//! Where the AWS tools of this machine keep what they know, and which services they ask.
struct AwsPlaces
{
    QString credentialsFile = {};
    QString configFile = {};
    QString ssoCache = {}; //!< folder
    QString loginCache = {}; //!< folder
    QProcessEnvironment environment = {};

    //! From AWS_SHARED_CREDENTIALS_FILE, AWS_CONFIG_FILE, AWS_LOGIN_CACHE_DIRECTORY and the home folder.
    static AwsPlaces fromEnvironment(const QProcessEnvironment &environment);

    //! The base URL of a service: AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL, or its own host,
    //! "https://<host prefix>.<region>.<suffix of the region's partition>".
    QByteArray serviceUrl(const QString &service, const QByteArray &hostPrefix,
                          const QByteArray &region) const;
};

//! Reads a small file in another thread. Empty: it is not there or cannot be read.
QFuture<std::optional<QByteArray>> readFileAside(const QString &path);

} // namespace Parlance
