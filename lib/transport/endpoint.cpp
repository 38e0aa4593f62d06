// SPDX-License-Identifier: Apache-2.0
#include "transport/endpoint.h"

#include "transport/agenturl.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct AgentAddress
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::AgentAddress)
};

struct Partition
{
    QLatin1StringView name;
    QLatin1StringView suffix;
    QLatin1StringView dualStackSuffix; //!< empty: the partition has no dual stack hosts
};

constexpr auto partitions = std::to_array<Partition>({
    {"aws"_L1, "amazonaws.com"_L1, "api.aws"_L1},
    {"aws-cn"_L1, "amazonaws.com.cn"_L1, "api.amazonwebservices.com.cn"_L1},
    {"aws-us-gov"_L1, "amazonaws.com"_L1, "api.aws"_L1},
    {"aws-eusc"_L1, "amazonaws.eu"_L1, "api.amazonwebservices.eu"_L1},
    {"aws-iso"_L1, "c2s.ic.gov"_L1, {}},
    {"aws-iso-b"_L1, "sc2s.sgov.gov"_L1, {}},
    {"aws-iso-e"_L1, "cloud.adc-e.uk"_L1, {}},
    {"aws-iso-f"_L1, "csp.hci.ic.gov"_L1, {}},
});

bool isOn(const char *variable)
{
    return qEnvironmentVariable(variable).trimmed().compare("true"_L1, Qt::CaseInsensitive) == 0;
}

// A service of AgentCore, as addresses and variables name it.
struct Service
{
    QLatin1StringView host;
    const char *ownVariable;
    const char *sdkVariable;
};

constexpr Service dataPlane{"bedrock-agentcore"_L1, "BEDROCK_AGENTCORE_DP_ENDPOINT",
                            "AWS_ENDPOINT_URL_BEDROCK_AGENTCORE"};
constexpr Service controlPlane{"bedrock-agentcore-control"_L1, "BEDROCK_AGENTCORE_CP_ENDPOINT",
                               "AWS_ENDPOINT_URL_BEDROCK_AGENTCORE_CONTROL"};

QString overrideFor(const Service &service, const QString &agentOverride)
{
    if (QString own = agentOverride.trimmed(); !own.isEmpty())
        return own;
    QStringList variables = {qEnvironmentVariable(service.ownVariable)};
    if (!isOn("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")) {
        variables += qEnvironmentVariable(service.sdkVariable);
        variables += qEnvironmentVariable("AWS_ENDPOINT_URL");
    }
    const auto set =
        std::ranges::find_if(variables, [](const QString &value) { return !value.trimmed().isEmpty(); });
    return set == variables.end() ? QString() : set->trimmed();
}

Result<QUrl> overriddenUrl(const QString &typed)
{
    if (isOn("AWS_USE_FIPS_ENDPOINT") || isOn("AWS_USE_DUALSTACK_ENDPOINT")) {
        return failure(ErrorKind::InvalidTarget,
                       AgentAddress::tr("An endpoint address of your own cannot be combined with "
                                        "AWS_USE_FIPS_ENDPOINT or AWS_USE_DUALSTACK_ENDPOINT."));
    }
    Result<QUrl> url = parseHttpUrl(typed);
    if (!url)
        return url;
    if (url->scheme() != "https"_L1 && !isLoopback(*url)) {
        return failure(ErrorKind::InsecureHttp,
                       AgentAddress::tr("The endpoint address of a runtime must begin with https://."));
    }
    if (url->hasQuery()) {
        return failure(ErrorKind::InvalidTarget,
                       AgentAddress::tr("The endpoint address must not contain a question mark."));
    }
    return url;
}

// The partition of a region, by how its name begins.
QString partitionOf(const QString &region)
{
    struct Beginning
    {
        QLatin1StringView region;
        QLatin1StringView partition;
    };
    static constexpr auto beginnings = std::to_array<Beginning>({
        {"cn-"_L1, "aws-cn"_L1},
        {"us-gov-"_L1, "aws-us-gov"_L1},
        {"eusc-"_L1, "aws-eusc"_L1},
        {"us-iso-"_L1, "aws-iso"_L1},
        {"us-isob-"_L1, "aws-iso-b"_L1},
        {"eu-isoe-"_L1, "aws-iso-e"_L1},
        {"us-isof-"_L1, "aws-iso-f"_L1},
        {"eu-isof-"_L1, "aws-iso-f"_L1},
    });
    const auto found = std::ranges::find_if(
        beginnings, [&region](const Beginning &beginning) { return region.startsWith(beginning.region); });
    return found == beginnings.end() ? u"aws"_s : QString(found->partition);
}

Result<QUrl> urlOf(const Service &service, const QString &partitionName, const QString &region,
                   const QString &agentOverride)
{
    if (const QString typed = overrideFor(service, agentOverride); !typed.isEmpty())
        return overriddenUrl(typed);
    const auto partition = std::ranges::find(partitions, partitionName, &Partition::name);
    if (partition == partitions.end()) {
        return failure(
            ErrorKind::InvalidTarget,
            AgentAddress::tr("The ARN names a partition that is not known: %1.").arg(partitionName));
    }
    const bool isDualStack = isOn("AWS_USE_DUALSTACK_ENDPOINT");
    if (isDualStack && partition->dualStackSuffix.isEmpty()) {
        return failure(ErrorKind::InvalidTarget,
                       AgentAddress::tr("The partition %1 has no dual stack addresses, but "
                                        "AWS_USE_DUALSTACK_ENDPOINT asks for one.")
                           .arg(partitionName));
    }
    const QString host = service.host + (isOn("AWS_USE_FIPS_ENDPOINT") ? u"-fips."_s : u"."_s) + region + u'.'
        + (isDualStack ? partition->dualStackSuffix : partition->suffix);
    return QUrl(u"https://"_s + host);
}

} // namespace

bool isRegion(const QString &region)
{
    static const QRegularExpression shape(uR"(\A[a-z]{2,5}(-[a-z]+)+-[0-9]+\z)"_s);
    return shape.match(region).hasMatch();
}

bool isLoopback(const QUrl &url)
{
    const QString host = url.host();
    if (host.compare("localhost"_L1, Qt::CaseInsensitive) == 0)
        return true;
    const QHostAddress address(host);
    return !address.isNull() && address.isLoopback();
}

bool isSecure(const QUrl &url)
{
    return url.scheme() == "https"_L1 || url.scheme() == "wss"_L1;
}

quint16 portOf(const QUrl &url)
{
    constexpr int forHttp = 80;
    constexpr int forHttps = 443;
    return quint16(url.port(isSecure(url) ? forHttps : forHttp));
}

Result<QUrl> parseHttpUrl(const QString &typed)
{
    const QUrl url = QUrl::fromEncoded(typed.trimmed().toUtf8(), QUrl::StrictMode);
    if (url.scheme() != "http"_L1 && url.scheme() != "https"_L1) {
        return failure(ErrorKind::InvalidTarget,
                       AgentAddress::tr("The address must begin with http:// or https://."));
    }
    if (!url.isValid() || url.host().isEmpty()) {
        return failure(ErrorKind::InvalidTarget, AgentAddress::tr("This is not an address of a server."));
    }
    if (!url.userInfo().isEmpty() || url.authority().contains(u'@')) {
        return failure(ErrorKind::InvalidTarget,
                       AgentAddress::tr("The address must not contain a user name or password."));
    }
    if (url.hasFragment()) {
        return failure(ErrorKind::InvalidTarget,
                       AgentAddress::tr("The address must not contain a number sign (#)."));
    }
    return url;
}

Result<QUrl> dataPlaneUrl(const ParsedArn &arn, const QString &agentOverride)
{
    return urlOf(dataPlane, arn.partition, arn.region, agentOverride);
}

Result<QUrl> controlPlaneUrl(const QString &region)
{
    if (!isRegion(region)) {
        return failure(ErrorKind::InvalidTarget,
                       AgentAddress::tr("This is not the name of a region such as us-west-2."));
    }
    return urlOf(controlPlane, partitionOf(region), region, {});
}

} // namespace Parlance
