// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/importproposals.h"
#include "chat/workspace.h"
#include "headless/terminal.h"

#include <QObject>

#include <vector>

namespace Parlance {

//! "agents import" in a workspace whose store is open for writing: says what a file or a folder describes,
//! and adds it when told so.
class ImportCommand : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        QString path = {};
        QStringList names = {}; //!< those to add; none: the file's default, or all that are new
        bool isYes = false;
        bool isJson = false;
    };
    //! Both must outlive this.
    ImportCommand(Workspace *workspace, Terminal *terminal, QObject *parent = nullptr);

    void start(const Options &options);

Q_SIGNALS:
    //! Exactly once. 0 done or declined, 2 there is nothing to add.
    void done(int exitCode);

private:
    void onRead(const FoundAgents &found);
    //! Those to add. A name that is none of them ends the command.
    std::vector<AgentProposal> chosen(const FoundAgents &found);
    void take(const std::vector<AgentProposal> &proposals);
    void end(int exitCode, const QString &sentence = {});

    Workspace *m_workspace;
    Terminal *m_terminal;
    Options m_options;
};

} // namespace Parlance
