// SPDX-License-Identifier: Apache-2.0
#include "qa/reportdata.h"

#include <QXmlStreamWriter>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

//! XML 1.0 has no place for most control characters, half letters and two more, in no spelling.
QString xml(const QString &text)
{
    QString clean = text;
    for (qsizetype index = 0; index < clean.size(); ++index) {
        const QChar letter = clean[index];
        if (letter.isHighSurrogate() && index + 1 < clean.size() && clean[index + 1].isLowSurrogate()) {
            ++index;
            continue;
        }
        const bool isControl = letter < u' ' && letter != u'\n' && letter != u'\t' && letter != u'\r';
        if (isControl || letter.isSurrogate() || letter >= QChar(0xfffe))
            clean[index] = QChar::ReplacementCharacter;
    }
    return clean;
}

QString seconds(double ms)
{
    return QString::number(ms / 1000, 'f', 3);
}

struct SuiteCounts
{
    int tests = 0;
    int failures = 0;
    int errors = 0;
    int skipped = 0;
    double ms = 0;

    void add(const ReportCell &cell)
    {
        ++tests;
        failures += cell.fate == CellFate::Failed ? 1 : 0;
        errors += cell.fate == CellFate::NoAnswer ? 1 : 0;
        skipped += !cell.isFailed() && cell.fate != CellFate::Passed ? 1 : 0;
        ms += cell.cell.record.totalMs.value_or(0);
    }
    void write(QXmlStreamWriter &to) const
    {
        to.writeAttribute(u"tests"_s, QString::number(tests));
        to.writeAttribute(u"failures"_s, QString::number(failures));
        to.writeAttribute(u"errors"_s, QString::number(errors));
        to.writeAttribute(u"skipped"_s, QString::number(skipped));
        to.writeAttribute(u"time"_s, seconds(ms));
    }
};

QString detailsOf(const ReportCell &cell)
{
    QStringList lines;
    for (const CheckResult &result : cell.cell.judgement.results) {
        if (result.outcome == Outcome::Failed)
            lines.append(result.name + u": "_s + result.reason);
    }
    for (const CellTurn &turn : cell.cell.turns) {
        lines.append(u"> "_s + turn.prompt);
        lines.append(turn.seen.text);
        if (turn.seen.isFailed)
            lines.append(turn.seen.error);
    }
    for (const auto &[name, values] : {std::pair(u"session"_s, QStringList{cell.cell.session.value()}),
                                       {u"requests"_s, cell.requests},
                                       {u"traces"_s, cell.traces}}) {
        if (!values.join(QString()).isEmpty())
            lines.append(name + u": "_s + values.join(u' '));
    }
    return lines.join(u'\n');
}

void writeFault(QXmlStreamWriter &to, const QString &element, const QString &type, const ReportCell &cell)
{
    to.writeStartElement(element);
    to.writeAttribute(u"message"_s, xml(cell.reason));
    to.writeAttribute(u"type"_s, type);
    to.writeCharacters(xml(detailsOf(cell)));
    to.writeEndElement();
}

void writeCell(QXmlStreamWriter &to, const Run &run, const ReportCell &cell)
{
    to.writeStartElement(u"testcase"_s);
    to.writeAttribute(u"name"_s, xml(cell.title(run)));
    to.writeAttribute(u"classname"_s, xml(run.title + u'.' + cell.target));
    to.writeAttribute(u"time"_s, seconds(cell.cell.record.totalMs.value_or(0)));
    switch (cell.fate) {
    case CellFate::Passed:
        break;
    case CellFate::Failed:
        writeFault(to, u"failure"_s, u"check"_s, cell);
        break;
    case CellFate::NoAnswer:
        writeFault(to, u"error"_s, u"answer"_s, cell);
        break;
    case CellFate::Open:
    case CellFate::Skipped:
    case CellFate::NotRun:
        to.writeStartElement(u"skipped"_s);
        to.writeAttribute(u"message"_s, fateWord(cell.fate));
        to.writeEndElement();
        break;
    }
    to.writeEndElement();
}

void writeProperties(QXmlStreamWriter &to, const ReportData &data, const ReportTarget &target)
{
    to.writeStartElement(u"properties"_s);
    const auto property = [&to](const QString &name, const QString &value) {
        if (value.isEmpty())
            return;
        to.writeStartElement(u"property"_s);
        to.writeAttribute(u"name"_s, name);
        to.writeAttribute(u"value"_s, xml(value));
        to.writeEndElement();
    };
    property(u"agent"_s, data.run.agent.name);
    property(u"address"_s, data.run.agent.address);
    property(u"qualifier"_s, target.target.qualifier);
    property(u"versions"_s, versionWords(target.target));
    property(u"suite"_s, data.run.suiteFile);
    property(u"suiteSha256"_s, data.run.suiteHash);
    property(u"program"_s, data.run.environment.program);
    property(u"passedOver"_s, data.run.passedOver.join(u'\n'));
    to.writeEndElement();
}

} // namespace

QByteArray junitReport(const RunReport &report)
{
    const ReportData data = reportData(report);
    SuiteCounts all;
    std::vector<SuiteCounts> counts(data.targets.size());
    for (const ReportCell &cell : data.cells) {
        all.add(cell);
        counts[std::size_t(cell.cell.record.place.target)].add(cell);
    }
    QByteArray bytes;
    QXmlStreamWriter to(&bytes);
    to.setAutoFormatting(true);
    to.writeStartDocument();
    to.writeStartElement(u"testsuites"_s);
    to.writeAttribute(u"name"_s, xml(data.run.title));
    all.write(to);
    for (std::size_t index = 0; index < data.targets.size(); ++index) {
        const ReportTarget &target = data.targets[index];
        to.writeStartElement(u"testsuite"_s);
        to.writeAttribute(u"name"_s, xml(target.target.label));
        counts[index].write(to);
        if (data.run.started.isValid())
            to.writeAttribute(u"timestamp"_s, data.run.started.toUTC().toString(u"yyyy-MM-ddTHH:mm:ss"_s));
        writeProperties(to, data, target);
        for (const ReportCell &cell : data.cells) {
            if (cell.cell.record.place.target == int(index))
                writeCell(to, data.run, cell);
        }
        to.writeEndElement();
    }
    to.writeEndElement();
    to.writeEndDocument();
    return bytes;
}

} // namespace Parlance
