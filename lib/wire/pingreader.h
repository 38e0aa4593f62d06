// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/health.h"

#include <QByteArrayView>

namespace Parlance {

//! Reads what a server that is up answers at /ping. Whatever it is, the server is up: {"status":"Healthy"},
//! "healthy" and "ok", without a time, and what is no JSON at all.
Health readPing(QByteArrayView body);

} // namespace Parlance
