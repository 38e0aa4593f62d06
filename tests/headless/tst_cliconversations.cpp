// SPDX-License-Identifier: Apache-2.0
#include "chat/conversationfile.h"
#include "support/files.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

struct Run
{
    int code = -1;
    QByteArray out = {};
    QByteArray err = {};
};

QByteArray exported(const QString &title, const QString &answer)
{
    ConversationFile file;
    file.conversation = {.id = ConversationId::create(),
                         .title = title,
                         .created = QDateTime::currentDateTimeUtc(),
                         .lastActive = QDateTime::currentDateTimeUtc()};
    file.agent = {.id = AgentId(u"built-in"_s), .name = u"Built-in agent"_s};
    Message message = userMessage(u"What of it?"_s);
    file.messages.push_back(message);
    message.id = MessageId::create();
    message.role = Role::Agent;
    message.parts[0].content = Text{.markdown = answer};
    file.messages.push_back(message);
    return conversationJson(file);
}

} // namespace

class TestCliConversations : public QObject
{
    Q_OBJECT
private:
    Run run(const QStringList &arguments)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PARLANCE_PROFILE_DIR"_s, m_folder->filePath(u"profile"_s));
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(PARLANCE_CLI), QStringList{u"conversations"_s} + arguments);
        process.closeWriteChannel();
        process.waitForFinished(60'000);
        return {.code = process.exitCode(),
                .out = process.readAllStandardOutput(),
                .err = process.readAllStandardError()};
    }
    QString path(const QString &name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QFile file(path(u"in.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(jsonHead(u"Parlance"_s, {}) + exported(u"Of okapis"_s, u"An okapi *eats* leaves."_s)
                   + jsonBetween() + exported(u"Of\u001b[2J zebras"_s, u"A zebra eats grass."_s)
                   + jsonTail());
        file.close();
        const Run import = run({u"import"_s, path(u"in.json"_s)});
        QVERIFY2(import.code == 0, import.err.constData());
        QCOMPARE_EQ(import.out.count('\n'), 2);
    }

    void listsWhatThereIs()
    {
        const Run plain = run({u"list"_s});
        QCOMPARE_EQ(plain.code, 0);
        QVERIFY(plain.out.contains("Built-in agent  Of okapis"));
        QVERIFY(!plain.out.contains('\x1b'));
        const Run json = run({u"list"_s, u"--json"_s});
        const QJsonObject first = QJsonDocument::fromJson(json.out.split('\n').constFirst()).object();
        QVERIFY(!first[u"id"_s].toString().isEmpty());
        QCOMPARE_EQ(first[u"importedFrom"_s].toString(), u"Built-in agent"_s);
    }

    void findsWords()
    {
        const Run found = run({u"search"_s, u"\"okapi eats\""_s});
        QCOMPARE_EQ(found.code, 0);
        QCOMPARE_EQ(found.out.count('\n'), 1);
        QVERIFY(found.out.contains("An okapi eats leaves."));
        QCOMPARE_EQ(run({u"search"_s, u"eats"_s, u"--json"_s}).out.count('\n'), 2);
        QCOMPARE_EQ(run({u"search"_s, u"giraffe"_s}).code, 1);
        QCOMPARE_EQ(run({u"search"_s, u"\"-"_s}).code, 2);
    }

    void writesOneOrAll()
    {
        QCOMPARE_EQ(run({u"export"_s, path(u"one.md"_s), u"of okapis"_s}).code, 0);
        QVERIFY(contents(path(u"one.md"_s)).contains("# Of okapis"));
        QCOMPARE_EQ(run({u"export"_s, path(u"all.json"_s)}).code, 0);
        QCOMPARE_EQ(readConversations(contents(path(u"all.json"_s)))->size(), size_t(2));
        QCOMPARE_EQ(run({u"export"_s, path(u"pages"_s), u"--format"_s, u"html"_s}).code, 0);
        QCOMPARE_EQ(QDir(path(u"pages"_s)).entryList(QDir::Files).size(), 2);
    }

    void saysWhatIsWrong()
    {
        QCOMPARE_EQ(run({u"export"_s, path(u"x.md"_s), u"nothing of that name"_s}).code, 2);
        QVERIFY(!QFile::exists(path(u"x.md"_s)));
        QCOMPARE_EQ(run({u"export"_s, path(u"x.txt"_s)}).code, 2);
        QCOMPARE_EQ(run({u"import"_s, path(u"nowhere.json"_s)}).code, 2);
        QCOMPARE_EQ(run({u"dance"_s}).code, 2);
    }
};

QTEST_GUILESS_MAIN(TestCliConversations)
#include "tst_cliconversations.moc"
