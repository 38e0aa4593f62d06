// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "core/search.h"

#include <QObject>

namespace Parlance {

class Store;

//! One search over all conversations: takes what a person types as it comes, and tells what was found
//! page by page. Answers to what is not asked any more are dropped.
class ConversationSearch : public QObject
{
    Q_OBJECT
public:
    static constexpr int pageSize = 50;

    //! Without a store every question fails with words for it.
    explicit ConversationSearch(Store *store, QObject *parent = nullptr);

    //! Asks this instead of what was asked. Nothing to look for: answers at once with nothing.
    void ask(const SearchQuestion &question);
    //! Asks the same again: something was written since.
    void askAgain();
    //! What is stored is not this program's, since another one has it open: questions fail from now on.
    void leaveStore() { m_store = nullptr; }
    //! Fetches the next page. False: there is none, or one is on its way already.
    bool more();

    const SearchQuestion &question() const { return m_question; }
    bool isBusy() const { return m_isBusy; }
    int count() const { return m_count; }
    const std::vector<SearchHit> &hits() const { return m_hits; }

Q_SIGNALS:
    void started();
    //! What was found is there: count and the first page. Percent of what is kept that has been read.
    void answered(int readPercent);
    //! More of hits() is there, from this index on.
    void grew(int from);
    void failed(const Parlance::Error &error);
    //! Old messages have been taken in: asking again may find more.
    void progressed(int readPercent);

private:
    void fetch(int offset);
    void onPage(const Result<SearchPage> &page, int offset);

    Store *m_store;
    SearchQuestion m_question;
    std::vector<SearchHit> m_hits;
    int m_count = 0;
    int m_fetched = 0; //!< how far pages were fetched; a message may have gone since it was found
    int m_generation = 0;
    bool m_isBusy = false;
};

} // namespace Parlance
