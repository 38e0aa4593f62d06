// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace Parlance::DemoPages {

//! What the built-in agent has to say, as Markdown. English like any agent's own words.
QString tour();
QString markdownSample();
QString codeSample();
QString tableSample();
QString longText();
QString errorHelp();

} // namespace Parlance::DemoPages
