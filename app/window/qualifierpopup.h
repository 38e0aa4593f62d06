// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/runtime.h"

#include <QFrame>

#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace Parlance {

class Theme;

//! Chooses the endpoint of a conversation: one that is known, or a name typed.
class QualifierPopup : public QFrame
{
    Q_OBJECT
public:
    //! known and current: empty means DEFAULT. Deletes itself when it closes.
    QualifierPopup(const Theme *theme, const QStringList &known, const QString &current, QWidget *parent);

    //! Shows the endpoints the service knows, each with the version it serves; what is typed filters them.
    void setEndpoints(const std::vector<RuntimeEndpoint> &endpoints);
    //! Says in the popup why no endpoints can be shown; a name can still be typed.
    void setNote(const QString &text);
    //! Opens with its top left corner there, in screen coordinates.
    void openAt(const QPoint &corner);

Q_SIGNALS:
    //! Empty: DEFAULT.
    void qualifierChosen(const QString &qualifier);

private:
    void choose(const QString &typed);
    void updateButton();
    void fill();
    void addChoice(const QString &name, const QString &version);
    QString versionText(const QString &name) const;

    const Theme *m_theme;
    QStringList m_known;
    QString m_current;
    std::vector<RuntimeEndpoint> m_endpoints;
    QVBoxLayout *m_choices;
    QLabel *m_note;
    QLineEdit *m_field;
    QPushButton *m_use;
};

//! What is shown for an empty qualifier, and read back as one.
QString defaultQualifierName();

} // namespace Parlance
