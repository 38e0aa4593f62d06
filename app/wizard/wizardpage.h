// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/authprobe.h"
#include "core/agent.h"
#include "core/identity.h"
#include "core/secret.h"

#include <QWidget>

#include <optional>

namespace Parlance {

//! What the pages of the wizard have found out so far. Nothing of it is kept.
struct WizardDraft
{
    Agent agent = {}; //!< without an id, unless it is the built-in one
    std::optional<Identity> identity = std::nullopt; //!< whom the source proposes; may not be kept yet
    Secret token = {}; //!< pasted for this agent
    int source = 0; //!< counts how often another agent was chosen
};

//! One page of the wizard. It keeps what was filled in while others are shown.
class WizardPage : public QWidget
{
    Q_OBJECT
public:
    explicit WizardPage(const QString &title)
        : m_title(title)
    {
        setAccessibleName(title);
    }

    const QString &title() const { return m_title; }
    virtual bool isNeeded(const WizardDraft &draft) const { return !draft.agent.isBuiltIn(); }
    //! It is shown now. Takes from the draft what the person has not changed here.
    virtual void enter(const WizardDraft &draft) = 0;
    //! Puts what was filled in into the draft. Else a sentence says what is missing.
    virtual QString leave(WizardDraft &draft) = 0;
    //! Null: there is nothing to fill in.
    virtual QWidget *firstField() const { return nullptr; }
    //! Empty: "Next".
    virtual QString nextText() const { return {}; }
    //! Next does something here first; true: it did.
    virtual bool takesNext() { return false; }
    //! Going on without what Next would do. Empty: there is nothing to skip.
    virtual QString skipText() const { return {}; }

Q_SIGNALS:
    //! Its words or its size.
    void changed();
    //! The page itself wants to go on.
    void nextAsked();

private:
    QString m_title;
};

} // namespace Parlance
