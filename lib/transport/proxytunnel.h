// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transport/httpreader.h"

#include <QNetworkProxy>
#include <QObject>
#include <QUrl>

class QTcpSocket;

namespace Parlance {

//! Asks an HTTP proxy, over a connection to it, for one to a host. Qt does so too, but keeps to itself what
//! the proxy answers.
class ProxyTunnel : public QObject
{
    Q_OBJECT
public:
    //! What a proxy says who does not do it.
    struct Refusal
    {
        int status = 0; //!< of HTTP; 0: it closed the connection, or does not speak HTTP
        QString words = {}; //!< "403 Filtered"
        bool wantsBasicLogin = false; //!< and offers no better way
        bool wantsOtherLogin = false;
    };

    //! The socket is connected to the proxy and must outlive this. saysLogin: at once, in the clear.
    ProxyTunnel(QTcpSocket *socket, const QUrl &target, const QNetworkProxy &proxy, bool saysLogin);

    void start();

Q_SIGNALS:
    //! One of the two, exactly once. The socket leads to the host from then on; nothing of it has been read.
    void opened();
    void refused(const Parlance::ProxyTunnel::Refusal &refusal);

private:
    void onReadyRead();
    void onHead();
    void refuse(const Refusal &refusal);

    QTcpSocket *m_socket;
    QByteArray m_question;
    QByteArray m_firstLine;
    HttpReader m_reader;
    bool m_isDone = false;
};

} // namespace Parlance
