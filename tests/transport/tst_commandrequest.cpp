// SPDX-License-Identifier: Apache-2.0
#include "demo/commandscript.h"
#include "demo/demoserver.h"
#include "support/nodeserver.h"
#include "transport/commandrequest.h"
#include "transport/exchange.h"
#include "transport/invocation.h"
#include "wire/commandinterpreter.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace std::chrono_literals;

namespace {

constexpr int longWait = 60'000;
const QString arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/orders-AbCdEf1234"_s;

//! A command with all that its request tells, and what that comes to.
class Ran : public QObject
{
    Q_OBJECT
public:
    Ran(const QUrl &service, NetworkPolicy *network, const Command &command,
        std::chrono::milliseconds idleTimeout = 60s,
        std::shared_ptr<Authorizer> authorizer = std::make_shared<NoAuthorizer>())
    {
        Agent agent{.target = RuntimeTarget{.arn = arn, .endpointOverride = service.toString()}};
        const Result<RequestDraft> draft =
            commandDraft({.agent = agent,
                          .qualifier = u"canary"_s,
                          .session = RuntimeSessionId(u"0f2e1d3c-4b5a-6978-8796-a5b4c3d2e1f0"_s)},
                         command);
        if (!draft)
            qFatal("%s", qPrintable(draft.error().message));
        request = std::make_unique<CommandRequest>(*draft, std::move(authorizer), network, 10s, idleTimeout,
                                                   command.timeout);
        connect(request.get(), &AgentRequest::framesReceived, this, [this](const std::vector<Frame> &batch) {
            const auto interpreter = makeCommandInterpreter();
            std::vector<Delta> deltas;
            for (const Frame &frame : batch)
                interpreter->interpret(frame, deltas);
            for (const Delta &delta : deltas) {
                if (const auto *written = std::get_if<CommandOutputDelta>(&delta))
                    output.append(written->stream, written->text);
                if (const auto *stopped = std::get_if<CommandStopDelta>(&delta)) {
                    output.exitCode = stopped->exitCode;
                    output.status = stopped->status;
                }
                if (const auto *failed = std::get_if<AgentErrorDelta>(&delta))
                    told = failed->error;
            }
        });
        connect(request.get(), &AgentRequest::finished, this, [this](const std::optional<Error> &result) {
            error = result;
            ++finishes;
        });
        request->start();
    }

    bool ends() const
    {
        return QTest::qWaitFor([this] { return finishes > 0; }, longWait) && finishes == 1;
    }

    std::unique_ptr<CommandRequest> request;
    CommandOutput output;
    std::optional<Error> told; //!< by the service, in the stream
    std::optional<Error> error; //!< how the request ended
    int finishes = 0;
};

} // namespace

//! One command against a machine that runs them, and against one that fails in every way.
class TestCommandRequest : public QObject
{
    Q_OBJECT
private:
    NodeServer m_machine{u"commands.mjs"_s};
    NetworkPolicy m_network;

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_machine.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void runsACommand()
    {
        Ran ran(m_machine.url(), &m_network, {.line = u"echo out; echo err >&2; echo $SESSION; exit 3"_s});
        QVERIFY(ran.ends());
        QVERIFY2(!ran.error, qPrintable(ran.error ? ran.error->message : QString()));
        QCOMPARE(ran.output.textOf(CommandStream::Output), u"out\n0f2e1d3c-4b5a-6978-8796-a5b4c3d2e1f0\n"_s);
        QCOMPARE(ran.output.textOf(CommandStream::Error), u"err\n"_s);
        QCOMPARE(ran.output.exitCode, 3);
        QCOMPARE(ran.output.status, CommandStatus::Completed);
    }

    void bringsEveryCharacter()
    {
        Ran ran(m_machine.url(), &m_network,
                {.line = u"printf '\\xc3\\xa9\\xf0\\x9f\\x98\\x80 \\033[31mred\\033[0m\\0\\n'"_s});
        QVERIFY(ran.ends());
        QCOMPARE(ran.output.text.toString(),
                 QString(u"é\U0001F600 \x1b[31mred\x1b[0m"_s + QChar(u'\0') + u'\n'));
    }

    void tellsThatTheTimeWasOver()
    {
        Ran ran(m_machine.url(), &m_network, {.line = u"echo before; sleep 30"_s, .timeout = 1s});
        QVERIFY(ran.ends());
        QVERIFY(!ran.error);
        QCOMPARE(ran.output.text.toString(), u"before\n"_s);
        QCOMPARE(ran.output.status, CommandStatus::TimedOut);
    }

    void bringsALotInOrder()
    {
        Ran ran(m_machine.url(), &m_network, {.line = u"seq 1 400000"_s});
        QVERIFY(ran.ends());
        QVERIFY(!ran.error);
        const QString text = ran.output.text.toString();
        QVERIFY(text.endsWith(u"\n399999\n400000\n"_s));
        QCOMPARE(ran.output.dropped + text.size(), 2'688'895);
    }

    void endsWhenCancelled()
    {
        Ran ran(m_machine.url(), &m_network, {.line = u"echo here; sleep 60"_s});
        QTRY_COMPARE_WITH_TIMEOUT(ran.output.text.toString(), u"here\n"_s, longWait);
        ran.request->cancel();
        QCOMPARE(ran.finishes, 0);
        QVERIFY(ran.ends());
        QCOMPARE(ran.error->kind, ErrorKind::Cancelled);
        QCOMPARE(ran.output.text.toString(), u"here\n"_s);
    }

    void waitsForASilentCommandAsLongAsItMayTake()
    {
        Ran ran(m_machine.url(), &m_network, {.line = u"sleep 1.5; echo late"_s}, 300ms);
        QVERIFY(ran.ends());
        QVERIFY(!ran.error);
        QCOMPARE(ran.output.text.toString(), u"late\n"_s);
    }

    void sendsWhatTheServiceWants()
    {
        DemoServer server([](const DemoRequest &) {
            CommandScript script;
            script.stop(0);
            return script.take();
        });
        Ran ran(*server.start(), &m_network, {.line = u"echo \"é\"\n"_s, .timeout = 7s}, 60s,
                std::make_shared<FixedTokenAuthorizer>("the-token"));
        QVERIFY(ran.ends());
        const DemoRequest request = server.requests().front();
        QCOMPARE(request.method, "POST"_ba);
        QCOMPARE(
            request.path,
            "/runtimes/arn%3Aaws%3Abedrock-agentcore%3Aus-west-2%3A123456789012%3Aruntime%2Forders-AbCdEf1234"
            "/commands?qualifier=canary"_ba);
        QCOMPARE(request.header("Authorization"), "Bearer the-token"_ba);
        QCOMPARE(request.header("Content-Type"), "application/json"_ba);
        QCOMPARE(request.header("Accept"), "application/vnd.amazon.eventstream"_ba);
        QCOMPARE(QJsonDocument::fromJson(request.body).object(),
                 (QJsonObject{{u"command"_s, u"echo \"é\"\n"_s}, {u"timeout"_s, 7}}));
    }

    void keepsWhatCameBeforeAFault_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("output");
        QTest::addColumn<std::optional<ErrorKind>>("told");
        QTest::addColumn<std::optional<ErrorKind>>("error");
        QTest::newRow("exception") << u"throttle"_s << u"half of it\n"_s
                                   << std::optional(ErrorKind::Throttled) << std::optional<ErrorKind>();
        QTest::newRow("damaged message")
            << u"damage"_s << u"before the damage\n"_s << std::optional<ErrorKind>()
            << std::optional(ErrorKind::CorruptFrame);
        QTest::newRow("cut inside a message")
            << u"cut"_s << u"before the cut\n"_s << std::optional<ErrorKind>()
            << std::optional(ErrorKind::StreamCut);
        QTest::newRow("ends without a stop") << u"unfinished"_s << u"so far\n"_s << std::optional<ErrorKind>()
                                             << std::optional(ErrorKind::StreamCut);
    }
    void keepsWhatCameBeforeAFault()
    {
        QFETCH(QString, line);
        QFETCH(QString, output);
        QFETCH(std::optional<ErrorKind>, told);
        QFETCH(std::optional<ErrorKind>, error);
        DemoServer server([](const DemoRequest &request) {
            if (!request.body.contains("unfinished"))
                return demoCommand(request);
            CommandScript script;
            script.output(u"so far\n"_s);
            return script.take();
        });
        Ran ran(*server.start(), &m_network, {.line = line});
        QVERIFY(ran.ends());
        QCOMPARE(ran.output.text.toString(), output);
        QCOMPARE(ran.told ? std::optional(ran.told->kind) : std::nullopt, told);
        QCOMPARE(ran.error ? std::optional(ran.error->kind) : std::nullopt, error);
    }

    void readsAnAnswerCutAtEveryByte()
    {
        CommandScript whole;
        whole.output(u"out é\n"_s);
        whole.error(u"err\n"_s);
        whole.stop(2);
        QByteArray bytes;
        for (const DemoStep &step : whole.take().steps)
            bytes += step.bytes;
        DemoServer server([bytes](const DemoRequest &request) {
            const qsizetype at =
                QJsonDocument::fromJson(request.body).object().value(u"command"_s).toString().toInt();
            DemoScript script;
            script.headers.append(HttpHeader{"Content-Type", "application/vnd.amazon.eventstream"});
            script.steps = {{.bytes = bytes.first(at)}};
            script.end = at == bytes.size() ? DemoEnd::Whole : DemoEnd::Cut;
            return script;
        });
        const QUrl url = *server.start();
        for (qsizetype at = 1; at <= bytes.size(); ++at) {
            Ran ran(url, &m_network, {.line = QString::number(at)});
            QVERIFY(ran.ends());
            const bool isWhole = at == bytes.size();
            QVERIFY2(ran.error.has_value() != isWhole, qPrintable(QString::number(at)));
            if (!isWhole)
                QCOMPARE(ran.error->kind, ErrorKind::StreamCut);
            QVERIFY(u"out é\nerr\n"_s.startsWith(ran.output.text.toString()));
            QCOMPARE(ran.output.exitCode.has_value(), isWhole);
        }
    }

    void saysThatNothingRunsCommandsHere_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("errorType");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("a container") << 404 << "application/json"_ba << QByteArray()
                                     << ErrorKind::CommandsUnavailable;
        QTest::newRow("a container that takes every path")
            << 200 << "text/event-stream"_ba << QByteArray() << ErrorKind::CommandsUnavailable;
        QTest::newRow("the service without the agent")
            << 404 << "application/json"_ba
            << "ResourceNotFoundException"_ba << ErrorKind::NotFound;
        QTest::newRow("a proxy") << 200 << "text/html"_ba << QByteArray() << ErrorKind::ProxyPage;
        QTest::newRow("not allowed") << 403 << "application/json"_ba
                                     << "AccessDeniedException"_ba << ErrorKind::AccessDenied;
    }
    void saysThatNothingRunsCommandsHere()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, errorType);
        QFETCH(ErrorKind, kind);
        DemoServer server([=](const DemoRequest &) {
            DemoScript script;
            script.status = status;
            script.headers.append(HttpHeader{"Content-Type", type});
            if (!errorType.isEmpty())
                script.headers.append(HttpHeader{"x-amzn-ErrorType", errorType});
            script.steps = {{.bytes = "{\"message\":\"no\"}"}};
            return script;
        });
        Ran ran(*server.start(), &m_network, {.line = u"ls"_s});
        QVERIFY(ran.ends());
        QCOMPARE(ran.error->kind, kind);
        QVERIFY(!ran.error->message.isEmpty());
    }

    void isNotSentWhereItCannotBe()
    {
        const auto kindOf = [](const Agent &agent, const Command &command) {
            const Result<RequestDraft> draft = commandDraft({.agent = agent}, command);
            return draft ? ErrorKind::Internal : draft.error().kind;
        };
        const Agent own{.target = UrlTarget{.url = u"http://localhost:8080/my/agent"_s}};
        QCOMPARE(kindOf(own, {.line = u"ls"_s}), ErrorKind::CommandsUnavailable);
        const Agent far{.target = UrlTarget{.url = u"http://example.com"_s}};
        QCOMPARE(kindOf(far, {.line = u"ls"_s}), ErrorKind::InsecureHttp);
        const Agent fine{.target = RuntimeTarget{.arn = arn}};
        QCOMPARE(kindOf(fine, {.line = QString(70'000, u'x')}), ErrorKind::InvalidCommand);
        QCOMPARE(kindOf(fine, {.line = u"ls"_s}), ErrorKind::Internal);
    }

    // What our own stand-in writes is what the AWS SDK reads.
    void theStandInWritesWhatTheReferenceCodecReads()
    {
        CommandScript script;
        script.output(u"a é\n"_s);
        script.exception("throttlingException", u"slow down"_s);
        QByteArray bytes;
        for (const DemoStep &step : script.take().steps)
            bytes += step.bytes;
        QString problem;
        const QByteArray read =
            NodeServer::output(u"oracle/commands.mjs"_s, {QString::fromLatin1(bytes.toHex())}, &problem);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        const QByteArrayList lines = read.trimmed().split('\n');
        QCOMPARE(lines.size(), 3);
        QVERIFY(lines.at(0).contains("\"body\":{\"contentStart\":{}}"));
        QVERIFY(lines.at(1).contains("\"stdout\":\"a é\\n\""_ba));
        QVERIFY(lines.at(2).contains("\":exception-type\":\"throttlingException\""));
    }
};

QTEST_GUILESS_MAIN(TestCommandRequest)
#include "tst_commandrequest.moc"
