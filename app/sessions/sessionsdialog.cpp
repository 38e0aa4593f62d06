// SPDX-License-Identifier: Apache-2.0
#include "sessions/sessionsdialog.h"

#include "dialogs/themedlabel.h"
#include "sessions/sessionsmodel.h"
#include "theme/metrics.h"
#include "window/rowlist.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {

SessionsDialog::SessionsDialog(const Theme *theme, Workspace *workspace, Occasion occasion, QWidget *parent)
    : FormDialog(theme, occasion == Occasion::Quitting ? tr("Sessions are still open") : tr("Open sessions"),
                 tr("Each keeps a machine running at the service until it is idle for long, and goes on "
                    "costing until then. What the agent remembers in a session is lost when it is ended."),
                 parent)
    , m_rows(new SessionsModel(workspace, this))
    , m_list(new RowList(theme, m_rows, this))
    , m_occasion(occasion)
{
    setObjectName(u"sessionsDialog"_s);
    m_list->setObjectName(u"openSessions"_s);
    m_list->setAccessibleName(tr("Open sessions"));
    m_empty = addHelp(body(), tr("No session is open."));
    body()->addWidget(m_list);
    if (occasion == Occasion::Quitting) {
        m_unasked = new QCheckBox(tr("Do not ask again"));
        m_unasked->setObjectName(u"doNotAskAgain"_s);
        m_unasked->setToolTip(tr("The settings take this back."));
        addGap(body());
        body()->addWidget(m_unasked);
        body()->addStretch();
        makeQuitButtons();
    } else {
        makeCommands();
    }
    m_patience.setSingleShot(true);
    m_patience.setInterval(10s);
    connect(&m_patience, &QTimer::timeout, this, &SessionsDialog::mayQuit);
    connect(m_list, &RowList::rowChosen, this, &SessionsDialog::refresh);
    connect(m_rows, &SessionsModel::settled, this, &SessionsDialog::onSettled);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_rows, signal, this, &SessionsDialog::refresh);
    connect(m_rows, &QAbstractItemModel::dataChanged, this, &SessionsDialog::refresh);
    if (m_rows->rowCount() > 0)
        m_list->choose(m_rows->at(0).id);
    refresh();
}

void SessionsDialog::makeCommands()
{
    auto *commands = new QWidget;
    auto *row = new QHBoxLayout(commands);
    row->setContentsMargins(0, theme()->px(Metric::within), 0, 0);
    row->setSpacing(theme()->px(Metric::within));
    m_end = new QPushButton(tr("End session"));
    m_end->setObjectName(u"endSession"_s);
    m_endAll = new QPushButton(tr("End all"));
    m_endAll->setObjectName(u"endAllSessions"_s);
    for (QPushButton *button : {m_end, m_endAll}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    row->addStretch();
    body()->addWidget(commands);
    body()->addStretch();
    QPushButton *close = addDefaultButton(tr("Close"));
    close->setObjectName(u"close"_s);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_end, &QPushButton::clicked, this, [this] { m_rows->end(m_list->currentId()); });
    connect(m_endAll, &QPushButton::clicked, this, &SessionsDialog::endAll);
}

void SessionsDialog::makeQuitButtons()
{
    QPushButton *cancel = addSideButton(tr("Cancel"));
    cancel->setObjectName(u"cancel"_s);
    m_endAll = addButton(tr("End all and quit"));
    m_endAll->setObjectName(u"endAllSessions"_s);
    // What Enter does loses nothing.
    QPushButton *leave = addDefaultButton(tr("Leave open and quit"));
    leave->setObjectName(u"leaveOpen"_s);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(leave, &QPushButton::clicked, this, &SessionsDialog::mayQuit);
    connect(m_endAll, &QPushButton::clicked, this, &SessionsDialog::endAll);
}

bool SessionsDialog::isUnasked() const
{
    return m_unasked && m_unasked->isChecked();
}

void SessionsDialog::endAll()
{
    setFailure({});
    m_isQuitting = m_occasion == Occasion::Quitting;
    if (m_isQuitting)
        m_patience.start();
    m_rows->endAll();
    refresh();
}

void SessionsDialog::onSettled()
{
    refresh();
    const int failed = m_rows->failedCount();
    setFailure(failed == 0 ? QString() : tr("%n session(s) could not be ended.", nullptr, failed));
    m_patience.stop();
    if (std::exchange(m_isQuitting, false) && failed == 0)
        Q_EMIT mayQuit();
    fit();
}

void SessionsDialog::refresh()
{
    const bool isEmpty = m_rows->rowCount() == 0;
    m_empty->setVisible(isEmpty);
    m_list->setVisible(!isEmpty);
    // A row that is cut in two could be the last.
    constexpr int mostShown = 3;
    m_list->setMinimumHeight(std::min(m_list->sizeHint().height(), mostShown * theme()->px(Metric::fewRows)));
    const QString current = m_list->currentId();
    if (m_end)
        m_end->setEnabled(!current.isEmpty() && !m_rows->isEnding(current));
    m_endAll->setEnabled(!isEmpty && !m_rows->isEnding());
    fit();
}

} // namespace Parlance
