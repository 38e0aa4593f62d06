// SPDX-License-Identifier: Apache-2.0
#include "sources/awsidentitychoice.h"

#include "chat/identitybook.h"
#include "core/whendone.h"

#include <QSignalBlocker>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// What a row stands for: an identity's id, or a profile that is none yet.
constexpr int idRole = Qt::UserRole;
constexpr int profileRole = Qt::UserRole + 1;

} // namespace

AwsIdentityChoice::AwsIdentityChoice(IdentityBook *book, QWidget *parent)
    : QComboBox(parent)
    , m_book(book)
{
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(14);
    rebuild();
    connect(this, &QComboBox::currentIndexChanged, this, &AwsIdentityChoice::chosenChanged);
    for (const auto changed :
         {&IdentityBook::identityAdded, &IdentityBook::identityChanged, &IdentityBook::identityRemoved})
        connect(book, changed, this, &AwsIdentityChoice::rebuild);
    connect(book, &IdentityBook::wasReset, this, &AwsIdentityChoice::rebuild);
    whenDone(book->awsProfiles(), this, [this](const QStringList &profiles) {
        m_profiles = profiles;
        rebuild();
    });
}

std::optional<Identity> AwsIdentityChoice::chosen() const
{
    const IdentityId id(currentData(idRole).toString());
    if (const Identity *known = m_book->find(id))
        return *known;
    const QVariant profile = currentData(profileRole);
    if (!profile.isValid())
        return std::nullopt;
    return Identity{.kind = AwsKeys{.profile = profile.toString()}};
}

void AwsIdentityChoice::choose(const IdentityId &id)
{
    if (const int row = findData(id.value(), idRole); row >= 0)
        setCurrentIndex(row);
}

void AwsIdentityChoice::rebuild()
{
    const std::optional<Identity> before = chosen();
    {
        const QSignalBlocker blocker(this);
        clear();
        QStringList taken;
        for (const Identity &identity : m_book->identities()) {
            if (const auto *keys = std::get_if<AwsKeys>(&identity.kind)) {
                addItem(identity.name);
                setItemData(count() - 1, identity.id.value(), idRole);
                setItemData(count() - 1, keys->profile, profileRole);
                taken.append(keys->profile);
            }
        }
        if (count() > 0)
            insertSeparator(count());
        for (const QString &profile : QStringList{QString()} + m_profiles) {
            if (taken.contains(profile))
                continue;
            addItem(profile.isEmpty() ? tr("The environment’s keys") : tr("AWS profile %1").arg(profile));
            setItemData(count() - 1, profile, profileRole);
        }
        // An identity that was just made from a profile takes the place of the profile.
        int row = before ? findData(before->id.value(), idRole) : 0;
        if (before && (before->id.isEmpty() || row < 0))
            row = findData(std::get<AwsKeys>(before->kind).profile, profileRole);
        setCurrentIndex(std::max(row, 0));
    }
    if (chosen() != before)
        Q_EMIT chosenChanged();
}

} // namespace Parlance
