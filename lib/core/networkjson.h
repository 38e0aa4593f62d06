// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/network.h"

#include <QJsonObject>

namespace Parlance {

//! For the database and the settings' file. What is as usual is left out.
QJsonObject networkJson(const NetworkSettings &settings);
NetworkSettings networkFrom(const QJsonObject &json);

} // namespace Parlance
