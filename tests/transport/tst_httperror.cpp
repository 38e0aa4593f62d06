// SPDX-License-Identifier: Apache-2.0
#include "transport/errorsentence.h"
#include "transport/httperror.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

class TestHttpError : public QObject
{
    Q_OBJECT
private:
    static void row(const char *name, int status, const char *type, const char *body, ErrorKind kind,
                    const char *message = "")
    {
        QTest::newRow(name) << status << QByteArray(type) << QByteArray(body) << kind
                            << QString::fromUtf8(message);
    }

private Q_SLOTS:
    void namesEachRefusal_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("message");
        modelledExceptions();
        otherStatuses();
        envelopes();
        signInFailures();
        containers();
    }

    void namesEachRefusal()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, message);
        const Error error = httpError(
            {.status = status, .contentType = "application/json"_ba, .errorType = type, .body = body});
        QCOMPARE_EQ(errorKindName(error.kind), errorKindName(kind));
        QCOMPARE_EQ(error.httpStatus, status);
        QCOMPARE_EQ(error.rawBody, body);
        QVERIFY(!error.message.isEmpty());
        if (!message.isEmpty())
            QCOMPARE_EQ(error.serverMessage, message);
    }

    void cutsTheExceptionsName()
    {
        const auto type = [](const QByteArray &header, const QByteArray &body) {
            return httpError({.status = 400, .contentType = {}, .errorType = header, .body = body})
                .exceptionType;
        };
        QCOMPARE_EQ(type("ValidationException:http://internal.amazon.com/coral/", "{}"),
                    u"ValidationException"_s);
        QCOMPARE_EQ(type("com.amazon#ValidationException", "{}"), u"ValidationException"_s);
        QCOMPARE_EQ(type("", R"({"__type":"ns.a#ThrottlingException"})"), u"ThrottlingException"_s);
        QCOMPARE_EQ(type("", R"({"code":"ThrottlingException:x"})"), u"ThrottlingException"_s);
        QCOMPARE_EQ(type("A", R"({"__type":"B"})"), u"A"_s);
    }

    void keepsTheEvidence()
    {
        const QByteArray challenge = R"(Bearer resource_metadata="https://x/.well-known/r?qualifier=q")";
        const Error error = httpError({.status = 401,
                                       .contentType = "application/json"_ba,
                                       .requestId = "r-1"_ba,
                                       .wwwAuthenticate = challenge,
                                       .body = QByteArray(100'000, 'x')});
        QCOMPARE_EQ(error.kind, ErrorKind::Unauthorized);
        QCOMPARE_EQ(error.authenticate, QString::fromLatin1(challenge));
        QCOMPARE_EQ(error.requestId, u"r-1"_s);
        QCOMPARE_EQ(error.rawBody.size(), maximumErrorBody);
    }

    void knowsAWebPage()
    {
        QVERIFY(isWebPage("text/html"));
        QVERIFY(isWebPage("Text/HTML ; charset=utf-8"));
        QVERIFY(!isWebPage("text/event-stream; charset=utf-8"));
        QVERIFY(!isWebPage(""));
        const HttpAnswer page{.status = 503, .contentType = "text/html"_ba, .body = "<html>"_ba};
        QCOMPARE_EQ(httpError(page).kind, ErrorKind::ProxyPage);
        HttpAnswer named = page;
        named.errorType = "ThrottlingException"_ba;
        QCOMPARE_EQ(httpError(named).kind, ErrorKind::Throttled);
    }

    void takesABodyThatIsNotWhatItShouldBe_data()
    {
        QTest::addColumn<QByteArray>("body");
        for (const char *body : {"", "null", "[]", "\"text\"", "{", "{\"message\":5}", "{\"error\":null}",
                                 "{\"error\":[1]}", "{\"code\":1e99}", "\xff\xfe", "data:", "data: {"})
            QTest::newRow(body) << QByteArray(body);
    }
    void takesABodyThatIsNotWhatItShouldBe()
    {
        QFETCH(QByteArray, body);
        QCOMPARE_EQ(httpError({.status = 500, .contentType = {}, .body = body}).kind,
                    ErrorKind::InternalServer);
    }

    void hasASentenceForEachKindItMakes()
    {
        QSet<QString> sentences;
        for (int kind = 0; kind <= int(ErrorKind::EmptyAnswer); ++kind)
            sentences.insert(errorSentence(ErrorKind(kind)));
        QVERIFY(!sentences.contains(QString()));
        QVERIFY(!sentences.contains(errorSentence(ErrorKind::Internal)));
        // "The server did not accept the request" and its like are shared by few.
        QVERIFY(sentences.size() >= int(ErrorKind::EmptyAnswer) - 2);
    }

private:
    static void modelledExceptions()
    {
        row("validation", 400, "ValidationException",
            R"({"message":"1 validation error","reason":"FieldValidationFailed"})", ErrorKind::Validation,
            "1 validation error");
        row("mmds", 400, "ValidationException", R"({"message":"This runtime is not MMDSv2-enabled"})",
            ErrorKind::RuntimeNotMmdsV2);
        row("quota", 402, "ServiceQuotaExceededException", R"({"message":"q"})",
            ErrorKind::ServiceQuotaExceeded, "q");
        row("denied", 403, "AccessDeniedException", R"({"Message":"not authorized to perform"})",
            ErrorKind::AccessDenied, "not authorized to perform");
        row("not found", 404, "ResourceNotFoundException", R"({"message":"no endpoint"})",
            ErrorKind::NotFound);
        row("busy", 409, "RetryableConflictException",
            R"({"message":"Session operation in progress, please retry"})", ErrorKind::SessionBusy);
        row("conflict", 409, "ConflictException", R"({"message":"c"})", ErrorKind::Conflict);
        row("container failed", 424, "RuntimeClientError",
            R"({"message":"Received error (500) from runtime. Please check your CloudWatch logs for more information"})",
            ErrorKind::AgentContainerFailed);
        row("start timed out", 424, "RuntimeClientError",
            R"({"message":"Runtime initialization time exceeded. Please make sure that initialization completes in 120s."})",
            ErrorKind::AgentStartTimedOut);
        row("older 403", 403, "RuntimeClientError", R"({"message":"Received error (400) from runtime."})",
            ErrorKind::AgentContainerFailed);
        row("throttled", 429, "ThrottlingException", R"({"message":"t"})", ErrorKind::Throttled);
        row("internal", 500, "InternalServerException", R"({"message":"i"})", ErrorKind::InternalServer);
        row("unauthorized", 401, "UnauthorizedException", R"({"message":"u"})", ErrorKind::Unauthorized);
        row("type in the body", 400, "", R"({"__type":"ns#ThrottlingException","message":"t"})",
            ErrorKind::Throttled, "t");
    }

    static void otherStatuses()
    {
        row("400", 400, "", "{}", ErrorKind::BadRequest);
        row("402", 402, "", "", ErrorKind::ServiceQuotaExceeded);
        row("404", 404, "", "not found", ErrorKind::NotFound);
        row("405", 405, "", "", ErrorKind::BadRequest);
        row("407", 407, "", "", ErrorKind::ProxyFailed);
        row("408", 408, "", "", ErrorKind::RequestTimeout);
        row("413", 413, "", "", ErrorKind::PayloadTooLarge);
        row("424", 424, "", "", ErrorKind::AgentContainerFailed);
        row("429", 429, "", "", ErrorKind::Throttled);
        row("500", 500, "", "", ErrorKind::InternalServer);
        row("501", 501, "", "", ErrorKind::ServerError);
        row("502", 502, "", "", ErrorKind::BadGateway);
        row("503", 503, "", "", ErrorKind::ServiceUnavailable);
        row("504", 504, "", R"({"message":"did not receive a timely response from the container"})",
            ErrorKind::GatewayTimeout);
        row("599", 599, "", "", ErrorKind::ServerError);
        row("302", 302, "", "", ErrorKind::Redirected);
        row("304", 304, "", "", ErrorKind::Redirected);
    }

    static void envelopes()
    {
        const auto rpc = [](const char *name, int status, int code, const char *message, ErrorKind kind) {
            const QByteArray body = "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":"
                + QByteArray::number(code) + ",\"message\":\"" + message + "\"}}";
            row(name, status, "", body.constData(), kind, message);
        };
        rpc("mcp 401", 400, -32001, "expired", ErrorKind::Unauthorized);
        rpc("mcp 403", 400, -32002, "no", ErrorKind::AccessDenied);
        rpc("mcp throttled", 400, -32003, "slow down", ErrorKind::Throttled);
        rpc("mcp quota", 400, -32003, "quota exceeded", ErrorKind::ServiceQuotaExceeded);
        rpc("mcp not found", 400, -32004, "gone", ErrorKind::NotFound);
        rpc("mcp conflict", 400, -32005, "c", ErrorKind::Conflict);
        rpc("mcp validation", 400, -32006, "v", ErrorKind::Validation);
        rpc("mcp runtime", 400, -32010, "r", ErrorKind::AgentContainerFailed);
        rpc("mcp accept", 406, -32011, "Accept must list both", ErrorKind::NotAcceptable);
        rpc("mcp internal", 400, -32603, "i", ErrorKind::InternalServer);
        rpc("a2a not found", 404, -32051, "gone", ErrorKind::NotFound);
        rpc("a2a validation", 400, -32052, "v", ErrorKind::Validation);
        rpc("a2a throttled", 429, -32053, "t", ErrorKind::Throttled);
        rpc("a2a conflict", 409, -32054, "please retry", ErrorKind::SessionBusy);
        rpc("a2a runtime", 424, -32055, "r", ErrorKind::AgentContainerFailed);
        rpc("a2a internal", 500, -32603, "i", ErrorKind::InternalServer);
        rpc("unknown code", 404, -1, "m", ErrorKind::NotFound);

        const auto agui = [](const char *name, int status, const char *code, ErrorKind kind) {
            const QByteArray body =
                "data: {\"type\":\"RUN_ERROR\",\"code\":\"" + QByteArray(code) + "\",\"message\":\"m\"}\n\n";
            row(name, status, "", body.constData(), kind, "m");
        };
        agui("ag-ui 401", 401, "UNAUTHORIZED", ErrorKind::Unauthorized);
        agui("ag-ui 403", 403, "ACCESS_DENIED", ErrorKind::AccessDenied);
        agui("ag-ui 400", 400, "VALIDATION_ERROR", ErrorKind::Validation);
        agui("ag-ui 429", 429, "RATE_LIMIT_EXCEEDED", ErrorKind::Throttled);
        agui("ag-ui quota", 429, "SERVICE_QUOTA_EXCEEDED", ErrorKind::ServiceQuotaExceeded);
        agui("ag-ui 409", 409, "SESSION_BUSY", ErrorKind::SessionBusy);
        agui("ag-ui 500", 500, "INTERNAL_ERROR", ErrorKind::InternalServer);
        agui("ag-ui agent", 500, "AGENT_ERROR", ErrorKind::AgentError);
    }

    static void signInFailures()
    {
        row("no token", 401, "",
            R"({"jsonrpc":"2.0","error":{"code":-32001,"message":"Missing Authentication Token"}})",
            ErrorKind::TokenMissing, "Missing Authentication Token");
        row("wrong client", 401, "",
            R"({"jsonrpc":"2.0","error":{"code":-32001,"message":"Claim 'client_id' value mismatch with configuration."}})",
            ErrorKind::TokenClaimMismatch);
        row("garbage", 403, "", R"({"message":"OAuth authorization failed: Failed to parse token"})",
            ErrorKind::TokenUnreadable);
        row("wrong method", 403, "AccessDeniedException",
            R"({"message":"Authorization method mismatch. The agent is configured for a different authorization method than what was used in your request."})",
            ErrorKind::AuthMethodMismatch);
        row("expired token", 403, "ExpiredTokenException", R"({"message":"e"})", ErrorKind::SignatureRefused);
        row("bad signature", 403, "InvalidSignatureException",
            R"({"message":"The request signature we calculated does not match"})",
            ErrorKind::SignatureRefused);
        row("unknown client", 403, "UnrecognizedClientException",
            R"({"message":"The security token included in the request is invalid."})",
            ErrorKind::SignatureRefused);
        row("told in words", 403, "", R"({"message":"Signature expired: 20250101T000000Z is now earlier"})",
            ErrorKind::SignatureRefused);
        row("policy", 403, "", R"({"message":"User is not authorized"})", ErrorKind::AccessDenied);
        row("plain 401", 401, "", "", ErrorKind::Unauthorized);
    }

    static void containers()
    {
        row("python throw", 500, "", R"({"error":"bad thing"})", ErrorKind::AgentError, "bad thing");
        row("python json", 400, "", R"({"error":"Invalid JSON","details":"Expecting value"})",
            ErrorKind::BadRequest, "Invalid JSON: Expecting value");
        row("npm accept", 406, "",
            R"({"error":"Streaming response requires Accept: text/event-stream header."})",
            ErrorKind::NotAcceptable);
        row("npm session", 400, "", R"({"error":"Missing sessionId. Provide via header"})",
            ErrorKind::BadRequest, "Missing sessionId. Provide via header");
        row("npm schema", 400, "", R"({"error":"Invalid request body format","details":[{"a":1}]})",
            ErrorKind::BadRequest, "Invalid request body format");
    }
};

QTEST_APPLESS_MAIN(TestHttpError)
#include "tst_httperror.moc"
