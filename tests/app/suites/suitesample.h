// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/window/program.h"
#include "suites/cellpanel.h"
#include "suites/gridmodel.h"
#include "suites/gridview.h"
#include "suites/rundesk.h"
#include "suites/runpage.h"
#include "suites/suiteactions.h"
#include "suites/suiteswindow.h"
#include "support/endpoints.h"
#include "window/actions.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>

namespace Parlance::Test {

//! So many cases, each of which wants its own word back.
inline QByteArray suiteOfWords(int cases)
{
    QByteArray yaml = "description: Words\nprompts: ['Say {{word}}']\ntests:\n";
    for (int index = 0; index < cases; ++index)
        yaml += "  - {description: case" + QByteArray::number(index) + ", vars: {word: word"
            + QByteArray::number(index) + "}, assert: [{type: contains, value: 'word"
            + QByteArray::number(index) + "'}]}\n";
    return yaml;
}

//! The window of suites in the whole program, before scripted endpoints.
class SuiteProgram
{
public:
    static constexpr int patience = 30'000;

    SuiteProgram(const QString &folder, const Endpoints &endpoints)
        : m_folder(folder)
        , program(folder, {})
    {
        m_isReady = QTest::qWaitFor([this] { return program.chat() != nullptr; }, patience);
        Agent agent = endpoints.agent();
        agent.id = {};
        for (const Agent &known : program.workspace.agents()->agents()) {
            if (known.name == agent.name)
                agent.id = known.id;
        }
        const Result<Agent> saved = program.workspace.agents()->save(agent);
        m_isReady = m_isReady && saved;
        program.window.navigation()->openAgent(saved ? saved->id : AgentId());
        program.window.actionList()->suites->trigger();
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            if (auto *found = qobject_cast<SuitesWindow *>(widget); found && found->isVisible())
                window = found;
        }
        m_isReady = m_isReady && window && QTest::qWaitForWindowActive(window);
    }
    bool isReady() const { return m_isReady; }

    template <typename Widget> Widget *find(const char *name) const
    {
        return window->findChild<Widget *>(QString::fromLatin1(name));
    }
    QDialog *dialog() const { return find<QDialog>("runDialog"); }
    QString write(const QByteArray &yaml) const
    {
        const QString path = m_folder + QStringLiteral("/suite.yaml");
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(yaml) == yaml.size() ? path : QString();
    }
    //! Opens a suite; false: no dialog came.
    bool open(const QString &path) const
    {
        window->openSuite(path);
        return QTest::qWaitFor([this] { return dialog() != nullptr; }, patience);
    }
    //! Opens it, chooses endpoints, and runs.
    bool begin(const QString &path, const QString &qualifiers, int repeats = 1, int atOnce = 4) const
    {
        if (!open(path))
            return false;
        find<QLineEdit>("qualifiersOfRun")->setText(qualifiers);
        find<QSpinBox>("repeatsOfRun")->setValue(repeats);
        find<QSpinBox>("concurrencyOfRun")->setValue(atOnce);
        find<QPushButton>("beginRun")->click();
        return QTest::qWaitFor([this] { return window->desk()->isRunning(); }, patience);
    }
    bool ends() const
    {
        return QTest::qWaitFor([this] { return !window->desk()->isRunning(); }, patience);
    }
    bool run(const QString &path, const QString &qualifiers, int repeats = 1, int atOnce = 4) const
    {
        return begin(path, qualifiers, repeats, atOnce) && ends();
    }
    //! What a screen reader hears of a cell as it is shown.
    QString said(int row, int column) const
    {
        return window->view()->model()->index(row, column).data(Qt::AccessibleTextRole).toString();
    }
    //! As with the mouse.
    bool openCell(int row, int column) const
    {
        GridView *view = window->view();
        const QModelIndex index = view->model()->index(row, column);
        view->setCurrentIndex(index);
        Q_EMIT view->activated(index);
        const CellPanel *panel = window->page()->panel();
        return QTest::qWaitFor([panel] { return panel->isVisible() && panel->isLoaded(); }, patience);
    }
    int shownRows() const { return window->view()->model()->rowCount(); }
    QString summary() const { return find<QLabel>("runProgress")->text(); }
    void show(const QString &what) const
    {
        auto *box = find<QComboBox>("showCases");
        box->setCurrentIndex(box->findText(what));
    }
    QMenu *menu(const char *name) const { return find<QMenu>(name); }

private:
    QString m_folder;
    bool m_isReady = false;

public:
    Program program;
    SuitesWindow *window = nullptr;
};

} // namespace Parlance::Test
