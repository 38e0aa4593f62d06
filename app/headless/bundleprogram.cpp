// SPDX-License-Identifier: Apache-2.0
#include "headless/bundleprogram.h"

#include "chat/workspace.h"
#include "headless/conversationsprogram.h"
#include "headless/terminal.h"
#include "headless/usage.h"
#include "qa/bundle.h"
#include "qa/evidenceexport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("main", text);
}

// What somebody else wrote moves no cursor and begins no line.
QString printable(QString text)
{
    for (QChar &letter : text) {
        if (letter.category() == QChar::Other_Control)
            letter = u' ';
    }
    return text;
}

QString subjectLine(const BundleSubject &subject)
{
    QStringList words{subject.label, subject.title, subject.agent, subject.address, subject.qualifier};
    if (!subject.versions.isEmpty())
        words.append(tr("version %1").arg(subject.versions.join(u", "_s)));
    words.append(subject.sessions.join(u", "_s));
    words.append(subject.verdict);
    words.append(subject.note);
    words.removeAll(QString());
    // A column is often called as its endpoint is, and an agent without a name by its address.
    words.removeDuplicates();
    return printable(words.join(u"  "_s));
}

QByteArray asJson(const Bundle &bundle)
{
    const QJsonObject json{{u"isSound"_s, bundle.isSound()},
                           {u"findings"_s, QJsonArray::fromStringList(bundle.findings)},
                           {u"manifest"_s, bundle.manifestHash},
                           {u"title"_s, bundle.manifest.title},
                           {u"made"_s, bundle.manifest.made.toString(Qt::ISODate)},
                           {u"program"_s, bundle.manifest.program},
                           {u"parts"_s, qint64(bundle.parts.size())}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n';
}

//! A file that cannot be read as evidence, whether or not it was that once.
int refuse(const QString &path, const QString &why, bool isJson)
{
    if (!wasBundleFile(path))
        return complain(why);
    const QString finding = tr("This was evidence, and was changed after it was made: %1").arg(why);
    if (isJson)
        Terminal::print(
            QJsonDocument(QJsonObject{{u"isSound"_s, false}, {u"findings"_s, QJsonArray{finding}}})
                .toJson(QJsonDocument::Compact)
            + '\n');
    Terminal::noteLine(printable(finding));
    return 1;
}

int runVerify(const Arguments &arguments)
{
    if (arguments.words.size() != 1)
        return complain(tr("Give the FILE of evidence to look through."), usage());
    const Result<Bundle> bundle =
        readBundleFile(arguments.words.constFirst(), arguments.values.value(u"manifest"_s));
    if (!bundle)
        return refuse(arguments.words.constFirst(), bundle.error().message, arguments.has(u"json"_s));
    if (arguments.has(u"json"_s)) {
        Terminal::print(asJson(*bundle));
    } else {
        const BundleManifest &manifest = bundle->manifest;
        for (const BundleSubject &subject : manifest.subjects)
            Terminal::printLine(subjectLine(subject));
        Terminal::printLine(printable(tr("Made %1 by %2 on %3; %4 parts.")
                                          .arg(manifest.made.toString(Qt::ISODate), manifest.program,
                                               manifest.system, QString::number(bundle->parts.size()))));
        Terminal::printLine(tr("SHA-256 of the manifest: %1").arg(bundle->manifestHash));
        if (bundle->isSound())
            Terminal::printLine(tr("Unchanged: everything is as it was when it was made."));
    }
    for (const QString &finding : bundle->findings)
        Terminal::noteLine(printable(finding));
    return bundle->isSound() ? 0 : 1;
}

int runExport(const Arguments &arguments, const AgentsRunners &runners)
{
    const QString wanted = arguments.values.value(u"conversation"_s);
    if (arguments.words.size() != 1 || wanted.isEmpty())
        return complain(tr("Give --conversation and the FILE to write."), usage());
    return runners.writing([&](const CommandParts &parts, const AgentsRunners::End &end) {
        const Result<std::vector<ConversationId>> chosen = conversationsNamed(parts, {wanted});
        if (!chosen) {
            end(complain(chosen.error().message));
            return;
        }
        auto *run = new EvidenceExport(parts.workspace, parts.workspace);
        QObject::connect(run, &EvidenceExport::exported, run, [end](const QString &, const QString &hash) {
            Terminal::noteLine(tr("SHA-256 of the manifest, to hand over by another way:"));
            Terminal::printLine(hash);
            end(0);
        });
        QObject::connect(run, &EvidenceExport::failed, run,
                         [end](const Error &error) { end(complain(error.message)); });
        run->exportTo(arguments.words.constFirst(), chosen->front());
    });
}

} // namespace

int runBundle(const QString &action, const Arguments &arguments, const AgentsRunners &runners)
{
    if (action == u"verify"_s)
        return runVerify(arguments);
    if (action == u"export"_s)
        return runExport(arguments, runners);
    return complain(tr("bundle takes verify or export."), usage());
}

} // namespace Parlance
