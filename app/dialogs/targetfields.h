// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"

#include <QWidget>

class QCheckBox;
class QLineEdit;
class QRadioButton;

namespace Parlance {

class Theme;
class ThemedLabel;

//! Where an agent runs: a URL or an ARN, and the qualifier. What is wrong with it stands below it as it
//! is typed; an endpoint's ARN is split into runtime and qualifier when it is pasted or left.
class TargetFields : public QWidget
{
    Q_OBJECT
public:
    explicit TargetFields(const Theme *theme, QWidget *parent = nullptr);

    void load(const Agent &agent);
    //! As typed, without an address of its own for the endpoint.
    AgentTarget target() const;
    bool isRuntime() const;
    QString qualifier() const;
    bool allowsPlainHttp() const;
    void splitEndpointArn();
    //! The field to correct; what is said of it elsewhere is not said below it too.
    QLineEdit *refuse();

Q_SIGNALS:
    void kindChanged();
    //! After each change; words below the fields may have come or gone.
    void edited();

private:
    void onAddressEdited(const QString &text);
    void check();
    void showKind();

    qsizetype m_length = 0; //!< before the last edit: a jump is a paste
    QRadioButton *m_isUrl = nullptr;
    QRadioButton *m_isArn = nullptr;
    ThemedLabel *m_label = nullptr;
    QLineEdit *m_address = nullptr;
    ThemedLabel *m_help = nullptr;
    QCheckBox *m_allowsHttp = nullptr;
    QLineEdit *m_qualifier = nullptr;
    ThemedLabel *m_qualifierHelp = nullptr;
};

} // namespace Parlance
