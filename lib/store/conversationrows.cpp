// SPDX-License-Identifier: Apache-2.0
#include "store/conversationrows.h"

#include "store/attachmentrows.h"
#include "store/database.h"
#include "store/searchindex.h"
#include "store/values.h"

namespace Parlance {

void writeConversation(Database &database, const Conversation &conversation)
{
    database.run(
        "INSERT INTO conversations (id, agent, title, is_title_chosen, qualifier, session, "
        "created_ms, last_active_ms, is_unread, has_failed, imported_from, edited_message, edit, "
        "draft_files, edit_files) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) "
        "ON CONFLICT (id) DO UPDATE SET agent=excluded.agent, title=excluded.title, "
        "is_title_chosen=excluded.is_title_chosen, qualifier=excluded.qualifier, "
        "session=excluded.session, created_ms=excluded.created_ms, "
        "last_active_ms=excluded.last_active_ms, is_unread=excluded.is_unread, "
        "has_failed=excluded.has_failed, imported_from=excluded.imported_from, "
        "edited_message=excluded.edited_message, edit=excluded.edit, draft_files=excluded.draft_files, "
        "edit_files=excluded.edit_files",
        {conversation.id.value(), conversation.agent.value(), conversation.title, conversation.isTitleChosen,
         conversation.qualifier, conversation.session.value(), timeValue(conversation.created),
         timeValue(conversation.lastActive), conversation.isUnread, conversation.hasFailed,
         conversation.importedFrom, conversation.editedMessage.value(), conversation.edit,
         attachmentsColumn(conversation.draftFiles), attachmentsColumn(conversation.editFiles)});
    writeDraft(database, conversation.id, conversation.draft);
}

void writeDraft(Database &database, const ConversationId &id, const QString &draft)
{
    if (draft.isEmpty())
        database.run("DELETE FROM drafts WHERE conversation = ?", {id.value()});
    else
        database.run("INSERT INTO drafts (conversation, text) VALUES (?,?) "
                     "ON CONFLICT (conversation) DO UPDATE SET text = excluded.text",
                     {id.value(), draft});
}

void setConversationHidden(Database &database, const ConversationId &id, bool isHidden)
{
    database.run("UPDATE conversations SET removed = ? WHERE id = ?", {isHidden, id.value()});
}

std::vector<Conversation> readConversations(Database &database)
{
    std::vector<Conversation> conversations;
    QSqlQuery *query = database.run(
        "SELECT id, agent, title, is_title_chosen, qualifier, session, created_ms, last_active_ms, "
        "is_unread, has_failed, drafts.text, imported_from, edited_message, edit, "
        "draft_files, edit_files "
        "FROM conversations LEFT JOIN drafts ON drafts.conversation = conversations.id "
        "WHERE removed = 0 ORDER BY last_active_ms DESC, conversations.rowid DESC");
    while (database.next(query)) {
        const QSqlQuery &row = *query;
        conversations.push_back(Conversation{.id = ConversationId(row.value(0).toString()),
                                             .agent = AgentId(row.value(1).toString()),
                                             .title = row.value(2).toString(),
                                             .isTitleChosen = row.value(3).toBool(),
                                             .qualifier = row.value(4).toString(),
                                             .session = RuntimeSessionId(row.value(5).toString()),
                                             .created = timeFrom(row.value(6)),
                                             .lastActive = timeFrom(row.value(7)),
                                             .isUnread = row.value(8).toBool(),
                                             .hasFailed = row.value(9).toBool(),
                                             .draft = row.value(10).toString(),
                                             .importedFrom = row.value(11).toString(),
                                             .editedMessage = MessageId(row.value(12).toString()),
                                             .edit = row.value(13).toString(),
                                             .draftFiles = attachmentsFrom(row.value(14).toString()),
                                             .editFiles = attachmentsFrom(row.value(15).toString())});
    }
    return conversations;
}

bool isConversationKnown(Database &database, const ConversationId &id)
{
    QSqlQuery *query = database.run("SELECT 1 FROM conversations WHERE id = ?", {id.value()});
    const bool isKnown = database.next(query);
    if (query)
        query->finish();
    return isKnown;
}

bool hasHidden(Database &database)
{
    return database
        .value(QStringLiteral("SELECT EXISTS (SELECT 1 FROM conversations WHERE removed = 1 "
                              "OR agent IN (SELECT id FROM agents WHERE removed = 1))"))
        .toBool();
}

void purgeHidden(Database &database)
{
    if (hasHidden(database)) {
        unindexHidden(database);
        forgetDeletedWords(database);
        database.run("DELETE FROM conversations WHERE removed = 1 "
                     "OR agent IN (SELECT id FROM agents WHERE removed = 1)");
    }
    database.run("DELETE FROM drafts WHERE conversation NOT IN (SELECT id FROM conversations)");
}

} // namespace Parlance
