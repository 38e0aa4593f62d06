// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/workspace.h"
#include "support/collaborators.h"
#include "theme/theme.h"
#include "transcript/transcriptview.h"
#include "window/mainwindow.h"
#include "window/navigation.h"
#include "window/notices.h"
#include "window/settings.h"

#include <QAccessible>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

namespace Parlance {

//! The whole program over one profile folder. Made again, it is the next start.
struct Program : Collaborators
{
    Program(const QString &folder, const QUrl &builtIn)
        : Collaborators(folder, builtIn)
        , settings(folder + QStringLiteral("/settings.ini"))
        , window({.workspace = &workspace, .settings = &settings, .theme = &theme, .notices = &notices})
    {
        window.show();
        workspace.start();
    }
    QPlainTextEdit *message() const { return window.findChild<QPlainTextEdit *>(QStringLiteral("message")); }
    QPushButton *button(const QString &name) const { return window.findChild<QPushButton *>(name); }
    Chat *chat() const { return window.navigation()->chat(); }
    void say(const QString &words) const
    {
        message()->setPlainText(words);
        QTest::keyClick(message(), Qt::Key_Return);
    }
    const Message &last() const { return chat()->messages()->at(chat()->messages()->count() - 1); }

    Settings settings;
    Theme theme;
    Notices notices;
    MainWindow window;
};

//! The name of every accessible child below the transcript.
inline QStringList spoken(QWidget *view)
{
    QStringList names;
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(view);
    for (int i = 0; interface && i < interface->childCount(); ++i) {
        if (QAccessibleInterface *child = interface->child(i))
            names.append(child->text(QAccessible::Name));
    }
    return names;
}

//! The button of that name below an accessible; null if there is none.
inline QAccessibleInterface *buttonBelow(QAccessibleInterface *parent, const QString &name)
{
    for (int i = 0; parent && i < parent->childCount(); ++i) {
        QAccessibleInterface *one = parent->child(i);
        if (one && one->role() == QAccessible::Button && one->text(QAccessible::Name) == name)
            return one;
        if (QAccessibleInterface *deeper = buttonBelow(one, name))
            return deeper;
    }
    return nullptr;
}

inline QAccessibleInterface *inMessage(const Program &program, int row, const QString &name)
{
    return buttonBelow(QAccessible::queryAccessibleInterface(program.window.transcript())->child(row), name);
}

inline bool press(const Program &program, int row, const QString &name)
{
    QAccessibleInterface *found = inMessage(program, row, name);
    if (!found || !found->actionInterface())
        return false;
    found->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    return true;
}

} // namespace Parlance
