// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ids.h"
#include "theme/theme.h"

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QThreadPool>
#include <QVariant>

#include <chrono>

namespace Parlance {

enum class SendKey {
    Enter, //!< Shift+Enter breaks the line
    CtrlEnter, //!< Enter breaks the line
};

//! What the window remembers from one start to the next. Never a secret, never a conversation's text.
class Settings : public QObject
{
    Q_OBJECT
public:
    explicit Settings(const QString &filePath, QObject *parent = nullptr);

    ThemeChoice themeChoice() const;
    void setThemeChoice(ThemeChoice choice);
    //! In percent, 75 to 300.
    int textSize() const;
    void setTextSize(int percent);
    SendKey sendKey() const;
    void setSendKey(SendKey key);

    //! How long a command may take, 1 to 3600 seconds.
    std::chrono::seconds commandTimeout() const;
    void setCommandTimeout(std::chrono::seconds timeout);

    //! Whether a screen reader hears answers as they come.
    bool readsAnswers() const;
    void setReadsAnswers(bool readsAnswers);
    //! Outside the window, when it is not in front.
    bool tellsOfLongAnswers() const;
    void setTellsOfLongAnswers(bool tells);

    //! When Parlance is closed while sessions are open.
    bool asksAboutOpenSessions() const;
    void setAsksAboutOpenSessions(bool asks);

    QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray &geometry);
    QByteArray splitterState() const;
    void setSplitterState(const QByteArray &state);
    bool isSidebarVisible() const;
    void setSidebarVisible(bool isVisible);
    bool isInspectorVisible() const;
    void setInspectorVisible(bool isVisible);
    AgentId lastAgent() const;
    void setLastAgent(const AgentId &id);
    ConversationId lastConversation() const;
    void setLastConversation(const ConversationId &id);

    //! As whom and where agents of an AWS account were looked for; the region is each identity's own.
    IdentityId discoveryIdentity() const;
    QString discoveryRegion(const IdentityId &id) const;
    void setDiscoveryPlace(const IdentityId &id, const QString &region);

    //! Files of suites that were opened, the last one first.
    QStringList recentSuites() const;
    void addRecentSuite(const QString &path);

Q_SIGNALS:
    //! One of the preferences: theme, text size, send key, time-out of commands, reading aloud.
    void changed();

private:
    QVariant value(const QString &key, const QVariant &otherwise = {}) const;
    void setValue(const QString &key, const QVariant &value);

    QString m_filePath;
    QHash<QString, QVariant> m_values;
    //! A file is locked, written and synced for each change, which may take long on a busy disk. What is left
    //! is written before this ends.
    QThreadPool m_writer;
};

} // namespace Parlance
