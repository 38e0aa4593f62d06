// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/search.h"
#include "transcript/transcriptview.h"

#include <QMetaObject>
#include <QObject>
#include <QPointer>

class QStackedWidget;

namespace Parlance {

class Navigation;
class SearchView;
class Workspace;

//! The ways between the page, the search over all conversations and the places it finds. Escape goes back
//! one step: from a place to what was found, from there to where one was when the search began.
class SearchCommands : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        const Theme *theme = nullptr;
        Workspace *workspace = nullptr;
        Navigation *navigation = nullptr;
        TranscriptView *transcript = nullptr;
        QStackedWidget *stack = nullptr; //!< has the page; gets the search beside it
    };
    SearchCommands(const Parts &parts, QObject *parent);

    SearchView *view() const { return m_view; }
    bool isOpen() const;
    //! Empty words: those of the last time.
    void open(const QString &words = {});
    //! Shows the page. What was found stays for the next time.
    void close();
    //! One step back. False: there is none.
    bool goBack();

Q_SIGNALS:
    //! The page is shown: it wants the keyboard.
    void closed();

private:
    void visit(const SearchHit &hit);
    void show(const SearchHit &hit, const QString &typed);
    //! Calls the function once the chat that is shown has its messages.
    void whenLoaded(const std::function<void()> &function);
    void onChatChanged();
    void onFindChanged();

    Parts m_with;
    SearchView *m_view;
    QWidget *m_page;
    ConversationId m_origin; //!< what was shown when the search began
    TranscriptView::ReadingPlace m_place;
    ConversationId m_visited; //!< shows a place that was found; empty: none does
    bool m_isMoving = false;
    QMetaObject::Connection m_loading;
};

} // namespace Parlance
