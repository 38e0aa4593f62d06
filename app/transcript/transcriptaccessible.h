// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace Parlance {

//! Makes screen readers see messages inside the view. Doing it twice does nothing.
void installTranscriptAccessibility();

} // namespace Parlance
