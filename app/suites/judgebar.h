// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "qa/run.h"

#include <QWidget>

class QAction;
class QLineEdit;
class QPushButton;

namespace Parlance {

class FlowLayout;
class SuiteActions;
class Theme;
class ThemedLabel;

//! What a person says of a cell: a button for each verdict, with its key, and a note.
class JudgeBar : public QWidget
{
    Q_OBJECT
public:
    JudgeBar(const Theme *theme, SuiteActions *actions, QWidget *parent);

    void show(const std::optional<PersonVerdict> &verdict, const QString &note);
    void writeNote();
    //! False if none was being written.
    bool cancelNote();

Q_SIGNALS:
    void noteWritten(const QString &note);

private:
    void restyle();

    const Theme *m_theme;
    FlowLayout *m_flow;
    std::vector<std::pair<QAction *, QPushButton *>> m_buttons; //!< pass, fail, skip, note
    QLineEdit *m_field;
    ThemedLabel *m_note;
    QString m_kept;
};

} // namespace Parlance
