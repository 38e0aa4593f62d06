// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ids.h"
#include "qa/evidenceexport.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>

class QWidget;

namespace Parlance {

class Notices;
class Theme;
class Workspace;

//! What the window does with evidence: asks where, says how far it is, offers to cancel, opens it.
class EvidenceCommands : public QObject
{
    Q_OBJECT
public:
    EvidenceCommands(const Theme *theme, Workspace *workspace, Notices *notices, QWidget *window);

    void exportAsking(const ConversationId &id);
    //! likelyName: of the file, as a person would call it.
    void exportAsking(const EvidenceOrder &order, const QString &likelyName);
    //! Without a dialog.
    void exportTo(const QString &path, const EvidenceOrder &order);
    void openAsking();
    void open(const QString &path);

private:
    void onProgress(int done, int of);
    void onExported(const QString &path, const QString &manifestHash);
    void onFailed(const Error &error);
    void tell(const QString &text);

    const Theme *m_theme;
    Workspace *m_workspace;
    Notices *m_notices;
    QWidget *m_window;
    QPointer<EvidenceExport> m_run;
    QElapsedTimer m_told; //!< since progress was last told
};

} // namespace Parlance
