// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace Parlance {

enum class A2aVersion { V03, V10 };

//! What a question needs to know of an A2A agent. As it stands here where nothing is known.
struct A2aCard
{
    A2aVersion version = A2aVersion::V03;
    bool streams = true;
    QString name = {};
    friend bool operator==(const A2aCard &, const A2aCard &) = default;
};

//! Reads an agent card of either version. Addresses in it are of no interest: an agent is asked where the
//! person said. Absent: this is no card.
std::optional<A2aCard> readA2aCard(QByteArrayView json);

} // namespace Parlance
