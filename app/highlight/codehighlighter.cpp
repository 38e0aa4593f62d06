// SPDX-License-Identifier: Apache-2.0
#include "highlight/codehighlighter.h"

#include "highlight/highlightworker.h"

#include <algorithm>

namespace Parlance {
namespace {

size_t fingerprint(const QString &fence, const QString &text)
{
    return qHashMulti(0, fence, text);
}

} // namespace

CodeHighlighter::CodeHighlighter(QObject *parent)
    : QObject(parent)
{
    qRegisterMetaType<CodeWords>();
    m_thread.setObjectName(QStringLiteral("highlight"));
}

CodeHighlighter::~CodeHighlighter()
{
    m_isStopping = true;
    m_thread.quit();
    m_thread.wait();
}

const CodeWords &CodeHighlighter::words(CodeKey &number, const QString &fence, const QString &text,
                                        bool isGrowing)
{
    static const CodeWords none;
    const auto known = m_entries.find(number);
    // The usual case while a block grows: no further line is complete.
    if (isGrowing && known != m_entries.end() && known->fence == fence && text.size() >= known->asked
        && !QStringView(text).sliced(known->asked).contains(u'\n'))
        return known->words;
    if (text.isEmpty())
        return none;
    Entry *entry = known != m_entries.end() && goesOn(*known, fence, text) ? &*known : nullptr;
    if (!entry)
        entry = newEntry(number, fence, text, isGrowing);
    if (!entry)
        return none;
    m_characters += text.size() - entry->text.size();
    entry->text = text;
    entry->used = ++m_calls;
    const int end = isGrowing ? int(text.lastIndexOf(u'\n')) + 1 : int(text.size());
    if (end > entry->asked)
        ask(number, *entry, end);
    return entry->words;
}

bool CodeHighlighter::goesOn(const Entry &entry, const QString &fence, const QString &text)
{
    return entry.fence == fence && text.size() >= entry.asked
        && QStringView(text).first(entry.asked) == QStringView(entry.text).first(entry.asked);
}

CodeHighlighter::Entry *CodeHighlighter::newEntry(CodeKey &number, const QString &fence, const QString &text,
                                                  bool isGrowing)
{
    const QString language = Languages::named(fence);
    if (language.isEmpty())
        return nullptr;
    if (!isGrowing) {
        const CodeKey seen = m_complete.value(fingerprint(fence, text));
        const auto same = m_entries.find(seen);
        if (seen != 0 && same != m_entries.end() && same->fence == fence && same->text == text) {
            number = seen;
            return &*same;
        }
    }
    forgetOldest();
    number = ++m_last;
    return &*m_entries.insert(number, Entry{.fence = fence, .language = language});
}

void CodeHighlighter::ask(CodeKey number, Entry &entry, int end)
{
    if (!m_worker) {
        m_worker = new HighlightWorker(&m_isStopping);
        m_worker->moveToThread(&m_thread);
        connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
        connect(m_worker, &HighlightWorker::worked, this, &CodeHighlighter::take);
        m_thread.start(QThread::LowPriority);
    }
    if (end == entry.text.size())
        m_complete.insert(fingerprint(entry.fence, entry.text), number);
    const int from = std::exchange(entry.asked, end);
    ++m_working;
    QMetaObject::invokeMethod(
        m_worker,
        [worker = m_worker, number, language = entry.language, text = entry.text, from, end] {
            worker->work(number, language, text, from, end);
        },
        Qt::QueuedConnection);
}

void CodeHighlighter::take(quint64 number, int from, const CodeWords &words, bool isLast)
{
    m_working -= isLast ? 1 : 0;
    const auto entry = m_entries.find(number);
    if (entry == m_entries.end() || entry->words.covered != from)
        return;
    entry->words.covered = words.covered;
    entry->words.list.insert(entry->words.list.end(), words.list.begin(), words.list.end());
    Q_EMIT changed(number);
}

void CodeHighlighter::forgetOldest()
{
    while (m_characters > m_limit && !m_entries.isEmpty()) {
        const auto oldest = std::min_element(m_entries.begin(), m_entries.end(),
                                             [](const Entry &a, const Entry &b) { return a.used < b.used; });
        m_characters -= oldest->text.size();
        m_complete.remove(fingerprint(oldest->fence, oldest->text));
        m_entries.erase(oldest);
    }
}

} // namespace Parlance
