// SPDX-License-Identifier: Apache-2.0
#include "wire/a2acard.h"
#include "wire/a2amessage.h"
#include "wire/chooseinterpreter.h"
#include "wire/deltaprinter.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

//! JSON written with single quotes.
QByteArray quoted(const char *json)
{
    return QByteArray(json).replace('\'', '"');
}

QByteArray envelope(const QByteArray &result)
{
    return quoted("{'jsonrpc':'2.0','id':'1','result':") + result + '}';
}

//! What is shown of an answer that comes as these results.
QString shown(const QList<QByteArray> &results, const std::vector<MessagePart> &told = {})
{
    std::vector<Delta> deltas;
    const auto interpreter = makeInterpreter({}, told);
    int sequence = 0;
    for (const QByteArray &result : results)
        interpreter->interpret({.sequence = sequence++, .kind = FrameKind::Sse, .payload = envelope(result)},
                               deltas);
    interpreter->finish(deltas);
    return printed(deltas);
}

QByteArray status(const QByteArray &state, const QByteArray &text = {}, const QByteArray &id = {})
{
    QByteArray message;
    if (!text.isEmpty())
        message = quoted(",'message':{'role':'agent','messageId':'") + id
            + quoted("','parts':[{'kind':'text','text':'") + text + quoted("'}]}");
    return quoted("{'kind':'status-update','taskId':'k','contextId':'c','status':{'state':'") + state + '"'
        + message + "}}";
}

QByteArray artifact(const QByteArray &text, const QByteArray &rest = {}, const QByteArray &name = {},
                    const QByteArray &id = "a")
{
    return quoted("{'kind':'artifact-update','taskId':'k','contextId':'c','artifact':{'artifactId':'") + id
        + quoted("','name':'") + name + quoted("','parts':[{'kind':'text','text':'") + text + quoted("'}]}")
        + rest + '}';
}

const QByteArray more = ",\"append\":true";

//! An artifact with these parts, as a whole.
QByteArray artifactOf(const QByteArray &parts, const QByteArray &id = "a")
{
    return quoted("{'kind':'artifact-update','taskId':'k','contextId':'c','artifact':{'artifactId':'") + id
        + quoted("','parts':[") + quoted(parts.constData()) + "]}}";
}

QByteArray file(const QByteArray &name, const QByteArray &base64)
{
    return "{'kind':'file','file':{'name':'" + name + "','mimeType':'text/" + name + "','bytes':'" + base64
        + "'}}";
}

//! A task that has ended, with these artifacts.
QByteArray task(const QByteArray &artifacts)
{
    return quoted("{'kind':'task','id':'k','contextId':'c','status':{'state':'completed'},'artifacts':[")
        + artifacts + "]}";
}

QByteArray piece(const char *id, const QByteArray &parts)
{
    return quoted("{'artifactId':'") + id + quoted("','name':'rates','parts':[") + parts + "]}";
}

} // namespace

class TestA2a : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsCards_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("expected");
        QTest::newRow("0.3") << quoted("{'protocolVersion':'0.3.0','name':'x','url':'http://0.0.0.0/"
                                       "','capabilities':{'streaming':true}}")
                             << u"0.3 streams"_s;
        QTest::newRow("0.3 without version")
            << quoted("{'name':'x','url':'u','capabilities':{}}") << u"0.3"_s;
        QTest::newRow("1.0") << quoted(
            "{'name':'x','supportedInterfaces':[{'url':'u','protocolBinding':'JSONRPC','protocolVersion':'1."
            "0'}],'capabilities':{'streaming':true}}")
                             << u"1.0 streams"_s;
        QTest::newRow("both") << quoted(
            "{'supportedInterfaces':[{'protocolBinding':'JSONRPC','protocolVersion':'0.3'},{'protocolBinding'"
            ":'JSONRPC','protocolVersion':'1.0'}]}")
                              << u"1.0"_s;
        QTest::newRow("the new shape for 0.3 alone")
            << quoted("{'supportedInterfaces':[{'protocolBinding':'GRPC','protocolVersion':'1.0'},{'"
                      "protocolBinding':'JSONRPC','protocolVersion':'0.3'}]}")
            << u"0.3"_s;
        for (const char *none : {"", "{}", "[]", "null", "{\"message\":\"Not found\"}", "<html>"})
            QTest::newRow(none) << QByteArray(none) << u"none"_s;
    }
    void readsCards()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, expected);
        const std::optional<A2aCard> card = readA2aCard(json);
        const QString read = !card ? u"none"_s
                                   : QString((card->version == A2aVersion::V10 ? u"1.0"_s : u"0.3"_s)
                                             + (card->streams ? u" streams"_s : QString()));
        QCOMPARE(read, expected);
    }

    void asksInEitherVersion()
    {
        const A2aMessage message{
            .text = u"Hi “\U0001F600”\n"_s,
            .messageId = u"m"_s,
            .contextId = u"c"_s,
            .taskId = u"t"_s,
            .attachments = {{.name = u"a.txt"_s, .mimeType = u"text/plain"_s, .data = "x"}}};
        const auto asked = [&message](A2aVersion version, bool streams) {
            return QJsonDocument::fromJson(
                a2aQuestion({.version = version, .streams = streams}, message).bytes());
        };
        const QJsonDocument old = asked(A2aVersion::V03, true);
        QCOMPARE(old["method"_L1].toString(), u"message/stream"_s);
        QJsonObject said = old["params"_L1]["message"_L1].toObject();
        QCOMPARE(said["role"_L1].toString(), u"user"_s);
        QCOMPARE(said["parts"_L1][0]["kind"_L1].toString(), u"text"_s);
        QCOMPARE(said["parts"_L1][0]["text"_L1].toString(), message.text);
        QCOMPARE(said["parts"_L1][1]["file"_L1]["bytes"_L1].toString(), u"eA=="_s);
        QCOMPARE(said["contextId"_L1].toString(), u"c"_s);
        QCOMPARE(said["taskId"_L1].toString(), u"t"_s);
        const QJsonDocument now = asked(A2aVersion::V10, true);
        QCOMPARE(now["method"_L1].toString(), u"SendStreamingMessage"_s);
        said = now["params"_L1]["message"_L1].toObject();
        QCOMPARE(said["role"_L1].toString(), u"ROLE_USER"_s);
        QVERIFY(!said.contains("kind"_L1));
        QCOMPARE(said["parts"_L1][1]["raw"_L1].toString(), u"eA=="_s);
        QCOMPARE(said["parts"_L1][1]["filename"_L1].toString(), u"a.txt"_s);
        QCOMPARE(asked(A2aVersion::V03, false)["method"_L1].toString(), u"message/send"_s);
        QCOMPARE(asked(A2aVersion::V10, false)["method"_L1].toString(), u"SendMessage"_s);
        QVERIFY(a2aHeaders(A2aVersion::V03).isEmpty());
        QCOMPARE(a2aHeaders(A2aVersion::V10).first().value, "1.0"_ba);
    }

    // The server of Strands streams its answer through the status, and tells it again as an artifact.
    void showsAnAnswerOnce()
    {
        QCOMPARE(
            shown({status("working", "Hel", "1"), status("working", "lo", "2"),
                   artifact("Hello", quoted(",'lastChunk':true"), "agent_response"), status("completed")}),
            u"task k working\ntext Hello\ntask k completed"_s);
        QCOMPARE(shown({status("working", "ha", "1"), status("working", "ha", "2"),
                        status("completed", "haha", "3")}),
                 u"task k working\ntext haha\ntask k completed"_s);
        QCOMPARE(shown({artifact("Hello"), status("completed", "Hello", "3")}),
                 u"task k \ntext Hello\ntask k completed"_s);
    }

    void showsAnArtifactBesideWhatWasSaidOnTheWay()
    {
        QCOMPARE(
            shown({status("working", "Looking up rates...", "1"), status("working", "Reading them now.", "2"),
                   artifact("Look at this: 4", {}, "rates*"), artifact(" and 5", quoted(",'append':true")),
                   status("completed")}),
            u"task k working\ntext Looking up rates...\ntext Reading them now.\ntext **rates\\***\n"
            "text Look at this: 4 and 5\ntask k completed"_s);
    }

    void goesOnWhereAnArtifactIsToldAsAWhole()
    {
        QCOMPARE(shown({artifact("One"), artifact("One, two"), artifact("One, two")}),
                 u"task k \ntext One, two"_s);
        QCOMPARE(shown({artifact("One"), artifact(", two", more), artifact("One, two, three")}),
                 u"task k \ntext One, two, three"_s);
    }

    void replacesAnArtifactThatIsToldOtherwise()
    {
        QCOMPARE(shown({artifact("One"), artifact("Three"), artifact(" and four", more), artifact("One")}),
                 u"task k \ntext One\ntext! Three and four\ntext! One"_s);
        // What was not shown yet need not be taken back.
        QCOMPARE(
            shown({status("working", "One, two"), artifact("One"), artifact("Three"), status("completed")}),
            u"task k working\ntext One, two\ntext Three\ntask k completed"_s);
        // Files and data likewise, and one that is gone is gone.
        QCOMPARE(shown({artifactOf(file("csv", "YQ==") + ',' + file("plain", "Yg==")),
                        artifactOf(file("csv", "Yw=="))}),
                 u"task k \nfile text/csv\nfile text/plain\nfile text/csv\ntext! "_s);
        QCOMPARE(shown({artifactOf("{'data':{'eur':1}}"), artifactOf("{'data':{'eur':2}}")}),
                 u"task k \ntext ```json\n{\"eur\":1}\n```\ntext! ```json\n{\"eur\":2}\n```"_s);
        // An update that says nothing changes nothing.
        QCOMPARE(shown({artifact("One"), artifactOf({})}), u"task k \ntext One"_s);
    }

    void keepsArtifactsApartThatComeByTurns()
    {
        QCOMPARE(shown({artifact("One ", {}, "first", "a"), artifact("Uno ", {}, "second", "b"),
                        artifact("two", more, {}, "a"), artifact("dos", more, {}, "b"),
                        artifact("One two", {}, "first", "a"), artifact("Uno dos", {}, "second", "b"),
                        status("completed", "One two", "3")}),
                 u"task k \ntext **first**\ntext One \ntext **second**\ntext Uno \ntext two\ntext dos\n"
                 "task k completed"_s);
        // An id is one of its task.
        QCOMPARE(shown({artifact("One"), artifact("Uno").replace("\"taskId\":\"k\"", "\"taskId\":\"l\"")}),
                 u"task k \ntext One\ntask l \ntext Uno"_s);
    }

    // The protocol wants ids, which not every agent knows.
    void tellsArtifactsApartThatHaveNoId()
    {
        const QByteArray task = quoted("{'kind':'task','id':'k','status':{'state':'completed'},'artifacts':["
                                       "{'parts':[{'text':'Hi'}]},{'parts':[{'text':'Hi there'}]}]}");
        QCOMPARE(shown({task, task}), u"task k completed\ntext Hi\ntext Hi there"_s);
        QCOMPARE(shown({artifact("One", {}, {}, {}), artifact(" two", more, {}, {}),
                        artifact("Three", {}, {}, {})}),
                 u"task k \ntext One two\ntext Three"_s);
    }

    void asksThePerson()
    {
        QCOMPARE(shown({status("working"), status("input-required", "Which one?", "1")}),
                 u"task k working\ntask k input-required\ntext Which one?\nasks k \nstop interrupt"_s);
        QCOMPARE(
            shown({quoted(
                "{'statusUpdate':{'taskId':'k','contextId':'c','status':{'state':'TASK_STATE_AUTH_REQUIRED','"
                "message':{'messageId':'1','role':'ROLE_AGENT','parts':[{'text':'Sign in'}]}}}}")}),
            u"task k auth-required\ntext Sign in\nasks k \nstop interrupt"_s);
    }

    // A stream of 1.0 that goes on with a task begins with the task as it was.
    void forgetsAQuestionThatIsAnswered()
    {
        const QByteArray task =
            quoted("{'task':{'id':'k','contextId':'c','status':{'state':'TASK_STATE_INPUT_REQUIRED',"
                   "'message':{'messageId':'1','parts':[{'text':'Which?'}]}}}}");
        QCOMPARE(shown({task, status("working"), artifact("Done"), status("completed")}),
                 u"task k input-required\ntask k working\ntext Done\ntask k completed"_s);
        QCOMPARE(shown({task}), u"task k input-required\ntext Which?\nasks k \nstop interrupt"_s);
        // It comes after what there is.
        QCOMPARE(
            shown({QByteArray(task).replace(
                "\"contextId\"",
                "\"artifacts\":[{\"artifactId\":\"a\",\"parts\":[{\"text\":\"Rates\"}]}],\"contextId\"")}),
            u"task k input-required\ntext Rates\ntext Which?\nasks k \nstop interrupt"_s);
    }

    void tellsFailuresInTheAgentsWords()
    {
        QCOMPARE(shown({status("failed", "No quota", "1"), status("failed", "No quota", "1")}),
                 u"task k failed\nerror failed No quota"_s);
        QCOMPARE(shown({status("failed", "No quota", "1"),
                        quoted("{'kind':'task','id':'k','contextId':'c','status':{'state':'failed'}}")}),
                 u"task k failed\nerror failed No quota"_s);
        QVERIFY(shown({status("rejected")}).contains(u"error rejected The agent rejected the task"_s));
        QVERIFY(shown({status("canceled")}).contains(u"error canceled The task was canceled"_s));
    }

    void readsWholeAnswersOfEitherVersion()
    {
        QCOMPARE(shown({quoted("{'kind':'message','messageId':'m','role':'agent','contextId':'c','parts':[{'"
                               "type':'text','text':'Hi'}]}")}),
                 u"task  \ntext Hi"_s);
        QCOMPARE(shown({quoted("{'message':{'messageId':'m','role':'ROLE_AGENT','parts':[{'text':'Hi'},{'raw'"
                               ":'eA==','mediaType':'image/png','filename':'x.png'},{'url':'https://a/"
                               "b','mediaType':'text/csv'},{'data':{'a':1}},{'hologram':1}]}}")}),
                 u"text Hi\nfile image/png\nfile text/csv\ntext ```json\n{\"a\":1}\n```\nraw part"_s);
        // Only where nothing else is shown.
        QCOMPARE(shown({quoted(
                     "{'task':{'id':'k','status':{'state':'TASK_STATE_COMPLETED'},'history':[{'role':'ROLE_"
                     "USER','parts':[{'text':'you'}]},{'role':'ROLE_AGENT','parts':[{'text':'me'}]}]}}")}),
                 u"task k completed\ntext me"_s);
        QCOMPARE(shown({quoted("{'kind':'task','id':'k','status':{'state':'completed'},'artifacts':[{'"
                               "artifactId':'a','parts':[{'kind':'file','file':{'name':'r','mimeType':'text/"
                               "plain','bytes':'!'}}]}],'history':[{'role':'agent','parts':[{'kind':'text','"
                               "text':'me'}]}]}")}),
                 u"task k completed\nraw part"_s);
    }

    // What was shown before an artifact's id was kept is known by what it says.
    void showsOnlyWhatIsNewOfATaskThatGoesOn()
    {
        const QByteArray first = piece("a", quoted("{'kind':'text','text':'Done.'}"));
        const QByteArray table = piece("b", quoted(file("csv", "YSxi").constData()));
        const QByteArray data = piece("d", quoted("{'kind':'data','data':{'eur':1}}"));
        const QByteArray second = piece("c", quoted("{'kind':'text','text':'Done.'}"));
        const Attachment shownTable{.name = u"csv"_s, .mimeType = u"text/csv"_s, .data = "a,b"};
        const std::vector<MessagePart> told{{.content = Text{.markdown = u"**rates**"_s}},
                                            {.content = Text{.markdown = u"Done."_s}},
                                            {.content = shownTable},
                                            {.content = Text{.markdown = u"```json\n{\"eur\":1}\n```"_s}}};
        QCOMPARE(shown({task(first + ',' + table + ',' + data)}, told), u"task k completed"_s);
        // The same words in another artifact are said once more.
        QCOMPARE(shown({task(first + ',' + table + ',' + second)}, told), shown({task(second)}));
        // Another file is no repetition.
        QVERIFY(shown({task(table)}, {{.content = Attachment{.name = u"other.csv"_s}}})
                    .contains(u"file text/csv"_s));
    }

    void knowsAnArtifactByItsIdInALaterAnswer()
    {
        const auto words = [](const char *text) -> QByteArray {
            return QByteArray("{\"text\":\"") + text + "\"}";
        };
        const QByteArray table = quoted(file("csv", "YSxi").constData());
        const auto kept = [](const Part &part, const QString &id) {
            return MessagePart{.content = part, .givenId = id};
        };
        const std::vector<MessagePart> told{
            kept(Text{.markdown = u"Done."_s}, u"k/a"_s),
            kept(Attachment{.name = u"csv"_s, .mimeType = u"text/csv"_s, .keptAs = u"x"_s, .keptSize = 3},
                 u"k/b#1"_s),
            kept(Text{.markdown = u"```json\n{\"eur\":1}\n```"_s}, u"k/d#1"_s)};
        const QString end = u"task k completed"_s;
        QCOMPARE(shown({task(piece("a", words("Done.")) + ',' + piece("b", table) + ','
                             + piece("d", quoted("{'data':{'eur':1}}")))},
                       told),
                 end);
        // Neither the words alone nor another task's make it the same.
        QCOMPARE(shown({task(piece("c", words("Done.")))}, told), shown({task(piece("c", words("Done.")))}));
        QCOMPARE(shown({task(piece("a", words("Done.")))}, {kept(Text{.markdown = u"Done."_s}, u"l/a"_s)}),
                 shown({task(piece("a", words("Done.")))}));
        // It grew, or is another by now.
        QCOMPARE(shown({task(piece("a", words("Done. And more.")))}, told),
                 QString(end + u"\ntext **rates**\ntext  And more."_s));
        QCOMPARE(shown({artifact(" And more.", more), task(piece("a", words("Done. And more.")))}, told),
                 QString(u"task k \ntext  And more.\n"_s + end));
        QCOMPARE(shown({task(piece("a", words("Undone.")))}, told),
                 shown({task(piece("a", words("Undone.")))}));
        QCOMPARE(shown({task(piece("b", quoted(file("csv", "YQ==").constData())))}, told),
                 QString(end + u"\ntext **rates**\nfile text/csv"_s));
    }

    void goesOnWithAnArtifactThatGrew()
    {
        const QByteArray grown =
            task(piece("a", quoted("{'kind':'text','text':'The rates of yesterday and today: 1.08'}")));
        const QString text =
            shown({grown}, {{.content = Text{.markdown = u"The rates of yesterday and today:"_s}}});
        QVERIFY2(text.contains(u" 1.08"_s) && !text.contains(u"yesterday"_s), qPrintable(text));
    }

    void readsHowATaskStands()
    {
        const auto state = [](const QByteArray &result) { return a2aTaskIn(envelope(result)); };
        QCOMPARE(state(status("working")), (TaskStatus{u"k"_s, u"c"_s, u"working"_s}));
        QCOMPARE(state(quoted("{'task':{'id':'k','status':{'state':'TASK_STATE_SUBMITTED'}}}")),
                 (TaskStatus{u"k"_s, {}, u"submitted"_s}));
        QCOMPARE(state(quoted("{'kind':'task','id':'k','status':{'state':'working'}}")),
                 (TaskStatus{u"k"_s, {}, u"working"_s}));
        QCOMPARE(state(artifact("x")), TaskStatus());
        QVERIFY(a2aLook(A2aVersion::V10, u"k"_s).contains("GetTask"));
        QVERIFY(a2aLook(A2aVersion::V03, u"k"_s).contains("tasks/get"));
    }

    void leavesOtherJsonRpcAlone()
    {
        QCOMPARE(shown({quoted("{'content':[{'type':'text','text':'42'}]}")}), u"text 42"_s);
        QCOMPARE(shown({quoted("{'task':{'taskId':'x','status':'working'}}")}), u"raw result"_s);
    }

    void readsWhatBecameOfATask()
    {
        const auto task =
            readA2aTask(envelope(quoted("{'id':'k','status':{'state':'TASK_STATE_CANCELED'}}")));
        QVERIFY(task && task->taskId == u"k"_s && task->state == u"canceled"_s);
        const auto refused =
            readA2aTask(quoted("{'jsonrpc':'2.0','error':{'code':-32002,'message':'Too late'}}"));
        QVERIFY(!refused && refused.error().serverMessage == u"Too late"_s);
        QVERIFY(!readA2aTask("garbage"));
        QVERIFY(a2aDisagrees(quoted("{'jsonrpc':'2.0','error':{'code':-32601,'message':'no'}}")));
        QVERIFY(!a2aDisagrees(quoted("{'jsonrpc':'2.0','error':{'code':-32001,'message':'no'}}")));
    }
};

QTEST_APPLESS_MAIN(TestA2a)
#include "tst_a2a.moc"
