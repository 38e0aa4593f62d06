// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace Parlance {

class Theme;

//! Things to try in an empty conversation with the built-in agent, one button each.
class Suggestions : public QWidget
{
    Q_OBJECT
public:
    explicit Suggestions(const Theme *theme, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(const QString &prompt);
};

} // namespace Parlance
