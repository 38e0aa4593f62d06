// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/identity.h"

#include <QComboBox>

#include <optional>

namespace Parlance {

class IdentityBook;

//! Whose AWS keys to ask with: an identity that is there, or a profile or the environment that becomes
//! one when it is used.
class AwsIdentityChoice : public QComboBox
{
    Q_OBJECT
public:
    explicit AwsIdentityChoice(IdentityBook *book, QWidget *parent = nullptr);

    //! Without an id: it is not an identity yet.
    std::optional<Identity> chosen() const;
    void choose(const IdentityId &id);

Q_SIGNALS:
    //! Another one is chosen, by the person or because the list changed.
    void chosenChanged();

private:
    void rebuild();

    IdentityBook *m_book;
    QStringList m_profiles;
};

} // namespace Parlance
