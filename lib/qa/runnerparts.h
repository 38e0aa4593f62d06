// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/suiterunner.h"

namespace Parlance {

class SecretStore;
class Workspace;

//! What a run takes of a workspace to ask an agent and to be kept there. Each look at a version is a new one.
//! Sessions are ended with other secrets than the workspace's unless they are null. Must not outlive the
//! workspace.
SuiteRunner::Collaborators runnerParts(Workspace *workspace, const Agent &agent,
                                       SecretStore *secrets = nullptr);

} // namespace Parlance
