// SPDX-License-Identifier: Apache-2.0
#include "signin/signinform.h"

#include "dialogs/themedlabel.h"
#include "signin/qrcode.h"
#include "theme/metrics.h"
#include "theme/style.h"

#include <QButtonGroup>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include <map>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

using Kind = SignInPage::Kind;

// What a pool may ask for of a new person; others are shown by their own names.
QString attributeLabel(const QString &name)
{
    static const std::map<QString, QString> labels{{u"email"_s, SignInForm::tr("E-mail")},
                                                   {u"name"_s, SignInForm::tr("Full name")},
                                                   {u"given_name"_s, SignInForm::tr("Given name")},
                                                   {u"family_name"_s, SignInForm::tr("Family name")},
                                                   {u"phone_number"_s, SignInForm::tr("Phone number")},
                                                   {u"birthdate"_s, SignInForm::tr("Date of birth")},
                                                   {u"nickname"_s, SignInForm::tr("Nickname")}};
    const auto known = labels.find(name);
    return known == labels.end() ? name : known->second;
}

Secret secretIn(const QLineEdit *field)
{
    return Secret(field->text().toUtf8());
}

} // namespace

SignInForm::SignInForm(const Theme *theme, const SignInPage &page, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_fields(FormFields::on(theme, this))
    , m_kind(page.kind)
{
    m_note = new ThemedLabel(theme, FontRole::Body, ColourRole::Ink, page.note);
    m_note->setObjectName(u"note"_s);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(0, 0, 0, theme->px(Metric::within));
    m_fields.column()->addWidget(m_note);
    setDone(page.note);
    switch (page.kind) {
    case Kind::Password:
        makePassword(page);
        break;
    case Kind::Browser:
        makeBrowser();
        break;
    case Kind::NewPassword:
        makeNewPassword(page);
        break;
    case Kind::Code:
        m_answer = addText(tr("Code"), u"answer"_s);
        m_answer->setInputMethodHints(Qt::ImhDigitsOnly);
        break;
    case Kind::ChooseMfa:
        makeChoices(page);
        break;
    case Kind::SetUpApp:
        makeSetUp(page);
        break;
    case Kind::Custom:
        m_answer = addText(tr("Answer"), u"answer"_s);
        break;
    case Kind::ResetPassword:
        m_answer = addText(tr("Code"), u"answer"_s);
        addNewPassword();
        break;
    case Kind::NotHere:
    case Kind::Done:
        break;
    }
    refresh(page);
}

void SignInForm::setDone(const QString &words)
{
    m_note->setText(words);
    m_note->setVisible(!words.isEmpty());
}

QLineEdit *SignInForm::addText(const QString &label, const QString &name, bool isHidden)
{
    auto *field = new QLineEdit;
    field->setObjectName(name);
    if (isHidden)
        field->setEchoMode(QLineEdit::Password);
    m_fields.addField(label, field);
    return field;
}

void SignInForm::makePassword(const SignInPage &page)
{
    m_userName = addText(tr("User name"), u"userName"_s);
    m_userName->setText(page.userName);
    m_password = addText(tr("Password"), u"password"_s, true);
    auto *forgot = new QPushButton(tr("Forgot password"));
    forgot->setObjectName(u"forgotPassword"_s);
    forgot->setAccessibleName(forgot->text());
    forgot->setAutoDefault(false);
    setButtonKind(forgot, ButtonKind::Link);
    m_fields.column()->addWidget(forgot, 0, Qt::AlignLeft);
    connect(forgot, &QPushButton::clicked, this, &SignInForm::forgotPasswordAsked);
}

void SignInForm::addNewPassword()
{
    m_password = addText(tr("New password"), u"newPassword"_s, true);
    m_repeat = addText(tr("New password again"), u"repeatPassword"_s, true);
}

void SignInForm::makeNewPassword(const SignInPage &page)
{
    for (const QString &name : page.attributes)
        m_attributes.emplace_back(name, addText(attributeLabel(name), u"attribute-"_s + name));
    addNewPassword();
}

void SignInForm::makeChoices(const SignInPage &page)
{
    m_choices = new QButtonGroup(this);
    for (const SignInPage::Choice &choice : page.choices) {
        auto *button = new QRadioButton(choice.label);
        button->setObjectName(u"choice-"_s + choice.value);
        button->setAccessibleName(choice.label);
        button->setProperty("value", choice.value);
        button->setChecked(m_choices->buttons().isEmpty());
        m_choices->addButton(button);
        m_fields.column()->addWidget(button);
    }
}

void SignInForm::makeSetUp(const SignInPage &page)
{
    auto *code = new QrCode(m_theme, page.setupUri.toEncoded());
    code->setObjectName(u"qrCode"_s);
    code->setAccessibleName(tr("QR code of the key"));
    m_fields.column()->addWidget(code);
    m_fields.addGap();
    addCopied(tr("Key"), u"setupKey"_s)->setText(QString::fromLatin1(page.setupKey.reveal()));
    m_answer = addText(tr("Code"), u"answer"_s);
    m_answer->setInputMethodHints(Qt::ImhDigitsOnly);
}

void SignInForm::makeBrowser()
{
    m_addressPart = new QWidget;
    const FormFields outside = std::exchange(m_fields, FormFields::on(m_theme, m_addressPart));
    m_address = addCopied(tr("If the browser did not open, open this address in it"), u"address"_s);
    m_fields = outside;
    m_fields.column()->addWidget(m_addressPart);
}

QLineEdit *SignInForm::addCopied(const QString &label, const QString &name)
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(m_theme->px(Metric::within));
    auto *text = new QLineEdit;
    text->setObjectName(name);
    text->setReadOnly(true);
    text->setFont(m_theme->font(FontRole::Code));
    auto *copy = new QPushButton(tr("Copy"));
    copy->setObjectName(name + u"Copy"_s);
    copy->setAutoDefault(false);
    layout->addWidget(text, 1);
    layout->addWidget(copy);
    m_fields.addField(label, row);
    text->setAccessibleName(label);
    copy->setAccessibleName(tr("Copy: %1").arg(label));
    connect(copy, &QPushButton::clicked, text,
            [text] { QGuiApplication::clipboard()->setText(text->text()); });
    return text;
}

void SignInForm::refresh(const SignInPage &page)
{
    if (!m_addressPart)
        return;
    const bool isOpen = page.isBusy && !page.url.isEmpty();
    m_addressPart->setVisible(isOpen);
    m_address->setText(page.url.toString(QUrl::FullyEncoded));
    m_address->setCursorPosition(0);
    setDone(isOpen            ? tr("Sign in in the browser, then come back. Parlance waits for five minutes.")
                : page.isBusy ? tr("Asking the provider where to sign in.")
                              : tr("You sign in in your browser, at the provider. Parlance never sees your "
                                   "password."));
}

QString SignInForm::actionText() const
{
    switch (m_kind) {
    case Kind::Password:
        return tr("Sign in");
    case Kind::Browser:
        return tr("Open the browser");
    case Kind::NewPassword:
    case Kind::ResetPassword:
        return tr("Set password");
    case Kind::Code:
    case Kind::ChooseMfa:
    case Kind::SetUpApp:
    case Kind::Custom:
        return tr("Continue");
    case Kind::NotHere:
        return tr("Close");
    case Kind::Done:
        return tr("Done");
    }
    return {};
}

QWidget *SignInForm::firstField() const
{
    if (!m_attributes.empty())
        return m_attributes.front().second;
    if (m_userName && m_userName->text().isEmpty())
        return m_userName;
    if (m_answer)
        return m_answer;
    if (m_choices)
        return m_choices->checkedButton();
    return m_password;
}

QString SignInForm::userName() const
{
    return m_userName ? m_userName->text().trimmed() : QString();
}

QString SignInForm::newPasswordProblem() const
{
    if (m_password->text().isEmpty())
        return tr("Enter a new password.");
    if (m_password->text() != m_repeat->text())
        return tr("The two passwords differ. Enter the same one twice.");
    return {};
}

QString SignInForm::submit(SignIn *signIn, const SignIn::OpenBrowser &open)
{
    if (m_answer && m_answer->text().trimmed().isEmpty())
        return m_kind == Kind::Custom ? tr("Enter an answer.") : tr("Enter the code.");
    if (m_repeat) {
        if (QString problem = newPasswordProblem(); !problem.isEmpty())
            return problem;
    }
    switch (m_kind) {
    case Kind::Password:
        if (userName().isEmpty() || m_password->text().isEmpty())
            return tr("Enter the user name and the password.");
        signIn->submitPassword(userName(), secretIn(m_password));
        break;
    case Kind::Browser:
        signIn->openBrowser(open);
        break;
    case Kind::NewPassword: {
        QMap<QString, QString> attributes;
        for (const auto &[name, field] : m_attributes) {
            if (field->text().trimmed().isEmpty())
                return tr("Fill in every field.");
            attributes.insert(name, field->text().trimmed());
        }
        signIn->submitAnswer(secretIn(m_password), attributes);
        break;
    }
    case Kind::Code:
    case Kind::SetUpApp:
        signIn->submitAnswer(Secret(m_answer->text().simplified().remove(u' ').toUtf8()));
        break;
    case Kind::Custom:
        signIn->submitAnswer(secretIn(m_answer));
        break;
    case Kind::ChooseMfa:
        if (m_choices->checkedButton())
            signIn->choose(m_choices->checkedButton()->property("value").toString());
        break;
    case Kind::ResetPassword:
        signIn->resetPassword(m_answer->text().trimmed(), secretIn(m_password));
        break;
    case Kind::NotHere:
    case Kind::Done:
        break;
    }
    return {};
}

} // namespace Parlance
