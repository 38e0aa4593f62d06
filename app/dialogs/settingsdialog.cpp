// SPDX-License-Identifier: Apache-2.0
#include "dialogs/settingsdialog.h"

#include "core/paths.h"
#include "dialogs/themedlabel.h"
#include "theme/metrics.h"
#include "window/settings.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QUrl>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

SettingsDialog::SettingsDialog(Theme *theme, Settings *settings, QWidget *parent)
    : FormDialog(theme, tr("Settings"), tr("Each change counts at once."), parent)
    , m_editedTheme(theme)
    , m_settings(settings)
    , m_openFolder([](const QString &path) { QDesktopServices::openUrl(QUrl::fromLocalFile(path)); })
{
    setObjectName(u"settingsDialog"_s);
    makeTheme();
    makeSendKey();
    makeReading();
    makeNotifications();
    makeData();
    body()->addStretch();
    QPushButton *identities = addSideButton(tr("Identities…"));
    identities->setObjectName(u"openIdentities"_s);
    connect(identities, &QPushButton::clicked, this, &SettingsDialog::identitiesAsked);
    QPushButton *network = addSideButton(tr("Network…"));
    network->setObjectName(u"openNetwork"_s);
    connect(network, &QPushButton::clicked, this, &SettingsDialog::networkAsked);
    QPushButton *close = addDefaultButton(tr("Close"));
    close->setObjectName(u"close"_s);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
}

void SettingsDialog::makeTheme()
{
    m_theme = new QComboBox;
    m_theme->setObjectName(u"theme"_s);
    m_theme->addItem(tr("As the system"), int(ThemeChoice::System));
    m_theme->addItem(tr("Light"), int(ThemeChoice::Light));
    m_theme->addItem(tr("Dark"), int(ThemeChoice::Dark));
    m_theme->setCurrentIndex(m_theme->findData(int(m_settings->themeChoice())));
    addField(body(), tr("Theme"), m_theme);
    connect(m_theme, &QComboBox::currentIndexChanged, this, [this] {
        const auto choice = ThemeChoice(m_theme->currentData().toInt());
        m_settings->setThemeChoice(choice);
        m_editedTheme->setChoice(choice);
    });
    m_textSize = new QSpinBox;
    m_textSize->setObjectName(u"textSize"_s);
    m_textSize->setRange(75, 300);
    m_textSize->setSingleStep(10);
    m_textSize->setSuffix(tr(" %"));
    // While a number is typed its first digits would already count.
    m_textSize->setKeyboardTracking(false);
    m_textSize->setValue(m_settings->textSize());
    addField(body(), tr("Text size"), m_textSize);
    connect(m_textSize, &QSpinBox::valueChanged, this, [this](int percent) {
        m_settings->setTextSize(percent);
        m_editedTheme->setTextSize(percent);
    });
}

void SettingsDialog::makeSendKey()
{
    m_sendKey = new QComboBox;
    m_sendKey->setObjectName(u"sendKey"_s);
    m_sendKey->addItem(tr("Enter, and Shift+Enter breaks the line"), int(SendKey::Enter));
    m_sendKey->addItem(tr("Ctrl+Enter, and Enter breaks the line"), int(SendKey::CtrlEnter));
    m_sendKey->setCurrentIndex(m_sendKey->findData(int(m_settings->sendKey())));
    addField(body(), tr("Send with"), m_sendKey);
    connect(m_sendKey, &QComboBox::currentIndexChanged, this,
            [this] { m_settings->setSendKey(SendKey(m_sendKey->currentData().toInt())); });
}

void SettingsDialog::makeReading()
{
    auto *reads = new QComboBox;
    reads->setObjectName(u"readsAnswers"_s);
    reads->addItem(tr("Each sentence as it comes"), true);
    reads->addItem(tr("Only that an answer has ended"), false);
    reads->setCurrentIndex(reads->findData(m_settings->readsAnswers()));
    addField(body(), tr("A screen reader hears"), reads);
    connect(reads, &QComboBox::currentIndexChanged, this,
            [this, reads] { m_settings->setReadsAnswers(reads->currentData().toBool()); });
}

void SettingsDialog::makeNotifications()
{
    auto *tells = new QCheckBox(tr("Tell me when an answer that took over 20 s is there"));
    tells->setObjectName(u"tellsOfLongAnswers"_s);
    tells->setToolTip(tr("By the desktop, while Parlance is not in front. What was said is not shown."));
    tells->setChecked(m_settings->tellsOfLongAnswers());
    addField(body(), tr("Notifications"), tells);
    connect(tells, &QCheckBox::toggled, m_settings, &Settings::setTellsOfLongAnswers);
    auto *asks = new QCheckBox(tr("Ask about sessions that are still open"));
    asks->setObjectName(u"asksAboutOpenSessions"_s);
    asks->setToolTip(tr("A session of a deployed agent goes on costing until it is idle for long."));
    asks->setChecked(m_settings->asksAboutOpenSessions());
    addField(body(), tr("When Parlance is closed"), asks);
    connect(asks, &QCheckBox::toggled, m_settings, &Settings::setAsksAboutOpenSessions);
}

void SettingsDialog::makeData()
{
    const QString directory = Paths::fromEnvironment().dataDirectory;
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme()->px(Metric::within));
    auto *path = new QLineEdit(directory);
    path->setObjectName(u"dataDirectory"_s);
    path->setAccessibleName(tr("Data folder"));
    path->setReadOnly(true);
    auto *open = new QPushButton(tr("Open folder"));
    open->setObjectName(u"openFolder"_s);
    open->setAutoDefault(false);
    layout->addWidget(path, 1);
    layout->addWidget(open);
    m_keychain = addField(body(), tr("Data folder"), row);
    m_keychain->setObjectName(u"keychainState"_s);
    connect(open, &QPushButton::clicked, this, [this, directory] { m_openFolder(directory); });
    setSecretDurability(SecretDurability::Keychain);
}

void SettingsDialog::setSecretDurability(SecretDurability durability)
{
    const bool isKeychain = durability == SecretDurability::Keychain;
    m_keychain->setInk(isKeychain ? ColourRole::InkFaint : ColourRole::Caution);
    setHelp(m_keychain,
            isKeychain
                ? tr("Conversations are kept there. Tokens are kept in the system keychain.")
                : tr("Conversations are kept there. There is no usable keychain, so tokens are kept for "
                     "this session only."));
}

} // namespace Parlance
