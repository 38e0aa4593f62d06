// SPDX-License-Identifier: Apache-2.0
#include "dialogs/settingsdialog.h"

#include "core/paths.h"
#include "dialogs/shortcutsdialog.h"
#include "window/settings.h"

#include "support/waited.h"

#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QLockFile>
#include <QPushButton>
#include <QScreen>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

class SettingsDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void eachChangeCountsAtOnceAndIsRemembered();
    void doesNotWaitForTheFile();
    void staysOnTheScreenWhenTheTextGrows();
    void showsWhatIsSet();
    void opensTheDataFolder();
    void tellsWhereTokensLive();
    void listsShortcutsAsTheyAre();
    void findsAShortcut();

private:
    QString file() const { return m_directory->filePath(u"settings.ini"_s); }
    std::unique_ptr<QTemporaryDir> m_directory;
};

void SettingsDialogTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

void SettingsDialogTest::eachChangeCountsAtOnceAndIsRemembered()
{
    Theme theme;
    {
        Settings settings(file());
        SettingsDialog dialog(&theme, &settings);
        dialog.open();
        auto *choice = dialog.findChild<QComboBox *>(u"theme"_s);
        choice->setCurrentIndex(choice->findData(int(ThemeChoice::Dark)));
        QVERIFY(theme.isDark());
        dialog.findChild<QSpinBox *>(u"textSize"_s)->setValue(150);
        QCOMPARE_EQ(theme.textSize(), 150);
        auto *send = dialog.findChild<QComboBox *>(u"sendKey"_s);
        send->setCurrentIndex(send->findData(int(SendKey::CtrlEnter)));
    }
    const Settings settings(file());
    QVERIFY(settings.themeChoice() == ThemeChoice::Dark);
    QCOMPARE_EQ(settings.textSize(), 150);
    QVERIFY(settings.sendKey() == SendKey::CtrlEnter);
}

void SettingsDialogTest::doesNotWaitForTheFile()
{
    QLockFile busy(file() + u".lock"_s);
    QVERIFY(busy.lock());
    Settings settings(file());
    settings.setTextSize(150);
    settings.setTextSize(130);
    QCoreApplication::sendPostedEvents();
    QCOMPARE_EQ(settings.textSize(), 130);
    const auto written = [this] {
        QFile kept(file());
        return kept.open(QIODevice::ReadOnly) ? kept.readAll() : QByteArray();
    };
    QCOMPARE(written(), QByteArray());
    busy.unlock();
    QTRY_VERIFY_WITH_TIMEOUT(written().contains("textSize=130"), longWait);
}

void SettingsDialogTest::staysOnTheScreenWhenTheTextGrows()
{
    Theme theme;
    Settings settings(file());
    SettingsDialog dialog(&theme, &settings);
    dialog.open();
    const QRect screen = dialog.screen()->availableGeometry();
    dialog.move(screen.right() - dialog.width(), screen.bottom() - dialog.height());
    dialog.findChild<QSpinBox *>(u"textSize"_s)->setValue(200);
    QVERIFY(screen.contains(dialog.frameGeometry()));
}

void SettingsDialogTest::showsWhatIsSet()
{
    Theme theme;
    Settings settings(file());
    settings.setThemeChoice(ThemeChoice::Light);
    settings.setTextSize(130);
    settings.setSendKey(SendKey::CtrlEnter);
    const SettingsDialog dialog(&theme, &settings);
    QCOMPARE(dialog.findChild<QComboBox *>(u"theme"_s)->currentText(), u"Light"_s);
    QCOMPARE_EQ(dialog.findChild<QSpinBox *>(u"textSize"_s)->value(), 130);
    QVERIFY(dialog.findChild<QComboBox *>(u"sendKey"_s)->currentText().startsWith(u"Ctrl+Enter"_s));
}

void SettingsDialogTest::opensTheDataFolder()
{
    Theme theme;
    Settings settings(file());
    SettingsDialog dialog(&theme, &settings);
    QString opened;
    dialog.setFolderOpener([&](const QString &path) { opened = path; });
    dialog.open();
    const QString shown = dialog.findChild<QLineEdit *>(u"dataDirectory"_s)->text();
    QCOMPARE(shown, Paths::fromEnvironment().dataDirectory);
    dialog.findChild<QPushButton *>(u"openFolder"_s)->click();
    QCOMPARE(opened, shown);
}

void SettingsDialogTest::tellsWhereTokensLive()
{
    Theme theme;
    Settings settings(file());
    SettingsDialog dialog(&theme, &settings);
    const auto *state = dialog.findChild<QLabel *>(u"keychainState"_s);
    QVERIFY(state->text().contains(u"system keychain"_s));
    dialog.setSecretDurability(SecretDurability::SessionOnly);
    QVERIFY(state->text().contains(u"for this session only"_s));
}

void SettingsDialogTest::listsShortcutsAsTheyAre()
{
    Theme theme;
    QAction create(u"&New conversation…"_s);
    create.setShortcut(QKeySequence(Qt::CTRL | Qt::Key_N));
    QAction bare(u"Nothing bound"_s);
    const ShortcutsDialog dialog(&theme, {{u"Conversations"_s, {&create, &bare}}}, SendKey::CtrlEnter);
    QStringList texts;
    for (const QLabel *label : dialog.findChildren<QLabel *>())
        texts.append(label->text());
    QVERIFY(texts.contains(u"New conversation"_s));
    QCOMPARE(texts.value(texts.indexOf(u"New conversation"_s) + 1), u"Ctrl+N"_s);
    QVERIFY(!texts.contains(u"Nothing bound"_s));
    QVERIFY(texts.contains(u"Ctrl+Enter"_s));
}

void SettingsDialogTest::findsAShortcut()
{
    Theme theme;
    QAction create(u"New conversation"_s);
    create.setShortcut(QKeySequence(Qt::CTRL | Qt::Key_N));
    QAction find(u"Find"_s);
    find.setShortcut(QKeySequence(Qt::CTRL | Qt::Key_F));
    ShortcutsDialog dialog(&theme, {{u"Conversations"_s, {&create, &find}}}, SendKey::Enter);
    dialog.open();
    dialog.findChild<QLineEdit *>(u"filterShortcuts"_s)->setText(u"ctrl+n"_s);
    QStringList visible;
    for (const QLabel *label : dialog.findChildren<QLabel *>()) {
        if (label->isVisible())
            visible.append(label->text());
    }
    QVERIFY(visible.contains(u"New conversation"_s));
    QVERIFY(!visible.contains(u"Find"_s));
    QVERIFY(visible.contains(u"Conversations"_s));
    QVERIFY(!visible.contains(u"Writing"_s));
}

QTEST_MAIN(SettingsDialogTest)
#include "tst_settingsdialog.moc"
