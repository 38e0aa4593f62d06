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

// keychainwindow PROFILE [identity]: the window over a real keychain of whatever kind the session has. Keeps
// a token, sends a message that needs it, and says what a person would see. The token is in
// PARLANCE_TEST_SECRET. With "identity" it is that of somebody who signed in when the profile was made, and
// nothing is kept after that.
namespace {

void say(const QString &line)
{
    std::fputs(qPrintable(line % u'\n'), stdout);
    std::fflush(stdout);
}

class Script : public QObject
{
public:
    Script(const QString &profile, bool hasIdentity)
        : m_hasIdentity(hasIdentity)
        , m_url(*m_demo.start())
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
        if (m_hasAsked)
            return;
        if (m_isUp && !chat->agent().isBuiltIn()) {
            m_hasAsked = true;
            connect(chat, &Chat::answerFinished, this, [this, chat] { onAnswered(chat); });
            chat->send(u"call a tool"_s);
            return;
        }
        if (m_isUp)
            return;
        m_isUp = true;
        // The window is up once it has painted with its conversation in it.
        m_window.repaint();
        say(u"up %1"_s.arg(m_sinceStart.elapsed()));
        if (m_hasIdentity)
            askAsIdentity(chat);
        else
            askWithToken();
    }

    void askAsIdentity(Chat *chat)
    {
        IdentityBook *book = m_with.workspace.identities();
        if (book->identities().empty()) {
            const auto ann = book->save(
                {.name = u"Ann"_s, .kind = CognitoUser{.poolId = u"eu-west-1_x"_s, .clientId = u"app"_s}});
            const QByteArray claims = QByteArray("{\"client_id\":\"app\",\"exp\":4102444800}").toBase64();
            const QString prefix = IdentityBook::secretPrefix(ann->id);
            const Secret access(QByteArray("e30." + claims + ".c2ln"));
            m_with.secrets.write(prefix + u"/refresh"_s, Secret(qgetenv("PARLANCE_TEST_SECRET")));
            whenDone(m_with.secrets.write(prefix + u"/access"_s, access), this,
                     [this, id = ann->id](const Result<SecretDurability> &) {
                         const Result<Agent> agent =
                             m_with.workspace.agents()->save({.name = u"Local"_s,
                                                              .target = UrlTarget{m_url.toString()},
                                                              .auth = AuthMethod::Identity,
                                                              .identity = id});
                         m_window.navigation()->openAgent(agent->id);
                     });
            return;
        }
        // The built-in agent's server is on another port now.
        Agent agent = m_with.workspace.agents()->agents().back();
        agent.target = UrlTarget{m_url.toString()};
        const AgentId id = m_with.workspace.agents()->save(agent)->id;
        if (chat->agent().id == id)
            onChat(chat);
        else
            m_window.navigation()->openAgent(id);
    }

    void askWithToken()
    {
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
                outcome = errorKindName(error->error->kind);
        }
        say(u"answer "_s % outcome);
        if (m_hasIdentity)
            say(u"chip "_s % m_window.findChild<QWidget *>(u"identity"_s)->accessibleDescription());
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
    bool m_hasIdentity;
    bool m_isUp = false;
    bool m_hasAsked = false;
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
    const QStringList arguments = QCoreApplication::arguments();
    Script script(arguments.at(1), arguments.value(2) == "identity"_L1);
    script.start(sinceStart);
    return QApplication::exec();
}
