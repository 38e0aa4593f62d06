// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/identity.h"

#include <vector>

namespace Parlance {

class Database;

void writeIdentity(Database &database, const Identity &identity);
void deleteIdentity(Database &database, const IdentityId &id);
//! In the order they were made.
std::vector<Identity> readIdentities(Database &database);

} // namespace Parlance
