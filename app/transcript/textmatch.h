// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <functional>
#include <vector>

namespace Parlance {

struct FindOptions
{
    bool matchesCase = false;
    bool wholeWords = false;
    friend bool operator==(const FindOptions &, const FindOptions &) = default;
};

//! Some words to be found in texts. Case does not matter unless it is asked for, and accents do not unless
//! the words have some.
class TextMatch
{
public:
    TextMatch() = default;
    TextMatch(const QString &words, const FindOptions &options);

    using Take = std::function<void(int begin, int end)>;
    //! Every place in a text, from front to back, none over another.
    void eachPlace(const QString &text, const Take &take) const { eachPlace(text, 0, text.size(), take); }
    //! Those that begin in [from, to). Returns where to go on, which is not before to: a long text searched
    //! piece by piece gives the same places as in one go.
    qsizetype eachPlace(const QString &text, qsizetype from, qsizetype to, const Take &take) const;
    //! False if the words certainly do not stand in what this Markdown shows. Cheap.
    bool mayMatch(const QString &markdown) const;

private:
    struct Folded
    {
        QString text = {};
        std::vector<int> begins = {}; //!< for each character where it came from
    };

    Folded folded(QStringView text) const;
    bool isWhole(const QString &text, qsizetype begin, qsizetype end) const;

    QString m_words;
    QString m_folded;
    QString m_longest; //!< the longest stretch of letters of the words: what markup may not part
    FindOptions m_options;
    bool m_keepsMarks = false;
    bool m_isPlain = true; //!< the words are ASCII
};

} // namespace Parlance
