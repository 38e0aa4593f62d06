// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "core/search.h"

#include <functional>

namespace Parlance {

class Database;

//! Finds messages. Keeps what the last question found, so that its further pages come at once.
class SearchReader
{
public:
    explicit SearchReader(Database *database)
        : m_database(database)
    {
    }

    //! Fails with Cancelled as soon as isGivenUp says so.
    Result<SearchPage> read(const SearchQuestion &question, int offset, int limit,
                            const std::function<bool()> &isGivenUp);

private:
    struct Found
    {
        qint64 number = 0;
        qint64 createdMs = 0;
    };

    bool findAll(const SearchQuestion &question, const SearchWords &words,
                 const std::function<bool()> &isGivenUp);
    bool collect(const char *sql, const QVariantList &values, const std::function<bool()> &isGivenUp);
    void collectLive(const SearchFilter &filter, const SearchWords &words);
    SearchHit hit(qint64 number, const SearchWords &words);

    Database *m_database;
    std::optional<SearchQuestion> m_question;
    std::vector<Found> m_found;
};

} // namespace Parlance
