// SPDX-License-Identifier: Apache-2.0
#include "wire/attachmentpayload.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>
#include <QUuid>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::AttachmentPayload)
};

constexpr auto forms = std::to_array<std::pair<QLatin1StringView, AttachmentForm>>({
    {"converse"_L1, AttachmentForm::Converse},
    {"ag-ui"_L1, AttachmentForm::AgUi},
    {"a2a"_L1, AttachmentForm::A2a},
    {"a2a-1"_L1, AttachmentForm::A2aOne},
});

//! What Converse takes: the block, its format, and the suffixes and types of files that are such.
struct ConverseFormat
{
    QLatin1StringView block;
    QLatin1StringView format;
    QLatin1StringView names; //!< between blanks
};

constexpr auto converseFormats = std::to_array<ConverseFormat>({
    {"image"_L1, "png"_L1, " png image/png "_L1},
    {"image"_L1, "jpeg"_L1, " jpg jpeg image/jpeg "_L1},
    {"image"_L1, "gif"_L1, " gif image/gif "_L1},
    {"image"_L1, "webp"_L1, " webp image/webp "_L1},
    {"document"_L1, "pdf"_L1, " pdf application/pdf "_L1},
    {"document"_L1, "csv"_L1, " csv text/csv "_L1},
    {"document"_L1, "doc"_L1, " doc application/msword "_L1},
    {"document"_L1, "docx"_L1,
     " docx application/vnd.openxmlformats-officedocument.wordprocessingml.document "_L1},
    {"document"_L1, "xls"_L1, " xls application/vnd.ms-excel "_L1},
    {"document"_L1, "xlsx"_L1, " xlsx application/vnd.openxmlformats-officedocument.spreadsheetml.sheet "_L1},
    {"document"_L1, "html"_L1, " html htm text/html "_L1},
    {"document"_L1, "md"_L1, " md markdown text/markdown "_L1},
    {"document"_L1, "txt"_L1, " txt text/plain "_L1},
    {"video"_L1, "mkv"_L1, " mkv video/x-matroska "_L1},
    {"video"_L1, "mov"_L1, " mov video/quicktime "_L1},
    {"video"_L1, "mp4"_L1, " mp4 video/mp4 "_L1},
    {"video"_L1, "webm"_L1, " webm video/webm "_L1},
    {"video"_L1, "flv"_L1, " flv video/x-flv "_L1},
    {"video"_L1, "mpeg"_L1, " mpeg video/mpeg "_L1},
    {"video"_L1, "mpg"_L1, " mpg video/mpeg "_L1},
    {"video"_L1, "wmv"_L1, " wmv video/x-ms-wmv "_L1},
    {"video"_L1, "three_gp"_L1, " 3gp video/3gpp "_L1},
});

const ConverseFormat *converseFormat(const Attachment &attachment)
{
    const auto named = [](const QString &name) -> const ConverseFormat * {
        const auto found = std::ranges::find_if(converseFormats, [&name](const ConverseFormat &row) {
            return !name.isEmpty() && row.names.contains(QString(u' ' % name % u' '));
        });
        return found == converseFormats.end() ? nullptr : &*found;
    };
    // The type tells more than the name, but for text, where the name says which kind.
    const ConverseFormat *bySuffix = named(QFileInfo(attachment.name).suffix().toLower());
    const ConverseFormat *byType = named(attachment.mimeType);
    if (byType && byType->format != "txt"_L1)
        return byType;
    if (bySuffix)
        return bySuffix;
    return attachment.mimeType.startsWith("text/"_L1) || attachment.mimeType == "application/json"_L1
        ? named(u"txt"_s)
        : byType;
}

// Letters, digits, single blanks, hyphens, parentheses and brackets, and no suffix.
QString converseName(const QString &fileName)
{
    static const QRegularExpression others(u"[^A-Za-z0-9 ()\\[\\]-]+"_s);
    const QString name =
        QFileInfo(fileName).completeBaseName().replace(others, u" "_s).simplified().left(200);
    return name.isEmpty() ? u"document"_s : name;
}

QLatin1StringView agUiType(const QString &mimeType)
{
    for (const QLatin1StringView kind : {"image"_L1, "audio"_L1, "video"_L1}) {
        if (mimeType.startsWith(kind) && mimeType.sliced(kind.size()).startsWith(u'/'))
            return kind;
    }
    return "document"_L1;
}

QJsonObject wordsItem(const QString &words, AttachmentForm form)
{
    switch (form) {
    case AttachmentForm::Plain:
    case AttachmentForm::AgUi:
        return {{u"type"_s, u"text"_s}, {u"text"_s, words}};
    case AttachmentForm::A2a:
        return {{u"kind"_s, u"text"_s}, {u"text"_s, words}};
    case AttachmentForm::Converse:
    case AttachmentForm::A2aOne:
        break;
    }
    return {{u"text"_s, words}};
}

Error noPlace(const Attachment &attachment)
{
    return {.kind = ErrorKind::Validation,
            .message = Words::tr("This agent is asked in the form of Converse, which has no place for a file "
                                 "such as %1. Nothing was sent.")
                           .arg(attachment.name)};
}

} // namespace

std::optional<AttachmentForm> attachmentFormFrom(QStringView name)
{
    const auto found = std::ranges::find_if(forms, [name](const auto &row) { return name == row.first; });
    return found == forms.end() ? std::nullopt : std::optional(found->second);
}

QString converseType(QStringView format)
{
    const auto found = std::ranges::find_if(
        converseFormats, [format](const ConverseFormat &row) { return format == row.format; });
    if (found == converseFormats.end())
        return {};
    const QStringList names = QString(found->names).split(u' ', Qt::SkipEmptyParts);
    return names.filter(u"/"_s).value(0);
}

AttachmentPayload::AttachmentPayload(QString folder)
    : m_folder(std::move(folder))
    , m_mark("<" + QUuid::createUuid().toByteArray(QUuid::WithoutBraces) + ":")
{
}

QString AttachmentPayload::mark(const Attachment &attachment)
{
    m_marked.push_back(attachment);
    return QString::fromLatin1(m_mark + QByteArray::number(qsizetype(m_marked.size() - 1)) + '>');
}

Result<QJsonObject> AttachmentPayload::item(const Attachment &attachment, AttachmentForm form)
{
    const QString type = attachment.mimeType.isEmpty() ? u"application/octet-stream"_s : attachment.mimeType;
    const bool isAddress =
        attachment.data.isEmpty() && attachment.keptAs.isEmpty() && !attachment.url.isEmpty();
    const QString value = isAddress ? attachment.url : QString();
    switch (form) {
    case AttachmentForm::Plain:
        return QJsonObject{{u"name"_s, attachment.name},
                           {u"mimeType"_s, type},
                           {isAddress ? u"url"_s : u"data"_s, isAddress ? value : mark(attachment)}};
    case AttachmentForm::AgUi:
        return QJsonObject{
            {u"type"_s, agUiType(type)},
            {u"source"_s,
             isAddress ? QJsonObject{{u"type"_s, u"url"_s}, {u"value"_s, value}, {u"mimeType"_s, type}}
                       : QJsonObject{
                           {u"type"_s, u"data"_s}, {u"value"_s, mark(attachment)}, {u"mimeType"_s, type}}}};
    case AttachmentForm::A2a:
        return QJsonObject{
            {u"kind"_s, u"file"_s},
            {u"file"_s,
             QJsonObject{{u"name"_s, attachment.name},
                         {u"mimeType"_s, type},
                         {isAddress ? u"uri"_s : u"bytes"_s, isAddress ? value : mark(attachment)}}}};
    case AttachmentForm::A2aOne:
        return QJsonObject{{isAddress ? u"url"_s : u"raw"_s, isAddress ? value : mark(attachment)},
                           {u"mediaType"_s, type},
                           {u"filename"_s, attachment.name}};
    case AttachmentForm::Converse:
        break;
    }
    const ConverseFormat *format = converseFormat(attachment);
    if (!format || isAddress)
        return failure(noPlace(attachment));
    QJsonObject block{{u"format"_s, format->format},
                      {u"source"_s, QJsonObject{{u"bytes"_s, mark(attachment)}}}};
    if (format->block == "document"_L1)
        block.insert(u"name"_s, converseName(attachment.name));
    return QJsonObject{{format->block, block}};
}

Result<QJsonArray> AttachmentPayload::items(const std::vector<Attachment> &attachments, AttachmentForm form)
{
    return content({}, attachments, form);
}

Result<QJsonArray> AttachmentPayload::content(const QString &words,
                                              const std::vector<Attachment> &attachments, AttachmentForm form)
{
    QJsonArray items;
    if (!words.isEmpty())
        items.append(wordsItem(words, form));
    for (const Attachment &attachment : attachments) {
        const Result<QJsonObject> made = item(attachment, form);
        if (!made)
            return failure(made.error());
        items.append(*made);
    }
    return items;
}

RequestBody AttachmentPayload::body(const QByteArray &json) const
{
    RequestBody body;
    qsizetype from = 0;
    for (qsizetype at = json.indexOf(m_mark); at >= 0; at = json.indexOf(m_mark, from)) {
        const qsizetype end = json.indexOf('>', at);
        const qsizetype number = at + m_mark.size();
        const Attachment &attachment = m_marked.at(json.sliced(number, end - number).toULongLong());
        body.append(json.sliced(from, at - from));
        if (attachment.keptAs.isEmpty())
            body.append(attachment.data.toBase64());
        else
            body.append(BodyFile{.path = keptPath(m_folder, attachment),
                                 .name = attachment.name,
                                 .size = attachment.keptSize});
        from = end + 1;
    }
    body.append(json.sliced(from));
    return body;
}

} // namespace Parlance
