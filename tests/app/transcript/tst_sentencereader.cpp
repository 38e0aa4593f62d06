// SPDX-License-Identifier: Apache-2.0
#include "app/transcript/conversations.h"

#include "theme/theme.h"
#include "transcript/sentencereader.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

//! Streams an answer in pieces, and collects what is said on the way.
struct Stream
{
    Theme theme;
    MessageLayout layout;
    SentenceReader reader;
    Message message = answer({}, MessageState::Streaming);
    QStringList said;

    void show()
    {
        (void)layout.update(message, {}, theme, 600, nullptr);
        said.append(reader.read(layout, message.state != MessageState::Streaming));
    }
    void type(const QString &more)
    {
        std::get<Text>(message.parts.back().content).markdown += more;
        show();
    }
    void end(MessageState state = MessageState::Complete)
    {
        message.state = state;
        show();
    }
    void typeIn(const QString &markdown, int step)
    {
        for (qsizetype at = 0; at < markdown.size(); at += step)
            type(markdown.mid(at, step));
        end();
    }
};

const QString everything = u"# A heading\n\nFirst sentence. Second **bold one. And** a third, e.g. this!\n\n"
                           u"- an item. With two.\n- [a link](https://x.test/y.html) in it\n\n3. numbered\n\n"
                           u"```python\nx = 1. Y\nz = 2\n```\n\n"
                           u"| a. B | c |\n|--|--|\n| d | e |\n| f | g |\n\n> Quoted words.\n\nThe end"_s;

} // namespace

class SentenceReaderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachSentenceOnceHoweverItComes_data()
    {
        QTest::addColumn<int>("step");
        for (const int step : {1, 2, 3, 7, 40, 10'000})
            QTest::addRow("%d", step) << step;
    }

    void eachSentenceOnceHoweverItComes()
    {
        QFETCH(int, step);
        Stream stream;
        stream.typeIn(everything, step);
        const QStringList expected{u"A heading"_s,
                                   u"First sentence."_s,
                                   u"Second bold one."_s,
                                   u"And a third, e.g. this!"_s,
                                   u"an item."_s,
                                   u"With two."_s,
                                   u"a link in it"_s,
                                   u"3. numbered"_s,
                                   u"Code, python, 2 line(s)"_s,
                                   u"Table, 2 row(s), 2 column(s)"_s,
                                   u"Quoted words."_s,
                                   u"The end"_s};
        QCOMPARE(stream.said.join(u'\n'), expected.join(u'\n'));
        // Nothing is left, whatever comes after the end.
        stream.show();
        QCOMPARE(stream.said.size(), expected.size());
    }

    void whatIsNotCompleteWaits()
    {
        Stream stream;
        stream.type(u"One sentence. Half of"_s);
        QCOMPARE(stream.said, QStringList{u"One sentence."_s});
        stream.type(u" another"_s);
        QCOMPARE(stream.said.size(), 1);
        stream.type(u".\n\n```c\nint x;\n"_s);
        QCOMPARE(stream.said.last(), u"Half of another."_s);
        stream.type(u"int y;\n```\n\nAfter"_s);
        QCOMPARE(stream.said.last(), u"Code, c, 2 line(s)"_s);
        stream.end(MessageState::Stopped);
        QCOMPARE(stream.said.last(), u"After"_s);
        QCOMPARE(stream.said.size(), 4);
    }

    void toolsAreNamedAndThoughtsAreNot()
    {
        Stream stream;
        stream.message.parts = {part(Reasoning{u"I think. So."_s, false}, 0, 900)};
        stream.show();
        stream.message.parts.push_back(
            part(ToolCall{u"c"_s, u"look"_s, u"{}"_s, ToolState::Running}, 900, 900));
        stream.show();
        QVERIFY2(stream.said.isEmpty(), qPrintable(stream.said.join(u'/')));
        std::get<ToolCall>(stream.message.parts[1].content).state = ToolState::Done;
        stream.message.parts.push_back(part(Text{u"Found it. There"_s}, 1000, 1100));
        stream.show();
        stream.end();
        QCOMPARE(stream.said.size(), 3);
        QVERIFY2(stream.said[0].startsWith(u"Tool call look, done"_s), qPrintable(stream.said[0]));
        QCOMPARE(stream.said.mid(1), (QStringList{u"Found it."_s, u"There"_s}));
    }

    void goesOnFromWhereItWasTold()
    {
        Stream stream;
        std::get<Text>(stream.message.parts[0].content).markdown = u"# Old\n\nOld sentence. Half"_s;
        (void)stream.layout.update(stream.message, {}, stream.theme, 600, nullptr);
        stream.reader.skip(stream.layout);
        stream.type(u" new. Newer"_s);
        stream.end();
        QCOMPARE(stream.said, (QStringList{u"Half new."_s, u"Newer"_s}));
    }
};

QTEST_MAIN(SentenceReaderTest)
#include "tst_sentencereader.moc"
