// SPDX-License-Identifier: Apache-2.0
#include "headless/conversationsprogram.h"

#include "chat/conversationsearch.h"
#include "chat/conversationtransfer.h"
#include "chat/workspace.h"
#include "headless/terminal.h"
#include "headless/usage.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("main", text);
}

QString timeText(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODate) : QString();
}

QString agentName(const CommandParts &parts, const Conversation &conversation)
{
    const Agent *agent = parts.workspace->agents()->find(conversation.agent);
    return agent ? agent->name : conversation.agent.value();
}

// What others wrote moves no cursor and begins no line.
QString printable(QString text)
{
    for (QChar &letter : text) {
        if (letter.category() == QChar::Other_Control)
            letter = u' ';
    }
    return text;
}

QByteArray jsonLine(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n';
}

QByteArray listLine(const CommandParts &parts, const Conversation &conversation, bool isJson)
{
    const QString agent = agentName(parts, conversation);
    if (isJson)
        return jsonLine({{u"id"_s, conversation.id.value()},
                         {u"title"_s, conversation.title},
                         {u"agent"_s, agent},
                         {u"qualifier"_s, conversation.qualifier},
                         {u"session"_s, conversation.session.value()},
                         {u"created"_s, timeText(conversation.created)},
                         {u"lastActive"_s, timeText(conversation.lastActive)},
                         {u"hasFailed"_s, conversation.hasFailed},
                         {u"importedFrom"_s, conversation.importedFrom}});
    const QStringList words{conversation.id.value(), timeText(conversation.lastActive), agent,
                            conversation.title};
    return printable(words.join(u"  "_s)).toUtf8() + '\n';
}

QByteArray hitLine(const CommandParts &parts, const SearchHit &hit, bool isJson)
{
    const Conversation *conversation = parts.workspace->conversation(hit.conversation);
    const QString title = conversation ? conversation->title : QString();
    if (isJson)
        return jsonLine({{u"conversation"_s, hit.conversation.value()},
                         {u"message"_s, hit.message.value()},
                         {u"title"_s, title},
                         {u"agent"_s, conversation ? agentName(parts, *conversation) : QString()},
                         {u"qualifier"_s, hit.qualifier},
                         {u"role"_s, roleName(hit.role)},
                         {u"state"_s, messageStateName(hit.state)},
                         {u"created"_s, timeText(hit.created)},
                         {u"snippet"_s, hit.snippet}});
    const QStringList words{hit.conversation.value(), timeText(hit.created), title, hit.snippet};
    return printable(words.join(u"  "_s)).toUtf8() + '\n';
}

int runList(const Arguments &arguments, const AgentsRunners &runners)
{
    return runners.writing([&](const CommandParts &parts, const AgentsRunners::End &end) {
        for (const Conversation &conversation : parts.workspace->allConversations())
            Terminal::print(listLine(parts, conversation, arguments.has(u"json"_s)));
        end(0);
    });
}

int runSearch(const Arguments &arguments, const AgentsRunners &runners)
{
    const QString typed = arguments.words.join(u' ');
    if (parseSearch(typed).isEmpty())
        return complain(tr("Give WORDS to look for."), usage());
    const bool isJson = arguments.has(u"json"_s);
    return runners.writing([&](const CommandParts &parts, const AgentsRunners::End &end) {
        auto *search = parts.workspace->conversationSearch().release();
        search->setParent(parts.workspace);
        QObject::connect(search, &ConversationSearch::failed, search,
                         [end](const Error &error) { end(complain(error.message)); });
        const auto print = [search, parts, isJson, end](int from) {
            for (size_t i = size_t(from); i < search->hits().size(); ++i)
                Terminal::print(hitLine(parts, search->hits()[i], isJson));
            if (search->more())
                return;
            end(search->count() > 0 ? 0 : 1);
        };
        QObject::connect(search, &ConversationSearch::grew, search, print);
        QObject::connect(search, &ConversationSearch::answered, search, [print] { print(0); });
        search->ask({.typed = typed + u' '});
    });
}

int runExport(const Arguments &arguments, const AgentsRunners &runners)
{
    if (arguments.words.isEmpty())
        return complain(tr("Give the FILE or FOLDER to write."), usage());
    const QString path = arguments.words.constFirst();
    const QString wanted = arguments.values.value(u"format"_s);
    const std::optional<FileFormat> format = wanted.isEmpty() ? formatOf(path)
        : wanted == u"markdown"_s                             ? FileFormat::Markdown
        : wanted == u"html"_s                                 ? FileFormat::Html
        : wanted == u"json"_s                                 ? std::optional(FileFormat::Json)
                                                              : std::nullopt;
    if (!format)
        return complain(tr("Give --format markdown, html or json, or a FILE with such a suffix."), usage());
    return runners.writing([&](const CommandParts &parts, const AgentsRunners::End &end) {
        const Result<std::vector<ConversationId>> chosen = conversationsNamed(parts, arguments.words.mid(1));
        if (!chosen) {
            end(complain(chosen.error().message));
            return;
        }
        const bool isFolder = QFileInfo(path).isDir() || (*format != FileFormat::Json && chosen->size() != 1);
        auto *run = new ConversationTransfer(parts.workspace, parts.workspace);
        QObject::connect(run, &ConversationTransfer::exported, run, [end](int count) {
            Terminal::noteLine(tr("Conversations exported: %1").arg(count));
            end(0);
        });
        QObject::connect(run, &ConversationTransfer::failed, run,
                         [end](const Error &error) { end(complain(error.message)); });
        run->exportTo({.conversations = *chosen,
                       .format = *format,
                       .path = path,
                       .isFolder = isFolder,
                       .withFrames = arguments.has(u"events"_s)});
    });
}

int runImport(const Arguments &arguments, const AgentsRunners &runners)
{
    if (arguments.words.size() != 1)
        return complain(tr("Give the FILE to read."), usage());
    return runners.writing([&](const CommandParts &parts, const AgentsRunners::End &end) {
        auto *run = new ConversationTransfer(parts.workspace, parts.workspace);
        QObject::connect(
            run, &ConversationTransfer::imported, run,
            [parts, end, isJson = arguments.has(u"json"_s)](const TakenIn &taken) {
                for (const QString &name : taken.addedAgents)
                    Terminal::noteLine(tr("The agent %1 was not known here and was added.").arg(name));
                for (const QString &name : taken.unknownAgents)
                    Terminal::noteLine(
                        tr("The file does not tell where the agent %1 is. What was said to it is "
                           "with the built-in agent.")
                            .arg(name));
                for (const ConversationId &id : taken.conversations)
                    Terminal::print(listLine(parts, *parts.workspace->conversation(id), isJson));
                end(0);
            });
        QObject::connect(run, &ConversationTransfer::failed, run,
                         [end](const Error &error) { end(complain(error.message)); });
        run->importFrom(arguments.words.constFirst());
    });
}

} // namespace

Result<std::vector<ConversationId>> conversationsNamed(const CommandParts &parts, const QStringList &names)
{
    const std::vector<Conversation> all = parts.workspace->allConversations();
    std::vector<ConversationId> chosen;
    for (const QString &name : names) {
        std::vector<ConversationId> found;
        for (const Conversation &conversation : all) {
            if (conversation.id.value() == name || conversation.title.compare(name, Qt::CaseInsensitive) == 0)
                found.push_back(conversation.id);
        }
        if (found.empty())
            return failure(ErrorKind::InvalidTarget, tr("There is no conversation “%1”.").arg(name));
        if (found.size() > 1)
            return failure(ErrorKind::InvalidTarget,
                           tr("Several conversations are called “%1”. Give the id of one.").arg(name));
        chosen.push_back(found.front());
    }
    for (const Conversation &conversation : all) {
        if (names.isEmpty())
            chosen.push_back(conversation.id);
    }
    return chosen;
}

int runConversations(const QString &action, const Arguments &arguments, const AgentsRunners &runners)
{
    if (action == u"list"_s && arguments.words.isEmpty())
        return runList(arguments, runners);
    if (action == u"search"_s)
        return runSearch(arguments, runners);
    if (action == u"export"_s)
        return runExport(arguments, runners);
    if (action == u"import"_s)
        return runImport(arguments, runners);
    return complain(tr("conversations takes list, search, export or import."), usage());
}

} // namespace Parlance
