// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/agentbook.h"
#include "dialogs/formdialog.h"

#include <functional>

class QComboBox;
class QSpinBox;

namespace Parlance {

class Settings;

//! The preferences. Each counts at once and is remembered at once.
class SettingsDialog : public FormDialog
{
    Q_OBJECT
public:
    SettingsDialog(Theme *theme, Settings *settings, QWidget *parent = nullptr);

    void setSecretDurability(SecretDurability durability);
    //! Opens a folder; the desktop does unless a test answers.
    void setFolderOpener(std::function<void(const QString &path)> opener)
    {
        m_openFolder = std::move(opener);
    }

Q_SIGNALS:
    void identitiesAsked();
    void networkAsked();

private:
    void makeTheme();
    void makeSendKey();
    void makeReading();
    void makeNotifications();
    void makeData();

    Theme *m_editedTheme;
    Settings *m_settings;
    QComboBox *m_theme = nullptr;
    QSpinBox *m_textSize = nullptr;
    QComboBox *m_sendKey = nullptr;
    ThemedLabel *m_keychain = nullptr;
    std::function<void(const QString &)> m_openFolder;
};

} // namespace Parlance
