// SPDX-License-Identifier: Apache-2.0
#include "network/hostdialog.h"

#include "chat/hostwords.h"
#include "chat/networkbook.h"
#include "core/whendone.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

HostDialog::HostDialog(const Theme *theme, NetworkBook *book, NetworkSettings settings, const QString &host,
                       QWidget *parent)
    : FormDialog(theme, tr("Test a host"), tr("Goes the way to it by these settings and sends nothing."),
                 parent)
    , m_book(book)
    , m_settings(std::move(settings))
    , m_host(new QLineEdit(host))
    , m_report(new QPlainTextEdit)
{
    setObjectName(u"hostDialog"_s);
    m_host->setObjectName(u"testedHost"_s);
    m_host->setPlaceholderText(u"bedrock-agentcore.us-east-1.amazonaws.com"_s);
    addField(body(), tr("Host, with a port or without"), m_host);
    m_report->setObjectName(u"hostReport"_s);
    m_report->setReadOnly(true);
    m_report->setTabChangesFocus(true);
    m_report->setLineWrapMode(QPlainTextEdit::NoWrap);
    addField(body(), tr("What is there"), m_report);
    m_copy = addSideButton(tr("Copy"));
    m_copy->setObjectName(u"copyReport"_s);
    m_copy->setAccessibleName(tr("Copy the report"));
    m_copy->setEnabled(false);
    QPushButton *close = addButton(tr("Close"));
    close->setObjectName(u"close"_s);
    m_test = addDefaultButton(tr("Test"));
    m_test->setObjectName(u"test"_s);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_report->toPlainText()); });
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_test, &QPushButton::clicked, this, &HostDialog::test);
    connect(theme, &Theme::changed, this, &HostDialog::applyTheme);
    applyTheme();
    m_host->setFocus();
}

void HostDialog::test()
{
    const QString written = m_host->text().trimmed();
    const QUrl url(written.contains(u"://"_s) ? written : QString(u"https://"_s % written), QUrl::StrictMode);
    const bool isKnown = url.scheme() == u"https"_s || url.scheme() == u"http"_s;
    if (!url.isValid() || url.host().isEmpty() || !isKnown) {
        setFailure(tr("Enter a host, such as agents.example.com or localhost:8443."));
        goTo(m_host);
        return;
    }
    setFailure({});
    m_test->setEnabled(false);
    m_test->setText(tr("Testing…"));
    whenDone(m_book->test(url, m_settings), this, [this](const HostReport &report) { tell(report); });
}

void HostDialog::tell(const HostReport &report)
{
    m_test->setEnabled(true);
    m_test->setText(tr("Test"));
    const QString advice = hostAdvice(report);
    QStringList lines = hostReportLines(report);
    if (!advice.isEmpty())
        lines += advice;
    m_report->setPlainText(lines.join(u'\n'));
    m_copy->setEnabled(true);
    setFailure(advice);
}

void HostDialog::applyTheme()
{
    m_report->setFont(theme()->font(FontRole::Code));
    m_report->setMinimumHeight(theme()->px(Metric::templateHeight) * 2);
}

} // namespace Parlance
