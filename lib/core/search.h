// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace Parlance {

//! Words that stand one after another.
struct SearchTerm
{
    QStringList words = {}; //!< folded; never empty
    bool isPrefix = false; //!< the last word is still being typed
    bool isExcluded = false;
    friend bool operator==(const SearchTerm &, const SearchTerm &) = default;
};

//! What a person typed: every term that is not excluded must be there, none that is may be.
struct SearchWords
{
    std::vector<SearchTerm> terms = {};
    friend bool operator==(const SearchWords &, const SearchWords &) = default;

    bool isEmpty() const { return terms.empty(); }
    //! Says nothing of what must be there.
    bool onlyExcludes() const;
};

//! Words, "phrases" and -exclusions. Anything can be typed: what means nothing is passed over. The last
//! word matches every word that begins with it, until something stands behind it.
SearchWords parseSearch(const QString &typed);

//! Where a term stands in a text.
struct TextMark
{
    qsizetype begin = 0;
    qsizetype end = 0;
    int term = 0;
    friend bool operator==(const TextMark &, const TextMark &) = default;
};

//! Where the terms that must be there stand, in order. At most so many; excluded ones are not looked for.
std::vector<TextMark> findWords(QStringView text, const SearchWords &words, size_t maximum = 100'000);
//! Whether every term is there and no excluded one is, in texts that belong together.
bool matches(const std::vector<QString> &texts, const SearchWords &words);

struct SearchFilter
{
    AgentId agent = {}; //!< empty: every one
    std::optional<QString> qualifier = std::nullopt; //!< of the message; empty: the default endpoint
    std::optional<Role> role = std::nullopt;
    bool isFailedOnly = false;
    QDateTime from = {}; //!< invalid: from the beginning
    QDateTime until = {}; //!< not included; invalid: to this moment
    friend bool operator==(const SearchFilter &, const SearchFilter &) = default;

    bool isEmpty() const { return *this == SearchFilter{}; }
};

struct SearchQuestion
{
    QString typed = {};
    SearchFilter filter = {};
    friend bool operator==(const SearchQuestion &, const SearchQuestion &) = default;

    //! There is something to look for.
    bool asks() const { return !filter.isEmpty() || !parseSearch(typed).isEmpty(); }
};

//! A message that was found.
struct SearchHit
{
    ConversationId conversation = {};
    MessageId message = {};
    Role role = Role::User;
    MessageState state = MessageState::Complete;
    QString qualifier = {};
    QDateTime created = {};
    int part = -1; //!< where the snippet comes from; -1: the message has no text
    QString partKind = {}; //!< "text", "reasoning", "toolCall" …
    QString snippet = {}; //!< one line
    std::vector<TextMark> marks = {}; //!< in the snippet
    friend bool operator==(const SearchHit &, const SearchHit &) = default;
};

//! Some of what was found, newest first.
struct SearchPage
{
    int count = 0; //!< of all messages found
    int offset = 0; //!< which of them is the first of hits
    std::vector<SearchHit> hits = {};
    int readPercent = 100; //!< how much of what is kept has been read for the search
};

} // namespace Parlance
