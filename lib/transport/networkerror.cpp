// SPDX-License-Identifier: Apache-2.0
#include "transport/networkerror.h"

namespace Parlance {

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
