// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/search.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDateEdit;
class QPushButton;

namespace Parlance {

class FlowLayout;
class Theme;
class Workspace;

//! What a search is narrowed by: agent, qualifier, time, who, failures.
class SearchFilters : public QWidget
{
    Q_OBJECT
public:
    SearchFilters(const Theme *theme, Workspace *workspace, QWidget *parent = nullptr);

    //! With days taken from this one.
    SearchFilter filter(const QDate &today) const;
    //! The agents and qualifiers there are now; what was chosen stays chosen if it is still there.
    void refresh();
    void clear();

Q_SIGNALS:
    void changed();

private:
    enum class Period { Any, Today, Week, Month, Range };

    QComboBox *addChoice(const QString &name, const QString &accessibleName);
    void onPeriodChosen();
    void onChanged();
    void restyle();

    const Theme *m_theme;
    Workspace *m_workspace;
    FlowLayout *m_row;
    QComboBox *m_agent;
    QComboBox *m_qualifier;
    QComboBox *m_period;
    QDateEdit *m_from;
    QDateEdit *m_until;
    QComboBox *m_role;
    QCheckBox *m_failed;
    QPushButton *m_clear;
};

} // namespace Parlance
