// SPDX-License-Identifier: Apache-2.0
#include "store/agentreader.h"
#include "store/samples.h"

#include <QDir>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

bool execute(const QString &path, const QString &statement)
{
    bool isDone = false;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"test"_s);
        database.setDatabaseName(path);
        isDone = database.open() && QSqlQuery(database).exec(statement);
    }
    QSqlDatabase::removeDatabase(u"test"_s);
    return isDone;
}

} // namespace

class AgentReaderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_agent = Agent{.id = AgentId(u"a1"_s), .name = u"Orders"_s};
        m_agent.target = UrlTarget{.url = u"http://localhost:8080"_s};
        m_agent.auth = AuthMethod::Bearer;
        m_agent.extraHeaders = {HttpHeader{"X-Team", "blue"}};
        m_agent.facts = RuntimeFacts{.version = u"3"_s, .authorizer = JwtAuthorizer{}};
    }

    void readsNothingWhereNothingIs()
    {
        const auto agents = readKeptAgents(file());
        QVERIFY(agents && agents->empty());
        QVERIFY(QDir(m_folder->path()).isEmpty());
    }

    void readsWhileAStoreWrites()
    {
        Store store(file());
        QVERIFY(awaited(store.open()).has_value());
        for (int i = 0; i < 20; ++i) {
            m_agent.colour = i;
            store.saveAgent(m_agent);
            QVERIFY(awaited(store.flush()).has_value());
            const auto agents = readKeptAgents(file());
            QVERIFY2(agents, agents ? "" : qPrintable(agents.error().serverMessage));
            QCOMPARE_EQ(*agents, std::vector<Agent>{m_agent});
        }
        store.removeAgent(m_agent.id);
        QVERIFY(awaited(store.flush()).has_value());
        QVERIFY(readKeptAgents(file())->empty());
    }

    void leavesAClosedStoreAsItIs()
    {
        const Conversation conversation = sampleConversation();
        const Message answer = sampleAnswer(MessageState::Complete);
        {
            Store store(file());
            QVERIFY(awaited(store.open()).has_value());
            store.saveAgent(m_agent);
            store.saveConversation(conversation);
            store.saveMessage(conversation.id, 0, answer);
        }
        QFile bytes(file());
        QVERIFY(bytes.open(QIODevice::ReadOnly));
        const QByteArray before = bytes.readAll();
        QCOMPARE_EQ(*readKeptAgents(file()), std::vector<Agent>{m_agent});
        QVERIFY(bytes.seek(0));
        QCOMPARE_EQ(bytes.readAll(), before);
        Store store(file());
        const auto state = awaited(store.open());
        QVERIFY(state.has_value());
        QVERIFY(state->setAsideFile.isEmpty());
        QCOMPARE_EQ(awaited(store.messages(conversation.id))->front().text(), u"Hello"_s);
    }

    void saysThatAnotherVersionWroteIt_data()
    {
        QTest::addColumn<int>("version");
        QTest::addColumn<QString>("words");
        QTest::newRow("older") << 1 << u"older version"_s;
        QTest::newRow("newer") << 99 << u"newer version"_s;
    }
    void saysThatAnotherVersionWroteIt()
    {
        QFETCH(int, version);
        QFETCH(QString, words);
        QVERIFY(execute(file(), u"CREATE TABLE agents (x)"_s));
        QVERIFY(execute(file(), u"PRAGMA user_version = %1"_s.arg(version)));
        const auto agents = readKeptAgents(file());
        QVERIFY(!agents);
        QVERIFY2(agents.error().message.contains(words), qPrintable(agents.error().message));
    }

    void setsNothingAside()
    {
        QFile garbage(file());
        QVERIFY(garbage.open(QIODevice::WriteOnly));
        garbage.write(QByteArray("not a database ").repeated(999));
        garbage.close();
        const auto agents = readKeptAgents(file());
        QVERIFY(!agents);
        QCOMPARE_EQ(errorKindName(agents.error().kind), errorKindName(ErrorKind::StoreCorrupt));
        QCOMPARE_EQ(QDir(m_folder->path()).entryList(QDir::Files).size(), 1);
    }

private:
    QString file() const { return m_folder->filePath(u"parlance.sqlite"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    Agent m_agent;
};

QTEST_GUILESS_MAIN(AgentReaderTest)
#include "tst_agentreader.moc"
