// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

#include <QWidget>

#include <vector>

class QListWidget;

namespace Parlance {

class PayloadView;
class Theme;
class ThemedLabel;

//! The tool calls of one answer, in their order, with arguments and result.
class ToolsPage : public QWidget
{
    Q_OBJECT
public:
    explicit ToolsPage(const Theme *theme, QWidget *parent = nullptr);

    //! May be called again as the answer grows: the chosen call stays chosen.
    void setMessage(const Message *message);
    //! Chooses the call the part is of, without telling. False if the part is of none.
    bool choosePart(int part);

Q_SIGNALS:
    //! A person chose a call. part: index of its message part.
    void callChosen(int part);

private:
    struct Call
    {
        int part = -1;
        int resultPart = -1;
        QString title = {};
        QString details = {};
        friend bool operator==(const Call &, const Call &) = default;
    };
    static std::vector<Call> callsOf(const Message &message);
    void applyTheme();
    void fitList();
    void showCurrent();

    const Theme *m_theme;
    QListWidget *m_list;
    ThemedLabel *m_empty;
    PayloadView *m_payload;
    std::vector<Call> m_calls;
    bool m_isChoosing = false;
};

} // namespace Parlance
