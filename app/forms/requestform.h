// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/schemareader.h"
#include "core/inputrequest.h"

#include <QWidget>

#include <optional>
#include <vector>

class QHBoxLayout;
class QPushButton;
class QVBoxLayout;

namespace Parlance {

class SchemaForm;
class Theme;
class ThemedLabel;

//! One thing that the agent asks, with what it is answered by: buttons, a form, or both.
class RequestForm : public QWidget
{
    Q_OBJECT
public:
    struct About
    {
        QString toolName = {}; //!< of the call it is about; empty: none, or not known
        QString toolArguments = {}; //!< of that call, JSON
        bool isAlone = true; //!< nothing else is asked with it
        bool isExpired = false;
    };
    RequestForm(const Theme *theme, InputRequest request, About about, QWidget *parent = nullptr);

    const InputRequest &request() const { return m_request; }
    bool isExpired() const { return m_about.isExpired; }
    //! Whether a button here answers at once, or nothing does but words in the composer.
    bool needsSendButton() const;

    //! Shows what is wrong. Returns the first widget to mend; null: it can be sent.
    QWidget *check();
    InputAnswer answer() const;
    //! The answer as it is read, Markdown.
    QString words() const;
    //! JSON, for setDraft().
    QString draft() const;
    void setDraft(const QString &json);
    QWidget *target() const;

Q_SIGNALS:
    void changed();
    //! A button that answers at once was pressed.
    void decided();

private:
    void addHead();
    void addButtons();
    void prefill();
    void restyle();
    QJsonValue formValue() const;

    const Theme *m_theme;
    InputRequest m_request;
    About m_about;
    AnswerShape m_shape;
    QVBoxLayout *m_column;
    QHBoxLayout *m_buttonRow = nullptr;
    std::vector<QPushButton *> m_buttons;
    SchemaForm *m_form = nullptr;
    ThemedLabel *m_problem = nullptr;
    int m_chosen = -1; //!< of the buttons
    QJsonValue m_proposed = QJsonValue(QJsonValue::Undefined); //!< the arguments of the call, to be changed
};

} // namespace Parlance
