// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace Parlance {

class Notices;
class Theme;
struct Notice;

//! Shows the current notices, one bar each, above what they speak of. No height without notices.
class NoticeStack : public QWidget
{
    Q_OBJECT
public:
    NoticeStack(const Theme *theme, Notices *notices, QWidget *parent = nullptr);

private:
    void rebuild();
    QWidget *bar(const Notice &notice);

    const Theme *m_theme;
    Notices *m_notices;
    QVBoxLayout *m_layout;
};

} // namespace Parlance
