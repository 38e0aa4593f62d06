// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"
#include "forms/boxpanel.h"

#include <QDateTime>

#include <vector>

class QHBoxLayout;
class QPushButton;

namespace Parlance {

class RequestForm;

//! Above the composer: what the agent asks before it goes on, to be answered all at once.
class RequestPanel : public BoxPanel
{
    Q_OBJECT
public:
    explicit RequestPanel(const Theme *theme, QWidget *parent = nullptr);

    //! Shows these requests of an answer; none: hides.
    void ask(const Message &answer, const std::vector<InputRequest> &requests, const QDateTime &now);
    void clear();
    const std::vector<RequestForm *> &forms() const { return m_forms; }

Q_SIGNALS:
    void answered(const std::vector<Parlance::InputAnswer> &answers, const QString &words);
    void drafted(const QString &requestId, const QString &json);

protected:
    void fit() override;
    QList<QWidget *> lastTabs() const override;
    void restyle() override;

private:
    void send();
    void refuse();

    QHBoxLayout *m_row;
    QPushButton *m_refuse;
    QPushButton *m_send;
    std::vector<RequestForm *> m_forms;
};

} // namespace Parlance
