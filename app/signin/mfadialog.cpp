// SPDX-License-Identifier: Apache-2.0
#include "signin/mfadialog.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

MfaDialog::MfaDialog(const Theme *theme, const MfaCodeQuestion &question, QWidget *parent)
    : FormDialog(
        theme, tr("Code of an MFA device"),
        tr("The profile %1 wants the code that %2 shows now.").arg(question.profile, question.serial), parent)
    , m_code(new QLineEdit)
{
    setObjectName(u"mfaDialog"_s);
    m_code->setObjectName(u"mfaCode"_s);
    m_code->setInputMethodHints(Qt::ImhDigitsOnly);
    addField(body(), tr("Code"), m_code);
    body()->addStretch();
    QPushButton *cancel = addButton(tr("Cancel"));
    cancel->setObjectName(u"cancelMfa"_s);
    QPushButton *go = addDefaultButton(tr("Continue"));
    go->setObjectName(u"submitMfa"_s);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(go, &QPushButton::clicked, this, [this] {
        if (m_code->text().simplified().isEmpty())
            setFailure(tr("Enter the code."));
        else
            accept();
    });
    connect(this, &QDialog::finished, this, [this](int result) {
        const QByteArray code = m_code->text().simplified().remove(u' ').toUtf8();
        Q_EMIT answered(result == QDialog::Accepted ? std::optional<QByteArray>(code) : std::nullopt);
    });
    m_code->setFocus();
}

} // namespace Parlance
