// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPushButton>

#include <chrono>

namespace Parlance {

class Settings;

//! How long a command may take: shows it, and lets a person choose another. Kept in the settings.
class TimeoutButton : public QPushButton
{
    Q_OBJECT
public:
    explicit TimeoutButton(Settings *settings, QWidget *parent = nullptr);

    std::chrono::seconds timeout() const;

private:
    void choose();
    void setTimeout(std::chrono::seconds timeout);
    void refresh();

    Settings *m_settings;
};

} // namespace Parlance
