// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "window/rowmodel.h"

#include "core/agent.h"

namespace Parlance {

class AgentBook;

//! The agents of the sidebar, in the order of the book.
class AgentsModel : public RowModel
{
    Q_OBJECT
public:
    explicit AgentsModel(AgentBook *book, QObject *parent = nullptr);

    //! Where the agent runs and whether it is production: "eu-west-1 · production".
    static QString detail(const Agent &agent);

private:
    void refresh();

    AgentBook *m_book;
};

} // namespace Parlance
