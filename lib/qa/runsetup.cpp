// SPDX-License-Identifier: Apache-2.0
#include "qa/runsetup.h"

#include "chat/agentbook.h"
#include "chat/agentplace.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFileInfo>
#include <QHash>
#include <QSysInfo>

#include <memory>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::RunSetUp)
};

//! Null: the question went out, or may have.
const Error *errorBeforeAsking(const Message &answer)
{
    for (const MessagePart &part : answer.parts) {
        const auto *failed = std::get_if<ErrorPart>(&part.content);
        if (!failed)
            continue;
        switch (failed->error->kind) {
        case ErrorKind::ConnectionRefused:
        case ErrorKind::HostNotFound:
        case ErrorKind::TlsFailed:
        case ErrorKind::ProxyFailed:
        case ErrorKind::InvalidTarget:
        case ErrorKind::InvalidTemplate:
        case ErrorKind::InvalidHeader:
        case ErrorKind::InsecureHttp:
        case ErrorKind::NetworkUnusable:
        case ErrorKind::SecretMissing:
        case ErrorKind::KeychainUnavailable:
        case ErrorKind::KeychainLocked:
        case ErrorKind::KeychainRefused:
            return &*failed->error;
        default:
            return nullptr;
        }
    }
    return nullptr;
}

//! What a case is known by in another run: the id in its file, else what is asked. Of those that ask the
//! same, which one it is, in their order.
QString keyOf(const SuiteCase &one, QHash<QString, int> &seen)
{
    QString key = u"id "_s + one.id;
    if (!one.isNamed) {
        QCryptographicHash hash(QCryptographicHash::Sha256);
        for (const SuiteTurn &turn : one.turns) {
            const QByteArray prompt = turn.prompt.toUtf8();
            hash.addData(QByteArray(QByteArray::number(prompt.size()) + ' '));
            hash.addData(prompt);
        }
        constexpr qsizetype enough = 24;
        key = u"asks "_s + QString::fromLatin1(hash.result().toHex().first(enough));
    }
    const int before = seen[key]++;
    return before > 0 ? QString(key % u' ' % QString::number(before + 1)) : key;
}

QString beginningOf(const QString &prompt)
{
    constexpr qsizetype longest = 200;
    const QString line = prompt.simplified();
    return line.size() > longest ? QString(line.first(longest - 1) % u'…') : line;
}

} // namespace

HashedSuite readHashedSuite(const QString &path)
{
    const QFileInfo info(path);
    SuiteFiles files = filesOnDisk(info.absolutePath());
    const auto hash = std::make_shared<QCryptographicHash>(QCryptographicHash::Sha256);
    files.read = [hash, read = files.read](const QString &name) {
        Result<QByteArray> bytes = read(name);
        // Names and lengths too, so that no two sets of files run into one.
        const QByteArray head = name.toUtf8() + ' ' + QByteArray::number(bytes ? bytes->size() : -1) + '\n';
        hash->addData(head);
        if (bytes)
            hash->addData(*bytes);
        return bytes;
    };
    HashedSuite suite{.reading = readSuite(files, info.fileName())};
    suite.hash = QString::fromLatin1(hash->result().toHex());
    return suite;
}

Run newRun(const HashedSuite &hashed, const QString &suiteFile, const Agent &agent,
           const QStringList &qualifiers)
{
    const Suite &suite = hashed.reading.suite;
    const QFileInfo info(suiteFile);
    Run run{.id = RunId::create(),
            .title = suite.description.isEmpty() ? info.fileName() : suite.description,
            .suiteFile = info.absoluteFilePath(),
            .suiteHash = hashed.hash,
            .agent = {.id = agent.id,
                      .name = agent.name,
                      .address = agentAddress(agent.target),
                      .region =
                          std::holds_alternative<RuntimeTarget>(agent.target) ? agentPlace(agent) : QString(),
                      .isProduction = agent.isProduction},
            .environment = {.program = QString(u"Parlance "_s % QCoreApplication::applicationVersion()),
                            .system = QString(QSysInfo::prettyProductName() % u", "_s
                                              % QSysInfo::currentCpuArchitecture())}};
    run.settings.repeats = suite.repeats.value_or(1);
    run.settings.delayMs = suite.delayMs.value_or(0);
    // Who asks for pauses does not want several at once.
    run.settings.concurrency =
        suite.concurrency.value_or(run.settings.delayMs > 0 ? 1 : run.settings.concurrency);
    for (const QString &qualifier : qualifiers.isEmpty() ? QStringList{agent.qualifier} : qualifiers)
        run.targets.push_back(
            {.label = qualifier.isEmpty() ? u"DEFAULT"_s : qualifier, .qualifier = qualifier});
    for (const SuiteFinding &finding : hashed.reading.findings) {
        if (finding.kind == FindingKind::Unsupported)
            run.passedOver.append(
                finding.line > 0 ? u"%1:%2: %3"_s.arg(finding.file).arg(finding.line).arg(finding.message)
                                 : QString(finding.file % u": "_s % finding.message));
    }
    run.cases.reserve(suite.cases.size());
    QHash<QString, int> seen;
    for (const SuiteCase &one : suite.cases)
        run.cases.push_back({.id = one.id,
                             .key = keyOf(one, seen),
                             .description = one.description,
                             .asked = beginningOf(one.turns.empty() ? QString() : one.turns.front().prompt),
                             .file = one.file,
                             .line = one.line,
                             .turns = int(one.turns.size())});
    return run;
}

RepeatedQuestion repeatedQuestion(const QString &prompt, const Agent &agent, const QStringList &qualifiers,
                                  int times)
{
    constexpr qsizetype longestTitle = 80;
    QString title = prompt.simplified();
    if (title.size() > longestTitle)
        title = QString(title.first(longestTitle - 1) % u'…');
    HashedSuite hashed{.reading = {.suite = {.description = title}}};
    hashed.reading.suite.cases.push_back(
        {.id = u"1"_s, .description = title, .turns = {SuiteTurn{.prompt = prompt}}});
    hashed.reading.suite.repeats = times;
    hashed.hash =
        QString::fromLatin1(QCryptographicHash::hash(prompt.toUtf8(), QCryptographicHash::Sha256).toHex());
    RepeatedQuestion repeated{.suite = hashed.reading.suite, .run = newRun(hashed, {}, agent, qualifiers)};
    repeated.run.suiteFile.clear();
    return repeated;
}

Result<void> checkResumable(const Run &run, const HashedSuite &suite)
{
    if (run.suiteFile.isEmpty())
        return failure(ErrorKind::Validation,
                       Words::tr("This run is of one question and has no suite’s file to go on with."));
    if (suite.hash != run.suiteHash || suite.reading.suite.cases.size() != run.cases.size())
        return failure(
            ErrorKind::Validation,
            Words::tr("“%1” is not what it was when the run began, so the run cannot go on with it. "
                      "Begin a new one.")
                .arg(run.suiteFile));
    return {};
}

Result<void> checkSameAgent(const Run &run, const Agent &agent)
{
    const QString address = agentAddress(agent.target);
    if (agent.id == AgentBook::builtInId() || run.agent.address.isEmpty() || address == run.agent.address)
        return {};
    return failure(ErrorKind::Validation,
                   Words::tr("The run asked the agent at %1, and this one is at %2. What both answered "
                             "cannot be one run. Begin a new one.")
                       .arg(run.agent.address, address));
}

std::optional<Error> setUpFault(const std::vector<RunCell> &cells)
{
    std::optional<Error> fault;
    for (const RunCell &cell : cells) {
        const Error *error = cell.turns.empty() ? nullptr : errorBeforeAsking(cell.turns.front().answer);
        if (!error)
            return std::nullopt;
        fault = *error;
    }
    return fault;
}

int retryFailed(std::vector<CellRecord> &records)
{
    int count = 0;
    for (CellRecord &record : records) {
        if (record.state != CellState::Done || effectiveOutcome(record) != Outcome::Failed)
            continue;
        // What it answered stays on disk until there is another answer.
        record = {.place = record.place, .cutShort = record.cutShort, .retries = record.retries + 1};
        ++count;
    }
    return count;
}

} // namespace Parlance
