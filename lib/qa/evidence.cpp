// SPDX-License-Identifier: Apache-2.0
#include "qa/evidence.h"

#include "chat/agentplace.h"
#include "qa/secretnet.h"

#include <QCoreApplication>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct EvidenceWords
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Evidence)
};

void addOnce(QStringList &texts, const QString &text)
{
    if (!text.isEmpty() && !texts.contains(text))
        texts.append(text);
}

QJsonObject answerJson(const Message &answer, std::size_t frames)
{
    QJsonObject json{{u"message"_s, answer.id.value()},
                     {u"state"_s, messageStateName(answer.state)},
                     {u"frames"_s, qint64(frames)}};
    const auto set = [&json](const QString &name, const QString &text) {
        if (!text.isEmpty())
            json.insert(name, text);
    };
    set(u"version"_s, answer.servedVersion);
    set(u"qualifier"_s, answer.qualifier);
    set(u"session"_s,
        answer.responseIds->sessionId.isEmpty() ? answer.session.value() : answer.responseIds->sessionId);
    set(u"request"_s, answer.responseIds->requestId);
    set(u"trace"_s, answer.responseIds->traceId);
    return json;
}

//! From what has been netted already.
BundleSubject subjectOf(const ConversationFile &file, const EvidenceItem &item)
{
    BundleSubject subject{.title = file.conversation.title,
                          .label = withoutSecrets(item.label).text,
                          .agent = file.agent.name,
                          .address = agentAddress(file.agent.target),
                          .qualifier = file.conversation.qualifier,
                          .verdict = withoutSecrets(item.verdict).text,
                          .note = withoutSecrets(item.note).text};
    for (const Message &message : file.messages) {
        if (message.role != Role::Agent)
            continue;
        const auto frames = file.frames.find(message.id);
        const QJsonObject answer =
            answerJson(message, frames == file.frames.end() ? 0 : frames->second.size());
        addOnce(subject.versions, message.servedVersion);
        addOnce(subject.sessions, answer["session"_L1].toString());
        subject.answers.append(answer);
    }
    return subject;
}

QByteArray wholeFile(const BundleManifest &manifest, const QByteArray &conversation)
{
    return jsonHead(manifest.program, manifest.made) + conversation + jsonTail();
}

QString numbered(const QString &pattern, std::size_t index)
{
    return pattern.arg(index + 1, 4, 10, QLatin1Char('0'));
}

} // namespace

Result<WrittenBundle> packEvidence(const EvidenceTask &task, const std::atomic_bool *isCancelled)
{
    BundleManifest manifest = manifestOfNow(task.kind, withoutSecrets(task.title).text);
    std::vector<ZipEntry> parts;
    const auto wasCancelled = [isCancelled] { return isCancelled && isCancelled->load(); };
    const Error cancelled{.kind = ErrorKind::Cancelled, .message = EvidenceWords::tr("Cancelled.")};
    for (std::size_t index = 0; index < task.items.size(); ++index) {
        if (wasCancelled())
            return failure(cancelled);
        QJsonObject json = QJsonDocument::fromJson(conversationJson(task.items[index].file)).object();
        manifest.secretsMasked += netConversation(json);
        // A mark at the beginning of a text is dropped by the reader unless it is escaped. The writer's own
        // bytes, so that what is read here is what every reader of the file will see.
        Result<std::vector<ConversationFile>> netted = readConversations(wholeFile(
            manifest, QJsonDocument(json).toJson(QJsonDocument::Compact).replace("\xEF\xBB\xBF", "\\ufeff")));
        if (!netted)
            return failure(netted.error());
        const ConversationFile &file = netted->front();
        BundleSubject subject = subjectOf(file, task.items[index]);
        subject.conversation = numbered(u"conversations/%1.json"_s, index);
        parts.push_back({subject.conversation, wholeFile(manifest, conversationJson(file))});
        if (task.withPages) {
            subject.page = numbered(u"pages/%1.html"_s, index);
            parts.push_back({subject.page, conversationHtml(file)});
        }
        manifest.subjects.push_back(std::move(subject));
    }
    for (const ZipEntry &report : task.reports) {
        const NettedText netted = withoutSecrets(QString::fromUtf8(report.bytes));
        manifest.secretsMasked += netted.secrets;
        parts.push_back({report.name, netted.secrets > 0 ? netted.text.toUtf8() : report.bytes});
    }
    if (wasCancelled())
        return failure(cancelled);
    return writeBundle(manifest, parts);
}

Result<QString> writeEvidence(const EvidenceTask &task, const QString &path,
                              const std::atomic_bool *isCancelled)
{
    const Result<WrittenBundle> bundle = packEvidence(task, isCancelled);
    const Result<void> written =
        bundle ? writeBundleFile(path, bundle->bytes) : Result<void>(failure(bundle.error()));
    return written ? Result<QString>(bundle->manifestHash) : failure(written.error());
}

Result<ConversationFile> conversationOf(const Bundle &bundle, const BundleSubject &subject)
{
    const QByteArray *part = bundle.part(subject.conversation);
    const Error broken{.kind = ErrorKind::Internal,
                       .message =
                           EvidenceWords::tr("What was said is missing from this evidence, or broken.")};
    if (!part)
        return failure(broken);
    Result<std::vector<ConversationFile>> files = readConversations(*part);
    if (!files || files->size() != 1)
        return failure(broken);
    return std::move(files->front());
}

} // namespace Parlance
