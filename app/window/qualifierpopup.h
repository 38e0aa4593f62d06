// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

class QLineEdit;
class QPushButton;

namespace Parlance {

class Theme;

//! Chooses the endpoint of a conversation: one that is known, or a name typed.
class QualifierPopup : public QFrame
{
    Q_OBJECT
public:
    //! known and current: empty means DEFAULT. Deletes itself when it closes.
    QualifierPopup(const Theme *theme, const QStringList &known, const QString &current, QWidget *parent);

    //! Opens with its top left corner there, in screen coordinates.
    void openAt(const QPoint &corner);

Q_SIGNALS:
    //! Empty: DEFAULT.
    void qualifierChosen(const QString &qualifier);

private:
    void choose(const QString &typed);
    void updateButton();

    QString m_current;
    QLineEdit *m_field;
    QPushButton *m_use;
};

//! What is shown for an empty qualifier, and read back as one.
QString defaultQualifierName();

} // namespace Parlance
