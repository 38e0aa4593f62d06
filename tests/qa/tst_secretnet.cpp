// SPDX-License-Identifier: Apache-2.0
// That nothing secret leaves with evidence, wherever it stands.
#include "qa/evidencesample.h"
#include "qa/secretnet.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

const QString jwt = u"eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJlLW9mLWl0"_s;

struct Seed
{
    const char *name;
    QString text; //!< with the secret in it
    QString secret;
};

std::vector<Seed> seeds()
{
    const QString key = u"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"_s;
    return {
        {"web token", u"it is "_s + jwt + u"."_s, jwt},
        {"header", u"Authorization: Bearer abc.DEF-123"_s, u"abc.DEF-123"_s},
        {"header of AWS",
         u"authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/2026, Signature=fe5f80f77d5f"_s,
         u"fe5f80f77d5f"_s},
        {"member", u"{\"Authorization\": \"Basic dXNlcjpwYXNz\"}"_s, u"dXNlcjpwYXNz"_s},
        {"member in a text", uR"({"a": "{\"Authorization\": \"Basic dXNlcjpwYXNz\"}"})"_s, u"dXNlcjpwYXNz"_s},
        {"bearer in words", u"use bearer 0123456789abcdefXYZ please"_s, u"0123456789abcdefXYZ"_s},
        {"access key id", u"AKIAIOSFODNN7EXAMPLE"_s, u"IOSFODNN7EXAMPLE"_s},
        {"secret access key", u"aws_secret_access_key = "_s + key, key},
        {"secret access key as JSON", u"{\"SecretAccessKey\":\""_s + key + u"\"}"_s, key},
        {"session token", u"AWS_SESSION_TOKEN=IQoJb3JpZ2luX2VjEXAMPLE"_s, u"IQoJb3JpZ2luX2VjEXAMPLE"_s},
        {"presigned",
         u"https://x.amazonaws.com/ws?X-Amz-Credential=ASIAQ/2026&X-Amz-Signature=0fe5f80f77d5fa&a=1"_s,
         u"0fe5f80f77d5fa"_s},
        {"security token", u"?X-Amz-Security-Token=IQoJb3Jp%2FZ2lu"_s, u"IQoJb3Jp%2FZ2lu"_s},
        {"password", u"password: hunter2!"_s, u"hunter2!"_s},
        {"client secret", u"client_secret=s3cr3t-of-it"_s, u"s3cr3t-of-it"_s},
        {"refresh token", uR"({"refresh_token": "rt-0123456789"})"_s, u"rt-0123456789"_s},
        {"key of an API", u"x-api-key: 8a7b6c5d4e"_s, u"8a7b6c5d4e"_s},
        {"cookie", u"Set-Cookie: sid=31d4d96e407aad42; Path=/"_s, u"31d4d96e407aad42"_s},
        {"private key",
         u"-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\nabc\n-----END RSA PRIVATE KEY-----"_s,
         u"MIIEpAIBAAKCAQEA"_s},
        {"private key as JSON",
         u"\"-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBg\\n-----END PRIVATE KEY-----\\n\""_s,
         u"MIIEvQIBADANBg"_s},
        {"address", u"https://ann:s3cret-word@host.example/x"_s, u"s3cret-word"_s},
        {"GitHub", u"ghp_0123456789abcdefghijABCDEFGHIJ012345"_s, u"0123456789abcdef"_s},
        {"Slack", u"xoxb-123456789012-abcdef"_s, u"123456789012-abcdef"_s},
        {"token by name", u"{\"token\": \"0123456789abcdefghijkl\"}"_s, u"0123456789abcdefghijkl"_s},
    };
}

QByteArray everythingIn(const EvidenceTask &task)
{
    const Result<WrittenBundle> written = packEvidence(task);
    QByteArray all;
    const Result<ZipReading> reading = readZip(written->bytes);
    for (const ZipEntry &entry : reading->entries)
        all += entry.name.toUtf8() + '\n' + entry.bytes + '\n';
    return all;
}

} // namespace

class TestSecretNet : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void masks_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("secret");
        for (const Seed &seed : seeds())
            QTest::newRow(seed.name) << seed.text << seed.secret;
    }

    void masks()
    {
        QFETCH(QString, text);
        QFETCH(QString, secret);
        QVERIFY(text.contains(secret));
        const NettedText netted = withoutSecrets(text);
        QVERIFY2(!netted.text.contains(secret), qPrintable(netted.text));
        QCOMPARE_GE(netted.secrets, 1);
        // What was masked is not masked again, and nothing grows.
        QCOMPARE_EQ(withoutSecrets(netted.text).text, netted.text);
    }

    void leavesOrdinaryWordsAlone_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text :
             {"The password must have eight letters.", "Sign in with your token or a cookie.",
              "{\"token\": \"Hello\"}", "{\"inputTokens\": 12, \"password\": null}",
              "https://example.org/a@b?c=d", "Bearer of bad news", "{\"authorization\": null}",
              "arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/orders-1", "AKIA is how they begin",
              "8c1f3f6e-2a43-4d55-9f7e-3c1c8c6b2f10", "secretary: Ann"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }

    void leavesOrdinaryWordsAlone()
    {
        QFETCH(QString, text);
        QCOMPARE_EQ(withoutSecrets(text).text, text);
    }

    // Each secret in every place that evidence has.
    void noSecretIsInABundle()
    {
        for (const Seed &seed : seeds()) {
            const QByteArray bytes = seed.text.toUtf8();
            ConversationFile file =
                saidSample(seed.text, seed.text, {frameOf(0, bytes), frameOf(1, bytes + '\xff')});
            file.conversation.title = seed.text;
            file.agent.name = seed.text;
            Message &answer = file.messages[1];
            answer.stopReason = seed.text;
            answer.responseIds.change().traceId = seed.text;
            file.frames[answer.id][0].event = bytes;
            file.frames[answer.id][0].id = bytes;
            const auto add = [&answer](const Part &part) { answer.parts.push_back({.content = part}); };
            add(Reasoning{.text = seed.text});
            add(ToolCall{
                .callId = u"1"_s, .name = seed.text, .arguments = seed.text, .state = ToolState::Done});
            add(ToolResult{.callId = u"1"_s, .name = {}, .content = seed.text});
            add(Citation{.title = seed.text, .url = seed.text, .quote = seed.text});
            add(ErrorPart{.error =
                              Error{.message = seed.text, .serverMessage = seed.text, .rawBody = bytes}});
            add(Attachment{.name = seed.text, .mimeType = u"text/plain"_s, .data = bytes});
            add(RawEvent{.label = seed.text, .json = seed.text});
            answer.failedTries.change().push_back({.error = Error{.message = seed.text, .rawBody = bytes}});
            EvidenceTask task = taskOf(file);
            task.title = seed.text;
            task.items[0].label = seed.text;
            task.items[0].note = seed.text;
            task.reports.push_back({u"run.html"_s, bytes});
            QByteArray all = everythingIn(task);
            // Also where it stands in base64.
            const QByteArray whole = all;
            for (qsizetype at = whole.indexOf("Base64\""); at >= 0; at = whole.indexOf("Base64\"", at + 1)) {
                const qsizetype begin = whole.indexOf('"', whole.indexOf(':', at)) + 1;
                all += QByteArray::fromBase64(whole.sliced(begin, whole.indexOf('"', begin) - begin));
            }
            QVERIFY2(!all.contains(seed.secret.toUtf8()), seed.name);
            QVERIFY(!all.contains(QJsonDocument(QJsonObject{{u"a"_s, seed.secret}})
                                      .toJson(QJsonDocument::Compact)
                                      .chopped(2)
                                      .sliced(6)));
            QVERIFY(readBundle(packEvidence(task)->bytes)->isSound());
        }
    }

    void emptiesFramesThatHaveASecretInPieces()
    {
        std::vector<Frame> frames;
        for (qsizetype at = 0; at < jwt.size(); at += 8)
            frames.push_back(frameOf(int(frames.size()),
                                     jwt.sliced(at, std::min<qsizetype>(8, jwt.size() - at)).toUtf8()));
        const QByteArray all = everythingIn(taskOf(saidSample(u"Say it."_s, jwt, frames)));
        for (const Frame &frame : frames)
            QVERIFY2(!all.contains(frame.payload), frame.payload.constData());
    }

    // Wherever it is cut: the first piece may look like a whole secret that ends sooner.
    void emptiesFramesThatHaveASecretInTwo()
    {
        for (const Seed &seed : seeds()) {
            const QString text = u"So "_s + seed.text + u" it is, and that is all there is."_s;
            const qsizetype begin = text.indexOf(seed.secret);
            for (qsizetype cut = begin + 1; cut < begin + seed.secret.size(); ++cut) {
                const QByteArray all = everythingIn(taskOf(saidSample(
                    u"Say it."_s, text,
                    {frameOf(0, text.first(cut).toUtf8()), frameOf(1, text.sliced(cut).toUtf8())})));
                QVERIFY2(!all.contains(text.sliced(cut).toUtf8()), qPrintable(text.sliced(cut)));
                QVERIFY2(!all.contains(text.first(cut).toUtf8()), qPrintable(text.first(cut)));
            }
        }
    }

    // What came whole is masked where it stands, and the frames beside it stay as they were.
    void leavesFramesBesideAWholeSecret()
    {
        const QByteArray all = everythingIn(taskOf(
            saidSample(u"Say it."_s, u"It is "_s + jwt + u" as you know."_s,
                       {frameOf(0, "It is "), frameOf(1, jwt.toUtf8()), frameOf(2, " as you know.")})));
        QVERIFY(!all.contains(jwt.toUtf8()));
        QVERIFY(all.contains("\"payload\":\" as you know.\"")
                || all.contains("\"payload\": \" as you know.\""));
    }

    void countsWhatItMasked()
    {
        const Result<Bundle> bundle =
            readBundle(packEvidence(taskOf(saidSample(u"It is "_s + jwt, u"Thanks."_s, {})))->bytes);
        QCOMPARE_EQ(bundle->manifest.secretsMasked, 1);
    }
};

QTEST_APPLESS_MAIN(TestSecretNet)
#include "tst_secretnet.moc"
