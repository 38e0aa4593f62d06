// SPDX-License-Identifier: Apache-2.0
#include "auth/credentialsource.h"

// Here for moc: the class is an interface.
