// SPDX-License-Identifier: Apache-2.0
#include "chat/program.h"
#include "chat/schemareader.h"
#include "chat/toolcaller.h"
#include "support/nodeserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int longWait = 30'000;

} // namespace

//! Conversations with an MCP server on the protocol's own SDK.
class TestMcp : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    std::unique_ptr<NodeServer> m_server;
    std::unique_ptr<Program> m_program;
    Chat *m_chat = nullptr;

    ToolCaller *server() const { return dynamic_cast<ToolCaller *>(m_chat); }
    QJsonArray told(const QString &path = u"/asked"_s) const
    {
        QNetworkAccessManager manager;
        std::unique_ptr<QNetworkReply> reply(
            manager.get(QNetworkRequest(m_server->url().resolved(QUrl(path)))));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        finished.wait(longWait);
        return QJsonDocument::fromJson(reply->readAll()).array();
    }
    QStringList methods() const
    {
        QStringList list;
        for (const QJsonValue &one : told())
            list.append(one[u"method"_s].toString());
        return list;
    }
    const Message &last() const { return m_chat->messages()->at(m_chat->messages()->count() - 1); }
    void call(const QString &tool, const QString &arguments = u"{}"_s)
    {
        server()->callTool(tool, arguments);
        QVERIFY(m_chat->isStreaming());
        QTRY_VERIFY_WITH_TIMEOUT(!m_chat->isStreaming(), longWait);
    }
    template <typename Kind> static const Kind *partOf(const Message &message)
    {
        for (const MessagePart &part : message.parts) {
            if (const auto *found = std::get_if<Kind>(&part.content))
                return found;
        }
        return nullptr;
    }

private Q_SLOTS:
    void init()
    {
        static int number = 0;
        m_server = std::make_unique<NodeServer>(u"mcp.mjs"_s);
        if (QByteArray(QTest::currentDataTag()) == "json")
            m_server->setEnvironment(u"PARLANCE_JSON"_s, u"1"_s);
        const QString problem = m_server->start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        m_program = std::make_unique<Program>(m_folder.filePath(QString::number(++number)), QUrl());
        QVERIFY(m_program->isReady);
        Agent agent;
        agent.name = u"Tools"_s;
        agent.target = UrlTarget{.url = m_server->url().toString()};
        agent.facts = RuntimeFacts{.protocol = ServerProtocol::Mcp};
        m_chat = m_program->workspace.newConversation(m_program->workspace.agents()->save(agent)->id);
    }
    void cleanup()
    {
        m_program.reset();
        m_server.reset();
    }

    void listsEveryPage()
    {
        const QFuture<ToolsFound> found = server()->tools();
        QTRY_VERIFY_WITH_TIMEOUT(found.isFinished(), longWait);
        QVERIFY(found.result().has_value());
        const std::vector<AgentTool> tools = *found.result();
        QCOMPARE(tools.size(), size_t(5));
        QCOMPARE(tools[0].title, u"Add"_s);
        QVERIFY(tools[0].isReadOnly);
        const SchemaField form = readSchema(tools[0].inputSchema);
        QCOMPARE(form.fields.at(0).kind, FieldKind::Number);
        QVERIFY(form.fields.at(0).isRequired);
        QCOMPARE(readSchema(tools[1].inputSchema).fields.at(1).kind, FieldKind::List);
        QCOMPARE(
            methods(),
            (QStringList{u"initialize"_s, u"notifications/initialized"_s, u"tools/list"_s, u"tools/list"_s}));
        // Whatever is sent after the introduction names the session and what was agreed on.
        for (const QJsonValue &one : told()) {
            if (one[u"method"_s].toString() == u"initialize"_s)
                continue;
            QVERIFY(!one[u"session"_s].toString().isEmpty());
            QCOMPARE(one[u"version"_s].toString(), u"2025-03-26"_s);
        }
    }

    void callsATool_data()
    {
        QTest::addColumn<QString>("unused");
        QTest::newRow("events") << QString();
        QTest::newRow("json") << QString();
    }
    void callsATool()
    {
        call(u"add"_s, u"{\"a\":1.5,\"b\":2}"_s);
        QCOMPARE(messageStateName(last().state), u"complete"_s);
        QCOMPARE(last().text(), u"3.5"_s);
        QCOMPARE(partOf<ToolResult>(last())->content.toString(), u"{\"sum\":3.5}"_s);
        QCOMPARE(partOf<ToolCall>(m_chat->messages()->at(0))->name, u"add"_s);
        call(u"add"_s, u"{\"a\":1,\"b\":2}"_s);
        QCOMPARE(methods().count(u"initialize"_s), 1);
    }

    void keepsPictures()
    {
        call(u"picture"_s);
        QCOMPARE(last().text(), u"Here:"_s);
        QCOMPARE(partOf<Attachment>(last())->mimeType, u"image/png"_s);
        QVERIFY(partOf<Attachment>(last())->data.startsWith("\x89PNG"));
    }

    void tellsThatAToolFailed()
    {
        call(u"fail"_s);
        QCOMPARE(messageStateName(last().state), u"failed"_s);
        QVERIFY(!partOf<ToolResult>(last()));
        QCOMPARE(partOf<ErrorPart>(last())->error->serverMessage, u"No luck"_s);
    }

    void tellsProgress()
    {
        call(u"slow"_s);
        QCOMPARE(last().text(), u"Done"_s);
        // Words stand there once.
        QVERIFY(!partOf<ToolResult>(last()));
        int events = 0;
        for (const MessagePart &part : last().parts)
            events += std::holds_alternative<RawEvent>(part.content) ? 1 : 0;
        QVERIFY(events >= 3);
    }

    void tellsWhatTheServerRefuses()
    {
        call(u"add"_s, u"{\"a\":\"word\"}"_s);
        QCOMPARE(messageStateName(last().state), u"failed"_s);
        QVERIFY2(
            partOf<ErrorPart>(last())->error->serverMessage.contains(u"Invalid arguments for tool add"_s),
            qPrintable(partOf<ErrorPart>(last())->error->serverMessage));
    }

    void beginsANewSessionWhereItWasForgotten()
    {
        call(u"add"_s, u"{\"a\":1,\"b\":2}"_s);
        told(u"/forget"_s);
        call(u"add"_s, u"{\"a\":2,\"b\":2}"_s);
        QCOMPARE(last().text(), u"4"_s);
        QCOMPARE(methods().count(u"initialize"_s), 2);
    }

    void takesNoWords()
    {
        m_chat->send(u"Hello"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!m_chat->isStreaming(), longWait);
        QCOMPARE(messageStateName(last().state), u"failed"_s);
        QVERIFY(methods().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestMcp)
#include "tst_mcp.moc"
