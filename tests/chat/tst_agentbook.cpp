// SPDX-License-Identifier: Apache-2.0
#include "chat/framelog.h"
#include "chat/program.h"
#include "chat/runtimefacts.h"
#include "demo/demoserver.h"

#include <QDirIterator>
#include <QTemporaryDir>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

Agent serverAgent(const QUrl &url, const QString &name = u"Orders"_s)
{
    Agent agent;
    agent.name = name;
    agent.target = UrlTarget{.url = url.toString()};
    return agent;
}

QStringList names(const AgentBook *book)
{
    QStringList list;
    for (const Agent &agent : book->agents())
        list.append(agent.name);
    return list;
}

template <typename T> bool waitFor(const QFuture<Result<T>> &future)
{
    return QTest::qWaitFor([&] { return future.isFinished(); }, 20'000) && future.result().has_value();
}

bool hasToken(AgentBook *book, const AgentId &id)
{
    const QFuture<Result<bool>> answer = book->hasToken(id);
    return waitFor(answer) && *answer.result();
}

//! The files below a folder that hold these bytes.
QStringList filesWith(const QString &folder, const QByteArray &bytes)
{
    QStringList list;
    QDirIterator each(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (each.hasNext()) {
        QFile file(each.next());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(bytes))
            list.append(file.fileName());
    }
    return list;
}

//! A keychain that can be locked.
class LockableStore : public MemoryStore
{
public:
    QFuture<Result<void>> remove(const QString &key) override
    {
        ++removals;
        if (isLocked)
            return QtFuture::makeReadyFuture(
                Result<void>(failure(ErrorKind::KeychainLocked, u"The keychain is locked."_s)));
        return MemoryStore::remove(key);
    }
    bool isLocked = false;
    int removals = 0;
};

} // namespace

class TestAgentBook : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<DemoServer>(
            [](const DemoRequest &) { return scripted("data: {\"text\":\"answer-words\"}\n\n"); });
        m_url = *m_server->start();
    }

    void keepsAgentsInTheOrderTheyWereMade()
    {
        {
            Program program(m_folder->path(), m_url);
            AgentBook *book = program.workspace.agents();
            QCOMPARE_EQ(book->agents().size(), size_t(1));
            QSignalSpy added(book, &AgentBook::agentAdded);
            QSignalSpy changed(book, &AgentBook::agentChanged);
            const Result<Agent> one = book->save(serverAgent(m_url, u"  One "_s));
            QVERIFY(one.has_value() && !one->id.isEmpty() && one->created.isValid());
            QVERIFY(book->save(serverAgent(m_url, u"Two"_s)).has_value());
            Agent renamed = *one;
            renamed.name = u"First"_s;
            renamed.extraHeaders = {HttpHeader{"X-Team", "blue"}};
            QVERIFY(book->save(renamed).has_value());
            QCOMPARE_EQ(added.count(), 2);
            QCOMPARE_EQ(changed.count(), 1);
        }
        Program program(m_folder->path(), m_url);
        AgentBook *book = program.workspace.agents();
        QCOMPARE_EQ(names(book), (QStringList{AgentBook::builtInAgent().name, u"First"_s, u"Two"_s}));
        QCOMPARE_EQ(book->agents().at(1).extraHeaders, (QList<HttpHeader>{{"X-Team", "blue"}}));
    }

    void keepsWhatItsRuntimeTells()
    {
        const RuntimeFacts facts =
            factsOf(RuntimeDetails{.summary = {.version = u"4"_s},
                                   .protocol = ServerProtocol::Mcp,
                                   .authorizer = JwtAuthorizer{.allowedClients = {u"client"_s}},
                                   .idleSessionTimeout = std::chrono::minutes(15),
                                   .headerAllowlist = {u"X-Team"_s}},
                    QDateTime(QDate(2026, 3, 14), QTime(15, 9), Qt::UTC));
        AgentId id;
        {
            Program program(m_folder->path(), m_url);
            AgentBook *book = program.workspace.agents();
            id = book->save(serverAgent(m_url))->id;
            QSignalSpy changed(book, &AgentBook::agentChanged);
            book->setFacts(id, facts);
            book->setFacts(id, facts);
            book->setFacts(AgentId(u"nobody"_s), facts);
            QCOMPARE_EQ(changed.count(), 1);
        }
        Program program(m_folder->path(), m_url);
        AgentBook *book = program.workspace.agents();
        Agent agent = *book->find(id);
        QVERIFY(agent.facts == facts);
        agent.name = u"Renamed"_s;
        QVERIFY(book->save(agent)->facts == facts);
        // Read while somebody edits the agent.
        RuntimeFacts newer = facts;
        newer.version = u"6"_s;
        newer.read = facts.read.addSecs(60);
        book->setFacts(id, newer);
        QVERIFY(book->save(agent)->facts == newer);
        agent.facts.reset();
        agent = *book->save(agent);
        QVERIFY(agent.facts == newer);
        agent.qualifier = u"OTHER"_s;
        QVERIFY(!book->save(agent)->facts);
        // Whoever brings facts of the other one knows.
        agent.qualifier = u"THIRD"_s;
        agent.facts->version = u"5"_s;
        QCOMPARE(book->save(agent)->facts->version, u"5"_s);
    }

    void refusesAnAgentThatCannotBeAsked();

    void namesAnAgentAfterItsPlace()
    {
        QCOMPARE_EQ(AgentBook::checked(serverAgent(QUrl(u"http://localhost:8080"_s), {}))->name,
                    u"localhost:8080"_s);
    }

    void keepsTheBuiltInAgent()
    {
        Program program(m_folder->path(), m_url);
        program.workspace.agents()->remove(AgentBook::builtInId());
        QCOMPARE_EQ(program.workspace.agents()->agents().size(), size_t(1));
    }

    void takesBackARemovedAgentWithAllItHad()
    {
        AgentId id;
        {
            Program program(m_folder->path(), m_url);
            id = converse(program);
            const Agent agent = *program.workspace.agents()->find(id);
            program.workspace.agents()->remove(id);
            QVERIFY(program.workspace.conversations(id).empty());
            program.workspace.agents()->restore(agent);
            QCOMPARE_EQ(program.workspace.conversations(id).size(), size_t(1));
            QVERIFY(hasToken(program.workspace.agents(), id));
        }
        Program program(m_folder->path(), m_url);
        QVERIFY(program.workspace.agents()->find(id));
        QCOMPARE_EQ(program.workspace.conversations(id).size(), size_t(1));
        QVERIFY(filesWith(m_folder->path(), "answer-words").size() > 0);
    }

    void purgesARemovedAgentWhenItIsClosed()
    {
        {
            Program program(m_folder->path(), m_url);
            const AgentId id = converse(program);
            QVERIFY(program.flush());
            QVERIFY(!filesWith(m_folder->path(), "question-words").isEmpty());
            program.workspace.agents()->remove(id);
        }
        for (const char *words : {"question-words", "answer-words", "draft-words"})
            QCOMPARE_EQ(filesWith(m_folder->path(), words), QStringList());
    }

    void purgesARemovedAgentAtTheNextStartIfItWasNotClosed()
    {
        const QTemporaryDir crashed;
        {
            Program program(m_folder->path(), m_url);
            const AgentId id = converse(program);
            program.workspace.agents()->remove(id);
            QVERIFY(program.flush());
            // What a crash leaves is what is on the disk now.
            for (const QString &name : {u"parlance.sqlite"_s, u"parlance.sqlite-wal"_s})
                QVERIFY(QFile::copy(m_folder->filePath(name), crashed.filePath(name)));
        }
        QVERIFY(!filesWith(crashed.path(), "question-words").isEmpty());
        {
            Program program(crashed.path(), m_url);
            QVERIFY(program.isReady);
            QCOMPARE_EQ(program.workspace.agents()->agents().size(), size_t(1));
            QVERIFY(program.workspace.allConversations().empty());
        }
        for (const char *words : {"question-words", "answer-words", "draft-words"})
            QCOMPARE_EQ(filesWith(crashed.path(), words), QStringList());
    }

    void forgetsTheTokenWhenTheTimeToUndoIsOver()
    {
        Program program(m_folder->path(), m_url);
        AgentBook *book = program.workspace.agents();
        book->setUndoTime(std::chrono::milliseconds(50));
        const AgentId id = converse(program);
        const AgentId kept = converse(program);
        QVERIFY(hasToken(book, id));
        const Agent agent = *book->find(kept);
        book->remove(id);
        book->remove(kept);
        book->restore(agent);
        QTRY_VERIFY_WITH_TIMEOUT(!hasToken(book, id), 20'000);
        QVERIFY(hasToken(book, kept));
    }

    void leavesTheWholeTimeToUndoASecondRemoval()
    {
        Program program(m_folder->path(), m_url);
        AgentBook *book = program.workspace.agents();
        book->setUndoTime(std::chrono::milliseconds(300));
        const AgentId early = converse(program);
        const AgentId id = converse(program);
        const Agent agent = *book->find(id);
        book->remove(id);
        book->remove(early);
        book->restore(agent);
        book->setUndoTime(std::chrono::hours(1));
        book->remove(id);
        QTRY_VERIFY_WITH_TIMEOUT(!hasToken(book, early), 20'000);
        book->restore(agent);
        QVERIFY(hasToken(book, id));
    }

    void triesAgainAtTheNextStartIfTheKeychainWasLocked()
    {
        LockableStore secrets;
        AgentId id;
        for (const bool isLocked : {true, true, false, false}) {
            Store store(m_folder->filePath(u"parlance.sqlite"_s));
            NetworkPolicy network;
            Workspace workspace({.store = &store, .secrets = &secrets, .network = &network});
            QSignalSpy ready(&workspace, &Workspace::ready);
            secrets.isLocked = isLocked;
            secrets.removals = 0;
            const bool isFirst = id.isEmpty();
            workspace.start();
            QTRY_COMPARE_EQ_WITH_TIMEOUT(ready.count(), 1, 20'000);
            if (isFirst) {
                workspace.agents()->setUndoTime(std::chrono::milliseconds(0));
                id = workspace.agents()->save(serverAgent(m_url))->id;
                QVERIFY(waitFor(workspace.agents()->setToken(id, Secret("token-of-orders"))));
                workspace.agents()->remove(id);
                QTRY_COMPARE_EQ_WITH_TIMEOUT(secrets.removals, 1, 20'000);
            }
            m_removals.append(secrets.removals);
        }
        // Once let go of, it is not asked for again.
        QCOMPARE_EQ(m_removals, (QList<int>{1, 1, 1, 0}));
        const auto left = secrets.read(AgentBook::tokenKey(id));
        QVERIFY(waitFor(left) && !left.result()->has_value());
    }

private:
    //! An agent with a token and a conversation with a draft.
    AgentId converse(Program &program)
    {
        Agent agent = serverAgent(m_url);
        agent.auth = AuthMethod::Bearer;
        const AgentId id = program.workspace.agents()->save(agent)->id;
        if (!waitFor(program.workspace.agents()->setToken(id, Secret("token-of-orders"))))
            return {};
        Chat *chat = program.workspace.newConversation(id);
        chat->send(u"question-words"_s);
        chat->setDraft(u"draft-words"_s);
        if (!QTest::qWaitFor([&] { return !chat->isStreaming(); }, 20'000))
            return {};
        return id;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DemoServer> m_server;
    QUrl m_url;
    QList<int> m_removals;
};

void TestAgentBook::refusesAnAgentThatCannotBeAsked()
{
    const auto check = [](const AgentTarget &target, const QString &payload = {}) {
        Agent agent;
        agent.name = u"x"_s;
        agent.target = target;
        agent.payloadTemplate = payload;
        return AgentBook::checked(agent);
    };
    QCOMPARE_EQ(check(UrlTarget{.url = u"ftp://x"_s}).error().kind, ErrorKind::InvalidTarget);
    QCOMPARE_EQ(check(UrlTarget{.url = u"http://agent.example"_s}).error().kind, ErrorKind::InsecureHttp);
    QCOMPARE_EQ(check(UrlTarget{.url = u"http://localhost:8080"_s}, u"{"_s).error().kind,
                ErrorKind::InvalidTemplate);
    const QString runtime = u"arn:aws:bedrock-agentcore:eu-west-1:123456789012:runtime/orders-Ab12345678"_s;
    const Result<Agent> agent = check(RuntimeTarget{.arn = runtime + u"/runtime-endpoint/canary"_s});
    QVERIFY(agent.has_value());
    QCOMPARE_EQ(std::get<RuntimeTarget>(agent->target).arn, runtime);
    QCOMPARE_EQ(agent->qualifier, u"canary"_s);
}

QTEST_GUILESS_MAIN(TestAgentBook)
#include "tst_agentbook.moc"
