// SPDX-License-Identifier: Apache-2.0
#include "chat/conversationfile.h"
#include "chat/safehtml.h"
#include "store/anyvalues.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

ConversationFile anyFile(QRandomGenerator &random)
{
    ConversationFile file{.conversation = sampleConversation(anyText(random)),
                          .agent = {.id = AgentId(u"agent-1"_s), .name = anyText(random)}};
    file.conversation.isUnread = false;
    file.conversation.draft.clear();
    file.conversation.editedMessage = {};
    file.conversation.edit.clear();
    const std::vector<AgentTarget> targets{
        BuiltInTarget{}, UrlTarget{.url = u"http://localhost:8080"_s},
        RuntimeTarget{.arn = u"arn:aws:bedrock-agentcore:eu-west-1:1:runtime/x"_s,
                      .endpointOverride = anyText(random)}};
    file.agent.target = targets[size_t(random.bounded(3))];
    for (int i = random.bounded(4); i >= 0; --i) {
        Message message = anyMessage(random);
        for (MessagePart &part : message.parts) {
            if (auto *request = std::get_if<InputRequest>(&part.content))
                request->draft.clear();
            // Where this machine keeps a file says nothing to another.
            if (auto *kept = std::get_if<Attachment>(&part.content)) {
                kept->keptAs.clear();
                kept->keptSize = 0;
            }
        }
        message.isImported = false;
        if (random.bounded(2) == 1) {
            for (int k = 0; k < 3; ++k)
                file.frames[message.id].push_back(
                    {.sequence = k,
                     .sinceSend = std::chrono::microseconds(random.bounded(9000)),
                     .kind = anyOf(random, FrameKind::SocketSent),
                     .payload = k == 0 ? anyBytes(random) : anyText(random).toUtf8(),
                     .event = "delta",
                     .id = anyBytes(random)});
        }
        file.messages.push_back(std::move(message));
    }
    return file;
}

QByteArray jsonOf(const std::vector<ConversationFile> &files)
{
    QByteArray bytes = jsonHead(u"Parlance 1"_s, sampleTime());
    for (size_t i = 0; i < files.size(); ++i)
        bytes += (i == 0 ? QByteArray() : jsonBetween()) + conversationJson(files[i]);
    return bytes + jsonTail();
}

ConversationFile saying(const std::vector<Part> &parts)
{
    ConversationFile file{.conversation = sampleConversation(u"<script>alert(1)</script> & title"_s)};
    Message message = userMessage(u"A *question* <img src=x onerror=alert(1)>"_s);
    file.messages.push_back(message);
    message = sampleAnswer(MessageState::Failed);
    message.parts.clear();
    for (const Part &part : parts)
        message.parts.push_back({.content = part});
    file.messages.push_back(message);
    return file;
}

QByteArray htmlOf(const QString &markdown)
{
    const SafeHtml html = safeHtml({markdown}, HtmlLines::Soft, "m1");
    return html.texts.front() + html.notes;
}

//! Every value that an attribute has on a page.
QStringList valuesOf(const QByteArray &html, const QString &attribute)
{
    QStringList values;
    const QRegularExpression written(u" "_s + attribute + u"=\"([^\"]*)\""_s);
    for (auto matches = written.globalMatch(QString::fromUtf8(html)); matches.hasNext();)
        values.append(matches.next().captured(1));
    return values;
}

//! What a real parser reads of a page: tags that were left open, every tag, every attribute that could
//! load or run something, and the text.
struct Page
{
    QStringList faults = {};
    QStringList tags = {};
    QStringList loads = {};
    QString text = {};
};

Page parsed(const QByteArray &html)
{
    static const QByteArray program = R"(
import json, sys
from html.parser import HTMLParser
void = {'meta', 'img', 'br', 'hr', 'input', 'link', 'base'}
class Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.faults, self.tags, self.loads, self.text = [], [], [], [], []
    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        if tag not in void:
            self.open.append(tag)
        for name, value in attributes:
            if name.startswith('on') or name in ('src', 'href', 'srcset', 'action', 'formaction', 'style'):
                self.loads.append(tag + ' ' + name + ' ' + str(value))
    def handle_endtag(self, tag):
        if tag in void:
            return
        if not self.open or self.open[-1] != tag:
            self.faults.append('</' + tag + '> closes ' + str(self.open[-1:]))
        else:
            self.open.pop()
    def handle_data(self, data):
        if 'style' not in self.open:
            self.text.append(data)
reader = Reader()
reader.feed(sys.stdin.buffer.read().decode('utf-8'))
reader.close()
json.dump({'faults': reader.faults + ['open ' + t for t in reader.open], 'tags': reader.tags,
           'loads': reader.loads, 'text': ''.join(reader.text)}, sys.stdout)
)";
    QProcess python;
    python.start(u"python3"_s, {u"-c"_s, QString::fromUtf8(program)});
    python.write(html);
    python.closeWriteChannel();
    if (!QTest::qWaitFor([&] { return python.state() == QProcess::NotRunning; }, 30'000))
        return {.faults = {u"no parser"_s}};
    const QJsonObject json = QJsonDocument::fromJson(python.readAllStandardOutput()).object();
    if (json.isEmpty())
        return {.faults = {QString::fromUtf8(python.readAllStandardError())}};
    const auto strings = [&json](const QString &name) {
        QStringList list;
        for (const QJsonValue &value : json[name].toArray())
            list.append(value.toString());
        return list;
    };
    return {.faults = strings(u"faults"_s),
            .tags = strings(u"tags"_s),
            .loads = strings(u"loads"_s),
            .text = json[u"text"_s].toString()};
}

} // namespace

class TestConversationFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesBackAsItWasWritten()
    {
        QRandomGenerator random(20261121);
        for (int i = 0; i < 60; ++i) {
            std::vector<ConversationFile> files;
            for (int k = random.bounded(3); k >= 0; --k)
                files.push_back(anyFile(random));
            const QByteArray bytes = jsonOf(files);
            const Result<std::vector<ConversationFile>> read = readConversations(bytes);
            QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error().message));
            QCOMPARE_EQ(read->size(), files.size());
            for (size_t k = 0; k < files.size(); ++k) {
                QCOMPARE_EQ(read->at(k).messages, files[k].messages);
                QVERIFY(read->at(k).frames == files[k].frames);
                QVERIFY(read->at(k) == files[k]);
            }
            QCOMPARE_EQ(jsonOf(*read), bytes);
        }
    }

    void refusesWhatItCannotReadWhole_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("words");
        QRandomGenerator random(1);
        const QByteArray good = jsonOf({anyFile(random)});
        QTest::newRow("empty") << QByteArray() << u"no file of conversations"_s;
        QTest::newRow("foreign") << QByteArray("{\"format\":\"other\"}") << u"no file of conversations"_s;
        QTest::newRow("agents") << QByteArray("{\"format\":\"parlance-agents\",\"version\":1}")
                                << u"no file of conversations"_s;
        QTest::newRow("a picture") << QByteArray("\x89PNG\r\n\x1a\n") << u"no file of conversations"_s;
        QTest::newRow("cut") << good.first(good.size() / 2) << u"broken"_s;
        QTest::newRow("too new") << QByteArray(good).replace("\"version\":1", "\"version\":2") << u"newer"_s;
        QTest::newRow("no version") << QByteArray(good).replace("\"version\":1", "\"edition\":1")
                                    << u"broken"_s;
        QTest::newRow("no messages") << QByteArray(good).replace("\"messages\":", "\"massages\":")
                                     << u"broken"_s;
        ConversationFile twice = anyFile(random);
        twice.messages = {twice.messages[0], twice.messages[0]};
        QTest::newRow("one id twice") << jsonOf({twice}) << u"broken"_s;
    }
    void refusesWhatItCannotReadWhole()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, words);
        const Result<std::vector<ConversationFile>> read = readConversations(bytes);
        QVERIFY(!read.has_value());
        QVERIFY2(read.error().message.contains(words), qPrintable(read.error().message));
    }

    void neverFallsOverACutFile()
    {
        QRandomGenerator random(7);
        const QByteArray good = jsonOf({anyFile(random), anyFile(random)});
        for (qsizetype length = 0; length < good.size() - 3; length += 1 + random.bounded(97))
            QVERIFY(!readConversations(good.first(length)).has_value());
    }

    void keepsKindsOfALaterVersion()
    {
        const QByteArray bytes = jsonHead({}, {})
            + R"({"id":"c","messages":[{"id":"m","role":"agent","parts":[{"kind":"hologram","x":1}],"new":2}]})"
            + jsonTail();
        const auto read = readConversations(bytes);
        QVERIFY(read.has_value());
        const auto *event = std::get_if<RawEvent>(&read->at(0).messages[0].parts[0].content);
        QVERIFY(event && event->label == u"hologram"_s && event->json.toString().contains(u"\"x\":1"_s));
    }

    void setsMarkdownThatReadsBack()
    {
        const ConversationFile file = saying(
            {Reasoning{.text = u"Let me\nthink"_s}, Text{.markdown = u"# Words\n\n| a |\n|--|\n| 1 |"_s},
             ToolCall{.name = u"get_*x*"_s, .arguments = u"{\"code\":\"```\"}"_s},
             ErrorPart{.error = Error{.message = u"It <b>failed</b>."_s}}});
        const QString text = QString::fromUtf8(conversationMarkdown(file));
        QVERIFY(text.startsWith(u"# \\<script\\>alert(1)\\</script\\> & title\n"_s));
        QVERIFY(text.contains(u"> Let me\n> think"_s));
        QVERIFY(text.contains(u"# Words\n\n| a |"_s));
        QVERIFY(text.contains(u"````json\n{\"code\":\"```\"}\n````"_s));
        QVERIFY(text.contains(u"get\\_\\*x\\*"_s));
        QVERIFY(text.contains(u"It \\<b\\>failed\\</b\\>."_s));
        QVERIFY(text.contains(u"failed"_s));
    }

    void setsAPageThatLoadsAndRunsNothing()
    {
        const QString hostile =
            u"</style></pre></div></article></main></body></html><script>alert(1)</script>"
            "<img src=x onerror=alert(1)><iframe src=//evil.example></iframe>"_s;
        const ConversationFile file = saying(
            {Text{.markdown = hostile}, Text{.markdown = QString(u"a "_s + hostile)},
             Text{
                 .markdown =
                     u"[x](javascript:alert(1)) [y](data:text/html,x) <javascript:alert(1)> "
                     "![far](https://evil.example/pixel.png) ![no](javascript:x) "
                     "[good](https://good.example/?a=1&b=\"2\") [![in](https://a.example/i.png)](https://b.example)"_s},
             Text{.markdown = QString(u"```html\n"_s + hostile + u"\n```\n\n| a | b |\n|---|--:|\n| 1 | "_s
                                      + hostile + u" |"_s)},
             Reasoning{.text = hostile}, ToolCall{.name = hostile, .arguments = hostile},
             ToolResult{.name = hostile, .content = hostile, .isError = true},
             Citation{.title = hostile, .url = u"javascript:alert(1)"_s, .quote = hostile},
             Citation{.url = u"https://good.example/\"><script>"_s},
             ErrorPart{.error = Error{.message = hostile, .serverMessage = hostile}},
             Attachment{.name = hostile, .mimeType = u"image/png"_s, .data = "\x89PNG"},
             Attachment{.name = hostile, .mimeType = u"image/svg+xml"_s, .data = "<svg onload=x>"},
             Attachment{.name = u"far"_s, .mimeType = u"image/png"_s, .url = u"https://evil.example/p.png"_s},
             RawEvent{.label = hostile, .json = hostile}});
        const QByteArray html = conversationHtml(file);
        const Page page = parsed(html);
        QCOMPARE_EQ(page.faults, QStringList());
        for (const QString &tag :
             {u"script"_s, u"iframe"_s, u"link"_s, u"object"_s, u"svg"_s, u"base"_s, u"form"_s})
            QVERIFY2(!page.tags.contains(tag), qPrintable(tag));
        for (const QString &load : page.loads) {
            const bool isLink = load.startsWith(u"a href https://"_s);
            const bool isData = load.startsWith(u"img src data:image/png;base64,"_s);
            QVERIFY2(isLink || isData, qPrintable(load));
        }
        QCOMPARE_EQ(page.tags.count(u"table"_s), 1);
        QCOMPARE_EQ(page.tags.count(u"article"_s), 2);
        QVERIFY(page.text.contains(hostile));
        QVERIFY(html.contains("default-src 'none'"));
        QVERIFY(html.contains("prefers-color-scheme: dark"));
        QVERIFY(html.contains("@media print"));
    }

    // Those that are in the conversation itself, whatever they are called, and no others.
    void showsPicturesInHtml()
    {
        const QByteArray png = QByteArray::fromBase64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQV"
                                                      "R42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        const QString address = u"data:image/png;base64,"_s + QString::fromLatin1(png.toBase64());
        const ConversationFile file = saying(
            {Attachment{.name = u"a"_s, .mimeType = u"application/octet-stream"_s, .data = png},
             Attachment{.name = u"b"_s, .mimeType = u"image/png"_s, .url = address},
             Text{.markdown =
                      QString(u"![c]("_s + address
                              + u") ![](data:image/png;base64,aGVsbG8=) "
                                u"![d](data:image/svg+xml;base64,PHN2Zz4=) ![e](DATA:IMAGE/PNG;base64,"_s
                              + QString::fromLatin1(png.toBase64()) + u')')},
             Attachment{.name = u"f"_s, .mimeType = u"image/png"_s, .data = "<svg onload=x>"},
             Attachment{.name = u"g"_s, .mimeType = u"image/png"_s, .url = u"https://x.test/p.png"_s}});
        const QByteArray html = conversationHtml(file);
        const Page page = parsed(html);
        QCOMPARE_EQ(page.faults, QStringList());
        QCOMPARE_EQ(page.tags.count(u"img"_s), 4);
        QCOMPARE_EQ(page.loads.count(u"img src "_s + address), 4);
        for (const char *name : {"a", "b", "c", "e"})
            QVERIFY2(html.contains(QByteArray("alt=\"").append(name).append('"')), name);
        QVERIFY(!html.contains("svg"));
    }

    void tellsErrorsOfACommandFromItsOutput()
    {
        CommandOutput output;
        output.append(CommandStream::Output, u"one\ntwo\n");
        output.append(CommandStream::Error, u"bad <one>\n\nbad two\n");
        output.append(CommandStream::Output, u"three\n");
        output.exitCode = 1;
        output.status = CommandStatus::Completed;
        const ConversationFile file = saying({output});
        const QByteArray html = conversationHtml(file);
        QCOMPARE_EQ(parsed(html).faults, QStringList());
        QVERIFY2(html.contains("one\ntwo\n<span class=\"errors\">bad &lt;one&gt;\n\nbad two</span>\nthree\n"),
                 html.mid(html.indexOf("<pre>")).constData());
        QVERIFY(html.contains("Exit code 1 · errors marked by a bar"));
        const QByteArray markdown = conversationMarkdown(file);
        QVERIFY2(
            markdown.contains("```\none\ntwo\n```\n\n*Standard error*\n\n```\nbad <one>\n\nbad two\n```\n\n"
                              "```\nthree\n```\n\n*Exit code 1*"),
            markdown.constData());
        // What has none is as it was.
        CommandOutput plain;
        plain.append(CommandStream::Output, u"one\n");
        const QByteArray quiet = conversationHtml(saying({plain}));
        QVERIFY(quiet.contains("<pre><code>one\n</code></pre>"));
        QVERIFY(!quiet.contains("class=\"errors\"") && !quiet.contains("marked by a bar"));
    }

    void keepsLinesAndDirectionsInHtml()
    {
        QCOMPARE_EQ(htmlOf(u"one\ntwo"_s), QByteArray("<p>one\ntwo</p>\n"));
        // As they are on the page: a person's line ends where it was ended.
        ConversationFile file = saying({Text{.markdown = u"one\ntwo"_s}});
        for (Message &message : file.messages)
            message.parts = {{.content = Text{.markdown = u"one\ntwo"_s}}};
        file.messages.front().role = Role::User;
        file.messages.back().role = Role::Agent;
        const QByteArray html = conversationHtml(file);
        QCOMPARE_EQ(html.count("one<br />\ntwo"), 1);
        QCOMPARE_EQ(html.count("one\ntwo"), 1);
        QVERIFY(html.contains("unicode-bidi: plaintext"));
    }

    void setsFormulasAsTheyWereWritten_data()
    {
        QTest::addColumn<QString>("markdown");
        QTest::addColumn<QByteArray>("html");
        const auto row = [](const char *name, const QString &markdown, const char *html) {
            QTest::newRow(name) << markdown << QByteArray(html);
        };
        row("dollars", u"a $x_1 \\, y_1$ b"_s, "<p>a <code class=\"math\">x_1 \\, y_1</code> b</p>\n");
        row("round", u"a \\(x*y*z\\) b"_s, "<p>a <code class=\"math\">x*y*z</code> b</p>\n");
        row("over two lines", u"\\(x +\ny\\)"_s, "<p><code class=\"math\">x + y</code></p>\n");
        row("square in words", u"so \\[x^2\\] then"_s,
            "<p>so <code class=\"math display\">x^2</code> then</p>\n");
        row("block", u"$$\na_1 < b_1 \\\\\n\nc\n$$"_s,
            "<pre><code class=\"math display\">a_1 &lt; b_1 \\\\\n\nc</code></pre>\n");
        row("square block", u"\\[\n\\frac{a}{b}\n\\]"_s,
            "<pre><code class=\"math display\">\\frac{a}{b}</code></pre>\n");
        row("words behind", u"- $$x=1$$\n  and on"_s,
            "<ul>\n<li>\n<pre><code class=\"math display\">x=1</code></pre>\nand on</li>\n</ul>\n");
        row("in a cell", u"| a |\n|--|\n| $x_1$ **\\(y\\)** |"_s,
            "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><code class=\"math\">x_1"
            "</code> <strong><code class=\"math\">y</code></strong></td>\n</tr>\n</tbody>\n</table>\n");
        row("money", u"from $5 to $10 and *more*"_s, "<p>from $5 to $10 and <em>more</em></p>\n");
        row("brackets", u"\\[not this\\] \\(nor this\\) [a\\]](https://a.example/\\(b\\))"_s,
            "<p>[not this] (nor this) <a href=\"https://a.example/(b)\">a]</a></p>\n");
        row("code", u"`\\(x\\) $y$ [^1]`\n\n```a\\(b\n\\[z\\]\n```"_s,
            "<p><code>\\(x\\) $y$ [^1]</code></p>\n<pre><code "
            "class=\"language-a(b\">\\[z\\]\n</code></pre>\n");
        row("markup", u"<b title='\\('>$<script>x=\"1\"</script>$"_s,
            "<p>&lt;b title='\\('&gt;<code "
            "class=\"math\">&lt;script&gt;x=&quot;1&quot;&lt;/script&gt;</code></p>\n");
        row("about", u"~5 to ~6 and ~~seven~~"_s, "<p>~5 to ~6 and <del>seven</del></p>\n");
    }
    void setsFormulasAsTheyWereWritten()
    {
        QFETCH(QString, markdown);
        QFETCH(QByteArray, html);
        QCOMPARE_EQ(htmlOf(markdown), html);
    }

    void leadsToFootnotesAndBack()
    {
        const QByteArray html =
            htmlOf(u"One[^a], again[^a], none[^z], [in a link[^a]](https://a.example).\n\n"
                   "[^a]: It is *so*, see[^b].\n\n    - and more\n[^b]: Last.\n\nAfter."_s);
        const Page page = parsed(html);
        QCOMPARE_EQ(page.faults, QStringList());
        QCOMPARE_EQ(valuesOf(html, u"id"_s),
                    QStringList({u"mark-m1-1-1"_s, u"mark-m1-1-2"_s, u"note-m1-1"_s, u"mark-m1-2-1"_s,
                                 u"note-m1-2"_s}));
        QCOMPARE_EQ(
            page.loads,
            QStringList({u"a href #note-m1-1"_s, u"a href #note-m1-1"_s, u"a href https://a.example"_s,
                         u"a href #note-m1-2"_s, u"a href #mark-m1-1-1"_s, u"a href #mark-m1-1-2"_s,
                         u"a href #mark-m1-2-1"_s}));
        QVERIFY2(html.contains("none<sup>z</sup>"), html.constData());
        QVERIFY2(html.contains("in a link<sup>a</sup></a>"), html.constData());
        // The notes stand below everything else.
        QVERIFY2(html.indexOf("After.") < html.indexOf("doc-endnotes"), html.constData());
        QVERIFY2(html.indexOf("<em>so</em>") > html.indexOf("doc-endnotes"), html.constData());
        QVERIFY(!html.contains("[^"));
    }

    void keepsFootnotesOfMessagesApart()
    {
        ConversationFile file = saying({Text{.markdown = u"A[^1] and B[^2].\n\n[^1]: First."_s},
                                        Reasoning{.text = u"Thought[^1].\n\n[^1]: Quietly."_s},
                                        Text{.markdown = u"C[^1].\n\n[^1]: Third.\n[^2]: Second."_s}});
        file.messages.front().parts = {{.content = Text{.markdown = u"Q[^1]\n\n[^1]: Asked."_s}}};
        const QByteArray html = conversationHtml(file);
        const Page page = parsed(html);
        QCOMPARE_EQ(page.faults, QStringList());
        QStringList ids = valuesOf(html, u"id"_s);
        QCOMPARE_EQ(ids.size(), 10);
        QCOMPARE_EQ(ids.removeDuplicates(), 0);
        // Every link leads to something on the page.
        for (const QString &address : valuesOf(html, u"href"_s))
            QVERIFY2(ids.contains(address.mid(1)), qPrintable(address));
        QCOMPARE_EQ(html.count("class=\"notes\""), 3);
        // A mark has the note of its own text, else that of another text of the message.
        const auto noteBehind = [&html](const QByteArray &words) {
            const QByteArray marked = html.mid(html.indexOf(QByteArray(words + "<sup>")));
            const QByteArray id = valuesOf(marked, u"href"_s).constFirst().mid(1).toLatin1();
            const qsizetype note = html.indexOf(QByteArray("id=\"" + id + "\""));
            return html.mid(html.indexOf("<p>", note) + 3, 5);
        };
        QCOMPARE_EQ(noteBehind("Q"), QByteArray("Asked"));
        QCOMPARE_EQ(noteBehind("A"), QByteArray("First"));
        QCOMPARE_EQ(noteBehind(" B"), QByteArray("Secon"));
        QCOMPARE_EQ(noteBehind("C"), QByteArray("Third"));
        QCOMPARE_EQ(noteBehind("Thought"), QByteArray("Quiet"));
    }

    void letsNoMarkupThroughFormulasAndFootnotes()
    {
        const QString hostile =
            u"</code></pre></div></section><script>a=\"1\"</script><img/src=x/onerror=a>"_s;
        const QStringList texts{
            u"$"_s + hostile + u"$ $$"_s + hostile + u"$$ \\("_s + hostile + u"\\) \\["_s + hostile
                + u"\\]"_s,
            u"$$\n"_s + hostile + u"\n$$ "_s + hostile,
            u"| a |\n|--|\n| $"_s + hostile + u"$ [^"_s + hostile + u"] |"_s,
            u"[^"_s + hostile + u"]\n\n[^"_s + hostile + u"]: "_s + hostile + u"\n\n    [x](javascript:a)"_s,
            u"[^\"onclick=a] [^x\"><b>]\n\n[^\"onclick=a]: > [^in]: $"_s + hostile
                + u"$\n\n[^in] [^x\"><b>]"_s,
            // Characters that stand for ours while it is read, written by somebody else.
            u"\U0010FFF0x_1\U0010FFF1 \U0010FFF41] &#x10FFF0;y&#x10FFF1; &#x10FFF4;1]\n\n&#x10FFF4;1]: z"_s,
            u"[x\\(](javascript:a\\() ![y\\[](data:text/html,\\[) [z](https://a.example \"\\(\\\" x=\")"_s,
            u"[![in](https://a.example/i.png)](https://b.example)"_s,
        };
        for (const QString &text : texts) {
            const QByteArray html = htmlOf(text);
            const Page page = parsed(html);
            QVERIFY2(page.faults.isEmpty(), html.constData());
            for (const QString &tag : {u"script"_s, u"img"_s, u"b"_s})
                QVERIFY2(!page.tags.contains(tag), html.constData());
            for (const QString &load : page.loads)
                QVERIFY2(load.startsWith(u"a href #"_s) || load.startsWith(u"a href https://"_s),
                         html.constData());
            QVERIFY2(page.tags.count(u"a"_s) == page.loads.size(), html.constData());
            QVERIFY2(!page.text.contains(QString::fromUcs4(U"\U0010FFF0")), html.constData());
        }
        // No link within a link: the outer one is followed.
        QCOMPARE_EQ(htmlOf(texts.constLast()), QByteArray("<p><a href=\"https://b.example\">in</a></p>\n"));
    }

    void setsEveryValueAsSoundHtml()
    {
        QRandomGenerator random(3);
        for (int i = 0; i < 8; ++i) {
            const Page page = parsed(conversationHtml(anyFile(random)));
            QCOMPARE_EQ(page.faults, QStringList());
        }
    }
};

QTEST_GUILESS_MAIN(TestConversationFile)
#include "tst_conversationfile.moc"
