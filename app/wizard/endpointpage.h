// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "core/runtime.h"
#include "wizard/wizardpage.h"

#include <vector>

class QLineEdit;
class QListWidget;

namespace Parlance {

class Theme;
class ThemedLabel;
class Workspace;

//! Which endpoint of a runtime is asked: one of those that can be known, or a typed one.
class EndpointPage : public WizardPage
{
    Q_OBJECT
public:
    EndpointPage(const Theme *theme, Workspace *workspace);

    bool isNeeded(const WizardDraft &draft) const override;
    void enter(const WizardDraft &draft) override;
    QString leave(WizardDraft &draft) override;
    QWidget *firstField() const override;

private:
    void show(const Result<std::vector<RuntimeEndpoint>> &endpoints);
    void selectTyped();

    Workspace *m_workspace;
    QWidget *m_listPart;
    QListWidget *m_list;
    QLineEdit *m_typed;
    ThemedLabel *m_note;
    int m_source = -1;
};

} // namespace Parlance
