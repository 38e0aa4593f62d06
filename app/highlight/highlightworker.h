// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "highlight/languages.h"
#include "highlight/linehighlighter.h"

#include <QObject>

#include <atomic>
#include <list>

namespace Parlance {

//! Works through code blocks, line by line. Remembers where it stood in the last few, so that a block that
//! grows costs its new lines.
class HighlightWorker : public QObject
{
    Q_OBJECT
public:
    //! isStopping: set from another thread, it ends the work within a line's time.
    explicit HighlightWorker(const std::atomic<bool> *isStopping)
        : m_isStopping(isStopping)
    {
    }

    //! Works out the lines between two offsets, both at the start of a line or the end of the text.
    void work(quint64 number, const QString &language, const QString &text, int from, int to);

Q_SIGNALS:
    //! from: where these words begin; covered: where they end. isLast: of one work().
    void worked(quint64 number, int from, const Parlance::CodeWords &words, bool isLast);

private:
    struct Place
    {
        quint64 number = 0;
        int offset = 0;
        std::unique_ptr<LineHighlighter> highlighter = nullptr;
    };

    Place &placeOf(quint64 number, const QString &language, int from);

    const std::atomic<bool> *m_isStopping;
    Languages m_languages;
    std::list<Place> m_places; //!< the last used first
};

} // namespace Parlance
