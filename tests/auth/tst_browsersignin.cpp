// SPDX-License-Identifier: Apache-2.0
#include "auth/browsersignin.h"
#include "auth/tokenclaims.h"
#include "support/networkcalls.h"
#include "support/nodeserver.h"
#include "support/waited.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUrlQuery>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

template <typename T> QString messageOf(const Result<T> &result)
{
    return result ? QString() : result.error().message;
}

quint16 freePort()
{
    QTcpServer probe;
    probe.listen(QHostAddress::LocalHost);
    return probe.serverPort();
}

// A provider that gives an ID token with the claims of the test's choice.
class ClaimingProvider : public HttpCaller
{
public:
    QJsonObject claims;
    QFuture<Result<HttpReply>> call(RequestDraft draft) override
    {
        const auto encoded = [](const QJsonObject &part) {
            return QJsonDocument(part).toJson(QJsonDocument::Compact).toBase64(QByteArray::Base64UrlEncoding);
        };
        const QString host = u"https://login.example.com"_s;
        const QJsonObject document{{u"issuer"_s, host},
                                   {u"authorization_endpoint"_s, u"https://login.example.com/authorize"_s},
                                   {u"token_endpoint"_s, u"https://login.example.com/token"_s}};
        QByteArray token = "e30.";
        token += encoded(claims);
        token += ".c2ln";
        const QJsonObject tokens{{u"access_token"_s, u"opaque"_s},
                                 {u"id_token"_s, QString::fromLatin1(token)},
                                 {u"token_type"_s, u"Bearer"_s}};
        return QtFuture::makeReadyFuture(Result<HttpReply>(HttpReply{
            .status = 200, .body = QJsonDocument(draft.method == "POST" ? tokens : document).toJson()}));
    }
};

} // namespace

//! Against a real OpenID provider, with a script that does in the browser what a person does.
class TestBrowserSignIn : public QObject
{
    Q_OBJECT
private:
    OAuthClient client(const QString &id = u"desktop"_s) const
    {
        return OAuthClient{.issuer = m_provider.url().toString(),
                           .clientId = id,
                           .clientSecret = id == u"confidential" ? Secret("p@ss word+&=%")
                               : id == u"machine"                ? Secret("machine-secret")
                                                                 : Secret(),
                           .scopes = {u"openid"_s, u"email"_s, u"agents/invoke"_s},
                           .redirectUri = m_redirect};
    }

    // A person at the browser. Prints the page that it ended on.
    BrowserSignIn::OpenBrowser person(const QStringList &arguments = {})
    {
        return [this, arguments](const QUrl &url) {
            m_browser = std::make_unique<QProcess>();
            m_browser->setWorkingDirectory(QStringLiteral(PARLANCE_SOURCE_DIR) + u"/tests/servers"_s);
            m_browser->start(u"node"_s,
                             QStringList{u"oracle/browser.mjs"_s, QString::fromLatin1(url.toEncoded())}
                                 + arguments);
            return true;
        };
    }
    QString lastPage()
    {
        if (!QTest::qWaitFor([this] { return m_browser->state() == QProcess::NotRunning; }, longWait))
            return {};
        return QString::fromUtf8(m_browser->readAllStandardOutput() + m_browser->readAllStandardError())
            .trimmed();
    }

    // Comes back to the redirect URI with a query of the test's choice.
    void comeBack(const QByteArray &query)
    {
        auto *reply =
            m_network->get(QNetworkRequest(QUrl::fromEncoded(m_redirect.toEncoded() + '?' + query)));
        connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
    }

    NodeServer m_provider{u"oidc.mjs"_s};
    QUrl m_redirect;
    std::unique_ptr<HttpCaller> m_http = makeNetworkCaller();
    std::unique_ptr<QProcess> m_browser;
    std::unique_ptr<QNetworkAccessManager> m_network;

private Q_SLOTS:
    void initTestCase()
    {
        m_redirect = QUrl(u"http://127.0.0.1:%1/callback"_s.arg(freePort()));
        m_provider.setEnvironment(u"REDIRECTS"_s, m_redirect.toString());
        const QString problem = m_provider.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    // No connection that an earlier test left.
    void init() { m_network = std::make_unique<QNetworkAccessManager>(); }

    void takesNoTokenOfAnotherSignInOrClient_data()
    {
        QTest::addColumn<QJsonValue>("nonce");
        QTest::addColumn<QJsonValue>("audience");
        QTest::addColumn<bool>("isTaken");
        const QJsonValue ours = u"desktop"_s;
        QTest::newRow("ours") << QJsonValue() << ours << true;
        QTest::newRow("ours among others") << QJsonValue() << QJsonValue(QJsonArray{u"x"_s, ours}) << true;
        QTest::newRow("another sign-in") << QJsonValue(u"foreign"_s) << ours << false;
        QTest::newRow("another client") << QJsonValue() << QJsonValue(u"another"_s) << false;
        QTest::newRow("no client") << QJsonValue() << QJsonValue() << false;
    }
    void takesNoTokenOfAnotherSignInOrClient()
    {
        QFETCH(QJsonValue, nonce);
        QFETCH(QJsonValue, audience);
        QFETCH(bool, isTaken);
        ClaimingProvider provider;
        OAuthClient client = this->client();
        client.issuer = u"https://login.example.com"_s;
        BrowserSignIn signIn(&provider, client, [&](const QUrl &url) {
            const QUrlQuery asked(url);
            provider.claims = {{u"sub"_s, u"ann"_s}, {u"aud"_s, audience}};
            provider.claims[u"nonce"_s] = nonce.isString() ? nonce : asked.queryItemValue(u"nonce"_s);
            comeBack("code=c&state=" + asked.queryItemValue(u"state"_s).toLatin1());
            return true;
        });
        const auto tokens = waited(signIn.start());
        QCOMPARE(tokens.has_value(), isTaken);
        if (!isTaken)
            QVERIFY2(messageOf(tokens).contains("another sign-in"_L1), qPrintable(messageOf(tokens)));
    }

    void signsInWithTheBrowser_data()
    {
        QTest::addColumn<QString>("id");
        QTest::newRow("public") << u"desktop"_s;
        QTest::newRow("confidential") << u"confidential"_s;
    }
    void signsInWithTheBrowser()
    {
        QFETCH(QString, id);
        BrowserSignIn signIn(m_http.get(), client(id), person());
        const auto tokens = waited(signIn.start());
        QVERIFY2(tokens, qPrintable(messageOf(tokens)));
        QCOMPARE(lastPage(), u"200 You can go back to Parlance"_s);
        const auto claims = claimsOf(tokens->accessToken);
        QVERIFY(claims.has_value());
        QCOMPARE(claims->issuer, m_provider.url().toString());
        QCOMPARE(claims->clientId, id);
        QCOMPARE(claims->audience, QStringList({u"agents"_s}));
        QVERIFY(claims->scopes.contains(u"agents/invoke"_s));
        QVERIFY(tokens->expires > QDateTime::currentDateTimeUtc().addSecs(3500));
        QCOMPARE(claimsOf(tokens->idToken)->userName, u"ann@example.com"_s);

        // Renewed with rotation: another refresh token each time, and the old one is good for nothing.
        const auto endpoints = waited(discoverEndpoints(m_http.get(), client().issuer));
        QVERIFY(endpoints);
        const auto renew = [&](const Secret &refreshToken) {
            return tokensOf(waited(m_http->call(refreshDraft(*endpoints, client(id), refreshToken))),
                            QDateTime::currentDateTimeUtc());
        };
        const auto renewed = renew(tokens->refreshToken);
        QVERIFY2(renewed, qPrintable(messageOf(renewed)));
        QVERIFY(!renewed->refreshToken.isEmpty());
        QVERIFY(renewed->refreshToken != tokens->refreshToken);
        const auto reused = renew(tokens->refreshToken);
        QVERIFY(!reused);
        QCOMPARE(reused.error().exceptionType, u"invalid_grant"_s);
        QCOMPARE(reused.error().message, u"The sign-in has ended. Sign in again."_s);
    }

    void revokesARefreshToken()
    {
        BrowserSignIn signIn(m_http.get(), client(), person());
        const auto tokens = waited(signIn.start());
        QVERIFY2(tokens, qPrintable(messageOf(tokens)));
        const auto endpoints = waited(discoverEndpoints(m_http.get(), client().issuer));
        QVERIFY(endpoints);
        const auto revoked =
            waited(m_http->call(revocationDraft(*endpoints, client(), tokens->refreshToken)));
        QVERIFY(revoked);
        QCOMPARE(revoked->status, 200);
        QVERIFY(!tokensOf(waited(m_http->call(refreshDraft(*endpoints, client(), tokens->refreshToken))),
                          QDateTime::currentDateTimeUtc()));
    }

    void getsATokenForAMachine()
    {
        const auto endpoints = waited(discoverEndpoints(m_http.get(), client().issuer));
        QVERIFY2(endpoints, qPrintable(messageOf(endpoints)));
        OAuthClient machine = client(u"machine"_s);
        machine.scopes = {u"agents/invoke"_s, u"agents/read"_s};
        const auto tokens = tokensOf(waited(m_http->call(clientCredentialsDraft(*endpoints, machine))),
                                     QDateTime::currentDateTimeUtc());
        QVERIFY2(tokens, qPrintable(messageOf(tokens)));
        QCOMPARE(claimsOf(tokens->accessToken)->scopes, machine.scopes);
        QVERIFY(tokens->refreshToken.isEmpty());

        machine.clientSecret = Secret("wrong");
        const auto refused = tokensOf(waited(m_http->call(clientCredentialsDraft(*endpoints, machine))),
                                      QDateTime::currentDateTimeUtc());
        QVERIFY(!refused);
        QCOMPARE(refused.error().exceptionType, u"invalid_client"_s);
    }

    void endsWhenThePersonSaysNo()
    {
        BrowserSignIn signIn(m_http.get(), client(), person({u"ann"_s, u"deny"_s}));
        const auto tokens = waited(signIn.start());
        QVERIFY(!tokens);
        QCOMPARE(tokens.error().exceptionType, u"access_denied"_s);
        QCOMPARE(tokens.error().message, u"The sign-in was not allowed, or was cancelled in the browser."_s);
        QCOMPARE(lastPage(), u"200 The sign-in did not work"_s);
    }

    void endsWithAWrongState()
    {
        BrowserSignIn signIn(m_http.get(), client(), [this](const QUrl &) {
            comeBack("code=stolen&state=another");
            return true;
        });
        const auto tokens = waited(signIn.start());
        QVERIFY(!tokens);
        QVERIFY(
            tokens.error().message.startsWith(u"The browser came back with an answer to another sign-in."_s));
    }

    void endsWithAnotherProvidersAnswer()
    {
        BrowserSignIn signIn(m_http.get(), client(), [this](const QUrl &url) {
            const QByteArray state = QUrlQuery(url).queryItemValue(u"state"_s).toLatin1();
            comeBack("code=c&state=" + state + "&iss=https%3A%2F%2Fevil.example");
            return true;
        });
        const auto tokens = waited(signIn.start());
        QVERIFY(!tokens);
        QVERIFY(
            tokens.error().message.startsWith(u"The browser came back with an answer to another sign-in."_s));
    }

    void sendsNoSecretInPlainHttpToAnotherMachine()
    {
        RequestDraft draft{.method = "POST", .url = QUrl(u"http://login.example.com/token"_s)};
        const auto reply = waited(m_http->call(draft));
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, ErrorKind::InsecureHttp);
    }

    void takesOneAnswerAlone()
    {
        LoopbackListener listener(m_redirect);
        QSignalSpy redirects(&listener, &LoopbackListener::redirected);
        QVERIFY(listener.listen());
        // A browser asks for an icon by itself, and another path is not an answer.
        auto *icon = m_network->get(QNetworkRequest(m_redirect.resolved(QUrl(u"/favicon.ico"_s))));
        QTRY_VERIFY_WITH_TIMEOUT(icon->isFinished(), longWait);
        QCOMPARE(icon->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 404);
        icon->deleteLater();
        QCOMPARE(redirects.count(), 0);

        comeBack("code=a%20b+c&state=s");
        QTRY_COMPARE_WITH_TIMEOUT(redirects.count(), 1, longWait);
        const auto fields = redirects.first().first().value<QMap<QByteArray, QByteArray>>();
        QCOMPARE(fields["code"], "a b c");
        auto *second = m_network->get(QNetworkRequest(QUrl(m_redirect.toString() + u"?code=second"_s)));
        QTRY_VERIFY_WITH_TIMEOUT(second->isFinished(), longWait);
        QCOMPARE(second->error(), QNetworkReply::ConnectionRefusedError);
        second->deleteLater();
        QCOMPARE(redirects.count(), 1);
    }

    void takesBytesAsTheyCome()
    {
        LoopbackListener listener(m_redirect);
        QSignalSpy redirects(&listener, &LoopbackListener::redirected);
        QVERIFY(listener.listen());
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, quint16(m_redirect.port()));
        QTRY_COMPARE_WITH_TIMEOUT(socket.state(), QAbstractSocket::ConnectedState, longWait);
        for (const char c : QByteArray("GET /callback?code=1&state=2 HTTP/1.1\r\nHost: x\r\n\r\n")) {
            socket.write(&c, 1);
            socket.flush();
            QTRY_COMPARE_WITH_TIMEOUT(socket.bytesToWrite(), 0, longWait);
        }
        QTRY_COMPARE_WITH_TIMEOUT(redirects.count(), 1, longWait);
    }

    void saysThatThePortIsTaken()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost, quint16(m_redirect.port())));
        bool isOpened = false;
        BrowserSignIn signIn(m_http.get(), client(), [&isOpened](const QUrl &) { return isOpened = true; });
        const auto tokens = waited(signIn.start());
        QVERIFY(!tokens);
        QCOMPARE(tokens.error().kind, ErrorKind::Conflict);
        QVERIFY(tokens.error().message.contains(QString::number(m_redirect.port())));
        QVERIFY(!isOpened);
    }

    void endsAfterTheLimit()
    {
        BrowserSignIn signIn(
            m_http.get(), client(), [](const QUrl &) { return true; }, nullptr,
            std::chrono::milliseconds(50));
        const auto tokens = waited(signIn.start());
        QVERIFY(!tokens);
        QVERIFY(tokens.error().message.startsWith(u"Nobody signed in in the browser"_s));
        // The port is free again.
        LoopbackListener listener(m_redirect);
        QVERIFY(listener.listen());
    }

    void canBeCancelled()
    {
        BrowserSignIn signIn(m_http.get(), client(), [](const QUrl &) { return true; });
        QSignalSpy opened(&signIn, &BrowserSignIn::browserOpened);
        const auto future = signIn.start();
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, longWait);
        const QUrlQuery query(opened.first().first().toUrl());
        QCOMPARE(query.queryItemValue(u"code_challenge_method"_s), u"S256"_s);
        QCOMPARE(query.queryItemValue(u"code_challenge"_s).size(), 43);
        signIn.cancel();
        const auto tokens = waited(future);
        QVERIFY(!tokens);
        QCOMPARE(tokens.error().kind, ErrorKind::Cancelled);
    }

    void refusesAnAddressThatIsNoProvider_data()
    {
        QTest::addColumn<QString>("issuer");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("plain http") << u"http://login.example.com"_s << ErrorKind::InsecureHttp;
        QTest::newRow("no address") << u"login"_s << ErrorKind::InvalidTarget;
        QTest::newRow("nothing there") << u"http://127.0.0.1:1"_s << ErrorKind::ConnectionRefused;
        QTest::newRow("another page")
            << m_provider.url().toString() + u"/nowhere"_s << ErrorKind::InvalidTarget;
    }
    void refusesAnAddressThatIsNoProvider()
    {
        QFETCH(QString, issuer);
        QFETCH(ErrorKind, kind);
        const auto endpoints = waited(discoverEndpoints(m_http.get(), issuer));
        QVERIFY(!endpoints);
        QCOMPARE(endpoints.error().kind, kind);
        QVERIFY(!endpoints.error().message.isEmpty());
    }

    void listensOnTheLoopbackAddressAlone()
    {
        for (const QString &elsewhere : {u"http://0.0.0.0:8765/callback"_s, u"http://192.0.2.1:8765/"_s,
                                         u"http://example.com:8765/"_s, u"https://localhost:8765/"_s}) {
            LoopbackListener listener{QUrl(elsewhere)};
            const auto listening = listener.listen();
            QVERIFY2(!listening, qPrintable(elsewhere));
            QCOMPARE(listening.error().kind, ErrorKind::InvalidTarget);
        }
        QUrl byName = m_redirect;
        byName.setHost(u"localhost"_s);
        LoopbackListener listener(byName);
        QVERIFY(listener.listen());
        // Nobody has the port of any other address.
        QFile table(u"/proc/net/tcp"_s);
        QVERIFY(table.open(QIODevice::ReadOnly));
        const QByteArray port = ':' + QByteArray::number(byName.port(), 16).rightJustified(4, '0').toUpper();
        QByteArrayList places;
        for (const QByteArray &line : table.readAll().split('\n')) {
            const QByteArrayList words = line.simplified().split(' ');
            if (words.size() > 3 && words.at(1).endsWith(port) && words.at(3) == "0A")
                places.append(words.at(1));
        }
        QCOMPARE(places, QByteArrayList{"0100007F" + port});
    }

    void tellsTroubleFromARefusal()
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const auto kindOf = [&now](int status, const QByteArray &body) {
            const auto tokens = tokensOf(HttpReply{.status = status, .body = body}, now);
            return tokens ? ErrorKind::Internal : tokens.error().kind;
        };
        QCOMPARE(kindOf(400, "{\"error\":\"invalid_grant\"}"), ErrorKind::Unauthorized);
        QCOMPARE(kindOf(400, "{\"error\":\"temporarily_unavailable\"}"), ErrorKind::ServerError);
        QCOMPARE(kindOf(503, "<html>"), ErrorKind::ServerError);
        QCOMPARE(kindOf(429, {}), ErrorKind::Throttled);
        const auto discovered = readDiscovery(HttpReply{.status = 502}, QUrl(u"https://x"_s));
        QVERIFY(!discovered);
        QCOMPARE(discovered.error().kind, ErrorKind::ServerError);
        QCOMPARE(discovered.error().message,
                 u"The provider has a problem of its own. Try again in a moment."_s);
    }

    void trustsNoEndpointInPlainHttp()
    {
        const HttpReply reply{.status = 200,
                              .body = "{\"issuer\":\"https://x\",\"authorization_endpoint\":\"https://x/a\","
                                      "\"token_endpoint\":\"http://evil.example/t\"}"};
        const auto endpoints = readDiscovery(reply, QUrl(u"https://x"_s));
        QVERIFY(!endpoints);
        QCOMPARE(endpoints.error().kind, ErrorKind::InsecureHttp);
    }

    void readsWhatATokenSaysOfItself()
    {
        const auto jwt = [](const QByteArray &payload) {
            return Secret(QByteArray(
                "e30." + payload.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
                + ".x"));
        };
        const auto claims = claimsOf(
            jwt("{\"iss\":\"i\",\"aud\":[\"a\",\"b\"],\"scp\":\"x y\",\"exp\":1767323045,\"azp\":\"c\"}"));
        QVERIFY(claims.has_value());
        QCOMPARE(claims->audience, QStringList({u"a"_s, u"b"_s}));
        QCOMPARE(claims->scopes, QStringList({u"x"_s, u"y"_s}));
        QCOMPARE(claims->clientId, u"c"_s);
        QCOMPARE(claims->expires, QDateTime({2026, 1, 2}, {3, 4, 5}, Qt::UTC));
        for (const QByteArray &no :
             {QByteArray(), QByteArray("opaque"), QByteArray("a.b.c"), QByteArray("..")})
            QVERIFY(!claimsOf(Secret(no)).has_value());
        QVERIFY(!claimsOf(jwt("[]")).has_value());
    }
};

QTEST_GUILESS_MAIN(TestBrowserSignIn)
#include "tst_browsersignin.moc"
