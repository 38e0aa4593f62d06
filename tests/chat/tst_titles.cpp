// SPDX-License-Identifier: Apache-2.0
#include "chat/titles.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestTitles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhatTheFirstMessageIsAbout_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("title");
        QTest::newRow("plain words") << u"Where is my order?"_s << u"Where is my order?"_s;
        QTest::newRow("blank") << u"  \n\t\n"_s << QString();
        QTest::newRow("the first line that says something")
            << u"\n\n  Hello  there \nmore"_s << u"Hello there"_s;
        QTest::newRow("heading") << u"## A heading"_s << u"A heading"_s;
        QTest::newRow("quote in a list") << u"> - 1. deep"_s << u"deep"_s;
        QTest::newRow("not a heading") << u"#42 is late"_s << u"#42 is late"_s;
        QTest::newRow("not a list") << u"-5 degrees"_s << u"-5 degrees"_s;
        QTest::newRow("marks") << u"a **bold** and *leaning* `word` ~~gone~~"_s
                               << u"a bold and leaning word gone"_s;
        QTest::newRow("marks in marks") << u"**all *of* it**"_s << u"all of it"_s;
        QTest::newRow("lone marks stay") << u"2 * 3 * 4"_s << u"2 * 3 * 4"_s;
        QTest::newRow("link") << u"see [the page](https://example.com/x) now"_s << u"see the page now"_s;
        QTest::newRow("picture") << u"![a cat](cat.png)"_s << u"a cat"_s;
        QTest::newRow("code block") << u"```cpp\nint main()\n```"_s << u"int main()"_s;
        QTest::newRow("right to left") << u"שלום עולם"_s << u"שלום עולם"_s;
    }
    void saysWhatTheFirstMessageIsAbout()
    {
        QFETCH(QString, message);
        QFETCH(QString, title);
        QCOMPARE_EQ(titleFromMessage(message), title);
    }

    void cutsALongLineBetweenWords()
    {
        const QString words = u"seven words "_s.repeated(20);
        const QString title = titleFromMessage(words);
        QVERIFY(title.size() <= 61 && title.size() > 50);
        QVERIFY(title.endsWith(u'…'));
        QVERIFY(words.startsWith(title.chopped(1) + u' '));
    }

    void cutsALongWordAndNoCharacterInHalf()
    {
        for (const QString &lead : {QString(), u"x"_s}) {
            const QString title = titleFromMessage(lead + u"😀"_s.repeated(80));
            QVERIFY(title.size() <= 61 && title.size() > 50);
            QVERIFY(title.isValidUtf16());
            QVERIFY(title.endsWith(u'…'));
        }
    }
};

QTEST_APPLESS_MAIN(TestTitles)
#include "tst_titles.moc"
