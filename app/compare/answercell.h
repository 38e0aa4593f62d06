// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/sidebyside.h"

#include "chat/errorcatalogue.h"
#include "chat/messagelist.h"

#include <QTimer>
#include <QWidget>

class QToolButton;

namespace Parlance {

class FactsLine;
class ThemedLabel;
class Theme;
class TranscriptView;

//! One column of one turn: whose answer it is, what is known of it, and the answer itself.
class AnswerCell : public QWidget
{
    Q_OBJECT
public:
    struct Words
    {
        QString name = {};
        QString part = {}; //!< "baseline", or what it was judged
        QString detail = {};
        bool isBlind = false;
        bool onlyDifferent = false; //!< what is the same is left out
        QStringList hidden = {}; //!< what would tell whose answer it is
        int turn = 0;
    };

    AnswerCell(const Theme *theme, QWidget *parent);

    void show(const Words &words, const ComparedCell &cell, const Agent *agent);
    //! Nothing can be done with it here, nor asked again.
    void setShownOnly();
    TranscriptView *view() const { return m_view; }
    int changeCount();
    //! Brings one into view and marks it.
    void showChange(int index);
    void forgetChange();

Q_SIGNALS:
    void menuAsked(const QPoint &at);
    void retryAsked(const Parlance::MessageId &answer);
    void actionAsked(const Parlance::MessageId &answer, Parlance::ErrorAction action);
    void revealAsked(const QRect &rect);
    void wordsTyped(const QString &words);

private:
    void showAnswer(const ComparedCell &cell, const Words &words, const Agent *agent);
    void fit(int height);
    void restyle();
    void showRunning();

    const Theme *m_theme;
    ThemedLabel *m_name;
    ThemedLabel *m_part;
    ThemedLabel *m_detail;
    ThemedLabel *m_note;
    QToolButton *m_more;
    FactsLine *m_facts;
    MessageList m_answers;
    TranscriptView *m_view;
    bool m_isMarked = false;
    std::optional<int> m_changeCount; //!< absent: what is laid out has changed since they were counted
    int m_wantedHeight = 0;
    bool m_isFitting = false;
    ComparedCell m_cell;
    QDateTime m_began;
    QTimer m_clock;
};

} // namespace Parlance
