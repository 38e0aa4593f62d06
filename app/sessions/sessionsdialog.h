// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/formdialog.h"

#include <QTimer>

class QCheckBox;

namespace Parlance {

class RowList;
class SessionsModel;
class Workspace;

//! The sessions that were left open, to be ended one by one or all at once. While Parlance quits it is a
//! choice with a way out at once.
class SessionsDialog : public FormDialog
{
    Q_OBJECT
public:
    enum class Occasion { Asked, Quitting };
    SessionsDialog(const Theme *theme, Workspace *workspace, Occasion occasion, QWidget *parent = nullptr);

    //! The person does not want to be asked when quitting.
    bool isUnasked() const;
    //! How long ending all may take while Parlance quits.
    void setPatience(std::chrono::milliseconds patience) { m_patience.setInterval(patience); }

Q_SIGNALS:
    //! While quitting: nothing holds Parlance any longer.
    void mayQuit();

private:
    void makeCommands();
    void makeQuitButtons();
    void endAll();
    void onSettled();
    void refresh();

    SessionsModel *m_rows;
    RowList *m_list;
    Occasion m_occasion;
    ThemedLabel *m_empty;
    QPushButton *m_end = nullptr;
    QPushButton *m_endAll = nullptr;
    QCheckBox *m_unasked = nullptr;
    QTimer m_patience;
    bool m_isQuitting = false; //!< as soon as all are ended
};

} // namespace Parlance
