// SPDX-License-Identifier: Apache-2.0
#include "headless/stopprogram.h"

#include "chat/errorcatalogue.h"
#include "chat/sessionbook.h"
#include "core/platform.h"
#include "core/whendone.h"
#include "headless/terminal.h"
#include "headless/usage.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QByteArray line(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

QJsonObject jsonOf(const RuntimeSession &session, const QString &agent)
{
    return {{u"session"_s, session.id.value()},
            {u"agent"_s, agent},
            {u"arn"_s, session.arn},
            {u"qualifier"_s, session.qualifier},
            {u"began"_s, session.began.toString(Qt::ISODate)},
            {u"lastUsed"_s, session.lastUsed.toString(Qt::ISODate)}};
}

QString nameOf(const Workspace &workspace, const AgentId &id)
{
    const Agent *agent = workspace.agents()->find(id);
    return agent ? agent->name : QString();
}

//! Returns the exit status.
int tell(const RuntimeSessionId &session, const Agent &agent, const Result<SessionEnd> &end, bool isJson)
{
    const bool wasGone = end && *end == SessionEnd::WasGone;
    if (isJson) {
        QJsonObject object{
            {u"session"_s, session.value()}, {u"ended"_s, end.has_value()}, {u"wasGone"_s, wasGone}};
        if (!end)
            object.insert(u"error"_s, errorKindName(end.error().kind));
        Terminal::print(line(object));
    } else if (end) {
        Terminal::printLine(wasGone ? StopProgram::tr("The service knows no session %1.").arg(session.value())
                                    : StopProgram::tr("Session %1 ended.").arg(session.value()));
    }
    if (end)
        return 0;
    const ErrorWords words = errorWords(end.error(), &agent);
    Terminal::noteLine(words.title.isEmpty() ? end.error().message : words.title);
    if (!words.advice.isEmpty())
        Terminal::noteLine(words.advice);
    return 1;
}

//! Ends one after the other, and goes on where one cannot be ended.
class StopAll : public QObject
{
public:
    StopAll(Workspace *workspace, bool isJson, AgentsRunners::End end)
        : QObject(workspace)
        , m_workspace(workspace)
        , m_sessions(workspace->sessions()->open())
        , m_isJson(isJson)
        , m_end(std::move(end))
    {
        if (m_sessions.empty() && !isJson)
            Terminal::noteLine(StopProgram::tr("No session was left open."));
    }

    void next()
    {
        if (m_sessions.empty()) {
            m_end(m_code);
            return;
        }
        const RuntimeSession session = m_sessions.front();
        m_sessions.erase(m_sessions.begin());
        whenDone(
            m_workspace->endSession(session), this,
            [this, session](const Result<SessionEnd> &end) {
                const Agent *agent = m_workspace->agents()->find(session.agent);
                m_code = std::max(m_code, tell(session.id, agent ? *agent : Agent(), end, m_isJson));
                next();
            },
            [this] { m_end(1); });
    }

private:
    Workspace *m_workspace;
    std::vector<RuntimeSession> m_sessions;
    bool m_isJson;
    AgentsRunners::End m_end;
    int m_code = 0;
};

} // namespace

QString StopProgram::usage()
{
    return tr("Usage: parlance-cli stop --session ID [--agent NAME | --arn ARN] [--qualifier Q]\n"
              "                         [--auth none|bearer|iam] [--profile P] [--identity NAME]\n"
              "                         [--endpoint URL] [--token-stdin] [--json]\n"
              "       parlance-cli stop --all-open [--json]\n"
              "\n"
              "Ends a runtime session: its machine is taken away, with all that the agent keeps there. "
              "--all-open\n"
              "ends every session that the window left open; it must be closed. See parlance-cli sessions "
              "list.\n"
              "The other options are those of parlance-cli ask.\n");
}

Result<AskOptions> StopProgram::parse(const QStringList &arguments)
{
    if (arguments.contains(u"--help"_s))
        return AskOptions{.isHelp = true};
    Result<AskOptions> options = parseAskOptions(arguments + QStringList{u"--"_s, u"-"_s});
    if (!options)
        return options;
    if (options->session.isEmpty())
        return failure(ErrorKind::InvalidTarget, tr("Give the --session to end."));
    if (options->target == AskTarget::BuiltIn)
        return failure(ErrorKind::InvalidTarget, tr("Give --agent or --arn."));
    return options;
}

StopProgram::StopProgram(AskOptions options, CommandParts parts)
    : m_options(std::move(options))
    , m_parts(std::move(parts))
    , m_asked(m_options, m_parts)
{
}

void StopProgram::start()
{
    onTerminationRequest(this, [] { QCoreApplication::exit(1); });
    QMetaObject::invokeMethod(this, &StopProgram::begin, Qt::QueuedConnection);
}

void StopProgram::begin()
{
    const Result<Agent> agent = m_asked.find();
    if (!agent) {
        QCoreApplication::exit(complain(agent.error().message));
        return;
    }
    if (!std::holds_alternative<RuntimeTarget>(agent->target)) {
        QCoreApplication::exit(complain(tr("Only a deployed runtime has sessions to end.")));
        return;
    }
    m_ender = m_parts.workspace->sessionEnder(m_asked.secretsFor(*agent));
    const RuntimeSessionId session(m_options.session);
    whenDone(
        m_ender->end({.agent = *agent, .qualifier = agent->qualifier, .session = session}), this,
        [this, session, agent = *agent](const Result<SessionEnd> &end) {
            QCoreApplication::exit(tell(session, agent, end, m_options.isJson));
        },
        [] { QCoreApplication::exit(1); });
}

int runStopAll(bool isJson, const AgentsRunners &runners)
{
    return runners.writing([isJson](const CommandParts &parts, const AgentsRunners::End &end) {
        (new StopAll(parts.workspace, isJson, end))->next();
    });
}

QString sessionsText(const Workspace &workspace, bool isJson)
{
    QString text;
    for (const RuntimeSession &session : workspace.sessions()->open()) {
        const QString agent = nameOf(workspace, session.agent);
        if (isJson)
            text += QString::fromUtf8(line(jsonOf(session, agent)));
        else
            text += QStringList{session.id.value(), agent,
                                session.qualifier.isEmpty() ? u"DEFAULT"_s : session.qualifier,
                                session.lastUsed.toString(Qt::ISODate)}
                        .join(u"  "_s)
                + u'\n';
    }
    return text;
}

} // namespace Parlance
