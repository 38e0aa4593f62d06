// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/httpcaller.h"

#include <memory>

namespace Parlance {

//! The program's own way to the network, for tests of what stands below it.
std::unique_ptr<HttpCaller> makeNetworkCaller();

//! What a test's server answers to GET. Waits for it.
QByteArray asked(const QUrl &url);

} // namespace Parlance
