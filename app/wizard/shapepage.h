// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wizard/wizardpage.h"

class QComboBox;
class QPlainTextEdit;

namespace Parlance {

class SocketFields;
class Theme;
class ThemedLabel;

//! The shape of the request, with what would be sent, and what it goes over.
class ShapePage : public WizardPage
{
    Q_OBJECT
public:
    explicit ShapePage(const Theme *theme);

    void enter(const WizardDraft &draft) override;
    QString leave(WizardDraft &draft) override;
    QWidget *firstField() const override;

private:
    void useShape(int index);
    //! The template that says what the agent is sent without one.
    QString usual() const;
    void followProtocol();
    void check();
    QPlainTextEdit *makeCode(const QString &name, int height);

    const Theme *m_theme;
    SocketFields *m_socket;
    QWidget *m_shapeSection;
    QComboBox *m_shape;
    QPlainTextEdit *m_template;
    ThemedLabel *m_help;
    QPlainTextEdit *m_preview;
    QString m_usual; //!< see usual(), as it was last
    int m_source = -1;
};

} // namespace Parlance
