// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QNetworkReply>

namespace Parlance {

//! A failure of a connection in the words that requests use.
QNetworkReply::NetworkError networkError(QAbstractSocket::SocketError error);

} // namespace Parlance
