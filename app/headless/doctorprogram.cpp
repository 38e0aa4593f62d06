// SPDX-License-Identifier: Apache-2.0
#include "headless/doctorprogram.h"

#include "chat/errorcatalogue.h"
#include "chat/productionrequests.h"
#include "core/platform.h"
#include "headless/terminal.h"
#include "headless/usage.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

bool isSettled(CheckRow::State state)
{
    return state != CheckRow::State::Waiting && state != CheckRow::State::Running;
}

QString mark(CheckRow::State state)
{
    return state == CheckRow::State::Done ? u"ok  "_s
        : state == CheckRow::State::None  ? u"-   "_s
                                          : u"FAIL"_s;
}

double milliseconds(std::chrono::microseconds time)
{
    return double(time.count()) / 1000;
}

QByteArray line(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace

QString DoctorProgram::usage()
{
    return tr("Usage: parlance-cli doctor [NAME | --url URL | --arn ARN] [--qualifier Q]\n"
              "                           [--auth none|bearer|iam] [--profile P] [--identity NAME]\n"
              "                           [--payload TEMPLATE] [--prompt TEXT] [--token-stdin] [--json]\n"
              "       parlance-cli doctor --host HOST[:PORT] [--json]\n"
              "\n"
              "Asks an agent once, as a conversation would, and prints each step with its time: the host, "
              "how\n"
              "the agent wants to be signed in to, the signature or token, the connection, the first byte "
              "and\n"
              "the first text. Stops at the step at fault and tells what to do. The agent really is asked, "
              "once:\n"
              "“Hello”, or what --prompt says; an MCP server is asked for its tools. Without a target it is "
              "the\n"
              "built-in agent. The other options are those of parlance-cli ask.\n"
              "\n"
              "With --host nothing is sent: it tells the addresses of a host and which of them answer, the "
              "proxy,\n"
              "the encryption and the chain of certificates, and what is wrong with them.\n");
}

Result<AskOptions> DoctorProgram::parse(const QStringList &arguments)
{
    const Result<Arguments> given =
        parseArguments(arguments,
                       {u"url"_s, u"arn"_s, u"endpoint"_s, u"qualifier"_s, u"auth"_s, u"profile"_s,
                        u"identity"_s, u"payload"_s, u"protocol"_s, u"prompt"_s},
                       {u"token-stdin"_s, u"json"_s});
    if (!given)
        return failure(given.error());
    if (given->has(u"help"_s))
        return AskOptions{.isHelp = true};
    if (given->words.size() > 1)
        return failure(ErrorKind::InvalidTarget, tr("Give one NAME."));
    const QString prompt = given->values.value(u"prompt"_s);
    return parseAskOptions(*given, given->words.value(0), {u"prompt"_s},
                           prompt.isEmpty() ? tr("Hello") : prompt);
}

DoctorProgram::DoctorProgram(AskOptions options, CommandParts parts)
    : m_options(std::move(options))
    , m_parts(std::move(parts))
    , m_asked(m_options, m_parts)
{
}

void DoctorProgram::start()
{
    onTerminationRequest(this, [this] {
        if (m_check)
            m_check->stop();
        else
            QCoreApplication::exit(1);
    });
    QMetaObject::invokeMethod(this, &DoctorProgram::begin, Qt::QueuedConnection);
}

void DoctorProgram::begin()
{
    const Result<Agent> agent = m_asked.find();
    const Result<QUrl> builtIn = agent ? m_asked.builtIn(*agent) : QUrl();
    if (!agent || !builtIn) {
        QCoreApplication::exit(complain(agent ? builtIn.error().message : agent.error().message));
        return;
    }
    IdentityBook *identities = m_parts.workspace->identities();
    m_check = std::make_unique<ConnectionCheck>(ConnectionCheck::Collaborators{
        .network = m_parts.network,
        .makeRequest = productionRequests(m_parts.network, m_asked.secretsFor(*agent), identities, *builtIn),
        .probe = m_parts.workspace->authProbe(),
        .identities = identities,
        .learnFromRefusal = productionLearning(identities),
        .builtInAgent = *builtIn});
    connect(m_check.get(), &ConnectionCheck::rowChanged, this, [this](int index) {
        const CheckRow &row = m_check->rows().at(size_t(index));
        if (isSettled(row.state))
            printRow(row);
    });
    connect(m_check.get(), &ConnectionCheck::finished, this, &DoctorProgram::onFinished);
    m_check->start(*agent, m_options.prompt);
}

void DoctorProgram::printRow(const CheckRow &row)
{
    if (m_options.isJson) {
        QJsonObject object{{u"step"_s, checkStepName(row.step)},
                           {u"state"_s, checkStateName(row.state)},
                           {u"text"_s, row.text}};
        if (row.took)
            object.insert(u"ms"_s, milliseconds(*row.took));
        Terminal::print(line(object));
        return;
    }
    const QString took = row.took ? tr("%1 ms").arg(milliseconds(*row.took), 0, 'f', 1) : QString();
    Terminal::printLine(QString(mark(row.state) % u' ' % took.rightJustified(12) % u"  "_s % row.text));
}

void DoctorProgram::onFinished()
{
    if (const std::optional<Error> &fault = m_check->fault(); fault) {
        const ErrorWords words = errorWords(*fault, &m_check->agent());
        if (m_options.isJson)
            Terminal::print(line({{u"fault"_s, errorKindName(fault->kind)},
                                  {u"title"_s, words.title},
                                  {u"advice"_s, words.advice}}));
        Terminal::noteLine(words.title);
        Terminal::noteLine(words.advice);
        if (m_check->mayFareBetter())
            Terminal::noteLine(tr("Parlance has learned from this refusal, so try once more."));
    }
    QCoreApplication::exit(m_check->isGood() ? 0 : 1);
}

} // namespace Parlance
