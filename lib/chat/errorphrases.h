// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/errorcatalogue.h"

#include <QCoreApplication>

#include <optional>

namespace Parlance {

//! The words of the catalogue, by where the fault lies. Each takes the kinds that errorWords() gives it.
class ErrorPhrases
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::ErrorPhrases)
public:
    // Told by the service or a server.
    static ErrorWords service(const Error &error, const Agent *agent);
    static ErrorWords permission(const Error &error, const Agent *agent);
    static ErrorWords server(const Error &error);
    //! What is said otherwise of an agent that is asked as an identity; empty: nothing.
    static std::optional<ErrorWords> identity(const Error &error);
    // Found out here.
    static ErrorWords connection(const Error &error, const Agent *agent);
    static ErrorWords answer(const Error &error);
    static ErrorWords ours(const Error &error);
    static ErrorWords keeping(const Error &error);

    static QString details(const Error &error);

private:
    //! What the server or the request said, as a sentence to put before advice; empty if it said nothing.
    static QString reason(const Error &error);
    //! A server of a person's own, not the service.
    static bool isBare(const Agent *agent)
    {
        return agent && !std::holds_alternative<RuntimeTarget>(agent->target);
    }
};

} // namespace Parlance
