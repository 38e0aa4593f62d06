// SPDX-License-Identifier: Apache-2.0
#include "chat/errorcatalogue.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

//! Kinds count up without gaps from the first to Internal, the last.
std::vector<ErrorKind> allKinds()
{
    std::vector<ErrorKind> kinds;
    for (int kind = 0; kind <= int(ErrorKind::Internal); ++kind)
        kinds.push_back(ErrorKind(kind));
    return kinds;
}

} // namespace

class TestErrorCatalogue : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hasWordsForEveryKind()
    {
        for (const ErrorKind kind : allKinds()) {
            const ErrorWords words = errorWords(Error{.kind = kind}, nullptr);
            const QByteArray name = errorKindName(kind).toUtf8();
            QVERIFY2(words.title.endsWith(u'.'), name.constData());
            QVERIFY2(words.title.size() < 70, name.constData());
            QVERIFY2(words.advice.endsWith(u'.'), name.constData());
            QVERIFY2(words.actions.size() <= 2, name.constData());
            const QString all = words.title + words.advice + words.causes.join(u' ');
            QVERIFY2(!all.contains(u'!') && !all.contains(u"please"_s, Qt::CaseInsensitive),
                     name.constData());
        }
    }

    void noTwoKindsHaveTheSameTitle()
    {
        QHash<QString, QString> seen;
        for (const ErrorKind kind : allKinds()) {
            const QString title = errorWords(Error{.kind = kind}, nullptr).title;
            QVERIFY2(!seen.contains(title), qPrintable(title));
            seen.insert(title, errorKindName(kind));
        }
        QCOMPARE_EQ(seen.size(), qsizetype(allKinds().size()));
    }

    void tellsABearerTokenFromAwsCredentials()
    {
        Agent agent;
        agent.target = RuntimeTarget{};
        agent.auth = AuthMethod::Bearer;
        const Error error{.kind = ErrorKind::AuthMethodMismatch, .httpStatus = 403};
        QCOMPARE_EQ(errorWords(error, &agent).title, u"This agent wants AWS credentials, not a token."_s);
        agent.auth = AuthMethod::None;
        QVERIFY(errorWords(error, &agent).title != u"This agent wants AWS credentials, not a token."_s);
    }

    void saysThatTheContainersWordsAreInTheLogs()
    {
        const ErrorWords words = errorWords(Error{.kind = ErrorKind::AgentContainerFailed}, nullptr);
        QVERIFY(words.advice.contains(u"CloudWatch"_s));
        QVERIFY(!words.actions.contains(ErrorAction::OpenLogs));
        const Agent agent{
            .target = RuntimeTarget{
                u"arn:aws:bedrock-agentcore:eu-west-1:123456789012:runtime/orders-Ab12Cd34Ef"_s}};
        for (const ErrorKind kind : {ErrorKind::AgentContainerFailed, ErrorKind::AgentStartTimedOut})
            QVERIFY(errorWords(Error{.kind = kind}, &agent).actions.contains(ErrorAction::OpenLogs));
    }

    void passesOnWhatTheServerSaid()
    {
        const Error error{.kind = ErrorKind::Validation, .serverMessage = u"Field 'x' is bad"_s};
        QVERIFY(errorWords(error, nullptr).advice.contains(u"“Field 'x' is bad”. "_s));
    }

    void detailsHoldAllTheEvidence()
    {
        const QString details = errorDetails(Error{.kind = ErrorKind::Throttled,
                                                   .message = u"Too many."_s,
                                                   .httpStatus = 429,
                                                   .exceptionType = u"ThrottlingException"_s,
                                                   .serverMessage = u"Rate exceeded"_s,
                                                   .requestId = u"id-7"_s,
                                                   .rawBody = "{\"message\":\"Rate exceeded\"}"});
        for (const QString &piece : {u"throttled"_s, u"429"_s, u"ThrottlingException"_s, u"Rate exceeded"_s,
                                     u"id-7"_s, u"{\"message\""_s, u"Too many."_s})
            QVERIFY2(details.contains(piece), qPrintable(piece));
    }
};

QTEST_APPLESS_MAIN(TestErrorCatalogue)
#include "tst_errorcatalogue.moc"
