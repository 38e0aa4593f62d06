// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/sidebyside.h"

#include <QWidget>

class QComboBox;

namespace Parlance {

class Theme;

//! One column to be: an agent, and an endpoint of it, known or typed.
class ColumnChooser : public QWidget
{
    Q_OBJECT
public:
    ColumnChooser(const Theme *theme, Workspace *workspace, int number, QWidget *parent);

    void choose(const ColumnChoice &choice);
    ColumnChoice choice() const;
    //! What is known of the agent's endpoints so far.
    static QStringList knownQualifiers(const Workspace &workspace, const AgentId &agent);

private:
    void showAgent();

    Workspace *m_workspace;
    QComboBox *m_agent;
    QComboBox *m_endpoint;
};

} // namespace Parlance
