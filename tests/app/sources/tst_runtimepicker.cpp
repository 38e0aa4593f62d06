// SPDX-License-Identifier: Apache-2.0
#include "sources/runtimepicker.h"

#include "sources/runtimemodel.h"
#include "support/collaborators.h"
#include "support/nodeserver.h"
#include "theme/theme.h"
#include "window/rowmodel.h"
#include "window/settings.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int longWait = 60'000;

RuntimeSummary runtime(int number)
{
    const QString name = u"agent_%1"_s.arg(number, 4, 10, QChar(u'0'));
    return {.arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/%1-A1"_s.arg(name),
            .id = name + u"-A1"_s,
            .version = u"3"_s,
            .name = name,
            .status = DeploymentStatus::Ready};
}

} // namespace

//! An agent is chosen among hundreds that an account has deployed, by the keyboard.
class TestRuntimePicker : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_server.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        qputenv("BEDROCK_AGENTCORE_CP_ENDPOINT", m_server.url().toString().toLatin1());
        for (const char *name : {"AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"})
            qunsetenv(name);
    }
    void cleanup()
    {
        m_picker.reset();
        m_with.reset();
    }

    void choosesByTheKeyboardAlone()
    {
        begin("AKIDLIST", "list/secret+key");
        haveEnvironment();
        QSignalSpy activated(m_picker.get(), &RuntimePicker::activated);
        QAbstractItemModelTester tester(view()->model(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_picker->start();
        QTRY_COMPARE_WITH_TIMEOUT(region(), u"us-west-2"_s, longWait);
        QTRY_VERIFY_WITH_TIMEOUT(note().startsWith(u"250 agents"_s), longWait);
        QCOMPARE_EQ(view()->model()->rowCount(), 250);
        QVERIFY(!m_picker->proposal());
        QTest::keyClicks(filter(), u"agent_02"_s);
        QCOMPARE_EQ(view()->model()->rowCount(), 10);
        QVERIFY(note().startsWith(u"10 of 250"_s));
        QTest::keyClick(filter(), Qt::Key_Down);
        QTest::keyClick(filter(), Qt::Key_PageDown);
        QTest::keyClick(filter(), Qt::Key_Up);
        QVERIFY(view()->currentIndex().row() > 0);
        // Typing filters where the list has the keyboard, too.
        QTest::keyClick(view(), '5');
        QCOMPARE(filter()->text(), u"agent_025"_s);
        QCOMPARE(view()->currentIndex().data().toString(), u"agent_025"_s);
        // Enter waits until it is known what it enters.
        QTest::keyClick(filter(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(activated.count(), 1, longWait);
        const std::optional<AgentProposal> proposal = m_picker->proposal();
        QVERIFY(proposal);
        QCOMPARE(proposal->agent.name, u"agent_025"_s);
        QVERIFY(proposal->agent.qualifier.isEmpty());
        QCOMPARE(proposal->agent.identity, identity());
        QVERIFY(proposal->agent.facts);
        // What was read stands in the row from now on.
        QVERIFY(view()->currentIndex().data(RowModel::DetailRole).toString().contains(u"AWS keys"_s));
    }

    void readsWhatTheChosenEndpointServes()
    {
        begin("AKIDLIST", "list/secret+key");
        haveEnvironment();
        m_picker->start();
        QTRY_VERIFY_WITH_TIMEOUT(note().startsWith(u"250 agents"_s), longWait);
        // Version 1 behind DEFAULT takes AWS keys, version 3 behind prod takes tokens.
        QTest::keyClicks(filter(), u"agent_009"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_picker->proposal(), longWait);
        QCOMPARE(m_picker->proposal()->agent.identity, identity());
        QCOMPARE_EQ(endpoint()->count(), 2);
        QCOMPARE(endpoint()->currentText(), u"DEFAULT · version 1"_s);
        QVERIFY2(endpoint()->itemText(1).startsWith(u"prod · version 3, soon 1"_s),
                 qPrintable(endpoint()->itemText(1)));
        endpoint()->setCurrentIndex(1);
        QVERIFY(!m_picker->proposal());
        QTRY_VERIFY_WITH_TIMEOUT(m_picker->proposal(), longWait);
        const AgentProposal proposal = *m_picker->proposal();
        QCOMPARE(proposal.agent.qualifier, u"prod"_s);
        QVERIFY(proposal.identity);
        QCOMPARE(std::get<CognitoUser>(proposal.identity->kind).clientId, u"client9"_s);
        QVERIFY(facts().contains(u"us-west-2_Pool9"_s));
        QVERIFY(facts().contains(u"X-Tenant"_s));
        QVERIFY(facts().contains(u"15 min"_s));
        QVERIFY(facts().contains(u"8 h"_s));
        // Back to what is known already, without asking.
        endpoint()->setCurrentIndex(0);
        QVERIFY(m_picker->proposal());
    }

    void listsServersThatAreNoChatAgents()
    {
        begin("AKIDLIST", "list/secret+key");
        haveEnvironment();
        QSignalSpy activated(m_picker.get(), &RuntimePicker::activated);
        m_picker->start();
        QTRY_VERIFY_WITH_TIMEOUT(note().startsWith(u"250 agents"_s), longWait);
        QTest::keyClicks(filter(), u"agent_007"_s);
        QTest::keyClick(filter(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(facts().contains(u"no chat agents yet"_s), longWait);
        QVERIFY(facts().contains(u"MCP"_s));
        QVERIFY(!m_picker->proposal());
        QCOMPARE_EQ(activated.count(), 0);
        QCOMPARE_EQ(endpoint()->count(), 122);
    }

    void takesAProfileAsANewIdentity()
    {
        begin("AKIDLIST", "list/secret+key");
        QFile config(m_folder->filePath(u"config"_s));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write(
            "[default]\nregion = eu-west-1\n[profile dev]\nregion = us-west-2\naws_access_key_id = AKIDLIST\n"
            "aws_secret_access_key = list/secret+key\n");
        config.close();
        remake();
        m_picker->start();
        auto *who = m_picker->findChild<QComboBox *>(u"awsIdentity"_s);
        QTRY_VERIFY_WITH_TIMEOUT(who->findText(u"AWS profile dev"_s) >= 0, longWait);
        who->setCurrentIndex(who->findText(u"AWS profile dev"_s));
        QTRY_COMPARE_WITH_TIMEOUT(region(), u"us-west-2"_s, longWait);
        // Nothing is made of it before it is used.
        QVERIFY(m_with->workspace.identities()->identities().empty());
        list()->click();
        QCOMPARE_EQ(m_with->workspace.identities()->identities().size(), 1U);
        QCOMPARE(who->currentText(), u"AWS profile dev"_s);
        QTRY_VERIFY_WITH_TIMEOUT(note().startsWith(u"250 agents"_s), longWait);
        QCOMPARE(m_settings->discoveryRegion(identity()), u"us-west-2"_s);
        // Another region than is told for the keys: the one that was typed counts.
        who->setCurrentIndex(who->findText(u"The environment’s keys"_s));
        QTRY_COMPARE_WITH_TIMEOUT(region(), u"eu-west-1"_s, longWait);
        m_picker->findChild<QComboBox *>(u"region"_s)->setCurrentText(u"somewhere"_s);
        list()->click();
        QTRY_VERIFY_WITH_TIMEOUT(note().contains(u"name of a region"_s), longWait);
        const QFuture<QString> told = m_with->workspace.identities()->awsRegion({});
        QTRY_VERIFY_WITH_TIMEOUT(told.isFinished(), longWait);
        QCOMPARE(region(), u"somewhere"_s);
        QCOMPARE_EQ(m_with->workspace.identities()->identities().size(), 2U);
        // The next time it is there at once.
        const IdentityId known = identity();
        m_settings->setDiscoveryPlace(known, u"eu-west-1"_s);
        m_picker = std::make_unique<RuntimePicker>(&m_theme, &m_with->workspace);
        m_picker->setSettings(m_settings.get());
        m_picker->start();
        QCOMPARE(region(), u"eu-west-1"_s);
    }

    void saysWhatIsMissing_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("secret");
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("words");
        QTest::newRow("permission") << "AKIDDENIED"_ba
                                    << "denied/secret"_ba << u"us-west-2"_s
                                    << u"bedrock-agentcore:ListAgentRuntimes"_s;
        QTest::newRow("keys") << ""_ba
                              << ""_ba << u"us-west-2"_s << u"AWS_ACCESS_KEY_ID"_s;
        QTest::newRow("region") << "AKIDLIST"_ba
                                << "list/secret+key"_ba << u"somewhere"_s << u"name of a region"_s;
        QTest::newRow("empty") << "AKIDEMPTY"_ba
                               << "empty/secret"_ba << u"us-west-2"_s << u"no agents in us-west-2"_s;
    }
    void saysWhatIsMissing()
    {
        QFETCH(const QByteArray, key);
        QFETCH(const QByteArray, secret);
        QFETCH(const QString, place);
        QFETCH(const QString, words);
        begin(key, secret);
        haveEnvironment();
        QSignalSpy arnAsked(m_picker.get(), &RuntimePicker::arnAsked);
        m_picker->findChild<QComboBox *>(u"region"_s)->setCurrentText(place);
        QTest::keyClick(m_picker->findChild<QComboBox *>(u"region"_s)->lineEdit(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(note().contains(words), longWait);
        QVERIFY(!m_picker->proposal());
        m_picker->findChild<QPushButton *>(u"pasteArn"_s)->click();
        QCOMPARE_EQ(arnAsked.count(), 1);
    }

    void letsOneTypeAnEndpointThatMayNotBeListed()
    {
        begin("AKIDNOENDPOINTS", "half/secret");
        haveEnvironment();
        m_picker->start();
        QTRY_VERIFY_WITH_TIMEOUT(note().startsWith(u"250 agents"_s), longWait);
        QTest::keyClicks(filter(), u"agent_001"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_picker->proposal(), longWait);
        QVERIFY(facts().contains(u"ListAgentRuntimeEndpoints"_s));
        QVERIFY(endpoint()->isEditable());
        endpoint()->setEditText(u"canary"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_picker->proposal(), longWait);
        QCOMPARE(m_picker->proposal()->agent.qualifier, u"canary"_s);
    }

    void filtersThousandsWithoutAStutter()
    {
        RuntimeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::vector<RuntimeSummary> page;
        for (int i = 0; i < 5000; ++i)
            page.push_back(runtime(i));
        model.setFilter(u"agent_49"_s);
        model.add(page);
        QCOMPARE_EQ(model.rowCount(), 100);
        QCOMPARE(model.index(3).data().toString(), u"agent_4903"_s);
        QElapsedTimer timer;
        timer.start();
        for (const QString &typed : {u""_s, u"a"_s, u"ag 1"_s, u"ag 12"_s, u"ag 123"_s})
            model.setFilter(typed);
        // A hundred times what it takes, for slow machines and sanitizers.
        QCOMPARE_LT(timer.elapsed(), 5'000);
        QCOMPARE_EQ(model.rowCount(), 5 + 10); // 0123, 1123, …, 1230 to 1239
        QCOMPARE_EQ(model.foundCount(), 5000);
        QVERIFY(model.indexOf(runtime(1234).arn).isValid());
        QVERIFY(!model.indexOf(runtime(4).arn).isValid());
    }

private:
    void begin(const QByteArray &key, const QByteArray &secret)
    {
        qputenv("AWS_ACCESS_KEY_ID", key);
        qputenv("AWS_SECRET_ACCESS_KEY", secret);
        if (key.isEmpty()) {
            qunsetenv("AWS_ACCESS_KEY_ID");
            qunsetenv("AWS_SECRET_ACCESS_KEY");
        }
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("AWS_CONFIG_FILE", m_folder->filePath(u"config"_s).toLocal8Bit());
        qputenv("AWS_SHARED_CREDENTIALS_FILE", m_folder->filePath(u"credentials"_s).toLocal8Bit());
        remake();
    }
    void remake()
    {
        m_picker.reset();
        m_with = std::make_unique<Collaborators>(m_folder->path(), QUrl());
        m_settings = std::make_unique<Settings>(m_folder->filePath(u"settings.ini"_s));
        m_picker = std::make_unique<RuntimePicker>(&m_theme, &m_with->workspace);
        m_picker->setSettings(m_settings.get());
        m_picker->show();
    }
    // An identity with the environment's keys, which was here before.
    void haveEnvironment()
    {
        const auto saved = m_with->workspace.identities()->save(Identity{.kind = AwsKeys{}});
        QVERIFY(saved);
        m_settings->setDiscoveryPlace(saved->id, u"us-west-2"_s);
    }
    IdentityId identity() const { return m_with->workspace.identities()->identities().at(0).id; }
    QListView *view() const { return m_picker->findChild<QListView *>(u"runtimes"_s); }
    QLineEdit *filter() const { return m_picker->findChild<QLineEdit *>(u"runtimeFilter"_s); }
    QPushButton *list() const { return m_picker->findChild<QPushButton *>(u"listRuntimes"_s); }
    QComboBox *endpoint() const { return m_picker->findChild<QComboBox *>(u"endpoint"_s); }
    QString region() const { return m_picker->findChild<QComboBox *>(u"region"_s)->currentText(); }
    QString note() const { return m_picker->findChild<QLabel *>(u"runtimesNote"_s)->text(); }
    QString facts() const { return m_picker->findChild<QLabel *>(u"runtimeFacts"_s)->text(); }

    NodeServer m_server{u"controlplane.mjs"_s};
    Theme m_theme;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Collaborators> m_with;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<RuntimePicker> m_picker;
};

QTEST_MAIN(TestRuntimePicker)
#include "tst_runtimepicker.moc"
