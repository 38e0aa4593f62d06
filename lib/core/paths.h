// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace Parlance {

//! Where this program keeps things. $XDG_DATA_HOME/parlance and $XDG_CONFIG_HOME/parlance (the
//! platform's equivalents elsewhere); PARLANCE_PROFILE_DIR moves both.
struct Paths
{
    QString dataDirectory = {};
    QString configDirectory = {};

    QString databaseFile() const; //!< conversations
    QString settingsFile() const; //!< window and preferences, never a secret

    //! Makes both, for this person's eyes alone.
    void makeDirectories() const;
    static Paths fromEnvironment();
};

} // namespace Parlance
