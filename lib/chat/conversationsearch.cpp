// SPDX-License-Identifier: Apache-2.0
#include "chat/conversationsearch.h"

#include "core/whendone.h"
#include "store/store.h"

#include <utility>

namespace Parlance {

ConversationSearch::ConversationSearch(Store *store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
    if (m_store)
        connect(m_store, &Store::searchProgressed, this, &ConversationSearch::progressed);
}

void ConversationSearch::ask(const SearchQuestion &question)
{
    m_question = question;
    askAgain();
}

void ConversationSearch::askAgain()
{
    ++m_generation;
    if (!m_question.asks()) {
        m_isBusy = false;
        m_hits.clear();
        m_count = m_fetched = 0;
        Q_EMIT answered(100);
        return;
    }
    fetch(0);
    Q_EMIT started();
}

bool ConversationSearch::more()
{
    if (m_isBusy || m_fetched >= m_count)
        return false;
    fetch(m_fetched);
    return true;
}

void ConversationSearch::fetch(int offset)
{
    m_isBusy = true;
    const int generation = m_generation;
    QFuture<Result<SearchPage>> answer = m_store
        ? m_store->search(m_question, offset, pageSize)
        : QtFuture::makeReadyFuture(Result<SearchPage>(failure(
            ErrorKind::StoreFailed, tr("Nothing is kept this time, so there is nothing to search."))));
    whenDone(answer, this, [this, generation, offset](const Result<SearchPage> &page) {
        if (generation == m_generation)
            onPage(page, offset);
    });
}

void ConversationSearch::onPage(const Result<SearchPage> &page, int offset)
{
    m_isBusy = false;
    if (!page) {
        Q_EMIT failed(page.error());
        return;
    }
    if (offset == 0) {
        m_hits = page->hits;
        m_count = page->count;
        m_fetched = pageSize;
        Q_EMIT answered(page->readPercent);
        return;
    }
    const int from = int(m_hits.size());
    m_hits.insert(m_hits.end(), page->hits.begin(), page->hits.end());
    m_fetched = offset + pageSize;
    Q_EMIT grew(from);
}

} // namespace Parlance
