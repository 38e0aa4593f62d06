// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/repeating.h"

#include <QWidget>

#include <map>

class QPushButton;
class QVBoxLayout;

namespace Parlance {

class AnswerCell;
class FactsLine;
class ThemedLabel;
class Theme;

//! What one endpoint said to the same words: its times, how many failed, and the answers that are alike
//! together, each group held against the largest.
class RepeatColumn : public QWidget
{
    Q_OBJECT
public:
    //! How its times stand beside those of the other columns.
    struct Standings
    {
        Standing firstText = Standing::None; //!< by the median
        Standing slowFirstText = Standing::None; //!< by p95
        Standing total = Standing::None;
        Standing failures = Standing::None;
        friend bool operator==(const Standings &, const Standings &) = default;
    };
    //! ms; absent: none has answered well.
    struct Times
    {
        std::optional<double> firstText = std::nullopt; //!< median
        std::optional<double> slowFirstText = std::nullopt; //!< p95
        std::optional<double> total = std::nullopt; //!< median
    };
    static Times timesOf(const RepeatSummary &summary);

    RepeatColumn(const Theme *theme, QWidget *parent);

    void show(const Repeating::Column &column, const RepeatSummary &summary, int wanted,
              const Standings &standings);
    //! Those that are shown: the largest, since answers of a model are mostly all different.
    int groupCount() const { return int(m_shown); }
    AnswerCell *group(int group) const { return m_groups[size_t(group)]; }

Q_SIGNALS:
    //! show() then shows some more groups.
    void moreAsked();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    //! Worked out once: answers stay as they came.
    const AnswerDiff &diffBetween(const Repeating::Column &column, std::size_t before, std::size_t after);
    void showGroups(const Repeating::Column &column, const RepeatSummary &summary);
    void restyle();

    const Theme *m_theme;
    ThemedLabel *m_name;
    ThemedLabel *m_count;
    FactsLine *m_facts;
    ThemedLabel *m_tools;
    ThemedLabel *m_failures;
    QVBoxLayout *m_cells;
    std::vector<AnswerCell *> m_groups;
    QPushButton *m_more;
    QVBoxLayout *m_foot;
    std::size_t m_most; //!< groups
    std::size_t m_shown = 0;
    std::optional<std::pair<std::size_t, Standings>> m_seen; //!< how many answers, when they were shown last
    std::map<std::pair<std::size_t, std::size_t>, AnswerDiff> m_diffs; //!< of two answers, by their places
};

} // namespace Parlance
