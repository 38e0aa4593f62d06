// SPDX-License-Identifier: Apache-2.0
#include "app/window/program.h"

#include "attachments/attachmentbar.h"
#include "attachments/attachmentchip.h"
#include "attachments/attachmentdraft.h"
#include "core/attachment.h"
#include "support/files.h"
#include "support/nodeserver.h"
#include "window/actions.h"
#include "window/composer.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCryptographicHash>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QImage>
#include <QMimeData>
#include <QTimer>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace Parlance;

#ifdef __SANITIZE_ADDRESS__
// What is freed is otherwise kept for a while, up to 256 MB, and would count as taken.
extern "C" [[gnu::visibility("default")]] const char *__asan_default_options()
{
    return "quarantine_size_mb=4";
}
#endif

namespace {

constexpr int longWait = 30'000;

QList<AttachmentChip *> chips(const Program &program)
{
    QList<AttachmentChip *> all;
    for (AttachmentChip *chip : program.window.findChildren<AttachmentChip *>()) {
        if (chip->isVisible())
            all.append(chip);
    }
    return all;
}

void dropOn(QWidget *place, const QStringList &paths)
{
    QMimeData data;
    QList<QUrl> urls;
    for (const QString &path : paths)
        urls.append(QUrl::fromLocalFile(path));
    data.setUrls(urls);
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(place, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(place, &drop);
}

//! For how long nothing else is done at most.
class Pulse
{
public:
    Pulse()
    {
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { beat(); });
        m_all.start();
        m_since.start();
        m_timer.start(0);
    }
    void stop()
    {
        beat();
        m_total = m_all.elapsed();
        m_timer.stop();
    }
    qint64 longest() const { return m_longest; }
    qint64 total() const { return m_total; }

private:
    void beat() { m_longest = std::max(m_longest, m_since.restart()); }

    QTimer m_timer;
    QElapsedTimer m_all;
    QElapsedTimer m_since;
    qint64 m_longest = 0; //!< milliseconds, as is what follows
    qint64 m_total = 0;
};

//! Bytes; begins anew with each call.
qint64 peakMemory()
{
    qint64 peak = 0;
    for (const QByteArray &line : Test::contents(u"/proc/self/status"_s).split('\n')) {
        if (line.startsWith("VmHWM:"))
            peak = line.sliced(6).simplified().split(' ').first().toLongLong() * 1024;
    }
    QFile reset(u"/proc/self/clear_refs"_s);
    if (reset.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        reset.write("5");
    return peak;
}

QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

} // namespace

//! Files that go along with a message, to an agent on the real SDK's server.
class TestAttachments : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QCOMPARE(m_server.start(), QString()); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_text = m_folder->filePath(u"notes.txt"_s);
        m_picture = m_folder->filePath(u"red square.png"_s);
        Test::put(m_text, "some notes");
        QImage red(300, 200, QImage::Format_RGB32);
        red.fill(Qt::red);
        QVERIFY(red.save(m_picture));
        m_program = start();
    }
    void cleanup() { m_program.reset(); }

    void sendsWhatWasDropped()
    {
        dropOn(&m_program->window, {m_text, m_picture});
        QTRY_COMPARE_WITH_TIMEOUT(chips(*m_program).size(), 2, longWait);
        QVERIFY(chips(*m_program)[0]->accessibleName().contains(u"notes.txt"_s));
        m_program->say(u"attached"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_program->chat()->messages()->count(), 2, longWait);
        QTRY_VERIFY_WITH_TIMEOUT(!m_program->chat()->isStreaming(), longWait);
        QVERIFY(chips(*m_program).isEmpty());
        const QByteArray picture = Test::contents(m_picture);
        QCOMPARE(m_program->last().text().toUtf8(),
                 "notes.txt text/plain 10 " + sha256("some notes") + "\n\nred square.png image/png "
                     + QByteArray::number(picture.size()) + ' ' + sha256(picture));
        // They stand in the page, and still do at the next start.
        QCOMPARE(attachmentsOf(m_program->chat()->messages()->at(0)).size(), size_t(2));
        const ConversationId id = m_program->chat()->conversation().id;
        m_program.reset();
        QVERIFY(QFile::remove(m_text));
        m_program = start();
        m_program->window.navigation()->openConversation(id);
        QTRY_COMPARE_WITH_TIMEOUT(m_program->chat()->messages()->count(), 2, longWait);
        m_program->window.transcript()->showChanges();
        QTRY_VERIFY(spoken(m_program->window.transcript()).join(u' ').contains(u"notes.txt"_s));
        QVERIFY(inMessage(*m_program, 0, u"Save…"_s));
        // And go again.
        m_program->chat()->retry(MessageId(m_program->last().id));
        QTRY_VERIFY_WITH_TIMEOUT(!m_program->chat()->isStreaming(), longWait);
        QVERIFY(m_program->last().text().contains(u"notes.txt text/plain 10"_s));
    }

    void sendsFilesWithoutWords()
    {
        dropOn(m_program->message()->viewport(), {m_picture});
        QTRY_COMPARE_WITH_TIMEOUT(chips(*m_program).size(), 1, longWait);
        QVERIFY(m_program->button(u"send"_s)->isEnabled());
        QTest::keyClick(m_program->message(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(m_program->chat()->messages()->count(), 2, longWait);
        QCOMPARE(m_program->chat()->conversation().title, u"red square.png"_s);
    }

    void takesWhatIsPasted()
    {
        auto *files = new QMimeData;
        files->setUrls({QUrl::fromLocalFile(m_text)});
        files->setText(m_text);
        QApplication::clipboard()->setMimeData(files);
        m_program->message()->paste();
        QTRY_COMPARE_WITH_TIMEOUT(chips(*m_program).size(), 1, longWait);
        QVERIFY(m_program->message()->toPlainText().isEmpty());
        QImage blue(20, 20, QImage::Format_RGB32);
        blue.fill(Qt::blue);
        QApplication::clipboard()->setImage(blue);
        m_program->message()->paste();
        QTRY_COMPARE_WITH_TIMEOUT(chips(*m_program).size(), 2, longWait);
        QVERIFY(chips(*m_program)[1]->file().name.endsWith(u".png"_s));
        QCOMPARE(chips(*m_program)[1]->file().mimeType, u"image/png"_s);
        QApplication::clipboard()->setText(u"words"_s);
        m_program->message()->paste();
        QCOMPARE(m_program->message()->toPlainText(), u"words"_s);
    }

    void asksWhichFiles()
    {
        QTest::mouseClick(m_program->window.findChild<QToolButton *>(u"attach"_s), Qt::LeftButton);
        auto *dialog = m_program->window.findChild<QFileDialog *>(u"attachFiles"_s);
        QVERIFY(dialog && dialog->isVisible());
        QCOMPARE(dialog->fileMode(), QFileDialog::ExistingFiles);
        Q_EMIT dialog->filesSelected({m_text, m_picture});
        dialog->close();
        QTRY_COMPARE_WITH_TIMEOUT(chips(*m_program).size(), 2, longWait);
    }

    void takesOneAwayByMouseAndKeyboard()
    {
        dropOn(&m_program->window, {m_text, m_picture});
        QTRY_COMPARE_WITH_TIMEOUT(chips(*m_program).size(), 2, longWait);
        QTest::mouseClick(chips(*m_program)[0]->findChild<QToolButton *>(), Qt::LeftButton);
        QTRY_COMPARE(chips(*m_program).size(), 1);
        QCOMPARE(chips(*m_program)[0]->file().name, u"red square.png"_s);
        chips(*m_program)[0]->setFocus();
        QTest::keyClick(chips(*m_program)[0], Qt::Key_Delete);
        QTRY_VERIFY(chips(*m_program).isEmpty());
        QVERIFY(m_program->message()->hasFocus());
    }

    void refusesFoldersAndWhatIsTooLarge()
    {
        QVERIFY(QDir(m_folder->path()).mkpath(u"pictures.d"_s));
        const QString large = m_folder->filePath(u"film.mp4"_s);
        QFile file(large);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(75'000'001));
        file.close();
        dropOn(&m_program->window, {m_folder->filePath(u"pictures.d"_s), large, m_text});
        QTRY_COMPARE_WITH_TIMEOUT(chips(*m_program).size(), 1, longWait);
        QTRY_VERIFY(m_program->notices.find(u"attach"_s));
        QTRY_VERIFY(m_program->notices.find(u"attach"_s)->text.contains(u"pictures.d is a folder"_s));
        QTRY_VERIFY(m_program->notices.find(u"attach"_s)->text.contains(u"film.mp4 has 75"_s));
    }

    void keepsThemWithTheDraft()
    {
        dropOn(&m_program->window, {m_text});
        QTRY_COMPARE_WITH_TIMEOUT(chips(*m_program).size(), 1, longWait);
        const ConversationId id = m_program->chat()->conversation().id;
        m_program->window.actionList()->newConversation->trigger();
        QTRY_VERIFY(m_program->chat()->conversation().id != id);
        QVERIFY(chips(*m_program).isEmpty());
        m_program->window.navigation()->openConversation(id);
        QCOMPARE(chips(*m_program).size(), 1);
        m_program.reset();
        QVERIFY(QFile::remove(m_text));
        m_program = start();
        m_program->window.navigation()->openConversation(id);
        QCOMPARE(chips(*m_program).size(), 1);
        m_program->say(u"attached"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_program->chat()->messages()->count(), 2, longWait);
        QTRY_VERIFY_WITH_TIMEOUT(m_program->last().text().startsWith(u"notes.txt text/plain 10"_s), longWait);
    }

    void editsWhatWasSentWithItsFiles()
    {
        dropOn(&m_program->window, {m_text, m_picture});
        QTRY_COMPARE_WITH_TIMEOUT(chips(*m_program).size(), 2, longWait);
        m_program->say(u"attached"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_program->chat()->messages()->count(), 2, longWait);
        QTRY_VERIFY_WITH_TIMEOUT(!m_program->chat()->isStreaming(), longWait);
        m_program->window.composer()->edit(MessageId(m_program->chat()->messages()->at(0).id));
        QCOMPARE(chips(*m_program).size(), 2);
        chips(*m_program)[0]->setFocus();
        QTest::keyClick(chips(*m_program)[0], Qt::Key_Backspace);
        QCOMPARE(chips(*m_program).size(), 1);
        QTest::keyClick(m_program->message(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!m_program->chat()->isStreaming()
                                     && m_program->last().text().startsWith(u"red square.png"_s),
                                 longWait);
        QCOMPARE(attachmentsOf(m_program->chat()->messages()->at(0)).size(), size_t(1));
    }

    void saysThatAToolPageTakesNoFiles()
    {
        const Result<Agent> tools =
            m_program->workspace.agents()->save(Agent{.name = u"Tools"_s,
                                                      .target = UrlTarget{u"http://127.0.0.1:1/mcp"_s},
                                                      .protocol = ServerProtocol::Mcp});
        QVERIFY(tools);
        m_program->window.navigation()->openAgent(tools->id);
        QTRY_VERIFY(!m_program->window.composer()->isVisible());
        m_program->window.actionList()->attach->trigger();
        QVERIFY(!m_program->window.findChild<QFileDialog *>(u"attachFiles"_s));
        QTRY_VERIFY(m_program->notices.find(u"attach"_s));
        m_program->notices.dismiss(u"attach"_s);
        dropOn(&m_program->window, {m_text});
        QTRY_VERIFY(m_program->notices.find(u"attach"_s));
        QVERIFY(m_program->notices.find(u"attach"_s)->text.contains(u"calls of its tools"_s));
        QVERIFY(m_program->chat()->conversation().draftFiles.empty());
    }

    void goesOnWhileALargeFileIsSent()
    {
        // Seventy megabytes, which are ninety-four on the way.
        constexpr int pieces = 70;
        const QString large = m_folder->filePath(u"film.mp4"_s);
        QFile file(large);
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (int piece = 0; piece < pieces; ++piece)
            QCOMPARE(file.write(QByteArray(1'000'000, char('a' + piece % 26))), 1'000'000);
        file.close();
        (void)peakMemory();
        const qint64 before = peakMemory();
        Pulse pulse;
        dropOn(&m_program->window, {large});
        QTRY_COMPARE_WITH_TIMEOUT(chips(*m_program).size(), 1, longWait);
        m_program->say(u"attached"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_program->chat()->messages()->count(), 2, longWait);
        QTRY_VERIFY_WITH_TIMEOUT(!m_program->chat()->isStreaming(), longWait);
        pulse.stop();
        const qint64 grown = peakMemory() - before;
        QVERIFY2(m_program->last().text().startsWith(u"film.mp4 video/mp4 70000000 "_s),
                 qPrintable(m_program->last().text()));
        const QString told = u"longest pause %1 ms of %2 ms, %3 MB more"_s.arg(pulse.longest())
                                 .arg(pulse.total())
                                 .arg(grown / 1'000'000);
        qInfo().noquote() << told;
        // It takes as long as it takes, but never much of that at once; nor is the file ever in memory.
        QVERIFY2(pulse.longest() * 2 < pulse.total(), qPrintable(told));
        QVERIFY2(grown < file.size() / 2, qPrintable(told));
    }

private:
    std::unique_ptr<Program> start()
    {
        auto program = std::make_unique<Program>(m_folder->path(), QUrl(u"http://127.0.0.1:1"_s));
        [[maybe_unused]] const bool isReady =
            QTest::qWaitFor([&] { return program->chat() != nullptr; }, longWait);
        if (program->workspace.agents()->agents().size() < 2) {
            const Result<Agent> agent = program->workspace.agents()->save(
                Agent{.name = u"Local"_s, .target = UrlTarget{m_server.url().toString()}});
            program->window.navigation()->openAgent(agent->id);
        }
        return program;
    }

    NodeServer m_server{u"agent.mjs"_s};
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_text;
    QString m_picture;
    std::unique_ptr<Program> m_program;
};

QTEST_MAIN(TestAttachments)
#include "tst_attachments.moc"
