// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QCheckBox;
class QBoxLayout;
class QPushButton;

namespace Parlance {

class ElidingLabel;
class Replaying;
class Theme;

//! How far a replay is, why it waits, and what makes it go on.
class ReplayBar : public QWidget
{
    Q_OBJECT
public:
    ReplayBar(const Theme *theme, Replaying *replaying, QWidget *parent);

Q_SIGNALS:
    void goOnAsked();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void refresh();
    void restyle();
    void arrange();
    QString stateWords() const;

    const Theme *m_theme;
    Replaying *m_replaying;
    QBoxLayout *m_row;
    QBoxLayout *m_controls;
    ElidingLabel *m_state;
    QCheckBox *m_pauses;
    QPushButton *m_goOn;
    QPushButton *m_stop;
};

} // namespace Parlance
