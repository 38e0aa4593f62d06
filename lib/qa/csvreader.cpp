// SPDX-License-Identifier: Apache-2.0
#include "qa/csvreader.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

class CsvReader
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::CsvReader)
public:
    explicit CsvReader(QStringView text)
        : m_text(text)
    {
    }

    Result<std::vector<CsvRow>> read();

private:
    enum class After { Field, Row, Text };

    After field(QString &text);
    After quoted(QString &text);
    After plain(QString &text);
    bool lineEnds();
    bool isQuoteClosed() const;

    QStringView m_text;
    qsizetype m_at = 0;
    int m_line = 1;
    int m_openedIn = 0; //!< the line of a quote that is not closed
};

//! Takes the end of a line of any system.
bool CsvReader::lineEnds()
{
    const QChar character = m_text[m_at];
    if (character != u'\n' && character != u'\r')
        return false;
    m_at += m_text.sliced(m_at).startsWith(u"\r\n") ? 2 : 1;
    ++m_line;
    return true;
}

//! A quote ends a field only at the field's end.
bool CsvReader::isQuoteClosed() const
{
    return m_at == m_text.size() || m_text[m_at] == u',' || m_text[m_at] == u'\n' || m_text[m_at] == u'\r';
}

CsvReader::After CsvReader::plain(QString &text)
{
    const qsizetype begin = m_at;
    while (m_at < m_text.size()) {
        const qsizetype end = m_at;
        const bool isField = m_text[m_at] == u',';
        if (isField)
            ++m_at;
        if (!isField && !lineEnds()) {
            ++m_at;
            continue;
        }
        text += m_text.sliced(begin, end - begin);
        return isField ? After::Field : After::Row;
    }
    text += m_text.sliced(begin);
    return After::Text;
}

CsvReader::After CsvReader::quoted(QString &text)
{
    const int openedIn = m_line;
    ++m_at;
    while (m_at < m_text.size()) {
        const QChar character = m_text[m_at];
        if (character == u'"') {
            ++m_at;
            if (m_at < m_text.size() && m_text[m_at] == u'"') {
                text += u'"';
                ++m_at;
            } else if (isQuoteClosed()) {
                return plain(text);
            } else {
                text += u'"';
            }
            continue;
        }
        const qsizetype begin = m_at;
        if (!lineEnds())
            ++m_at;
        text += m_text.sliced(begin, m_at - begin);
    }
    m_openedIn = openedIn;
    return After::Text;
}

CsvReader::After CsvReader::field(QString &text)
{
    return m_at < m_text.size() && m_text[m_at] == u'"' ? quoted(text) : plain(text);
}

Result<std::vector<CsvRow>> CsvReader::read()
{
    std::vector<CsvRow> rows;
    if (m_text.startsWith(QChar(QChar::ByteOrderMark)))
        ++m_at;
    while (m_at < m_text.size()) {
        CsvRow row{.line = m_line};
        After after = After::Field;
        const qsizetype begin = m_at;
        while (after == After::Field)
            after = field(row.fields.emplaceBack());
        if (m_openedIn > 0)
            return failure(ErrorKind::Internal, tr("The quote in line %1 is not closed.").arg(m_openedIn));
        if (row.fields.size() == 1 && m_text.sliced(begin, m_at - begin).trimmed().isEmpty())
            continue;
        if (!rows.empty() && row.fields.size() != rows.front().fields.size()) {
            const int columns = int(rows.front().fields.size());
            return failure(
                ErrorKind::Internal,
                tr("Line %1 does not have %n field(s), as the first has.", nullptr, columns).arg(row.line));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace

Result<std::vector<CsvRow>> readCsv(const QString &text)
{
    return CsvReader(text).read();
}

} // namespace Parlance
