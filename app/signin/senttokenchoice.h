// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"

#include <QComboBox>

namespace Parlance {

class IdentityBook;

//! Which of an identity's tokens an agent gets. The automatic choice says what it comes to.
class SentTokenChoice : public QComboBox
{
    Q_OBJECT
public:
    explicit SentTokenChoice(const IdentityBook *book, QWidget *parent = nullptr);

    void choose(SentToken token);
    SentToken chosen() const;
    //! The agent as it is edited now.
    void setAgent(Agent agent);

private:
    const IdentityBook *m_book;
};

} // namespace Parlance
