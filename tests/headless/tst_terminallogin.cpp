// SPDX-License-Identifier: Apache-2.0
#include "headless/signedinfixture.h"
#include "headless/terminalsession.h"
#include "support/networkcalls.h"
#include "support/waited.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

const QByteArray password = u"Correct-Horse-9 é"_s.toUtf8();
const QByteArray newPassword = "Battery-Staple-10";
const QByteArray code = "123456";

QString command(const QString &arguments)
{
    return u'\'' + QStringLiteral(PARLANCE_CLI) + u"' "_s + arguments;
}

} // namespace

//! "parlance-cli login" on a real terminal: secrets are typed and never shown. And several programs at once
//! over one keychain.
class TestTerminalLogin : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_fixture.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        m_keychain = std::make_unique<ProgramKeychain>();
        const auto window = m_fixture.openWindow();
        QVERIFY(window);
        IdentityBook *book = window->workspace.identities();
        const auto ann =
            waited(book->saveWithSecret(m_fixture.poolUser(u"Ann"_s, u"choose@example.com"_s), secret()));
        const auto fresh =
            waited(book->saveWithSecret(m_fixture.poolUser(u"New"_s, u"new@example.com"_s), secret()));
        Identity rotating = m_fixture.poolUser(u"Rotating"_s, u"ann@example.com"_s);
        std::get<CognitoUser>(rotating.kind).clientId = u"public"_s;
        std::get<CognitoUser>(rotating.kind).hasClientSecret = false;
        const auto kept = book->save(rotating);
        QVERIFY(ann && fresh && kept);
        m_rotating = kept->id;
        QVERIFY(waited(window->store.flush()));
        QTRY_VERIFY_WITH_TIMEOUT(
            waited(m_keychain->read(IdentityBook::secretPrefix(fresh->id) + u"/client-secret"_s))
                ->has_value(),
            longWait);
    }

    void showsNoSecretThatIsTyped()
    {
        TerminalSession terminal(command(u"login Ann; echo ended $?; stty -a"_s), m_fixture.environment());
        QVERIFY2(terminal.shows("Password of choose@example.com: "), terminal.screen().constData());
        terminal.type("wrong-Horse-8");
        QVERIFY2(terminal.shows("Password of choose@example.com: "), terminal.screen().constData());
        terminal.type(password);
        QVERIFY2(terminal.shows("1. By text message"), terminal.screen().constData());
        QVERIFY(terminal.shows("Number: "));
        terminal.type("1");
        QVERIFY2(terminal.shows("Code: "), terminal.screen().constData());
        terminal.type("000000");
        QVERIFY2(terminal.shows("Code: "), terminal.screen().constData());
        terminal.type(code);
        QVERIFY2(terminal.shows("Signed in with “Ann”."_ba), terminal.screen().constData());
        QCOMPARE_EQ(terminal.exitCode(), 0);
        QVERIFY2(terminal.screen().contains("ended 0"), terminal.screen().constData());
        // What is no secret is shown, so the terminal does show what is typed.
        QVERIFY2(terminal.screen().contains("Number: 1\r\n"), terminal.screen().constData());
        for (const QByteArray &typed : {password, "wrong-Horse-8"_ba, "000000"_ba, code, "Horse"_ba})
            QVERIFY2(!terminal.screen().contains(typed), terminal.screen().constData());
        QVERIFY2(terminal.shows(" echo "), terminal.screen().constData());
    }

    void walksThroughSeveralPages()
    {
        TerminalSession terminal(command(u"login New"_s), m_fixture.environment());
        QVERIFY(terminal.shows("Password of new@example.com: "));
        terminal.type(password);
        QVERIFY2(terminal.shows("name: "), terminal.screen().constData());
        terminal.type("New Person");
        QVERIFY2(terminal.shows("New password: "), terminal.screen().constData());
        terminal.type(newPassword);
        QVERIFY2(terminal.shows("New password again: "), terminal.screen().constData());
        terminal.type("Battery-Staple-11");
        QVERIFY2(terminal.shows("These are not the same."), terminal.screen().constData());
        QVERIFY(terminal.shows("New password: "));
        terminal.type(newPassword);
        QVERIFY(terminal.shows("New password again: "));
        terminal.type(newPassword);
        QVERIFY2(terminal.shows("Number: "), terminal.screen().constData());
        terminal.type("1");
        QVERIFY2(terminal.shows("Code: "), terminal.screen().constData());
        terminal.type(code);
        QVERIFY2(terminal.shows("Signed in with “New”."_ba), terminal.screen().constData());
        QCOMPARE_EQ(terminal.exitCode(), 0);
        QVERIFY(terminal.screen().contains("name: New Person\r\n"));
        for (const QByteArray &typed : {password, newPassword, "Staple"_ba, code})
            QVERIFY2(!terminal.screen().contains(typed), terminal.screen().constData());
    }

    void showsTypingAgainAfterAnInterruption()
    {
        TerminalSession terminal(u"trap : INT; "_s + command(u"login Ann; echo ended $?; stty -a"_s),
                                 m_fixture.environment());
        QVERIFY(terminal.shows("Password of choose@example.com: "));
        terminal.press('\x03');
        QVERIFY2(terminal.shows("ended "), terminal.screen().constData());
        QVERIFY2(terminal.shows(" echo "), terminal.screen().constData());
        QVERIFY2(!terminal.screen().contains("ended 0"), terminal.screen().constData());
    }

    void renewsInSeveralProgramsAtOnce()
    {
        // A token that must be renewed at once, with a refresh token that is good for one use.
        tell(u"/test/life/200"_s);
        const auto login = m_fixture.run({u"login"_s, u"Rotating"_s}, password + '\n');
        QVERIFY2(login.code == 0, login.err.constData());
        tell(u"/test/life/3600"_s);
        // Nobody has an answer before all have asked.
        tell(u"/test/slow/700"_s);
        std::vector<std::unique_ptr<QProcess>> programs;
        for (int i = 0; i < 4; ++i) {
            programs.push_back(std::make_unique<QProcess>());
            programs.back()->setProcessEnvironment(m_fixture.environment());
            programs.back()->start(QStringLiteral(PARLANCE_CLI), {u"token"_s, u"Rotating"_s});
        }
        for (const auto &program : programs) {
            QVERIFY(program->waitForFinished(longWait));
            QVERIFY2(program->exitCode() == 0, program->readAllStandardError().constData());
            QVERIFY(program->readAllStandardOutput().contains("Client: public\n"));
        }
        tell(u"/test/slow/0"_s);
        const QJsonObject calls = QJsonDocument::fromJson(tell(u"/test/calls"_s)).object();
        // More than one did ask, and one was heard.
        QCOMPARE_GT(calls["GetTokensFromRefreshToken"_L1].toInt(), 1);
        QCOMPARE_EQ(calls["renewed"_L1].toInt(), 1);
        // What is kept is what that one got: it can be renewed once more.
        const Secret over(QByteArray("e30." + QByteArray("{\"exp\":1}").toBase64() + ".c2ln"));
        QVERIFY(waited(m_keychain->write(IdentityBook::secretPrefix(m_rotating) + u"/access"_s, over)));
        const auto again = m_fixture.run({u"token"_s, u"Rotating"_s});
        QVERIFY2(again.code == 0, again.err.constData());
        QVERIFY(again.out.contains("Client: public\n"));
    }

private:
    static Secret secret() { return Secret("client+secret/1"); }
    QByteArray tell(const QString &path) const { return asked(QUrl(m_fixture.pool().toString() + path)); }

    SignedInFixture m_fixture;
    std::unique_ptr<ProgramKeychain> m_keychain;
    IdentityId m_rotating;
};

QTEST_GUILESS_MAIN(TestTerminalLogin)
#include "tst_terminallogin.moc"
