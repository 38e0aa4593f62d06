// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agenttool.h"

#include <QWidget>

#include <vector>

class QHBoxLayout;
class QLineEdit;
class QListView;
class QPushButton;
class QScrollArea;
class QSortFilterProxyModel;
class QStandardItemModel;
class QVBoxLayout;

namespace Parlance {

class SchemaForm;
class Theme;
class ThemedLabel;

//! In the place of the composer for an MCP server: its tools to choose from, and the form of the chosen one.
class ToolPanel : public QWidget
{
    Q_OBJECT
public:
    explicit ToolPanel(const Theme *theme, QWidget *parent = nullptr);

    //! What is said while there are no tools to show; empty: nothing.
    void setNote(const QString &note, bool offersRetry = false);
    void setTools(std::vector<AgentTool> tools);
    void setStreaming(bool isStreaming);
    void setMostHeight(int height);

Q_SIGNALS:
    void called(const QString &tool, const QString &arguments);
    void stopAsked();
    void retryAsked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void choose(int index);
    void leave();
    void call();
    void refresh();
    void restyle();
    void place();
    void fit();
    QMargins outside() const;

    const Theme *m_theme;
    std::vector<AgentTool> m_tools;
    int m_chosen = -1;
    bool m_isStreaming = false;
    bool m_offersRetry = false;
    QVBoxLayout *m_column;
    QLineEdit *m_search;
    QListView *m_list;
    QStandardItemModel *m_model;
    QSortFilterProxyModel *m_found;
    ThemedLabel *m_title;
    ThemedLabel *m_help;
    QScrollArea *m_scroll;
    QWidget *m_content;
    QVBoxLayout *m_inside;
    SchemaForm *m_form = nullptr;
    QHBoxLayout *m_row;
    QPushButton *m_retry;
    QPushButton *m_back;
    QPushButton *m_call;
    QPushButton *m_stop;
    int m_mostHeight = 0;
};

} // namespace Parlance
