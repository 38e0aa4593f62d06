// SPDX-License-Identifier: Apache-2.0
#include "sources/importdialog.h"

#include "chat/agentexport.h"
#include "sources/importpanel.h"
#include "support/collaborators.h"
#include "theme/theme.h"

#include <QCheckBox>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

constexpr int longWait = 20'000;
const QString arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/"_s;

const QByteArray toolkitFile =
    "default_agent: mine\n"
    "agents:\n"
    "  mine:\n"
    "    name: mine\n"
    "    bedrock_agentcore: {agent_arn: 'arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/mine-A1'}\n"
    "    authorizer_configuration: {customJWTAuthorizer: {discoveryUrl: "
    "'https://cognito-idp.us-west-2.amazonaws.com/us-west-2_AbC/.well-known/openid-configuration', "
    "allowedClients: [abc123]}}\n"
    "  keys & co:\n"
    "    name: keys & co\n"
    "    bedrock_agentcore: {agent_arn: 'arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/keys-A1'}\n"
    "  later:\n"
    "    name: later\n";

} // namespace

//! Agents that files describe are shown before they are taken.
class TestImportDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        qunsetenv("AWS_ACCESS_KEY_ID");
        qunsetenv("AWS_PROFILE");
        m_folder = std::make_unique<QTemporaryDir>();
        m_with = std::make_unique<Collaborators>(m_folder->path(), QUrl());
        m_path = write(u".bedrock_agentcore.yaml"_s, toolkitFile);
    }
    void cleanup() { m_with.reset(); }

    void showsWhatIsUnderstoodBeforeItIsTaken()
    {
        ImportDialog dialog(&m_theme, &m_with->workspace);
        QSignalSpy added(&dialog, &ImportDialog::added);
        dialog.open();
        QVERIFY(!button(dialog, "addImported")->isEnabled());
        dialog.read(m_path);
        QTRY_COMPARE_WITH_TIMEOUT(ticks(dialog).size(), 3, longWait);
        const QCheckBox *mine = tick(dialog, u"mine"_s);
        QVERIFY(mine->isChecked() && mine->isEnabled());
        const QString facts = mine->accessibleDescription();
        QVERIFY(facts.contains(arn + u"mine-A1"_s));
        QVERIFY2(facts.contains(u"us-west-2_AbC"_s), qPrintable(facts));
        QCheckBox *keys = tick(dialog, u"keys & co"_s);
        QVERIFY(!keys->isChecked() && keys->isEnabled());
        QCOMPARE(keys->text(), u"keys && co"_s);
        QVERIFY(keys->accessibleDescription().contains(u"AWS profile default"_s));
        const QCheckBox *later = tick(dialog, u"later"_s);
        QVERIFY(!later->isEnabled());
        QVERIFY(later->accessibleDescription().contains(u"not deployed"_s));
        QCOMPARE_EQ(identities().size(), 0U);

        keys->click();
        QCOMPARE(button(dialog, "addImported")->text(), u"Add 2 agents"_s);
        QTest::keyClick(&dialog, Qt::Key_Return);
        QVERIFY(!dialog.isVisible());
        QCOMPARE_EQ(added.count(), 1);
        QCOMPARE_EQ(agents().size(), 3U);
        QCOMPARE(agents()[1].name, u"mine"_s);
        QCOMPARE(agents()[2].name, u"keys & co"_s);
        QCOMPARE_EQ(identities().size(), 2U);
    }

    void saysWhichAgentsAreKnown()
    {
        QVERIFY(m_with->workspace.agents()->save(
            Agent{.name = u"Known"_s, .target = RuntimeTarget{.arn = arn + u"mine-A1"_s}}));
        ImportDialog dialog(&m_theme, &m_with->workspace);
        dialog.open();
        dialog.read(m_folder->path());
        QTRY_COMPARE_WITH_TIMEOUT(ticks(dialog).size(), 3, longWait);
        const QCheckBox *mine = tick(dialog, u"mine"_s);
        QVERIFY(!mine->isChecked() && mine->isEnabled());
        QVERIFY(mine->accessibleDescription().contains(u"Known"_s));
        QVERIFY(!button(dialog, "addImported")->isEnabled());
    }

    void ticksTheOnlyAgentThereIs()
    {
        ImportDialog dialog(&m_theme, &m_with->workspace);
        dialog.open();
        // Its folder would bring its project's other files.
        QVERIFY(QFile::remove(m_path));
        dialog.read(write(u"deployed-state.json"_s,
                          "{\"targets\":{\"default\":{\"resources\":{\"runtimes\":{\"A\":{\"runtimeArn\":\""
                              + arn.toUtf8() + "a-B1\"}}}}}}"));
        QTRY_COMPARE_WITH_TIMEOUT(ticks(dialog).size(), 1, longWait);
        QVERIFY(tick(dialog, u"A"_s)->isChecked());
        QCOMPARE(button(dialog, "addImported")->text(), u"Add 1 agents"_s);
    }

    void readsAnExport()
    {
        const Identity ann{.id = IdentityId(u"1"_s),
                           .name = u"Ann"_s,
                           .kind = CognitoUser{.poolId = u"us-west-2_AbC"_s, .clientId = u"abc"_s}};
        Agent agent{.name = u"Exported"_s,
                    .target = RuntimeTarget{.arn = arn + u"x-A1"_s},
                    .qualifier = u"prod"_s,
                    .auth = AuthMethod::Identity,
                    .identity = ann.id};
        ImportDialog dialog(&m_theme, &m_with->workspace);
        dialog.open();
        dialog.read(write(u"agents.json"_s, exportAgents({agent, agent}, {ann}).bytes));
        QTRY_COMPARE_WITH_TIMEOUT(ticks(dialog).size(), 2, longWait);
        QVERIFY(ticks(dialog)[0]->isChecked());
        QVERIFY(ticks(dialog)[0]->accessibleDescription().contains(u"prod"_s));
        button(dialog, "addImported")->click();
        QCOMPARE_EQ(identities().size(), 1U);
        QCOMPARE(identities()[0].name, u"Ann"_s);
        QCOMPARE(agents().at(2).identity, identities()[0].id);
    }

    void takesNoDetourUnasked()
    {
        Agent agent{.name = u"Detour"_s, .target = RuntimeTarget{.arn = arn + u"x-A1"_s}};
        std::get<RuntimeTarget>(agent.target).endpointOverride = u"https://elsewhere.example.com"_s;
        ImportDialog dialog(&m_theme, &m_with->workspace);
        dialog.open();
        dialog.read(write(u"agents.json"_s, exportAgents({agent}, {}).bytes));
        QTRY_COMPARE_WITH_TIMEOUT(ticks(dialog).size(), 1, longWait);
        QVERIFY2(ticks(dialog)[0]->isEnabled(), qPrintable(ticks(dialog)[0]->accessibleDescription()));
        QVERIFY(!ticks(dialog)[0]->isChecked());
        QVERIFY(ticks(dialog)[0]->accessibleDescription().contains(u"elsewhere.example.com"_s));
    }

    void saysWhenThereIsNothing()
    {
        ImportDialog dialog(&m_theme, &m_with->workspace);
        dialog.open();
        const QString path = write(u"newer.json"_s, "{\"format\":\"parlance-agents\",\"version\":7}");
        dialog.read(path);
        QTRY_VERIFY_WITH_TIMEOUT(words(dialog).contains(u"newer Parlance"_s), longWait);
        QVERIFY(ticks(dialog).isEmpty());
        // A later choice wins, however long the first takes.
        dialog.read(path);
        dialog.read(m_path);
        QTRY_COMPARE_WITH_TIMEOUT(ticks(dialog).size(), 3, longWait);
        QVERIFY(!words(dialog).contains(u"newer Parlance"_s));
    }

    void takesADrop()
    {
        ImportDialog dialog(&m_theme, &m_with->workspace);
        dialog.open();
        auto *panel = dialog.findChild<ImportPanel *>();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(m_path)});
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(panel, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(panel, &drop);
        QTRY_COMPARE_WITH_TIMEOUT(ticks(dialog).size(), 3, longWait);
        QMimeData text;
        text.setText(u"words"_s);
        QDragEnterEvent words(QPoint(5, 5), Qt::CopyAction, &text, Qt::LeftButton, Qt::NoModifier);
        words.ignore();
        QApplication::sendEvent(panel, &words);
        QVERIFY(!words.isAccepted());
    }

    void letsOneChooseAFileOrAFolder()
    {
        ImportDialog dialog(&m_theme, &m_with->workspace);
        dialog.open();
        QTest::keyClick(button(dialog, "chooseFile"), Qt::Key_Space);
        auto *files = dialog.findChild<QFileDialog *>();
        QVERIFY(files && files->isVisible());
        QCOMPARE(files->fileMode(), QFileDialog::ExistingFile);
        Q_EMIT files->fileSelected(m_path);
        files->close();
        QTRY_COMPARE_WITH_TIMEOUT(ticks(dialog).size(), 3, longWait);
        QTRY_VERIFY(!dialog.findChild<QFileDialog *>());
        button(dialog, "chooseFolder")->click();
        QCOMPARE(dialog.findChild<QFileDialog *>()->fileMode(), QFileDialog::Directory);
    }

private:
    QString write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_folder->filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
        return file.fileName();
    }
    static QPushButton *button(const QDialog &dialog, const char *name)
    {
        return dialog.findChild<QPushButton *>(QString::fromLatin1(name));
    }
    static QList<QCheckBox *> ticks(const QDialog &dialog)
    {
        QList<QCheckBox *> shown;
        for (QCheckBox *box : dialog.findChildren<QCheckBox *>(u"importAgent"_s)) {
            if (box->isVisible())
                shown.append(box);
        }
        return shown;
    }
    static QCheckBox *tick(const QDialog &dialog, const QString &name)
    {
        for (QCheckBox *box : ticks(dialog)) {
            if (box->accessibleName() == name)
                return box;
        }
        qFatal("no such agent");
    }
    static QString words(const QDialog &dialog)
    {
        QStringList words;
        for (const QLabel *label : dialog.findChildren<QLabel *>()) {
            if (label->isVisible())
                words.append(label->text());
        }
        return words.join(u'\n');
    }
    const std::vector<Agent> &agents() const { return m_with->workspace.agents()->agents(); }
    const std::vector<Identity> &identities() const { return m_with->workspace.identities()->identities(); }

    Theme m_theme;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Collaborators> m_with;
    QString m_path;
};

QTEST_MAIN(TestImportDialog)
#include "tst_importdialog.moc"
