// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/formdialog.h"

class QPlainTextEdit;
class QSpinBox;

namespace Parlance {

//! Asks what is to be asked again and again, and how often.
class RepeatDialog : public FormDialog
{
    Q_OBJECT
public:
    static constexpr int mostTimes = 200;

    //! columns: how many endpoints are asked each time.
    RepeatDialog(const Theme *theme, const QString &prompt, int columns, QWidget *parent);

Q_SIGNALS:
    void chosen(const QString &prompt, int times);

private:
    void refresh();
    void take();

    int m_askedColumns;
    QPlainTextEdit *m_prompt;
    QSpinBox *m_times;
    ThemedLabel *m_estimate = nullptr;
    QPushButton *m_begin = nullptr;
};

} // namespace Parlance
