// SPDX-License-Identifier: Apache-2.0
#include "app/window/program.h"

#include "support/files.h"
#include "transfer/transfercommands.h"
#include "window/actions.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QDropEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

//! A file of one conversation with an agent at an address, or at none, as this program writes it.
QByteArray fileWith(const QString &url)
{
    ConversationFile file;
    file.conversation = {.id = ConversationId(u"c-1"_s),
                         .agent = AgentId(u"far-agent"_s),
                         .title = u"From afar"_s,
                         .isTitleChosen = true,
                         .qualifier = u"prod"_s,
                         .session = RuntimeSessionId(u"s-1"_s),
                         .created = QDateTime(QDate(2026, 3, 1), QTime(9, 0), Qt::UTC),
                         .lastActive = QDateTime(QDate(2026, 3, 1), QTime(9, 5), Qt::UTC)};
    file.agent = {.id = file.conversation.agent, .name = u"Far agent"_s};
    if (!url.isEmpty())
        file.agent.target = UrlTarget{.url = url};
    Message asked = userMessage(u"What of the okapi?"_s);
    asked.id = MessageId(u"m-1"_s);
    asked.created = file.conversation.created;
    asked.parent = rootMessage();
    Message answer = asked;
    answer.id = MessageId(u"m-2"_s);
    answer.role = Role::Agent;
    answer.answerTo = answer.parent = asked.id;
    answer.timings.change().total = std::chrono::microseconds(1234567);
    file.messages = {asked, answer};
    file.frames[answer.id] = {{.sequence = 0, .payload = "{\"x\":1}"}};
    return jsonHead(u"Parlance"_s, {}) + conversationJson(file) + jsonTail();
}

} // namespace

class TestTransferCommands : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_program = std::make_unique<Program>(m_folder->filePath(u"profile"_s), QUrl());
        QTRY_VERIFY_WITH_TIMEOUT(m_program->chat(), 10'000);
        m_transfer = m_program->window.findChild<TransferCommands *>();
        QVERIFY(m_transfer);
    }
    void cleanup() { m_program.reset(); }

    void takesInWhatWasExportedAndGivesItOutTheSame();
    void takesItInTwiceAsTwo();
    void takesWhatIsDropped();
    void leavesOtherDropsToTheAgents();
    void refusesABrokenFileWhole();
    void writesAFolderOfPages();
    void keepsTheOldFileWhenCancelled();
    void saysWhyItCannotWrite();
    void asksWhereToByTheAction();
    void copiesAConversation();
    void movesAConversationToAnotherAgent();
    void saysThatTheBuiltInAgentStandsIn();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    QString notice() const
    {
        const Notice *found = m_program->notices.find(u"transfer"_s);
        return found ? found->text : QString();
    }
    std::vector<Conversation> imported() const
    {
        std::vector<Conversation> list;
        for (const Conversation &conversation : m_program->workspace.allConversations()) {
            if (!conversation.importedFrom.isEmpty())
                list.push_back(conversation);
        }
        return list;
    }
    void dropOnWindow(const QMimeData &data)
    {
        QDragEnterEvent enter(QPoint(20, 20), Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&m_program->window, &enter);
        QDropEvent drop(QPointF(20, 20), Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&m_program->window, &drop);
    }
    void import(const QString &url = u"http://localhost:9"_s)
    {
        put(path(u"in.json"_s), fileWith(url));
        QSignalSpy done(m_transfer, &TransferCommands::imported);
        m_transfer->importFrom(path(u"in.json"_s));
        QTRY_COMPARE_EQ_WITH_TIMEOUT(done.count(), 1, 20'000);
    }
    void exportAs(const QString &name, FileFormat format, bool withFrames = false)
    {
        m_transfer->write({.conversations = {imported().at(0).id},
                           .format = format,
                           .path = path(name),
                           .withFrames = withFrames});
        QTRY_VERIFY_WITH_TIMEOUT(notice().contains(u"exported"_s), 20'000);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;
    TransferCommands *m_transfer = nullptr;
};

void TestTransferCommands::takesInWhatWasExportedAndGivesItOutTheSame()
{
    import();
    QCOMPARE_EQ(imported().size(), size_t(1));
    const Conversation conversation = imported()[0];
    QCOMPARE_EQ(conversation.title, u"From afar"_s);
    QCOMPARE_EQ(conversation.importedFrom, u"Far agent"_s);
    QVERIFY(conversation.session != RuntimeSessionId(u"s-1"_s));
    // Its agent was not known, so it is there now, and is said to be.
    const Agent *agent = m_program->workspace.agents()->find(conversation.agent);
    QVERIFY(agent && agent->name == u"Far agent"_s);
    QVERIFY(notice().contains(u"Far agent"_s));
    QTRY_COMPARE_EQ(m_program->chat()->conversation().id, conversation.id);
    QTRY_COMPARE_EQ(m_program->chat()->messages()->count(), 2);
    exportAs(u"out.json"_s, FileFormat::Json, true);
    // All the same but what belongs to this copy: its agent's id and its session.
    const auto before = readConversations(contents(path(u"in.json"_s)));
    const auto after = readConversations(contents(path(u"out.json"_s)));
    QVERIFY(before && after);
    QCOMPARE_EQ(after->at(0).messages, before->at(0).messages);
    QVERIFY(after->at(0).frames == before->at(0).frames);
    Conversation same = after->at(0).conversation;
    same.agent = before->at(0).conversation.agent;
    same.session = before->at(0).conversation.session;
    QCOMPARE_EQ(same, before->at(0).conversation);
    QVERIFY(after->at(0).agent.target == before->at(0).agent.target);
}

void TestTransferCommands::takesItInTwiceAsTwo()
{
    import();
    import();
    const std::vector<Conversation> both = imported();
    QCOMPARE_EQ(both.size(), size_t(2));
    QVERIFY(both[0].id != both[1].id);
    QCOMPARE_EQ(both[0].agent, both[1].agent);
    for (const Conversation &conversation : both) {
        Chat *chat = m_program->workspace.chat(conversation.id);
        QTRY_COMPARE_EQ(chat->messages()->count(), 2);
        QCOMPARE_EQ(chat->messages()->at(1).answerTo, chat->messages()->at(0).id);
    }
}

void TestTransferCommands::takesWhatIsDropped()
{
    put(path(u"dropped.json"_s), fileWith(u"http://localhost:9"_s));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path(u"dropped.json"_s))});
    dropOnWindow(data);
    QTRY_COMPARE_EQ(imported().size(), size_t(1));
}

void TestTransferCommands::leavesOtherDropsToTheAgents()
{
    put(path(u"agents.json"_s), "{\"format\": \"parlance-agents\", \"version\": 1, \"agents\": []}");
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path(u"agents.json"_s))});
    dropOnWindow(data);
    QTRY_VERIFY(m_program->window.findChild<QDialog *>());
    QCOMPARE_EQ(imported().size(), size_t(0));
}

void TestTransferCommands::refusesABrokenFileWhole()
{
    QByteArray bytes = fileWith(u"http://localhost:9"_s);
    bytes.chop(6);
    put(path(u"in.json"_s), bytes);
    m_transfer->importFrom(path(u"in.json"_s));
    QTRY_VERIFY(notice().contains(u"broken"_s));
    QCOMPARE_EQ(imported().size(), size_t(0));
    QCOMPARE_EQ(m_program->workspace.agents()->agents().size(), size_t(1));
    m_transfer->importFrom(path(u"nowhere.json"_s));
    QTRY_VERIFY(notice().contains(u"could not be read"_s));
}

void TestTransferCommands::writesAFolderOfPages()
{
    import();
    import();
    std::vector<ConversationId> all;
    for (const Conversation &conversation : imported())
        all.push_back(conversation.id);
    m_transfer->write(
        {.conversations = all, .format = FileFormat::Html, .path = path(u"pages"_s), .isFolder = true});
    QTRY_VERIFY(notice().contains(u"exported"_s));
    QCOMPARE_EQ(QDir(path(u"pages"_s)).entryList(QDir::Files, QDir::Name),
                (QStringList{u"From afar (2).html"_s, u"From afar.html"_s}));
    QVERIFY(contents(path(u"pages/From afar.html"_s)).contains("okapi"));
}

void TestTransferCommands::keepsTheOldFileWhenCancelled()
{
    import();
    put(path(u"out.json"_s), "old");
    ConversationTransfer run(&m_program->workspace, nullptr);
    QSignalSpy failed(&run, &ConversationTransfer::failed);
    connect(&run, &ConversationTransfer::progressed, &run, [&run](int done) {
        if (done == 1)
            run.cancel();
    });
    run.exportTo({.conversations = {imported()[0].id}, .path = path(u"out.json"_s)});
    QTRY_COMPARE_EQ(failed.count(), 1);
    QCOMPARE_EQ(failed.first().first().value<Error>().kind, ErrorKind::Cancelled);
    QTRY_COMPARE_EQ(QDir(m_folder->path()).entryList({u"out.json*"_s}, QDir::Files),
                    QStringList{u"out.json"_s});
    QCOMPARE_EQ(contents(path(u"out.json"_s)), QByteArray("old"));
}

void TestTransferCommands::saysWhyItCannotWrite()
{
    import();
    for (const FileFormat format : {FileFormat::Json, FileFormat::Html}) {
        m_transfer->write(
            {.conversations = {imported()[0].id}, .format = format, .path = path(u"no/such/folder/x"_s)});
        QTRY_VERIFY(notice().contains(u"could not be written"_s));
        m_program->notices.dismiss(u"transfer"_s);
    }
}

void TestTransferCommands::asksWhereToByTheAction()
{
    import();
    QTRY_COMPARE_EQ(m_program->chat()->conversation().id, imported()[0].id);
    m_program->window.actionList()->exportConversation->trigger();
    auto *dialog = m_program->window.findChild<QFileDialog *>(u"transferDialog"_s);
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(path(u"page.md"_s));
    dialog->close();
    QTRY_VERIFY(contents(path(u"page.md"_s)).contains("# From afar"));
}

void TestTransferCommands::copiesAConversation()
{
    import();
    QTRY_COMPARE_EQ(m_program->chat()->conversation().id, imported()[0].id);
    m_program->window.actionList()->copyConversation->trigger();
    QTRY_VERIFY(QGuiApplication::clipboard()->text().contains(u"# From afar"_s));
    QVERIFY(QGuiApplication::clipboard()->mimeData()->html().contains(u"okapi"_s));
}

void TestTransferCommands::movesAConversationToAnotherAgent()
{
    import();
    const ConversationId id = imported()[0].id;
    QTRY_COMPARE_EQ(m_program->chat()->conversation().id, id);
    QTRY_VERIFY(m_program->chat()->isLoaded());
    m_program->window.actionList()->moveConversation->trigger();
    auto *menu = m_program->window.findChild<QMenu *>(u"moveMenu"_s);
    QVERIFY(menu);
    QCOMPARE_EQ(menu->actions().size(), 3); // the built-in one, a line, a new one
    menu->actions().constFirst()->trigger();
    QVERIFY(m_program->workspace.conversation(id)->agent == AgentBook::builtInId());
    QCOMPARE_EQ(m_program->chat()->conversation().id, id);
    QVERIFY(m_program->chat()->agent().isBuiltIn());
    QCOMPARE_EQ(m_program->window.navigation()->agent(), AgentBook::builtInId());
    QCOMPARE_EQ(m_program->chat()->messages()->count(), 2);
    QTRY_VERIFY(m_program->notices.find(u"move"_s));
}

// A file without the agent's place: its words stand above, and the composer is not that agent's.
void TestTransferCommands::saysThatTheBuiltInAgentStandsIn()
{
    import(QString());
    const ConversationId id = imported()[0].id;
    QTRY_COMPARE_EQ(m_program->chat()->conversation().id, id);
    QVERIFY(m_program->chat()->agent().isBuiltIn());
    QTRY_VERIFY(m_program->notices.find(u"standIn"_s));
    const Notice *told = m_program->notices.find(u"standIn"_s);
    QVERIFY2(told->text.contains(u"Far agent"_s) && told->text.contains(u"built-in agent"_s),
             qPrintable(told->text));
    QTRY_VERIFY(m_program->chat()->isLoaded());
    told->action();
    QVERIFY(m_program->window.findChild<QMenu *>(u"moveMenu"_s));
    // A conversation that began here has nothing to say, and this one says it again.
    m_program->window.actionList()->newConversation->trigger();
    QTRY_VERIFY(m_program->chat()->conversation().id != id);
    QVERIFY(!m_program->notices.find(u"standIn"_s));
    m_program->window.navigation()->openConversation(id);
    QTRY_COMPARE_EQ(m_program->chat()->conversation().id, id);
    QVERIFY(m_program->notices.find(u"standIn"_s));
}

QTEST_MAIN(TestTransferCommands)
#include "tst_transfercommands.moc"
