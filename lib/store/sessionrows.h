// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/session.h"

#include <vector>

namespace Parlance {

class Database;

void writeSession(Database &database, const RuntimeSession &session);
void deleteSession(Database &database, const RuntimeSessionId &id);
//! In the order they were begun.
std::vector<RuntimeSession> readSessions(Database &database);

} // namespace Parlance
