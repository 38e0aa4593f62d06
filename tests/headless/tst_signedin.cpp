// SPDX-License-Identifier: Apache-2.0
#include "headless/signedinfixture.h"
#include "support/waited.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

const QByteArray password = u"Correct-Horse-9 é"_s.toUtf8();
const QByteArray poolSecret = "client+secret/1";
const QByteArray browserSecret = "p@ss word+&=%";
const QByteArray machineSecret = "machine-secret";
const QByteArray bearer = "canary-51fe-bearer-token";
const QByteArray awsSecret = "gate/session+key";
const QByteArray awsSession = "session/token+==";
const QByteArray header = "canary-4b0d-header";
const QByteArray answer = "The sky is blue.\n";

const QMap<QString, QString> awsKeys{{u"AWS_ACCESS_KEY_ID"_s, u"AKIDSESSION"_s},
                                     {u"AWS_SECRET_ACCESS_KEY"_s, QString::fromLatin1(awsSecret)},
                                     {u"AWS_SESSION_TOKEN"_s, QString::fromLatin1(awsSession)}};

} // namespace

class TestSignedIn : public QObject
{
    Q_OBJECT
private:
    SignedInFixture::Run ask(const QString &runtime, const QStringList &options,
                             const QMap<QString, QString> &environment = {})
    {
        return m_fixture.run(QStringList{u"ask"_s} + m_fixture.runtime(runtime) + options
                                 + QStringList{u"objects"_s},
                             {}, environment);
    }

    QByteArray kept(const QString &key)
    {
        const auto read = waited(m_keychain->read(key));
        return read ? read->value_or(Secret()).reveal() : QByteArray("refused");
    }
    QByteArray keptOf(const IdentityId &id, const QString &name)
    {
        return kept(IdentityBook::secretPrefix(id) + name);
    }

    SignedInFixture m_fixture;
    // After the fixture has made the session.
    std::unique_ptr<ProgramKeychain> m_keychain;
    IdentityId m_ann;
    IdentityId m_web;
    IdentityId m_robot;

private Q_SLOTS:
    void initTestCase();
    void listsWhoIsKept();
    void asksWithKeysOfTheEnvironment();
    void asksWithKeysOfAProfile();
    void testsAgents();
    void addsListsAndRemovesAgents();
    void keepsABearerTokenInTheKeychain();
    void leavesTheStoreToTheWindow();
    void asksAsAMachine();
    void signsInWithAPasswordAndACode();
    void givesUpWhenTheInputEnds();
    void signsInInTheBrowserAndAsks();
    void refusesWrongUsage_data();
    void refusesWrongUsage();
    void leavesNoSecretAnywhere();
    void takesEveryEntryWithTheIdentity();
};

void TestSignedIn::initTestCase()
{
    const QString problem = m_fixture.start();
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    m_keychain = std::make_unique<ProgramKeychain>();
    const auto window = m_fixture.openWindow();
    QVERIFY(window);
    IdentityBook *book = window->workspace.identities();
    const auto ann = waited(
        book->saveWithSecret(m_fixture.poolUser(u"Ann"_s, u"choose@example.com"_s), Secret(poolSecret)));
    const auto web = waited(book->saveWithSecret(m_fixture.browserUser(u"Web"_s), Secret(browserSecret)));
    const auto robot = waited(book->saveWithSecret(m_fixture.machine(u"Robot"_s), Secret(machineSecret)));
    QVERIFY(ann && web && robot);
    m_ann = ann->id;
    m_web = web->id;
    m_robot = robot->id;
    QVERIFY(waited(window->store.flush()));
    QTRY_COMPARE_WITH_TIMEOUT(keptOf(m_robot, u"/client-secret"_s), machineSecret, longWait);
}

void TestSignedIn::listsWhoIsKept()
{
    const auto text = m_fixture.run({u"identities"_s, u"list"_s});
    QCOMPARE_EQ(text.code, 0);
    QVERIFY(text.out.startsWith("Ann\tcognito\tus-east-1_AbCdEfGhI\nWeb\tbrowser\t"));
    const auto json = m_fixture.run({u"identities"_s, u"list"_s, u"--json"_s});
    QCOMPARE_EQ(json.out.count('\n'), 3);
    const QJsonObject last = QJsonDocument::fromJson(json.out.trimmed().split('\n').last()).object();
    QCOMPARE_EQ(last.value("name"_L1).toString(), u"Robot"_s);
    QCOMPARE_EQ(last.value("kind"_L1).toString(), u"machine"_s);
}

void TestSignedIn::asksWithKeysOfTheEnvironment()
{
    const auto good = ask(u"iam_agent"_s, {u"--auth"_s, u"iam"_s}, awsKeys);
    QVERIFY2(good.code == 0, good.err.constData());
    QCOMPARE_EQ(good.out, answer);
    // Unsigned, and signed where a token is wanted.
    QCOMPARE_EQ(ask(u"iam_agent"_s, {}).code, 1);
    QCOMPARE_EQ(ask(u"jwt_agent"_s, {u"--auth"_s, u"iam"_s}, awsKeys).code, 1);
}

void TestSignedIn::asksWithKeysOfAProfile()
{
    // A person's own file: it may hold what it is for, so it is kept apart.
    QTemporaryDir aws;
    QFile file(aws.filePath(u"credentials"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[gate]\naws_access_key_id = AKIDGATE\naws_secret_access_key = gate/secret+key\n");
    file.close();
    const QMap<QString, QString> environment{{u"AWS_SHARED_CREDENTIALS_FILE"_s, file.fileName()}};
    const auto good = ask(u"iam_agent"_s, {u"--auth"_s, u"iam"_s, u"--profile"_s, u"gate"_s}, environment);
    QVERIFY2(good.code == 0, good.err.constData());
    QCOMPARE_EQ(good.out, answer);
    const auto none = ask(u"iam_agent"_s, {u"--auth"_s, u"iam"_s, u"--profile"_s, u"other"_s}, environment);
    QCOMPARE_EQ(none.code, 1);
    QVERIFY2(none.err.contains("no AWS profile"), none.err.constData());
}

void TestSignedIn::testsAgents()
{
    const auto doctor = [this](const QString &runtime, const QStringList &options) {
        return m_fixture.run(QStringList{u"doctor"_s} + m_fixture.runtime(runtime) + options, {}, awsKeys);
    };
    const QStringList iam{u"--auth"_s, u"iam"_s, u"--prompt"_s, u"objects"_s};
    const auto text = doctor(u"iam_agent"_s, iam);
    QVERIFY2(text.code == 0, text.err.constData());
    QVERIFY2(text.out.contains("Signed with the AWS keys of the environment\n"), text.out.constData());
    QVERIFY2(text.out.trimmed().endsWith("First text: “The”"), text.out.constData());
    QVERIFY(text.err.isEmpty());

    const auto json = doctor(u"jwt_agent"_s, iam + QStringList{u"--json"_s});
    QCOMPARE_EQ(json.code, 1);
    QStringList steps;
    for (const QByteArray &printed : json.out.trimmed().split('\n')) {
        const QJsonObject object = QJsonDocument::fromJson(printed).object();
        steps += object.value("step"_L1).toString() + u' ' + object.value("state"_L1).toString();
        if (object.contains("fault"_L1)) {
            QCOMPARE_EQ(object.value("fault"_L1).toString(), u"authMethodMismatch"_s);
            QVERIFY(!object.value("advice"_L1).toString().isEmpty());
        }
    }
    QCOMPARE_EQ(steps, (QStringList{u"name none"_s, u"wanted failed"_s, u" "_s}));
    QVERIFY(!json.err.isEmpty());

    const auto robot = doctor(u"jwt_agent"_s, {u"--identity"_s, u"Robot"_s, u"--prompt"_s, u"objects"_s});
    QVERIFY2(robot.code == 0, robot.out.constData());
    QCOMPARE_EQ(m_fixture.run({u"doctor"_s, u"Built-in agent"_s}).code, 0);
    QCOMPARE_EQ(m_fixture.run({u"doctor"_s}).code, 0);
}

void TestSignedIn::addsListsAndRemovesAgents()
{
    const QStringList add = QStringList{u"agents"_s, u"add"_s, u"Signed"_s}
        + m_fixture.runtime(u"iam_agent"_s) + QStringList{u"--auth"_s, u"iam"_s, u"--qualifier"_s, u"beta"_s};
    const auto added = m_fixture.run(add);
    QVERIFY2(added.code == 0, added.err.constData());
    QCOMPARE_EQ(m_fixture.run(add).code, 2);
    const auto listed = m_fixture.run({u"agents"_s, u"list"_s, u"--json"_s});
    const QJsonObject agent = QJsonDocument::fromJson(listed.out.trimmed().split('\n').last()).object();
    QCOMPARE_EQ(agent.value("name"_L1).toString(), u"Signed"_s);
    QCOMPARE_EQ(agent.value("qualifier"_L1).toString(), u"beta"_s);
    QCOMPARE_EQ(agent.value("auth"_L1).toString(), u"identity"_s);
    QCOMPARE_EQ(agent.value("identity"_L1).toString(), u"AWS keys of the environment"_s);
    const auto asked = m_fixture.run({u"ask"_s, u"--agent"_s, u"signed"_s, u"objects"_s}, {}, awsKeys);
    QVERIFY2(asked.code == 0, asked.err.constData());
    const auto token = m_fixture.run({u"token"_s, u"AWS keys of the environment"_s}, {}, awsKeys);
    QCOMPARE_EQ(token.out, QByteArray("Access key: AKIDSESSION\n"));
    QCOMPARE_EQ(m_fixture.run({u"agents"_s, u"remove"_s, u"Signed"_s}).code, 0);
    QVERIFY(!m_fixture.run({u"agents"_s, u"list"_s}).out.contains("Signed"));
    QCOMPARE_EQ(m_fixture.run({u"agents"_s, u"remove"_s, u"Signed"_s}).code, 2);
    QCOMPARE_EQ(m_fixture.run({u"agents"_s, u"remove"_s, u"Built-in agent"_s}).code, 2);
}

void TestSignedIn::keepsABearerTokenInTheKeychain()
{
    const QStringList add{u"agents"_s, u"add"_s,    u"Pasted"_s,       u"--url"_s, u"http://localhost:9"_s,
                          u"--auth"_s, u"bearer"_s, u"--token-stdin"_s};
    const auto added = m_fixture.run(add, bearer + '\n');
    QVERIFY2(added.code == 0, added.err.constData());
    AgentId id;
    {
        const auto window = m_fixture.openWindow();
        QVERIFY(window);
        id = window->workspace.agents()->agents().back().id;
    }
    QCOMPARE_EQ(kept(AgentBook::tokenKey(id)), bearer);
    QCOMPARE_EQ(m_fixture.run({u"agents"_s, u"remove"_s, u"Pasted"_s}).code, 0);
    QCOMPARE_EQ(kept(AgentBook::tokenKey(id)), QByteArray());
}

void TestSignedIn::leavesTheStoreToTheWindow()
{
    const auto window = m_fixture.openWindow();
    QVERIFY(window);
    const QStringList add{u"agents"_s, u"add"_s, u"Late"_s, u"--url"_s, u"http://localhost:9"_s};
    const auto refused = m_fixture.run(add);
    QCOMPARE_EQ(refused.code, 2);
    QVERIFY2(refused.err.contains("Another Parlance"), refused.err.constData());
    QCOMPARE_EQ(m_fixture.run({u"agents"_s, u"list"_s}).code, 0);
    const auto asked = ask(u"jwt_agent"_s, {u"--identity"_s, u"Robot"_s});
    QVERIFY2(asked.code == 0, asked.err.constData());
}

void TestSignedIn::asksAsAMachine()
{
    const auto asked = ask(u"jwt_agent"_s, {u"--identity"_s, u"robot"_s});
    QVERIFY2(asked.code == 0, asked.err.constData());
    QCOMPARE_EQ(asked.out, answer);
    QCOMPARE_EQ(m_fixture.run({u"login"_s, u"Robot"_s}).code, 2);
    const auto token = m_fixture.run({u"token"_s, u"Robot"_s, u"--json"_s});
    const QJsonObject claims = QJsonDocument::fromJson(token.out).object();
    QCOMPARE_EQ(claims.value("client"_L1).toString(), u"machine"_s);
    QVERIFY(QDateTime::fromString(claims.value("expires"_L1).toString(), Qt::ISODate).isValid());
    QVERIFY(!token.out.contains(keptOf(m_robot, u"/access"_s)));
}

void TestSignedIn::signsInWithAPasswordAndACode()
{
    QCOMPARE_EQ(m_fixture.run({u"token"_s, u"Ann"_s}).code, 1);
    const auto refused = m_fixture.run({u"login"_s, u"Ann"_s}, "no\nno\nno\n");
    QCOMPARE_EQ(refused.code, 1);
    QVERIFY(!refused.err.isEmpty());
    // A wrong code in between: the pool asks for it again.
    const auto login = m_fixture.run({u"login"_s, u"Ann"_s}, password + "\n1\n000000\n123456\n");
    QVERIFY2(login.code == 0, login.err.constData());
    QVERIFY(login.err.contains("1. By text message"));
    QVERIFY(login.out.isEmpty());
    const auto token = m_fixture.run({u"token"_s, u"Ann"_s});
    QCOMPARE_EQ(token.code, 0);
    QVERIFY(token.out.contains("Client: confidential\n"));
    QVERIFY(token.out.contains("Expires: "));
    QVERIFY(!keptOf(m_ann, u"/refresh"_s).isEmpty());
    const auto logout = m_fixture.run({u"logout"_s, u"Ann"_s});
    QVERIFY2(logout.code == 0, logout.err.constData());
    for (const QString &name : {u"/access"_s, u"/id"_s, u"/refresh"_s})
        QCOMPARE_EQ(keptOf(m_ann, name), QByteArray());
    QCOMPARE_EQ(m_fixture.run({u"token"_s, u"Ann"_s}).code, 1);
}

void TestSignedIn::givesUpWhenTheInputEnds()
{
    const auto login = m_fixture.run({u"login"_s, u"Ann"_s}, password + '\n');
    QCOMPARE_EQ(login.code, 1);
    QVERIFY(login.err.contains("given up"));
}

void TestSignedIn::signsInInTheBrowserAndAsks()
{
    const auto login = m_fixture.run({u"login"_s, u"Web"_s});
    QVERIFY2(login.code == 0, login.err.constData());
    QVERIFY(login.err.contains("code_challenge="));
    const auto asked = ask(u"jwt_agent"_s, {u"--auth"_s, u"identity"_s, u"--identity"_s, u"Web"_s});
    QVERIFY2(asked.code == 0, asked.err.constData());
    QCOMPARE_EQ(asked.out, answer);
}

void TestSignedIn::refusesWrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("agents what") << QStringList{u"agents"_s};
    QTest::newRow("no name") << QStringList{u"agents"_s, u"add"_s, u"--url"_s, u"http://localhost"_s};
    QTest::newRow("no target") << QStringList{u"agents"_s, u"add"_s, u"x"_s};
    QTest::newRow("no such proof") << QStringList{u"agents"_s,           u"add"_s,    u"x"_s,    u"--url"_s,
                                                  u"http://localhost"_s, u"--auth"_s, u"magic"_s};
    QTest::newRow("nobody") << QStringList{u"login"_s, u"Nobody"_s};
    QTest::newRow("nobody to ask as") << QStringList{u"ask"_s, u"--identity"_s, u"Nobody"_s, u"Hi"_s};
    QTest::newRow("profile of what") << QStringList{u"ask"_s, u"--profile"_s, u"dev"_s, u"Hi"_s};
    QTest::newRow("doctor for whom") << QStringList{u"doctor"_s, u"Nobody"_s};
    QTest::newRow("doctor for both") << QStringList{u"doctor"_s, u"A"_s, u"--url"_s, u"http://localhost"_s};
    QTest::newRow("doctor for two") << QStringList{u"doctor"_s, u"A"_s, u"B"_s};
    QTest::newRow("token of whom") << QStringList{u"token"_s};
}

void TestSignedIn::refusesWrongUsage()
{
    QFETCH(QStringList, arguments);
    const auto result = m_fixture.run(arguments);
    QCOMPARE_EQ(result.code, 2);
    QVERIFY(result.out.isEmpty());
    QVERIFY(!result.err.isEmpty());
}

void TestSignedIn::leavesNoSecretAnywhere()
{
    // The command line and the window, as everybody.
    QVERIFY(m_fixture.run({u"login"_s, u"Ann"_s}, password + "\n1\n123456\n").code == 0);
    QVERIFY(m_fixture.run({u"login"_s, u"Web"_s}).code == 0);
    QVERIFY(ask(u"jwt_agent"_s, {u"--identity"_s, u"Robot"_s, u"--json"_s}).code == 0);
    QVERIFY(ask(u"jwt_agent"_s, {u"--identity"_s, u"Web"_s, u"--raw"_s}).code == 0);
    QVERIFY(ask(u"iam_agent"_s, {u"--auth"_s, u"iam"_s, u"--json"_s}, awsKeys).code == 0);
    ask(u"jwt_agent"_s, {u"--auth"_s, u"bearer"_s, u"--json"_s},
        {{u"PARLANCE_BEARER_TOKEN"_s, QString::fromLatin1(bearer)}});
    for (const QString &name : {u"Ann"_s, u"Web"_s, u"Robot"_s})
        QVERIFY(m_fixture.run({u"token"_s, name}).code == 0);
    {
        const auto window = m_fixture.openWindow();
        QVERIFY(window);
        Agent agent{.name = u"Kept"_s};
        const QStringList place = m_fixture.runtime(u"jwt_agent"_s);
        agent.target = RuntimeTarget{.arn = place.at(1), .endpointOverride = place.at(3)};
        agent.auth = AuthMethod::Identity;
        agent.identity = m_web;
        agent.extraHeaders = {{"X-Api-Key", header}};
        const auto saved = window->workspace.agents()->save(agent);
        QVERIFY(saved);
        Chat *chat = window->workspace.newConversation(saved->id);
        chat->send(u"objects"_s);
        QTRY_COMPARE_WITH_TIMEOUT(chat->messages()->count(), 2, longWait);
        QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), longWait);
        QCOMPARE(chat->messages()->at(1).state, MessageState::Complete);
        QVERIFY(waited(window->store.flush()));
    }
    // An export lies below the profile, where the search finds it.
    const QString file = m_fixture.folder() + u"/agents.json"_s;
    const auto exported = m_fixture.run({u"agents"_s, u"export"_s, file});
    QVERIFY2(exported.code == 0, exported.err.constData());
    QVERIFY(exported.err.contains("X-Api-Key"));
    QVERIFY(m_fixture.placesWith("\"parlance-agents\"").contains(file));
    // So does what the browser was handed.
    QVERIFY(!m_fixture.placesWith("code_challenge=").isEmpty());
    QVERIFY(!m_fixture.placesWith(header).contains(file));
    QByteArrayList secrets{password, poolSecret, browserSecret, machineSecret,
                           bearer,   awsSecret,  awsSession,    "gate/secret+key"};
    for (const auto &[id, names] : std::initializer_list<std::pair<IdentityId, QStringList>>{
             {m_ann, {u"/access"_s, u"/id"_s, u"/refresh"_s}},
             {m_web, {u"/access"_s, u"/id"_s, u"/refresh"_s}},
             {m_robot, {u"/access"_s}}}) {
        for (const QString &name : names) {
            secrets.append(keptOf(id, name));
            QVERIFY2(secrets.last().size() > 20, qPrintable(name));
        }
    }
    for (const QByteArray &secret : secrets)
        QCOMPARE(m_fixture.placesWith(secret), QStringList());
    // The search finds what is there: in files, in what was said, and in what was called.
    QVERIFY(m_fixture.placesWith("The sky is blue").size() >= 2);
    QVERIFY(m_fixture.placesWith("--identity").contains(u"command line"_s));
}

void TestSignedIn::takesEveryEntryWithTheIdentity()
{
    const QStringList names{u"/access"_s, u"/id"_s, u"/refresh"_s, u"/client-secret"_s};
    for (const QString &name : names)
        QVERIFY2(!keptOf(m_web, name).isEmpty(), qPrintable(name));
    const auto window = m_fixture.openWindow();
    QVERIFY(window);
    QVERIFY(waited(window->workspace.identities()->remove(m_web)));
    for (const QString &name : names)
        QCOMPARE_EQ(keptOf(m_web, name), QByteArray());
    QCOMPARE_EQ(keptOf(m_robot, u"/client-secret"_s), machineSecret);
}

QTEST_GUILESS_MAIN(TestSignedIn)
#include "tst_signedin.moc"
