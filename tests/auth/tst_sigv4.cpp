// SPDX-License-Identifier: Apache-2.0
#include "auth/sigv4.h"
#include "support/files.h"
#include "support/nodeserver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

QByteArray bytes(const QJsonValue &value)
{
    return value.toString().toUtf8();
}

QJsonArray vectors()
{
    QFile file(QStringLiteral(PARLANCE_SOURCE_DIR) + u"/tests/data/sigv4-agentcore.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object().value("vectors"_L1).toArray();
}

AwsCredentials exampleKeys(const QByteArray &sessionToken)
{
    return AwsCredentials{.accessKeyId = "AKIDEXAMPLE",
                          .secretAccessKey = Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
                          .sessionToken = Secret(sessionToken)};
}

SigningScope exampleScope()
{
    return SigningScope{.region = "us-west-2", .time = QDateTime({2025, 1, 2}, {3, 4, 5}, Qt::UTC)};
}

QByteArray authorizationOf(const RequestDraft &draft)
{
    const auto found =
        std::ranges::find(draft.secretHeaders, QByteArray("Authorization"), &SecretHeader::name);
    return found == draft.secretHeaders.end() ? QByteArray() : found->value.reveal();
}

} // namespace

class TestSigV4 : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void signsEveryReferenceVector_data()
    {
        QTest::addColumn<QJsonObject>("vector");
        const QJsonArray all = vectors();
        QCOMPARE_EQ(all.size(), 20);
        for (const QJsonValue &vector : all)
            QTest::addRow("%s", qPrintable(vector["name"_L1].toString())) << vector.toObject();
    }
    void signsEveryReferenceVector()
    {
        QFETCH(QJsonObject, vector);
        const QUrl url = QUrl::fromEncoded(bytes(vector["url"_L1]), QUrl::StrictMode);
        QVERIFY(url.isValid());
        const AwsCredentials keys = exampleKeys(bytes(vector["sessionToken"_L1]));
        if (vector["mode"_L1] == "presign"_L1) {
            QUrl socket =
                presignedUrl(url, keys, exampleScope(), std::chrono::seconds(vector["expires"_L1].toInt()));
            socket.setScheme(u"wss"_s);
            QCOMPARE(socket.toEncoded(), bytes(vector["signedUrl"_L1]));
            return;
        }
        RequestDraft draft{
            .method = bytes(vector["method"_L1]), .url = url, .body = bytes(vector["body"_L1])};
        const QJsonObject headers = vector["headers"_L1].toObject();
        for (auto header = headers.begin(); header != headers.end(); ++header)
            draft.headers.append(HttpHeader{.name = header.key().toLatin1(), .value = bytes(*header)});
        const RequestDraft made = signedDraft(draft, keys, exampleScope());
        QCOMPARE(authorizationOf(made), bytes(vector["authorization"_L1]));

        RequestDraft beforeSignature = made;
        beforeSignature.secretHeaders.removeLast();
        const SigningSteps steps = signingSteps(beforeSignature, keys, exampleScope());
        QCOMPARE(steps.canonicalRequest, bytes(vector["canonicalRequest"_L1]));
        QCOMPARE(steps.stringToSign, bytes(vector["stringToSign"_L1]));
    }

    void agreesWithTheSdkForJavaScript()
    {
        QString error;
        const QByteArray lines =
            NodeServer::output(u"oracle/signer.mjs"_s, {u"400"_s, u"20250102"_s}, &error);
        QVERIFY2(error.isEmpty(), qPrintable(error));
        int compared = 0;
        for (const QByteArray &line : lines.trimmed().split('\n')) {
            compareWithOracle(QJsonDocument::fromJson(line).object());
            if (QTest::currentTestFailed())
                return;
            ++compared;
        }
        QCOMPARE_EQ(compared, 447);
    }

    void joinsHeadersOfOneName()
    {
        RequestDraft draft{.method = "GET", .url = QUrl(u"https://example.com/"_s)};
        draft.headers = {HttpHeader{"My-Header", " one  two "}, HttpHeader{"my-header", "three"},
                         HttpHeader{"User-Agent", "Parlance"}, HttpHeader{"X-Amzn-Trace-Id", "Root=1"}};
        const SigningSteps steps = signingSteps(draft, exampleKeys({}), exampleScope());
        QCOMPARE(steps.signedHeaders, "host;my-header");
        QVERIFY(steps.canonicalRequest.contains("\nmy-header:one two,three\n"));
    }

    void sortsAQueryByEncodedNameThenValue()
    {
        QCOMPARE(canonicalQuery("b=2&a=z&a=%2B&a&a%20b=+&%61=y"), "a=&a=%2B&a=y&a=z&a%20b=%2B&b=2");
        QCOMPARE(canonicalQuery(""), "");
        QCOMPARE(canonicalPath(""), "/");
        QCOMPARE(canonicalPath("/a%3Ab/c%2Fd/"), "/a%253Ab/c%252Fd/");
    }

    void namesTheHostAsItIsSent()
    {
        QCOMPARE(hostHeader(QUrl(u"https://example.com:443/"_s)), "example.com");
        QCOMPARE(hostHeader(QUrl(u"ws://example.com:80/"_s)), "example.com");
        QCOMPARE(hostHeader(QUrl(u"http://[::1]:8080/"_s)), "[::1]:8080");
        QCOMPARE(hostHeader(QUrl(u"http://Example.com:8080/"_s)), "example.com:8080");
    }

private:
    static void compareWithOracle(const QJsonObject &told)
    {
        const QJsonObject keys = told["credentials"_L1].toObject();
        const AwsCredentials credentials{.accessKeyId = bytes(keys["accessKeyId"_L1]),
                                         .secretAccessKey = Secret(bytes(keys["secretAccessKey"_L1])),
                                         .sessionToken = Secret(bytes(keys["sessionToken"_L1]))};
        const SigningScope scope{.region = bytes(told["region"_L1]),
                                 .service = bytes(told["service"_L1]),
                                 .time =
                                     QDateTime::fromString(told["time"_L1].toString(), Qt::ISODateWithMs)};
        const QByteArray sent = bytes(told["url"_L1]);
        const QUrl url = QUrl::fromEncoded(sent, QUrl::StrictMode);
        // What is signed must be what goes out.
        QCOMPARE(url.toEncoded(), sent);
        if (told["kind"_L1] == "presign"_L1) {
            const QUrl made =
                presignedUrl(url, credentials, scope, std::chrono::seconds(told["expires"_L1].toInt()));
            const QByteArray signature = "&X-Amz-Signature=" + bytes(told["signature"_L1]);
            QVERIFY2(made.toEncoded().endsWith(signature), sent.constData());
            return;
        }
        RequestDraft draft{.method = bytes(told["method"_L1]),
                           .url = url,
                           .body = QByteArray::fromHex(bytes(told["body"_L1]))};
        QByteArray hash;
        const QTemporaryDir folder;
        if (told["kind"_L1] == "file"_L1) {
            const QByteArray file = QByteArray::fromHex(bytes(told["file"_L1]));
            Test::put(folder.filePath(u"f"_s), file);
            draft.body = "{\"data\":\"";
            draft.body.append(BodyFile{.path = folder.filePath(u"f"_s), .name = u"f"_s, .size = file.size()});
            draft.body.append("\"}"_ba);
            hash = bodyHash(draft.body).value();
        }
        for (const QJsonValue &header : told["headers"_L1].toArray())
            draft.headers.append(HttpHeader{.name = bytes(header[0]), .value = bytes(header[1])});
        const QByteArray made = authorizationOf(signedDraft(draft, credentials, scope, hash));
        QVERIFY2(made == bytes(told["authorization"_L1]), QByteArray(sent + '\n' + made).constData());
    }
};

QTEST_GUILESS_MAIN(TestSigV4)
#include "tst_sigv4.moc"
