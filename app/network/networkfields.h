// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/networksecrets.h"
#include "dialogs/formfields.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QSpinBox;

namespace Parlance {

class NetworkBook;
class Theme;
class ThemedLabel;

//! How hosts are reached: the proxy, the authorities and the client's certificate.
class NetworkFields : public QWidget
{
    Q_OBJECT
public:
    NetworkFields(const Theme *theme, NetworkBook *book, QWidget *parent = nullptr);

    void load(const NetworkSettings &settings);
    NetworkSettings settings() const;
    //! What was typed of what is never shown again. Empty: what is kept stays.
    NetworkSecrets typed() const;
    //! The field that a problem with what is entered is about, as far as that can be told.
    QWidget *faultyField() const;

Q_SIGNALS:
    void changed();

private:
    void makeProxy(const FormFields &fields);
    void makeFiles(const FormFields &fields);
    QLineEdit *addFile(const FormFields &fields, const QString &label, const QString &name,
                       const QString &help);
    QLineEdit *addPassword(const FormFields &fields, const QString &label, const QString &name);
    void showParts();
    void askForKept();

    const Theme *m_theme;
    NetworkBook *m_book;
    QComboBox *m_kind = nullptr;
    ThemedLabel *m_kindHelp = nullptr;
    QWidget *m_manual = nullptr;
    QLineEdit *m_host = nullptr;
    QSpinBox *m_port = nullptr;
    QLineEdit *m_user = nullptr;
    QWidget *m_proxyLogin = nullptr;
    QLineEdit *m_proxyPassword = nullptr;
    QLineEdit *m_authorities = nullptr;
    QLineEdit *m_certificate = nullptr;
    QWidget *m_keyPart = nullptr;
    QLineEdit *m_key = nullptr;
    QLineEdit *m_keyPassword = nullptr;
};

} // namespace Parlance
