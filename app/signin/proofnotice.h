// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/chat.h"
#include "chat/tokenfit.h"

#include <QObject>
#include <QPointer>

namespace Parlance {

class Notices;
class Workspace;

//! Says before the call that the agent in front will refuse who one is to it, as far as that is known. It
//! stops nobody.
class ProofNotice : public QObject
{
    Q_OBJECT
public:
    ProofNotice(Workspace *workspace, Notices *notices, QObject *parent = nullptr);

    void setChat(Chat *chat);

Q_SIGNALS:
    //! The person wants to mend it.
    void cureAsked(Parlance::ProofMismatch::Cure cure);

private:
    void refresh();
    void show(const std::optional<ProofMismatch> &mismatch);

    Workspace *m_workspace;
    Notices *m_notices;
    QPointer<Chat> m_chat;
    QString m_told; //!< said once, however often the person dismisses it
};

} // namespace Parlance
