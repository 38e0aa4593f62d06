// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "wizard/wizardpage.h"

#include <memory>

class QHBoxLayout;
class QLineEdit;
class QPushButton;

namespace Parlance {

class CheckSteps;
class ConnectionCheck;
class Theme;
class ThemedLabel;
class Workspace;
enum class ErrorAction;

//! Asks the agent once and shows each step with its time. It can be skipped.
class TestPage : public WizardPage
{
    Q_OBJECT
public:
    TestPage(const Theme *theme, Workspace *workspace);
    ~TestPage() override;

    bool isNeeded(const WizardDraft &) const override { return true; }
    void enter(const WizardDraft &draft) override;
    QString leave(WizardDraft &draft) override;
    QWidget *firstField() const override;
    QString nextText() const override;
    bool takesNext() override;
    QString skipText() const override;

Q_SIGNALS:
    //! How to mend what the test found.
    void cureAsked(Parlance::ErrorAction action, Parlance::ErrorKind kind);
    //! What the person should see now.
    void shown(QWidget *part);

private:
    void test();
    void stop();
    void onFinished();
    void showFault(const Error &fault);
    void clearFault();
    void addCure(ErrorAction action, ErrorKind kind);
    bool isRunning() const;
    bool isGood() const;
    bool isOfTools() const;

    const Theme *m_theme;
    Workspace *m_workspace;
    QWidget *m_question;
    QLineEdit *m_prompt;
    ThemedLabel *m_toolsNote; //!< instead of the question, of an MCP server
    CheckSteps *m_steps;
    QWidget *m_fault;
    ThemedLabel *m_title;
    ThemedLabel *m_advice;
    QHBoxLayout *m_cures;
    ThemedLabel *m_outcome;
    WizardDraft m_draft;
    std::unique_ptr<ConnectionCheck> m_check;
};

} // namespace Parlance
