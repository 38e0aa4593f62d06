// SPDX-License-Identifier: Apache-2.0
#include "qa/suitereader.h"

#include "qa/datasetreader.h"
#include "qa/promptfooreader.h"
#include "qa/yamldata.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::SuiteReader)
};

constexpr qint64 largestFile = qint64(64) * 1024 * 1024;

Result<QByteArray> readFile(const QString &path, const QString &name)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Internal, Words::tr("There is no file “%1” that can be read.").arg(name));
    if (file.size() > largestFile)
        return failure(ErrorKind::Internal, Words::tr("“%1” is too large for a suite.").arg(name));
    return file.readAll();
}

void readDocument(const SuiteFiles &files, const DataNode &root, FindingList findings, Suite *suite)
{
    const DataNode *scenarios = root.member(u"scenarios");
    const bool isDataset = scenarios != nullptr && scenarios->isList() && !scenarios->items.empty()
        && DatasetReader::canRead(scenarios->items.front());
    if (isDataset || DatasetReader::canRead(root)) {
        DatasetReader reader(findings, suite);
        for (const DataNode &scenario : isDataset ? scenarios->items : std::vector<DataNode>{root})
            reader.readScenario(scenario);
    } else if (PromptfooReader::canRead(root)) {
        PromptfooReader(files, findings, suite).read(root);
    } else {
        findings.fault(0, Words::tr("This is neither a promptfoo configuration nor a dataset of AgentCore."));
    }
}

} // namespace

bool SuiteReading::isSound() const
{
    return !suite.cases.empty() && std::ranges::none_of(findings, [](const SuiteFinding &finding) {
        return finding.kind == FindingKind::Fault;
    });
}

SuiteFiles filesOnDisk(const QString &folder)
{
    return {
        .read = [folder](const QString &path) { return readFile(QDir(folder).absoluteFilePath(path), path); },
        .find =
            [folder](const QString &pattern) {
                const QFileInfo parts(pattern);
                const QDir where(QDir(folder).absoluteFilePath(parts.path()));
                QStringList paths;
                for (const QString &name : where.entryList({parts.fileName()}, QDir::Files, QDir::Name))
                    paths.append(parts.path() == "."_L1 ? name : QString(parts.path() + u'/' + name));
                return paths;
            }};
}

SuiteReading readSuite(const SuiteFiles &files, const QString &path)
{
    SuiteReading reading;
    FindingList findings(path, &reading.findings);
    const Result<QByteArray> bytes = files.read(path);
    if (!bytes) {
        findings.fault(0, bytes.error().message);
        return reading;
    }
    if (path.endsWith(".jsonl"_L1)) {
        DatasetReader(findings, &reading.suite).readLines(*bytes);
    } else {
        const Result<DataNode> root =
            path.endsWith(".json"_L1) ? readData(QByteArrayView(*bytes)) : readYaml(*bytes);
        if (root)
            readDocument(files, *root, findings, &reading.suite);
        else
            findings.fault(0, root.error().message);
    }
    if (reading.suite.cases.empty() && reading.findings.empty())
        findings.fault(0, Words::tr("There is no case in it."));
    return reading;
}

SuiteReading readSuite(const QString &path)
{
    const QFileInfo info(path);
    return readSuite(filesOnDisk(info.absolutePath()), info.fileName());
}

} // namespace Parlance
