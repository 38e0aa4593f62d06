// SPDX-License-Identifier: Apache-2.0
#include "qa/reportdata.h"

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

//! As RFC 4180 wants it. What begins like a formula is made a text.
QString field(const QString &text)
{
    QString value = text;
    value.remove(QChar(u'\0'));
    static const QString formulas = u"=+-@\t\r\n＝＋－＠"_s;
    if (!value.isEmpty() && formulas.contains(value.front()))
        value.prepend(u'\'');
    if (value.contains(u'"') || value.contains(u',') || value.contains(u';') || value.contains(u'\n')
        || value.contains(u'\r'))
        value = u'"' + value.replace(u'"', u"\"\""_s) + u'"';
    return value;
}

QString joined(const std::vector<CellTurn> &turns, const std::function<QString(const CellTurn &)> &text)
{
    QStringList texts;
    for (const CellTurn &turn : turns)
        texts.append(text(turn));
    return texts.join(u"\n\n"_s);
}

QString iso(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

} // namespace

QByteArray csvReport(const RunReport &report)
{
    const ReportData data = reportData(report);
    QStringList lines{QStringList{u"case"_s,     u"description"_s, u"target"_s,   u"qualifier"_s,
                                  u"versions"_s, u"repeat"_s,      u"outcome"_s,  u"reason"_s,
                                  u"score"_s,    u"verdict"_s,     u"note"_s,     u"first_text_ms"_s,
                                  u"total_ms"_s, u"session"_s,     u"requests"_s, u"traces"_s,
                                  u"started"_s,  u"ended"_s,       u"prompts"_s,  u"answers"_s}
                          .join(u',')};
    for (const ReportCell &told : data.cells) {
        const RunCell &cell = told.cell;
        const RunTarget &target = data.run.targets[std::size_t(cell.record.place.target)];
        const bool isRun = told.fate != CellFate::NotRun;
        QStringList row{told.ofCase.id,
                        told.ofCase.description,
                        target.label,
                        target.qualifier,
                        versionWords(target),
                        QString::number(cell.record.place.repeat + 1),
                        fateName(told.fate),
                        told.reason,
                        isRun ? QString::number(cell.judgement.score) : QString(),
                        cell.record.verdict ? verdictName(*cell.record.verdict) : QString(),
                        cell.note,
                        milliseconds(cell.record.firstTextMs),
                        milliseconds(cell.record.totalMs),
                        cell.session.value(),
                        told.requests.join(u' '),
                        told.traces.join(u' '),
                        iso(cell.started),
                        iso(cell.ended),
                        joined(cell.turns, [](const CellTurn &turn) { return turn.prompt; }),
                        joined(cell.turns, [](const CellTurn &turn) { return turn.seen.text; })};
        for (QString &text : row)
            text = field(text);
        lines.append(row.join(u','));
    }
    return (lines.join(u"\r\n"_s) + u"\r\n"_s).toUtf8();
}

} // namespace Parlance
