// SPDX-License-Identifier: Apache-2.0
#include "chat/agentexport.h"

#include "chat/exportwords.h"
#include "core/runaside.h"
#include "core/serverprotocol.h"
#include "store/factsjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSaveFile>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QJsonObject valueOf(const CognitoUser &user)
{
    return {{u"kind"_s, u"cognito"_s},      {u"pool"_s, user.poolId},
            {u"client"_s, user.clientId},   {u"hasClientSecret"_s, user.hasClientSecret},
            {u"userName"_s, user.userName}, {u"serviceUrl"_s, user.serviceUrl}};
}

QJsonObject valueOf(const BrowserUser &user)
{
    return {{u"kind"_s, u"browser"_s},
            {u"issuer"_s, user.issuer},
            {u"client"_s, user.clientId},
            {u"hasClientSecret"_s, user.hasClientSecret},
            {u"scopes"_s, QJsonArray::fromStringList(user.scopes)},
            {u"redirect"_s, user.redirectUri}};
}

QJsonObject valueOf(const MachineClient &client)
{
    return {{u"kind"_s, u"client"_s},
            {u"issuer"_s, client.issuer},
            {u"client"_s, client.clientId},
            {u"scopes"_s, QJsonArray::fromStringList(client.scopes)}};
}

QJsonObject valueOf(const AwsKeys &keys)
{
    return {{u"kind"_s, u"aws"_s}, {u"profile"_s, keys.profile}};
}

// Collects what the file will hold, and what was left out.
class Writer
{
public:
    explicit Writer(const std::vector<Identity> &identities)
        : m_identities(identities)
    {
    }

    QJsonObject agent(const Agent &agent);
    QJsonArray identities() const { return m_used; }
    const QStringList &notes() const { return m_notes; }

private:
    QString keyOf(const IdentityId &id);
    QJsonArray headers(const Agent &agent);
    QString payloadTemplate(const Agent &agent);
    QString url(const Agent &agent, const QString &url);
    void leaveOut(const Agent &agent, const QString &what);

    const std::vector<Identity> &m_identities;
    std::vector<IdentityId> m_keys;
    QJsonArray m_used;
    QStringList m_notes;
};

void Writer::leaveOut(const Agent &agent, const QString &what)
{
    m_notes.append(ExportWords::tr("%1 of %2 was left out, since it may be a secret.").arg(what, agent.name));
}

QString Writer::keyOf(const IdentityId &id)
{
    const auto known = std::ranges::find(m_identities, id, &Identity::id);
    if (known == m_identities.end())
        return {};
    auto place = std::ranges::find(m_keys, id);
    if (place == m_keys.end()) {
        m_keys.push_back(id);
        place = m_keys.end() - 1;
        QJsonObject value = std::visit([](const auto &kind) { return valueOf(kind); }, known->kind);
        value[u"key"_s] = QString::number(m_keys.size());
        value[u"name"_s] = known->name;
        m_used.append(value);
    }
    return QString::number(place - m_keys.begin() + 1);
}

QJsonArray Writer::headers(const Agent &agent)
{
    QJsonArray kept;
    for (const HttpHeader &header : agent.extraHeaders) {
        const QString name = QString::fromUtf8(header.name);
        if (saysSecret(name))
            leaveOut(agent, ExportWords::tr("The header %1").arg(name));
        else
            kept.append(QJsonObject{{u"name"_s, name}, {u"value"_s, QString::fromUtf8(header.value)}});
    }
    return kept;
}

// A string whose name says that it is a secret; text with a placeholder in it is none.
QString Writer::payloadTemplate(const Agent &agent)
{
    static const QRegularExpression member(uR"re("((?:[^"\\]|\\.)*)"(\s*:\s*)"((?:[^"\\]|\\.)+)")re"_s);
    QString kept;
    qsizetype from = 0;
    QRegularExpressionMatch match = member.match(agent.payloadTemplate, from);
    while (match.hasMatch()) {
        kept += QStringView(agent.payloadTemplate).mid(from, match.capturedStart() - from);
        if (saysSecret(match.captured(1)) && !match.captured(3).contains("${"_L1)) {
            kept += u'"' + match.captured(1) + u'"' + match.captured(2) + u"\"\""_s;
            leaveOut(agent, ExportWords::tr("The value “%1” in the request").arg(match.captured(1)));
        } else {
            kept += match.captured();
        }
        from = match.capturedEnd();
        match = member.match(agent.payloadTemplate, from);
    }
    return kept + QStringView(agent.payloadTemplate).mid(from);
}

QString Writer::url(const Agent &agent, const QString &url)
{
    QUrl written(url);
    QUrlQuery query(written);
    for (const auto &[name, value] : query.queryItems()) {
        if (!saysSecret(name) || value.isEmpty())
            continue;
        query.removeAllQueryItems(name);
        leaveOut(agent, ExportWords::tr("The value “%1” in the address").arg(name));
        written.setQuery(query);
    }
    return written == QUrl(url) ? url : QString::fromUtf8(written.toEncoded());
}

QJsonObject socket(const SocketSettings &settings)
{
    return {{u"presigns"_s, settings.proof == SocketProof::Address},
            {u"adds"_s, settings.whileAnswering == WhileAnswering::Add},
            {u"handshakeTimeoutSeconds"_s, qint64(settings.handshakeTimeout.count())},
            {u"opening"_s, settings.opening}};
}

QJsonObject Writer::agent(const Agent &agent)
{
    static constexpr auto tokens = std::to_array({"automatic"_L1, "access"_L1, "id"_L1});
    QJsonObject value{{u"name"_s, agent.name},
                      {u"colour"_s, agent.colour},
                      {u"qualifier"_s, agent.qualifier},
                      {u"sentToken"_s, QString(tokens.at(size_t(agent.sentToken)))},
                      {u"request"_s, payloadTemplate(agent)},
                      {u"headers"_s, headers(agent)},
                      {u"connectTimeoutSeconds"_s, qint64(agent.connectTimeout.count())},
                      {u"idleTimeoutSeconds"_s, qint64(agent.idleTimeout.count())},
                      {u"isProduction"_s, agent.isProduction}};
    if (const auto *runtime = std::get_if<RuntimeTarget>(&agent.target)) {
        value[u"arn"_s] = runtime->arn;
        value[u"address"_s] = runtime->endpointOverride;
    } else if (const auto *server = std::get_if<UrlTarget>(&agent.target)) {
        value[u"url"_s] = url(agent, server->url);
    }
    if (agent.protocol)
        value[u"protocol"_s] = serverProtocolName(*agent.protocol);
    if (agent.transport == AgentTransport::WebSocket)
        value[u"webSocket"_s] = socket(agent.socket);
    const QString key = agent.auth == AuthMethod::Identity ? keyOf(agent.identity) : QString();
    value[u"auth"_s] = agent.auth == AuthMethod::Bearer ? u"token"_s
        : key.isEmpty()                                 ? u"none"_s
                                                        : u"identity"_s;
    if (!key.isEmpty())
        value[u"identity"_s] = key;
    if (agent.facts)
        value[u"facts"_s] = QJsonDocument::fromJson(factsJson(agent.facts).toUtf8()).object();
    return value;
}

Result<void> writeNow(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return failure(ErrorKind::Internal,
                   ExportWords::tr("The file %1 could not be written: %2.").arg(path, file.errorString()));
}

} // namespace

bool saysSecret(const QString &name)
{
    static constexpr auto words =
        std::to_array({"auth"_L1, "cookie"_L1, "credential"_L1, "key"_L1, "passphrase"_L1, "password"_L1,
                       "secret"_L1, "signature"_L1, "token"_L1});
    return std::ranges::any_of(
        words, [&name](QLatin1StringView word) { return name.contains(word, Qt::CaseInsensitive); });
}

AgentExport exportAgents(const std::vector<Agent> &agents, const std::vector<Identity> &identities)
{
    Writer writer(identities);
    QJsonArray written;
    for (const Agent &agent : agents) {
        if (!agent.isBuiltIn())
            written.append(writer.agent(agent));
    }
    const QJsonObject whole{{u"format"_s, u"parlance-agents"_s},
                            {u"version"_s, 1},
                            {u"identities"_s, writer.identities()},
                            {u"agents"_s, written}};
    return {
        .bytes = QJsonDocument(whole).toJson(), .agentCount = int(written.size()), .notes = writer.notes()};
}

QFuture<Result<void>> writeExport(const QString &path, const AgentExport &written)
{
    return runAside([path, bytes = written.bytes] { return writeNow(path, bytes); });
}

} // namespace Parlance
