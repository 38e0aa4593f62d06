// SPDX-License-Identifier: Apache-2.0
#include "core/log.h"

namespace Parlance {

Q_LOGGING_CATEGORY(logWire, "parlance.wire", QtWarningMsg)
Q_LOGGING_CATEGORY(logAuth, "parlance.auth", QtWarningMsg)
Q_LOGGING_CATEGORY(logTransport, "parlance.transport", QtWarningMsg)
Q_LOGGING_CATEGORY(logStore, "parlance.store", QtWarningMsg)
Q_LOGGING_CATEGORY(logChat, "parlance.chat", QtWarningMsg)
Q_LOGGING_CATEGORY(logDemo, "parlance.demo", QtWarningMsg)
Q_LOGGING_CATEGORY(logApp, "parlance.app", QtWarningMsg)

} // namespace Parlance
