// SPDX-License-Identifier: Apache-2.0
#include "window/settings.h"

#include "core/command.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr auto themeNames = std::to_array<std::pair<ThemeChoice, QLatin1StringView>>({
    {ThemeChoice::System, "system"_L1},
    {ThemeChoice::Light, "light"_L1},
    {ThemeChoice::Dark, "dark"_L1},
});

const QString themeKey = u"look/theme"_s;
const QString textSizeKey = u"look/textSize"_s;
const QString sendKeyKey = u"composer/sendKey"_s;
const QString openSessionsKey = u"sessions/askOnQuit"_s;
const QString commandTimeoutKey = u"composer/commandTimeout"_s;
const QString readsAnswersKey = u"reading/answers"_s;
const QString longAnswersKey = u"notifications/longAnswers"_s;
const QString geometryKey = u"window/geometry"_s;
const QString splitterKey = u"window/splitter"_s;
const QString sidebarKey = u"window/sidebar"_s;
const QString inspectorKey = u"window/inspector"_s;
const QString agentKey = u"last/agent"_s;
const QString conversationKey = u"last/conversation"_s;
const QString discoveryIdentityKey = u"discovery/identity"_s;
const QString discoveryRegionKey = u"discovery/region/"_s;

} // namespace

Settings::Settings(const QString &filePath, QObject *parent)
    : QObject(parent)
    , m_file(filePath, QSettings::IniFormat)
{
}

ThemeChoice Settings::themeChoice() const
{
    const QString name = m_file.value(themeKey).toString();
    const auto found = std::ranges::find_if(themeNames, [&](const auto &row) { return name == row.second; });
    return found == themeNames.end() ? ThemeChoice::System : found->first;
}

void Settings::setThemeChoice(ThemeChoice choice)
{
    const auto found =
        std::ranges::find(themeNames, choice, &std::pair<ThemeChoice, QLatin1StringView>::first);
    m_file.setValue(themeKey, QString(found->second));
    Q_EMIT changed();
}

int Settings::textSize() const
{
    bool isNumber = false;
    const int percent = m_file.value(textSizeKey, 100).toInt(&isNumber);
    return isNumber ? std::clamp(percent, 75, 300) : 100;
}

void Settings::setTextSize(int percent)
{
    m_file.setValue(textSizeKey, std::clamp(percent, 75, 300));
    Q_EMIT changed();
}

SendKey Settings::sendKey() const
{
    return m_file.value(sendKeyKey).toString() == "ctrl+enter"_L1 ? SendKey::CtrlEnter : SendKey::Enter;
}

void Settings::setSendKey(SendKey key)
{
    m_file.setValue(sendKeyKey, key == SendKey::CtrlEnter ? u"ctrl+enter"_s : u"enter"_s);
    Q_EMIT changed();
}

std::chrono::seconds Settings::commandTimeout() const
{
    const std::chrono::seconds usual = Command().timeout;
    bool isNumber = false;
    const int seconds = m_file.value(commandTimeoutKey, int(usual.count())).toInt(&isNumber);
    return isNumber
        ? std::clamp(std::chrono::seconds(seconds), Command::shortestTimeout, Command::longestTimeout)
        : usual;
}

void Settings::setCommandTimeout(std::chrono::seconds timeout)
{
    m_file.setValue(commandTimeoutKey, int(timeout.count()));
    Q_EMIT changed();
}

bool Settings::readsAnswers() const
{
    return m_file.value(readsAnswersKey, true).toBool();
}

void Settings::setReadsAnswers(bool readsAnswers)
{
    m_file.setValue(readsAnswersKey, readsAnswers);
    Q_EMIT changed();
}

bool Settings::tellsOfLongAnswers() const
{
    return m_file.value(longAnswersKey, true).toBool();
}

void Settings::setTellsOfLongAnswers(bool tells)
{
    m_file.setValue(longAnswersKey, tells);
    Q_EMIT changed();
}

bool Settings::asksAboutOpenSessions() const
{
    return m_file.value(openSessionsKey, true).toBool();
}

void Settings::setAsksAboutOpenSessions(bool asks)
{
    m_file.setValue(openSessionsKey, asks);
    Q_EMIT changed();
}

QByteArray Settings::windowGeometry() const
{
    return m_file.value(geometryKey).toByteArray();
}

void Settings::setWindowGeometry(const QByteArray &geometry)
{
    m_file.setValue(geometryKey, geometry);
}

QByteArray Settings::splitterState() const
{
    return m_file.value(splitterKey).toByteArray();
}

void Settings::setSplitterState(const QByteArray &state)
{
    m_file.setValue(splitterKey, state);
}

bool Settings::isSidebarVisible() const
{
    return m_file.value(sidebarKey, true).toBool();
}

void Settings::setSidebarVisible(bool isVisible)
{
    m_file.setValue(sidebarKey, isVisible);
}

bool Settings::isInspectorVisible() const
{
    return m_file.value(inspectorKey, true).toBool();
}

void Settings::setInspectorVisible(bool isVisible)
{
    m_file.setValue(inspectorKey, isVisible);
}

AgentId Settings::lastAgent() const
{
    return AgentId(m_file.value(agentKey).toString());
}

void Settings::setLastAgent(const AgentId &id)
{
    m_file.setValue(agentKey, id.value());
}

ConversationId Settings::lastConversation() const
{
    return ConversationId(m_file.value(conversationKey).toString());
}

void Settings::setLastConversation(const ConversationId &id)
{
    m_file.setValue(conversationKey, id.value());
}

IdentityId Settings::discoveryIdentity() const
{
    return IdentityId(m_file.value(discoveryIdentityKey).toString());
}

QString Settings::discoveryRegion(const IdentityId &id) const
{
    return id.isEmpty() ? QString() : m_file.value(discoveryRegionKey + id.value()).toString();
}

void Settings::setDiscoveryPlace(const IdentityId &id, const QString &region)
{
    m_file.setValue(discoveryIdentityKey, id.value());
    m_file.setValue(discoveryRegionKey + id.value(), region);
}

} // namespace Parlance
