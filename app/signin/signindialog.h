// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/signin.h"
#include "dialogs/formdialog.h"

#include <memory>

namespace Parlance {

class SignInForm;

//! Draws one sign-in, page by page. Goes by itself at the end unless there is something to read.
class SignInDialog : public FormDialog
{
    Q_OBJECT
public:
    //! sentence says who signs in where.
    SignInDialog(const Theme *theme, std::unique_ptr<SignIn> signIn, const QString &sentence,
                 QWidget *parent = nullptr);
    ~SignInDialog() override;

    //! The desktop opens addresses unless a test does.
    void setBrowser(SignIn::OpenBrowser open) { m_openBrowser = std::move(open); }

private:
    void onPageChanged();
    void onSignedIn(bool isLasting);
    void rebuild();
    void refresh();
    void showProblem();
    void submit();

    std::unique_ptr<SignIn> m_signIn;
    SignIn::OpenBrowser m_openBrowser;
    SignInPage m_shown;
    SignInForm *m_form = nullptr;
    ThemedLabel *m_details;
    QPushButton *m_detailsButton;
    QPushButton *m_back;
    QPushButton *m_cancel;
    QPushButton *m_submit;
};

} // namespace Parlance
