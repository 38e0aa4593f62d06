// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/conversationtransfer.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>

#include <functional>

class QFileDialog;
class QWidget;

namespace Parlance {

class Notices;

//! What the window does with conversations as files: asks where, says how far it is, offers to cancel.
class TransferCommands : public QObject
{
    Q_OBJECT
public:
    TransferCommands(Workspace *workspace, Notices *notices, QWidget *window);

    void exportOne(const ConversationId &id);
    void exportAll();
    //! Without a dialog: by the suffix of the path.
    void write(const ConversationTransfer::Task &task);
    void importAsking();
    void importFrom(const QString &path);
    //! Imports a file that holds conversations; calls the function for any other.
    void take(const QString &path, const std::function<void()> &otherwise);
    //! The whole conversation, as Markdown and as HTML.
    void copy(const ConversationId &id);

Q_SIGNALS:
    //! The first of what came in.
    void imported(const Parlance::ConversationId &id);

private:
    QFileDialog *ask(const QString &title, const QStringList &filters, const QString &name);
    //! Null if a run is under way, which is said.
    ConversationTransfer *begin();
    void onProgress(const QString &text);
    void onFailed(const Error &error);
    void onImported(const TakenIn &taken);

    Workspace *m_workspace;
    Notices *m_notices;
    QWidget *m_window;
    QPointer<ConversationTransfer> m_run;
    QElapsedTimer m_told; //!< since progress was last told
};

} // namespace Parlance
