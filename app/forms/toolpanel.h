// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agenttool.h"
#include "forms/boxpanel.h"

#include <QJsonObject>

#include <vector>

class QHBoxLayout;
class QLineEdit;
class QListView;
class QPushButton;
class QSortFilterProxyModel;
class QStandardItemModel;

namespace Parlance {

class SchemaForm;
class ThemedLabel;

//! In the place of the composer for an MCP server: its tools to choose from, and the form of the chosen one.
class ToolPanel : public BoxPanel
{
    Q_OBJECT
public:
    explicit ToolPanel(const Theme *theme, QWidget *parent = nullptr);

    //! What is said while there are no tools to show; empty: nothing.
    void setNote(const QString &note, bool offersRetry = false);
    //! They are on their way: what is to be searched for can be typed already.
    void setAsking(const QString &note);
    void setTools(std::vector<AgentTool> tools);
    void setStreaming(bool isStreaming);
    //! What drafted() told: which tool was chosen, and what is filled in of each. Before setTools().
    void setDraft(const QString &draft);
    //! Leads the keyboard to where one would type, also before there are tools.
    void focusFirst();

Q_SIGNALS:
    void called(const QString &tool, const QString &arguments);
    void drafted(const QString &draft);
    void stopAsked();
    void retryAsked();

protected:
    int below() const override;
    void fit() override;
    QList<QWidget *> lastTabs() const override;
    void restyle() override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void empty(const QString &note);
    bool hasKeyboard() const;
    //! Shows the form of a tool, as it was left.
    void showForm(int index);
    void choose(int index);
    void closeForm();
    void leave();
    void call();
    void keepDraft();
    void refresh();

    std::vector<AgentTool> m_tools;
    int m_chosen = -1;
    bool m_isStreaming = false;
    bool m_offersRetry = false;
    bool m_isAsking = false;
    QLineEdit *m_search;
    QListView *m_list;
    QStandardItemModel *m_model;
    QSortFilterProxyModel *m_found;
    ThemedLabel *m_title;
    ThemedLabel *m_help;
    SchemaForm *m_form = nullptr;
    QHBoxLayout *m_row;
    QPushButton *m_retry;
    QPushButton *m_back;
    QPushButton *m_call;
    QPushButton *m_stop;
    QJsonObject m_draft; //!< see setDraft()
};

} // namespace Parlance
