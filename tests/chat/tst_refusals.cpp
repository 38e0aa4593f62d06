// SPDX-License-Identifier: Apache-2.0
#include "chat/errorcatalogue.h"
#include "chat/program.h"
#include "demo/demoserver.h"
#include "support/selfsigned.h"

#include <QSslConfiguration>
#include <QSslServer>
#include <QTcpServer>
#include <QTemporaryDir>

#include <vector>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

//! What a server does, and the sentence a person then reads.
struct Row
{
    QByteArray name = {};
    DemoScript script = {};
    QString title = {};
    std::optional<AgentTarget> target = std::nullopt; //!< else a deployed agent behind the server
    QString text = {}; //!< what is kept above the card
    bool isImpatient = false; //!< with short timeouts
};

DemoScript refusal(int status, const QByteArray &type, const QByteArray &body,
                   const QByteArray &contentType = "application/json")
{
    DemoScript script;
    script.status = status;
    script.headers.append(HttpHeader{"Content-Type", contentType});
    if (!type.isEmpty())
        script.headers.append(HttpHeader{"x-amzn-ErrorType", type});
    script.steps.push_back({.bytes = body});
    return script;
}

QByteArray message(const QByteArray &words)
{
    return "{\"message\":\"" + words + "\"}";
}

DemoScript rpc(int status, int code, const QByteArray &words)
{
    return refusal(status, {},
                   "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":" + QByteArray::number(code)
                       + ",\"message\":\"" + words + "\"}}");
}

DemoScript runError(int status, const QByteArray &code)
{
    return refusal(status, {},
                   "data: {\"type\":\"RUN_ERROR\",\"code\":\"" + code + "\",\"message\":\"no\"}\n\n",
                   "text/event-stream");
}

DemoScript ending(DemoEnd end, const QByteArray &body)
{
    DemoScript script = scripted(body);
    script.end = end;
    return script;
}

const QString busy = u"The session is still busy with something else."_s;
const QString container = u"The agent's own container failed."_s;
const QString denied = u"You may not call this agent."_s;
const QString identity = u"The agent did not accept who you are."_s;
const QString internal = u"The server failed while it handled the request."_s;
const QString invalid = u"The service did not accept the request."_s;
const QString many = u"Too many requests in a short time."_s;
const QString quota = u"The account has used up its quota."_s;
const QString reported = u"The agent reported an error."_s;
const QString signature = u"The service refused the signature or the credentials."_s;
const QString unknown = u"The service does not know this agent."_s;
const QString webPage = u"A web page came instead of the agent's answer."_s;

//! PROTOCOL 8.1, with what is seen beside it.
std::vector<Row> modelled()
{
    return {
        {"400", refusal(400, "ValidationException:http://internal.amazon.com/", message("bad")), invalid},
        {"400 MMDS", refusal(400, "ValidationException", message("This runtime is not MMDSv2-enabled")),
         u"This runtime is too old to be called."_s},
        {"402", refusal(402, "ServiceQuotaExceededException", message("q")), quota},
        {"403", refusal(403, "AccessDeniedException", message("not authorized to perform")), denied},
        {"404", refusal(404, "ResourceNotFoundException", message("no endpoint")), unknown},
        {"409 retryable", refusal(409, "RetryableConflictException", message("please retry")), busy},
        {"409", refusal(409, "ConflictException", message("c")),
         u"The request conflicts with what the session is doing."_s},
        {"424", refusal(424, "RuntimeClientError", message("Received error (500) from runtime.")), container},
        {"424 start", refusal(424, "RuntimeClientError", message("Runtime initialization time exceeded.")),
         u"The agent did not start in time."_s},
        {"429", refusal(429, "ThrottlingException", message("t")), many},
        {"500", refusal(500, "InternalServerException", message("i")), internal},
        {"401", refusal(401, "UnauthorizedException", message("u")), identity},
        {"502", refusal(502, {}, {}), u"A gateway got no usable answer from the agent."_s},
        {"503", refusal(503, {}, {}), u"The service cannot take requests just now."_s},
        {"504", refusal(504, {}, message("did not receive a timely response from the container")),
         u"The agent's container did not answer in time."_s},
        {"408", refusal(408, {}, {}), u"The server stopped waiting for the request."_s},
        {"413", refusal(413, {}, {}), u"The message is too large."_s},
    };
}

//! PROTOCOL 8.2.
std::vector<Row> envelopes()
{
    const auto inside = [](const QByteArray &payload) { return scripted("data: " + payload + "\n\n"); };
    return {
        {"mcp 401", rpc(400, -32001, "expired"), identity},
        {"mcp 403", rpc(400, -32002, "no"), denied},
        {"mcp 429", rpc(400, -32003, "slow down"), many},
        {"mcp 404", rpc(400, -32004, "gone"), unknown},
        {"mcp 409", rpc(400, -32005, "c"), u"The request conflicts with what the session is doing."_s},
        {"mcp 400", rpc(400, -32006, "v"), invalid},
        {"mcp 424", rpc(400, -32010, "r"), container},
        {"mcp 406", rpc(406, -32011, "Accept"), u"The agent cannot answer in a form that was asked for."_s},
        {"mcp 500", rpc(400, -32603, "i"), internal},
        {"a2a 404", rpc(404, -32051, "gone"), unknown},
        {"a2a 400", rpc(400, -32052, "v"), invalid},
        {"a2a 429", rpc(429, -32053, "t"), many},
        {"a2a 409", rpc(409, -32054, "please retry"), busy},
        {"a2a 424", rpc(424, -32055, "r"), container},
        {"ag-ui 401", runError(401, "UNAUTHORIZED"), identity},
        {"ag-ui 403", runError(403, "ACCESS_DENIED"), denied},
        {"ag-ui 400", runError(400, "VALIDATION_ERROR"), invalid},
        {"ag-ui 429", runError(429, "RATE_LIMIT_EXCEEDED"), many},
        {"ag-ui quota", runError(429, "SERVICE_QUOTA_EXCEEDED"), quota},
        {"ag-ui 409", runError(409, "SESSION_BUSY"), busy},
        {"ag-ui 500", runError(500, "INTERNAL_ERROR"), internal},
        {"ag-ui 200", runError(200, "AGENT_ERROR"), reported},
        {"rpc in 200", inside(R"({"jsonrpc":"2.0","id":"1","error":{"code":-32010,"message":"r"}})"),
         reported},
        {"python in 200", inside(R"({"error":"boom","error_type":"RuntimeError","message":"m"})"), reported},
        {"npm in 200", scripted("data: \"so far\"\n\nevent: error\ndata: {\"error\":\"boom\"}\n\n"), reported,
         std::nullopt, u"so far"_s},
        {"status in 200", inside(R"({"status":"error","error":"boom"})"), reported},
        {"strands in 200", inside(R"({"event":{"throttlingException":{"message":"slow"}}})"), reported},
    };
}

//! PROTOCOL 8.3 and 8.4.
std::vector<Row> signIn()
{
    DemoScript challenge = refusal(401, {}, {});
    challenge.headers.append(HttpHeader{"WWW-Authenticate", R"(Bearer resource_metadata="https://x/y")"});
    return {
        {"challenge", challenge, identity},
        {"no token", rpc(401, -32001, "Missing Authentication Token"),
         u"The agent wants a token, and none was sent."_s},
        {"wrong client", rpc(401, -32001, "Claim 'client_id' value mismatch with configuration."),
         u"The token was made for another client or audience."_s},
        {"garbage", refusal(403, {}, message("OAuth authorization failed: Failed to parse token")),
         u"The token is not one the service can read."_s},
        {"method", refusal(403, "AccessDeniedException", message("Authorization method mismatch. The agent")),
         u"This agent wants another way of signing in."_s},
        {"expired", refusal(403, "ExpiredTokenException", message("e")), signature},
        {"signature", refusal(403, "InvalidSignatureException", message("s")), signature},
        {"client", refusal(403, "UnrecognizedClientException", message("c")), signature},
    };
}

//! A server that speaks TLS with a certificate nobody vouches for.
std::unique_ptr<QTcpServer> distrusted()
{
    const SelfSigned self = SelfSigned::create();
    auto server = std::make_unique<QSslServer>();
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(self.certificate);
    configuration.setPrivateKey(self.key);
    server->setSslConfiguration(configuration);
    return server;
}

//! Where a server listens now.
AgentTarget place(const QString &scheme, QTcpServer &server)
{
    server.listen(QHostAddress::LocalHost);
    return UrlTarget{.url = scheme % u"://127.0.0.1:"_s % QString::number(server.serverPort())};
}

std::vector<Row> connections(QTcpServer &secure, QTcpServer &mute)
{
    QTcpServer closed;
    const AgentTarget nowhere = place(u"http"_s, closed);
    closed.close();
    return {
        {"refused", {}, u"Nothing answers at this address."_s, nowhere},
        {"DNS", {}, u"The address was not found."_s, UrlTarget{.url = u"https://no-such-agent.invalid"_s}},
        {"TLS", {}, u"No secure connection could be made."_s, place(u"https"_s, secure)},
        {"no greeting", {}, u"The agent could not be reached in time."_s, place(u"https"_s, mute), {}, true},
        {"silence", ending(DemoEnd::Stall, "data: \"so far\"\n\n"), u"The agent fell silent."_s, std::nullopt,
         u"so far"_s, true},
        {"cut", ending(DemoEnd::Cut, "data: \"so far\"\n\n"),
         u"The connection broke before the answer was complete."_s, std::nullopt, u"so far"_s},
        {"empty", scripted({}), u"The agent answered with nothing."_s},
        {"only a heartbeat", scripted(": beat\n\n"), u"The agent answered with nothing."_s},
        {"page in 200", refusal(200, {}, "<html>Sign in</html>", "text/html"), webPage},
        {"page in 502", refusal(502, {}, "<html>Bad gateway</html>", "text/html; charset=utf-8"), webPage},
        {"redirect", refusal(302, {}, {}), u"The server wanted to send us elsewhere."_s},
    };
}

} // namespace

//! Every refusal of the protocol, from the bytes on the wire to the sentence on the card.
class TestRefusals : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysEachInItsOwnWords()
    {
        DemoServer server([this](const DemoRequest &request) {
            // The prompt is the row's number.
            const qsizetype at = request.body.lastIndexOf(' ');
            return m_rows.at(request.body.mid(at + 1).replace('"', "").chopped(1).toUInt()).script;
        });
        const QUrl url = *server.start();
        const std::unique_ptr<QTcpServer> secure = distrusted();
        QTcpServer mute;
        for (const std::vector<Row> &rows : {modelled(), envelopes(), signIn(), connections(*secure, mute)})
            m_rows.insert(m_rows.end(), rows.begin(), rows.end());
        const QTemporaryDir folder;
        Program program(folder.path(), url);
        QVERIFY(program.isReady);
        // All at once: those that are tried again by themselves take seconds.
        std::vector<Chat *> chats;
        for (size_t i = 0; i < m_rows.size(); ++i) {
            const Result<Agent> agent = program.workspace.agents()->save(agentFor(m_rows[i], url));
            QVERIFY2(agent, m_rows[i].name.constData());
            chats.push_back(program.workspace.newConversation(agent->id));
            chats.back()->send(QString::number(i));
        }
        for (size_t i = 0; i < m_rows.size(); ++i) {
            const Row &row = m_rows[i];
            QTRY_VERIFY2_WITH_TIMEOUT(!chats[i]->isStreaming(), row.name.constData(), 60'000);
            const Message &answer = chats[i]->messages()->at(1);
            const QByteArray name = row.name + ": " + messageStateName(answer.state).toUtf8();
            QVERIFY2(answer.state == MessageState::Failed, name.constData());
            const auto *part = std::get_if<ErrorPart>(&answer.parts.back().content);
            QVERIFY2(part, row.name.constData());
            const ErrorWords words = errorWords(part->error, &chats[i]->agent());
            QCOMPARE_EQ(QString(QString::fromLatin1(row.name) + u": "_s + words.title),
                        QString(QString::fromLatin1(row.name) + u": "_s + row.title));
            QVERIFY2(!words.advice.isEmpty() && !words.actions.isEmpty(), row.name.constData());
            QCOMPARE_EQ(answer.text(), row.text);
            QVERIFY(errorDetails(part->error).contains(errorKindName(part->error->kind)));
            if (!row.target && row.script.status >= 300)
                QCOMPARE_EQ(part->error->httpStatus, row.script.status);
        }
    }

private:
    static Agent agentFor(const Row &row, const QUrl &url)
    {
        Agent agent;
        agent.name = QString::fromLatin1(row.name);
        agent.target = row.target.value_or(RuntimeTarget{
            .arn = u"arn:aws:bedrock-agentcore:eu-west-1:123456789012:runtime/orders-Ab12345678"_s,
            .endpointOverride = url.toString()});
        if (row.isImpatient)
            agent.connectTimeout = agent.idleTimeout = std::chrono::seconds(3);
        return agent;
    }

    std::vector<Row> m_rows;
};

QTEST_GUILESS_MAIN(TestRefusals)
#include "tst_refusals.moc"
