// SPDX-License-Identifier: Apache-2.0
#include "network/networkdialog.h"

#include "core/whendone.h"
#include "network/hostdialog.h"
#include "network/networkfields.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

NetworkDialog::NetworkDialog(const Theme *theme, NetworkBook *book, QWidget *parent)
    : FormDialog(theme, tr("Network"),
                 tr("How agents and sign-in services are reached, where an agent has no network of its own."),
                 parent)
    , m_book(book)
    , m_fields(new NetworkFields(theme, book))
{
    setObjectName(u"networkDialog"_s);
    body()->addWidget(m_fields);
    body()->addStretch();
    QPushButton *test = addSideButton(tr("Test a host…"));
    test->setObjectName(u"testHost"_s);
    connect(test, &QPushButton::clicked, this, [this] {
        auto *dialog = new HostDialog(this->theme(), m_book, m_fields->settings(), {}, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    QPushButton *cancel = addButton(tr("Cancel"));
    cancel->setObjectName(u"cancel"_s);
    m_save = addDefaultButton(tr("Save"));
    m_save->setObjectName(u"save"_s);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &NetworkDialog::save);
    connect(m_fields, &NetworkFields::changed, this, [this] {
        setFailure({});
        fit();
    });
    m_fields->load(book->settings());
}

void NetworkDialog::save()
{
    if (m_isSaved) {
        accept();
        return;
    }
    setBusy(true);
    whenDone(m_book->check(m_fields->settings(), m_fields->typed()), this,
             [this](const Result<void> &usable) {
                 if (usable) {
                     keep();
                     return;
                 }
                 setBusy(false);
                 setFailure(usable.error().message);
                 goTo(m_fields->faultyField());
             });
}

void NetworkDialog::keep()
{
    whenDone(m_book->keep(m_fields->settings(), m_fields->typed()), this,
             [this](const Result<SecretDurability> &kept) {
                 setBusy(false);
                 onKept(kept);
             });
}

void NetworkDialog::onKept(const Result<SecretDurability> &kept)
{
    if (!kept) {
        setFailure(kept.error().message);
        return;
    }
    m_book->save(m_fields->settings());
    if (*kept == SecretDurability::Keychain) {
        accept();
        return;
    }
    // It was hoped to be kept for longer: that must be read before the dialog goes.
    m_isSaved = true;
    m_fields->setEnabled(false);
    setFailure(tr("There is no usable keychain, so the password is kept for this session only."));
    m_save->setText(tr("Done"));
}

void NetworkDialog::setBusy(bool isBusy)
{
    m_save->setEnabled(!isBusy);
    m_save->setText(isBusy ? tr("Checking…") : tr("Save"));
}

} // namespace Parlance
