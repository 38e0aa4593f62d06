// SPDX-License-Identifier: Apache-2.0
#include "wire/a2apart.h"

#include <QHashFunctions>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

//! Where the values of a file stand.
struct FileMembers
{
    explicit FileMembers(const JsonValue &part)
        : file(part.find("file").isObject() ? part.find("file") : part)
    {
    }
    JsonValue first(std::initializer_list<QByteArrayView> names) const
    {
        for (const QByteArrayView one : names) {
            if (file.find(one).isString())
                return file.find(one);
        }
        return JsonValue();
    }

    JsonValue file; //!< up to 0.3 what is in a file has an object of its own
    JsonValue bytes = first({"bytes", "raw", "fileWithBytes"});
    JsonValue link = first({"uri", "url", "fileWithUri"});
    JsonValue name = first({"name", "filename"});
    JsonValue type = first({"mimeType", "mediaType"});
};

} // namespace

QString squeezed(QStringView text)
{
    QString squeezed;
    squeezed.reserve(text.size());
    for (const QChar c : text) {
        if (!c.isSpace())
            squeezed += c;
    }
    return squeezed;
}

QString a2aText(const JsonValue &parts, QStringView between)
{
    QString text;
    for (const JsonValue &part : parts.items()) {
        const QString one = part.find("text").string();
        if (!text.isEmpty() && !one.isEmpty())
            text += between;
        text += one;
    }
    return text;
}

std::vector<JsonValue> a2aOthers(const JsonValue &parts)
{
    std::vector<JsonValue> others = parts.items();
    std::erase_if(others, [](const JsonValue &part) { return part.find("text").isString(); });
    return others;
}

std::optional<Attachment> a2aFile(const JsonValue &part)
{
    const FileMembers members(part);
    if (!members.bytes && !members.link)
        return std::nullopt;
    const auto decoded = QByteArray::fromBase64Encoding(members.bytes.utf8().toByteArray(),
                                                        QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return std::nullopt;
    return Attachment{.name = members.name.string(),
                      .mimeType = members.type.string(),
                      .data = *decoded,
                      .url = members.link.string()};
}

QString a2aDataBlock(const JsonValue &part)
{
    return u"```json\n"_s % QString::fromUtf8(part.find("data").compact()) % u"\n```"_s;
}

size_t a2aPrint(const JsonValue &part)
{
    const FileMembers members(part);
    if (!members.bytes && !members.link)
        return qHash(part.compact());
    return qHashMulti(0, members.name.utf8(), members.type.utf8(), members.link.utf8(), members.bytes.utf8());
}

bool isSameFile(const Attachment &told, const Attachment &file)
{
    const bool isSameData =
        told.keptAs.isEmpty() ? told.data == file.data : told.keptSize == file.data.size();
    return told.name == file.name && told.mimeType == file.mimeType && told.url == file.url && isSameData;
}

bool wasToldAs(const Part &told, const JsonValue &part)
{
    const auto *file = std::get_if<Attachment>(&told);
    const std::optional<Attachment> now = a2aFile(part);
    if (file || now)
        return file && now && isSameFile(*file, *now);
    const auto *text = std::get_if<Text>(&told);
    return text && text->markdown == a2aDataBlock(part);
}

QString a2aDocument(const QString &taskId, const QString &artifactId)
{
    return taskId % u'/' % artifactId;
}

QString a2aDocumentPart(const QString &document, size_t index)
{
    return document % u'#' % QString::number(index + 1);
}

} // namespace Parlance
