// SPDX-License-Identifier: Apache-2.0
#include "signin/identitydialog.h"

#include "dialogs/agentdialog.h"
#include "support/collaborators.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

//! A keychain that may refuse to take anything.
struct RefusingStore : MemoryStore
{
    std::optional<Error> writeError = std::nullopt;
    QFuture<Result<SecretDurability>> write(const QString &key, const Secret &secret) override
    {
        return writeError ? QtFuture::makeReadyFuture(Result<SecretDurability>(failure(*writeError)))
                          : MemoryStore::write(key, secret);
    }
};

} // namespace

//! Identities are made and changed in their dialog, and chosen in the agent's.
class TestIdentityDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QFile config(m_folder->path() + u"/config"_s);
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write("[default]\nregion=eu-west-1\n[profile dev]\nregion=eu-west-1\n");
        config.close();
        qputenv("AWS_CONFIG_FILE", config.fileName().toLocal8Bit());
        m_with = std::make_unique<CollaboratorsWith<RefusingStore>>(m_folder->path(), QUrl());
    }
    void cleanup() { m_with.reset(); }

    void makesAUserOfAPool()
    {
        IdentityDialog dialog(&m_theme, book(), std::nullopt);
        QSignalSpy saved(&dialog, &IdentityDialog::saved);
        dialog.open();
        field(dialog, "pool")->insert(u"eu-west-1_AbC"_s);
        save(dialog);
        QVERIFY(!dialog.failureText().isEmpty());
        QCOMPARE(dialog.focusWidget(), field(dialog, "poolClient"));
        field(dialog, "poolClient")->insert(u"abc"_s);
        field(dialog, "clientSecret")->insert(u"client+secret"_s);
        field(dialog, "poolUser")->insert(u"ann@example.com"_s);
        save(dialog);
        QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, 20'000);
        QVERIFY(!dialog.isVisible());
        const Identity identity = only();
        QCOMPARE(identity.name, u"ann@example.com"_s);
        const CognitoUser user{.poolId = u"eu-west-1_AbC"_s,
                               .clientId = u"abc"_s,
                               .hasClientSecret = true,
                               .userName = u"ann@example.com"_s};
        QCOMPARE_EQ(identity.kind, IdentityKind(user));
        QCOMPARE_EQ(m_with->secrets.read(IdentityBook::secretPrefix(identity.id) + u"/client-secret"_s)
                        .result()
                        ->value()
                        .reveal(),
                    "client+secret"_ba);
    }

    void losesNoSecretThatTheKeychainRefuses()
    {
        m_with->secrets.writeError =
            Error{.kind = ErrorKind::KeychainLocked, .message = u"The keychain is locked."_s};
        IdentityDialog dialog(&m_theme, book(), std::nullopt);
        dialog.open();
        field(dialog, "pool")->insert(u"eu-west-1_AbC"_s);
        field(dialog, "poolClient")->insert(u"abc"_s);
        field(dialog, "clientSecret")->insert(u"client+secret"_s);
        save(dialog);
        QTRY_COMPARE_WITH_TIMEOUT(dialog.failureText(), u"The keychain is locked."_s, 20'000);
        QVERIFY(dialog.isVisible());
        QCOMPARE(field(dialog, "clientSecret")->text(), u"client+secret"_s);
        QCOMPARE(dialog.focusWidget(), field(dialog, "clientSecret"));
        QVERIFY(book()->identities().empty());

        m_with->secrets.writeError.reset();
        save(dialog);
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.isVisible(), 20'000);
        QCOMPARE(m_with->secrets.read(IdentityBook::secretPrefix(only().id) + u"/client-secret"_s)
                     .result()
                     ->value()
                     .reveal(),
                 "client+secret"_ba);
    }

    void changesWhoSignsInInTheBrowser()
    {
        const BrowserUser before{.issuer = u"https://login.example.com"_s,
                                 .clientId = u"c"_s,
                                 .hasClientSecret = true,
                                 .scopes = {u"openid"_s, u"email"_s}};
        const Identity identity = *book()->save(Identity{.kind = before});
        IdentityDialog dialog(&m_theme, book(), identity);
        dialog.open();
        QVERIFY(!dialog.findChild<QComboBox *>(u"identityKind"_s)->isEnabled());
        QCOMPARE(field(dialog, "issuer")->text(), before.issuer);
        QVERIFY(field(dialog, "issuer")->isVisible());
        QVERIFY(!field(dialog, "pool")->isVisible());
        field(dialog, "scopes")->setText(u" openid   agents/invoke "_s);
        save(dialog);
        BrowserUser after = before;
        after.scopes = QStringList{u"openid"_s, u"agents/invoke"_s};
        QCOMPARE_EQ(only().kind, IdentityKind(after));
        QCOMPARE(only().id, identity.id);
    }

    void takesAnAwsProfileFromTheList()
    {
        IdentityDialog dialog(&m_theme, book(), std::nullopt);
        dialog.open();
        dialog.findChild<QComboBox *>(u"identityKind"_s)->setCurrentIndex(3);
        auto *profiles = dialog.findChild<QComboBox *>(u"profile"_s);
        QVERIFY(profiles->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(profiles->findData(u"dev"_s) > 0, 20'000);
        profiles->setCurrentIndex(profiles->findData(u"dev"_s));
        save(dialog);
        QCOMPARE_EQ(only().kind, IdentityKind(AwsKeys{.profile = u"dev"_s}));
    }

    void everyFieldIsNamed()
    {
        IdentityDialog dialog(&m_theme, book(), std::nullopt);
        int named = 0;
        for (const QLabel *label : dialog.findChildren<QLabel *>()) {
            if (!label->buddy())
                continue;
            QCOMPARE(label->buddy()->accessibleName(), label->text());
            ++named;
        }
        QCOMPARE_GE(named, 16);
    }

    void anAgentNamesAnIdentityAndKeepsIt()
    {
        const Identity machine = *book()->save(
            Identity{.kind = MachineClient{.issuer = u"https://login.example.com"_s, .clientId = u"m"_s}});
        const Identity keys = *book()->save(Identity{.kind = AwsKeys{}});
        Agent agent{.name = u"Orders"_s, .target = UrlTarget{u"http://localhost:8080"_s}};
        agent.auth = AuthMethod::Identity;
        agent.identity = machine.id;
        agent.sentToken = SentToken::Id;
        agent = *agents()->save(agent);
        {
            AgentDialog dialog(&m_theme, &m_with->workspace, agent);
            dialog.open();
            auto *choice = dialog.findChild<QComboBox *>(u"signIn"_s);
            QCOMPARE(choice->currentText(), u"m (Client m)"_s);
            dialog.findChild<QPushButton *>(u"more"_s)->click();
            QVERIFY(dialog.findChild<QComboBox *>(u"sentToken"_s)->isVisible());
            dialog.findChild<QPushButton *>(u"save"_s)->click();
            QCOMPARE_EQ(*agents()->find(agent.id), agent);
        }
        AgentDialog dialog(&m_theme, &m_with->workspace, agent);
        dialog.open();
        auto *choice = dialog.findChild<QComboBox *>(u"signIn"_s);
        // The last row asks for a new one, and giving up there leaves what was chosen.
        choice->setCurrentIndex(choice->count() - 1);
        auto *editor = dialog.findChild<QDialog *>(u"identityDialog"_s);
        QVERIFY(editor);
        editor->reject();
        QCOMPARE(choice->currentText(), u"m (Client m)"_s);
        choice->setCurrentIndex(choice->findData(keys.id.value()));
        dialog.findChild<QPushButton *>(u"more"_s)->click();
        QVERIFY(!dialog.findChild<QComboBox *>(u"sentToken"_s)->isVisible());
        dialog.findChild<QPushButton *>(u"save"_s)->click();
        QCOMPARE(agents()->find(agent.id)->identity, keys.id);
    }

    void anAgentKeepsAnIdentityThatIsGone()
    {
        Agent agent{.name = u"Orders"_s, .target = UrlTarget{u"http://localhost:8080"_s}};
        agent.auth = AuthMethod::Identity;
        agent.identity = IdentityId(u"gone"_s);
        agent = *agents()->save(agent);
        AgentDialog dialog(&m_theme, &m_with->workspace, agent);
        dialog.open();
        QCOMPARE(dialog.findChild<QComboBox *>(u"signIn"_s)->currentText(),
                 u"An identity that was removed"_s);
        dialog.findChild<QPushButton *>(u"save"_s)->click();
        QCOMPARE_EQ(*agents()->find(agent.id), agent);
    }

private:
    IdentityBook *book() const { return m_with->workspace.identities(); }
    AgentBook *agents() const { return m_with->workspace.agents(); }
    Identity only() const
    {
        return book()->identities().size() == 1 ? book()->identities().front() : Identity();
    }
    //! The visible one: several kinds have a field of some names.
    static QLineEdit *field(QWidget &dialog, const char *name)
    {
        const QList<QLineEdit *> all = dialog.findChildren<QLineEdit *>(QLatin1StringView(name));
        for (QLineEdit *one : all) {
            if (one->isVisible())
                return one;
        }
        return all.value(0);
    }
    static void save(QWidget &dialog) { dialog.findChild<QPushButton *>(u"saveIdentity"_s)->click(); }

    Theme m_theme;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<CollaboratorsWith<RefusingStore>> m_with;
};

QTEST_MAIN(TestIdentityDialog)
#include "tst_identitydialog.moc"
