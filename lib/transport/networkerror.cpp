// SPDX-License-Identifier: Apache-2.0
#include "transport/networkerror.h"

#include "transport/errorsentence.h"

namespace Parlance {

Error proxyRefusal(int status, const QString &host, const QString &detail)
{
    Error error = plainError(ErrorKind::ProxyFailed);
    error.message = proxySentence(status, host);
    error.serverMessage = detail;
    // tinyproxy says 401 to a wrong login.
    if (status == proxyLoginRefused || status == 401)
        error.httpStatus = proxyLoginRefused;
    return error;
}

Error networkFailure(const QNetworkReply &reply, bool usesProxy)
{
    const QNetworkReply::NetworkError code = reply.error();
    const int known = reply.attribute(proxyStatusAttribute).toInt();
    const int status = code == QNetworkReply::ProxyAuthenticationRequiredError ? proxyLoginRefused : known;
    if (status != 0)
        return proxyRefusal(status, reply.url().host(), reply.errorString());
    Error error = plainError(networkErrorKind(code, usesProxy));
    error.serverMessage = reply.errorString();
    return error;
}

ErrorKind networkErrorKind(QNetworkReply::NetworkError code, bool usesProxy)
{
    switch (code) {
    case QNetworkReply::ConnectionRefusedError:
        return usesProxy ? ErrorKind::ProxyFailed : ErrorKind::ConnectionRefused;
    case QNetworkReply::HostNotFoundError:
        return usesProxy ? ErrorKind::ProxyFailed : ErrorKind::HostNotFound;
    case QNetworkReply::SslHandshakeFailedError:
        return ErrorKind::TlsFailed;
    case QNetworkReply::TimeoutError:
        return ErrorKind::ConnectTimedOut;
    case QNetworkReply::RemoteHostClosedError:
    // Qt wanted to send the request once more, which the body does not let it do.
    case QNetworkReply::ContentReSendError:
        return ErrorKind::StreamCut;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError:
        return ErrorKind::ProxyFailed;
    case QNetworkReply::UnknownNetworkError:
        // What Qt makes of a proxy that refuses, and of one that is not there.
        return usesProxy ? ErrorKind::ProxyFailed : ErrorKind::NetworkFailed;
    default:
        return ErrorKind::NetworkFailed;
    }
}

} // namespace Parlance
