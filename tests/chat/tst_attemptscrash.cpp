// SPDX-License-Identifier: Apache-2.0
#include "chat/attachmentshelf.h"
#include "chat/program.h"
#include "demo/demoserver.h"
#include "support/files.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>

#include <functional>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int patience = 20'000;

//! An answer that comes a few letters at a time and would take a minute.
DemoScript slow()
{
    DemoScript script = scripted({});
    script.steps.clear();
    for (int i = 0; i < 3000; ++i)
        script.steps.push_back(
            {.bytes = "data: \"" + QByteArray::number(i).rightJustified(4, '0') + " \"\n\n",
             .delay = std::chrono::milliseconds(20)});
    return script;
}

//! What the helper said until it was killed, which was when it had said enough and that had been on its way
//! to the disk for longer than half a second. Empty: it never did.
QByteArray saidUntilKilled(const QStringList &arguments,
                           const std::function<bool(const QByteArray &said)> &isEnough)
{
    QProcess program;
    program.start(QStringLiteral(ATTEMPT_HELPER), arguments);
    QByteArray output;
    QElapsedTimer since;
    const bool came = QTest::qWaitFor(
        [&] {
            output += program.readAllStandardOutput();
            if (!since.isValid() && isEnough(output))
                since.start();
            return since.isValid() && since.elapsed() > 700;
        },
        patience);
    program.kill(); // SIGKILL: it has no time for anything
    const bool isKilled = program.waitForFinished(patience) && program.exitStatus() == QProcess::CrashExit;
    return came && isKilled ? QByteArray(output + program.readAllStandardOutput()) : QByteArray();
}

QHash<QByteArray, QList<QByteArray>> linesOf(const QByteArray &output)
{
    QHash<QByteArray, QList<QByteArray>> told;
    for (const QByteArray &line : output.split('\n')) {
        if (const qsizetype space = line.indexOf(' '); space > 0)
            told[line.first(space)].append(line.sliced(space + 1));
    }
    return told;
}

} // namespace

class TestAttemptsCrash : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsEveryAttemptAgainWhenKilled_data()
    {
        QTest::addColumn<QString>("how");
        QTest::newRow("regenerate") << u"regenerate"_s;
        QTest::newRow("edit and send again") << u"edit"_s;
    }
    void findsEveryAttemptAgainWhenKilled();
    void keepsWhatIsTypedAndItsFilesWhenKilled();
};

void TestAttemptsCrash::findsEveryAttemptAgainWhenKilled()
{
    QFETCH(QString, how);
    const bool isEdit = how == u"edit"_s;
    const QTemporaryDir folder;
    int asked = 0;
    DemoServer server(
        [&asked](const DemoRequest &) { return ++asked == 1 ? scripted("data: \"whole\"\n\n") : slow(); });
    qsizetype early = 0;
    auto told = linesOf(
        saidUntilKilled({how, folder.path(), server.start()->toString()}, [&early](const QByteArray &output) {
            early = output.sliced(output.lastIndexOf(' ') + 1).trimmed().toInt();
            return output.count("letters ") > 3 && output.endsWith('\n');
        }));
    QCOMPARE(told["session"].size(), 2);
    QVERIFY(told["session"][0] != told["session"][1] && early > 0);

    Program again(folder.path(), QUrl(u"http://127.0.0.1:1"_s));
    QVERIFY(again.isReady);
    Chat *chat = again.workspace.chat(ConversationId(QString::fromUtf8(told["conversation"][0])));
    QVERIFY(chat);
    QTRY_VERIFY_WITH_TIMEOUT(chat->isLoaded(), patience);
    // The new attempt is the shown one, in its session, with what had come of it.
    const auto sessionAt = [chat](int index) { return chat->messages()->at(index).session.value().toUtf8(); };
    QCOMPARE(chat->messages()->count(), 2);
    QCOMPARE(chat->messages()->at(0).text(), isEdit ? u"uno"_s : u"one"_s);
    const int fork = isEdit ? 0 : 1;
    QCOMPARE(chat->messages()->attempt(fork).index, 1);
    QCOMPARE(chat->messages()->attempt(fork).count, 2);
    const Message &half = chat->messages()->at(1);
    QCOMPARE(half.state, MessageState::Interrupted);
    QCOMPARE(sessionAt(1), told["session"][1]);
    QCOMPARE(chat->conversation().session.value().toUtf8(), told["session"][1]);
    QCOMPARE_GE(half.text().size(), early);
    QVERIFY(half.text().startsWith(u"0000 0001 0002 "_s));
    QVERIFY(!again.workspace.conversation(chat->conversation().id)->hasFailed);
    // And the arrows lead to the first, which is whole.
    chat->stepAttempt(MessageId(chat->messages()->at(fork).id), -1);
    QCOMPARE(chat->messages()->at(0).text(), u"one"_s);
    QCOMPARE(chat->messages()->at(1).text(), u"whole"_s);
    QCOMPARE(chat->messages()->at(1).state, MessageState::Complete);
    QCOMPARE(sessionAt(1), told["session"][0]);
    QCOMPARE(chat->conversation().session.value().toUtf8(), told["session"][0]);
}

void TestAttemptsCrash::keepsWhatIsTypedAndItsFilesWhenKilled()
{
    const QTemporaryDir folder;
    DemoServer server([](const DemoRequest &) { return scripted("data: \"whole\"\n\n"); });
    const auto told = linesOf(saidUntilKilled(
        {u"draft"_s, folder.path(), server.start()->toString()},
        [](const QByteArray &output) { return output.count("session ") == 2 && output.endsWith('\n'); }));
    QCOMPARE(told["conversation"].size(), 1);

    const Program again(folder.path(), QUrl(u"http://127.0.0.1:1"_s));
    QVERIFY(again.isReady);
    const Conversation *kept =
        again.workspace.conversation(ConversationId(QString::fromUtf8(told["conversation"][0])));
    QVERIFY(kept);
    QCOMPARE(kept->draft, u"read this"_s);
    QCOMPARE(kept->edit, u"uno"_s);
    QVERIFY(!kept->editedMessage.isEmpty());
    for (const std::vector<Attachment> &files : {kept->draftFiles, kept->editFiles}) {
        QCOMPARE(files.size(), size_t(1));
        QCOMPARE(files[0].name, u"notes.txt"_s);
        QCOMPARE(Test::contents(again.workspace.attachments().pathOf(files[0])), "some notes");
    }
}

QTEST_GUILESS_MAIN(TestAttemptsCrash)
#include "tst_attemptscrash.moc"
