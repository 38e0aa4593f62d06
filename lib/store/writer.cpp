// SPDX-License-Identifier: Apache-2.0
#include "store/writer.h"

#include "core/log.h"
#include "store/agentrows.h"
#include "store/comparisonrows.h"
#include "store/conversationrows.h"
#include "store/database.h"
#include "store/framerows.h"
#include "store/identityrows.h"
#include "store/runrows.h"
#include "store/sessionrows.h"

namespace Parlance {
namespace {

struct Apply
{
    Database &database;
    WrittenMessages &written;
    qint64 &frameBytesWritten;

    void operator()(const AgentWrite &write) const { writeAgent(database, write.agent); }
    void operator()(const AgentRemoval &write) const { hideAgent(database, write.id); }
    void operator()(const AgentForgetting &write) const { forgetHiddenAgent(database, write.id); }
    void operator()(const IdentityWrite &write) const { writeIdentity(database, write.identity); }
    void operator()(const IdentityRemoval &write) const { deleteIdentity(database, write.id); }
    void operator()(const SessionWrite &write) const { writeSession(database, write.session); }
    void operator()(const ComparisonWrite &write) const { writeComparison(database, write.comparison); }
    void operator()(const ComparisonRemoval &write) const { deleteComparison(database, write.id); }
    void operator()(const SessionRemoval &write) const { deleteSession(database, write.id); }
    void operator()(const ConversationWrite &write) const { writeConversation(database, write.conversation); }
    void operator()(const ConversationHiding &write) const
    {
        setConversationHidden(database, write.id, write.isHidden);
    }
    void operator()(const DraftWrite &write) const { writeDraft(database, write.id, write.draft); }
    void operator()(const MessageWrite &write) const
    {
        writeMessage(database, write.conversation, write.position, write.message, written);
    }
    void operator()(const MessageChoice &write) const { setChosen(database, write.id, write.isChosen); }
    void operator()(const MessageRemoval &write) const
    {
        deleteMessage(database, write.id);
        written.remove(write.id);
    }
    void operator()(const FramesWrite &write) const
    {
        writeFrames(database, write.message, write.frames);
        frameBytesWritten += frameBytes(write.frames);
    }
    void operator()(const RunWrite &write) const { writeRun(database, write.run); }
    void operator()(const RunRemoval &write) const { deleteRun(database, write.id); }
    void operator()(const CellWrite &write) const { writeCell(database, write.cell, write.frames); }
    void operator()(const CellVerdictWrite &write) const
    {
        writeCellVerdict(database, write.run, write.place, write.verdict, write.note);
    }
};

} // namespace

Writer::Writer(Database *database, qint64 maximumFrameBytes)
    : m_database(database)
    , m_maximumFrameBytes(maximumFrameBytes)
    , m_frameBytes(storedFrameBytes(*database))
{
}

void Writer::purge()
{
    if (!hasHidden(*m_database))
        return;
    if (m_database->begin())
        purgeHidden(*m_database);
    if (const Result<void> result = m_database->commit(); !result)
        qCWarning(logStore) << "removed conversations are still there:" << result.error().serverMessage;
}

Result<void> Writer::write(const PendingWrites &pending)
{
    if (!m_database->begin())
        return failure(m_database->takeError());
    qint64 frameBytesWritten = 0;
    for (const Write &write : pending.writes())
        std::visit(
            Apply{.database = *m_database, .written = m_written, .frameBytesWritten = frameBytesWritten},
            write);
    qint64 frameBytesAfter = m_frameBytes + frameBytesWritten;
    if (frameBytesAfter > m_maximumFrameBytes)
        frameBytesAfter = dropOldestFrames(*m_database, m_maximumFrameBytes);
    Result<void> result = m_database->commit();
    if (result)
        m_frameBytes = frameBytesAfter;
    else
        m_written.clear(); // what it describes was rolled back
    return result;
}

} // namespace Parlance
