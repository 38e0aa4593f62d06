// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "house/sourcefile.h"

#include <QHash>
#include <QList>

namespace Parlance::House {

//! One row of DESIGN's table: what a room may include of ours, and which modules of Qt.
struct Room
{
    QString name;
    QStringList mayInclude;
    QStringList qtModules;
};

//! Reads #include lines and target_link_libraries against the table of rooms.
class IncludeRules
{
public:
    //! \a qtHeaders is the folder that holds QtCore, QtGui and so on.
    IncludeRules(QList<Room> rooms, const QString &qtHeaders);

    QList<Finding> check(const SourceFile &file) const;
    //! For a CMakeLists.txt below lib: Qt6:: and parlance_ targets against the same table.
    QList<Finding> checkLinks(const SourceFile &file) const;

private:
    const Room *room(const QString &name) const;
    QString checkOurs(const Room &from, const SourceFile &file, const QString &included) const;
    QString checkQt(const Room &from, const QString &included) const;

    QList<Room> m_rooms;
    QHash<QString, QString> m_moduleOfHeader;
};

//! The room a path belongs to: core, wire, … app, headless, tests/core, …; "root" for composition roots.
QString roomOf(const QString &path);

} // namespace Parlance::House
