// SPDX-License-Identifier: Apache-2.0
#include "house/rules.h"

using namespace Qt::StringLiterals;

namespace Parlance::House {
namespace {

constexpr int longestFile = 600;

QRegularExpression pattern(const QString &text)
{
    QRegularExpression result(text);
    Q_ASSERT(result.isValid());
    result.optimize();
    return result;
}

const QString nowhere = u"^$"_s;
const QString libAndApp = u"^(lib|app)/.*\\.(cpp|h)$"_s;
const QString appSources = u"^app/.*\\.(cpp|h)$"_s;
const QString everySource = u"^(lib|app|tests)/.*\\.(cpp|h)$"_s;
const QString testSources = u"^tests/.*\\.(cpp|h)$"_s;

//! The line without its // comment. A // inside quotes (a URL) stays.
QString withoutComment(const QString &line)
{
    bool isQuoted = false;
    for (qsizetype index = 0; index + 1 < line.size(); ++index) {
        if (line.at(index) == u'\\')
            ++index;
        else if (line.at(index) == u'"')
            isQuoted = !isQuoted;
        else if (!isQuoted && line.at(index) == u'/' && line.at(index + 1) == u'/')
            return line.left(index);
    }
    return line;
}

Rule rule(const char *name, const QString &where, const QString &except, const QString &forbidden,
          const char *words, bool readsComments = false)
{
    return {QString::fromUtf8(name), pattern(where),           pattern(except),
            pattern(forbidden),      QString::fromUtf8(words), readsComments};
}

QList<Rule> makeRules()
{
    // The checker itself has to spell what it forbids.
    const QString self = u"^tests/(tst_layering\\.cpp|house/)"_s;
    return {
        rule(
            "colour", appSources, u"^app/theme/"_s,
            u"\\bQColor\\s*[({]|\"#[0-9a-fA-F]{3,8}\"|\\bQt::(red|green|blue|black|white|gray|darkGray|lightGray|yellow|cyan|magenta)\\b"_s,
            "colours come from app/theme"),
        rule("length", appSources, u"^app/theme/"_s,
             u"\\bpx\\s*\\([^)]*\\b\\d"
             u"|\\bconstexpr\\s+qreal\\s+\\w+\\s*[={]\\s*\\d"
             u"|\\bconstexpr\\s+(int|auto|double)\\s+\\w*(Width|Height|Margin|Padding|Gap|Inset|Radius|"
             u"Corner)\\s*[={]\\s*\\d"
             u"|\\b(set(ContentsMargins|(Horizontal|Vertical)?Spacing|(Fixed|Minimum|Maximum|Icon)(Size|"
             u"Width|Height)|PixelSize|PointSizeF?)|addSpacing|addGap)"
             u"\\(([^()]*,)?\\s*[1-9]\\d*\\s*[,)]"_s,
             "lengths have a name in app/theme/metrics.h"),
        rule("message box", libAndApp, u"^app/window/notices"_s, u"\\bQMessageBox\\b"_s,
             "questions and notices go through app/window/notices"),
        rule(
            "network manager", libAndApp, u"^lib/transport/networkpolicy"_s,
            u"(new\\s+|make_unique<|make_shared<|std::optional<)QNetworkAccessManager\\b|\\bQNetworkAccessManager\\s+\\w+\\s*[;({=]"_s,
            "transport/networkpolicy alone makes a QNetworkAccessManager; others are handed one"),
        rule(
            "sql", u"^(lib|app|tests)/.*\\.(cpp|h)$"_s,
            u"^(lib|tests)/store/|^tests/(tst_layering\\.cpp|bench/bench_search\\.cpp|house/)"_s,
            u"<(QtSql/)?QSql\\w+>|\"\\s*(SELECT|INSERT\\s+INTO|UPDATE\\s+\\w+\\s+SET|DELETE\\s+FROM|CREATE\\s+(TABLE|INDEX)|PRAGMA)\\b"_s,
            "SQL is written in lib/store alone"),
        rule("simdjson", libAndApp, u"^lib/wire/json\\."_s, u"\\bsimdjson\\b"_s,
             "the JSON reader is named in wire/json alone"),
        rule(
            "posix", libAndApp, u"^lib/core/platform_posix\\.cpp$"_s,
            u"#\\s*include\\s*<(unistd\\.h|signal\\.h|csignal|fcntl\\.h|poll\\.h|pthread\\.h|termios\\.h|dlfcn\\.h|sys/|netinet/|arpa/|pwd\\.h)"_s,
            "what is POSIX lives in lib/core/platform_posix.cpp"),
        rule(
            "nested loop", libAndApp, nowhere,
            u"\\bQEventLoop\\b|\\bprocessEvents\\b|\\bwaitFor(Started|Finished|ReadyRead|BytesWritten|Connected|Disconnected|NewConnection|Encrypted|Done)\\b|\\.waitForFinished"_s,
            "no nested event loops and no waiting: use signals or a future"),
        rule("exec", appSources, u"^app/(main|headless/main)\\.cpp$"_s, u"(\\.|->)exec\\s*\\("_s,
             "open dialogs with open() and menus with popup(), which do not nest an event loop"),
        rule("sender", libAndApp, nowhere, u"\\bsender\\(\\)"_s,
             "a slot is told what happened; it does not ask who sent it"),
        rule("unfinished", everySource, self,
             u"\\b(TO"
             "DO|FIX"
             "ME|XXX|HACK)\\b"_s,
             "finish it, or write it up elsewhere", true),
        rule("unsafe keychain", everySource, self, u"setInsecureFallback\\s*\\(\\s*true"_s,
             "a secret is never kept in the clear"),
        rule("skipped test", testSources, self, u"\\bQSKIP\\b|\\bQEXPECT_FAIL\\b"_s,
             "a test runs and passes, or goes"),
        rule("sleep", testSources, self,
             u"\\bQTest::q(Sleep|Wait)\\s*\\(|\\bQThread::(m|u)?sleep\\s*\\(|\\bsleep_for\\b"_s,
             "wait for what should happen: QTRY_COMPARE_EQ or QSignalSpy"),
    };
}

bool isXml(const QString &path)
{
    return path.endsWith(".svg"_L1) || path.endsWith(".xml"_L1) || path.endsWith(".qrc"_L1)
        || path.endsWith(".md"_L1);
}

} // namespace

const QList<Rule> &rules()
{
    static const QList<Rule> all = makeRules();
    return all;
}

QList<Finding> checkRule(const Rule &rule, const SourceFile &file)
{
    if (!rule.where.match(file.path).hasMatch() || rule.except.match(file.path).hasMatch())
        return {};
    QList<Finding> findings;
    for (qsizetype index = 0; index < file.lines.size(); ++index) {
        const QString line = rule.readsComments ? file.lines.at(index) : withoutComment(file.lines.at(index));
        const QRegularExpressionMatch match = rule.forbidden.match(line);
        if (match.hasMatch())
            findings.append({file.path, int(index) + 1, rule.name, match.captured() + u": "_s + rule.words});
    }
    return findings;
}

QList<Finding> checkWholeFile(const SourceFile &file)
{
    QList<Finding> findings;
    qsizetype first = 0;
    if (file.lines.value(0).startsWith("#!"_L1) || file.lines.value(0).startsWith("<?xml"_L1)
        || file.lines.value(0).startsWith("# shellcheck"_L1))
        first = 1;
    const QString licence = u"SPDX-License-Identifier: Apache-2.0"_s;
    const QString line = file.lines.value(first);
    const QString expected = isXml(file.path) ? QString(u"<!-- "_s + licence + u" -->"_s) : licence;
    if (!(isXml(file.path) ? line == expected : (line == u"// "_s + licence || line == u"# "_s + licence)))
        findings.append({file.path, int(first) + 1, u"licence"_s, u"begin with the line: "_s + expected});
    if (file.path.endsWith(".h"_L1) && file.lines.value(1) != "#pragma once"_L1)
        findings.append({file.path, 2, u"guard"_s, u"the second line of a header is #pragma once"_s});
    if (file.lines.size() > longestFile) {
        findings.append(
            {file.path, int(file.lines.size()), u"length"_s,
             u"%1 lines; over %2 is a fault, so split it"_s.arg(file.lines.size()).arg(longestFile)});
    }
    return findings;
}

} // namespace Parlance::House
