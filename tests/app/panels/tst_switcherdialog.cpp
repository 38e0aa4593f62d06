// SPDX-License-Identifier: Apache-2.0
#include "dialogs/switcherdialog.h"

#include "chat/workspace.h"
#include "app/panels/tunedsecrets.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

class SwitcherDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void ranksBeginningsBeforeMiddles();
    void listsAgentsAndConversations();
    void arrowsAndEnterChoose();
    void enterChoosesAnAgent();
    void tellsWhenNothingFits();
    void escapeChoosesNothing();

private:
    static QStringList titles(const SwitcherModel &model)
    {
        QStringList all;
        for (int row = 0; row < model.rowCount(); ++row)
            all.append(model.index(row).data().toString());
        return all;
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<TunedSecrets> m_secrets;
    std::unique_ptr<Workspace> m_workspace;
    ConversationId m_refund;
    AgentId m_local;
};

void SwitcherDialogTest::init()
{
    m_theme = std::make_unique<Theme>();
    m_secrets = std::make_unique<TunedSecrets>();
    m_workspace = std::make_unique<Workspace>(Workspace::Collaborators{.secrets = m_secrets.get()});
    m_local = m_workspace->agents()
                  ->save({.name = u"Local dev"_s, .target = UrlTarget{u"http://localhost:8080"_s}})
                  ->id;
    for (const QString &title : {u"Refund for a split order"_s, u"Address change"_s}) {
        const ConversationId id = m_workspace->newConversation(m_local)->conversation().id;
        m_workspace->rename(id, title);
        if (m_refund.isEmpty())
            m_refund = id;
    }
}

void SwitcherDialogTest::cleanup()
{
    m_workspace.reset();
    m_secrets.reset();
    m_theme.reset();
    m_refund = {};
}

void SwitcherDialogTest::ranksBeginningsBeforeMiddles()
{
    const QString typed = u"or"_s;
    const QStringList best = {u"Orders"_s, u"My orders"_s, u"Restore"_s, u"Oh, more"_s};
    for (qsizetype i = 1; i < best.size(); ++i)
        QCOMPARE_LT(matchRank(best[i - 1], typed).value(), matchRank(best[i], typed).value());
    QCOMPARE_LT(matchRank(u"Order"_s, typed).value(), matchRank(u"Orders and more"_s, typed).value());
    QVERIFY(matchRank(u"Order assistant"_s, u"ordas"_s).has_value());
    QVERIFY(!matchRank(u"Order"_s, u"ro"_s).has_value());
    QCOMPARE_EQ(matchRank(u"anything"_s, u"  "_s).value(), 0);
}

void SwitcherDialogTest::listsAgentsAndConversations()
{
    SwitcherModel model(*m_workspace);
    const QAbstractItemModelTester tester(&model);
    QStringList all = titles(model);
    all.sort();
    QCOMPARE_EQ(all,
                (QStringList{u"Address change"_s, u"Built-in agent"_s, u"Local dev"_s,
                             u"Refund for a split order"_s}));
    model.setTyped(u"re"_s);
    QCOMPARE_EQ(titles(model).first(), u"Refund for a split order"_s);
    QVERIFY(model.index(0).data(SwitcherModel::DetailsRole).toString().startsWith(u"Local dev · "_s));
}

void SwitcherDialogTest::arrowsAndEnterChoose()
{
    SwitcherDialog dialog(m_theme.get(), m_workspace.get());
    QSignalSpy conversations(&dialog, &SwitcherDialog::conversationChosen);
    QSignalSpy agents(&dialog, &SwitcherDialog::agentChosen);
    dialog.open();
    auto *field = dialog.findChild<QLineEdit *>();
    auto *list = dialog.findChild<QListView *>();
    QCOMPARE_EQ(list->currentIndex().row(), 0);
    QTest::keyClick(field, Qt::Key_Up);
    QCOMPARE_EQ(list->currentIndex().row(), 0);
    QTest::keyClick(field, Qt::Key_Down);
    QCOMPARE_EQ(list->currentIndex().row(), 1);
    QTest::keyClick(field, Qt::Key_PageDown);
    QCOMPARE_EQ(list->currentIndex().row(), 3);
    QTest::keyClicks(field, u"refu"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE_EQ(conversations.count(), 1);
    QCOMPARE_EQ(conversations.first().first().value<ConversationId>(), m_refund);
    QCOMPARE_EQ(agents.count(), 0);
    QVERIFY(!dialog.isVisible());
}

void SwitcherDialogTest::enterChoosesAnAgent()
{
    SwitcherDialog dialog(m_theme.get(), m_workspace.get());
    QSignalSpy agents(&dialog, &SwitcherDialog::agentChosen);
    dialog.open();
    QTest::keyClicks(dialog.findChild<QLineEdit *>(), u"local"_s);
    QTest::keyClick(dialog.findChild<QLineEdit *>(), Qt::Key_Return);
    QCOMPARE_EQ(agents.count(), 1);
    QCOMPARE_EQ(agents.first().first().value<AgentId>(), m_local);
}

void SwitcherDialogTest::tellsWhenNothingFits()
{
    SwitcherDialog dialog(m_theme.get(), m_workspace.get());
    dialog.open();
    QTest::keyClicks(dialog.findChild<QLineEdit *>(), u"zzz"_s);
    QVERIFY(dialog.findChild<QLabel *>(u"switcherEmpty"_s)->isVisible());
    // What is no name may be in a message.
    QSignalSpy searches(&dialog, &SwitcherDialog::searchAsked);
    QTest::keyClick(dialog.findChild<QLineEdit *>(), Qt::Key_Return);
    QCOMPARE_EQ(searches.count(), 1);
    QCOMPARE_EQ(searches.first().first().toString(), u"zzz"_s);
    QVERIFY(!dialog.isVisible());
}

void SwitcherDialogTest::escapeChoosesNothing()
{
    SwitcherDialog dialog(m_theme.get(), m_workspace.get());
    QSignalSpy agents(&dialog, &SwitcherDialog::agentChosen);
    QSignalSpy conversations(&dialog, &SwitcherDialog::conversationChosen);
    dialog.open();
    QTest::keyClick(dialog.findChild<QLineEdit *>(), Qt::Key_Escape);
    QVERIFY(!dialog.isVisible());
    QCOMPARE_EQ(agents.count() + conversations.count(), 0);
}

QTEST_MAIN(SwitcherDialogTest)
#include "tst_switcherdialog.moc"
