// SPDX-License-Identifier: Apache-2.0
#include "highlight/highlightworker.h"

#include <algorithm>

namespace Parlance {
namespace {

constexpr size_t keptPlaces = 8;
// A long block comes in pieces, so that its beginning shows at once.
constexpr int linesAtOnce = 400;

} // namespace

HighlightWorker::Place &HighlightWorker::placeOf(quint64 number, const QString &language, int from)
{
    const auto known = std::ranges::find(m_places, number, &Place::number);
    if (known != m_places.end())
        m_places.splice(m_places.begin(), m_places, known);
    else
        m_places.push_front({.number = number});
    Place &place = m_places.front();
    if (!place.highlighter || place.offset != from)
        place = {.number = number, .highlighter = std::make_unique<LineHighlighter>(language, &m_languages)};
    if (m_places.size() > keptPlaces)
        m_places.pop_back();
    return place;
}

void HighlightWorker::work(quint64 number, const QString &language, const QString &text, int from, int to)
{
    Place &place = placeOf(number, language, from);
    // Where it is forgotten where this block stood, the lines before are gone through once more.
    CodeWords words{.covered = from};
    std::vector<CodeWord> before;
    int lines = 0;
    while (place.offset < to && !*m_isStopping) {
        const qsizetype found = QStringView(text).first(to).indexOf(u'\n', place.offset);
        const int end = found < 0 ? to : int(found);
        const bool isAsked = place.offset >= from;
        place.highlighter->addLine(QStringView(text).sliced(place.offset, end - place.offset), place.offset,
                                   isAsked ? words.list : before);
        place.offset = found < 0 ? to : end + 1;
        before.clear();
        if (!isAsked)
            continue;
        words.covered = place.offset;
        if (++lines % linesAtOnce == 0 && place.offset < to) {
            Q_EMIT worked(number, from, words, false);
            from = place.offset;
            words.list.clear();
        }
    }
    if (!*m_isStopping)
        Q_EMIT worked(number, from, words, true);
}

} // namespace Parlance
