// SPDX-License-Identifier: Apache-2.0
#include "auth/httpcaller.h"
#include "transport/picturefetch.h"

#include <QPromise>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

// Answers from a list, and keeps what it was asked.
class Answers : public HttpCaller
{
public:
    QFuture<Result<HttpReply>> call(RequestDraft draft) override
    {
        asked.append(draft);
        QPromise<Result<HttpReply>> promise;
        promise.start();
        promise.addResult(replies.isEmpty() ? Result<HttpReply>(HttpReply{.status = 404})
                                            : replies.takeFirst());
        promise.finish();
        return promise.future();
    }

    QList<Result<HttpReply>> replies;
    QList<RequestDraft> asked;
};

HttpReply movedTo(const QByteArray &where)
{
    return {.status = 302, .headers = {{"Location", where}}};
}

} // namespace

class PictureFetchTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void bringsTheBytes()
    {
        Answers answers;
        answers.replies = {HttpReply{.status = 200, .body = "picture"}};
        const auto result = fetchPicture(&answers, QUrl(u"https://x.test/a.png"_s)).result();
        QVERIFY(result);
        QCOMPARE(*result, QByteArray("picture"));
        QCOMPARE(answers.asked.size(), 1);
        QCOMPARE(answers.asked[0].headers.size(), 1);
        QVERIFY(answers.asked[0].secretHeaders.isEmpty());
    }

    // Also where it was moved to.
    void goesTheWayThatIsAskedFor()
    {
        Answers answers;
        answers.replies = {movedTo("/b.png"), HttpReply{.status = 200, .body = "b"}};
        const NetworkSettings own{.proxy = {.kind = ProxyKind::Http, .host = u"proxy.test"_s, .port = 3128}};
        QVERIFY(fetchPicture(&answers, QUrl(u"https://x.test/a.png"_s), own).result());
        QCOMPARE(answers.asked.size(), 2);
        for (const RequestDraft &asked : std::as_const(answers.asked))
            QVERIFY(asked.network == own);
    }

    void followsToAnotherPlaceButNotInTheClear()
    {
        Answers answers;
        answers.replies = {movedTo("/b.png"), HttpReply{.status = 200, .body = "b"}};
        QCOMPARE(*fetchPicture(&answers, QUrl(u"https://x.test/a.png"_s)).result(), QByteArray("b"));
        QCOMPARE(answers.asked[1].url, QUrl(u"https://x.test/b.png"_s));
        answers.asked.clear();
        for (const QByteArray where :
             {"http://x.test/b.png", "http://127.0.0.1/b.png", "file:///etc/passwd"}) {
            answers.replies = {movedTo(where), HttpReply{.status = 200, .body = "b"}};
            QVERIFY(!fetchPicture(&answers, QUrl(u"https://x.test/a.png"_s)).result());
        }
        QCOMPARE(answers.asked.size(), 3);
        answers.replies = {movedTo("file:///etc/passwd"), HttpReply{.status = 200, .body = "b"}};
        QVERIFY(!fetchPicture(&answers, QUrl(u"http://127.0.0.1/a.png"_s)).result());
    }

    void givesUpInWords()
    {
        Answers answers;
        const auto missing = fetchPicture(&answers, QUrl(u"https://x.test/a.png"_s)).result();
        QVERIFY(!missing);
        QVERIFY(missing.error().message.contains(u"404"_s));
        for (int i = 0; i < 9; ++i)
            answers.replies.append(movedTo("https://x.test/a.png"));
        QVERIFY(!fetchPicture(&answers, QUrl(u"https://x.test/a.png"_s)).result());
        QCOMPARE(answers.replies.size(), 4);
    }
};

QTEST_GUILESS_MAIN(PictureFetchTest)
#include "tst_picturefetch.moc"
