// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <array>
#include <random>

namespace Parlance::Test {

//! The same numbers from a seed on every machine.
class Dice
{
public:
    explicit Dice(quint32 seed)
        : m_engine(seed)
    {
    }
    //! From 0 to below a bound.
    int below(int bound) { return bound > 0 ? int(m_engine() % quint32(bound)) : 0; }
    int between(int low, int high) { return low + below(high - low + 1); }
    bool isLucky(int oneIn) { return below(oneIn) == 0; }
    template <typename List> const auto &oneOf(const List &list)
    {
        return list[size_t(below(int(std::size(list))))];
    }

private:
    std::mt19937 m_engine;
};

inline const auto markdownFragments = std::to_array<QStringView>({
    u"# Heading\n",
    u"Title\n===\n",
    u"word ",
    u"several plain words ",
    u"**bold** ",
    u"*it",
    u"*",
    u"**",
    u"_",
    u"__a__ ",
    u"`code` ",
    u"`",
    u"~~gone~~ ",
    u"\n",
    u"\n",
    u"\n\n",
    u"\n\n",
    u"\n\n",
    u"- item\n",
    u"- item\n  - inner\n",
    u"1. one\n",
    u"9999. far\n",
    u"- [x] done\n",
    u"- [ ] open\n",
    u"    indented\n",
    u"\t",
    u"> quoted\n",
    u"> > deeper\n",
    u"---\n",
    u"```cpp\n",
    u"```\n",
    u"~~~\n",
    u"int main() { return 0; }\n",
    u"| a | b |\n|---|--:|\n",
    u"| 1 | 2 |\n",
    u"|",
    u"| x | **y** | z |\n",
    u"[link](https://x.test/a) ",
    u"[open](",
    u"[ref][r] ",
    u"[r]: https://x.test/r\n",
    u"[unused]: words\n",
    u"![alt](https://x.test/i.png) ",
    u"\n\n![dot](data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==)\n\n",
    u"![broken](data:image/png;base64,AAAA) ",
    u"<b>html</b> ",
    u"<!-- comment -->\n",
    u"<div>\n",
    u"https://auto.test/path ",
    u"word[^1] ",
    u"[^1]: note\n",
    u"[^n",
    u"[^n]: other\n    more\n",
    u"$x_1^2$ ",
    u"$5 and $10 ",
    u"$$\n",
    u"\\frac{a}{b}\n",
    u"\\(y\\) ",
    u"\\[\n",
    u"\\]\n",
    u"\\",
    u"\\*",
    u"  \n",
    u"\\\n",
    u"שלום עולם ",
    u"مرحبا بالعالم ",
    u"- פריט\n",
    u"中文字符測試，",
    u"日本語の文章。",
    u"한국어 ",
    u"e\u0301a\u0308\u0323 ",
    u"z\u0351\u036b\u0343\u036a\u0302 ",
    u"\U0001F468\u200D\U0001F469\u200D\U0001F467 ",
    u"\U0001F1E9\U0001F1EA",
    u"\U0001F44D\U0001F3FD ",
    u"क्षि ",
    u"\u202Eoverride\u202C ",
    u"\u2067isolate\u2069 ",
    u"\u0001\u001B[31m\u007F",
    u"\u0000\u0085",
    u"\uFEFF",
    u"\u200B",
    u"\u2028",
    u"\u2029",
    u"\r\n",
    u"&amp;&#x10FFFF;&bogus; ",
    u"averyveryverylongwordthatdoesnotfitintoanylineofthepageandmustbebrokensomewhereinthemiddle",
});

//! Some Markdown, seldom well-formed, with every script and every mark that the page knows.
inline QString randomMarkdown(Dice &dice, int pieces)
{
    QString result;
    for (int i = 0; i < pieces; ++i) {
        const QStringView fragment = dice.oneOf(markdownFragments);
        // Half of a character, as a careless agent cuts it.
        if (dice.isLucky(50))
            result += QChar(dice.isLucky(2) ? 0xD83D : 0xDC00);
        const int times = dice.isLucky(60) ? dice.between(5, 200) : 1;
        for (int n = 0; n < times; ++n)
            result += fragment;
    }
    return result;
}

} // namespace Parlance::Test
