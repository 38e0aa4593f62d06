// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ids.h"

#include <QPointer>
#include <QScrollArea>
#include <QUrl>

#include <functional>

class QAction;
class QGridLayout;
class QLineEdit;
class QPushButton;

namespace Parlance {

class Chat;
class Theme;
class ThemedLabel;
struct Message;

//! Ids, timings and usage: what a support case needs, and what a person compares.
class SessionPage : public QScrollArea
{
    Q_OBJECT
public:
    explicit SessionPage(const Theme *theme, QWidget *parent = nullptr);

    //! Either may be null. Cheap enough to be called as the answer grows.
    void show(const Chat *chat, const Message *answer);
    using QScrollArea::show;
    //! What the button that ends the session does; it is there while that can be done.
    void setEndAction(QAction *action);
    //! In place of the desktop's own way to open an address.
    void setLinkOpener(std::function<void(const QUrl &)> open) { m_open = std::move(open); }

private:
    enum Row {
        Session,
        AgentName,
        Target,
        Qualifier,
        Version,
        State,
        StopReason,
        HttpStatus,
        RequestId,
        TraceId,
        Headers,
        FirstByte,
        FirstText,
        Total,
        InputTokens,
        OutputTokens,
        TotalTokens,
        ReasoningTokens,
        CachedTokens,
        ModelLatency,
        Ends,
        RowCount
    };
    struct Value
    {
        ThemedLabel *label = nullptr;
        QLineEdit *value = nullptr;
    };

    void addRow(QGridLayout *grid, Row row, const QString &label, bool isId = false);
    ThemedLabel *addHeading(QGridLayout *grid, const QString &text);
    //! A row without a value is not shown.
    void setValue(Row row, const QString &value);
    void setChat(const Chat *chat);
    void setAnswer(const Message *answer);
    void makeCloudWatch(QGridLayout *grid);
    void setLinks();
    void applyTheme();

    const Theme *m_theme;
    ThemedLabel *m_empty = nullptr;
    ThemedLabel *m_tries = nullptr;
    QPushButton *m_copySession = nullptr;
    QPushButton *m_endSession = nullptr;
    ThemedLabel *m_cloudWatchLabel = nullptr;
    QPushButton *m_cloudWatch = nullptr; //!< its menu's actions carry the addresses
    QAction *m_logs = nullptr;
    QAction *m_spans = nullptr;
    QAction *m_trace = nullptr;
    QAction *m_endpoint = nullptr;
    QPointer<const Chat> m_chat;
    MessageId m_answer;
    std::function<void(const QUrl &)> m_open;
    ThemedLabel *m_answerHeading = nullptr;
    ThemedLabel *m_timingHeading = nullptr;
    ThemedLabel *m_usageHeading = nullptr;
    Value m_rows[RowCount];
};

} // namespace Parlance
