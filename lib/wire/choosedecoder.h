// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/framedecoder.h"

#include <memory>

namespace Parlance {

//! The decoder for an answer with that Content-Type header. Never null: what is unclear is found out
//! from the first bytes.
std::unique_ptr<FrameDecoder> makeDecoder(QByteArrayView contentType);

} // namespace Parlance
