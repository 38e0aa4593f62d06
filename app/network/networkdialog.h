// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/networkbook.h"
#include "dialogs/formdialog.h"

namespace Parlance {

class NetworkFields;

//! How hosts are reached for all agents, and for signing in. Nothing is kept that cannot be used.
class NetworkDialog : public FormDialog
{
    Q_OBJECT
public:
    NetworkDialog(const Theme *theme, NetworkBook *book, QWidget *parent = nullptr);

private:
    void save();
    void keep();
    void onKept(const Result<SecretDurability> &kept);
    void setBusy(bool isBusy);

    NetworkBook *m_book;
    NetworkFields *m_fields;
    QPushButton *m_save;
    bool m_isSaved = false;
};

} // namespace Parlance
