// SPDX-License-Identifier: Apache-2.0
#include "chat/errorcatalogue.h"

namespace Parlance {

ErrorWords errorWords(const Error &error, const Agent *)
{
    return ErrorWords{.title = error.message.isEmpty() ? errorKindName(error.kind) : error.message,
                      .actions = {ErrorAction::Retry}};
}

QString errorDetails(const Error &error)
{
    return QString(errorKindName(error.kind) + u'\n' + error.serverMessage);
}

} // namespace Parlance
