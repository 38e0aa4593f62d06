// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/secretstore.h"
#include "core/hostreport.h"
#include "core/networksecrets.h"
#include "core/result.h"

#include <QFuture>
#include <QObject>
#include <QString>
#include <QUrl>

#include <optional>

namespace Parlance {

class AgentBook;
class NetworkPolicy;

//! Which secrets of a network are kept.
struct KeptNetworkSecrets
{
    bool hasProxyPassword = false;
    bool hasKeyPassword = false;
    friend bool operator==(const KeptNetworkSecrets &, const KeptNetworkSecrets &) = default;
};

//! How hosts are reached: the settings for all agents, and the secrets of everybody's.
class NetworkBook : public QObject
{
    Q_OBJECT
public:
    //! The others must outlive this. settingsFile: where the settings for all are kept; empty: nowhere.
    NetworkBook(NetworkPolicy *network, SecretStore *secrets, const AgentBook *agents, QString settingsFile,
                QObject *parent = nullptr);

    //! For all agents.
    const NetworkSettings &settings() const;
    //! They count from the next request on. What was secret of the ones before is forgotten where nobody
    //! needs it any more.
    void save(const NetworkSettings &settings);

    //! Whether these can be used: files are read, and passwords tried on them. A secret that is empty is the
    //! kept one. Errors: NetworkUnusable, in words; those of SecretStore.
    QFuture<Result<void>> check(const NetworkSettings &settings, const NetworkSecrets &typed);
    //! Keeps those that are not empty. Without any it is Keychain.
    QFuture<Result<SecretDurability>> keep(const NetworkSettings &settings, const NetworkSecrets &typed);
    QFuture<Result<KeptNetworkSecrets>> kept(const NetworkSettings &settings);
    //! Goes the way to a host without sending anything, by these settings or those for all.
    QFuture<HostReport> test(const QUrl &url, const std::optional<NetworkSettings> &own = std::nullopt);
    //! After an agent's own settings were these: removes their secrets where nobody needs them any more.
    void forgetUnused(const NetworkSettings &before);

private:
    bool isUsed(const QString &key) const;

    NetworkPolicy *m_network;
    SecretStore *m_secrets;
    const AgentBook *m_agents;
    QString m_file;
};

} // namespace Parlance
