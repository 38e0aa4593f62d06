// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/window/program.h"

#include "signin/signindialog.h"
#include "support/networkcalls.h"
#include "support/nodeserver.h"
#include "support/waited.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QMenu>
#include <QRadioButton>

namespace Parlance {

//! The program in front of a user pool, and of a gate that lets in whom the pool knows.
class PoolFixture : public QObject
{
protected:
    void start()
    {
        m_pool = std::make_unique<NodeServer>(QStringLiteral("userpool.mjs"));
        QCOMPARE(m_pool->start(), QString());
        m_gate = std::make_unique<NodeServer>(QStringLiteral("gate.mjs"));
        m_gate->setEnvironment(QStringLiteral("ISSUER"),
                               QStringLiteral("https://cognito-idp.us-east-1.amazonaws.com/") + poolId);
        m_gate->setEnvironment(QStringLiteral("JWKS"),
                               m_pool->url().toString() % QLatin1Char('/') % poolId
                                   % QStringLiteral("/.well-known/jwks.json"));
        // Who is asked for where to sign in is on this machine, too.
        m_gate->setEnvironment(QStringLiteral("SIGN_IN_AT"),
                               m_pool->url().toString() + QLatin1Char('/') + poolId);
        m_gate->setEnvironment(QStringLiteral("CLIENT"), QStringLiteral("public"));
        QCOMPARE(m_gate->start(), QString());
        m_folder = std::make_unique<QTemporaryDir>();
        m_program = std::make_unique<Program>(m_folder->path(), QUrl());
        QTRY_VERIFY_WITH_TIMEOUT(m_program->chat(), 10'000);
    }

    static QByteArray tell(const NodeServer &server, const QString &path)
    {
        return asked(QUrl(server.url().toString() + path));
    }
    int calls(const QString &operation) const
    {
        return QJsonDocument::fromJson(tell(*m_pool, QStringLiteral("/test/calls")))
            .object()[operation]
            .toInt();
    }
    IdentityBook *book() const { return m_program->workspace.identities(); }
    bool isKept(const QString &name) const
    {
        const auto kept = waited(m_program->secrets.read(IdentityBook::secretPrefix(identity().id) + name));
        return kept && kept->has_value() && !kept->value().isEmpty();
    }
    QString chipTime() const
    {
        return m_program->button(QStringLiteral("identity"))
            ->accessibleDescription()
            .section(QStringLiteral(", "), -1);
    }

    //! Who the last sign-in was for.
    Identity identity() const
    {
        return book()->identities().empty() ? Identity() : book()->identities().back();
    }

    void ask(int turn)
    {
        m_program->say(QStringLiteral("objects"));
        QTRY_VERIFY_WITH_TIMEOUT(m_program->chat()->messages()->count() == 2 * turn
                                     && !m_program->chat()->isStreaming(),
                                 longWait);
        QCOMPARE(m_program->last().text(), QStringLiteral("The sky is blue."));
    }

    static void type(QWidget *dialog, const QString &field, const QString &words)
    {
        const QList<QLineEdit *> edits = dialog->findChildren<QLineEdit *>(field);
        QVERIFY2(!edits.isEmpty(), qPrintable(field));
        edits.last()->clear();
        edits.last()->insert(words);
        QTest::keyClick(dialog, Qt::Key_Return);
    }

    void walkThroughSignIn()
    {
        QTRY_VERIFY(m_program->window.findChild<SignInDialog *>());
        auto *dialog = m_program->window.findChild<SignInDialog *>();
        type(dialog, QStringLiteral("password"), password);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->findChild<QRadioButton *>(QStringLiteral("choice-SMS_MFA")),
                                 longWait);
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->findChild<QLineEdit *>(QStringLiteral("answer")), longWait);
        type(dialog, QStringLiteral("answer"), QStringLiteral("123456"));
        // These secrets live for the session only, which must be read.
        QTRY_COMPARE_WITH_TIMEOUT(dialog->findChild<QPushButton *>(QStringLiteral("submit"))->text(),
                                  QStringLiteral("Done"), longWait);
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_VERIFY(!m_program->window.findChild<SignInDialog *>());
        QCOMPARE(book()->state(identity().id).kind, IdentityState::Kind::SignedIn);
    }

    static inline const QString poolId = QStringLiteral("us-east-1_AbCdEfGhI");
    static inline const QString password = QStringLiteral("Correct-Horse-9 é");
    static inline const QString arn =
        QStringLiteral("arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/jwt_agent-AbCdEf1234");
    std::unique_ptr<NodeServer> m_pool;
    std::unique_ptr<NodeServer> m_gate;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;
};

} // namespace Parlance
