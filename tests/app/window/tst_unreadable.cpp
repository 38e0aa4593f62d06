// SPDX-License-Identifier: Apache-2.0
#include "demo/demoserver.h"
#include "support/collaborators.h"
#include "theme/theme.h"
#include "window/mainwindow.h"
#include "window/navigation.h"
#include "window/notices.h"
#include "window/settings.h"

#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

//! A conversation whose messages cannot be read, as the window shows it.
class TestUnreadable : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysSoKeepsTheWordsAndTriesAgain()
    {
        const QTemporaryDir folder;
        DemoServer server;
        const QUrl url = *server.start();
        {
            Collaborators first(folder.path(), url);
            QSignalSpy ready(&first.workspace, &Workspace::ready);
            first.workspace.start();
            QTRY_COMPARE_EQ_WITH_TIMEOUT(ready.count(), 1, 20'000);
            Chat *chat = first.workspace.newConversation(AgentBook::builtInId());
            chat->send(u"call a tool"_s);
            QTRY_VERIFY_WITH_TIMEOUT(!chat->isStreaming(), 30'000);
        }
        const auto helped = [&folder](const QString &what) {
            return QProcess::execute(QStringLiteral(STORE_HELPER),
                                     {what, folder.filePath(u"parlance.sqlite"_s)})
                == 0;
        };
        Collaborators second(folder.path(), url);
        // Before the window hears of it, which opens the conversation.
        connect(&second.workspace, &Workspace::ready, this, [&] { m_isHidden = helped(u"hideMessages"_s); });
        Settings settings(folder.filePath(u"settings.ini"_s));
        Theme theme;
        Notices notices;
        MainWindow window(
            {.workspace = &second.workspace, .settings = &settings, .theme = &theme, .notices = &notices});
        window.show();
        second.workspace.start();
        QTRY_VERIFY_WITH_TIMEOUT(!second.workspace.allConversations().empty(), 20'000);
        QVERIFY(m_isHidden);
        window.navigation()->openConversation(second.workspace.allConversations().front().id);
        Chat *chat = window.navigation()->chat();
        QTRY_VERIFY_WITH_TIMEOUT(chat->loadError().has_value(), 20'000);
        const Notice *notice = notices.find(u"unreadable"_s);
        QVERIFY(notice && notice->text.contains(u"could not be read"_s));
        auto *message = window.findChild<QPlainTextEdit *>(u"message"_s);
        auto *send = window.findChild<QPushButton *>(u"send"_s);
        message->setPlainText(u"my words"_s);
        QVERIFY(!send->isEnabled());
        QTest::keyClick(message, Qt::Key_Return);
        QCOMPARE_EQ(message->toPlainText(), u"my words"_s);
        QCOMPARE_EQ(chat->messages()->count(), 0);
        if (qEnvironmentVariableIsSet("PARLANCE_SHOTS"))
            window.grab().save(qEnvironmentVariable("PARLANCE_SHOTS") + u"/unreadable.png"_s);

        QVERIFY(helped(u"showMessages"_s));
        notices.run(u"unreadable"_s);
        QTRY_VERIFY_WITH_TIMEOUT(chat->isLoaded(), 20'000);
        QCOMPARE_EQ(chat->messages()->count(), 2);
        QVERIFY(!notices.find(u"unreadable"_s));
        QVERIFY(send->isEnabled());
        QCOMPARE_EQ(message->toPlainText(), u"my words"_s);
    }

private:
    bool m_isHidden = false;
};

QTEST_MAIN(TestUnreadable)
#include "tst_unreadable.moc"
