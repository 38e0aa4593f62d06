// SPDX-License-Identifier: Apache-2.0
#include "chat/hostwords.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::HostWords)
};

using Fault = HostReport::Fault;
using TlsFault = HostReport::TlsFault;

QString tlsAdvice(const HostReport &report)
{
    const QString issuer = report.chain.empty() ? QString() : report.chain.back().issuer;
    switch (report.tlsFault) {
    case TlsFault::SelfSigned:
        return Words::tr("The certificate is signed by itself. If it is the right one, add it as the CA file "
                         "in the network settings.");
    case TlsFault::UnknownIssuer:
        return Words::tr("Nobody here trusts who issued it: %1. A company proxy issues its own: add its CA "
                         "file in the network settings.")
            .arg(issuer);
    case TlsFault::Expired:
        return Words::tr("The certificate has expired. Whoever runs the host must renew it; check this "
                         "computer's clock too.");
    case TlsFault::NotYetValid:
        return Words::tr("The certificate is not valid yet. Check this computer's clock.");
    case TlsFault::OtherHost:
        return Words::tr("The certificate is for another host: %1. Check the address.")
            .arg(report.chain.empty() ? QString() : report.chain.front().subject);
    case TlsFault::Other:
    case TlsFault::None:
        break;
    }
    return Words::tr("No secure connection came about. The host may want a client certificate, or speak no "
                     "TLS at this port.");
}

QString proxyAdvice(const HostReport &report)
{
    const int status = report.proxyStatus;
    if (status == 401 || status == 407)
        return Words::tr(
            "The proxy refuses the login. Check its user name and password in the network settings.");
    if (status == 404 || status >= 500)
        return Words::tr("The proxy cannot reach the host. Check its spelling, and the proxy's own network.");
    if (status >= 400)
        return Words::tr("The proxy does not let through to this host. Whoever runs the proxy can allow it.");
    return Words::tr("The proxy cannot be reached, or does not speak as one. Check its address and kind.");
}

} // namespace

QString hostAdvice(const HostReport &report)
{
    switch (report.fault) {
    case Fault::None:
        return {};
    case Fault::Network:
        return Words::tr("The network settings cannot be used.");
    case Fault::Lookup:
        return Words::tr("The host has no address. Check its spelling, the network and the VPN.");
    case Fault::Connection:
        return Words::tr("None of its addresses answers. Check the port, the network and the firewall.");
    case Fault::Proxy:
        return proxyAdvice(report);
    case Fault::Tls:
        return tlsAdvice(report);
    }
    return {};
}

QStringList hostReportLines(const HostReport &report)
{
    QStringList lines{Words::tr("Host: %1, port %2").arg(report.host).arg(report.port)};
    lines += report.proxy.isEmpty() ? Words::tr("Proxy: none") : Words::tr("Proxy: %1").arg(report.proxy);
    for (const AddressFacts &each : report.addresses) {
        lines += each.connected
            ? Words::tr("Address %1: connected in %2 ms").arg(each.address).arg(each.connected->count())
            : Words::tr("Address %1: %2").arg(each.address, each.problem);
    }
    if (!report.protocol.isEmpty())
        lines += Words::tr("Encryption: %1, %2").arg(report.protocol, report.cipher);
    for (const CertificateFacts &each : report.chain) {
        lines += Words::tr("Certificate: %1").arg(each.subject);
        lines += QString(u"  "_s % Words::tr("issued by %1").arg(each.issuer));
        lines += QString(u"  "_s
                         % Words::tr("valid from %1 to %2")
                               .arg(each.from.toString(Qt::ISODate), each.to.toString(Qt::ISODate)));
        lines += QString(u"  SHA-256 "_s % QString::fromLatin1(each.sha256.toUpper()));
        if (each.isAuthority)
            lines += QString(u"  "_s % Words::tr("trusted here"));
    }
    for (const QString &problem : report.problems)
        lines += Words::tr("Problem: %1").arg(problem);
    return lines;
}

} // namespace Parlance
