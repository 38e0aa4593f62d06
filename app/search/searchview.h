// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/search.h"
#include "theme/panel.h"

#include <QTimer>

#include <memory>

class QLineEdit;
class QListView;
class QPushButton;
class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace Parlance {

class ConversationSearch;
class HitModel;
class SearchFilters;
class ThemedLabel;
class Workspace;

//! The search over all conversations, in the place of the page: a field, filters, and what was found.
class SearchView : public Panel
{
    Q_OBJECT
public:
    SearchView(const Theme *theme, Workspace *workspace, QWidget *parent = nullptr);
    ~SearchView() override;

    //! Takes the keyboard. Words: to look for; empty: those of the last time, selected.
    void begin(const QString &words = {});
    //! Back from a place that was found: the keyboard is where it was.
    void comeBack();
    QString typed() const;

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void chosen(const Parlance::SearchHit &hit);
    void closeAsked();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void makeField(QVBoxLayout *column);
    void makeResults(QVBoxLayout *column);
    void ask();
    void onAnswered(int readPercent);
    void onFailed(const Error &error);
    void choose(const QModelIndex &index);
    void say(const QString &sentence);
    void restyle();

    Workspace *m_workspace;
    std::unique_ptr<ConversationSearch> m_search;
    HitModel *m_model;
    QTimer m_typing; //!< from the last key to the question
    QTimer m_slow; //!< from the question until it is worth a word
    QLineEdit *m_field = nullptr;
    QToolButton *m_close = nullptr;
    SearchFilters *m_filters = nullptr;
    ThemedLabel *m_status = nullptr;
    QStackedWidget *m_stack = nullptr;
    QListView *m_list = nullptr;
    QWidget *m_words = nullptr; //!< in the place of the list, when there is none
    ThemedLabel *m_title = nullptr;
    ThemedLabel *m_text = nullptr;
    QPushButton *m_again = nullptr;
    QVBoxLayout *m_top = nullptr;
};

} // namespace Parlance
