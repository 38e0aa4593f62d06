// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "inspector/framemodel.h"
#include "inspector/framesaver.h"

#include <QWidget>

#include <functional>

class QItemSelection;
class QLineEdit;
class QListView;
class QPushButton;
class QStackedWidget;

namespace Parlance {

class PayloadView;
class Theme;
class ThemedLabel;

//! Asks where to save. Calls back with a path, or not at all. Tests answer by themselves.
using SavePathAsker = std::function<void(QWidget *parent, const QString &suggestion,
                                         std::function<void(const QString &)> answer)>;

//! The frames of one answer: filter, list, and the chosen one in full.
class EventsPage : public QWidget
{
    Q_OBJECT
public:
    explicit EventsPage(const Theme *theme, QWidget *parent = nullptr);

    //! log may be null; must outlive its use here. A live log keeps the newest frame in view until a
    //! person scrolls up. emptyText: the sentence shown without frames.
    void setLog(const FrameLog *log, bool isLive, const QString &emptyText);
    void setLive(bool isLive) { m_isLive = isLive; }
    //! Chooses the frame as if the person had, without telling. Takes a filter away that hides it.
    void chooseSequence(int sequence);
    int chosenSequence() const { return m_chosen; }
    void setSavePathAsker(SavePathAsker asker) { m_askSavePath = std::move(asker); }

    FrameModel *model() { return &m_model; }
    QListView *list() const { return m_list; }
    PayloadView *payload() const { return m_payload; }

Q_SIGNALS:
    //! A person chose a frame. part: index of the message part it made, -1 if none.
    void frameChosen(int part);

private:
    QWidget *makeFilterRow();
    QWidget *makeCountRow();
    QWidget *makeList();
    void makeTypeMenu();
    void applyTheme();
    void applyFilter();
    void followGrowth();
    void updateTexts();
    void onScanned();
    void onSelected(const QItemSelection &selected);
    void showChosen();
    void showFrame(const FrameRow &row);
    void showListMenu(const QPoint &position);
    void copyAll();
    void save();
    void reportSaved(const QString &done, const Result<SavedFrames> &saved);
    std::vector<FrameRow> shownRows() const;

    const Theme *m_theme;
    FrameModel m_model;
    FrameSaver m_saver;
    SavePathAsker m_askSavePath;
    QLineEdit *m_filter = nullptr;
    QPushButton *m_type = nullptr;
    QPushButton *m_save = nullptr;
    ThemedLabel *m_count = nullptr;
    ThemedLabel *m_notice = nullptr;
    ThemedLabel *m_empty = nullptr;
    QStackedWidget *m_stack = nullptr;
    QListView *m_list = nullptr;
    PayloadView *m_payload = nullptr;
    QString m_emptyText;
    QString m_chosenType;
    int m_chosen = -1;
    bool m_isLive = false;
    bool m_followsEnd = false;
    bool m_isChoosing = false; //!< the program chooses, not the person
};

} // namespace Parlance
