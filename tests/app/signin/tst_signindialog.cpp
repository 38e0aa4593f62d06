// SPDX-License-Identifier: Apache-2.0
#include "signin/signindialog.h"

#include "signin/qrcode.h"
#include "support/collaborators.h"
#include "support/nodeserver.h"

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QRadioButton>
#include <QTemporaryDir>
#include <QTest>
#include <QUrlQuery>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int longWait = 60'000;
const QString password = u"Correct-Horse-9 é"_s;

// One that the system does not hand out by itself, and another in each process.
int ownPort()
{
    return 20'000 + int(QCoreApplication::applicationPid() % 12'000);
}

//! Shows the pages a test sets, and keeps what was answered.
class ScriptedSignIn : public SignIn
{
public:
    void show(const SignInPage &page)
    {
        m_page = page;
        Q_EMIT pageChanged();
    }
    const SignInPage &page() const override { return m_page; }
    void submitPassword(const QString & /*userName*/, const Secret & /*password*/) override { }
    void submitAnswer(const Secret &answer, const QMap<QString, QString> &given) override
    {
        answers.append(answer.reveal());
        attributes = given;
    }
    void choose(const QString & /*value*/) override { }
    void forgotPassword(const QString &userName) override { forgotten = userName; }
    void resetPassword(const QString &code, const Secret &newPassword) override
    {
        answers.append(code.toUtf8());
        answers.append(newPassword.reveal());
    }
    void openBrowser(const OpenBrowser & /*open*/) override { }
    void cancel() override { show({.userName = m_page.userName}); }

    QList<QByteArray> answers;
    QMap<QString, QString> attributes;
    QString forgotten;

private:
    SignInPage m_page;
};

//! What another program reads in a QR code as it stands on the screen.
QString readCode(QWidget *code)
{
    const QImage picture = code->grab().toImage().convertToFormat(QImage::Format_RGBA8888);
    QTemporaryDir folder;
    QFile file(folder.filePath(u"code.rgba"_s));
    if (!file.open(QIODevice::WriteOnly)
        || file.write(reinterpret_cast<const char *>(picture.constBits()), picture.sizeInBytes()) < 0)
        return u"no file"_s;
    file.close();
    QString error;
    const QByteArray read =
        NodeServer::output(u"oracle/qr.mjs"_s, {file.fileName(), QString::number(picture.width())}, &error);
    return error.isEmpty() ? QString::fromUtf8(read).trimmed() : error;
}

} // namespace

//! A person walks through the dialog, in front of a user pool and of an OpenID provider.
class TestSignInDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_redirect = u"http://127.0.0.1:%1/callback"_s.arg(ownPort());
        m_provider.setEnvironment(u"REDIRECTS"_s, m_redirect);
        for (NodeServer *server : {&m_pool, &m_provider}) {
            const QString problem = server->start();
            QVERIFY2(problem.isEmpty(), qPrintable(problem));
        }
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_with = std::make_unique<Collaborators>(m_folder->path(), QUrl());
    }
    void cleanup()
    {
        m_dialog.reset();
        m_with.reset();
    }

    void asksForThePasswordAgainAfterAWrongOne()
    {
        openPool(u"ann@example.com"_s);
        QCOMPARE(m_dialog->accessibleName(), u"Sign in"_s);
        QTRY_VERIFY(field(u"password"_s)->hasFocus());
        QCOMPARE(field(u"userName"_s)->text(), u"ann@example.com"_s);
        QCOMPARE(field(u"password"_s)->echoMode(), QLineEdit::Password);
        type(u"password"_s, u"wrong"_s);
        QVERIFY(!button(u"submit"_s)->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(!m_dialog->failureText().isEmpty(), longWait);
        QTRY_VERIFY(field(u"password"_s)->hasFocus());
        // The server's own words are one press away.
        auto *details = m_dialog->findChild<QLabel *>(u"details"_s);
        QVERIFY(details->isHidden());
        button(u"showDetails"_s)->click();
        QVERIFY(details->text().contains("Incorrect username or password"_L1));
        field(u"password"_s)->clear();
        type(u"password"_s, password);
        QTRY_VERIFY_WITH_TIMEOUT(isDoneWith(u"session only"_s), longWait);
        QVERIFY(isDoneWith(u"proved by SRP and did not leave this computer"_s));
        QTest::keyClick(m_dialog.get(), Qt::Key_Return);
        QCOMPARE_EQ(m_dialog->result(), int(QDialog::Accepted));
        QCOMPARE(book()->state(m_id).kind, IdentityState::Kind::SignedIn);
    }

    void choosesHowToProveItAndEntersTheCode()
    {
        openPool(u"choose@example.com"_s);
        type(u"password"_s, password);
        QTRY_VERIFY_WITH_TIMEOUT(m_dialog->findChild<QRadioButton *>(u"choice-SMS_MFA"_s), longWait);
        QTRY_VERIFY(m_dialog->findChild<QRadioButton *>(u"choice-SMS_MFA"_s)->hasFocus());
        QTest::keyClick(m_dialog.get(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(field(u"answer"_s), longWait);
        QTRY_COMPARE(label(u"note"_s), u"A code was sent to +*******0100 by text message."_s);
        type(u"answer"_s, u"000 000"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!m_dialog->failureText().isEmpty(), longWait);
        field(u"answer"_s)->clear();
        type(u"answer"_s, u"123 456"_s);
        QTRY_VERIFY_WITH_TIMEOUT(isDoneWith(u"session only"_s), longWait);
    }

    void setsUpAnAuthenticatorApp()
    {
        openPool(u"app@example.com"_s);
        type(u"password"_s, password);
        QTRY_VERIFY_WITH_TIMEOUT(field(u"setupKey"_s), longWait);
        QCOMPARE(field(u"setupKey"_s)->text(), u"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"_s);
        // The dialog grows with its page, so that nothing must be scrolled to.
        for (const QWidget *part : {child<QWidget>(u"qrCode"_s), child<QWidget>(u"answer"_s)})
            QTRY_COMPARE(part->visibleRegion().boundingRect(), part->rect());
        button(u"setupKeyCopy"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), field(u"setupKey"_s)->text());
        const QString code = readCode(child<QWidget>(u"qrCode"_s));
        QVERIFY2(code.startsWith(u"otpauth://totp/"_s), qPrintable(code));
        QCOMPARE(QUrlQuery(QUrl(code)).queryItemValue(u"secret"_s), field(u"setupKey"_s)->text());
        type(u"answer"_s, u"123456"_s);
        QTRY_VERIFY_WITH_TIMEOUT(isDoneWith(u"session only"_s), longWait);
    }

    void answersTheSameQuestionTwice()
    {
        openPool(u"custom@example.com"_s);
        type(u"password"_s, password);
        QTRY_COMPARE_WITH_TIMEOUT(label(u"note"_s), u"What is the word of the day?"_s, longWait);
        type(u"answer"_s, u"swordfish"_s);
        QTRY_VERIFY_WITH_TIMEOUT(field(u"answer"_s) && field(u"answer"_s)->text().isEmpty(), longWait);
        type(u"answer"_s, u"swordfish"_s);
        QTRY_VERIFY_WITH_TIMEOUT(isDoneWith(u"session only"_s), longWait);
    }

    void saysWhatOnlyTheBrowserCanDo()
    {
        openPool(u"device@example.com"_s);
        type(u"password"_s, password);
        QTRY_VERIFY_WITH_TIMEOUT(label(u"note"_s).contains("WEB_AUTHN"_L1), longWait);
        QCOMPARE(button(u"submit"_s)->text(), u"Close"_s);
        button(u"submit"_s)->click();
        QVERIFY(!m_dialog->isVisible());
    }

    void saysThatThePasswordItselfWasSent()
    {
        openPool(u"ann@example.com"_s, u"passwordonly"_s);
        type(u"password"_s, password);
        QTRY_VERIFY_WITH_TIMEOUT(isDoneWith(u"the password itself was sent"_s), longWait);
    }

    void wantsBothFields()
    {
        openPool({});
        QTRY_VERIFY(field(u"userName"_s)->hasFocus());
        button(u"forgotPassword"_s)->click();
        QCOMPARE(m_dialog->failureText(), u"Enter the user name first."_s);
        QTest::keyClick(m_dialog.get(), Qt::Key_Return);
        QCOMPARE(m_dialog->failureText(), u"Enter the user name and the password."_s);
        QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
        QVERIFY(!m_dialog->isVisible());
    }

    void setsANewPasswordWithWhatThePoolAsksFor()
    {
        ScriptedSignIn *signIn = openScripted();
        signIn->show({.kind = SignInPage::Kind::NewPassword,
                      .note = u"Choose your own."_s,
                      .attributes = {u"email"_s, u"custom:team"_s}});
        QTRY_VERIFY(field(u"attribute-email"_s)->hasFocus());
        QCOMPARE(field(u"attribute-email"_s)->accessibleName(), u"E-mail"_s);
        QCOMPARE(field(u"attribute-custom:team"_s)->accessibleName(), u"custom:team"_s);
        field(u"newPassword"_s)->insert(u"new one"_s);
        type(u"repeatPassword"_s, u"new two"_s);
        QVERIFY(m_dialog->failureText().contains("differ"_L1));
        field(u"repeatPassword"_s)->clear();
        type(u"repeatPassword"_s, u"new one"_s);
        QCOMPARE(m_dialog->failureText(), u"Fill in every field."_s);
        QVERIFY(signIn->answers.isEmpty());
        field(u"attribute-email"_s)->insert(u"ann@example.com"_s);
        type(u"attribute-custom:team"_s, u"blue"_s);
        QCOMPARE_EQ(signIn->answers, (QList<QByteArray>{"new one"_ba}));
        QCOMPARE_EQ(
            signIn->attributes,
            (QMap<QString, QString>{{u"email"_s, u"ann@example.com"_s}, {u"custom:team"_s, u"blue"_s}}));
        button(u"back"_s)->click();
        QTRY_VERIFY(field(u"password"_s) && field(u"userName"_s)->hasFocus());
    }

    void resetsAForgottenPassword()
    {
        ScriptedSignIn *signIn = openScripted();
        field(u"userName"_s)->insert(u"ann"_s);
        button(u"forgotPassword"_s)->click();
        QCOMPARE(signIn->forgotten, u"ann"_s);
        signIn->show({.kind = SignInPage::Kind::ResetPassword, .note = u"A code was sent."_s});
        QTRY_VERIFY(field(u"answer"_s)->hasFocus());
        field(u"answer"_s)->insert(u" 123456 "_s);
        field(u"newPassword"_s)->insert(u"new one"_s);
        type(u"repeatPassword"_s, u"new one"_s);
        QCOMPARE_EQ(signIn->answers, (QList<QByteArray>{"123456"_ba, "new one"_ba}));
    }

    void goesByItselfWhenThereIsNothingToRead()
    {
        ScriptedSignIn *signIn = openScripted();
        signIn->show({.kind = SignInPage::Kind::Done});
        Q_EMIT signIn->signedIn(true);
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE_EQ(m_dialog->result(), int(QDialog::Accepted));
    }

    void signsInInTheBrowser()
    {
        QProcess person;
        QUrl opened;
        openBrowser([&](const QUrl &url) {
            opened = url;
            person.setWorkingDirectory(QStringLiteral(PARLANCE_SOURCE_DIR "/tests/servers"));
            person.start(u"node"_s, {u"oracle/browser.mjs"_s, QString::fromLatin1(url.toEncoded())});
            return true;
        });
        QTest::keyClick(m_dialog.get(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(isDoneWith(u"session only"_s), longWait);
        QVERIFY(opened.toString().contains("code_challenge="_L1));
        QTRY_COMPARE_WITH_TIMEOUT(person.state(), QProcess::NotRunning, longWait);
        QCOMPARE(book()->state(m_id).kind, IdentityState::Kind::SignedIn);
    }

    void showsTheAddressWhileItWaitsAndStops()
    {
        openBrowser([](const QUrl &) { return true; });
        button(u"submit"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(field(u"address"_s)->isVisible(), longWait);
        QVERIFY(field(u"address"_s)->text().startsWith(m_provider.url().toString()));
        QCOMPARE(button(u"submit"_s)->text(), u"Waiting…"_s);
        QTRY_COMPARE(field(u"address"_s)->visibleRegion().boundingRect(), field(u"address"_s)->rect());
        button(u"addressCopy"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), field(u"address"_s)->text());
        QCOMPARE(button(u"back"_s)->text(), u"Stop waiting"_s);
        button(u"back"_s)->click();
        QTRY_VERIFY(button(u"submit"_s)->isEnabled());
        QCOMPARE(m_dialog->failureText(), QString());
        QCOMPARE(button(u"submit"_s)->text(), u"Open the browser"_s);
    }

private:
    IdentityBook *book() const { return m_with->workspace.identities(); }
    QLineEdit *field(const QString &name) const { return child<QLineEdit>(name); }
    QPushButton *button(const QString &name) const { return child<QPushButton>(name); }
    QString label(const QString &name) const
    {
        const auto *found = child<QLabel>(name);
        return found ? found->text() : QString();
    }
    //! The newest of this name: an earlier page may still be on its way out.
    template <typename T> T *child(const QString &name) const
    {
        const QList<T *> all = m_dialog->findChildren<T *>(name);
        return all.isEmpty() ? nullptr : all.last();
    }
    void type(const QString &name, const QString &words) const
    {
        field(name)->insert(words);
        QTest::keyClick(field(name), Qt::Key_Return);
    }
    bool isDoneWith(const QString &words) const
    {
        return button(u"submit"_s)->text() == u"Done" && label(u"note"_s).contains(words);
    }
    void open(const Identity &identity)
    {
        const Result<Identity> saved = book()->save(identity);
        QVERIFY(saved);
        m_id = saved->id;
        m_dialog = std::make_unique<SignInDialog>(&m_theme, book()->signIn(m_id), u"As Ann."_s);
        m_dialog->open();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }
    ScriptedSignIn *openScripted()
    {
        auto signIn = std::make_unique<ScriptedSignIn>();
        ScriptedSignIn *script = signIn.get();
        m_dialog = std::make_unique<SignInDialog>(&m_theme, std::move(signIn), QString());
        m_dialog->open();
        return QTest::qWaitForWindowActive(m_dialog.get()) ? script : nullptr;
    }
    void openPool(const QString &userName, const QString &client = u"public"_s)
    {
        open(Identity{.kind = CognitoUser{.poolId = u"us-east-1_AbCdEfGhI"_s,
                                          .clientId = client,
                                          .userName = userName,
                                          .serviceUrl = m_pool.url().toString()}});
    }
    void openBrowser(const SignIn::OpenBrowser &browser)
    {
        open(Identity{.kind = BrowserUser{.issuer = m_provider.url().toString(),
                                          .clientId = u"desktop"_s,
                                          .scopes = {u"openid"_s, u"email"_s},
                                          .redirectUri = m_redirect}});
        m_dialog->setBrowser(browser);
    }

    NodeServer m_pool{u"userpool.mjs"_s};
    NodeServer m_provider{u"oidc.mjs"_s};
    QString m_redirect;
    Theme m_theme;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Collaborators> m_with;
    IdentityId m_id;
    std::unique_ptr<SignInDialog> m_dialog;
};

QTEST_MAIN(TestSignInDialog)
#include "tst_signindialog.moc"
