// SPDX-License-Identifier: Apache-2.0
#include "support/selfsigned.h"
#include "transport/exchange.h"
#include "transport/networkpolicy.h"
#include "transport/streamreply.h"
#include "transport/uploaddevice.h"

#include <QNetworkRequest>
#include <QScopeGuard>
#include <QSslConfiguration>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <cstring>
#include <functional>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace std::chrono_literals;

namespace {

constexpr int longWait = 30'000;
const QByteArray goodHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                            "Transfer-Encoding: chunked\r\n\r\n";

//! Does with each connection what the test says, over TLS or without, while clients of this process trust it.
class RawServer : public QObject
{
    Q_OBJECT
public:
    explicit RawServer(bool isTls)
        : m_before(QSslConfiguration::defaultConfiguration())
        , m_isTls(isTls)
    {
        if (isTls) {
            const SelfSigned identity = SelfSigned::create();
            auto tls = std::make_unique<QSslServer>();
            QSslConfiguration own = m_before;
            own.setLocalCertificate(identity.certificate);
            own.setPrivateKey(identity.key);
            tls->setSslConfiguration(own);
            m_tcp = std::move(tls);
            QSslConfiguration trusting = m_before;
            trusting.setCaCertificates({identity.certificate});
            QSslConfiguration::setDefaultConfiguration(trusting);
        } else {
            m_tcp = std::make_unique<QTcpServer>();
        }
        connect(m_tcp.get(), &QTcpServer::pendingConnectionAvailable, this, [this] {
            while (QTcpSocket *socket = m_tcp->nextPendingConnection()) {
                ++connections;
                if (onConnection)
                    onConnection(socket);
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                    if (onReadyRead)
                        onReadyRead(socket);
                });
            }
        });
        m_tcp->listen(QHostAddress::LocalHost);
    }
    ~RawServer() override { QSslConfiguration::setDefaultConfiguration(m_before); }
    QUrl url() const
    {
        return QUrl((m_isTls ? u"https://localhost:%1/invocations"_s : u"http://localhost:%1/invocations"_s)
                        .arg(m_tcp->serverPort()));
    }

    std::function<void(QTcpSocket *)> onConnection;
    std::function<void(QTcpSocket *)> onReadyRead;
    int connections = 0;

private:
    QSslConfiguration m_before;
    bool m_isTls;
    std::unique_ptr<QTcpServer> m_tcp;
};

} // namespace

//! What goes wrong on a connection, and when.
class TestStreamReply : public QObject
{
    Q_OBJECT
private:
    NetworkPolicy m_network;

    static void plainAndTls()
    {
        QTest::addColumn<bool>("isTls");
        QTest::newRow("plain") << false;
        QTest::newRow("TLS") << true;
    }

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *variable : {"http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy"})
            qunsetenv(variable);
    }

    void namesTheHostAsASignatureDoes_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("host");
        QTest::newRow("plain") << u"http://a.example/x?y=z#w"_s << "POST /x?y=z HTTP/1.1"_ba
                               << "a.example"_ba;
        QTest::newRow("no path") << u"http://a.example"_s << "POST / HTTP/1.1"_ba
                                 << "a.example"_ba;
        QTest::newRow("port") << u"http://a.example:8080/"_s << "POST / HTTP/1.1"_ba
                              << "a.example:8080"_ba;
        QTest::newRow("its own port") << u"http://a.example:80/"_s << "POST / HTTP/1.1"_ba
                                      << "a.example"_ba;
        QTest::newRow("its own TLS port") << u"https://a.example:443/"_s << "POST / HTTP/1.1"_ba
                                          << "a.example"_ba;
        QTest::newRow("IPv6") << u"http://[::1]:8080/"_s << "POST / HTTP/1.1"_ba
                              << "[::1]:8080"_ba;
        QTest::newRow("own letters") << u"https://b\u00fccher.example/"_s << "POST / HTTP/1.1"_ba
                                     << "xn--bcher-kva.example"_ba;
        QTest::newRow("line break") << u"http://a.example/x%0d%0aX: y"_s << "POST /x%0D%0AX:%20y HTTP/1.1"_ba
                                    << "a.example"_ba;
    }
    void namesTheHostAsASignatureDoes()
    {
        QFETCH(QString, url);
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, host);
        QNetworkRequest request{QUrl(url)};
        request.setRawHeader("X-One"_ba, "two"_ba);
        const StreamReply reply(request, "POST"_ba, nullptr, nullptr);
        QCOMPARE_EQ(
            reply.head(),
            QByteArray(line + "\r\nHost: " + host + "\r\nX-One: two\r\nConnection: Keep-Alive\r\n\r\n"));
    }

    void sendsNoHeaderThatWouldBeTwo_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("line in a value") << "X-One"_ba
                                         << "two\r\nX-Two: three"_ba;
        QTest::newRow("line feed in a value") << "X-One"_ba
                                              << "two\nX-Two: three"_ba;
        QTest::newRow("return in a value") << "X-One"_ba
                                           << "two\rX-Two: three"_ba;
        QTest::newRow("nothing in a value") << "X-One"_ba << QByteArray("two\0three", 9);
        QTest::newRow("line in a name") << "X-One: two\r\nX-Two"_ba
                                        << "three"_ba;
        QTest::newRow("colon in a name") << "X-One: two"_ba
                                         << "three"_ba;
    }
    void sendsNoHeaderThatWouldBeTwo()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        RawServer server(false);
        bool hasSent = false;
        server.onReadyRead = [&hasSent](QTcpSocket *) { hasSent = true; };
        bool isGone = false;
        server.onConnection = [&isGone](QTcpSocket *socket) {
            connect(socket, &QTcpSocket::disconnected, socket, [&isGone] { isGone = true; });
        };
        ExchangeOptions options;
        options.headers.append({name, value});
        Exchange exchange(server.url(), &m_network, options);
        exchange.request->start();
        QTRY_VERIFY_WITH_TIMEOUT(exchange.isFinished() && isGone, longWait);
        QCOMPARE_EQ(errorKindName(exchange.error->kind), errorKindName(ErrorKind::NetworkFailed));
        QVERIFY(!hasSent);
    }

    // An agent may think for a quarter of an hour; those in between forget a silent connection sooner.
    void asksWhetherTheOtherEndIsThere()
    {
        RawServer server(false);
        QTcpSocket *other = nullptr;
        server.onConnection = [&other](QTcpSocket *socket) { other = socket; };
        Exchange exchange(server.url(), &m_network);
        exchange.request->start();
        // The request, so that the connection is made on this side too.
        QTRY_VERIFY_WITH_TIMEOUT(other && other->bytesAvailable() > 0, longWait);
        int idle = 0;
        int isOn = 0;
        for (int descriptor = 3; descriptor < 1024 && idle == 0; ++descriptor) {
            sockaddr_in name = {};
            socklen_t size = sizeof name;
            const bool isOurs = getsockname(descriptor, reinterpret_cast<sockaddr *>(&name), &size) == 0
                && name.sin_family == AF_INET && ntohs(name.sin_port) == other->peerPort();
            size = sizeof idle;
            if (isOurs && getsockopt(descriptor, IPPROTO_TCP, TCP_KEEPIDLE, &idle, &size) == 0)
                getsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &isOn, &size);
        }
        QCOMPARE_EQ(isOn, 1);
        QCOMPARE_EQ(idle, 60);
    }

    void readsTheBodyOnlyAsFastAsItGoesOut_data() { plainAndTls(); }
    void readsTheBodyOnlyAsFastAsItGoesOut()
    {
        QFETCH(bool, isTls);
        constexpr qint64 size = 64'000'000;
        RawServer server(isTls);
        qint64 received = 0;
        QTimer slowly;
        server.onConnection = [&](QTcpSocket *socket) {
            socket->setReadBufferSize(16 * 1024);
            connect(&slowly, &QTimer::timeout, socket, [&, socket] { received += socket->readAll().size(); });
            slowly.start(0);
        };
        UploadDevice body(QByteArray(size, 'x'), nullptr);
        QNetworkRequest request(server.url());
        request.setHeader(QNetworkRequest::ContentLengthHeader, size);
        StreamReply reply(request, "POST"_ba, &body, nullptr);
        int signs = 0;
        qint64 furthestAhead = 0;
        connect(&reply, &QNetworkReply::uploadProgress, this, [&] {
            ++signs;
            furthestAhead = std::max(furthestAhead, size - body.bytesAvailable() - received);
        });
        QTRY_VERIFY_WITH_TIMEOUT(body.atEnd(), 2 * longWait);
        // What the kernel holds on both sides, and a little more.
        QCOMPARE_LE(furthestAhead, size / 3);
        QCOMPARE_GE(signs, 100);
        reply.abort();
        slowly.stop();
    }

    void tellsAtOnceThatTlsCannotBegin()
    {
        RawServer server(false);
        const QSslConfiguration before = QSslConfiguration::defaultConfiguration();
        const auto restore = qScopeGuard([&before] { QSslConfiguration::setDefaultConfiguration(before); });
        QSslConfiguration impossible = before;
        impossible.setProtocol(QSsl::UnknownProtocol);
        QSslConfiguration::setDefaultConfiguration(impossible);
        QUrl url = server.url();
        url.setScheme(u"https"_s);
        ExchangeOptions options;
        options.connectTimeout = 4min;
        Exchange exchange(url, &m_network, options);
        exchange.request->start();
        QTRY_VERIFY_WITH_TIMEOUT(exchange.isFinished(), longWait);
        QCOMPARE_EQ(errorKindName(exchange.error->kind), errorKindName(ErrorKind::TlsFailed));
    }

    void tellsAtOnceThatTlsBroke()
    {
        RawServer server(true);
        server.onReadyRead = [](QTcpSocket *socket) {
            socket->readAll();
            socket->write(goodHead + "b\r\ndata: one\n\n\r\n");
            socket->flush();
        };
        ExchangeOptions options;
        options.idleTimeout = 4min;
        Exchange exchange(server.url(), &m_network, options);
        QTcpSocket *other = nullptr;
        server.onConnection = [&other](QTcpSocket *socket) { other = socket; };
        exchange.onFrames = [&other] {
            const QByteArray noRecord(100, 'x');
            QCOMPARE_EQ(write(int(other->socketDescriptor()), noRecord.constData(), size_t(noRecord.size())),
                        ssize_t(noRecord.size()));
        };
        exchange.request->start();
        QTRY_VERIFY_WITH_TIMEOUT(exchange.isFinished(), longWait);
        QCOMPARE_EQ(errorKindName(exchange.error->kind), errorKindName(ErrorKind::StreamCut));
        QCOMPARE_EQ(exchange.text(), QByteArray("one"));
    }

    // The end of the session is not said, only the connection goes.
    void noticesWhatIsMissingWhenTlsIsCut()
    {
        RawServer server(true);
        server.onReadyRead = [](QTcpSocket *socket) {
            socket->readAll();
            socket->write(goodHead + "b\r\ndata: one\n\n\r\n");
            socket->flush();
        };
        Exchange exchange(server.url(), &m_network);
        QTcpSocket *other = nullptr;
        server.onConnection = [&other](QTcpSocket *socket) { other = socket; };
        exchange.onFrames = [&other] { other->abort(); };
        exchange.request->start();
        QTRY_VERIFY_WITH_TIMEOUT(exchange.isFinished(), longWait);
        QCOMPARE_EQ(errorKindName(exchange.error->kind), errorKindName(ErrorKind::StreamCut));
        QCOMPARE_EQ(exchange.text(), QByteArray("one"));
    }

    void readsAFloodOverTlsWhole()
    {
        const QByteArray event = "data: " + QByteArray(100, 'x') + "\n\n";
        constexpr int events = 50'000;
        RawServer server(true);
        server.onReadyRead = [&event](QTcpSocket *socket) {
            if (!socket->readAll().endsWith('}'))
                return;
            socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: "
                          + QByteArray::number(event.size() * events) + "\r\n\r\n" + event.repeated(events));
            socket->disconnectFromHost();
        };
        Exchange exchange(server.url(), &m_network);
        exchange.request->start();
        QTRY_VERIFY_WITH_TIMEOUT(exchange.isFinished(), 2 * longWait);
        QVERIFY(!exchange.error);
        QCOMPARE_EQ(exchange.frames.size(), size_t(events));
    }

    // A server that refuses a large body need not read it.
    void hearsARefusalBeforeTheBodyIsSent_data() { plainAndTls(); }
    void hearsARefusalBeforeTheBodyIsSent()
    {
        QFETCH(bool, isTls);
        RawServer server(isTls);
        server.onConnection = [](QTcpSocket *socket) { socket->setReadBufferSize(1024); };
        server.onReadyRead = [](QTcpSocket *socket) {
            socket->disconnect();
            socket->write(
                "HTTP/1.1 413 Too Large\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nno!");
        };
        ExchangeOptions options;
        options.body = QByteArray(30'000'000, 'x');
        Exchange exchange(server.url(), &m_network, options);
        exchange.request->start();
        QTRY_VERIFY_WITH_TIMEOUT(exchange.isFinished(), longWait);
        QCOMPARE_EQ(errorKindName(exchange.error->kind), errorKindName(ErrorKind::PayloadTooLarge));
        QCOMPARE_EQ(exchange.error->rawBody, QByteArray("no!"));
        QCOMPARE_EQ(server.connections, 1);
    }

    void tellsTheStatusOfAnAnswerThatBreaksAtOnce()
    {
        RawServer server(false);
        server.onReadyRead = [](QTcpSocket *socket) {
            socket->readAll();
            socket->write(goodHead + "b\r\ndata: one\n\n\r\nzz\r\n");
        };
        Exchange exchange(server.url(), &m_network);
        exchange.request->start();
        QTRY_VERIFY_WITH_TIMEOUT(exchange.isFinished(), longWait);
        QCOMPARE_EQ(exchange.story, QByteArray("hfe"));
        QCOMPARE_EQ(exchange.text(), QByteArray("one"));
        QCOMPARE_EQ(exchange.error->httpStatus, 200);
        QCOMPARE_EQ(errorKindName(exchange.error->kind), errorKindName(ErrorKind::StreamCut));
    }

    void endsWhereverItIsStopped_data()
    {
        QTest::addColumn<bool>("isTls");
        QTest::addColumn<bool>("isDeleted");
        QTest::addColumn<QByteArray>("where");
        for (const bool isTls : {false, true}) {
            for (const bool isDeleted : {false, true}) {
                for (const char *where : {"connecting", "secured", "sent", "upload", "head", "frames"}) {
                    if (isTls || strcmp(where, "secured") != 0)
                        QTest::addRow("%s, %s, %s", where, isTls ? "TLS" : "plain",
                                      isDeleted ? "deleted" : "cancelled")
                            << isTls << isDeleted << QByteArray(where);
                }
            }
        }
    }
    void endsWhereverItIsStopped()
    {
        QFETCH(bool, isTls);
        QFETCH(bool, isDeleted);
        QFETCH(QByteArray, where);
        RawServer server(isTls);
        bool isOpen = false;
        const bool isUpload = where == "upload";
        ExchangeOptions options;
        if (isUpload)
            options.body = QByteArray(30'000'000, 'x');
        Exchange exchange(server.url(), &m_network, options);
        bool isStopped = false;
        const auto stop = [&] {
            if (std::exchange(isStopped, true))
                return;
            if (isDeleted)
                exchange.request.reset();
            else
                exchange.request->cancel();
        };
        server.onConnection = [&isOpen](QTcpSocket *socket) {
            isOpen = true;
            connect(socket, &QTcpSocket::disconnected, socket, [&isOpen] { isOpen = false; });
        };
        server.onReadyRead = [&](QTcpSocket *socket) {
            socket->readAll();
            if (isUpload)
                stop();
            else
                socket->write(goodHead + "2000\r\n" + QByteArray("data: 0123456789\n\n").repeated(455));
        };
        connect(exchange.request.get(), &AgentRequest::stepReached, this, [&](RequestStep step) {
            if ((step == RequestStep::Connecting && where == "connecting")
                || (step == RequestStep::Secured && where == "secured")
                || (step == RequestStep::Sent && where == "sent"))
                stop();
        });
        connect(exchange.request.get(), &AgentRequest::headersReceived, this, [&] {
            if (where == "head")
                stop();
        });
        exchange.onFrames = [&] {
            if (where == "frames")
                stop();
        };
        exchange.request->start();
        QTRY_VERIFY_WITH_TIMEOUT(isStopped && (isDeleted || exchange.isFinished()), longWait);
        QTRY_VERIFY_WITH_TIMEOUT(!isOpen, longWait);
        QCOMPARE_EQ(exchange.finishes, isDeleted ? 0 : 1);
        if (!isDeleted)
            QCOMPARE_EQ(exchange.error->kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestStreamReply)
#include "tst_streamreply.moc"
