// SPDX-License-Identifier: Apache-2.0
// Evidence out of the window and into another one, where nobody knows of it.
#include "app/window/program.h"

#include "compare/evidencecommands.h"
#include "compare/evidencewindow.h"
#include "qa/replayer.h"
#include "support/files.h"
#include "transcript/transcriptview.h"
#include "window/actions.h"

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace Parlance;
using namespace Parlance::Test;

namespace {

ConversationFile said(const QString &answer)
{
    ConversationFile file;
    file.conversation = {.id = ConversationId(u"c-1"_s), .title = u"Of okapis"_s, .qualifier = u"canary"_s};
    file.agent = {
        .id = AgentId(u"a-1"_s),
        .name = u"Zoo"_s,
        .target = RuntimeTarget{.arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/zoo-1"_s}};
    Message asked = userMessage(u"What do they eat?"_s);
    asked.id = MessageId(u"m-1"_s);
    Message answered = asked;
    answered.id = MessageId(u"m-2"_s);
    answered.role = Role::Agent;
    answered.answerTo = asked.id;
    answered.servedVersion = u"7"_s;
    answered.parts[0].content = Text{.markdown = answer};
    file.messages = {asked, answered};
    file.frames[answered.id] = {
        {.sequence = 0, .payload = "\"Lea\""},
        {.sequence = 1, .sinceSend = std::chrono::milliseconds(40), .payload = "\"ves.\""}};
    return file;
}

QByteArray evidence(const QStringList &answers)
{
    EvidenceTask task{.title = u"Of okapis"_s};
    for (const QString &answer : answers)
        task.items.push_back(
            {.file = said(answer), .label = answer, .verdict = u"passed"_s, .note = u"quick"_s});
    return packEvidence(task)->bytes;
}

} // namespace

class TestEvidenceWindow : public QObject
{
    Q_OBJECT
private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    QString notice() const
    {
        const Notice *found = m_program->notices.find(u"evidence"_s);
        return found ? found->text : QString();
    }
    EvidenceWindow *open(const QByteArray &bytes)
    {
        put(path(u"in.zip"_s), bytes);
        m_commands->open(path(u"in.zip"_s));
        if (!QTest::qWaitFor([this] { return window() != nullptr; }, 10'000))
            return nullptr;
        return window();
    }
    EvidenceWindow *window() const { return m_program->window.findChild<EvidenceWindow *>(); }
    static QString words(const QWidget *window, const QString &name)
    {
        const auto *label = window->findChild<QLabel *>(name);
        return label && !label->isHidden() ? label->text() : QString();
    }
    static QPushButton *button(const QWidget *window, const QString &name)
    {
        return window->findChild<QPushButton *>(name);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;
    EvidenceCommands *m_commands = nullptr;

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_program = std::make_unique<Program>(m_folder->filePath(u"profile"_s), QUrl());
        QTRY_VERIFY_WITH_TIMEOUT(m_program->chat(), 10'000);
        m_commands = m_program->window.findChild<EvidenceCommands *>();
        QVERIFY(m_commands);
    }
    void cleanup() { m_program.reset(); }

    void showsWhatItWas()
    {
        const EvidenceWindow *shown = open(evidence({u"Leaves."_s}));
        QVERIFY(shown);
        QCOMPARE_EQ(words(shown, u"evidenceState"_s), u"Unchanged since it was made"_s);
        QVERIFY(words(shown, u"evidenceMade"_s).contains(readBundleFile(path(u"in.zip"_s))->manifestHash));
        const QString facts = words(shown, u"evidenceFacts"_s);
        for (const QString &fact : {u"Zoo"_s, u"runtime/zoo-1"_s, u"endpoint canary"_s, u"version 7"_s})
            QVERIFY2(facts.contains(fact), qPrintable(facts));
        QCOMPARE_EQ(words(shown, u"evidenceVerdict"_s), u"Verdict: passed\nNote: quick"_s);
        auto *page = shown->findChild<TranscriptView *>();
        QVERIFY(page->rowText(1).contains(u"Leaves."_s));
        QVERIFY(!shown->findChild<QComboBox *>(u"evidenceSubject"_s));
    }

    // It is to be read, on a machine where nothing could be asked.
    void offersNothingThatWouldAskAgain()
    {
        ConversationFile file = said(u"Leaves."_s);
        file.messages[1].state = MessageState::Failed;
        file.messages[1].parts = {
            {.content = ErrorPart{.error = Error{.kind = ErrorKind::AgentError, .message = u"No."_s}}}};
        EvidenceTask task;
        task.items.push_back({.file = file});
        const EvidenceWindow *shown = open(packEvidence(task)->bytes);
        QVERIFY(shown);
        QAccessibleInterface *view =
            QAccessible::queryAccessibleInterface(shown->findChild<TranscriptView *>());
        QTRY_VERIFY(buttonBelow(view, u"Details"_s));
        for (const QString &name : {u"Retry"_s, u"Regenerate answer"_s, u"Edit and send again"_s, u"Edit"_s})
            QVERIFY2(!buttonBelow(view, name), qPrintable(name));
    }

    void warnsOfWhatWasChanged()
    {
        QByteArray bytes = evidence({u"Leaves."_s});
        std::vector<ZipEntry> entries = readZip(bytes)->entries;
        entries[1].bytes.replace("Leaves.", "Apples.");
        const EvidenceWindow *shown = open(*writeZip(entries, {}));
        QVERIFY(shown);
        QVERIFY(words(shown, u"evidenceState"_s).contains(u"was changed"_s));
        QVERIFY(words(shown, u"evidenceFindings"_s).contains(u"conversations/0001.json was changed"_s));
    }

    void saysWhatIsNoEvidence()
    {
        put(path(u"in.zip"_s), "hello");
        m_commands->open(path(u"in.zip"_s));
        QTRY_VERIFY(notice().contains(u"no zip"_s));
        QVERIFY(!window());
    }

    void replaysStepByStepAndInTime()
    {
        const EvidenceWindow *shown = open(evidence({u"Leaves."_s}));
        QVERIFY(shown);
        auto *page = shown->findChild<TranscriptView *>();
        button(shown, u"replayStartOver"_s)->click();
        QCOMPARE_EQ(words(shown, u"replayPosition"_s), u"0 of 5"_s);
        for (int step = 0; step < 2; ++step)
            button(shown, u"replayStep"_s)->click();
        page->showChanges();
        QVERIFY(page->rowText(1).contains(u"Lea"_s));
        QVERIFY(!page->rowText(1).contains(u"Leaves."_s));
        shown->findChild<QComboBox *>(u"replaySpeed"_s)->setCurrentIndex(4);
        QCOMPARE_EQ(shown->replayer()->speed(), 8.0);
        button(shown, u"replayPlay"_s)->click();
        QTRY_VERIFY(shown->replayer()->isAtEnd());
        page->showChanges();
        QVERIFY(page->rowText(1).contains(u"Leaves."_s));
        QVERIFY(!button(shown, u"replayShowAll"_s)->isEnabled());
    }

    void goesFromOneConversationToAnother()
    {
        const EvidenceWindow *shown = open(evidence({u"Leaves."_s, u"Grass."_s}));
        QVERIFY(shown);
        auto *subjects = shown->findChild<QComboBox *>(u"evidenceSubject"_s);
        QCOMPARE_EQ(subjects->count(), 2);
        subjects->setCurrentIndex(1);
        QVERIFY(shown->findChild<TranscriptView *>()->rowText(1).contains(u"Grass."_s));
        QVERIFY(words(shown, u"evidenceTitle"_s).contains(u"Grass."_s));
    }

    void exportsTheOpenConversation()
    {
        m_program->chat()->send(u"Hello"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!m_program->chat()->isStreaming(), 10'000);
        m_program->window.findChild<Actions *>()->exportEvidence->trigger();
        auto *dialog = m_program->window.findChild<QFileDialog *>(u"evidenceDialog"_s);
        QVERIFY(dialog);
        dialog->close();
        m_commands->exportTo(
            path(u"out.zip"_s),
            EvidenceOrder{.items = {{.conversation = m_program->chat()->conversation().id}}});
        QTRY_VERIFY(notice().contains(u"The evidence is in"_s));
        const Result<Bundle> bundle = readBundleFile(path(u"out.zip"_s));
        QVERIFY(bundle && bundle->isSound());
        QVERIFY(notice().contains(bundle->manifestHash));
        m_commands->exportTo(
            path(u"no/where.zip"_s),
            EvidenceOrder{.items = {{.conversation = m_program->chat()->conversation().id}}});
        QTRY_VERIFY(notice().contains(u"could not be written"_s));
    }
};

QTEST_MAIN(TestEvidenceWindow)
#include "tst_evidencewindow.moc"
