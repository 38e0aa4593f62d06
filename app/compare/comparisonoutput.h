// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/comparisonreport.h"
#include "qa/evidenceexport.h"

namespace Parlance {

class SideBySide;

//! What a report tells of a comparison, as it stands now.
ComparisonReport reportOf(const SideBySide &comparison);

//! The comparison as evidence: its columns, what was judged, and the report.
EvidenceOrder evidenceOf(const SideBySide &comparison);

} // namespace Parlance
