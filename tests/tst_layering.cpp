// SPDX-License-Identifier: Apache-2.0
#include "house/includes.h"
#include "house/rules.h"

#include <QDirIterator>
#include <QFile>
#include <QLibraryInfo>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance::House;

namespace {

// The table of rooms. To change it is to change the architecture.
QList<Room> tableOfRooms()
{
    const QStringList values = {u"Core"_s};
    QList<Room> rooms = {
        {u"core"_s, {u"core"_s}, values},
        {u"wire"_s, {u"wire"_s, u"core"_s}, values},
        {u"auth"_s, {u"auth"_s, u"core"_s}, {u"Core"_s, u"Network"_s, u"DBus"_s}},
        {u"transport"_s,
         {u"transport"_s, u"core"_s, u"wire"_s, u"auth"_s},
         {u"Core"_s, u"Network"_s, u"WebSockets"_s}},
        {u"store"_s, {u"store"_s, u"core"_s}, {u"Core"_s, u"Sql"_s}},
        {u"chat"_s, {u"chat"_s, u"core"_s, u"wire"_s, u"auth"_s, u"transport"_s, u"store"_s}, values},
        {u"qa"_s, {u"qa"_s, u"core"_s, u"wire"_s, u"chat"_s}, values},
        {u"demo"_s, {u"demo"_s, u"core"_s}, {u"Core"_s, u"Network"_s, u"WebSockets"_s}},
        // DBus is the bus of screen readers, which Qt 6.4 does not say all of on, and that of notifications.
        {u"app"_s,
         {u"app"_s, u"chat"_s, u"qa"_s, u"core"_s},
         {u"Core"_s, u"Gui"_s, u"Widgets"_s, u"Svg"_s, u"Charts"_s, u"DBus"_s}},
        {u"headless"_s, {u"headless"_s, u"chat"_s, u"qa"_s, u"core"_s}, values},
        {u"root"_s, {u"*"_s}, {u"*"_s}},
        {u"tests"_s, {u"house"_s}, {u"Core"_s, u"Test"_s}},
        {u"tests/house"_s, {u"house"_s}, {u"Core"_s, u"Test"_s}},
        // Puts together what the composition roots do, for tests of what stands on it.
        {u"tests/support"_s, {u"*"_s}, {u"*"_s}},
        {u"tests/fuzz"_s, {u"fuzz"_s, u"wire"_s, u"transport"_s, u"chat"_s, u"qa"_s, u"core"_s}, values},
        {u"tests/bench"_s, {u"*"_s}, {u"*"_s}},
    };
    // Tests mirror their room; the scripted agent of demo is the fault machine for all of them.
    for (const QString &mirrored : {u"core"_s, u"wire"_s, u"auth"_s, u"transport"_s, u"store"_s, u"chat"_s,
                                    u"qa"_s, u"demo"_s, u"app"_s, u"headless"_s}) {
        for (qsizetype index = 0; index < rooms.size(); ++index) {
            if (rooms.at(index).name != mirrored)
                continue;
            rooms.append({u"tests/"_s + mirrored,
                          rooms.at(index).mayInclude + QStringList{u"support"_s, u"demo"_s},
                          {u"*"_s}});
            break;
        }
    }
    return rooms;
}

SourceFile readFile(const QString &root, const QString &path)
{
    QFile file(root + u'/' + path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read a file of the source tree");
    QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    if (!lines.isEmpty() && lines.constLast().isEmpty())
        lines.removeLast();
    return {path, lines};
}

//! Every file that we write by hand and that can hold a comment.
QList<SourceFile> readTree()
{
    const QString root = QStringLiteral(PARLANCE_SOURCE_DIR);
    static const QRegularExpression ours(u"(\\.(cpp|h|mjs|cjs|js|py|sh|cmake|svg|qrc|desktop|md|yml)|\\."
                                         u"metainfo\\.xml|/CMakeLists\\.txt|^\\.ci/run"
                                         u"|^CMakeLists\\.txt|\\.in)$"_s);
    QList<SourceFile> files = {readFile(root, u"CMakeLists.txt"_s), readFile(root, u"README.md"_s)};
    for (const QString &folder : {u"lib"_s, u"app"_s, u"tests"_s, u"packaging"_s, u"resources"_s, u".ci"_s}) {
        QDirIterator entries(root + u'/' + folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (entries.hasNext()) {
            const QString path = entries.next().mid(root.size() + 1);
            const bool isForeign = path.contains("/node_modules/"_L1) || path.startsWith("tests/data/"_L1);
            if (!isForeign && ours.match(path).hasMatch())
                files.append(readFile(root, path));
        }
    }
    return files;
}

bool isCpp(const QString &path)
{
    return path.endsWith(".cpp"_L1) || path.endsWith(".h"_L1);
}

struct Sample
{
    const char *name;
    const char *path;
    const char *line;
    const char *rule;
};

// One line for each way to break a rule.
constexpr Sample faults[] = {
    {"upward include", "lib/wire/a.cpp", "#include \"chat/chat.h\"", "include"},
    {"sideways include", "lib/store/a.cpp", "#include \"wire/json.h\"", "include"},
    {"window names the wire", "app/window/a.cpp", "#include \"wire/framedecoder.h\"", "include"},
    {"window names the demo", "app/inspector/a.cpp", "#include \"demo/demoserver.h\"", "include"},
    {"cli names the store", "app/headless/a.cpp", "#include \"store/store.h\"", "include"},
    {"include without folder", "lib/wire/a.cpp", "#include \"framedecoder.h\"", "include"},
    {"test reaches too far", "tests/wire/a.cpp", "#include \"store/store.h\"", "include"},
    {"widget in lib", "lib/chat/a.cpp", "#include <QWidget>", "include"},
    {"widget by its module", "lib/chat/a.cpp", "#include <QtWidgets/QLabel>", "include"},
    {"gui in lib", "lib/core/a.cpp", "#include <QTextDocument>", "include"},
    {"network in wire", "lib/wire/a.cpp", "#include <QNetworkReply>", "include"},
    {"unknown folder", "lib/misc/a.cpp", "#include \"core/agent.h\"", "room"},
    {"lib links widgets", "lib/core/CMakeLists.txt", "    PUBLIC Qt6::Core Qt6::Widgets)", "link"},
    {"lib links upwards", "lib/wire/CMakeLists.txt", "    PUBLIC parlance_core parlance_store)", "link"},
    {"chat shows transport", "lib/chat/CMakeLists.txt", "    PUBLIC parlance_core parlance_transport",
     "link"},
    {"colour", "app/window/a.cpp", "const QColor red(255, 0, 0); auto c = QColor(1, 2, 3);", "colour"},
    {"hex colour", "app/transcript/a.cpp", "setColor(u\"#2f5bd7\"_s);", "colour"},
    {"named colour", "app/inspector/a.cpp", "painter.setPen(Qt::red);", "colour"},
    {"length", "app/window/a.cpp", "m_row->setSpacing(theme->px(7));", "length"},
    {"length by choice", "app/window/a.cpp", "const int edge = theme->px(isCompact ? 4 : 8);", "length"},
    {"length of its own", "app/transcript/a.cpp", "constexpr qreal mostHeight = 480;", "length"},
    {"count of pixels", "app/inspector/a.cpp", "constexpr int rowHeight = 24;", "length"},
    {"margins", "app/dialogs/a.cpp", "    row->setContentsMargins(8, 6, 8, 6);", "length"},
    {"smallest size", "app/window/a.cpp", "    setMinimumSize(720, 480);", "length"},
    {"message box", "app/dialogs/a.cpp", "QMessageBox::warning(this);", "message box"},
    {"manager", "lib/auth/a.cpp", "m_network = new QNetworkAccessManager(this);", "network manager"},
    {"manager member", "lib/auth/a.h", "    QNetworkAccessManager m_network;", "network manager"},
    {"sql header", "lib/chat/a.cpp", "#include <QSqlQuery>", "sql"},
    {"sql text", "lib/chat/a.cpp", "run(u\"SELECT * FROM messages\"_s);", "sql"},
    {"simdjson", "lib/wire/strandsinterpreter.cpp", "simdjson::ondemand::parser parser;", "simdjson"},
    {"posix", "lib/core/paths.cpp", "#include <unistd.h>", "posix"},
    {"posix folder", "app/window/a.cpp", "#include <sys/stat.h>", "posix"},
    {"event loop", "lib/chat/a.cpp", "QEventLoop loop;", "nested loop"},
    {"process events", "app/window/a.cpp", "QCoreApplication::processEvents();", "nested loop"},
    {"waiting", "lib/transport/a.cpp", "socket.waitForReadyRead(100);", "nested loop"},
    {"exec", "app/dialogs/a.cpp", "if (dialog.exec() == QDialog::Accepted)", "exec"},
    {"sender", "app/window/a.cpp", "auto *who = sender();", "sender"},
    {"unfinished", "lib/chat/a.cpp",
     "// TO"
     "DO: finish",
     "unfinished"},
    {"keychain", "lib/auth/a.cpp", "job->setInsecureFallback(true);", "unsafe keychain"},
    {"skip", "tests/chat/a.cpp", "QSKIP(\"not today\");", "skipped test"},
    {"sleep", "tests/chat/a.cpp", "QTest::qWait(500);", "sleep"},
    {"no licence", "lib/chat/a.cpp", "#include \"core/agent.h\"", "licence"},
    {"no guard", "lib/chat/a.h", "#include \"core/agent.h\"", "guard"},
};

} // namespace

class TestLayering : public QObject
{
    Q_OBJECT
private:
    QList<SourceFile> m_tree;
    IncludeRules m_includes{tableOfRooms(), QLibraryInfo::path(QLibraryInfo::HeadersPath)};

    //! Prints every finding, so that one run tells all of them.
    static void expectNone(const QList<Finding> &findings)
    {
        for (const Finding &finding : findings)
            qWarning("%s", qUtf8Printable(finding.asText()));
        QCOMPARE_EQ(findings.size(), 0);
    }

    QList<Finding> everythingWrongWith(const SourceFile &file) const
    {
        QList<Finding> findings = checkWholeFile(file);
        if (isCpp(file.path))
            findings += m_includes.check(file);
        else if (file.path.startsWith("lib/"_L1))
            findings += m_includes.checkLinks(file);
        for (const Rule &rule : rules())
            findings += checkRule(rule, file);
        return findings;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_tree = readTree();
        QCOMPARE_GT(m_tree.size(), 40);
    }

    void includesOnlyDownwards()
    {
        QList<Finding> findings;
        for (const SourceFile &file : std::as_const(m_tree)) {
            if (isCpp(file.path))
                findings += m_includes.check(file);
        }
        expectNone(findings);
    }

    void libraryLinksOnlyDownwardsAndNoWidgets()
    {
        QList<Finding> findings;
        int read = 0;
        for (const SourceFile &file : std::as_const(m_tree)) {
            if (!file.path.startsWith("lib/"_L1) || !file.path.endsWith("/CMakeLists.txt"_L1)
                || file.path == "lib/CMakeLists.txt"_L1)
                continue;
            findings += m_includes.checkLinks(file);
            ++read;
        }
        QCOMPARE_GE(read, 7);
        expectNone(findings);
    }

    void everyFileBeginsAsItShouldAndIsShortEnough()
    {
        QList<Finding> findings;
        for (const SourceFile &file : std::as_const(m_tree))
            findings += checkWholeFile(file);
        expectNone(findings);
    }

    void keepsTheRule_data()
    {
        QTest::addColumn<qsizetype>("index");
        for (qsizetype index = 0; index < rules().size(); ++index)
            QTest::newRow(qUtf8Printable(rules().at(index).name)) << index;
    }

    void keepsTheRule()
    {
        QFETCH(qsizetype, index);
        QList<Finding> findings;
        for (const SourceFile &file : std::as_const(m_tree))
            findings += checkRule(rules().at(index), file);
        expectNone(findings);
    }

    // The checks below check the checker: every rule must be able to fail, and must not cry wolf.
    void findsTheFault_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("rule");
        for (const Sample &fault : faults) {
            QTest::newRow(fault.name) << QString::fromUtf8(fault.path) << QString::fromUtf8(fault.line)
                                      << QString::fromUtf8(fault.rule);
        }
    }

    void findsTheFault()
    {
        QFETCH(QString, path);
        QFETCH(QString, line);
        QFETCH(QString, rule);
        QStringList found;
        for (const Finding &finding : everythingWrongWith({path, {line}}))
            found.append(finding.rule);
        QVERIFY2(found.contains(rule), qPrintable(u"found: "_s + found.join(u", "_s)));
    }

    void findsAFileThatIsTooLong()
    {
        SourceFile file{u"lib/core/a.cpp"_s, QStringList(601, QString())};
        file.lines[0] = u"// SPDX-License-Identifier: Apache-2.0"_s;
        QCOMPARE_EQ(checkWholeFile(file).value(0).rule, u"length"_s);
        file.lines.removeLast();
        QVERIFY(checkWholeFile(file).isEmpty());
    }

    void everyRuleHasASampleThatBreaksIt()
    {
        for (const Rule &rule : rules()) {
            const bool isSampled =
                std::any_of(std::begin(faults), std::end(faults), [&rule](const Sample &fault) {
                    return rule.name == QLatin1StringView(fault.rule);
                });
            QVERIFY2(isSampled, qUtf8Printable(rule.name));
        }
    }

    void leavesGoodLinesAlone_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("line");
        const auto row = [](const char *name, const char *path, const char *line) {
            QTest::newRow(name) << QString::fromUtf8(path) << QString::fromUtf8(line);
        };
        row("downward", "lib/chat/a.cpp", "#include \"transport/agentrequest.h\"");
        row("window within itself", "app/window/a.cpp", "#include \"transcript/transcriptview.h\"");
        row("composition root", "app/main.cpp", "#include \"store/store.h\"");
        row("test with the demo", "tests/chat/a.cpp", "#include \"demo/script.h\"");
        row("manager handed over", "lib/auth/a.cpp", "void fetch(QNetworkAccessManager *network);");
        row("address in a string", "lib/core/a.cpp", "open(u\"http://localhost\"_s);");
        row("word in a comment", "lib/chat/a.cpp", "// never call processEvents here");
        row("colour by role", "app/window/a.cpp", "const QColor ink = theme->color(Role::Ink);");
    }

    void leavesGoodLinesAlone()
    {
        QFETCH(QString, path);
        QFETCH(QString, line);
        expectNone(everythingWrongWith({path, {u"// SPDX-License-Identifier: Apache-2.0"_s, line}}));
    }
};

QTEST_APPLESS_MAIN(TestLayering)
#include "tst_layering.moc"
