// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/agentproposal.h"
#include "chat/importproposals.h"

#include <QWidget>

#include <vector>

class QCheckBox;
class QMimeData;
class QPushButton;
class QVBoxLayout;

namespace Parlance {

class Theme;
class ThemedLabel;
class Workspace;

//! Shows what a project's files describe before it is taken, with a tick for each agent.
class ImportPanel : public QWidget
{
    Q_OBJECT
public:
    ImportPanel(const Theme *theme, Workspace *workspace, QWidget *parent = nullptr);

    //! Reads a file or a folder in another thread; changed() follows.
    void read(const QString &path);
    bool isReading() const { return m_isReading; }
    //! Those that are ticked, in the order of the files.
    std::vector<AgentProposal> proposals() const;

    //! It is there now: says so and takes its tick away.
    void markTaken(const AgentProposal &proposal);

    //! The path of a drop that is one local file or folder; empty: it is something else.
    static QString pathOf(const QMimeData *data);

Q_SIGNALS:
    void changed();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    struct Entry
    {
        QCheckBox *tick = nullptr;
        AgentProposal proposal = {};
        bool isHarmless = false; //!< new, and leads nowhere unusual
    };
    void choose(bool isFolder);
    void show(const FoundAgents &found);
    void addEntry(const FoundAgent &found);
    void addNote(const QString &note);
    void clearEntries();
    QStringList factsOf(const AgentProposal &proposal) const;

    const Theme *m_theme;
    Workspace *m_workspace;
    QPushButton *m_chooseFile;
    QPushButton *m_chooseFolder;
    ThemedLabel *m_state;
    QWidget *m_list;
    std::vector<Entry> m_entries;
    bool m_isReading = false;
    int m_reading = 0; //!< counts, so that a later choice wins
};

} // namespace Parlance
