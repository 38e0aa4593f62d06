// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

//! Statements that turn a database of today into one of an earlier version.
namespace Parlance::Test {

//! Takes back what version 16 brought.
inline const QStringList withoutFrameCounts{QStringLiteral("ALTER TABLE messages DROP COLUMN frame_count"),
                                            QStringLiteral("PRAGMA user_version = 15")};

//! Takes back what version 15 brought.
inline const QStringList withoutComparisons = withoutFrameCounts
    + QStringList{QStringLiteral("DROP TABLE comparisons"), QStringLiteral("PRAGMA user_version = 14")};

//! Takes back what version 14 brought.
inline const QStringList withoutRuns = withoutComparisons
    + QStringList{QStringLiteral("DROP TABLE run_frames"), QStringLiteral("DROP TABLE run_cells"),
                  QStringLiteral("DROP TABLE runs"), QStringLiteral("PRAGMA user_version = 13")};

//! Takes back what version 13 brought.
inline const QStringList withoutFiles = withoutRuns
    + QStringList{QStringLiteral("DROP INDEX parts_attached"),
                  QStringLiteral("ALTER TABLE conversations DROP COLUMN draft_files"),
                  QStringLiteral("ALTER TABLE conversations DROP COLUMN edit_files"),
                  QStringLiteral("PRAGMA user_version = 12")};

//! Takes back what version 12 brought.
inline const QStringList withoutProtocols = withoutFiles
    + QStringList{QStringLiteral("ALTER TABLE agents DROP COLUMN protocol"),
                  QStringLiteral("PRAGMA user_version = 11")};

//! Takes back what version 11 brought.
inline const QStringList withoutNetworks = withoutProtocols
    + QStringList{QStringLiteral("ALTER TABLE agents DROP COLUMN network"),
                  QStringLiteral("ALTER TABLE messages DROP COLUMN failed_tries"),
                  QStringLiteral("PRAGMA user_version = 10")};

//! Takes back what version 10 brought.
inline const QStringList withoutSessions = withoutNetworks
    + QStringList{QStringLiteral("DROP TABLE sessions"), QStringLiteral("PRAGMA user_version = 9")};

//! Takes back what version 9 brought.
inline const QStringList withoutSockets = withoutSessions
    + QStringList{QStringLiteral("ALTER TABLE agents DROP COLUMN transport"),
                  QStringLiteral("ALTER TABLE agents DROP COLUMN socket"),
                  QStringLiteral("PRAGMA user_version = 8")};

//! Takes back what version 8 brought.
inline const QStringList withoutOrigins = withoutSockets
    + QStringList{QStringLiteral("ALTER TABLE messages DROP COLUMN is_imported"),
                  QStringLiteral("PRAGMA user_version = 7")};

//! Takes back what version 7 brought.
inline const QStringList withoutAttempts = withoutOrigins
    + QStringList{QStringLiteral("ALTER TABLE messages DROP COLUMN parent"),
                  QStringLiteral("ALTER TABLE messages DROP COLUMN session"),
                  QStringLiteral("ALTER TABLE messages DROP COLUMN is_chosen"),
                  QStringLiteral("ALTER TABLE conversations DROP COLUMN edited_message"),
                  QStringLiteral("ALTER TABLE conversations DROP COLUMN edit"),
                  QStringLiteral("PRAGMA user_version = 6")};

//! Takes back what versions 6 and 5 brought.
inline const QStringList withoutSearch = withoutAttempts
    + QStringList{QStringLiteral("DROP TABLE search"), QStringLiteral("DROP TABLE search_state"),
                  QStringLiteral("ALTER TABLE conversations DROP COLUMN imported_from"),
                  QStringLiteral("PRAGMA user_version = 4")};

} // namespace Parlance::Test
