// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/signin.h"
#include "dialogs/formfields.h"

#include <QWidget>

#include <vector>

class QButtonGroup;
class QLineEdit;

namespace Parlance {

class Theme;
class ThemedLabel;

//! The fields of one page of a sign-in.
class SignInForm : public QWidget
{
    Q_OBJECT
public:
    SignInForm(const Theme *theme, const SignInPage &page, QWidget *parent = nullptr);

    //! What the one action is called here.
    QString actionText() const;
    //! Null: there is nothing to fill in.
    QWidget *firstField() const;
    //! Gives what was filled in to the sign-in. If it is not complete, says what is missing instead.
    QString submit(SignIn *signIn, const SignIn::OpenBrowser &open);
    QString userName() const;
    //! Shows what changed on the same page.
    void refresh(const SignInPage &page);
    void setDone(const QString &words);

Q_SIGNALS:
    void forgotPasswordAsked();

private:
    void makePassword(const SignInPage &page);
    void makeNewPassword(const SignInPage &page);
    void makeChoices(const SignInPage &page);
    void makeSetUp(const SignInPage &page);
    void makeBrowser();
    QLineEdit *addText(const QString &label, const QString &name, bool isHidden = false);
    void addNewPassword();
    //! Something to copy: read-only, with a button.
    QLineEdit *addCopied(const QString &label, const QString &name);
    QString newPasswordProblem() const;

    const Theme *m_theme;
    FormFields m_fields;
    SignInPage::Kind m_kind;
    ThemedLabel *m_note = nullptr;
    QLineEdit *m_userName = nullptr;
    QLineEdit *m_password = nullptr;
    QLineEdit *m_repeat = nullptr;
    QLineEdit *m_answer = nullptr;
    QLineEdit *m_address = nullptr;
    QWidget *m_addressPart = nullptr;
    QButtonGroup *m_choices = nullptr;
    std::vector<std::pair<QString, QLineEdit *>> m_attributes;
};

} // namespace Parlance
