// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/secret.h"

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace Parlance {

class Theme;
class ThemedLabel;

//! Where a token is pasted. What is kept is never shown again: only that there is one, and the ways to
//! replace or forget it.
class TokenField : public QWidget
{
    Q_OBJECT
public:
    explicit TokenField(const Theme *theme, QWidget *parent = nullptr);

    void setKept(bool isKept);
    bool isKept() const { return m_isKept; }
    //! What was pasted, without spaces around it, and without a "Bearer" in front of it. Empty: nothing.
    Secret typed() const;
    //! Wipes the field.
    void clear();
    QLineEdit *field() const { return m_field; }

Q_SIGNALS:
    void forgetRequested();
    void edited();

private:
    void update();

    QWidget *m_keptRow;
    ThemedLabel *m_keptText;
    QPushButton *m_replace;
    QPushButton *m_forget;
    QLineEdit *m_field;
    bool m_isKept = false;
    bool m_isReplacing = false;
};

} // namespace Parlance
