// SPDX-License-Identifier: Apache-2.0
#include "app/window/program.h"

#include "signin/signindialog.h"
#include "support/nodeserver.h"
#include "window/windowcommands.h"
#include "signin/identitycommands.h"

#include <QLabel>
#include <QLineEdit>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int longWait = 60'000;
const QString newPassword = u"Battery-Staple-10!"_s;

} // namespace

//! New and forgotten passwords, in the window, against the Cognito emulator.
class TestEmulatedSignIn : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_pool = std::make_unique<NodeServer>(u"cognito.mjs"_s);
        QCOMPARE(m_pool->start(), QString());
        m_folder = std::make_unique<QTemporaryDir>();
        m_program = std::make_unique<Program>(m_folder->path(), QUrl());
        QTRY_VERIFY_WITH_TIMEOUT(m_program->chat(), 10'000);
    }
    void cleanup() { m_program.reset(); }

    void setsANewPasswordWhereThePoolWantsOne()
    {
        openFor(u"new@example.com"_s);
        fill(u"password"_s, u"Temp0rary!"_s);
        submit();
        QTRY_VERIFY_WITH_TIMEOUT(has(u"newPassword"_s), longWait);
        fill(u"newPassword"_s, newPassword);
        fill(u"repeatPassword"_s, u"something else"_s);
        submit();
        QTRY_VERIFY(says(u"The two passwords differ."_s));
        fill(u"repeatPassword"_s, newPassword);
        submit();
        finish();

        // It counts from now on, and the one before does not.
        QVERIFY(signedOut());
        openFor({});
        fill(u"password"_s, u"Temp0rary!"_s);
        submit();
        QTRY_VERIFY_WITH_TIMEOUT(isAtRest() && !problem().isEmpty(), longWait);
        fill(u"password"_s, newPassword);
        submit();
        finish();
    }

    void replacesAForgottenPassword()
    {
        openFor(u"ok@example.com"_s);
        dialog()->findChildren<QPushButton *>(u"forgotPassword"_s).last()->click();
        QTRY_VERIFY_WITH_TIMEOUT(has(u"newPassword"_s), longWait);
        QTRY_VERIFY(isAtRest());
        fill(u"answer"_s, u"000000"_s);
        fill(u"newPassword"_s, newPassword);
        fill(u"repeatPassword"_s, newPassword);
        submit();
        QTRY_VERIFY_WITH_TIMEOUT(isAtRest() && !problem().isEmpty(), longWait);
        QVERIFY(has(u"newPassword"_s));
        fill(u"answer"_s, u"123456"_s);
        fill(u"newPassword"_s, newPassword);
        fill(u"repeatPassword"_s, newPassword);
        submit();
        // Whoever has just chosen a password need not type it again.
        finish();

        QVERIFY(signedOut());
        openFor({});
        fill(u"password"_s, newPassword);
        submit();
        finish();
    }

private:
    IdentityBook *book() const { return m_program->workspace.identities(); }
    SignInDialog *dialog() const
    {
        const QList<SignInDialog *> all = m_program->window.findChildren<SignInDialog *>();
        return all.isEmpty() ? nullptr : all.last();
    }

    //! An empty name: for whoever there is already.
    void openFor(const QString &user)
    {
        if (!user.isEmpty()) {
            const auto saved =
                book()->save(Identity{.kind = CognitoUser{.poolId = u"local_pool1"_s,
                                                          .clientId = u"testclient1"_s,
                                                          .userName = user,
                                                          .serviceUrl = m_pool->url().toString()}});
            QVERIFY2(saved, qPrintable(saved ? QString() : saved.error().message));
            m_identity = saved->id;
        }
        m_program->window.commands()->identities()->signIn(m_identity);
        QVERIFY(dialog());
    }
    QLineEdit *field(const QString &name) const
    {
        // A page that went may still be on its way out.
        for (QLineEdit *edit : dialog()->findChildren<QLineEdit *>(name)) {
            if (edit->isVisible())
                return edit;
        }
        return nullptr;
    }
    bool has(const QString &name) const { return dialog() && field(name); }
    void fill(const QString &name, const QString &words)
    {
        QLineEdit *edit = field(name);
        QVERIFY2(edit, qPrintable(name));
        edit->selectAll();
        QTest::keyClicks(edit, words);
    }
    QPushButton *button() const { return dialog()->findChild<QPushButton *>(u"submit"_s); }
    bool isAtRest() const { return button()->isEnabled(); }
    void submit() { QTest::keyClick(dialog(), Qt::Key_Return); }
    QString problem() const
    {
        const auto *label = dialog()->findChild<QLabel *>(u"failure"_s);
        return label && label->isVisible() ? label->text() : QString();
    }
    bool says(const QString &words) const { return problem().contains(words); }
    void finish()
    {
        // These secrets live for the session only, which must be read.
        QTRY_COMPARE_WITH_TIMEOUT(button()->text(), u"Done"_s, longWait);
        submit();
        QTRY_VERIFY(!dialog());
        QCOMPARE(book()->state(m_identity).kind, IdentityState::Kind::SignedIn);
    }
    bool signedOut()
    {
        const QFuture<Result<void>> done = book()->signOut(m_identity);
        return QTest::qWaitFor([&done] { return done.isFinished(); }, longWait);
    }

    std::unique_ptr<NodeServer> m_pool;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;
    IdentityId m_identity;
};

QTEST_MAIN(TestEmulatedSignIn)
#include "tst_emulatedsignin.moc"
