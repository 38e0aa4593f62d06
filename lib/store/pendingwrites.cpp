// SPDX-License-Identifier: Apache-2.0
#include "store/pendingwrites.h"

#include <iterator>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// A write and a removal of one thing share a key, so that neither jumps over the other.
struct Key
{
    QString operator()(const AgentWrite &write) const { return u"a" % write.agent.id.value(); }
    QString operator()(const AgentRemoval &write) const { return u"a" % write.id.value(); }
    QString operator()(const AgentForgetting &write) const { return u"a" % write.id.value(); }
    QString operator()(const IdentityWrite &write) const { return u"i" % write.identity.id.value(); }
    QString operator()(const IdentityRemoval &write) const { return u"i" % write.id.value(); }
    QString operator()(const SessionWrite &write) const { return u"s" % write.session.id.value(); }
    QString operator()(const SessionRemoval &write) const { return u"s" % write.id.value(); }
    QString operator()(const ComparisonWrite &write) const { return u"b" % write.comparison.id.value(); }
    QString operator()(const ComparisonRemoval &write) const { return u"b" % write.id.value(); }
    QString operator()(const ConversationWrite &write) const { return u"c" % write.conversation.id.value(); }
    QString operator()(const ConversationHiding &write) const { return u"h" % write.id.value(); }
    QString operator()(const DraftWrite &write) const { return u"c" % write.id.value(); }
    QString operator()(const MessageWrite &write) const { return u"m" % write.message.id.value(); }
    QString operator()(const MessageChoice &write) const { return u"m" % write.id.value(); }
    QString operator()(const MessageRemoval &write) const { return u"m" % write.id.value(); }
    QString operator()(const FramesWrite &write) const { return u"f" % write.message.value(); }
    QString operator()(const RunWrite &write) const { return u"r" % write.run.id.value(); }
    QString operator()(const RunRemoval &write) const { return u"r" % write.id.value(); }
    QString operator()(const CellWrite &write) const { return cell(write.cell.run, write.cell.place); }
    QString operator()(const CellVerdictWrite &write) const { return cell(write.run, write.place); }

private:
    static QString cell(const RunId &run, qint64 place)
    {
        return u"q" % run.value() % u' ' % QString::number(place);
    }
};

} // namespace

void PendingWrites::add(Write write)
{
    const QString key = std::visit(Key(), write);
    const auto place = m_places.constFind(key);
    if (place != m_places.cend() && m_writes[*place].index() == write.index()) {
        Write &earlier = m_writes[*place];
        if (auto *frames = std::get_if<FramesWrite>(&earlier)) {
            auto &more = std::get<FramesWrite>(write).frames;
            std::move(more.begin(), more.end(), std::back_inserter(frames->frames));
        } else {
            earlier = std::move(write);
        }
        return;
    }
    if (std::holds_alternative<MessageRemoval>(write))
        m_places.remove(u"f" % std::get<MessageRemoval>(write).id.value());
    m_places.insert(key, m_writes.size());
    m_writes.push_back(std::move(write));
}

void PendingWrites::append(PendingWrites later)
{
    for (Write &write : later.m_writes)
        add(std::move(write));
}

void PendingWrites::clear()
{
    m_writes.clear();
    m_places.clear();
}

} // namespace Parlance
