// SPDX-License-Identifier: Apache-2.0
#include "network/networkfields.h"

#include "chat/networkbook.h"
#include "core/whendone.h"
#include "dialogs/themedlabel.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

Secret secretOf(const QLineEdit *field)
{
    return field->text().isEmpty() ? Secret() : Secret(field->text().toUtf8());
}

} // namespace

NetworkFields::NetworkFields(const Theme *theme, NetworkBook *book, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_book(book)
{
    const FormFields fields = FormFields::on(theme, this);
    makeProxy(fields);
    makeFiles(fields);
    showParts();
}

void NetworkFields::makeProxy(const FormFields &fields)
{
    m_kind = new QComboBox;
    m_kind->setObjectName(u"proxyKind"_s);
    m_kind->addItem(tr("As the system has it"), int(ProxyKind::System));
    m_kind->addItem(tr("None"), int(ProxyKind::None));
    m_kind->addItem(tr("HTTP proxy"), int(ProxyKind::Http));
    m_kind->addItem(tr("SOCKS5 proxy"), int(ProxyKind::Socks5));
    m_kindHelp = fields.addField(tr("Proxy"), m_kind);
    m_manual = new QWidget;
    const FormFields manual = FormFields::on(m_theme, m_manual);
    m_host = new QLineEdit;
    m_host->setObjectName(u"proxyHost"_s);
    m_host->setPlaceholderText(u"proxy.example.com"_s);
    manual.addField(tr("Proxy host"), m_host);
    m_port = new QSpinBox;
    m_port->setObjectName(u"proxyPort"_s);
    m_port->setRange(1, 65'535);
    m_port->setValue(3128);
    manual.addField(tr("Proxy port"), m_port);
    m_user = new QLineEdit;
    m_user->setObjectName(u"proxyUser"_s);
    FormFields::setHelp(manual.addField(tr("User name at the proxy"), m_user),
                        tr("Empty if it wants no login."));
    m_proxyLogin = new QWidget;
    m_proxyPassword =
        addPassword(FormFields::on(m_theme, m_proxyLogin), tr("Password at the proxy"), u"proxyPassword"_s);
    manual.column()->addWidget(m_proxyLogin);
    fields.column()->addWidget(m_manual);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &NetworkFields::showParts);
    connect(m_user, &QLineEdit::textChanged, this, &NetworkFields::showParts);
    for (const QLineEdit *field : {m_host, m_user})
        connect(field, &QLineEdit::editingFinished, this, &NetworkFields::askForKept);
    connect(m_port, &QSpinBox::valueChanged, this, &NetworkFields::askForKept);
}

void NetworkFields::makeFiles(const FormFields &fields)
{
    m_authorities = addFile(fields, tr("CA file"), u"authoritiesFile"_s,
                            tr("Certificates (PEM) to trust beside the system’s, such as a company proxy’s. "
                               "Empty: AWS_CA_BUNDLE, or none."));
    m_certificate = addFile(fields, tr("Client certificate"), u"certificateFile"_s,
                            tr("PEM, or PKCS #12 with the key in it. Empty: none."));
    m_keyPart = new QWidget;
    const FormFields key = FormFields::on(m_theme, m_keyPart);
    m_key =
        addFile(key, tr("Key of the certificate"), u"keyFile"_s, tr("PEM. Empty if it is in the same file."));
    m_keyPassword = addPassword(key, tr("Password of the key"), u"keyPassword"_s);
    fields.column()->addWidget(m_keyPart);
    connect(m_certificate, &QLineEdit::textChanged, this, &NetworkFields::showParts);
    for (const QLineEdit *field : {m_certificate, m_key})
        connect(field, &QLineEdit::editingFinished, this, &NetworkFields::askForKept);
}

QLineEdit *NetworkFields::addFile(const FormFields &fields, const QString &label, const QString &name,
                                  const QString &help)
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(m_theme->px(Metric::within));
    auto *path = new QLineEdit;
    path->setObjectName(name);
    path->setAccessibleName(label);
    auto *choose = new QPushButton(tr("Choose…"));
    choose->setObjectName(QString(name % u"Choose"_s));
    choose->setAccessibleName(tr("Choose: %1").arg(label));
    choose->setAutoDefault(false);
    layout->addWidget(path, 1);
    layout->addWidget(choose);
    row->setFocusProxy(path);
    FormFields::setHelp(fields.addField(label, row), help);
    connect(choose, &QPushButton::clicked, this, [this, path, label] {
        auto *dialog = new QFileDialog(this, label, path->text());
        dialog->setObjectName(u"networkFileDialog"_s);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, path, [this, path](const QString &chosen) {
            path->setText(chosen);
            askForKept();
        });
        dialog->open();
    });
    return path;
}

QLineEdit *NetworkFields::addPassword(const FormFields &fields, const QString &label, const QString &name)
{
    auto *field = new QLineEdit;
    field->setObjectName(name);
    field->setEchoMode(QLineEdit::Password);
    fields.addField(label, field);
    return field;
}

void NetworkFields::load(const NetworkSettings &settings)
{
    m_kind->setCurrentIndex(m_kind->findData(int(settings.proxy.kind)));
    m_host->setText(settings.proxy.host);
    if (settings.proxy.port > 0)
        m_port->setValue(settings.proxy.port);
    m_user->setText(settings.proxy.user);
    m_authorities->setText(settings.authoritiesFile);
    m_certificate->setText(settings.certificateFile);
    m_key->setText(settings.keyFile);
    m_proxyPassword->clear();
    m_keyPassword->clear();
    showParts();
    askForKept();
}

NetworkSettings NetworkFields::settings() const
{
    const auto kind = ProxyKind(m_kind->currentData().toInt());
    NetworkSettings settings{.authoritiesFile = m_authorities->text().trimmed(),
                             .certificateFile = m_certificate->text().trimmed()};
    settings.proxy.kind = kind;
    if (kind == ProxyKind::Http || kind == ProxyKind::Socks5) {
        settings.proxy.host = m_host->text().trimmed();
        settings.proxy.port = quint16(m_port->value());
        settings.proxy.user = m_user->text().trimmed();
    }
    if (!settings.certificateFile.isEmpty())
        settings.keyFile = m_key->text().trimmed();
    return settings;
}

NetworkSecrets NetworkFields::typed() const
{
    return {.proxyPassword = secretOf(m_proxyPassword), .keyPassword = secretOf(m_keyPassword)};
}

QWidget *NetworkFields::faultyField() const
{
    const NetworkSettings entered = settings();
    const bool isByHand = entered.proxy.kind == ProxyKind::Http || entered.proxy.kind == ProxyKind::Socks5;
    // An address is none, whatever else is wrong.
    if (isByHand && (entered.proxy.host.isEmpty() || entered.proxy.host.contains("://"_L1)))
        return m_host;
    if (!entered.authoritiesFile.isEmpty() && entered.certificateFile.isEmpty())
        return m_authorities;
    return entered.certificateFile.isEmpty() ? m_host : m_certificate;
}

void NetworkFields::showParts()
{
    const auto kind = ProxyKind(m_kind->currentData().toInt());
    m_manual->setVisible(kind == ProxyKind::Http || kind == ProxyKind::Socks5);
    m_proxyLogin->setVisible(!m_user->text().trimmed().isEmpty());
    m_keyPart->setVisible(!m_certificate->text().trimmed().isEmpty());
    FormFields::setHelp(m_kindHelp,
                        kind == ProxyKind::System
                            ? tr("HTTPS_PROXY, HTTP_PROXY and NO_PROXY, or the desktop’s settings with their "
                                 "script. This computer itself is always reached directly.")
                            : tr("This computer itself is always reached directly."));
    Q_EMIT changed();
}

void NetworkFields::askForKept()
{
    if (!m_book)
        return;
    const NetworkSettings asked = settings();
    whenDone(m_book->kept(asked), this, [this, asked](const Result<KeptNetworkSecrets> &kept) {
        if (asked != settings())
            return;
        const QString stays = tr("Kept. Type another to replace it.");
        const QString none = tr("None is kept");
        m_proxyPassword->setPlaceholderText(kept && kept->hasProxyPassword ? stays : none);
        m_keyPassword->setPlaceholderText(kept && kept->hasKeyPassword ? stays : none);
    });
}

} // namespace Parlance
