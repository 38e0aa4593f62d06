// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace Parlance {

struct Import;
struct ImportFile;

//! Adds the agents of a .bedrock_agentcore.yaml, also of its older form with one agent, or a note.
void readYaml(const ImportFile &file, Import &import);

} // namespace Parlance
