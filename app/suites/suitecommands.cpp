// SPDX-License-Identifier: Apache-2.0
#include "suites/suitecommands.h"

#include "suites/suiteswindow.h"
#include "window/actions.h"

#include <QAction>

namespace Parlance {

SuiteCommands::SuiteCommands(const MainWindow::Collaborators &with, Actions *actions, QWidget *window)
    : QObject(window)
    , m_with(with)
{
    connect(actions->suites, &QAction::triggered, this, &SuiteCommands::open);
}

SuiteCommands::~SuiteCommands()
{
    delete m_suites;
}

void SuiteCommands::open()
{
    if (!m_suites) {
        m_suites = new SuitesWindow(m_with);
        m_suites->setAttribute(Qt::WA_DeleteOnClose);
        // The program ends with its main window.
        m_suites->setAttribute(Qt::WA_QuitOnClose, false);
    }
    if (m_chat)
        m_suites->setAgent(m_chat->agent().id);
    m_suites->show();
    m_suites->raise();
    m_suites->activateWindow();
}

} // namespace Parlance
