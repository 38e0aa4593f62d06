// SPDX-License-Identifier: Apache-2.0
#include "signin/signindialog.h"

#include "chat/errorcatalogue.h"
#include "dialogs/themedlabel.h"
#include "signin/signinform.h"

#include <QDesktopServices>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

using Kind = SignInPage::Kind;

SignInDialog::SignInDialog(const Theme *theme, std::unique_ptr<SignIn> signIn, const QString &sentence,
                           QWidget *parent)
    : FormDialog(theme, tr("Sign in"), sentence, parent)
    , m_signIn(std::move(signIn))
    , m_openBrowser([](const QUrl &url) { return QDesktopServices::openUrl(url); })
    , m_details(addHelp(body()))
    , m_detailsButton(addSideButton(tr("Details")))
    , m_back(addSideButton(tr("Start again")))
    , m_cancel(addButton(tr("Cancel")))
    , m_submit(addDefaultButton({}))
{
    setObjectName(u"signInDialog"_s);
    m_details->setObjectName(u"details"_s);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_detailsButton->setObjectName(u"showDetails"_s);
    m_detailsButton->setCheckable(true);
    m_back->setObjectName(u"back"_s);
    m_cancel->setObjectName(u"cancel"_s);
    m_submit->setObjectName(u"submit"_s);
    body()->addStretch();
    connect(m_detailsButton, &QPushButton::toggled, this, &SignInDialog::showProblem);
    connect(m_back, &QPushButton::clicked, m_signIn.get(), &SignIn::cancel);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_submit, &QPushButton::clicked, this, &SignInDialog::submit);
    connect(m_signIn.get(), &SignIn::pageChanged, this, &SignInDialog::onPageChanged);
    connect(m_signIn.get(), &SignIn::signedIn, this, &SignInDialog::onSignedIn);
    m_shown = m_signIn->page();
    rebuild();
}

SignInDialog::~SignInDialog()
{
    m_signIn->disconnect(this);
}

void SignInDialog::onPageChanged()
{
    const SignInPage before = std::exchange(m_shown, m_signIn->page());
    const bool wentOn = before.isBusy && !m_shown.isBusy && !m_shown.problem;
    if (before.kind != m_shown.kind || wentOn)
        rebuild();
    else
        refresh();
}

void SignInDialog::rebuild()
{
    if (m_form) {
        // The click that led here may still be running inside it.
        m_form->hide();
        m_form->deleteLater();
        body()->removeWidget(m_form);
    }
    m_form = new SignInForm(theme(), m_shown);
    m_form->setObjectName(u"signInForm"_s);
    body()->insertWidget(0, m_form);
    connect(m_form, &SignInForm::forgotPasswordAsked, this, [this] {
        if (m_form->userName().isEmpty())
            setFailure(tr("Enter the user name first."));
        else
            m_signIn->forgotPassword(m_form->userName());
    });
    setTabOrder(m_form, m_detailsButton);
    refresh();
}

void SignInDialog::refresh()
{
    const bool isBrowser = m_shown.kind == Kind::Browser;
    const bool isEnd = m_shown.kind == Kind::Done || m_shown.kind == Kind::NotHere;
    m_form->refresh(m_shown);
    // What is shown of the browser can be copied while one waits.
    m_form->setEnabled(isBrowser || !m_shown.isBusy);
    m_submit->setEnabled(!m_shown.isBusy);
    m_submit->setText(!m_shown.isBusy ? m_form->actionText()
                          : isBrowser ? tr("Waiting…")
                                      : tr("One moment…"));
    m_submit->setAccessibleName(m_submit->text());
    m_back->setText(isBrowser ? tr("Stop waiting") : tr("Start again"));
    m_back->setVisible(isBrowser ? m_shown.isBusy
                                 : !isEnd && !m_shown.isBusy && m_shown.kind != Kind::Password);
    m_cancel->setVisible(!isEnd);
    // Otherwise it is only shown later, and until then has no size.
    m_form->show();
    settle(m_form);
    showProblem();
    if (!m_shown.isBusy) {
        QWidget *first = m_form->firstField();
        goTo(first ? first : m_submit);
    }
}

void SignInDialog::showProblem()
{
    const std::optional<Error> &problem = m_shown.problem;
    const bool isProblem = problem && problem->kind != ErrorKind::Cancelled;
    const bool hasDetails = isProblem
        && (!problem->serverMessage.isEmpty() || !problem->exceptionType.isEmpty()
            || problem->httpStatus > 0);
    m_detailsButton->setVisible(hasDetails);
    setHelp(m_details, hasDetails && m_detailsButton->isChecked() ? errorDetails(*problem) : QString());
    setFailure(isProblem ? problem->message : QString());
}

void SignInDialog::submit()
{
    if (m_shown.kind == Kind::Done) {
        accept();
        return;
    }
    if (m_shown.kind == Kind::NotHere) {
        reject();
        return;
    }
    const QString missing = m_form->submit(m_signIn.get(), m_openBrowser);
    if (!missing.isEmpty())
        setFailure(missing);
}

void SignInDialog::onSignedIn(bool isLasting)
{
    QStringList words;
    if (m_shown.sentPassword)
        words.append(tr("You are signed in. This client does not allow SRP, so the password itself was sent "
                        "to the user pool, over an encrypted connection."));
    if (m_shown.provedPassword)
        words.append(
            tr("You are signed in. The password was proved by SRP and did not leave this computer."));
    if (!isLasting)
        words.append(tr("There is no usable keychain, so you are signed in for this session only."));
    if (words.isEmpty()) {
        accept();
        return;
    }
    m_form->setDone(words.join(u"\n\n"_s));
    settle(m_form);
    fit();
}

} // namespace Parlance
