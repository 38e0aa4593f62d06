// SPDX-License-Identifier: Apache-2.0
#include "chat/cloudwatch.h"

#include "chat/chat.h"
#include "transport/agenturl.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// Clocks differ, sessions begin before their first answer, and what is printed comes late.
constexpr qint64 marginSeconds = 900;

QString consoleDomain(const QString &partition)
{
    if (partition == "aws"_L1)
        return u"console.aws.amazon.com"_s;
    if (partition == "aws-us-gov"_L1)
        return u"console.amazonaws-us-gov.com"_s;
    return partition == "aws-cn"_L1 ? u"console.amazonaws.cn"_s : QString();
}

QByteArray page(const ParsedArn &arn)
{
    const QByteArray region = arn.region.toUtf8();
    return "https://" + region + '.' + consoleDomain(arn.partition).toUtf8()
        + "/cloudwatch/home?region=" + region + '#';
}

// A word within a query's address: percent signs become stars, so that nothing decodes them on the way.
QByteArray starred(const QString &words)
{
    return '\'' + words.toUtf8().toPercentEncoding({}, "~", '*');
}

QUrl query(const ParsedArn &arn, const SessionTrail &trail, const QString &group, const QString &filter)
{
    const auto time = [](const QDateTime &moment) {
        return starred(moment.toUTC().toString(Qt::ISODateWithMs));
    };
    return QUrl::fromEncoded(
        page(arn) + "logsV2:logs-insights$3FqueryDetail$3D~(end~" + time(trail.to.addSecs(marginSeconds))
        + "~start~" + time(trail.from.addSecs(-marginSeconds)) + "~timeType~'ABSOLUTE~tz~'UTC~editorString~"
        + starred(u"fields @timestamp, @message\n| filter "_s + filter
                  + u"\n| sort @timestamp asc\n| limit 1000"_s)
        + "~source~(~" + starred(group) + "))");
}

// "1-<8 digits>-<24 digits>", from either header; empty: it holds none.
QString traceId(const QString &header)
{
    static const QRegularExpression own(u"\\b1-[0-9a-fA-F]{8}-[0-9a-fA-F]{24}\\b"_s);
    static const QRegularExpression parent(u"\\b([0-9a-f]{8})([0-9a-f]{24})\\b"_s);
    if (const auto found = own.match(header); found.hasMatch())
        return found.captured();
    const auto found = parent.match(header);
    return found.hasMatch() ? u"1-"_s + found.captured(1) + u'-' + found.captured(2) : QString();
}

} // namespace

CloudWatchLinks cloudWatchLinks(const SessionTrail &trail)
{
    const auto *runtime = std::get_if<RuntimeTarget>(&trail.target);
    const Result<ParsedArn> arn = runtime ? parseArn(runtime->arn) : failure(ErrorKind::InvalidTarget, {});
    if (!arn || consoleDomain(arn->partition).isEmpty())
        return {};
    const QString endpoint = !trail.qualifier.isEmpty() ? trail.qualifier
        : !arn->endpoint.isEmpty()                      ? arn->endpoint
                                                        : u"DEFAULT"_s;
    CloudWatchLinks links;
    // A quote would end the word in the query.
    if (!trail.session.isEmpty() && !trail.session.contains(u'\'') && trail.from.isValid()
        && trail.to.isValid()) {
        const QString group = u"/aws/bedrock-agentcore/runtimes/"_s + arn->runtimeId + u'-' + endpoint;
        links.logs = query(*arn, trail, group, u"@message like '"_s + trail.session + u'\'');
        links.spans =
            query(*arn, trail, u"aws/spans"_s, u"attributes.session.id = '"_s + trail.session + u'\'');
    }
    if (const QString id = traceId(trail.trace); !id.isEmpty())
        links.trace = QUrl::fromEncoded(page(*arn) + "xray:traces/" + id.toUtf8());
    const QByteArray id = arn->runtimeId.toUtf8();
    const QByteArray name = arn->runtimeId.section(u'-', 0, -2).toUtf8();
    const QByteArray end = endpoint.toUtf8();
    links.agent = QUrl::fromEncoded(
        page(*arn) + "/gen-ai-observability/agent-core/agent-alias/" + id + "/endpoint/" + end + "/agent/"
        + name + "?start=-43200000&resourceId="
        + QUrl::toPercentEncoding(arn->runtimeArn() + u"/runtime-endpoint/"_s + endpoint + u':' + endpoint)
        + "&serviceName=" + name + '.' + end + "&tabId=traces");
    return links;
}

bool hasLogs(const Agent *agent)
{
    return agent && !cloudWatchLinks({.target = agent->target}).agent.isEmpty();
}

SessionTrail trailOf(const Chat &chat, const Message *answer)
{
    const Conversation &conversation = chat.conversation();
    SessionTrail trail{.target = chat.agent().target,
                       .qualifier = answer ? answer->qualifier : conversation.qualifier,
                       .session = conversation.session.value(),
                       .from = conversation.created,
                       .to = conversation.lastActive};
    if (!answer)
        return trail;
    if (!answer->session.isEmpty())
        trail.session = answer->session.value();
    trail.trace = answer->responseIds->traceId;
    for (int i = 0; i < chat.messages()->count(); ++i) {
        const Message &message = chat.messages()->at(i);
        if (message.session == answer->session && message.created.isValid()) {
            trail.from = message.created;
            break;
        }
    }
    if (!trail.to.isValid() || trail.to < answer->created)
        trail.to = answer->created;
    return trail;
}

} // namespace Parlance
