// SPDX-License-Identifier: Apache-2.0
#include "store/attachmentrows.h"

#include "store/database.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Parlance {

QString attachmentsColumn(const std::vector<Attachment> &attachments)
{
    if (attachments.empty())
        return {};
    QJsonArray array;
    for (const Attachment &attachment : attachments) {
        array.append(QJsonObject{{u"name"_s, attachment.name},
                                 {u"mimeType"_s, attachment.mimeType},
                                 {u"url"_s, attachment.url},
                                 {u"keptAs"_s, attachment.keptAs},
                                 {u"keptSize"_s, attachment.keptSize}});
    }
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

std::vector<Attachment> attachmentsFrom(const QString &column)
{
    std::vector<Attachment> attachments;
    const QJsonArray array = QJsonDocument::fromJson(column.toUtf8()).array();
    for (const auto &item : array) {
        attachments.push_back(Attachment{.name = item["name"_L1].toString(),
                                         .mimeType = item["mimeType"_L1].toString(),
                                         .url = item["url"_L1].toString(),
                                         .keptAs = item["keptAs"_L1].toString(),
                                         .keptSize = item["keptSize"_L1].toInteger()});
    }
    return attachments;
}

QStringList keptNames(Database &database)
{
    QStringList names;
    QSqlQuery *parts =
        database.run("SELECT DISTINCT json_extract(fields, '$.keptAs') FROM parts WHERE kind = 'attachment'");
    while (database.next(parts))
        names.append(parts->value(0).toString());
    QSqlQuery *drafts = database.run("SELECT draft_files, edit_files FROM conversations "
                                     "WHERE draft_files <> '' OR edit_files <> ''");
    while (database.next(drafts)) {
        for (const int column : {0, 1}) {
            for (const Attachment &attachment : attachmentsFrom(drafts->value(column).toString()))
                names.append(attachment.keptAs);
        }
    }
    return names;
}

} // namespace Parlance
