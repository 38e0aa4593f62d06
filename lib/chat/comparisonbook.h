// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/comparison.h"

#include <QObject>

#include <map>
#include <set>
#include <vector>

namespace Parlance {

class Archive;

//! The comparisons that were made here, also before it was last closed.
class ComparisonBook : public QObject
{
    Q_OBJECT
public:
    explicit ComparisonBook(Archive *archive, QObject *parent = nullptr);

    void load(const std::vector<Comparison> &comparisons);
    void save(const Comparison &comparison);
    //! Its conversations stay.
    void remove(const ComparisonId &id);
    //! Null if there is none. Valid until the list changes.
    const Comparison *find(const ComparisonId &id) const;
    //! The one that a conversation is a column of. Null: none.
    const Comparison *of(const ConversationId &column) const;
    //! Whether it is a column of a comparison that is blind: what it says is not to be read beside the name
    //! of who said it.
    bool hides(const ConversationId &conversation) const { return m_hidden.contains(conversation); }
    //! Newest first.
    std::vector<Comparison> all() const;

Q_SIGNALS:
    void changed();
    //! hides() tells something else of these than before.
    void hiddenChanged(const std::vector<Parlance::ConversationId> &conversations);

private:
    void onChanged();

    Archive *m_archive;
    std::map<ComparisonId, Comparison> m_comparisons;
    std::set<ConversationId> m_hidden;
};

} // namespace Parlance
