// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transport/connector.h"
#include "transport/httpreader.h"

#include <QNetworkReply>
#include <QTimer>

namespace Parlance {

//! An answer over a connection of its own, for those that stream for long. Qt's own reply wakes a thread for
//! every packet, and the window by it; here what comes within a frame's time is read at once, on the thread
//! of the window. Keeps to NetworkPolicy: HTTP/1.1, no redirects, no cookies, no cache, a TLS error ends it,
//! and the request is sent once. Not for what a proxy passes on in the clear, as a whole request.
class StreamReply : public QNetworkReply
{
    Q_OBJECT
public:
    //! The body is read once and must live as long as the reply; null: there is none.
    StreamReply(const QNetworkRequest &request, QByteArray verb, QIODevice *body, QObject *parent,
                const QNetworkProxy &proxy = QNetworkProxy(QNetworkProxy::NoProxy));
    ~StreamReply() override;

    //! The machine has slept: asks whether the other end is still there.
    void probe();
    //! What goes out before the body. Empty if a header would not stay one.
    QByteArray head() const;

    void abort() override;
    qint64 bytesAvailable() const override;

protected:
    qint64 readData(char *data, qint64 maximum) override;
    void sslConfigurationImplementation(QSslConfiguration &configuration) const override;

private:
    void connectNow();
    void onConnected();
    void onConnectFailed(const ConnectFailure &failure);
    void onEncrypted();
    void onSocketError(QAbstractSocket::SocketError error);
    void onSocketEnded();
    void sendHead();
    void sendBody();
    void readSocket();
    void takeHead();
    void holdBack();
    void setWakesAt(int bytes);
    bool isFull() const;
    qint64 unsent() const;
    void fail(NetworkError error, const QString &text);
    void end();

    QByteArray m_verb;
    QIODevice *m_body;
    Connector m_connector;
    std::unique_ptr<QTcpSocket> m_socket;
    HttpReader m_reader;
    QByteArray m_bytes;
    qsizetype m_taken = 0; //!< how many of the bytes have been read
    QTimer m_frame;
    std::optional<NetworkError> m_socketError;
    QTimer m_probing;
    bool m_isClosed = false;
    bool m_hasHead = false;
    bool m_isSent = false;
    int m_wakesAt = 1;
};

} // namespace Parlance
