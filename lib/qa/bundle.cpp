// SPDX-License-Identifier: Apache-2.0
#include "qa/bundle.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>
#include <QSysInfo>

#include <algorithm>
#include <array>
#include <map>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct BundleWords
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Bundle)
};

constexpr int bundleVersion = 1;
const QString formatName = u"parlance-evidence"_s;
const QString manifestName = u"manifest.json"_s;
constexpr QByteArrayView sealHead = "parlance-evidence sha256 ";
constexpr qsizetype hashLetters = 64;
constexpr QByteArrayView zipHead = "PK\x03\x04";
constexpr QByteArrayView zipListed = "PK\x01\x02"; //!< before the name of each entry, in the list at the end
constexpr qsizetype zipNameAt = 30; //!< of the first entry
constexpr qsizetype tailBytes = 64 * 1024; //!< where a seal is looked for

constexpr auto kindNames = std::to_array<std::pair<BundleKind, QLatin1StringView>>({
    {BundleKind::Conversation, "conversation"_L1},
    {BundleKind::Comparison, "comparison"_L1},
    {BundleKind::Run, "run"_L1},
});

QString hashOf(QByteArrayView bytes)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(bytes);
    return QString::fromLatin1(hash.result().toHex());
}

QByteArrayView beforeSeal(const QByteArray &bytes)
{
    return QByteArrayView(bytes).first(std::max<qsizetype>(0, bytes.size() - hashLetters));
}

QJsonObject withoutEmpty(QJsonObject object)
{
    for (auto member = object.begin(); member != object.end();) {
        const QJsonValue value = *member;
        const bool isEmpty = (value.isString() && value.toString().isEmpty())
            || (value.isArray() && value.toArray().isEmpty());
        member = isEmpty ? object.erase(member) : std::next(member);
    }
    return object;
}

QJsonObject subjectJson(const BundleSubject &subject)
{
    QJsonObject agent{{u"name"_s, subject.agent}};
    if (!subject.address.isEmpty())
        agent.insert(subject.address.startsWith("arn:"_L1) ? u"arn"_s : u"url"_s, subject.address);
    return withoutEmpty({{u"conversation"_s, subject.conversation},
                         {u"page"_s, subject.page},
                         {u"title"_s, subject.title},
                         {u"label"_s, subject.label},
                         {u"agent"_s, agent},
                         {u"qualifier"_s, subject.qualifier},
                         {u"versions"_s, QJsonArray::fromStringList(subject.versions)},
                         {u"sessions"_s, QJsonArray::fromStringList(subject.sessions)},
                         {u"verdict"_s, subject.verdict},
                         {u"note"_s, subject.note},
                         {u"answers"_s, subject.answers}});
}

QStringList textsFrom(const QJsonValue &value)
{
    QStringList texts;
    for (const auto &text : value.toArray())
        texts.append(text.toString());
    return texts;
}

BundleSubject subjectFrom(const QJsonObject &json)
{
    const QJsonObject agent = json["agent"_L1].toObject();
    return {.conversation = json["conversation"_L1].toString(),
            .page = json["page"_L1].toString(),
            .title = json["title"_L1].toString(),
            .label = json["label"_L1].toString(),
            .agent = agent["name"_L1].toString(),
            .address = agent.contains("arn"_L1) ? agent["arn"_L1].toString() : agent["url"_L1].toString(),
            .qualifier = json["qualifier"_L1].toString(),
            .versions = textsFrom(json["versions"_L1]),
            .sessions = textsFrom(json["sessions"_L1]),
            .verdict = json["verdict"_L1].toString(),
            .note = json["note"_L1].toString(),
            .answers = json["answers"_L1].toArray()};
}

QByteArray manifestJson(const BundleManifest &manifest, const std::vector<ZipEntry> &parts)
{
    QJsonArray subjects;
    for (const BundleSubject &subject : manifest.subjects)
        subjects.append(subjectJson(subject));
    QJsonArray listed;
    for (const ZipEntry &part : parts)
        listed.append(QJsonObject{{u"name"_s, part.name},
                                  {u"size"_s, qint64(part.bytes.size())},
                                  {u"sha256"_s, hashOf(part.bytes)}});
    const auto *kind = std::ranges::find(kindNames, manifest.kind, &decltype(kindNames)::value_type::first);
    const QJsonObject json{
        {u"format"_s, formatName},
        {u"version"_s, bundleVersion},
        {u"kind"_s, QString(kind->second)},
        {u"title"_s, manifest.title},
        {u"made"_s, manifest.made.toUTC().toString(Qt::ISODateWithMs)},
        {u"program"_s, manifest.program},
        {u"environment"_s, QJsonObject{{u"system"_s, manifest.system}, {u"qt"_s, manifest.qt}}},
        {u"secretsMasked"_s, manifest.secretsMasked},
        {u"subjects"_s, subjects},
        {u"parts"_s, listed}};
    return QJsonDocument(json).toJson(QJsonDocument::Indented);
}

BundleManifest manifestFrom(const QJsonObject &json)
{
    const QJsonObject environment = json["environment"_L1].toObject();
    const QString name = json["kind"_L1].toString();
    const auto *kind =
        std::ranges::find_if(kindNames, [&name](const auto &known) { return name == known.second; });
    BundleManifest manifest{.kind = kind == kindNames.end() ? BundleKind::Conversation : kind->first,
                            .title = json["title"_L1].toString(),
                            .made =
                                QDateTime::fromString(json["made"_L1].toString(), Qt::ISODateWithMs).toUTC(),
                            .program = json["program"_L1].toString(),
                            .system = environment["system"_L1].toString(),
                            .qt = environment["qt"_L1].toString(),
                            .secretsMasked = json["secretsMasked"_L1].toInt()};
    for (const auto &subject : json["subjects"_L1].toArray())
        manifest.subjects.push_back(subjectFrom(subject.toObject()));
    return manifest;
}

QStringList findingsOf(const QJsonArray &listed, const Bundle &bundle, const QStringList &damaged)
{
    QStringList findings;
    std::map<QString, const QByteArray *> there;
    for (const ZipEntry &part : bundle.parts)
        there.insert({part.name, &part.bytes});
    for (const auto &value : listed) {
        const QJsonObject part = value.toObject();
        const QString name = part["name"_L1].toString();
        const auto found = there.find(name);
        if (damaged.contains(name))
            findings.append(BundleWords::tr("The part %1 was changed: it cannot be unpacked.").arg(name));
        else if (found == there.end())
            findings.append(BundleWords::tr("The part %1 is missing.").arg(name));
        else if (found->second->size() != part["size"_L1].toInteger(-1)
                 || hashOf(*found->second) != part["sha256"_L1].toString())
            findings.append(BundleWords::tr("The part %1 was changed.").arg(name));
        there.erase(name);
    }
    for (const auto &[name, bytes] : there)
        findings.append(BundleWords::tr("The part %1 was added; the manifest does not list it.").arg(name));
    for (const QString &name : damaged) {
        const bool isListed = std::ranges::any_of(
            listed, [&name](const auto &part) { return part.toObject()["name"_L1].toString() == name; });
        if (!isListed)
            findings.append(
                BundleWords::tr("The part %1 was added; the manifest does not list it.").arg(name));
    }
    return findings;
}

bool isSealed(const QByteArray &bytes, const QByteArray &comment)
{
    return comment.size() == sealHead.size() + hashLetters && comment.startsWith(sealHead)
        && bytes.endsWith(comment)
        && hashOf(beforeSeal(bytes)) == QString::fromLatin1(comment.last(hashLetters));
}

Error notEvidence(const QString &sentence)
{
    return {.kind = ErrorKind::Internal, .message = sentence};
}

} // namespace

BundleManifest manifestOfNow(BundleKind kind, const QString &title)
{
    return {.kind = kind,
            .title = title,
            .made = QDateTime::currentDateTimeUtc(),
            .program = u"Parlance " PARLANCE_VERSION ""_s,
            .system = QString(QSysInfo::prettyProductName() % u", "_s % QSysInfo::currentCpuArchitecture()),
            .qt = QString::fromLatin1(qVersion())};
}

Result<WrittenBundle> writeBundle(const BundleManifest &manifest, const std::vector<ZipEntry> &parts)
{
    const QByteArray json = manifestJson(manifest, parts);
    std::vector<ZipEntry> entries{{manifestName, json}};
    entries.insert(entries.end(), parts.begin(), parts.end());
    const ZipLimits limits;
    qint64 bytesIn = 0;
    for (const ZipEntry &entry : entries)
        bytesIn += entry.bytes.size();
    // What nobody could open is no evidence.
    if (bytesIn > limits.unpacked || qint64(entries.size()) > limits.entries)
        return failure(notEvidence(
            BundleWords::tr("This is too much for one file of evidence: %1 MB in %2 parts, where %3 MB in %4 "
                            "parts can be opened. Make smaller runs, or hand over fewer conversations.")
                .arg(bytesIn / 1024 / 1024)
                .arg(entries.size())
                .arg(limits.unpacked / 1024 / 1024)
                .arg(limits.entries)));
    const QByteArray comment = sealHead.toByteArray() + QByteArray(hashLetters, '0');
    Result<QByteArray> bytes = writeZip(entries, comment);
    if (!bytes)
        return failure(bytes.error());
    if (bytes->size() > limits.bytes)
        return failure(notEvidence(BundleWords::tr("This is too much for one file of evidence: %1 MB packed, "
                                                   "where %2 MB can be opened.")
                                       .arg(bytes->size() / 1024 / 1024)
                                       .arg(limits.bytes / 1024 / 1024)));
    const QByteArray seal = hashOf(beforeSeal(*bytes)).toLatin1();
    bytes->replace(bytes->size() - hashLetters, hashLetters, seal);
    return WrittenBundle{.bytes = std::move(*bytes), .manifestHash = hashOf(json)};
}

const QByteArray *Bundle::part(const QString &name) const
{
    const auto found = std::ranges::find(parts, name, &ZipEntry::name);
    return found == parts.end() ? nullptr : &found->bytes;
}

Result<Bundle> readBundle(const QByteArray &bytes, const QString &expectedManifest)
{
    Result<ZipReading> zip = readZip(bytes);
    if (!zip)
        return failure(zip.error());
    Bundle bundle{.parts = std::move(zip->entries)};
    const auto found = std::ranges::find(bundle.parts, manifestName, &ZipEntry::name);
    if (found == bundle.parts.end())
        return failure(
            notEvidence(zip->damaged.contains(manifestName)
                            ? BundleWords::tr("The manifest of this evidence was damaged.")
                            : BundleWords::tr("This zip has no manifest, and so is no evidence.")));
    const QByteArray manifest = found->bytes;
    bundle.parts.erase(found);
    const QJsonObject json = QJsonDocument::fromJson(manifest).object();
    if (json["format"_L1].toString() != formatName || !json["parts"_L1].isArray())
        return failure(
            notEvidence(BundleWords::tr("The manifest of this zip is not one of evidence, or broken.")));
    if (json["version"_L1].toInt() > bundleVersion)
        return failure(notEvidence(BundleWords::tr(
            "A newer Parlance has made this evidence. Open it with that version or a later one.")));
    bundle.manifest = manifestFrom(json);
    bundle.manifestHash = hashOf(manifest);
    bundle.findings = findingsOf(json["parts"_L1].toArray(), bundle, zip->damaged);
    if (!expectedManifest.isEmpty() && expectedManifest.trimmed().toLower() != bundle.manifestHash)
        bundle.findings.prepend(BundleWords::tr("The manifest is not the one whose hash was given."));
    if (bundle.findings.isEmpty() && !isSealed(bytes, zip->comment))
        bundle.findings.append(BundleWords::tr("The file was changed or packed anew after it was made, "
                                               "though its parts are as the manifest says."));
    return bundle;
}

Result<Bundle> readBundleFile(const QString &path, const QString &expectedManifest)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(
            notEvidence(BundleWords::tr("The file could not be read: %1").arg(file.errorString())));
    const ZipLimits limits;
    if (file.size() > limits.bytes)
        return failure(
            notEvidence(BundleWords::tr("This file has more than %1 MB, which is more than is read.")
                            .arg(limits.bytes / (1024 * 1024))));
    // A pipe or a device has no size: no more is read than a file may have.
    const QByteArray bytes = file.read(limits.bytes + 1);
    if (file.error() != QFileDevice::NoError)
        return failure(
            notEvidence(BundleWords::tr("The file could not be read: %1").arg(file.errorString())));
    return readBundle(bytes, expectedManifest);
}

bool wasBundle(const QByteArray &bytes)
{
    // Whole, and refused for another reason, as by a newer version.
    if (isSealed(bytes, bytes.last(std::min(bytes.size(), sealHead.size() + hashLetters))))
        return false;
    const QByteArray tail = bytes.last(std::min(bytes.size(), tailBytes));
    if (bytes.contains(zipListed) && tail.contains(sealHead))
        return true;
    // The end is missing or damaged; another zip may have a manifest of its own, and be whole.
    const QByteArray name = manifestName.toLatin1();
    if (!bytes.startsWith(zipHead) || bytes.mid(zipNameAt, name.size()) != name)
        return false;
    const Result<ZipReading> zip = readZip(bytes);
    return !zip || zip->damaged.contains(manifestName);
}

bool wasBundleFile(const QString &path)
{
    QFile file(path);
    const ZipLimits limits;
    return file.open(QIODevice::ReadOnly) && file.size() <= limits.bytes
        && wasBundle(file.read(limits.bytes + 1));
}

Result<void> writeBundleFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return failure(
            notEvidence(BundleWords::tr("The file could not be written: %1").arg(file.errorString())));
    return {};
}

bool looksLikeBundle(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || !file.peek(4).startsWith("PK"))
        return false;
    return file.peek(4096).contains(manifestName.toLatin1());
}

} // namespace Parlance
