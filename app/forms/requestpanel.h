// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

#include <QDateTime>
#include <QWidget>

#include <vector>

class QHBoxLayout;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace Parlance {

class RequestForm;
class Theme;

//! Above the composer: what the agent asks before it goes on, to be answered all at once.
class RequestPanel : public QWidget
{
    Q_OBJECT
public:
    explicit RequestPanel(const Theme *theme, QWidget *parent = nullptr);

    //! Shows these requests of an answer; none: hides.
    void ask(const Message &answer, const std::vector<InputRequest> &requests, const QDateTime &now);
    void clear();
    const std::vector<RequestForm *> &forms() const { return m_forms; }
    //! How high it may be in the window as it is.
    void setMostHeight(int height);

Q_SIGNALS:
    void answered(const std::vector<Parlance::InputAnswer> &answers, const QString &words);
    void drafted(const QString &requestId, const QString &json);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void send();
    void refuse();
    void restyle();
    void place();
    void fit();
    //! Between the widget's edge and the box that is drawn.
    QMargins outside() const;

    const Theme *m_theme;
    QVBoxLayout *m_column;
    QScrollArea *m_scroll;
    QWidget *m_content;
    QVBoxLayout *m_list;
    QHBoxLayout *m_row;
    QPushButton *m_refuse;
    QPushButton *m_send;
    std::vector<RequestForm *> m_forms;
    int m_mostHeight = 0;
};

} // namespace Parlance
