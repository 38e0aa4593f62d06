// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/identitybook.h"
#include "dialogs/formdialog.h"

#include <optional>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace Parlance {

//! Adds an identity, or changes one. What kind it is cannot change later. One without an id is added, with
//! what is known of it filled in.
class IdentityDialog : public FormDialog
{
    Q_OBJECT
public:
    IdentityDialog(const Theme *theme, IdentityBook *book, const std::optional<Identity> &existing,
                   QWidget *parent = nullptr);

Q_SIGNALS:
    void saved(const Parlance::IdentityId &id);

private:
    //! In the order of the list of kinds.
    enum class Kind { Cognito, Browser, Machine, Aws };
    struct Fields
    {
        QWidget *part = nullptr;
        QLineEdit *place = nullptr; //!< pool or issuer
        QLineEdit *client = nullptr;
        QLineEdit *secret = nullptr;
        QLineEdit *userName = nullptr;
        QLineEdit *serviceUrl = nullptr;
        QLineEdit *scopes = nullptr;
        QLineEdit *redirect = nullptr;
    };
    void makeCognito();
    void makeBrowser();
    void makeMachine();
    void makeAws();
    Fields &begin(Kind kind);
    QLineEdit *addText(Fields &fields, const QString &label, const QString &name, const QString &hint = {},
                       const QString &help = {});
    void addSecret(Fields &fields, bool isKept);
    void load();
    void loadProfiles(const QString &wanted);
    Identity edited() const;
    Kind kind() const;
    void showKind();
    void save();
    void onSaved(const Result<Identity> &kept);
    void refuse(const Error &error);

    IdentityBook *m_book;
    Identity m_identity;
    QLineEdit *m_name = nullptr;
    QPushButton *m_save = nullptr;
    QComboBox *m_kind = nullptr;
    Fields m_fields[4];
    QComboBox *m_profile = nullptr;
    ThemedLabel *m_profileHelp = nullptr;
};

} // namespace Parlance
