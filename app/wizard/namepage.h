// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wizard/wizardpage.h"

class QCheckBox;
class QLineEdit;

namespace Parlance {

class ColourPicker;
class Theme;
class Workspace;

//! What the agent is called here, its colour, and whether it is in production.
class NamePage : public WizardPage
{
    Q_OBJECT
public:
    NamePage(const Theme *theme, Workspace *workspace);

    void enter(const WizardDraft &draft) override;
    QString leave(WizardDraft &draft) override;
    QWidget *firstField() const override;
    QString nextText() const override;

private:
    QString suggested(const Agent &agent) const;

    Workspace *m_workspace;
    QLineEdit *m_name;
    ColourPicker *m_colour;
    QCheckBox *m_isProduction;
    int m_source = -1;
};

} // namespace Parlance
