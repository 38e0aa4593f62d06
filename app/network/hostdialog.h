// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/hostreport.h"
#include "core/network.h"
#include "dialogs/formdialog.h"

class QLineEdit;
class QPlainTextEdit;

namespace Parlance {

class NetworkBook;

//! Goes the way to a host without sending anything, and shows what is there, to be read and copied.
class HostDialog : public FormDialog
{
    Q_OBJECT
public:
    //! settings: what is tried; with the secrets that are kept for it.
    HostDialog(const Theme *theme, NetworkBook *book, NetworkSettings settings, const QString &host,
               QWidget *parent = nullptr);

private:
    void test();
    void tell(const HostReport &report);
    void applyTheme();

    NetworkBook *m_book;
    NetworkSettings m_settings;
    QLineEdit *m_host;
    QPlainTextEdit *m_report;
    QPushButton *m_copy;
    QPushButton *m_test;
};

} // namespace Parlance
