// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/identitybook.h"
#include "dialogs/formdialog.h"

#include <optional>

class QLineEdit;

namespace Parlance {

//! Asks for the code that an MFA device shows now, for a role of an AWS profile.
class MfaDialog : public FormDialog
{
    Q_OBJECT
public:
    MfaDialog(const Theme *theme, const MfaCodeQuestion &question, QWidget *parent = nullptr);

Q_SIGNALS:
    //! Exactly once, when the dialog closes. Empty: the person gave up.
    void answered(const std::optional<QByteArray> &code);

private:
    QLineEdit *m_code;
};

} // namespace Parlance
