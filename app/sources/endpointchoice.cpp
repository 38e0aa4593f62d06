// SPDX-License-Identifier: Apache-2.0
#include "sources/endpointchoice.h"

#include "chat/discovery.h"
#include "chat/runtimewords.h"
#include "core/whendone.h"
#include "dialogs/formfields.h"
#include "dialogs/themedlabel.h"

#include <QComboBox>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {

EndpointChoice::EndpointChoice(const Theme *theme, Discovery *discovery, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_discovery(discovery)
    , m_endpoint(new QComboBox)
{
    setObjectName(u"endpointChoice"_s);
    const FormFields fields = FormFields::on(theme, this);
    m_endpoint->setObjectName(u"endpoint"_s);
    m_endpoint->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_endpoint->setMinimumContentsLength(16);
    m_endpoint->setInsertPolicy(QComboBox::NoInsert);
    m_facts = fields.addField(tr("Endpoint"), m_endpoint);
    m_facts->setObjectName(u"runtimeFacts"_s);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_pause.setSingleShot(true);
    m_pause.setInterval(150ms);
    connect(&m_pause, &QTimer::timeout, this, &EndpointChoice::readEndpoints);
    connect(m_endpoint, &QComboBox::currentTextChanged, this, &EndpointChoice::readDetails);
    clear();
}

void EndpointChoice::show(const IdentityId &identity, const RuntimeSummary &runtime)
{
    if (m_runtime && m_runtime->arn == runtime.arn && m_identity == identity)
        return;
    m_identity = identity;
    m_runtime = runtime;
    m_isReading = true;
    setVisible(true);
    {
        const QSignalBlocker blocker(m_endpoint);
        m_endpoint->clear();
        m_endpoint->setEnabled(false);
    }
    setText({tr("Reading its endpoints…")});
    if (m_endpoints.contains(runtime.arn))
        readEndpoints();
    else
        m_pause.start();
    Q_EMIT changed();
}

void EndpointChoice::clear()
{
    m_pause.stop();
    m_runtime.reset();
    m_isReading = false;
    setText({});
    setVisible(false);
    Q_EMIT changed();
}

void EndpointChoice::forget()
{
    m_endpoints.clear();
    m_details.clear();
    clear();
}

QString EndpointChoice::text() const
{
    return m_facts->text();
}

void EndpointChoice::setText(const QStringList &sentences)
{
    FormFields::setHelp(m_facts, sentences.join(u'\n'));
    m_endpoint->setAccessibleDescription(sentences.join(u' '));
}

void EndpointChoice::readEndpoints()
{
    const QString arn = m_runtime->arn;
    if (m_endpoints.contains(arn)) {
        fill();
        return;
    }
    whenDone(m_discovery->endpoints(m_identity, arn), this,
             [this, arn, identity = m_identity](const Endpoints &endpoints) {
                 if (identity != m_identity)
                     return;
                 m_endpoints.insert_or_assign(arn, endpoints);
                 if (m_runtime && m_runtime->arn == arn)
                     fill();
             });
}

void EndpointChoice::fill()
{
    const Endpoints &endpoints = m_endpoints.at(m_runtime->arn);
    {
        const QSignalBlocker blocker(m_endpoint);
        m_endpoint->clear();
        m_endpoint->setEnabled(true);
        // Who may not list them can still type one.
        m_endpoint->setEditable(!endpoints);
        if (endpoints) {
            for (const RuntimeEndpoint &endpoint : *endpoints) {
                const QString version = RuntimeWords::version(endpoint);
                QString words = version.isEmpty() ? endpoint.name : tr("%1 · %2").arg(endpoint.name, version);
                if (endpoint.status != DeploymentStatus::Ready)
                    words = tr("%1 · %2").arg(words, RuntimeWords::status(endpoint.status));
                m_endpoint->addItem(words, endpoint.name);
            }
        }
        const int usual = m_endpoint->findData(u"DEFAULT"_s);
        if (usual < 0 && m_endpoint->count() == 0)
            m_endpoint->addItem(u"DEFAULT"_s, u"DEFAULT"_s);
        m_endpoint->setCurrentIndex(std::max(usual, 0));
    }
    readDetails();
}

QString EndpointChoice::qualifier() const
{
    return m_endpoint->isEditable() ? m_endpoint->currentText().trimmed()
                                    : m_endpoint->currentData().toString();
}

QString EndpointChoice::version() const
{
    const auto known = m_endpoints.find(m_runtime->arn);
    if (known == m_endpoints.end() || !known->second)
        return {};
    const auto chosen = std::ranges::find(*known->second, qualifier(), &RuntimeEndpoint::name);
    if (chosen == known->second->end())
        return {};
    return chosen->liveVersion.isEmpty() ? chosen->targetVersion : chosen->liveVersion;
}

void EndpointChoice::readDetails()
{
    if (!m_runtime || !m_endpoints.contains(m_runtime->arn))
        return;
    const std::pair key(m_runtime->arn, version());
    if (m_details.contains(key)) {
        showDetails();
        return;
    }
    m_isReading = true;
    setText({tr("Reading how it is set up…")});
    Q_EMIT changed();
    whenDone(m_discovery->details(m_identity, key.first, key.second), this,
             [this, key, identity = m_identity](const Details &details) {
                 if (identity != m_identity)
                     return;
                 m_details.insert_or_assign(key, details);
                 if (details)
                     Q_EMIT detailsRead(key.first, *details);
                 if (m_runtime && key == std::pair(m_runtime->arn, version()))
                     showDetails();
             });
}

void EndpointChoice::showDetails()
{
    m_isReading = false;
    const Endpoints &endpoints = m_endpoints.at(m_runtime->arn);
    const Details &details = m_details.at({m_runtime->arn, version()});
    QStringList sentences;
    if (!endpoints)
        sentences.append(endpoints.error().message);
    if (!details) {
        sentences.append(details.error().message);
    } else {
        sentences += RuntimeWords::facts(*details);
        if (!isChatProtocol(details->protocol))
            sentences.prepend(tr("%1 servers are no chat agents yet. To try it anyway, paste its ARN.")
                                  .arg(RuntimeWords::protocol(details->protocol)));
    }
    setText(sentences);
    // Whoever fits itself around this asks for the height now.
    layout()->activate();
    Q_EMIT changed();
}

std::optional<FoundRuntime> EndpointChoice::found() const
{
    if (!m_runtime || m_isReading)
        return std::nullopt;
    const Details &details = m_details.at({m_runtime->arn, version()});
    return FoundRuntime{.summary = *m_runtime,
                        .qualifier = qualifier(),
                        .details = details ? std::optional(*details) : std::nullopt,
                        .reader = m_identity};
}

} // namespace Parlance
