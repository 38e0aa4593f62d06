// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"

#include <QCoreApplication>
#include <QMap>
#include <QSet>
#include <QStringList>

namespace Parlance {

//! What follows a command on its line.
struct Arguments
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Arguments)
public:
    QStringList words = {};
    QMap<QString, QString> values = {};
    QSet<QString> flags = {}; //!< "help" is always known
    bool has(const QString &name) const { return flags.contains(name) || values.contains(name); }
};

//! Errors: InvalidTarget with the sentence to print before the usage.
Result<Arguments> parseArguments(const QStringList &arguments, const QStringList &values,
                                 const QStringList &flags);

} // namespace Parlance
