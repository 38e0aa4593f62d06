// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "core/identity.h"
#include "core/secret.h"

#include <QMap>
#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>

namespace Parlance {

class HttpCaller;
class TokenKeeper;

//! What the person is asked now. One value draws the whole dialog.
struct SignInPage
{
    enum class Kind {
        Password, //!< user name and password
        Browser, //!< the browser is asked; url is where, once it is known
        NewPassword, //!< a new password, and the attributes named
        Code, //!< a code that was sent, or that an app shows: note tells which
        ChooseMfa, //!< one of the choices
        SetUpApp, //!< the key goes into an authenticator app, which shows a code
        Custom, //!< the pool's own question: note
        ResetPassword, //!< the code that was sent, and a new password
        NotHere, //!< the pool asks something that only the browser can answer
        Done,
    };
    struct Choice
    {
        QString value = {};
        QString label = {};
        friend bool operator==(const Choice &, const Choice &) = default;
    };

    Kind kind = Kind::Password;
    QString note = {}; //!< a sentence above the fields; may be empty
    QString userName = {};
    QList<Choice> choices = {};
    QStringList attributes = {}; //!< names of what NewPassword must fill in
    Secret setupKey = {}; //!< base32
    QUrl setupUri = {}; //!< "otpauth://…" of the same key, for a QR code
    QUrl url = {};
    bool isBusy = false;
    std::optional<Error> problem = std::nullopt; //!< of the last step
    bool sentPassword = false; //!< Done: SRP was not allowed, the password itself went to the pool
    bool provedPassword = false; //!< Done: by SRP, so the password stayed here
    friend bool operator==(const SignInPage &, const SignInPage &) = default;
};

//! One sign-in, from the first page to tokens in the keychain. Commands go in, pages come out.
class SignIn : public QObject
{
    Q_OBJECT
public:
    //! Opens an address in the person's browser; false: there is none.
    using OpenBrowser = std::function<bool(const QUrl &)>;

    using QObject::QObject;

    virtual const SignInPage &page() const = 0;

    //! Of the page Password.
    virtual void submitPassword(const QString &userName, const Secret &password) = 0;
    //! Of Code, SetUpApp and Custom, and the new password of NewPassword with its attributes.
    virtual void submitAnswer(const Secret &answer, const QMap<QString, QString> &attributes = {}) = 0;
    virtual void choose(const QString &value) = 0;
    //! From Password to ResetPassword: a code is sent.
    virtual void forgotPassword(const QString &userName) = 0;
    virtual void resetPassword(const QString &code, const Secret &newPassword) = 0;
    //! Of Browser. Ends after five minutes of silence.
    virtual void openBrowser(const OpenBrowser &open) = 0;
    //! Ends what is under way; the first page follows.
    virtual void cancel() = 0;

Q_SIGNALS:
    void pageChanged();
    //! Once: the tokens are kept. isLasting: in the keychain, not for this session alone.
    void signedIn(bool isLasting);
};

} // namespace Parlance
