// SPDX-License-Identifier: Apache-2.0
#include "window/settings.h"

#include "core/command.h"

#include <QSettings>

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
const QString recentSuitesKey = u"suites/recent"_s;
constexpr qsizetype mostRecentSuites = 8;
const QString discoveryIdentityKey = u"discovery/identity"_s;
const QString discoveryRegionKey = u"discovery/region/"_s;

} // namespace

Settings::Settings(const QString &filePath, QObject *parent)
    : QObject(parent)
    , m_filePath(filePath)
{
    const QSettings file(filePath, QSettings::IniFormat);
    for (const QString &key : file.allKeys())
        m_values.insert(key, file.value(key));
    m_writer.setMaxThreadCount(1); // so that the last word on a thing is written last
}

QVariant Settings::value(const QString &key, const QVariant &otherwise) const
{
    return m_values.value(key, otherwise);
}

void Settings::setValue(const QString &key, const QVariant &value)
{
    if (m_values.contains(key) && m_values.value(key) == value)
        return;
    m_values.insert(key, value);
    m_writer.start(
        [path = m_filePath, key, value] { QSettings(path, QSettings::IniFormat).setValue(key, value); });
}

ThemeChoice Settings::themeChoice() const
{
    const QString name = value(themeKey).toString();
    const auto found = std::ranges::find_if(themeNames, [&](const auto &row) { return name == row.second; });
    return found == themeNames.end() ? ThemeChoice::System : found->first;
}

void Settings::setThemeChoice(ThemeChoice choice)
{
    const auto found =
        std::ranges::find(themeNames, choice, &std::pair<ThemeChoice, QLatin1StringView>::first);
    setValue(themeKey, QString(found->second));
    Q_EMIT changed();
}

int Settings::textSize() const
{
    bool isNumber = false;
    const int percent = value(textSizeKey, 100).toInt(&isNumber);
    return isNumber ? std::clamp(percent, 75, 300) : 100;
}

void Settings::setTextSize(int percent)
{
    setValue(textSizeKey, std::clamp(percent, 75, 300));
    Q_EMIT changed();
}

SendKey Settings::sendKey() const
{
    return value(sendKeyKey).toString() == "ctrl+enter"_L1 ? SendKey::CtrlEnter : SendKey::Enter;
}

void Settings::setSendKey(SendKey key)
{
    setValue(sendKeyKey, key == SendKey::CtrlEnter ? u"ctrl+enter"_s : u"enter"_s);
    Q_EMIT changed();
}

std::chrono::seconds Settings::commandTimeout() const
{
    const std::chrono::seconds usual = Command().timeout;
    bool isNumber = false;
    const int seconds = value(commandTimeoutKey, int(usual.count())).toInt(&isNumber);
    return isNumber
        ? std::clamp(std::chrono::seconds(seconds), Command::shortestTimeout, Command::longestTimeout)
        : usual;
}

void Settings::setCommandTimeout(std::chrono::seconds timeout)
{
    setValue(commandTimeoutKey, int(timeout.count()));
    Q_EMIT changed();
}

bool Settings::readsAnswers() const
{
    return value(readsAnswersKey, true).toBool();
}

void Settings::setReadsAnswers(bool readsAnswers)
{
    setValue(readsAnswersKey, readsAnswers);
    Q_EMIT changed();
}

bool Settings::tellsOfLongAnswers() const
{
    return value(longAnswersKey, true).toBool();
}

void Settings::setTellsOfLongAnswers(bool tells)
{
    setValue(longAnswersKey, tells);
    Q_EMIT changed();
}

bool Settings::asksAboutOpenSessions() const
{
    return value(openSessionsKey, true).toBool();
}

void Settings::setAsksAboutOpenSessions(bool asks)
{
    setValue(openSessionsKey, asks);
    Q_EMIT changed();
}

QByteArray Settings::windowGeometry() const
{
    return value(geometryKey).toByteArray();
}

void Settings::setWindowGeometry(const QByteArray &geometry)
{
    setValue(geometryKey, geometry);
}

QByteArray Settings::splitterState() const
{
    return value(splitterKey).toByteArray();
}

void Settings::setSplitterState(const QByteArray &state)
{
    setValue(splitterKey, state);
}

bool Settings::isSidebarVisible() const
{
    return value(sidebarKey, true).toBool();
}

void Settings::setSidebarVisible(bool isVisible)
{
    setValue(sidebarKey, isVisible);
}

bool Settings::isInspectorVisible() const
{
    return value(inspectorKey, true).toBool();
}

void Settings::setInspectorVisible(bool isVisible)
{
    setValue(inspectorKey, isVisible);
}

AgentId Settings::lastAgent() const
{
    return AgentId(value(agentKey).toString());
}

void Settings::setLastAgent(const AgentId &id)
{
    setValue(agentKey, id.value());
}

ConversationId Settings::lastConversation() const
{
    return ConversationId(value(conversationKey).toString());
}

void Settings::setLastConversation(const ConversationId &id)
{
    setValue(conversationKey, id.value());
}

IdentityId Settings::discoveryIdentity() const
{
    return IdentityId(value(discoveryIdentityKey).toString());
}

QString Settings::discoveryRegion(const IdentityId &id) const
{
    return id.isEmpty() ? QString() : value(discoveryRegionKey + id.value()).toString();
}

void Settings::setDiscoveryPlace(const IdentityId &id, const QString &region)
{
    setValue(discoveryIdentityKey, id.value());
    setValue(discoveryRegionKey + id.value(), region);
}

QStringList Settings::recentSuites() const
{
    return value(recentSuitesKey).toStringList();
}

void Settings::addRecentSuite(const QString &path)
{
    QStringList paths = recentSuites();
    paths.removeAll(path);
    paths.prepend(path);
    setValue(recentSuitesKey, paths.first(std::min(paths.size(), mostRecentSuites)));
}

} // namespace Parlance
