// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/runtimeproposal.h"
#include "core/result.h"

#include <QTimer>
#include <QWidget>

#include <map>
#include <optional>

class QComboBox;

namespace Parlance {

class Discovery;
class Theme;
class ThemedLabel;

//! The endpoints of one runtime with the versions they serve, and how the chosen one is set up.
class EndpointChoice : public QWidget
{
    Q_OBJECT
public:
    EndpointChoice(const Theme *theme, Discovery *discovery, QWidget *parent = nullptr);

    //! Reads after a moment, so that who passes by asks nothing. What was read is kept until forget().
    void show(const IdentityId &identity, const RuntimeSummary &runtime);
    void clear();
    void forget();

    //! Absent: nothing is shown, or it is still being read.
    std::optional<FoundRuntime> found() const;
    bool isReading() const { return m_isReading; }
    //! Protocol, authorizer and so on, or what is wrong, as it is shown.
    QString text() const;

Q_SIGNALS:
    void changed();
    void detailsRead(const QString &arn, const Parlance::RuntimeDetails &details);

private:
    using Endpoints = Result<std::vector<RuntimeEndpoint>>;
    using Details = Result<RuntimeDetails>;

    void readEndpoints();
    void fill();
    void readDetails();
    void showDetails();
    void setText(const QStringList &sentences);
    QString qualifier() const;
    //! That the chosen endpoint serves. Empty: the latest.
    QString version() const;

    const Theme *m_theme;
    Discovery *m_discovery;
    QComboBox *m_endpoint;
    ThemedLabel *m_facts;
    QTimer m_pause;
    IdentityId m_identity;
    std::optional<RuntimeSummary> m_runtime;
    bool m_isReading = false;
    std::map<QString, Endpoints> m_endpoints; //!< by ARN
    std::map<std::pair<QString, QString>, Details> m_details; //!< by ARN and version
};

} // namespace Parlance
