// SPDX-License-Identifier: Apache-2.0
#include "app/window/program.h"

#include "chat/agentexport.h"
#include "sources/sourcecommands.h"
#include "window/actions.h"

#include <QAction>
#include <QCheckBox>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QMimeData>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int longWait = 20'000;
const QString arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/x-A1"_s;

} // namespace

//! Agents arrive at the window and leave it as files.
class TestSourceCommands : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_program = std::make_unique<Program>(m_folder->path(), QUrl());
        QTRY_VERIFY_WITH_TIMEOUT(m_program->chat(), longWait);
    }
    void cleanup() { m_program.reset(); }

    void exportsWhatIsNoSecret()
    {
        m_program->window.actionList()->exportAgents->trigger();
        QVERIFY(!m_program->window.findChild<QFileDialog *>());
        QVERIFY(m_program->notices.find(u"exported"_s)->text.contains(u"built-in"_s));

        Agent agent{.name = u"Orders"_s, .target = RuntimeTarget{.arn = arn}};
        agent.extraHeaders = {{"X-Api-Key", "canary"}};
        QVERIFY(agents()->save(agent));
        const QString path = m_folder->filePath(u"agents.json"_s);
        exportTo(path);
        QTRY_VERIFY_WITH_TIMEOUT(m_program->notices.find(u"exported"_s)->text.contains(path), longWait);
        const Notice *notice = m_program->notices.find(u"exported"_s);
        QVERIFY2(notice->text.contains(u"X-Api-Key"_s), qPrintable(notice->text));
        QCOMPARE(notice->tone, NoticeTone::Caution);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("canary"));
    }

    void opensTheDialogFromTheMenu()
    {
        m_program->window.actionList()->importAgents->trigger();
        const auto *dialog = m_program->window.findChild<QDialog *>(u"importDialog"_s);
        QVERIFY(dialog && dialog->isVisible());
    }

    void takesInWhatIsDropped()
    {
        const QString path = m_folder->filePath(u"agents.json"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(exportAgents({Agent{.name = u"Orders"_s, .target = RuntimeTarget{.arn = arn}}}, {}).bytes);
        file.close();
        dropOn(m_program->message(), path);
        // What the file is, is asked of it first.
        QDialog *dialog = nullptr;
        QTRY_VERIFY((dialog = m_program->window.findChild<QDialog *>(u"importDialog"_s)));
        QTRY_VERIFY_WITH_TIMEOUT(dialog->findChild<QCheckBox *>(u"importAgent"_s), longWait);
        QTest::keyClick(dialog, Qt::Key_Return);
        QCOMPARE_EQ(agents()->agents().size(), 2U);
        QVERIFY(m_program->notices.find(u"imported"_s));
        QTRY_COMPARE(m_program->chat()->agent().name, u"Orders"_s);
        QVERIFY(m_program->message()->toPlainText().isEmpty());
    }

    void saysWhenItCannotWrite()
    {
        QVERIFY(agents()->save(Agent{.name = u"Orders"_s, .target = RuntimeTarget{.arn = arn}}));
        exportTo(m_folder->filePath(u"no/such/agents.json"_s));
        QTRY_VERIFY_WITH_TIMEOUT(m_program->notices.find(u"exported"_s), longWait);
        QCOMPARE(m_program->notices.find(u"exported"_s)->tone, NoticeTone::Bad);
    }

    void takesADropByItsName_data()
    {
        QTest::addColumn<QList<QUrl>>("urls");
        QTest::addColumn<bool>("isTaken");
        QTest::addColumn<bool>("mayBeProject");
        const auto local = [](const QString &path) { return QList{QUrl::fromLocalFile(path)}; };
        QTest::newRow("folder") << local(u"/p/project"_s) << true << true;
        QTest::newRow("toolkit") << local(u"/p/.bedrock_agentcore.yaml"_s) << true << true;
        QTest::newRow("export") << local(u"/p/Agents.JSON"_s) << true << true;
        QTest::newRow("picture") << local(u"/p/a.png"_s) << true << false;
        QTest::newRow("two") << local(u"/p/a.json"_s) + local(u"/p/b.json"_s) << true << false;
        QTest::newRow("elsewhere") << QList{QUrl(u"https://example.com/a.json"_s)} << false << false;
        QTest::newRow("nothing") << QList<QUrl>() << false << false;
    }
    void takesADropByItsName()
    {
        QFETCH(const QList<QUrl>, urls);
        QFETCH(const bool, isTaken);
        QMimeData data;
        data.setUrls(urls);
        QFETCH(const bool, mayBeProject);
        QCOMPARE_EQ(!SourceCommands::projectIn(&data).isEmpty(), mayBeProject);
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&m_program->window, &enter);
        QCOMPARE_EQ(enter.isAccepted(), isTaken);
    }

    void wordsStillFallIntoTheMessage()
    {
        QMimeData data;
        data.setText(u"these words"_s);
        QWidget *place = m_program->message()->viewport();
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(place, &enter);
        QDropEvent drop(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(place, &drop);
        QCOMPARE(m_program->message()->toPlainText(), u"these words"_s);
    }

private:
    AgentBook *agents() const { return m_program->workspace.agents(); }

    void exportTo(const QString &path)
    {
        m_program->window.actionList()->exportAgents->trigger();
        auto *files = m_program->window.findChild<QFileDialog *>();
        QVERIFY(files && files->acceptMode() == QFileDialog::AcceptSave);
        Q_EMIT files->fileSelected(path);
        files->close();
    }

    // As the desktop does it: whoever takes the drag gets the drop.
    static void dropOn(QPlainTextEdit *edit, const QString &path)
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(edit->viewport(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(edit->viewport(), &drop);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;
};

QTEST_MAIN(TestSourceCommands)
#include "tst_sourcecommands.moc"
