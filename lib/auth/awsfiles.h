// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace Parlance {

//! The settings of one section; names in lower case. A setting of a nested block is "block.name".
using AwsSettings = QMap<QByteArray, QByteArray>;

struct AwsProfile
{
    AwsSettings settings = {}; //!< of both files; where both name a setting, the credentials file's
    //! The credentials file has a section of this name. Its keys go before other ways of the profile.
    bool hasCredentialsSection = false;
    AwsSettings credentialsSection = {};
};

//! What ~/.aws/config and ~/.aws/credentials say. Holds secrets: keep it short and inside auth.
struct AwsFiles
{
    QMap<QString, AwsProfile> profiles = {};
    QMap<QString, AwsSettings> ssoSessions = {};
    //! Lines that could not be read, as sentences without their content. The rest was read all the same.
    QStringList problems = {};
};

//! Reads the two files as botocore does: sections, "=" or ":", comment lines, nested and continued
//! values, quoted profile names. Written here because QSettings knows neither nesting nor quoting.
AwsFiles readAwsFiles(QByteArrayView credentialsFile, QByteArrayView configFile);

//! Splits a command line by the rules of a POSIX shell's words, without a shell: nothing is expanded.
//! Empty: a quote is not closed.
std::optional<QStringList> splitCommand(const QString &command);

} // namespace Parlance
