// SPDX-License-Identifier: Apache-2.0
#include "network/networkdialog.h"

#include "app/panels/tunedsecrets.h"
#include "dialogs/agentdialog.h"
#include "network/hostdialog.h"
#include "support/collaborators.h"

#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

class NetworkDialogTest : public QObject
{
    Q_OBJECT
private:
    template <typename T> static T *child(const QWidget &dialog, const QString &name)
    {
        return dialog.findChild<T *>(name);
    }
    QString settingsFile() const { return m_folder.filePath(u"settings.ini"_s); }
    static void choose(const QWidget &dialog, ProxyKind kind)
    {
        auto *box = child<QComboBox>(dialog, u"proxyKind"_s);
        box->setCurrentIndex(box->findData(int(kind)));
    }
    static void enterProxy(const QWidget &dialog)
    {
        choose(dialog, ProxyKind::Http);
        child<QLineEdit>(dialog, u"proxyHost"_s)->setText(u"proxy.test"_s);
        child<QSpinBox>(dialog, u"proxyPort"_s)->setValue(8080);
        child<QLineEdit>(dialog, u"proxyUser"_s)->setText(u"me"_s);
        child<QLineEdit>(dialog, u"proxyPassword"_s)->setText(u"hidden words"_s);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<TunedSecrets> m_secrets;
    std::unique_ptr<NetworkPolicy> m_network;
    std::unique_ptr<Workspace> m_workspace;

private Q_SLOTS:
    void init()
    {
        QFile::remove(settingsFile());
        m_theme = std::make_unique<Theme>();
        m_secrets = std::make_unique<TunedSecrets>();
        m_network = std::make_unique<NetworkPolicy>(m_secrets.get());
        m_workspace = std::make_unique<Workspace>(Workspace::Collaborators{
            .secrets = m_secrets.get(), .network = m_network.get(), .settingsFile = settingsFile()});
    }
    void cleanup()
    {
        m_workspace.reset();
        m_network.reset();
        m_secrets.reset();
        m_theme.reset();
    }

    void showsOnlyWhatTheChoiceNeeds()
    {
        NetworkDialog dialog(m_theme.get(), m_workspace->network());
        dialog.open();
        auto *host = child<QLineEdit>(dialog, u"proxyHost"_s);
        QVERIFY(!host->isVisible());
        choose(dialog, ProxyKind::Socks5);
        QVERIFY(host->isVisible());
        QVERIFY(!child<QLineEdit>(dialog, u"proxyPassword"_s)->isVisible());
        child<QLineEdit>(dialog, u"proxyUser"_s)->setText(u"me"_s);
        QVERIFY(child<QLineEdit>(dialog, u"proxyPassword"_s)->isVisible());
        QVERIFY(!child<QLineEdit>(dialog, u"keyFile"_s)->isVisible());
        child<QLineEdit>(dialog, u"certificateFile"_s)->setText(u"/x.pem"_s);
        QVERIFY(child<QLineEdit>(dialog, u"keyFile"_s)->isVisible());
        for (const QLabel *label : dialog.findChildren<QLabel *>()) {
            if (label->buddy())
                QCOMPARE(label->buddy()->accessibleName(), label->text());
        }
    }

    void keepsThePasswordInTheKeychainAlone()
    {
        NetworkDialog dialog(m_theme.get(), m_workspace->network());
        dialog.open();
        enterProxy(dialog);
        child<QPushButton>(dialog, u"save"_s)->click();
        QTRY_VERIFY(!dialog.isVisible());
        const NetworkSettings kept = m_workspace->network()->settings();
        QCOMPARE(kept.proxy.host, u"proxy.test"_s);
        QCOMPARE(kept.proxy.port, quint16(8080));
        QVERIFY(m_network->settings() == kept);
        QCOMPARE(m_secrets->kept.size(), size_t(1));
        QCOMPARE(m_secrets->kept.begin()->second.reveal(), QByteArray("hidden words"));
        QFile file(settingsFile());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray written = file.readAll();
        QVERIFY(written.contains("proxy.test"));
        QVERIFY(!written.contains("hidden"));

        // The next start has them, and the password is not shown again.
        NetworkPolicy again;
        const Workspace next({.secrets = m_secrets.get(), .network = &again, .settingsFile = settingsFile()});
        QVERIFY(again.settings() == kept);
        NetworkDialog second(m_theme.get(), next.network());
        QCOMPARE(child<QLineEdit>(second, u"proxyHost"_s)->text(), u"proxy.test"_s);
        QVERIFY(child<QLineEdit>(second, u"proxyPassword"_s)->text().isEmpty());

        NetworkDialog third(m_theme.get(), m_workspace->network());
        third.open();
        choose(third, ProxyKind::None);
        child<QPushButton>(third, u"save"_s)->click();
        QTRY_VERIFY(!third.isVisible());
        QVERIFY(m_secrets->kept.empty());
    }

    void refusesAFileThatCannotBeUsed()
    {
        NetworkDialog dialog(m_theme.get(), m_workspace->network());
        dialog.open();
        child<QLineEdit>(dialog, u"authoritiesFile"_s)->setText(u"/nowhere/ca.pem"_s);
        child<QPushButton>(dialog, u"save"_s)->click();
        QTRY_VERIFY(dialog.failureText().contains(u"/nowhere/ca.pem"_s));
        QVERIFY(dialog.isVisible());
        QVERIFY(m_workspace->network()->settings() == NetworkSettings());
        child<QLineEdit>(dialog, u"authoritiesFile"_s)->clear();
        choose(dialog, ProxyKind::Http);
        child<QPushButton>(dialog, u"save"_s)->click();
        QTRY_VERIFY(dialog.failureText().contains(u"host"_s));
    }

    void saysThatAPasswordLastsForTheSessionOnly()
    {
        m_secrets->written = SecretDurability::SessionOnly;
        NetworkDialog dialog(m_theme.get(), m_workspace->network());
        dialog.open();
        enterProxy(dialog);
        child<QPushButton>(dialog, u"save"_s)->click();
        QTRY_VERIFY(dialog.failureText().contains(u"session"_s));
        child<QPushButton>(dialog, u"save"_s)->click();
        QVERIFY(!dialog.isVisible());
    }

    void showsTheWayToAHost()
    {
        HostDialog dialog(m_theme.get(), m_workspace->network(), {.proxy = {.kind = ProxyKind::None}}, {});
        dialog.open();
        child<QPushButton>(dialog, u"test"_s)->click();
        QVERIFY(dialog.failureText().contains(u"host"_s));
        auto *copy = child<QPushButton>(dialog, u"copyReport"_s);
        QVERIFY(!copy->isEnabled());
        // Nothing listens there.
        child<QLineEdit>(dialog, u"testedHost"_s)->setText(u"127.0.0.1:1"_s);
        child<QPushButton>(dialog, u"test"_s)->click();
        QTRY_VERIFY(copy->isEnabled());
        const QString report = child<QPlainTextEdit>(dialog, u"hostReport"_s)->toPlainText();
        QVERIFY2(report.contains(u"127.0.0.1"_s), qPrintable(report));
        QVERIFY(dialog.failureText().contains(u"None of its addresses answers"_s));
    }

    void keepsANetworkOfAnAgentsOwn()
    {
        const Agent agent = *m_workspace->agents()->save(
            {.name = u"Orders"_s, .target = UrlTarget{u"http://localhost:8080"_s}});
        AgentDialog dialog(m_theme.get(), m_workspace.get(), agent);
        dialog.open();
        child<QPushButton>(dialog, u"more"_s)->click();
        QVERIFY(!child<QComboBox>(dialog, u"proxyKind"_s)->isVisible());
        child<QComboBox>(dialog, u"network"_s)->setCurrentIndex(1);
        QVERIFY(child<QComboBox>(dialog, u"proxyKind"_s)->isVisible());
        child<QLineEdit>(dialog, u"authoritiesFile"_s)->setText(u"/nowhere/ca.pem"_s);
        child<QPushButton>(dialog, u"save"_s)->click();
        QTRY_VERIFY(dialog.failureText().contains(u"/nowhere/ca.pem"_s));
        QVERIFY(!m_workspace->agents()->find(agent.id)->network);
        child<QLineEdit>(dialog, u"authoritiesFile"_s)->clear();
        enterProxy(dialog);
        child<QPushButton>(dialog, u"testAgentHost"_s)->click();
        auto *test = dialog.findChild<HostDialog *>();
        QVERIFY(test && test->isVisible());
        QCOMPARE(child<QLineEdit>(*test, u"testedHost"_s)->text(), u"http://localhost:8080"_s);
        test->close();
        child<QPushButton>(dialog, u"save"_s)->click();
        QTRY_VERIFY(!dialog.isVisible());
        const Agent kept = *m_workspace->agents()->find(agent.id);
        QVERIFY(kept.network.has_value());
        QCOMPARE(kept.network->proxy.host, u"proxy.test"_s);
        QCOMPARE(m_secrets->kept.size(), size_t(1));

        AgentDialog again(m_theme.get(), m_workspace.get(), kept);
        again.open();
        QCOMPARE(child<QComboBox>(again, u"network"_s)->currentIndex(), 1);
        child<QComboBox>(again, u"network"_s)->setCurrentIndex(0);
        child<QPushButton>(again, u"save"_s)->click();
        QVERIFY(!m_workspace->agents()->find(agent.id)->network);
        QTRY_VERIFY(m_secrets->kept.empty());
    }
};

QTEST_MAIN(NetworkDialogTest)
#include "tst_networkdialog.moc"
