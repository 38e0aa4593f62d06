// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"

#include <QCoreApplication>

#include <functional>

namespace Parlance {

class Terminal;

//! Asks on the terminal before something is done at an agent that is marked production.
class ProductionGuard
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::ProductionGuard)
public:
    //! isAgreed: it was said beforehand, with --yes. The terminal must outlive this.
    ProductionGuard(Terminal *terminal, bool isAgreed)
        : m_terminal(terminal)
        , m_isAgreed(isAgreed)
    {
    }

    //! Runs it at once or once somebody says so, else ends the program as not having done anything.
    //! sentence: takes the agent's name and what is done, of which a person sees the beginning.
    void allow(const Agent &agent, const QString &sentence, const QString &what,
               const std::function<void()> &run) const;

private:
    Terminal *m_terminal;
    bool m_isAgreed;
};

} // namespace Parlance
