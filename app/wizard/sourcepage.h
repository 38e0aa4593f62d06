// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/agentproposal.h"
#include "wizard/wizardpage.h"

#include <vector>

class QButtonGroup;
class QCheckBox;
class QLineEdit;
class QRadioButton;

namespace Parlance {

class ImportPanel;
class RuntimePicker;
class Settings;
class Theme;
class ThemedLabel;
class Workspace;

//! Where the agent comes from.
class SourcePage : public WizardPage
{
    Q_OBJECT
public:
    enum class Source { BuiltIn, Url, Arn, Account, Import };

    SourcePage(const Theme *theme, Workspace *workspace, Settings *settings);

    bool isNeeded(const WizardDraft &) const override { return true; }
    void enter(const WizardDraft &draft) override;
    QString leave(WizardDraft &draft) override;
    QWidget *firstField() const override;
    QString nextText() const override;

    Source source() const;
    void choose(Source source);
    //! More than one that is ticked: they are added as they are, without the pages that follow.
    std::vector<AgentProposal> several() const;
    bool hasTyped() const;

private:
    void addChoice(Source source, const QString &name, const QString &text, const QString &hint);
    void makeAddress();
    void onAddressEdited(const QString &text);
    void showSource();
    void givePickerRoom();
    //! Absent: why not is in the sentence.
    std::optional<AgentProposal> proposal(QString &problem) const;
    Agent typed() const;

    const Theme *m_theme;
    QButtonGroup *m_sources;
    QWidget *m_addressPart;
    ThemedLabel *m_label;
    QLineEdit *m_address;
    ThemedLabel *m_help = nullptr;
    QCheckBox *m_allowsHttp;
    QWidget *m_servicePart;
    QLineEdit *m_service;
    RuntimePicker *m_picker;
    ImportPanel *m_import;
    std::optional<AgentProposal> m_taken;
};

} // namespace Parlance
