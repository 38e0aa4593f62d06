// SPDX-License-Identifier: Apache-2.0
#include "auth/keychainstore.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTimer>

#include <cstdio>

using namespace Parlance;
using namespace Qt::StringLiterals;

// keychainhelper LIMIT_MS ACTION…   An action is read, write, remove, or two of them joined by "+" that
// are asked at once. The secret is in PARLANCE_TEST_SECRET. Says what came of each, and then whether the
// event loop kept turning.
namespace {

void say(const QString &line)
{
    std::fputs(qPrintable(line % u'\n'), stdout);
    std::fflush(stdout);
}

class Script : public QObject
{
public:
    Script(std::chrono::milliseconds limit, QStringList actions)
        : m_store(u"parlance-test"_s, limit)
        , m_secret(qgetenv("PARLANCE_TEST_SECRET"))
        , m_actions(std::move(actions))
    {
        connect(&m_store, &SecretStore::durabilityChanged, this, [](SecretDurability durability) {
            say(durability == SecretDurability::Keychain ? u"changed keychain"_s : u"changed sessionOnly"_s);
        });
        connect(&m_timer, &QTimer::timeout, this,
                [this] { m_longestGap = std::max(m_longestGap, m_sinceTick.restart()); });
        m_sinceTick.start();
        m_timer.start(20);
    }

    void next()
    {
        if (m_actions.isEmpty()) {
            say(u"gap %1"_s.arg(m_longestGap));
            QCoreApplication::quit();
            return;
        }
        const QStringList together = m_actions.takeFirst().split(u'+');
        m_open = int(together.size());
        for (const QString &action : together)
            start(action);
    }

private:
    void start(const QString &action)
    {
        const QString key = u"agent/1/bearer"_s;
        if (action == "read"_L1)
            m_store.read(key).then(this, [this](const Result<std::optional<Secret>> &result) {
                done(u"read "_s
                     % (!result                    ? errorKindName(result.error().kind)
                            : !*result             ? u"none"_s
                            : **result == m_secret ? u"same"_s
                                                   : u"different"_s));
            });
        else if (action == "write"_L1)
            m_store.write(key, m_secret).then(this, [this](const Result<SecretDurability> &result) {
                done(u"write "_s
                     % (!result                                     ? errorKindName(result.error().kind)
                            : *result == SecretDurability::Keychain ? u"keychain"_s
                                                                    : u"sessionOnly"_s));
            });
        else
            m_store.remove(key).then(this, [this](const Result<void> &result) {
                done(u"remove "_s % (result ? u"done"_s : errorKindName(result.error().kind)));
            });
    }

    void done(const QString &line)
    {
        say(line);
        if (--m_open == 0)
            QTimer::singleShot(0, this, [this] { next(); });
    }

    KeychainStore m_store;
    Secret m_secret;
    QStringList m_actions;
    int m_open = 0;
    QTimer m_timer;
    QElapsedTimer m_sinceTick;
    qint64 m_longestGap = 0;
};

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    Script script(std::chrono::milliseconds(arguments.at(1).toInt()), arguments.mid(2));
    QTimer::singleShot(0, &script, [&] { script.next(); });
    return QCoreApplication::exec();
}
