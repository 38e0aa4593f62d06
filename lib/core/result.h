// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"

#include <tl/expected.hpp>

namespace Parlance {

template <typename T> using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}
inline tl::unexpected<Error> failure(ErrorKind kind, QString message)
{
    return tl::unexpected<Error>(Error{.kind = kind, .message = std::move(message)});
}

} // namespace Parlance
