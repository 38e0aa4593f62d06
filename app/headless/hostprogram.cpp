// SPDX-License-Identifier: Apache-2.0
#include "headless/hostprogram.h"

#include "chat/hostwords.h"
#include "chat/networkbook.h"
#include "core/whendone.h"
#include "headless/terminal.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

Result<QUrl> HostProgram::parse(const QString &written)
{
    const bool hasScheme = written.contains(u"://"_s);
    // A bare address of IPv6 wants brackets in a URL.
    const bool isBare = !hasScheme && written.count(u':') > 1 && !written.startsWith(u'[');
    const QString address = isBare ? QString(u'[' % written % u']') : written;
    const QUrl url(hasScheme ? written : QString(u"https://"_s % address), QUrl::StrictMode);
    const bool isKnown = url.scheme() == u"https"_s || url.scheme() == u"http"_s;
    if (!url.isValid() || url.host().isEmpty() || !isKnown || !url.userInfo().isEmpty())
        return failure(ErrorKind::InvalidTarget,
                       tr("--host takes HOST, HOST:PORT or an address that begins with http or https."));
    return url;
}

HostProgram::HostProgram(QUrl url, bool isJson, CommandParts parts)
    : m_url(std::move(url))
    , m_isJson(isJson)
    , m_parts(std::move(parts))
{
}

void HostProgram::start()
{
    whenDone(
        m_parts.workspace->network()->test(m_url), this,
        [this](const HostReport &report) {
            print(report);
            QCoreApplication::exit(report.fault == HostReport::Fault::None ? 0 : 1);
        },
        [] { QCoreApplication::exit(1); });
}

void HostProgram::print(const HostReport &report) const
{
    const QString advice = hostAdvice(report);
    const QStringList lines = hostReportLines(report);
    if (m_isJson) {
        const QJsonObject json{{u"good"_s, report.fault == HostReport::Fault::None},
                               {u"lines"_s, QJsonArray::fromStringList(lines)},
                               {u"advice"_s, advice}};
        Terminal::print(QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n');
        return;
    }
    for (const QString &line : lines)
        Terminal::printLine(line);
    if (!advice.isEmpty())
        Terminal::noteLine(advice);
}

} // namespace Parlance
