// SPDX-License-Identifier: Apache-2.0
#include "chat/workspace.h"
#include "core/whendone.h"
#include "demo/demoserver.h"
#include "support/keychaincollaborators.h"
#include "theme/appearance.h"
#include "theme/theme.h"
#include "window/mainwindow.h"
#include "window/navigation.h"
#include "window/notices.h"
#include "window/settings.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QTimer>

#include <cstdio>

using namespace Parlance;
using namespace Qt::StringLiterals;

// keychainwindow PROFILE: the window over a real keychain of whatever kind the session has. Keeps a token,
// sends a message that needs it, and says what a person would see. The token is in PARLANCE_TEST_SECRET.
namespace {

void say(const QString &line)
{
    std::fputs(qPrintable(line % u'\n'), stdout);
    std::fflush(stdout);
}

class Script : public QObject
{
public:
    explicit Script(const QString &profile)
        : m_url(*m_demo.start())
        , m_with(profile, m_url)
        , m_settings(profile + u"/settings.ini"_s)
        , m_appearance(qApp, &m_theme)
        , m_window({.workspace = &m_with.workspace,
                    .settings = &m_settings,
                    .theme = &m_theme,
                    .notices = &m_notices})
    {
        connect(&m_tick, &QTimer::timeout, this, [this] { m_gap = std::max(m_gap, m_sinceTick.restart()); });
        connect(m_window.navigation(), &Navigation::chatChanged, this, [this](Chat *chat) { onChat(chat); });
    }

    void start(const QElapsedTimer &sinceStart)
    {
        m_sinceStart = sinceStart;
        m_window.show();
        m_with.workspace.start();
        m_sinceTick.start();
        m_tick.start(20);
    }

private:
    void onChat(Chat *chat)
    {
        if (!chat->agent().isBuiltIn()) {
            connect(chat, &Chat::answerFinished, this, [this, chat] { onAnswered(chat); });
            chat->send(u"call a tool"_s);
            return;
        }
        // The window is up once it has painted with its conversation in it.
        m_window.repaint();
        say(u"up %1"_s.arg(m_sinceStart.elapsed()));
        const Result<Agent> agent = m_with.workspace.agents()->save(
            {.name = u"Local"_s, .target = UrlTarget{m_url.toString()}, .auth = AuthMethod::Bearer});
        m_agent = agent->id;
        whenDone(m_with.workspace.agents()->setToken(m_agent, Secret(qgetenv("PARLANCE_TEST_SECRET"))), this,
                 [this](const Result<SecretDurability> &kept) {
                     say(u"token "_s
                         % (!kept                                     ? errorKindName(kept.error().kind)
                                : *kept == SecretDurability::Keychain ? u"keychain"_s
                                                                      : u"sessionOnly"_s));
                     m_window.navigation()->openAgent(m_agent);
                 });
    }

    void onAnswered(const Chat *chat)
    {
        const Message &answer = chat->messages()->at(chat->messages()->count() - 1);
        QString outcome = u"complete"_s;
        for (const MessagePart &part : answer.parts) {
            if (const auto *error = std::get_if<ErrorPart>(&part.content))
                outcome = errorKindName(error->error.kind);
        }
        say(u"answer "_s % outcome);
        for (const Notice &notice : m_notices.current())
            say(u"notice "_s % notice.text);
        for (const QLabel *label : m_window.findChild<QWidget *>(u"status"_s)->findChildren<QLabel *>()) {
            if (!label->text().isEmpty())
                say(u"status "_s % label->text());
        }
        say(u"gap %1"_s.arg(m_gap));
        QTimer::singleShot(0, qApp, &QCoreApplication::quit);
    }

    DemoServer m_demo;
    QUrl m_url;
    KeychainCollaborators m_with;
    Settings m_settings;
    Theme m_theme;
    Appearance m_appearance;
    Notices m_notices;
    MainWindow m_window;
    AgentId m_agent;
    QTimer m_tick;
    QElapsedTimer m_sinceStart;
    QElapsedTimer m_sinceTick;
    qint64 m_gap = 0;
};

} // namespace

int main(int argc, char *argv[])
{
    QElapsedTimer sinceStart;
    sinceStart.start();
    QApplication application(argc, argv);
    Script script(QCoreApplication::arguments().at(1));
    script.start(sinceStart);
    return QApplication::exec();
}
